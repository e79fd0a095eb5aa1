"""The files that pages include, each read once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from docsite._util.hashing import content_hash
from docsite.diagnostics.messages import Message, make_message
from docsite.markup import source_file
from docsite.markup.source_file import SourceFile


class IncludeFolder:
    """The included files of a site.

    Args:
        shown: names a path as findings do.
        read: reads a file.
    """

    def __init__(
        self,
        folder: Path,
        shown: Callable[[Path], str] = str,
        read: source_file.SourceReader = source_file.read_source,
    ) -> None:
        self._folder = folder
        self._shown = shown
        self._read = read
        self._files: dict[str, SourceFile | Message] = {}

    @property
    def exists(self) -> bool:
        """Whether there is such a folder."""
        return self._folder.is_dir()

    def find(self, name: str) -> SourceFile | Message:
        """An included file, or why it cannot be included."""
        if name not in self._files:
            self._files[name] = self._find(name)
        return self._files[name]

    def _find(self, name: str) -> SourceFile | Message:
        missing = make_message("liquid-missing-include", "missing", file=name)
        try:
            path = (self._folder / name).resolve()
            if not path.is_relative_to(self._folder.resolve()):
                return make_message("liquid-missing-include", "outside", file=name)
            return self._read(path, self._shown(path)) if path.is_file() else missing
        except (OSError, RuntimeError, ValueError):  # links in a circle, or a name that no file can have
            return missing

    @cached_property
    def names(self) -> list[str]:
        """Every file that can be included."""
        return [path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file()]

    def fingerprint(self, name: str) -> str:
        """What pages that include a file depend on; of a missing one, all names, one of which is suggested."""
        found = self.find(name)
        if isinstance(found, Message):
            return content_hash(str(found), *sorted(self.names))
        return content_hash(found.path, found.text, repr(found.findings))

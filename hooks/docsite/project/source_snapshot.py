"""The sources as they were when they were first read: what changes meanwhile is never mixed with what is known."""

from __future__ import annotations

from pathlib import Path

from docsite.markup import source_file
from docsite.markup.source_file import SourceFile


class SourceSnapshot:
    """Reads each file once, whatever names lead to it, and then gives the same again."""

    def __init__(self) -> None:
        self._files: dict[str, SourceFile] = {}
        self._data: dict[str, bytes] = {}
        self._owners: dict[tuple[int, int], str] = {}
        self._names: dict[str, str] = {}

    def read(self, path: Path, shown: str) -> SourceFile:
        """A file, given its path and its name in findings."""
        if shown not in self._files:

            def remember(path: Path) -> bytes:
                data = self._data[shown] = path.read_bytes()
                state = path.stat()
                self._names[shown] = self._owners.setdefault((state.st_dev, state.st_ino), shown)
                return data

            self._files[shown] = source_file.read_source(path, shown, remember)
        return self._files[shown]

    def first_name(self, shown: str) -> str:
        """The name under which a file was read first; others are links to it, symbolic or hard."""
        return self._names.get(shown, shown)

    def text(self, shown: str) -> str:
        """A file with its byte order mark, and its newlines as they are.

        Raises:
            KeyError: it could not be read.
            UnicodeDecodeError: it is not valid UTF-8.
        """
        return self._data[shown].decode()

"""Page summaries kept in `.cache/docsite/` from one check to the next.

The key of a summary is made of all that every page depends on: the program and its libraries, the settings, the page
itself. What else a page has used while it was rendered, such as an include, is kept with the summary, each with its
fingerprint, and a summary is only used while all of them are the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import docsite
from docsite._util.files import write_atomically
from docsite._util.hashing import content_hash
from docsite.config.settings import Locale, Settings
from docsite.markup.source_file import SourceFile
from docsite.project import page_summary
from docsite.project.page_summary import PageSummary

PageKey = tuple[SourceFile, Locale, str]
"""A page: its file, language and key."""


def code_fingerprint() -> str:
    """A fingerprint of the program, by the state of its files, of Python, and of every package that is installed."""
    own = ((path, path.stat()) for path in _files(Path(docsite.__file__).parent))
    files = (f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in own)
    return content_hash(sys.version, *files, *_distributions())


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        yield from (Path(place, name) for name in sorted(names))


def _distributions() -> Iterator[str]:
    """Name and version of each installed package, as the folders of their metadata have them."""
    for place in sys.path:
        with suppress(OSError):
            yield from sorted(name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - of the names alone


class PageCache:
    """Summaries of the pages of one site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._file = cache_dir(settings) / f"sources-{content_hash(str(settings.config_file))[:8]}.msgpack"

    def find(self, page: PageKey, fingerprint: Callable[[str], str]) -> PageSummary | None:
        """The summary of a page, if there is one and it still holds.

        Args:
            fingerprint: of an input, by its name.
        """
        known = self._known.get(self._key(page))
        if known is None or any(fingerprint(name) != value for name, value in known.inputs):
            return None
        return known

    def keep(self, pages: Iterable[tuple[PageKey, PageSummary]]) -> None:
        """Write the summaries of a site, if any has changed. Of two that write, one wins."""
        kept = {self._key(page): summary for page, summary in pages if _is_lasting(page, summary)}
        if kept.keys() == self._known.keys() and all(kept[key] is self._known[key] for key in kept):
            return
        self._make_folder()
        with suppress(OSError, UnicodeEncodeError):  # a suggestion may name a file whose name is no text
            write_atomically(self._file, page_summary.encode_summaries(kept))

    @cached_property
    def _known(self) -> dict[str, PageSummary]:
        """What was kept; nothing, where it cannot be read."""
        try:
            return page_summary.decode_summaries(self._file.read_bytes())
        except (OSError, ValueError):
            return {}

    def _key(self, page: PageKey) -> str:
        file, locale, key = page
        return content_hash(self._base, key, repr(locale), file.path, file.text, repr(file.findings))

    @cached_property
    def _base(self) -> str:
        return content_hash(code_fingerprint(), repr(self.settings))

    def _make_folder(self) -> None:
        with suppress(OSError):  # a check works without a cache
            folder = cache_dir(self.settings)
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / ".gitignore").exists():
                write_atomically(folder / ".gitignore", "*\n")


def _is_lasting(page: PageKey, summary: PageSummary) -> bool:
    """Whether a summary may still hold at the next check, and can be written."""
    file = page[0]
    unreadable = any(finding.rule == "source-unreadable" for finding in file.findings)
    clock = any(name == "clock" for name, _ in summary.inputs)
    return not unreadable and not clock and not any("\ud800" <= sign <= "\udfff" for sign in file.path)


def cache_dir(settings: Settings) -> Path:
    """Where a site keeps what can be made again."""
    return settings.root / ".cache" / "docsite"

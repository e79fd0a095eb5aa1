"""What pages said when they were last read, kept in `.cache/docsite/`.

Facts are known by all that they follow from: the program, the settings, the page and, where it may use them, includes
and data. Nothing needs to be forgotten, since what changes gets another name; a name that no page bears is dropped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from docsite._util.files import write_atomically
from docsite.built_site.recall import Recall
from docsite.config.settings import Locale, Settings
from docsite.markup import source_file
from docsite.markup.source_file import SourceFile
from docsite.project import page_summary
from docsite.project.page_summary import PageSummary

_LIBRARIES = ("liquid", "pyromark", "yaml", "jsonschema_rs")
_CLOCK = re.compile(r"\|\s*date\b")
"""The filter that may ask what time it is, and where."""


def content_hash(*parts: str | bytes) -> str:
    """A name for some texts, another one for others."""
    made = blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made.update(len(data).to_bytes(8, "big") + data)
    return made.hexdigest()


def code_fingerprint() -> str:
    """A name for the code at work, by the state of its files, so that a change of it is no other's memory."""
    own = Path(__file__).parent
    places = [Path(found.origin) for name in _LIBRARIES if (found := find_spec(name)) and found.origin]
    states = ((path, path.stat()) for path in (*_files(own), *places))
    return content_hash(*(f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in states))


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        yield from (Path(place, name) for name in sorted(names))


class PageCache:
    """Facts of the pages of one site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._includes: list[str] = []
        self._data: list[str] = []
        self._file = cache_dir(settings) / f"sources-{content_hash(str(settings.config_file))[:8]}.msgpack"

    @cached_property
    def known(self) -> dict[str, PageSummary]:
        """What was kept; nothing, where it cannot be read."""
        try:
            return page_summary.decode_summaries(self._file.read_bytes())
        except (OSError, ValueError):
            return {}

    def name(self, file: SourceFile, locale: Locale, key: str) -> str:
        """What the facts of a page are known by; "" when they must not be kept."""
        used = [self._base, key, repr(locale), file.path, file.text, repr(file.findings)]
        if any(finding.rule == "source-unreadable" for finding in file.findings) or not _is_unicode(file.path):
            return ""
        texts = [file.text]
        if "include" in file.text:
            texts += self._includes
            used += self._includes
        if any("date" in text and _CLOCK.search(text) for text in texts):
            return ""
        if any("site" in text.replace("site.baseurl", "") for text in texts):
            used += self._data
        return content_hash(*used)

    def keep(self, known: dict[str, PageSummary]) -> None:
        """Write what is known now, unless it was known before. Two that write leave what one of them wrote.

        Nothing is kept when includes or data changed since `look`, for who can say which of them the pages have seen.
        """
        if known.keys() == self.known.keys() or self._shared() != (self._includes, self._data):
            return
        self._make_folder()
        with suppress(OSError, UnicodeEncodeError):  # a suggestion may name a file whose name is no text
            write_atomically(self._file, page_summary.encode_summaries(known))

    def of_tree(self, folder: Path) -> Recall:
        """A place for what is found in a built site."""
        self._make_folder()
        name = content_hash(str(self.settings.config_file), str(folder))[:8]
        return Recall(cache_dir(self.settings) / f"site-{name}.msgpack", content_hash(self._base, str(folder)))

    def _make_folder(self) -> None:
        with suppress(OSError):  # a check works without memory
            folder = cache_dir(self.settings)
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / ".gitignore").exists():
                write_atomically(folder / ".gitignore", "*\n")

    @cached_property
    def _base(self) -> str:
        return content_hash(code_fingerprint(), repr(self.settings))

    def look(self) -> None:
        """Note what includes and data are, before anybody reads them."""
        self._includes, self._data = self._shared()

    def _shared(self) -> tuple[list[str], list[str]]:
        settings = self.settings
        return self._contents(settings.includes.rglob("*")), self._contents(settings.data.glob("*.y*ml"))

    def _contents(self, paths: Iterable[Path]) -> list[str]:
        """Name and text of each file, and where links lead."""
        found: list[str] = []
        for path in sorted(paths):
            found += [f"{path} -> {path.readlink()}"] if path.is_symlink() else []
            if path.is_file():
                file = source_file.read_source(path, self.settings.shown(path))
                found += [file.path, file.text, repr(file.findings)]
        return found


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def cache_dir(settings: Settings) -> Path:
    """Where a site keeps what can be made again."""
    return settings.root / ".cache" / "docsite"

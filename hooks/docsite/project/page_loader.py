"""Finds the summaries of all pages: in the cache where it has them, and else from their texts, in two processes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from docsite._util.hashing import content_hash
from docsite._util.workers import Worker, workers_available
from docsite.config.settings import Settings
from docsite.config.site import Locale, SiteFile
from docsite.markup import source_file
from docsite.markup.include_folder import IncludeFolder
from docsite.markup.source_file import SourceFile
from docsite.project.cache import PageCache, PageKey
from docsite.project.page_summary import PageSummary

if TYPE_CHECKING:
    from docsite.markup.native.page_html import MarkdownRenderer
    from docsite.project.page import PageReader, PageText

MIN_PAGES_FOR_WORKERS = 60
"""Pages from which on a second process saves more than it costs."""


class PageLoader:
    """The pages of one site.

    Args:
        data: what `site.data` holds.
        read: reads a page or an include.
        cache: summaries of pages that have not changed.
        texts: whether all texts will be asked for, so that those read on the way are to be kept.
        markdown: Python-Markdown as a build has configured it.
    """

    def __init__(
        self,
        settings: Settings,
        data: Mapping[str, Any],
        read: source_file.SourceReader,
        cache: PageCache | None,
        *,
        texts: bool,
        markdown: MarkdownRenderer | None = None,
    ) -> None:
        self.settings = settings
        self.markdown = markdown
        self.data = data
        self.read = read
        self.cache = cache
        self.texts = texts
        self._texts: dict[str, PageText] = {}
        self._files: dict[str, str] = {}

    def pages(self) -> Iterator[tuple[SourceFile, Locale, SiteFile, PageSummary]]:
        """Every page, and what it says."""
        named = [
            (self.read(path, self.settings.shown(path)), locale, page)
            for locale, page in self.settings.mkdocs.pages()
            for path in (self.settings.docs_dir / page.source,)
        ]
        found = self._read_all(named) if self.cache is None else self._cached(named, self.cache)
        return ((*page, found[page[0].path]) for page in named)

    def text(self, file: SourceFile, locale: Locale, page: SiteFile) -> PageText:
        """The text of a page."""
        known = self._texts.get(file.path)
        return known if known is not None else self._reader(file, locale, page)

    def _cached(self, pages: Sequence[PageKey], cache: PageCache) -> dict[str, PageSummary]:
        found = {page[0].path: cache.find(page, self._fingerprint) for page in pages}
        known = {path: summary for path, summary in found.items() if summary is not None}
        known |= self._read_all([page for page in pages if page[0].path not in known])
        cache.keep((page, known[page[0].path]) for page in pages)
        return known

    def _read_all(self, pages: Sequence[PageKey]) -> dict[str, PageSummary]:
        if self.texts or len(pages) < MIN_PAGES_FOR_WORKERS or not workers_available():
            return self._read_here(pages)
        return self._read_in_halves(pages)

    def _fingerprint(self, name: str) -> str:
        """Of an input of a page, as it is now (see `LiquidEnvironment.inputs`)."""
        kind, _, rest = name.partition(" ")
        if kind == "file":
            return self._file_fingerprint(rest)
        return self._includes.fingerprint(rest) if kind == "include" else self._data_fingerprint

    def _file_fingerprint(self, name: str) -> str:
        """Of a file that many pages may take in: none, which is no fingerprint, where there is no such file.

        A page may name anything, such as a pipe or a device, which would never end.
        """
        if name not in self._files:
            self._files[name] = "none"
            with suppress(OSError, ValueError):  # a name may hold what no file's name can
                if Path(name).is_file():
                    self._files[name] = content_hash(Path(name).read_bytes())
        return self._files[name]

    @cached_property
    def _includes(self) -> IncludeFolder:
        return IncludeFolder(self.settings.includes, self.settings.shown, self.read)

    @cached_property
    def _data_fingerprint(self) -> str:
        return content_hash(repr(self.data))

    def _read_here(self, pages: Iterable[PageKey]) -> dict[str, PageSummary]:
        found = {}
        for page in pages:
            text = self._texts[page[0].path] = self._reader(*page)
            found[page[0].path] = self._summary(text)
        return found

    def _read_in_halves(self, pages: Sequence[PageKey]) -> dict[str, PageSummary]:
        """The summaries of many pages, half of them from another process; the texts are too many to keep."""
        _ = self._reader  # loaded before the processes part, so that it is loaded once
        with Worker(lambda channel: channel.send(self._summaries(pages[1::2]))) as worker:
            own = self._summaries(pages[::2])
            others: dict[str, PageSummary] = worker.receive()
            return own | others

    def _summaries(self, pages: Sequence[PageKey]) -> dict[str, PageSummary]:
        return {page[0].path: self._summary(self._reader(*page)) for page in pages}

    def _summary(self, text: PageText) -> PageSummary:
        """What a text says, with the fingerprints of the data and files it has used."""
        facts = text.facts
        if all(value for _, value in facts.inputs):
            return facts
        inputs = tuple((name, value or self._fingerprint(name)) for name, value in facts.inputs)
        return msgspec.structs.replace(facts, inputs=inputs)

    @cached_property
    def _reader(self) -> PageReader:
        from docsite.project import page  # costly to load, and not needed where the cache has everything

        return page.make_reader(self.settings, self.data, self.read, self.markdown)

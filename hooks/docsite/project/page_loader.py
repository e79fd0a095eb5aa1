"""Gathers the facts of all pages: from memory where it has them, and else from their texts, on two processors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docsite.config.settings import Locale, Settings
from docsite.markup import source_file
from docsite.markup.source_file import SourceFile
from docsite.project.cache import PageCache
from docsite.project.page_summary import PageSummary

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from docsite.project.page import PageReader, RenderedPage

MIN_PAGES_FOR_WORKERS = 60
"""Pages from which on a second process saves more than it costs."""

PageKey = tuple[SourceFile, Locale, str]
"""A page: its file, language and key."""


class PageLoader:
    """The pages of one site.

    Args:
        data: what `site.data` holds.
        read: reads a page or an include.
        memory: what pages said before.
        texts: whether all texts will be asked for, so that those read on the way are to be kept.
    """

    def __init__(
        self,
        settings: Settings,
        data: Mapping[str, Any],
        read: source_file.SourceReader,
        memory: PageCache | None,
        *,
        texts: bool,
    ) -> None:
        self.settings = settings
        self.data = data
        self.read = read
        self.memory = memory
        self.texts = texts
        self._texts: dict[str, RenderedPage] = {}

    def pages(self) -> Iterator[tuple[SourceFile, Locale, str, PageSummary]]:
        """Every page, and what it says."""
        named = [
            (self.read(path, self.settings.shown(path)), locale, key)
            for path, locale, key in source_file.find_pages(self.settings)
        ]
        told = self._all(named) if self.memory is None else self._remembered(named, self.memory)
        return ((*page, told[page[0].path]) for page in named)

    def text(self, file: SourceFile, locale: Locale, key: str) -> RenderedPage:
        """The text of a page."""
        known = self._texts.get(file.path)
        return known if known is not None else self._reader(file, locale, key)

    def _remembered(self, pages: Sequence[PageKey], memory: PageCache) -> dict[str, PageSummary]:
        names = {page[0].path: memory.name(*page) for page in pages}
        told = {path: memory.known[name] for path, name in names.items() if name in memory.known}
        new = [page for page in pages if page[0].path not in told]
        on_two = not self.texts and len(new) >= MIN_PAGES_FOR_WORKERS and _two_processors()
        told |= self._on_two(new) if on_two else self._all(new)
        memory.keep({name: told[path] for path, name in names.items() if name})
        return told

    def _all(self, pages: Iterable[PageKey]) -> dict[str, PageSummary]:
        told = {}
        for page in pages:
            text = self._texts[page[0].path] = self._reader(*page)
            told[page[0].path] = text.facts
        return told

    def _on_two(self, pages: Sequence[PageKey]) -> dict[str, PageSummary]:
        """The facts of many pages, half of them from another process; the texts are too many to keep."""
        import multiprocessing  # costly to load, and of no use for a few pages

        _ = self._reader  # loaded before the processes part, so that it is loaded once
        context = multiprocessing.get_context("fork")
        here, there = context.Pipe(duplex=False)
        other = context.Process(target=self._send, args=(pages[1::2], there), daemon=True)
        other.start()
        there.close()
        try:
            own = self._facts(pages[::2])
            others: dict[str, PageSummary] = here.recv()
            return own | others
        finally:
            here.close()
            other.join()

    def _send(self, pages: Sequence[PageKey], to: Connection) -> None:
        to.send(self._facts(pages))

    def _facts(self, pages: Sequence[PageKey]) -> dict[str, PageSummary]:
        return {page[0].path: self._reader(*page).facts for page in pages}

    @cached_property
    def _reader(self) -> PageReader:
        from docsite.project import page  # costly to load, and not needed where memory has everything

        return page.make_reader(self.settings, self.data, self.read)


def _two_processors() -> bool:
    return (os.cpu_count() or 1) > 1 and hasattr(os, "fork")

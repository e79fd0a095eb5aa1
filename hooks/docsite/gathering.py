"""Gathers the facts of all pages: from memory where it has them, and else from their texts, on two processors."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docsite import source
from docsite.facts import Facts
from docsite.memory import Memory
from docsite.settings import Locale, Settings
from docsite.source import SourceFile

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from docsite.text import Reader, Text

WORTH_TWO = 60
"""Pages from which on a second process saves more than it costs."""

Named = tuple[SourceFile, Locale, str]
"""A page: its file, language and key."""


class Gathering:
    """The pages of one site.

    Args:
        data: what `site.data` holds.
        read: reads a page or an include.
        memory: what pages said before.
        texts: whether all texts will be asked for, so that those read on the way are to be kept.
    """

    def __init__(
        self, settings: Settings, data: Mapping[str, Any], read: source.Reader, memory: Memory | None, *, texts: bool
    ) -> None:
        self.settings = settings
        self.data = data
        self.read = read
        self.memory = memory
        self.texts = texts
        self._texts: dict[str, Text] = {}

    def pages(self) -> Iterator[tuple[SourceFile, Locale, str, Facts]]:
        """Every page, and what it says."""
        named = [
            (self.read(path, self.settings.shown(path)), locale, key)
            for path, locale, key in source.pages(self.settings)
        ]
        told = self._all(named) if self.memory is None else self._remembered(named, self.memory)
        return ((*page, told[page[0].path]) for page in named)

    def text(self, file: SourceFile, locale: Locale, key: str) -> Text:
        """The text of a page."""
        known = self._texts.get(file.path)
        return known if known is not None else self._reader(file, locale, key)

    def _remembered(self, pages: Sequence[Named], memory: Memory) -> dict[str, Facts]:
        names = {page[0].path: memory.name(*page) for page in pages}
        told = {path: memory.known[name] for path, name in names.items() if name in memory.known}
        new = [page for page in pages if page[0].path not in told]
        on_two = not self.texts and len(new) >= WORTH_TWO and _two_processors()
        told |= self._on_two(new) if on_two else self._all(new)
        memory.keep({name: told[path] for path, name in names.items() if name})
        return told

    def _all(self, pages: Iterable[Named]) -> dict[str, Facts]:
        told = {}
        for page in pages:
            text = self._texts[page[0].path] = self._reader(*page)
            told[page[0].path] = text.facts
        return told

    def _on_two(self, pages: Sequence[Named]) -> dict[str, Facts]:
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
            others: dict[str, Facts] = here.recv()
            return own | others
        finally:
            here.close()
            other.join()

    def _send(self, pages: Sequence[Named], to: Connection) -> None:
        to.send(self._facts(pages))

    def _facts(self, pages: Sequence[Named]) -> dict[str, Facts]:
        return {page[0].path: self._reader(*page).facts for page in pages}

    @cached_property
    def _reader(self) -> Reader:
        from docsite import text  # costly to load, and not needed where memory has everything

        return text.reader(self.settings, self.data, self.read)


def _two_processors() -> bool:
    return (os.cpu_count() or 1) > 1 and hasattr(os, "fork")

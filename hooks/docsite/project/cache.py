"""Page summaries kept in `.cache/docsite/` from one check to the next.

The key of a summary is made of all that every page depends on: the program and its libraries, the settings, the page
itself. What else a page has used while it was rendered, such as an include, is kept with the summary, each with its
fingerprint, and a summary is only used while all of them are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cached_property

from docsite._util.cache_files import cache_file, code_fingerprint, read_cache, write_cache
from docsite._util.hashing import content_hash
from docsite.config.settings import Settings
from docsite.config.site import Locale, SiteFile
from docsite.markup.source_file import SourceFile
from docsite.project import page_summary
from docsite.project.page_summary import PageSummary

PageKey = tuple[SourceFile, Locale, SiteFile]
"""A page: its file, its language, and what MkDocs says of it."""


class PageCache:
    """Summaries of the pages of one site."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._file = cache_file(settings.config_file, "sources")

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
        with suppress(UnicodeEncodeError):  # a suggestion may name a file whose name is no text
            write_cache(self._file, page_summary.encode_summaries(kept))

    @cached_property
    def _known(self) -> dict[str, PageSummary]:
        """What was kept; nothing, where it cannot be read."""
        try:
            return page_summary.decode_summaries(read_cache(self._file))
        except ValueError:
            return {}

    def _key(self, page: PageKey) -> str:
        file, locale, served = page
        return content_hash(self._base, repr(served), repr(locale), file.path, file.text, repr(file.findings))

    @cached_property
    def _base(self) -> str:
        return content_hash(code_fingerprint(), repr(self.settings))


def _is_lasting(page: PageKey, summary: PageSummary) -> bool:
    """Whether a summary may still hold at the next check, and can be written."""
    file = page[0]
    unreadable = any(finding.rule == "source-unreadable" for finding in file.findings)
    clock = any(name == "clock" for name, _ in summary.inputs)
    return not unreadable and not clock and not any("\ud800" <= sign <= "\udfff" for sign in file.path)

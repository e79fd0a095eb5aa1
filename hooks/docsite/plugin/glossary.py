"""The glossary in MkDocs' events: definitions at the first use of a term, and the list of pages that use it.

It is at work where a language has a page with `page_type: glossary`, and docs/data/glossary.yml exists. On that page,
the elements `<div class="glossary__uses" data-term="ID" data-few="TEXT" data-many="TEXT" hidden>` receive the list.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from mkdocs.utils import get_relative_url

from docsite.plugin.term_links import TermLinker, TermUseFinder, read_terms
from docsite.plugin.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.structure.pages import Page

    from docsite.plugin.build_state import BuildState

_USES = re.compile(
    r'(<div class="glossary__uses"[^>]* data-term="([^"]*)" data-few="([^"]*)" data-many="([^"]*)") hidden>'
)
_FEW = 3
"""So many pages are listed at once; more of them can be opened."""


class Glossary:
    """The glossary of the language that is being built, and where its pages use the terms."""

    def __init__(self) -> None:
        self._page: Page | None = None
        self._finder = TermUseFinder(())
        self._language = ""
        self._uses: dict[str, list[Page]] = {}

    def begin(self, pages: Iterable[Page], state: BuildState) -> None:
        """Find a language's glossary among its pages. Call in on_nav."""
        terms = state.terms if state.jekyll else []
        self._page = next(filter(state.is_glossary, pages), None) if terms else None
        self._language = state.language(self._page) if self._page else ""
        self._finder = TermUseFinder(read_terms(terms, self._language))
        self._uses = {}

    def link_terms(self, content: str, page: Page, language: str) -> str:
        """A page's HTML with its terms linked. Call in on_page_content."""
        if self._page is None or page is self._page or language != self._language:
            return content
        linker = TermLinker(self._finder, self._language, get_relative_url(self._page.url, page.url))
        linked = linker.link(content)
        for term in linker.used:
            self._uses.setdefault(term, []).append(page)
        return linked

    def list_uses(self) -> None:
        """Write on the glossary which pages use each term. Call in on_env, once all pages are rendered."""
        if self._page is None:
            return
        page, content = self._page, self._page.content or ""
        page.content = _USES.sub(lambda match: self._uses_of(match, page), content)

    def _uses_of(self, match: re.Match[str], glossary: Page) -> str:
        tag, term, few, many = match.groups()
        links = [_link(page, glossary) for page in self._uses.get(term, ())]
        if not links:
            return match[0]
        if len(links) <= _FEW:
            return f"{tag}>{few} {', '.join(links)}"
        return f"{tag}><details><summary>{many.replace('{n}', str(len(links)))}</summary>{', '.join(links)}</details>"


def _link(page: Page, start: Page) -> str:
    url = get_relative_url(page.url, start.url)
    return f'<a href="{html.escape(url)}">{html.escape(plain_title(page))}</a>'

"""Terms in a page's HTML: which ones it uses, and the first use of each as a link to its definition."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docsite.plugin.html_text import Piece, read_html

_UNLINKED = frozenset(("a", "button", "dt", "label", "nav", "select", "summary", "th")) | {f"h{n}" for n in range(1, 7)}
"""Elements in which a link is not allowed, or not wanted."""
_UNLINKED_CLASSES = frozenset(("admonition-title", "cards", "message"))
"""A card is one link already, and a message is to be copied."""


@dataclass(frozen=True)
class LinkedTerm:
    """A term in one language.

    Attributes:
        forms: the term and its other forms, as prose writes them.
        definition: as plain text.
        linked: whether its first use is a link.
    """

    id: str
    forms: tuple[str, ...]
    definition: str
    linked: bool = True


def read_terms(entries: Iterable[Mapping[str, Any]], language: str) -> list[LinkedTerm]:
    """The terms of glossary.yml that a language has."""
    return [
        LinkedTerm(
            str(entry["id"]),
            (entry[language]["term"], *entry[language].get("forms", ())),
            re.sub(r"[_*`]", "", entry[language]["definition"]),
            linked=entry.get("tooltip", True),
        )
        for entry in entries
        if language in entry
    ]


class TermUseFinder:
    """Finds terms in prose: the longest form first, whole words only."""

    def __init__(self, terms: Iterable[LinkedTerm]) -> None:
        self._by_form = {_key(form): term for term in terms for form in term.forms}
        forms = sorted((form for term in terms for form in term.forms), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, forms))})(?![\w-])") if forms else None

    def find(self, text: str) -> Iterable[tuple[re.Match[str], LinkedTerm]]:
        """Each use, in order."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield match, self._by_form[_key(match[0])]


@dataclass
class TermLinker:
    """Reads the HTML of one page.

    Attributes:
        language: the page's; parts in another one are not read.
        glossary_url: from the page to the glossary.
        used: the ids of the terms found so far.
    """

    finder: TermUseFinder
    language: str
    glossary_url: str
    used: set[str] = field(default_factory=set)
    _linked: set[str] = field(default_factory=set)

    def link(self, page: str) -> str:
        """The HTML with the first use of each term made a link."""
        pieces = read_html(page, self.language)
        return "".join(self._link(piece) if piece.is_prose else piece.text for piece in pieces)

    def _link(self, piece: Piece) -> str:
        may_link = not any(one.name in _UNLINKED or one.classes & _UNLINKED_CLASSES for one in piece.open)
        linked, start = [], 0
        for match, term in self.finder.find(piece.text):
            self.used.add(term.id)
            if may_link and term.linked and term.id not in self._linked:
                self._linked.add(term.id)
                linked += [piece.text[start : match.start()], self._anchor(term, match[0])]
                start = match.end()
        return "".join([*linked, piece.text[start:]])

    def _anchor(self, term: LinkedTerm, text: str) -> str:
        url, definition = html.escape(f"{self.glossary_url}#{term.id}"), html.escape(term.definition)
        return f'<a class="term" href="{url}" data-definition="{definition}">{text}</a>'


def _key(form: str) -> str:
    return " ".join(html.unescape(form).replace("’", "'").casefold().split())


def _pattern(form: str) -> str:
    """The form as HTML may write it. One in lower case may begin with a capital, all others are taken as they are."""
    words = [re.escape(html.escape(word, quote=False)).replace("’", "(?:’|'|&rsquo;|&#8217;)") for word in form.split()]
    pattern = r"(?:\s|&nbsp;)+".join(words)
    return f"(?i:{pattern[0]}){pattern[1:]}" if form == form.lower() and form[0].isalpha() else pattern

"""Terms in a page's HTML: which ones it uses, and the first use of each as a link to its definition."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_TAG = re.compile(
    r"""<!--.*?-->|<(?P<end>/)?(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>""",
    re.DOTALL,
)
_CLASS = re.compile(r"""\sclass=["']?([^"'>]*)""")
_LANG = re.compile(r"""\slang=["']?([\w-]+)""")
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_UNREAD = frozenset(("code", "pre", "script", "style", "svg", "template", "textarea"))
"""Elements whose text is not prose."""
_UNLINKED = frozenset(("a", "button", "dt", "label", "nav", "select", "summary", "th")) | {f"h{n}" for n in range(1, 7)}
"""Elements in which a link is not allowed, or not wanted."""
_UNLINKED_CLASSES = frozenset(("admonition-title", "cards", "message"))
"""A card is one link already, and a message is to be copied."""


@dataclass(frozen=True)
class Term:
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


def read_terms(entries: Iterable[Mapping[str, Any]], language: str) -> list[Term]:
    """The terms of glossary.yml that a language has."""
    return [
        Term(
            str(entry["id"]),
            (entry[language]["term"], *entry[language].get("forms", ())),
            re.sub(r"[_*`]", "", entry[language]["definition"]),
            linked=entry.get("tooltip", True),
        )
        for entry in entries
        if language in entry
    ]


class TermFinder:
    """Finds terms in prose: the longest form first, whole words only."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_form = {_key(form): term for term in terms for form in term.forms}
        forms = sorted((form for term in terms for form in term.forms), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(_pattern, forms))})(?![\w-])") if forms else None

    def find(self, text: str) -> Iterable[tuple[re.Match[str], Term]]:
        """Each use, in order."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            yield match, self._by_form[_key(match[0])]


@dataclass
class _Element:
    name: str
    unread: bool
    unlinked: bool


@dataclass
class TermLinker:
    """Reads the HTML of one page.

    Attributes:
        language: the page's; parts in another one are not read.
        glossary_url: from the page to the glossary.
        used: the ids of the terms found so far.
    """

    finder: TermFinder
    language: str
    glossary_url: str
    used: set[str] = field(default_factory=set)
    _linked: set[str] = field(default_factory=set)
    _open: list[_Element] = field(default_factory=list)

    def link(self, page: str) -> str:
        """The HTML with the first use of each term made a link."""
        pieces, start = [], 0
        for tag in _TAG.finditer(page):
            pieces += [self._text(page[start : tag.start()]), tag[0]]
            start = tag.end()
            if tag["name"]:
                self._tag(tag["name"].lower(), tag["rest"], is_end=bool(tag["end"]))
        return "".join([*pieces, self._text(page[start:])])

    def _tag(self, name: str, rest: str, *, is_end: bool) -> None:
        if is_end:
            depth = next((n for n, element in enumerate(reversed(self._open), 1) if element.name == name), 0)
            del self._open[len(self._open) - depth :]
        elif name not in _VOID and not rest.endswith("/"):
            classes, lang = _CLASS.search(rest), _LANG.search(rest)
            unread = name in _UNREAD or bool(lang and lang[1].split("-")[0] != self.language.split("-")[0])
            unlinked = name in _UNLINKED or bool(classes and not _UNLINKED_CLASSES.isdisjoint(classes[1].split()))
            self._open.append(_Element(name, unread, unlinked))

    def _text(self, text: str) -> str:
        if not text.strip() or any(element.unread for element in self._open):
            return text
        may_link = not any(element.unlinked for element in self._open)
        pieces, start = [], 0
        for match, term in self.finder.find(text):
            self.used.add(term.id)
            if may_link and term.linked and term.id not in self._linked:
                self._linked.add(term.id)
                pieces += [text[start : match.start()], self._anchor(term, match[0])]
                start = match.end()
        return "".join([*pieces, text[start:]])

    def _anchor(self, term: Term, text: str) -> str:
        url, definition = html.escape(f"{self.glossary_url}#{term.id}"), html.escape(term.definition)
        return f'<a class="term" href="{url}" data-definition="{definition}">{text}</a>'


def _key(form: str) -> str:
    return " ".join(html.unescape(form).replace("’", "'").casefold().split())


def _pattern(form: str) -> str:
    """The form as HTML may write it. One in lower case may begin with a capital, all others are taken as they are."""
    words = [re.escape(html.escape(word, quote=False)).replace("’", "(?:’|'|&rsquo;|&#8217;)") for word in form.split()]
    pattern = r"(?:\s|&nbsp;)+".join(words)
    return f"(?i:{pattern[0]}){pattern[1:]}" if form == form.lower() and form[0].isalpha() else pattern

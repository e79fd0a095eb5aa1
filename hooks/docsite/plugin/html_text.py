"""The text of a page's HTML, apart from its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TAG = re.compile(
    r"""<!--.*?-->|<(?P<end>/)?(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*)>""",
    re.DOTALL,
)
_CLASS = re.compile(r"""\sclass=["']?([^"'>]*)""")
_LANG = re.compile(r"""\slang=["']?([\w-]+)""")
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_UNREAD = frozenset(("code", "kbd", "pre", "samp", "script", "style", "svg", "template", "textarea", "var"))
"""Elements whose text is not prose."""


class Element(NamedTuple):
    """An element that is open."""

    name: str
    classes: frozenset[str]
    unread: bool


class Piece(NamedTuple):
    """A tag, a comment, or the text between two.

    Attributes:
        tag: the name of a tag in lower case, `!` for a comment; "" for text.
        open: the elements around a text.
    """

    text: str
    tag: str
    open: tuple[Element, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether it is text in the language of the page."""
        return not (self.tag or any(element.unread for element in self.open))


def read_html(page: str, language: str) -> Iterator[Piece]:
    """The pieces of a page, whose texts make up the page again.

    Args:
        language: of the page; text in another one is no prose.
    """
    elements: tuple[Element, ...] = ()
    start = 0
    for tag in _TAG.finditer(page):
        yield Piece(page[start : tag.start()], "", elements)
        name = (tag["name"] or "!").lower()
        yield Piece(tag[0], name)
        start = tag.end()
        if tag["end"]:
            depth = next((n for n, element in enumerate(reversed(elements), 1) if element.name == name), 0)
            elements = elements[: len(elements) - depth]
        elif tag["name"] and name not in _VOID and not tag["rest"].endswith("/"):
            elements = (*elements, _element(name, tag["rest"], language))
    yield Piece(page[start:], "", elements)


def _element(name: str, attributes: str, language: str) -> Element:
    classes, lang = _CLASS.search(attributes), _LANG.search(attributes)
    foreign = bool(lang and lang[1].split("-")[0] != language.split("-", maxsplit=1)[0])
    return Element(name, frozenset(classes[1].split() if classes else ()), name in _UNREAD or foreign)

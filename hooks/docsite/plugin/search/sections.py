"""A page's HTML, cut where a reader can be led to: its headings, and what names itself in `data-search-title`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNREAD = frozenset(("script", "style", "template", "svg", "nav", "input", "select", "textarea"))
UNREAD_CLASSES = frozenset(("headerlink", "heading-alias", "linenos", "md-content__button", "footnote-backref"))
INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "samp", "small", "span")
) | {"strong", "sub", "sup", "time", "u", "var", "wbr"}
BREAK = "\0"
STOPS = ".:;!?…,»”)"


@dataclass
class Section:
    """A place of a page: a heading, and the text up to the next one.

    Attributes:
        anchor: "" for the top of the page.
        names: other titles that it has, in the navigation for instance.
        translations: its titles in the other languages.
        path: the titles of the page and of the headings around the section.
        level: of the heading; 7 for what only names itself.
    """

    title: str
    anchor: str
    level: int
    path: tuple[str, ...] = ()
    pieces: list[str] = field(default_factory=list)
    names: tuple[str, ...] = ()
    translations: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The blocks of the text, those without a full stop apart from the next by a point."""
        blocks = (" ".join(block.split()) for block in "".join(self.pieces).split(BREAK))
        joined = [block if block[-1] in STOPS else f"{block} ·" for block in blocks if block]
        return " ".join(joined).removesuffix(" ·")


def cut(html: str, title: str, language: str) -> list[Section]:
    """The sections of a page; the first is the page itself."""
    root = LexborHTMLParser(html).body
    reader = _SectionReader(title, language)
    if root is not None:
        reader.read(root)
    return reader.sections


class _SectionReader:
    def __init__(self, title: str, language: str) -> None:
        self.sections = [Section(title, "", 1)]
        self._current = self.sections[0]
        self._around = [self._current]
        self._language = language

    def read(self, parent: LexborNode) -> None:
        for node in parent.iter(include_text=True):
            if node.tag == "-text":
                self._current.pieces.append(node.text_content or "")
            elif not self._unread(node):
                self._element(node)

    def _unread(self, node: LexborNode) -> bool:
        attributes = node.attributes
        classes = (attributes.get("class") or "").split()
        language = (attributes.get("lang") or self._language).split("-")[0]
        return (
            node.tag in UNREAD
            or not UNREAD_CLASSES.isdisjoint(classes)
            or attributes.get("aria-hidden") == "true"
            or "data-search-exclude" in attributes
            or language != self._language
        )

    def _element(self, node: LexborNode) -> None:
        named = node.attributes.get("data-search-title")
        anchor = node.attributes.get("id") or ""
        if node.tag in HEADINGS:
            self._open(_plain(node), anchor, int((node.tag or "h1")[1]))
        elif anchor and (named or node.tag == "dt"):
            self._entry(node, named or _plain(node), anchor)
        elif node.tag == "dd" and _defines_an_entry(node):
            return
        elif node.tag in INLINE:
            self.read(node)
        else:
            self._current.pieces.append(BREAK)
            self.read(node)
            self._current.pieces.append(BREAK)

    def _open(self, title: str, anchor: str, level: int) -> None:
        if level == 1 and len(self.sections) == 1:
            self._current.title = title or self._current.title
            return
        while len(self._around) > 1 and self._around[-1].level >= level:
            self._around.pop()
        self._current = self._begin(title, anchor, level)
        self._around.append(self._current)

    def _begin(self, title: str, anchor: str, level: int) -> Section:
        path = tuple(section.title for section in self._around)
        self.sections.append(Section(title, anchor, level, path))
        return self.sections[-1]

    def _entry(self, node: LexborNode, title: str, anchor: str) -> None:
        """What names itself holds its own text; what comes after belongs to the section around it again."""
        around = self._current
        self._current = self._begin(title, anchor, 7)
        if node.tag == "dt":
            for definition in _definitions(node):
                self.read(definition)
        else:
            self.read(node)
        self._current = around


def _definitions(term: LexborNode) -> Iterator[LexborNode]:
    node = term.next
    while node is not None and node.tag != "dt":
        if node.tag == "dd":
            yield node
        node = node.next


def _defines_an_entry(definition: LexborNode) -> bool:
    node = definition.prev
    while node is not None and node.tag != "dt":
        node = node.prev
    return node is not None and bool(node.attributes.get("id"))


def _plain(node: LexborNode) -> str:
    """The text of a heading, without the link to itself."""
    parts: list[str] = []
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            parts.append(child.text_content or "")
        elif UNREAD_CLASSES.isdisjoint((child.attributes.get("class") or "").split()):
            parts.append(_plain(child))
    return " ".join("".join(parts).split())

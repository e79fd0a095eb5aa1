"""What the text of a leaf is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docsite.markup.blocks.attribute_lists import AttributeList

_TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True, eq=False)
class Node:
    """A piece of text; `start` and `stop` are offsets in the text of the leaf."""

    start: int
    stop: int
    attributes: AttributeList | None = field(default=None, kw_only=True)

    def add_attributes(self, found: AttributeList) -> None:
        """Add what an attribute list behind the node says."""
        if self.attributes is None:
            self.attributes = AttributeList()
        self.attributes.add(found)


@dataclass(slots=True, eq=False)
class Text(Node):
    """What a reader sees: entities, escapes and typographic signs are resolved."""

    value: str


@dataclass(slots=True, eq=False)
class Code(Node):
    """A code span."""

    value: str


@dataclass(slots=True, eq=False)
class InlineHtml(Node):
    """A tag, a comment, or an element of which nothing is Markdown.

    Attributes:
        lead: how many characters stand before the value: those of `{::nomarkdown}`, which says that it is no Markdown.
    """

    value: str
    lead: int = 0


class LineBreak(Node):
    """The end of a line that is kept."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class FootnoteMark(Node):
    """`[^label]`."""

    label: str


@dataclass(slots=True, eq=False)
class Emphasis(Node):
    """Text in an element: `em`, `strong` or `del`."""

    tag: str
    children: Sequence[Node]


@dataclass(slots=True, eq=False)
class InlineLink(Node):
    """A link, or an image.

    Attributes:
        address: decoded; `address_start` and `address_stop` are where it is written, both -1 for one by reference.
        children: what the link shows, or of an image its alternative text.
        label: of the definition, for a link by reference.
    """

    address: str
    address_start: int
    address_stop: int
    title: str
    children: Sequence[Node]
    image: bool = False
    autolink: bool = False
    label: str = ""


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """All nodes, those inside others too, in the order of the text."""
    for node in nodes:
        yield node
        if isinstance(node, Emphasis | InlineLink):
            yield from walk(node.children)


def plain_text(nodes: Sequence[Node]) -> str:
    """What a reader sees of nodes, images aside."""
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, Text | Code):
            parts.append(node.value)
        elif isinstance(node, Emphasis) or (isinstance(node, InlineLink) and not node.image):
            parts.append(plain_text(node.children))
        elif isinstance(node, LineBreak):
            parts.append("\n")
        elif isinstance(node, InlineHtml) and not node.value.startswith("<!"):
            parts.append(_inner_text(node.value))
    return "".join(parts)


def _inner_text(html: str) -> str:
    """The text of a raw element, without its own tags."""
    return _TAG.sub("", html[html.find(">") + 1 : max(html.rfind("</"), 0)]) if html.count("<") > 1 else ""

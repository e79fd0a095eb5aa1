"""The block tree of a page: what `parser.parse_page` returns.

A tree is made of containers, whose `children` are blocks, and of leaves, whose `lines` hold text without the marks of
the containers around it. Each line knows where each of its characters was written:

    document, problems = parse_page(lines, [])
    for block in document.walk():             # every block, containers before what they hold
        print(type(block).__name__, block.first.origin(0))
    for leaf in document.leaves():            # headings, paragraphs, cells, terms, titles, code, raw HTML
        print(leaf.text, leaf.position(3))    # the file and the offset of the fourth character

The running text of leaves (links, code, emphasis) is read by `docsite.markup.inlines.document_inlines`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.blocks.parted_text import PartedText
from docsite.markup.source_map import MappedLine, MappedText, SourcePosition


@dataclass(slots=True, eq=False)
class Block:
    """What all blocks share.

    Attributes:
        first, last: the lines it was written on, without the marks of the containers around it.
        attributes: what attribute lists say about it; None if there are none.
    """

    first: MappedLine
    last: MappedLine
    attributes: AttributeList | None = field(default=None, kw_only=True)

    def parts(self) -> Iterator[Block]:
        """The blocks right inside this one."""
        return iter(())

    def walk_up(self) -> Iterator[Block]:
        """This block and all inside it, containers after what they hold."""
        for part in self.parts():
            yield from part.walk_up()
        yield self

    def walk(self) -> Iterator[Block]:
        """This block and all inside it, in the order of the text."""
        waiting: list[Block] = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting += reversed(list(block.parts()))


@dataclass(slots=True, eq=False)
class Container(Block):
    """A block that holds blocks."""

    children: list[Block]

    def parts(self) -> Iterator[Block]:
        return iter(self.children)


@dataclass(slots=True, eq=False)
class Leaf(Block):
    """A block that holds text.

    Attributes:
        start: offset of its text in `Document.text`.
    """

    lines: Sequence[MappedLine]
    start: int = field(default=0, init=False)

    @property
    def text(self) -> str:
        return self.lines[0].text if len(self.lines) == 1 else "\n".join(line.text for line in self.lines)

    def position(self, offset: int) -> SourcePosition:
        """Where the character at an offset of the text was written."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.origin(offset)
            offset -= len(line.text) + 1
        return self.last.origin(len(self.last.text))


class InlineLeaf(Leaf):
    """A leaf whose text is Markdown."""

    __slots__ = ()


# Leaves.


@dataclass(slots=True, eq=False)
class HeadingBlock(InlineLeaf):
    """A heading; `id` is the one written as `{#id}` or in an attribute list, or ""."""

    level: int
    id: str = ""


@dataclass(slots=True, eq=False)
class Paragraph(InlineLeaf):
    """Running text; `bare` if it stands in its list item or definition without a paragraph of its own."""

    bare: bool = False


class Cell(InlineLeaf):
    """A cell of a table."""

    __slots__ = ()


class DefinitionTerm(InlineLeaf):
    """A term of a definition list."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Title(InlineLeaf):
    """The title of a container; a `literal` one is no Markdown."""

    literal: bool = False


@dataclass(slots=True, eq=False)
class CodeBlock(Leaf):
    """Code, fenced or indented; `info` is what stands behind the opening fence."""

    info: str = ""
    fenced: bool = False

    @property
    def language(self) -> str:
        """The language as kramdown reads it: the info string up to a question mark."""
        return self.info.partition("?")[0]


@dataclass(slots=True, eq=False)
class HtmlBlock(Leaf):
    """HTML that stays as it is; of a `literal` one the writer says so, by `{::nomarkdown}`."""

    literal: bool = False


class NativeBlock(Leaf):
    """Lines that Python-Markdown's own extensions read."""

    __slots__ = ()


class ThematicBreak(Leaf):
    """A rule across the page."""

    __slots__ = ()


def normalized_label(label: str) -> str:
    """The form in which labels of definitions are compared."""
    return " ".join(label.split()).casefold()


@dataclass(slots=True, eq=False)
class LinkDefinition(Leaf):
    """The address, and the title, that a reference link stands for.

    Attributes:
        destination, stop: where the address begins and ends in the text.
    """

    label: str
    destination: int
    stop: int
    title: str

    @property
    def destination_text(self) -> str:
        """The address as it is written."""
        return self.text[self.destination : self.stop]


@dataclass(slots=True, eq=False)
class Abbreviation(Leaf):
    """What a short form stands for."""

    short: str
    meaning: str


# Containers.


@dataclass(slots=True, eq=False)
class Document(Container):
    """A page. Its text is the text of its leaves, one after the other; see `Leaf.start`.

    Attributes:
        definitions: attribute lists with a name.
        parted: running text with block tags in it.
    """

    definitions: Mapping[str, AttributeList]
    parted: Sequence[PartedText] = ()
    _text: MappedText | None = field(default=None, init=False)
    _blocks: list[Block] | None = field(default=None, init=False)

    def walk(self) -> Iterator[Block]:
        """All blocks, listed once."""
        if self._blocks is None:
            self._blocks = list(Container.walk(self))
        return iter(self._blocks)

    def leaves(self) -> Iterator[Leaf]:
        return (block for block in self.walk() if isinstance(block, Leaf))

    def headings(self) -> Iterator[HeadingBlock]:
        return (block for block in self.walk() if isinstance(block, HeadingBlock))

    @property
    def text(self) -> MappedText:
        """The text of all leaves."""
        if self._text is None:
            lines: list[MappedLine] = []
            at = 0
            for leaf in self.leaves():
                leaf.start = at
                at += sum(len(line.text) + 1 for line in leaf.lines)
                lines += leaf.lines
            self._text = MappedText(lines)
        return self._text


@dataclass(slots=True, eq=False)
class List(Container):
    """A list; its children are items."""

    ordered: bool


class ListItem(Container):
    """An item of a list."""

    __slots__ = ()


class Quote(Container):
    """A block quote."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Row(Container):
    """A row of a table. A cell is a `Cell`, or a `CellBlocks` where a block tag stands in it."""

    part: str
    """The part of the table it belongs to: `head`, `body` or `foot`."""
    group: int = 0
    """Which body it belongs to, where separator lines divide them."""


class CellBlocks(Container):
    """A cell of a table with blocks in it."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Table(Container):
    """A table; its children are rows of equal length.

    Attributes:
        alignments: of each column: `left`, `right`, `center`, or "".
    """

    alignments: list[str]

    def rows(self) -> list[Row]:
        return [row for row in self.children if isinstance(row, Row)]


class DefinitionList(Container):
    """Terms, each followed by its definitions."""

    __slots__ = ()


class Definition(Container):
    """What a term means."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class FootnoteDefinition(Container):
    """The text of a footnote."""

    label: str


@dataclass(slots=True, eq=False)
class HtmlElement(Container):
    """An element of raw HTML whose inside is Markdown; `tag` is its opening tag."""

    tag: HtmlBlock
    name: str

    def parts(self) -> Iterator[Block]:
        yield self.tag
        yield from self.children


@dataclass(slots=True, eq=False)
class Titled(Container):
    """A container with a title; None for none."""

    title: Title | None

    def parts(self) -> Iterator[Block]:
        if self.title is not None:
            yield self.title
        yield from self.children


@dataclass(slots=True, eq=False)
class Alert(Titled):
    """`{% alert KIND %}`."""

    kind: str


class Tabs(Container):
    """A set of tabs; its children are tabs."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Tab(Titled):
    """A tab; `selected` if it is the one to show first."""

    selected: bool = False


@dataclass(slots=True, eq=False)
class Details(Titled):
    """`{% details TITLE %}`; `anchor` is the id that its title has, or ""."""

    anchor: str = ""


@dataclass(slots=True, eq=False)
class DeclaredBlock(Container):
    """A block tag of the site's own."""

    name: str


@dataclass(slots=True, eq=False)
class Admonition(Titled):
    """Python-Markdown's `!!!` and `???`; `opened` is None for `!!!`, else whether it shows its inside at once."""

    classes: str
    opened: bool | None = None


@dataclass(slots=True, eq=False)
class GenericBlock(Container):
    """pymdownx's `/// NAME`; `head` is its first line and its options, `fence` the slashes that close it."""

    head: NativeBlock
    fence: str

    def parts(self) -> Iterator[Block]:
        yield self.head
        yield from self.children

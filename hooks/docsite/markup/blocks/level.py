"""The lines of one container, and what has been read of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docsite.markup.blocks.attribute_lists import AttributeList, parse_attribute_list
from docsite.markup.blocks.patterns import LIST_LINE
from docsite.markup.blocks.tree import Block, FootnoteDefinition, HeadingBlock, HtmlBlock
from docsite.markup.source_map import MappedLine

_LIST_LINES = 20
"""Lines that one attribute list may take."""


class Blank(Block):
    """Blank lines between blocks; in no tree, but rules ask what stands before them."""

    __slots__ = ()


@dataclass(slots=True, eq=False)
class Boundary(Block):
    """The end of a block by something that is no block itself; `marker` for kramdown's `^`."""

    marker: bool = False


class Level:
    """Lines to be read, from `at` on, and the blocks made of those before.

    Attributes:
        waiting: attributes for the next block, and the line they were written on.
        depth: how many containers are around.
        opened: names of raw HTML elements that are not closed yet, with the blocks of their opening tags.
        ended: the blocks that end and begin the last element of raw HTML.
    """

    __slots__ = ("at", "blocks", "depth", "ended", "lines", "opened", "waiting")

    def __init__(self, lines: list[MappedLine], depth: int) -> None:
        self.lines = lines
        self.at = 0
        self.blocks: list[Block] = []
        self.waiting: tuple[AttributeList, MappedLine] | None = None
        self.depth = depth
        self.opened: list[tuple[str, Block]] = []
        self.ended: tuple[Block, Block] | None = None

    @property
    def line(self) -> MappedLine:
        """The line that is next."""
        return self.lines[self.at]

    @property
    def done(self) -> bool:
        return self.at >= len(self.lines)

    def text_at(self, index: int) -> str:
        """The text of a line; "" behind the last."""
        return self.lines[index].text if index < len(self.lines) else ""

    def whole_text(self, index: int) -> str:
        """The text of a line; where an attribute list begins that is written on several lines, they become one."""
        text = self.text_at(index)
        if text.lstrip(" ").startswith("{:") and "}" not in text:
            self._join_list(index)
        return self.text_at(index)

    def _join_list(self, index: int) -> None:
        joined = self.lines[index]
        blank = False
        for end, line in enumerate(self.lines[index + 1 : index + _LIST_LINES], index + 2):
            blank = blank or line.blank
            joined = joined + "\n" + line
            if "}" in line.text:
                listed = LIST_LINE.match(joined.text)
                if listed and not (blank and _holds_words(listed[1])):
                    self.lines[index:end] = [joined]
                return

    def append(self, block: Block, taken: int = 0) -> None:
        """Add a block, which gets the attributes that wait, and step over its lines."""
        if self.waiting is not None and takes_attributes(block):
            block.attributes, self.waiting = self.waiting[0], None
            if isinstance(block, HeadingBlock):
                block.id = block.attributes.id or block.id
        self.blocks.append(block)
        self.at += taken

    def replace(self, taken: int, rest: MappedLine) -> None:
        """Step over lines, the last of which may have a rest to be read as a line of its own."""
        self.at += taken
        if not rest.blank:
            self.at -= 1
            self.lines[self.at] = rest.cut(len(rest.text) - len(rest.text.lstrip()))

    @property
    def last(self) -> Block | None:
        return self.blocks[-1] if self.blocks else None

    @property
    def after_boundary(self) -> bool:
        """Whether a block that needs a blank line before it can begin here."""
        last = self.last
        return (
            last is None
            or isinstance(last, Blank)
            or self.waiting is not None
            or (isinstance(last, Boundary) and last.marker)
        )

    def close_elements(self) -> None:
        """Close elements that are left open, so that nothing behind these lines falls inside."""
        for name, _ in reversed(self.opened):
            line = self.lines[-1].made(f"</{name}>")
            self.append(HtmlBlock(line, line, [line]))

    def result(self) -> list[Block]:
        """The blocks."""
        self.close_elements()
        return real_blocks(self.blocks)


def _holds_words(text: str) -> bool:
    """Whether there is text among the attributes of a list: one that is closed paragraphs later takes none with it."""
    found = parse_attribute_list(text)
    return bool(found.invalid or found.references)


def takes_attributes(block: Block) -> bool:
    """Whether an attribute list beside a block says something of it."""
    if isinstance(block, HtmlBlock):
        return not block.literal and not block.lines[0].text.lstrip().startswith("<!--")
    return not isinstance(block, Blank | Boundary | FootnoteDefinition)


def real_blocks(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without what only stands between them."""
    return [block for block in blocks if not isinstance(block, Blank | Boundary)]

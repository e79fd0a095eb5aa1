"""Rules for lists and definition lists."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from docsite.markup.blocks.attribute_blocks import read_attributes
from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.blocks.level import Blank, Boundary, Level, real_blocks
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import (
    BOUNDARY_MARKER,
    BULLET,
    DEFINITION,
    ITEM_LIST,
    LIST_LINE,
    LIST_START,
    NUMBER,
    RULE,
    begins_native,
    is_blank,
    is_html_block,
)
from docsite.markup.blocks.tree import Block, Definition, DefinitionList, DefinitionTerm, List, ListItem, Paragraph
from docsite.markup.source_map import BLANKS, MappedLine


@dataclass
class _Item:
    """An item being read: the columns its text is indented by, and its lines.

    Attributes:
        chunks: the lines; a list inside it begins a new chunk.
        nested: whether further lists in it are found without a new chunk.
    """

    first: MappedLine
    width: int
    chunks: list[list[MappedLine]]
    nested: bool = False
    attributes: AttributeList | None = None
    spaced: bool = False
    last: MappedLine = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.first

    def take(self, line: MappedLine, written: MappedLine) -> None:
        """Add a line."""
        self.chunks[-1].append(line)
        self.last = written


def _item(parser: BlockParser, line: MappedLine, start: re.Match[str]) -> _Item:
    """The item that a line with a marker begins."""
    rest = _expanded(line.cut(start.end(1)), start.end(1))
    width = start.end(1)
    lead = len(rest.text) - len(rest.text.lstrip(" "))
    own = ITEM_LIST.match(rest.text)
    if is_blank(rest.text[own.end() :] if own else rest.text):
        width = 4
    else:
        width += lead
    found = None
    if own:
        found = read_attributes(parser, line, own[1])
        rest = rest.cut(own.end())
    rest = rest.cut(len(rest.text) - len(rest.text.lstrip(BLANKS)))
    item = _Item(line, width, [[] if is_blank(rest.text) else [rest]], attributes=found)
    item.nested = bool(item.chunks[0]) and LIST_START.match(rest.text) is not None
    return item


def _expanded(line: MappedLine, column: int) -> MappedLine:
    """The line with spaces for tabs before its text, which stands at a column."""
    lead = line.text[: len(line.text) - len(line.text.lstrip(" \t"))]
    if "\t" not in lead:
        return line
    spaces = 0
    for sign in lead:
        spaces += 1 if sign == " " else 4 - (column + spaces) % 4
    return line.made(" " * spaces) + line.cut(len(lead))


@cache
def _content(width: int) -> re.Pattern[str]:
    """Lines that are indented enough for an item."""
    tabs, spaces = divmod(width, 4)
    return re.compile(rf"(?:(?:\t| {{4}}){{{tabs}}} {{{spaces}}}|(?:\t| {{4}}){{{tabs + 1}}}).*\S")


@cache
def _sibling(pattern: re.Pattern[str], width: int) -> re.Pattern[str]:
    """Markers of further items, which are indented less than the text of the one before."""
    return re.compile(pattern.pattern.replace("{0,3}", f"{{0,{min(max(width - 1, 0), 3)}}}", 1))


def _is_lazy(parser: BlockParser, level: Level, width: int) -> bool:
    """Whether the next line belongs to the item above though it is not indented."""
    text = level.whole_text(level.at)
    lead = len(text) - len(text.lstrip(" "))
    if lead > min(width, 3):
        return True
    ends = LIST_LINE.match(text) or is_html_block(text) or text.lstrip(" ").startswith("\ufdd8")
    return not ends and not begins_native(parser.native, text)


def _reduced(line: MappedLine, width: int) -> tuple[MappedLine, bool]:
    """The line without the indentation of an item, and whether it had it."""
    tabs = len(line.text) - len(line.text.lstrip("\t"))
    if tabs:
        line = line.made(" " * 4 * tabs) + line.cut(tabs)
    indented = line.text.startswith(" " * width)
    return (line.cut(width) if indented else line), indented


def list_block(parser: BlockParser, level: Level) -> bool:
    """A list with bullets or numbers."""
    text = level.line.text
    pattern = BULLET if BULLET.match(text) else NUMBER
    if not pattern.match(text):
        return False
    first = level.line
    items, ended = _read_items(parser, level, pattern)
    made = [(item, _item_blocks(parser, item, level.depth + 1)) for item in items]
    trailing = _loosen(made, ended=ended)
    children: list[Block] = []
    for item, blocks in made:
        children.append(ListItem(item.first, item.last, real_blocks(blocks), attributes=item.attributes))
    level.append(List(first, items[-1].last, children, pattern is NUMBER))
    if trailing is not None:
        level.append(trailing)
    return True


def _read_items(parser: BlockParser, level: Level, pattern: re.Pattern[str]) -> tuple[list[_Item], bool]:
    """The items of a list, and whether a boundary marker ended it."""
    items: list[_Item] = []
    starts, after_blank = pattern, False
    while not level.done:
        line = level.line
        text = line.text
        if after_blank and RULE.match(text):
            break
        if BOUNDARY_MARKER.match(text):
            level.at += 1
            return items, True
        if start := starts.match(text):
            items.append(_item(parser, line, start))
            starts, after_blank = _sibling(pattern, items[-1].width), False
        elif is_blank(text):
            items[-1].nested = after_blank = True
            items[-1].chunks[-1].append(line.cut(0, 0))
        elif _content(items[-1].width).match(text) or (not after_blank and _is_lazy(parser, level, items[-1].width)):
            _carry_on(items[-1], line)
            after_blank = False
        else:
            break
        level.at += 1
    return items, False


def _carry_on(item: _Item, line: MappedLine) -> None:
    reduced, indented = _reduced(line, item.width)
    if LIST_START.match(reduced.text):
        if not item.nested and indented:
            item.chunks.append([])
            item.nested = True
        elif item.nested and not indented:
            reduced = reduced.made(" " * (item.width + 4)) + reduced
    item.take(reduced, line)


def _item_blocks(parser: BlockParser, item: _Item, depth: int) -> list[Block]:
    """The blocks of an item, with the blanks between them."""
    level = Level([], depth)
    for chunk in item.chunks:
        level.lines, level.at = chunk, 0
        parser.run(level)
        parser.drop_attributes(level)
    level.close_elements()
    return level.blocks


def _loosen(items: list[tuple[_Item, list[Block]]], *, ended: bool) -> Blank | None:
    """Decide which items stand without a paragraph of their own; returns the blank lines behind the list."""
    trailing: Blank | None = None
    earlier_bare = False
    for number, (_, blocks) in enumerate(items):
        trailing = None
        if not blocks:
            earlier_bare = True
            continue
        is_last = number == len(items) - 1
        first = blocks[0]
        if len(blocks) > 1 and first.attributes and isinstance(blocks[1], Boundary):
            del blocks[1]
        closed = len(blocks) < 2 or not isinstance(blocks[1], Blank)
        if isinstance(first, Paragraph):
            closed = closed or (is_last and len(blocks) == 2 and not ended)
            first.bare = closed and (not is_last or len(items) == 1 or earlier_bare)
        earlier_bare = earlier_bare or not isinstance(first, Paragraph) or first.bare
        if isinstance(blocks[-1], Blank):
            trailing = blocks.pop()  # type: ignore[assignment] # it is the Blank just looked at
    return trailing if not ended else None


# Definition lists.


def definition_list(parser: BlockParser, level: Level) -> bool:
    """`: meaning` below a paragraph of terms."""
    terms = _terms(level)
    if terms is None or not DEFINITION.match(level.line.text):
        return False
    while level.blocks.pop() is not terms:
        pass
    spaced = level.at > 0 and is_blank(level.text_at(level.at - 1))
    children: list[Block] = [_term(parser, line) for line in terms.lines]
    items = _read_definitions(parser, level, spaced=spaced)
    trailing: Blank | None = None
    for item in items:
        blocks = _item_blocks(parser, item, level.depth + 1)
        trailing = None
        if blocks and isinstance(blocks[-1], Blank):
            trailing = blocks.pop()  # type: ignore[assignment] # it is the Blank just looked at
        if blocks and isinstance(blocks[0], Paragraph):
            blocks[0].bare = not item.spaced
        children.append(Definition(item.first, item.last, real_blocks(blocks), attributes=item.attributes))
    before = next((block for block in reversed(level.blocks) if not isinstance(block, Blank)), None)
    if isinstance(before, DefinitionList):
        while level.blocks[-1] is not before:
            level.blocks.pop()
        before.children += children
        before.last = items[-1].last
    else:
        level.append(DefinitionList(terms.first, items[-1].last, children, attributes=terms.attributes))
    if trailing is not None:
        level.append(trailing)
    return True


def _terms(level: Level) -> Paragraph | None:
    """The paragraph right above, or above one blank line."""
    last = level.last
    if isinstance(last, Blank) and not is_blank(level.text_at(level.at - 2)) and len(level.blocks) > 1:
        last = level.blocks[-2]
    return last if isinstance(last, Paragraph) else None


def _term(parser: BlockParser, line: MappedLine) -> DefinitionTerm:
    own = ITEM_LIST.match(line.text)
    found = read_attributes(parser, line, own[1]) if own else None
    return DefinitionTerm(line, line, [line.cut(own.end()).strip() if own else line.strip()], attributes=found)


def _read_definitions(parser: BlockParser, level: Level, *, spaced: bool) -> list[_Item]:
    items: list[_Item] = []
    starts, after_blank = DEFINITION, False
    while not level.done:
        line = level.line
        text = line.text
        if start := starts.match(text):
            items.append(_item(parser, line, start))
            items[-1].spaced = spaced
            starts, spaced, after_blank = _sibling(DEFINITION, items[-1].width), False, False
        elif is_blank(text):
            spaced = after_blank = True
            items[-1].chunks[-1].append(line.cut(0, 0))
        elif BOUNDARY_MARKER.match(text):
            break
        elif _content(items[-1].width).match(text) or (not after_blank and _is_lazy(parser, level, items[-1].width)):
            items[-1].take(_reduced(line, items[-1].width)[0], line)
            spaced = after_blank = False
        else:
            break
        level.at += 1
    return items

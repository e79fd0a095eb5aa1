"""Rules for attribute lists on lines of their own, and what is wrong with attribute lists anywhere."""

from __future__ import annotations

from docsite.diagnostics.messages import Message, make_message
from docsite.markup.blocks.attribute_lists import AttributeList, parse_attribute_list, parse_definition
from docsite.markup.blocks.level import Blank, Boundary, Level, takes_attributes
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import LIST_LINE, OPTIONS, SHOWN_LIST, UNCLOSED_LIST
from docsite.markup.blocks.tree import Block, HeadingBlock
from docsite.markup.source_map import MappedLine

_WHOLE = {
    "toc": ("attribute-list", "toc"),
    OPTIONS: ("attribute-list", "options"),
    SHOWN_LIST: ("attribute-list-unused", "text"),
    UNCLOSED_LIST: ("attribute-list-unused", "unclosed"),
}
"""Messages that name no part."""


def attribute_list(parser: BlockParser, level: Level) -> bool:
    """`{: .class #id}` says something of the block above it, or else of the one below."""
    listed = LIST_LINE.match(level.whole_text(level.at))
    line = level.line
    if listed is None:
        return False
    level.at += 1
    if named := parse_definition(listed[1]):
        said = read_attributes(parser, line, named[1])
        parser.definitions.setdefault(named[0], AttributeList()).add(said)
        level.blocks.append(Boundary(line, line))
        return True
    found = read_attributes(parser, line, listed[1])
    target = next((block for block in reversed(level.blocks) if not _is_list_end(block)), None)
    if target is None or isinstance(target, Blank | Boundary):
        waiting = level.waiting[0] if level.waiting else AttributeList()
        waiting.add(found)
        level.waiting = (waiting, line)
        return True
    if level.ended and target is level.ended[0]:
        target = level.ended[1]
    if takes_attributes(target):
        add_attributes(target, found)
    else:
        parser.report_unused(line)
    level.blocks.append(_ListEnd(line, line))
    return True


class _ListEnd(Boundary):
    """Stands behind a block with an attribute list, so that no text joins it."""

    __slots__ = ()


def _is_list_end(block: object) -> bool:
    return isinstance(block, _ListEnd)


def read_attributes(parser: BlockParser, line: MappedLine, text: str) -> AttributeList:
    """Read an attribute list, and report what says nothing in it."""
    found = parse_attribute_list(text)
    found.line = line
    parser.references += [(name, line) for name in found.references]
    for part in found.invalid:
        parser.report(invalid_attribute(part), line, max(0, line.text.find(part)))
    return found


def add_attributes(block: Block, found: AttributeList) -> None:
    """Add what an attribute list says to a block."""
    if block.attributes is None:
        block.attributes = AttributeList(line=found.line)
    block.attributes.add(found)
    if isinstance(block, HeadingBlock) and block.attributes.id:
        block.id = block.attributes.id


def invalid_attribute(part: str) -> Message:
    """What is wrong with a part of an attribute list."""
    if part in _WHOLE:
        return make_message(*_WHOLE[part])
    return make_message("attribute-list", "quotes" if "=" in part else "unknown", part=part)

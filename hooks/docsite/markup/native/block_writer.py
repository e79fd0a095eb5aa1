"""Block tags on a native page, written as blocks of pymdownx where they stand; all other lines stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from docsite.markup.liquid.block_tag import escape_markdown
from docsite.markup.liquid.tagged_block import TaggedBlock
from docsite.markup.placeholders import BLOCK_EDGE, CLOSE, GENERATED
from docsite.markup.source_map import MappedLine

_MARGIN = re.compile(r"[ \t>]*")
_ITEM = re.compile(r"([ \t>]*)(?:(?:[*+-]|\d+[.)]|:)[ \t]+|\[\^[^\]\n]+\]:[ \t]*)")
_DELIMITERS = re.compile(r"[ \t>]*[|: -]*-[|: \t-]*$")
BLOCK_HEAD = re.compile(r"[ \t>]*(/{3,})")

_GAP = "\v"
"""Stands for a blank line where there is none: after two, Python-Markdown sees no indentation."""

Misplaced = Callable[[int], None]
"""Takes the index of a block that cannot stand in the table cell it is in."""


@dataclass
class _Node:
    """A block, what stands in front of its lines, and what is inside; `starts_set` for the first tab of a set."""

    block: TaggedBlock | None
    prefix: str
    at: MappedLine
    starts_set: bool = False
    inner: list[MappedLine | _Node] = field(default_factory=list)

    @property
    def tabs(self) -> list[_Node]:
        return [part for part in self.inner if isinstance(part, _Node) and part.block and part.block.kind == "tab"]


def write_blocks(lines: Sequence[MappedLine], blocks: Sequence[TaggedBlock], misplaced: Misplaced) -> list[MappedLine]:
    """The lines with each marked block on lines of its own."""
    if not blocks:
        return list(lines)
    written: list[MappedLine] = []
    gap = False
    for line in _write(_tree(lines, blocks, misplaced)):
        if line.text == _GAP:
            gap = True
            continue
        if gap and not line.blank and written and not written[-1].blank:
            written.append(line.made(""))
        gap = False
        written.append(line)
    return written


def _tree(lines: Sequence[MappedLine], blocks: Sequence[TaggedBlock], misplaced: Misplaced) -> _Node:
    stack = [_Node(None, "", lines[0])]
    rows = _rows(lines)
    behind_block = False
    for number, line in enumerate(lines):
        edges = [*BLOCK_EDGE.finditer(line.text)]
        if behind_block and _ITEM.match(line.text):  # which text right above would take in
            stack[-1].inner.append(line.made(_GAP))
        behind_block = bool(edges)
        if edges and (number in rows or line.text.lstrip(" >").startswith("|")):
            for edge in edges:
                if edge[1] is not None and int(edge[1]) < len(blocks):
                    misplaced(int(edge[1]))
            stack[-1].inner.append(line.made(BLOCK_EDGE.sub("", line.text)))
        else:
            _add_line(stack, line, blocks)
    return stack[0]


def _rows(lines: Sequence[MappedLine]) -> set[int]:
    """The lines that are rows of a table."""
    rows: set[int] = set()
    inside = False
    for number, line in enumerate(lines):
        inside = "|" in line.text and (
            inside or (_DELIMITERS.match(line.text) is not None and number > 0 and "|" in lines[number - 1].text)
        )
        rows |= {number - 1, number} if inside else set()
    return rows


def _add_line(stack: list[_Node], line: MappedLine, blocks: Sequence[TaggedBlock]) -> None:
    """Take in a line, with each edge of a block on it."""
    start, prefix = 0, _prefix(line.text)
    for edge in BLOCK_EDGE.finditer(line.text):
        part = line.cut(start, edge.start())
        _add_text(stack[-1], part.strip().indent(prefix) if start and ">" in prefix and not part.blank else part)
        start = edge.end()
        if edge[0] == CLOSE:
            if len(stack) > 1:
                stack.pop()
        elif int(edge[1]) < len(blocks):
            node = _Node(blocks[int(edge[1])], prefix, line.cut(edge.start(), edge.start()))
            above = stack[-1]
            node.starts_set = above.block is not None and above.block.kind == "tabs" and not above.tabs
            above.inner.append(node)
            stack.append(node)
    rest = line.cut(start)
    if not start:
        stack[-1].inner.append(rest)
    elif not rest.blank:
        _add_text(stack[-1], rest.strip().indent(prefix))


def _add_text(node: _Node, part: MappedLine) -> None:
    if GENERATED.search(part.text):  # the rest of an edge that a filter has cut
        part = part.made(GENERATED.sub("", part.text))
    if not part.blank and part.text.strip(" \t>"):
        node.inner.append(part)


def _prefix(text: str) -> str:
    """What keeps a line in the container of another: its margin, or four columns for the marker of an item or note."""
    item = _ITEM.match(text)
    return f"{item[1]}    " if item else _MARGIN.match(text)[0]  # type: ignore[index] # matches always


def _write(node: _Node) -> Iterator[MappedLine]:
    """The lines of a block, or, without one, of the page."""
    inner = [line for part in node.inner for line in (_write(part) if isinstance(part, _Node) else (part,))]
    if node.block is None or node.block.kind == "tabs":
        yield from inner
        return
    depth = max((len(found[1]) for line in inner if (found := BLOCK_HEAD.match(line.text))), default=2)
    slashes = "/" * (depth + 1)
    made = [f"{slashes} {_head(node.block)}", *(["    new: true"] if node.starts_set else [])]
    gap = node.at.made(node.prefix.rstrip() or _GAP)
    yield gap
    yield from (node.at.made(f"{node.prefix}{text}") for text in made)
    yield gap
    yield from _moved(inner, node.prefix)
    yield from (gap, node.at.made(f"{node.prefix}{slashes}"), gap)


def _head(block: TaggedBlock) -> str:
    """The first line of a block of pymdownx."""
    if block.kind == "block":
        return f"html | div.{block.name}"
    title = escape_markdown(block.title) if block.kind == "tab" else block.title
    return f"{block.name or block.kind} | {title}" if title else block.name or block.kind


def _moved(lines: Sequence[MappedLine], prefix: str) -> Iterator[MappedLine]:
    """Lines at the margin of their block."""
    if ">" in prefix:
        yield from lines
        return
    full = [line for line in lines if not line.blank]
    margin = min((len(line.text) - len(line.text.lstrip(" ")) for line in full), default=0)
    for line in lines:
        yield line if line.blank else line.cut(margin).indent(prefix)

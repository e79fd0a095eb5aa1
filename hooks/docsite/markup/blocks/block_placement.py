"""Blocks into Markdown: a tag's text goes where the tag stands, as a block of pymdownx.

In Jekyll a block tag may stand anywhere: in a list item at any indentation, on the marker's own line, in a quote, in
the middle of a paragraph, in a table cell. Here each is given lines of its own, with the tag's own container in front.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import Protocol

from docsite.diagnostics.messages import Message, make_message
from docsite.markup.blocks import attribute_lists
from docsite.markup.blocks.line_syntax import edit_line
from docsite.markup.liquid.block import Block
from docsite.markup.placeholders import BLOCK_EDGE, CLOSE, GENERATED, OPEN, OPENED
from docsite.markup.source_map import MappedLine


class BlockProblemCallback(Protocol):
    """Takes a block that is not allowed where it is, and why."""

    def __call__(self, block: Block, message: Message, /) -> None: ...


_CONTAINER = re.compile(r"[ \t]*(?:(?:>|[*+-](?=[ \t])|\d+\.(?=[ \t]))[ \t]*)*")
_MARKER = re.compile(r"[*+-]|\d+\.")
_MARK = re.compile(f"{OPEN}(?P<index>[0-9]{{1,9}}){OPENED}|{GENERATED.pattern}")
_SLASHES = re.compile(r"^[ >]*(/{3,})", re.MULTILINE)


_NESTING = 50
"""Blocks inside each other: more come only of text that is captured again and again."""

_CROWD = 100
"""Blocks that one line may hold."""


def place_blocks(
    lines: Sequence[MappedLine], blocks: Sequence[Block], report: BlockProblemCallback
) -> list[MappedLine]:
    """Lines with marked blocks into lines of Markdown."""
    return _place(_sound(lines, blocks, report), blocks, report)


def _sound(lines: Sequence[MappedLine], blocks: Sequence[Block], report: BlockProblemCallback) -> list[MappedLine]:
    """The lines without marks that fit nothing: filters can cut or change those of captured text."""
    opened: list[bool] = []  # whether each open block is kept
    sound = []
    for line in lines:
        marks = list(_MARK.finditer(line.text)) if GENERATED.search(line.text) else []
        crowded = sum(mark["index"] is not None for mark in marks) > _CROWD
        misfits = [mark for mark in marks if not _fits(mark, blocks, opened, report, crowded=crowded)]
        sound.append(edit_line(line, [(*mark.span(), "\ufffd") for mark in misfits]) if misfits else line)
    return sound


def _fits(
    mark: re.Match[str], blocks: Sequence[Block], opened: list[bool], report: BlockProblemCallback, *, crowded: bool
) -> bool:
    index = int(mark["index"] or len(blocks))
    if index >= len(blocks):
        return mark[0] == CLOSE and bool(opened) and opened.pop()
    kept = not crowded and len(opened) < _NESTING
    if not kept and all(opened):
        report(blocks[index], make_message("liquid-limit", "blocks"))
    opened.append(kept)
    return kept


def _place(lines: Sequence[MappedLine], blocks: Sequence[Block], report: BlockProblemCallback) -> list[MappedLine]:
    placed: list[MappedLine] = []
    waiting = deque(lines)
    while waiting:
        line = waiting.popleft()
        edge = BLOCK_EDGE.search(line.text)
        if edge is None:
            placed.append(line)
        elif edge[0] == CLOSE:  # its opening was lost with a limit reached
            waiting.appendleft(line.cut(0, edge.start()) + line.cut(edge.end()))
        else:
            block = blocks[int(edge[1])]
            before = line.cut(0, edge.start())
            inner, rest = _inside(line.cut(edge.end()), waiting)
            if before.text.lstrip(" >").startswith("|"):
                waiting.appendleft(_cell(before, block, inner, rest, report))
                continue
            head, prefix = _container(before)
            placed += head
            placed += _block(before, prefix, block, inner, blocks, report)
            if waiting and attribute_lists.LIST_LINE.match(waiting[0].text):
                placed.pop()  # the list belongs to the block only while no blank line parts them
            if not rest.blank:
                waiting.appendleft(rest.strip().indent(prefix))
    return placed


def _inside(first: MappedLine, waiting: deque[MappedLine]) -> tuple[list[MappedLine], MappedLine]:
    """The lines up to the matching CLOSE, and what follows it on its line."""
    inner: list[MappedLine] = []
    line, depth, at = first, 1, 0
    while True:
        edge = BLOCK_EDGE.search(line.text, at)
        if edge is None:
            inner.append(line)
            if not waiting:
                return inner, first.cut(0, 0)
            line, at = waiting.popleft(), 0
            continue
        depth += 1 if edge[0].startswith(OPEN) else -1
        if depth == 0:
            return [*inner, line.cut(0, edge.start())], line.cut(edge.end())
        at = edge.end()


def _container(before: MappedLine) -> tuple[list[MappedLine], str]:
    """What stands before a block, as lines of its own, and the prefix that keeps later lines in its container."""
    markup = "".join(_CONTAINER.findall(before.text)[:1])
    prefix = _MARKER.sub(lambda marker: " " * len(marker[0]), markup)
    alone = not before.text[len(markup) :].strip() and not _MARKER.search(markup)
    return [] if alone else [before], prefix


def _block(
    at: MappedLine,
    prefix: str,
    block: Block,
    inner: list[MappedLine],
    blocks: Sequence[Block],
    report: BlockProblemCallback,
) -> list[MappedLine]:
    content = _place(_dedented(inner, prefix), blocks, report)
    longest = max((len(m[1]) for line in content for m in _SLASHES.finditer(line.text)), default=2)
    slashes = "/" * (longest + 1)
    title = f" | {block.title}" if block.title else ""
    end = len(at.text)
    head = [at.made("", end), at.made(f"{slashes} {block.kind}{title}", end)]
    head += [at.made(f"    {option}", end) for option in block.options]
    body = [*head, at.made("", end), *content, at.made("", end), at.made(slashes, end), at.made("", end)]
    return [line.indent(prefix) for line in body]


def _dedented(inner: list[MappedLine], prefix: str) -> list[MappedLine]:
    """The text of a block without the indentation and quote marks of its container."""
    first, *rest = inner
    if ">" in prefix:
        rest = [_unquoted(line, prefix.count(">")) for line in rest]
    margin = min((len(line.text) - len(line.text.lstrip(" ")) for line in rest if not line.blank), default=0)
    lines = [first.strip(), *(line if line.blank else line.cut(margin) for line in rest)]
    while lines and lines[0].blank:
        lines.pop(0)
    while lines and lines[-1].blank:
        lines.pop()
    return lines


def _unquoted(line: MappedLine, depth: int) -> MappedLine:
    for _ in range(depth):
        mark = re.match(r"[ ]{0,3}> ?", line.text)
        if mark is None:
            break
        line = line.cut(mark.end())
    return line


def _cell(
    before: MappedLine, block: Block, inner: list[MappedLine], rest: MappedLine, report: BlockProblemCallback
) -> MappedLine:
    """A block inside a table cell, as HTML on the row's one line; `rest` is the rest of the row."""
    text = [line.strip() for line in inner if not line.blank]
    if len(text) > 1 or any(OPEN in line.text for line in text):
        report(block, make_message("liquid-block-in-table", "lines"))
    if block.kind in ("tab", "html"):
        opening, closing = f'<div class="{block.kind}">', "</div>"
    elif block.kind == "details":
        opening, closing = f"<details><summary>{block.title}</summary>", "</details>"
    else:
        title = f'<span class="admonition-title">{block.title}</span>'
        opening, closing = f'<div class="admonition {block.kind}">{title} ', "</div>"
    line = before + opening
    for number, part in enumerate(text):
        clean = BLOCK_EDGE.sub("", part.text)
        line = line + (" " if number else "") + (part if clean == part.text else part.made(clean))
    return line + closing + rest

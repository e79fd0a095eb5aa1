"""kramdown's block structure, laid out as Python-Markdown wants it.

Both read the same Markdown, but kramdown nests a list by the width of its marker and lets lists, headings and fences
interrupt a paragraph, and it has attribute lists on lines of their own. This pass goes through a page line by line,
keeps the stack of open list items, and writes: nesting by four spaces, blank lines where blocks begin, and attribute
lists as notes (see `marks`) inside the block they belong to. Rules: https://kramdown.gettalong.org/syntax.html and the
GFM parser of kramdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from docsite.diagnostics.messages import Message, make_message
from docsite.markup.blocks import attribute_lists
from docsite.markup.blocks.attribute_lists import AttributeList, Definitions
from docsite.markup.blocks.line_syntax import (
    BLOCK_EDGE,
    CODE_INDENT,
    EXPLICIT_ID,
    EXTENSION,
    FENCE,
    HARD_BREAK,
    HEADING,
    HEADING_END,
    MARKER,
    RULE,
    TABLE_RULE,
    UNDERLINE,
    WIDTH,
    dedent_line,
    edit_line,
    expand_tabs,
    extension_length,
    fence_head,
    fence_length,
    is_table,
    quote_body,
    starts_block,
)
from docsite.markup.blocks.raw_html import HtmlBlock
from docsite.markup.placeholders import encode_marker
from docsite.markup.source_map import MappedLine


class ProblemCallback(Protocol):
    """Takes a line, a column of it, and what is wrong there."""

    def __call__(self, line: MappedLine, column: int, message: Message, /) -> None: ...


_NESTING = 40
"""Quotes and lists inside each other: what lies deeper is text, since Python-Markdown calls itself for each level."""

_VAIN = 20
"""Searches for an end that is not there, after which the rest of a page is not searched again for the like."""


@dataclass
class ConvertedHeading:
    """A heading of a page.

    Attributes:
        text: its Markdown, without markers and explicit id.
        id: the explicit id, or "" for one made from the text.
        line: index among the laid out lines; `column` is where its text begins there.
    """

    level: int
    text: str
    id: str
    source: MappedLine
    line: int = -1
    column: int = 0


@dataclass
class _Item:
    """An open list item: the columns of its marker and text in the source, and of its text in the result."""

    marker: int
    content: int
    out: int
    ordered: bool


@dataclass
class _Block:
    """A block that an attribute list may belong to: where in the result a note about it can stand."""

    kind: str
    depth: int
    line: int = -1
    column: int = 0
    heading: ConvertedHeading | None = None
    own: AttributeList | None = None


@dataclass
class KramdownConverter:
    """A page laid out.

    Attributes:
        lines: the result.
        notes: notes to insert, as (line, column, text).
    """

    definitions: Definitions
    report: ProblemCallback
    lines: list[MappedLine] = field(default_factory=list)
    headings: list[ConvertedHeading] = field(default_factory=list)
    notes: list[tuple[int, int, str]] = field(default_factory=list)
    ids: list[tuple[str, MappedLine]] = field(default_factory=list)
    _items: list[_Item] = field(default_factory=list)
    _blocks: dict[int, _Block] = field(default_factory=dict)
    _pending: AttributeList | None = None
    _pending_at: MappedLine | None = None
    _previous: str = "blank"
    _separate: bool = False
    _block_out: int = 0
    _edges: list[tuple[str, int, int]] = field(default_factory=list)
    _vain: Counter[str] = field(default_factory=Counter)
    _depth: int = 0
    _unclosed: bool = False

    def run(self, lines: Sequence[MappedLine]) -> None:
        """Lay out lines, the whole of a page or of a quote."""
        index = 0
        while index < len(lines):
            index += self._step(lines, index)

    # One step: how many source lines it took.

    def _step(self, lines: Sequence[MappedLine], index: int) -> int:
        line = expand_tabs(lines[index])
        if line.blank:
            self.lines.append(line.cut(0, 0))
            self._previous = "blank" if self._previous != "code" else "code"
            return 1
        indent = len(line.text) - len(line.text.lstrip(" "))
        rest = line.text[indent:]
        marker = None if RULE.match(rest) else MARKER.match(rest)
        if self._lazy(indent, rest, marker):
            return self._paragraph(line.cut(indent), lines, index)
        self._close_items(indent, marker)
        inner = indent - self._content
        if inner >= CODE_INDENT and self._previous in ("blank", "code", "edge"):
            return self._code(line.cut(self._content))
        return self._block(lines, index, line.cut(indent), marker, indent)

    def _block(
        self, lines: Sequence[MappedLine], index: int, line: MappedLine, marker: re.Match[str] | None, indent: int
    ) -> int:
        text = line.text
        if listed := attribute_lists.LIST_LINE.match(text):
            return self._attribute_list(line, listed[1])
        if extension := EXTENSION.match(text):
            return self._extension_length(lines, index, extension)
        if (marker or text.startswith(">")) and self._nesting >= _NESTING:
            at = len(marker[1]) - 1 if marker else 0
            return self._paragraph(line.cut(0, at) + line.made("\\", at) + line.cut(at), lines, index)
        if marker:
            return self._item(lines, index, line, marker, indent)
        if (fence := FENCE.match(text)) and (length := self._fence_length(lines, index, fence[1])):
            return self._fence(lines, index, line, length)
        if heading := HEADING.match(text):
            return self._heading(line, heading)
        if text.startswith(">"):
            return self._quote(lines, index, line)
        if edge := BLOCK_EDGE.match(text):
            return self._edge(line, edge)
        if RULE.match(text):
            return self._plain(line, "rule")
        if html := HtmlBlock.at(text):
            return self._html(lines, index, line, html)
        if self._previous not in ("text", "item") and is_table(lines, index, text):
            return self._table(lines, index, line)
        return self._paragraph(line, lines, index)

    # Where we are.

    @property
    def _content(self) -> int:
        """Source column at which the text of the current container begins."""
        return self._items[-1].content if self._items else 0

    @property
    def _nesting(self) -> int:
        return self._depth + len(self._items)

    @property
    def _out(self) -> str:
        return " " * (self._items[-1].out if self._items else 0)

    def _lazy(self, indent: int, rest: str, marker: re.Match[str] | None) -> bool:
        """Whether the line carries on the paragraph before it."""
        if self._previous not in ("text", "item") or self._separate:
            return False
        if indent >= self._content + CODE_INDENT:
            return marker is None or self._previous == "text"
        return indent < self._content and not starts_block(rest)

    def _close_items(self, indent: int, marker: re.Match[str] | None) -> None:
        while self._items and indent < self._items[-1].content:
            if marker and indent >= self._items[-1].marker and self._items[-1].marker >= self._outer_content():
                break  # a sibling, whose place `_item` takes, or a list nested by less than the text
            self._items.pop()
        for depth in [d for d in self._blocks if d > len(self._items)]:
            del self._blocks[depth]

    def _outer_content(self) -> int:
        return self._items[-2].content if len(self._items) > 1 else 0

    # Writing.

    def _emit(self, line: MappedLine, kind: str) -> int:
        """Append a line; returns its index."""
        if not self.lines or self.lines[-1].blank:
            self._block_out = len(line.text) - len(line.text.lstrip(" "))
        self.lines.append(line)
        self._previous = kind
        self._separate = False
        return len(self.lines) - 1

    def _blank_before(self, line: MappedLine) -> None:
        if self.lines and not self.lines[-1].blank:
            self.lines.append(line.cut(0, 0))

    def _start(self, kind: str, line: MappedLine, *, blank: bool) -> _Block:
        """Begin a block: it takes the attributes that wait for it."""
        if blank or self._separate:
            self._blank_before(line)
        block = _Block(kind, len(self._items))
        self._blocks[block.depth] = block
        return block

    def _settle(self, block: _Block, line: int, column: int) -> None:
        """Say where notes about the block can stand."""
        block.line, block.column = line, column
        if self._pending:
            pending, self._pending = self._pending, None
            self._apply(block, pending, self._pending_at or self.lines[line])

    def _apply(self, block: _Block, found: AttributeList, at: MappedLine) -> None:
        if block.heading and found.id:
            block.heading.id = found.id
            found.id = ""
        if found.id:
            self.ids.append((found.id, at))
        if block.own is not None:
            block.own.add(found)
        elif block.line < 0:
            self.report(at, 0, make_message("attribute-list", "no-effect"))
        elif found.id or found.classes or found.pairs:
            self.notes.append((block.line, block.column, encode_marker(block.kind, found.payload())))

    # Kinds of blocks.

    def _attribute_list(self, line: MappedLine, text: str) -> int:
        if attribute_lists.parse_definition(text):
            return 1
        found = attribute_lists.parse_attribute_list(text, self.definitions)
        for part in found.invalid:
            self.report(line, line.text.find(part), _describe_part(part))
        block = self._blocks.get(len(self._items))
        if self._previous == "blank" or block is None:
            self._pending = self._pending or AttributeList()
            self._pending.add(found)
            self._pending_at = line
        else:
            self._apply(block, found, line)
        self._separate = self._previous != "item"
        return 1

    def _plain(self, line: MappedLine, kind: str) -> int:
        self._start(kind, line, blank=self._previous in ("text", "item"))
        self._emit(line.indent(self._out), kind)
        return 1

    def _edge(self, line: MappedLine, match: re.Match[str]) -> int:
        """The head or the end of a block made by `place`; attributes after the end belong to the whole."""
        if self._unclosed:
            self._refuse_edge(line)
        block = self._start("block", line, blank=self._previous in ("text", "item"))
        at = self._emit(line.indent(self._out), "edge")
        if match[0] != match[1]:
            self._edges.append((match[1], at, len(self._out) + match.end()))
            if " | " in match[0]:
                self._settle(block, at, len(self._out) + match.end())
        elif self._edges and self._edges[-1][0] == match[1]:
            _, block.line, block.column = self._edges.pop()
        return 1

    def _code(self, line: MappedLine) -> int:
        self._emit(line.indent(self._out), "code")
        return 1

    def _paragraph(self, line: MappedLine, lines: Sequence[MappedLine], index: int) -> int:
        line = self._inline(line)
        if self._previous in ("text", "item") and not self._separate:
            self._emit(line.indent(self._out), self._previous)
            return 1
        underlined = index + 1 < len(lines) and UNDERLINE.match(lines[index + 1].text)
        block = self._start("heading" if underlined else "para", line, blank=self._previous != "blank")
        at = self._emit(line.indent(self._out), "text")
        if underlined:
            self._note_heading(block, line, 1 if "=" in underlined[1] else 2, at, 0)
            self._emit(lines[index + 1].strip().indent(self._out), "heading")
            return 2
        self._settle(block, at, len(self._out))
        return 1

    def _inline(self, line: MappedLine) -> MappedLine:
        """A line of text: hard breaks, `#` that is no heading, braces that are no attributes, and those that are."""
        if line.text.startswith("#") and not HEADING.match(line.text):
            line = line.made("\\") + line
        if broken := HARD_BREAK.search(line.text):
            line = line.cut(0, broken.start()) + "  "
        if "{" in line.text:
            edits = attribute_lists.inline_edits(line.text, self.definitions)
            line = edit_line(line, edits) if edits else line
        return line

    def _heading(self, line: MappedLine, match: re.Match[str]) -> int:
        block = self._start("heading", line, blank=self._previous in ("text", "item"))
        at = self._emit(self._inline(line).indent(self._out), "heading")
        self._note_heading(block, line, len(match[1]), at, match.end())
        return 1

    def _note_heading(self, block: _Block, line: MappedLine, level: int, at: int, begin: int) -> None:
        text = line.text[begin:]
        explicit = EXPLICIT_ID.search(text)
        text = HEADING_END.sub("", text[: explicit.start()] if explicit else text).strip()
        heading = ConvertedHeading(level, text, explicit[1] if explicit else "", line, at, len(self._out) + begin)
        self.headings.append(heading)
        block.heading = heading
        self._settle(block, at, heading.column)

    def _item(
        self, lines: Sequence[MappedLine], index: int, line: MappedLine, marker: re.Match[str], indent: int
    ) -> int:
        ordered = marker[1][0].isdigit()
        sibling = None
        if self._items and indent < self._items[-1].content and not self._nests_short(indent, ordered):
            sibling = self._items.pop()
        fresh = sibling is None or sibling.ordered != ordered
        if fresh:
            in_item = self._previous == "item" and sibling is None
            self._start("list", line, blank=self._previous != "blank" and not in_item)
        elif self._previous not in ("blank", "item") or len(self._out) < self._block_out:
            self._blank_before(line)
        width = len(marker[0]) if len(marker[2]) <= CODE_INDENT else len(marker[1]) + 1
        out = len(self._out) + WIDTH
        padded = line.made(self._out) + line.cut(0, len(marker[1])) + " " * max(1, WIDTH - len(marker[1]))
        self._items.append(_Item(indent, indent + max(width, len(marker[1]) + 1), out, ordered))
        for depth in [d for d in self._blocks if d >= len(self._items)]:
            del self._blocks[depth]
        return self._item_text(lines, index, padded, line.cut(width), fresh=fresh)

    def _nests_short(self, indent: int, ordered: bool) -> bool:
        """Whether a list right below an item of the other kind nests in it though its marker is short of the text."""
        item = self._items[-1]
        return self._previous == "item" and item.ordered != ordered and indent > item.marker

    def _item_text(
        self, lines: Sequence[MappedLine], index: int, padded: MappedLine, text: MappedLine, *, fresh: bool
    ) -> int:
        """The first line of an item, which may itself begin with an attribute list, a marker or a block."""
        own = re.match(r"\{:(?!:)([^}\n]*)\}[ \t]*", text.text)
        found = attribute_lists.parse_attribute_list(own[1], self.definitions) if own else None
        whole, text = text, text.cut(own.end()) if own else text
        starts = FENCE.match(text.text) or text.text.startswith(">") or MARKER.match(text.text)
        block_starts = bool(starts) and not RULE.match(text.text)
        column = len(padded.text)
        if block_starts:
            at = self._emit(padded + text.cut(0, 0), "item")
            self._blank_before(text)
            again = [text.indent(" " * self._content), *lines[index + 1 :]]
            self._previous = "blank"
            taken = self._step(again, 0)
        else:
            at = self._emit(padded + self._inline(text), "item")
            if heading := HEADING.match(text.text):
                block = self._start("heading", text, blank=False)
                self._note_heading(block, text, len(heading[1]), at, heading.end())
                self.headings[-1].column = column + heading.end()
                column += heading.end()
            else:
                block = _Block("item", len(self._items))
                self._blocks[block.depth] = block
                self._settle_item(block, at, column)
            taken = 1
        self._settle_list(at, column, fresh=fresh)
        if found:
            self._apply(_Block("item", len(self._items), at, column), found, whole)
        return taken

    def _settle_item(self, block: _Block, at: int, column: int) -> None:
        block.line, block.column = at, column

    def _settle_list(self, at: int, column: int, *, fresh: bool) -> None:
        block = self._blocks.get(len(self._items) - 1)
        if fresh and block and block.kind == "list":
            self._settle(block, at, column)

    def _fence_length(self, lines: Sequence[MappedLine], index: int, mark: str) -> int:
        length = fence_length(lines, index) if self._vain[mark] < _VAIN else 0
        self._vain[mark] += not length
        return length

    def _extension_length(self, lines: Sequence[MappedLine], index: int, opening: re.Match[str]) -> int:
        length = extension_length(lines, index, opening) if self._vain[opening[0]] < _VAIN else 1
        self._vain[opening[0]] += length == 1
        return length

    def _fence(self, lines: Sequence[MappedLine], index: int, line: MappedLine, length: int) -> int:
        block = self._start("fence", line, blank=self._previous != "blank")
        block.own = self._pending or AttributeList()
        self._pending = None
        margin = len(lines[index].text) - len(lines[index].text.lstrip(" "))
        body = [dedent_line(expand_tabs(inner), margin) for inner in lines[index + 1 : index + length]]
        taken = length
        following = lines[index + length].text if index + length < len(lines) else ""
        listed = attribute_lists.LIST_LINE.match(following)
        if listed and not attribute_lists.parse_definition(listed[1]):
            self._previous = "fence"
            taken += self._attribute_list(lines[index + length].strip(), listed[1])
        if block.own.classes or block.own.id or block.own.pairs:
            line = fence_head(line, block.own)
        for inner in (line, *body):
            self._emit(inner.indent(self._out), "fence")
        self._separate = True
        return taken

    def _quote(self, lines: Sequence[MappedLine], index: int, line: MappedLine) -> int:
        if self._after_quote():
            self._emit(line.made(self._out + encode_marker("gap", [])), "gap")
        block = self._start("quote", line, blank=self._previous != "blank")
        inner = quote_body(lines, index)
        self._nest(block, inner)
        return len(inner)

    def _after_quote(self) -> bool:
        """Whether only blank lines part a quote from the one before, which Python-Markdown would make one."""
        before = self._blocks.get(len(self._items))
        return before is not None and before.kind == "quote"

    def _nest(self, block: _Block, inner: list[MappedLine]) -> None:
        """Lay out the inside of a quote, and take over what it found."""
        sub = KramdownConverter(self.definitions, self.report, _depth=self._nesting + 1)
        sub.run(inner)
        shift, prefix = len(self.lines), self._out + "> "
        for line in sub.lines:
            self._emit(line.made(prefix) + line if not line.blank else line.made(prefix.rstrip()), "quote")
        for heading in sub.headings:
            heading.line += shift
            heading.column += len(prefix)
        self.headings += sub.headings
        self.ids += sub.ids
        self.notes += [(at + shift, column + len(prefix), text) for at, column, text in sub.notes]
        first = next((b for b in sub._blocks.values() if b.line >= 0), None)
        if first:
            self._settle(block, first.line + shift, first.column + len(prefix))
        self._separate = True

    def _html(self, lines: Sequence[MappedLine], index: int, line: MappedLine, html: HtmlBlock) -> int:
        self._start("html", line, blank=self._previous in ("text", "item"))
        length, closed = 1, not html.closes
        if not closed and self._vain[html.tag] < _VAIN:
            length, closed = html.length(chain([line.text], (lines[at].text for at in range(index + 1, len(lines)))))
        self._vain[html.tag] += not closed
        self._unclosed = self._unclosed or not (closed or self._nesting)  # further in, HTML swallows nothing
        margin = len(lines[index].text) - len(lines[index].text.lstrip(" "))
        self._emit(line.indent(self._out), "html")
        for inner in lines[index + 1 : index + length]:
            self._refuse_edge(inner)
            self._emit(dedent_line(inner, margin).indent(self._out), "html")
        return max(1, length)

    def _refuse_edge(self, line: MappedLine) -> None:
        """Report a block made by `place` where HTML hides it from Markdown."""
        edge = BLOCK_EDGE.match(line.text.lstrip(" >"))
        if edge and edge[0] != edge[1]:
            self.report(line, 0, make_message("liquid-block-in-html", "html"))

    def _table(self, lines: Sequence[MappedLine], index: int, line: MappedLine) -> int:
        block = self._start("table", line, blank=self._previous != "blank")
        taken = 0
        for row in lines[index:]:
            if row.blank or "|" not in row.text or attribute_lists.LIST_LINE.match(row.text):
                break
            taken += 1
        at = len(self.lines)
        if taken == 1 or not TABLE_RULE.match(lines[index + 1].text.strip()):
            at += 2
            self._headless(line)
        for number in range(taken):
            row = line if number == 0 else lines[index + number].strip()
            self._emit(self._inline(row).indent(self._out), "table")
        bare = line.text
        self._settle(block, at, len(self._out) + (1 if bare.startswith("|") else 0))
        self._separate = True
        return taken

    def _headless(self, line: MappedLine) -> None:
        """An empty head, which Python-Markdown wants; the Markdown extension takes it out again."""
        columns = max(1, len(re.findall(r"(?<!\\)\|", line.text.strip().strip("|"))) + 1)
        head = "|" + encode_marker("headless", []) + " |" * columns
        self._emit(line.made(head).indent(self._out), "table")
        self._emit(line.made("|" + "---|" * columns).indent(self._out), "table")


def _describe_part(part: str) -> Message:
    """What is wrong with a part of an attribute list."""
    if part == "toc":
        return make_message("attribute-list", "toc")
    if "=" in part:
        return make_message("attribute-list", "quotes", part=part)
    return make_message("attribute-list", "unknown", part=part)

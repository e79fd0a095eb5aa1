"""The rule for tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from docsite.diagnostics.messages import make_message
from docsite.markup.blocks.level import Level
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import ATOM, ATOM_SIGN, BOUNDARY_MARKER, LIST_LINE, is_blank
from docsite.markup.blocks.tree import Block, Cell, CellBlocks, Row, Table
from docsite.markup.source_map import MappedLine, edit_line

_PIPE = re.compile(r"(?<!\\)\|")
_ESCAPED_PIPE = re.compile(r"\\\|")
_SEPARATOR = re.compile(r"(?=.*-)[+|: \t-]+$")
_FOOTER = re.compile(r"(?=.*=)[+|: \t=]+$")
_ALIGNMENT = re.compile(r"[ \t]?(:?)-+(:?)[ \t]?")
_NO_BREAK = re.compile("[\u00a0\u202f]")
_CODE_SIGN = re.compile(r"(?<=\S)`(?!`)|`(?![\s`])|``+|<code\b[^>]*>")
_ALIGNMENTS = {("", ""): "", (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


@dataclass
class _Reading:
    """A table being read: its finished rows, and those whose part is not known yet."""

    rows: list[Row] = field(default_factory=list)
    open: list[Row] = field(default_factory=list)
    alignments: list[str] | None = None
    footer: bool = False
    group: int = 0

    def close(self, part: str, *, force: bool = False) -> None:
        """Give the open rows their part; rows above a further separator in a footer stay with those below."""
        if self.footer and part == "body" and not force:
            return
        for row in self.open:
            row.part, row.group = part, self.group
        self.rows += self.open
        self.open = []
        self.group += 1

    def separator(self, text: str) -> None:
        """A line of dashes."""
        if not self.open:
            return
        if self.alignments is None and not self.footer:
            self.close("head")
            self.alignments = [_ALIGNMENTS[found[1], found[2]] for found in _ALIGNMENT.finditer(text)]
        else:
            self.close("body")


def table(parser: BlockParser, level: Level) -> bool:
    """Lines with bars in them, between blank lines."""
    if not _PIPE.search(level.line.text) or not level.after_boundary:
        return False
    end = _end(level)
    if end is None or not _bars_outside_code("\n".join(line.text for line in level.lines[level.at : end])):
        return False
    if "|---" in parser.native and not (end > level.at + 1 and _SEPARATOR.match(level.lines[level.at + 1].text)):
        return False
    reading = _Reading()
    leading = level.line.text.lstrip(" \t").startswith("|")
    for number, line in enumerate(level.lines[level.at : end]):
        if _SEPARATOR.match(line.text):
            if number:
                reading.separator(line.text)
        elif _FOOTER.match(line.text):
            if reading.open:
                reading.close("body", force=True)
            reading.footer = True
        else:
            _warn_of_no_break_space(parser, line)
            reading.open.append(_row(parser, line, level.depth, leading=leading))
    if reading.open:
        reading.close("foot" if reading.footer else "body", force=True)
    if not any(row.part == "body" for row in reading.rows):
        return False
    level.append(_table(level.line, level.lines[end - 1], reading), end - level.at)
    return True


def _bars_outside_code(text: str) -> bool:
    """Whether the lines of a table have bars of their own, as kramdown asks where there is code in them."""
    if "`" not in text and "<code" not in text:
        return True
    bar = False
    at = 0
    for start, stop, lines in [*_code(text), (len(text), len(text), 0)]:
        first, *others = text[at:start].rstrip("\n").split("\n")
        if others and not bar and not _PIPE.search(first):
            return False
        bar = (bar and not others) or _PIPE.search(others[-1] if others else first) is not None
        if lines > 1 or (lines and not bar):
            return bar
        bar, at = bar and not lines, stop
    return bar


def _code(text: str) -> Iterator[tuple[int, int, int]]:
    """Where code begins and ends, and how many ends of lines count in it: none in elements, nor the last ones."""
    at = 0
    unclosed: set[str] = set()
    while found := _CODE_SIGN.search(text, at):
        sign, at = found[0], found.end()
        closing = "</code>" if sign[0] == "<" else sign
        end = text.find(closing, at) if sign not in unclosed else -1
        if end < 0:
            unclosed.add(sign)
            continue
        at = end + len(closing)
        yield found.start(), at, text[found.end() : end].rstrip("\n").count("\n") if sign[0] == "`" else 0


def _bars(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """What a pattern finds outside of code."""
    kept: list[str] = []
    at = 0
    for start, stop, _ in _code(text):
        kept += [text[at:start], "x" * (stop - start)]
        at = stop
    return [*pattern.finditer("".join([*kept, text[at:]]))]


def _end(level: Level) -> int | None:
    """The line behind a table; None if text follows, so that all of it is text."""
    end = level.at
    while end < len(level.lines) and _PIPE.search(text := level.whole_text(end)) and not LIST_LINE.match(text):
        end += 1
    if end == len(level.lines):
        return end
    text = level.whole_text(end)
    bounded = is_blank(text) or LIST_LINE.match(text) or BOUNDARY_MARKER.match(text)
    return end if bounded or text.lstrip().startswith(ATOM_SIGN) else None


def _warn_of_no_break_space(parser: BlockParser, line: MappedLine) -> None:
    """A line of dashes with a no-break space in it is a row of text."""
    spaces = [found.start() for found in _NO_BREAK.finditer(line.text)]
    if spaces and _SEPARATOR.match(_NO_BREAK.sub(" ", line.text)):
        for at in spaces:
            parser.report_no_break_space(line, at, line.text[:at].strip()[-1:] or "|")


def _table(first: MappedLine, last: MappedLine, reading: _Reading) -> Table:
    columns = max(len(row.children) for row in reading.rows)
    for row in reading.rows:
        end = row.last.cut(len(row.last.text))
        row.children += [Cell(end, end, [end]) for _ in range(columns - len(row.children))]
    alignments = (reading.alignments or [])[:columns]
    alignments += [""] * (columns - len(alignments))
    return Table(first, last, [*reading.rows], alignments)


def _row(parser: BlockParser, line: MappedLine, depth: int, *, leading: bool) -> Row:
    cuts = [-1, *(bar.start() for bar in _bars(line.text, _PIPE)), len(line.text)]
    parts = [line.cut(start + 1, stop) for start, stop in pairwise(cuts)]
    if leading and is_blank(parts[0].text):
        parts.pop(0)
    if parts and is_blank(parts[-1].text):
        parts.pop()
    return Row(line, line, [_cell(parser, part.strip(), depth) for part in parts], "body")


def _cell(parser: BlockParser, text: MappedLine, depth: int) -> Block:
    """A cell. Outside of code a bar in it needs no backslash once the row is cut."""
    if ATOM_SIGN in text.text:
        return _cell_blocks(parser, text, depth)
    if "\\|" in text.text:
        text = edit_line(text, [(bar.start(), bar.end(), "|") for bar in _bars(text.text, _ESCAPED_PIPE)])
    return Cell(text, text, [text])


def _cell_blocks(parser: BlockParser, text: MappedLine, depth: int) -> CellBlocks:
    for found in ATOM.finditer(text.text):
        atom = parser.atoms[int(found[1])]
        if sum(not line.blank for line in atom.lines) > 1 or any(ATOM_SIGN in line.text for line in atom.lines):
            message = make_message("liquid-block-in-table", "lines")
            parser.report(message, atom.opening, target=atom.tag.token.value)
    children = parser.read([text], depth + 1)
    return CellBlocks(text, text, children)

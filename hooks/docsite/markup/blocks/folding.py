"""Block tags out of the way: each tag, with all that is inside it, becomes one placeholder in the line it begins on.

In Jekyll a block tag is HTML on one line by the time kramdown reads the page. So here: whatever stands inside a tag is
read on its own, and to the lines around it the tag is a single sign, in a list item, a quote, or the cell of a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from docsite.markup.blocks.patterns import is_blank
from docsite.markup.liquid.tagged_block import TaggedBlock
from docsite.markup.placeholders import CLOSE, GENERATED, OPEN, OPENED
from docsite.markup.source_map import MappedLine, join_lines

NESTING = 50
"""Block tags inside each other: more come only of text that is captured again and again."""

_PLACEHOLDER = re.compile(f"{OPEN}(?P<index>[0-9]{{1,9}}){OPENED}|{GENERATED.pattern}")
_MARKERS = re.compile(r"[ \t]*(?:(?:>|[*+-](?=[ \t])|\d+\.(?=[ \t]))[ \t]*)*")
_QUOTE_MARK = re.compile(r"[ \t]*> ?")


@dataclass
class Atom:
    """A block tag and the lines inside it, without the marks of what is around.

    Attributes:
        opening: stands for the place of the tag.
    """

    tag: TaggedBlock
    opening: MappedLine
    lines: list[MappedLine]


@dataclass
class Folded:
    """Lines without block tags, the tags, and the places of those that are nested too deeply."""

    lines: list[MappedLine]
    atoms: list[Atom] = field(default_factory=list)
    crowded: list[MappedLine] = field(default_factory=list)


@dataclass
class _Frame:
    """A tag that is open; None for the page itself. `marks` stand before it on its line."""

    tag: TaggedBlock | None
    opening: MappedLine
    marks: str = ""
    lines: list[MappedLine] = field(default_factory=list)
    parts: list[MappedLine] = field(default_factory=list)

    def end_line(self) -> None:
        self.lines.append(join_lines(self.parts) if self.parts else self.opening.cut(0, 0))
        self.parts = []


def fold(lines: Sequence[MappedLine], tags: Sequence[TaggedBlock]) -> Folded:
    """Replace each block tag and its inside by a placeholder. Placeholders that fit nothing become U+FFFD."""
    folding = _Folding(tags, _Frame(None, lines[0]))
    for line in lines:
        folding.read(line)
    return folding.finish()


class _Folding:
    def __init__(self, tags: Sequence[TaggedBlock], page: _Frame) -> None:
        self.tags = tags
        self.frames = [page]
        self.folded = Folded([])
        self.kept: list[bool] = []  # for each open tag, whether it has a frame

    def read(self, line: MappedLine) -> None:
        """Take in a line."""
        at = 0
        if GENERATED.search(line.text):
            for found in _PLACEHOLDER.finditer(line.text):
                self.frames[-1].parts.append(line.cut(at, found.start()))
                at = found.end()
                self._placeholder(line, found)
            self.frames[-1].parts.append(line.cut(at))
        else:
            self.frames[-1].parts.append(line)
        self.frames[-1].end_line()

    def _placeholder(self, line: MappedLine, found: re.Match[str]) -> None:
        index = int(found["index"]) if found["index"] else len(self.tags)
        if index < len(self.tags):
            self._open(self.tags[index], line.made("", found.start()))
        elif found[0] == CLOSE and self.kept and self.kept.pop():
            self._close()
        else:
            self.frames[-1].parts.append(line.made("\ufffd", found.start()))

    def _open(self, tag: TaggedBlock, opening: MappedLine) -> None:
        self.kept.append(len(self.frames) <= NESTING)
        if self.kept[-1]:
            marks = _MARKERS.match(self.frames[-1].parts[0].text)
            self.frames.append(_Frame(tag, opening, marks[0] if marks else ""))
            return
        if not self.folded.crowded:
            self.folded.crowded.append(opening)
        self.frames[-1].parts.append(opening.made("\ufffd"))

    def _close(self) -> None:
        frame = self.frames.pop()
        frame.end_line()
        if frame.tag is None:
            return
        self.folded.atoms.append(Atom(frame.tag, frame.opening, _bare(frame)))
        placeholder = frame.opening.made(f"\ufdd8{len(self.folded.atoms) - 1}\ufdd9")
        self.frames[-1].parts.append(placeholder)

    def finish(self) -> Folded:
        """Close what is open."""
        while len(self.frames) > 1:
            self._close()
        if self.frames[0].parts:
            self.frames[0].end_line()
        self.folded.lines = self.frames[0].lines
        return self.folded


def _bare(frame: _Frame) -> list[MappedLine]:
    """The lines inside a tag without quote marks and indentation of what is around the tag."""
    first, *rest = frame.lines
    quoted, is_code = frame.marks.count(">"), frame.tag is not None and frame.tag.kind == "code"
    if quoted:
        rest = [_unquoted(line, quoted) for line in rest]
    margin = min((len(line.text) - len(line.text.lstrip(" ")) for line in rest if not line.blank), default=0)
    if is_code:  # what it is indented by beyond its tag is its own
        margin = min(margin, len(re.split(r"> ?", frame.marks)[-1]))
    lines = [first.strip(), *(line if line.blank else line.cut(margin) for line in rest)]
    while lines and is_blank(lines[-1].text):
        lines.pop()
    begin = next((number for number, line in enumerate(lines) if not is_blank(line.text)), 0)
    kept = begin if is_code else max(0, begin - 1)  # one blank line, which an attribute list can stand below
    return lines[kept:]


def _unquoted(line: MappedLine, depth: int) -> MappedLine:
    for _ in range(depth):
        mark = _QUOTE_MARK.match(line.text)
        if mark is None:
            break
        line = line.cut(mark.end())
    return line

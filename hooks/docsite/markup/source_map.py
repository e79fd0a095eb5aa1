"""Text that remembers where each of its characters was written.

The dialect moves, indents and invents text. A `Line` carries, beside its text, runs that lead any column back to a
file and an offset there, so that a finding about the result names the position that a writer can fix.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

BLANKS = " \t\f\v\r"


class SourcePosition(NamedTuple):
    """A character of a source file: the file as the caller names it, and an offset that counts from 0."""

    file: str
    offset: int


class Segment(NamedTuple):
    """From `column` on, text was copied from `offset` (`step` 1) or stands for the one place there (`step` 0)."""

    column: int
    file: str
    offset: int
    step: int


_column = attrgetter("column")


class MappedLine:
    """A line of text, without its newline, and the runs that lead back from it. Immutable.

    A part of a line shares the line's runs, since a line may be cut thousands of times: `base` is where it begins in
    what they count columns of.
    """

    __slots__ = ("base", "runs", "text")

    def __init__(self, text: str, runs: tuple[Segment, ...], base: int = 0) -> None:
        self.text = text
        self.runs = runs
        self.base = base

    def __repr__(self) -> str:
        return f"Line({self.text!r})"

    def origin(self, column: int) -> SourcePosition:
        """The place of the character at `column`, which counts from 0."""
        inside = self.base + min(column, max(0, len(self.text) - 1))  # the end belongs to what is before it
        run = self.runs[max(0, bisect_right(self.runs, inside, key=_column) - 1)]
        return SourcePosition(run.file, run.offset + max(0, self.base + column - run.column) * run.step)

    def cut(self, start: int, stop: int | None = None) -> MappedLine:
        """The part of the line between two columns."""
        size = len(self.text)
        stop = size if stop is None or stop > size else stop
        if start <= 0 and stop == size:
            return self
        start = max(0, min(start, stop))
        return MappedLine(self.text[start:stop], self.runs, self.base + start)

    def segments(self, at: int = 0) -> list[Segment]:
        """The runs of this text alone, as if it began at a column."""
        base = self.base
        first = max(0, bisect_right(self.runs, base, key=_column) - 1)
        last = max(first + 1, bisect_left(self.runs, base + len(self.text), key=_column))
        return [
            Segment(max(0, column - base) + at, file, offset + max(0, base - column) * step, step)
            for column, file, offset, step in self.runs[first:last]
        ]

    def __add__(self, other: MappedLine | str) -> MappedLine:
        if isinstance(other, str):
            other = self.made(other, at=len(self.text))
        if not self.text:
            return other
        return MappedLine(self.text + other.text, (*self.segments(), *other.segments(len(self.text))))

    def made(self, text: str, at: int = 0) -> MappedLine:
        """New text that stands for the place at column `at` of this line."""
        file, offset = self.origin(at)
        return MappedLine(text, (Segment(0, file, offset, 0),))

    def indent(self, prefix: str) -> MappedLine:
        """The line with a prefix in front; a blank line stays blank unless the prefix is more than spaces."""
        if not prefix or (not self.text.strip() and not prefix.strip()):
            return self
        return self.made(prefix) + self

    def strip(self) -> MappedLine:
        """The line without blanks at either end; no-break spaces stay."""
        text = self.text
        return (
            self.cut(len(text) - len(text.lstrip(BLANKS)), len(text.rstrip(BLANKS))) if text.strip() else self.cut(0, 0)
        )

    @property
    def blank(self) -> bool:
        return not self.text or self.text.isspace()


class TextChunk(NamedTuple):
    """A part of text, newlines included, and where it comes from (see `Run`)."""

    text: str
    file: str
    offset: int
    step: int


def split_lines(pieces: Iterable[TextChunk]) -> list[MappedLine]:
    """Cut pieces of text into lines; there is always at least one."""
    lines: list[MappedLine] = []
    parts: list[TextChunk] = []
    for piece in pieces:
        text, file, offset, step = piece
        start = 0
        while (stop := text.find("\n", start)) >= 0:
            parts.append(TextChunk(text[start:stop], file, offset + start * step, step))
            lines.append(_line(parts))
            parts = []
            start = stop + 1
        if start < len(text):
            parts.append(TextChunk(text[start:], file, offset + start * step, step))
    if parts or not lines:
        lines.append(_line(parts or [TextChunk("", "", 0, 0)]))
    return lines


def _line(parts: Sequence[TextChunk]) -> MappedLine:
    if len(parts) == 1:
        text, file, offset, step = parts[0]
        return MappedLine(text, (Segment(0, file, offset, step),))
    runs: list[Segment] = []
    column = 0
    for text, file, offset, step in parts:
        if text:
            runs.append(Segment(column, file, offset, step))
            column += len(text)
    if not runs:
        runs.append(Segment(0, parts[0].file, parts[0].offset, parts[0].step))
    return MappedLine("".join(part.text for part in parts), tuple(runs))


class MappedText:
    """Lines joined to one text, with the way back from an offset of that text."""

    __slots__ = ("_starts", "lines", "text")

    def __init__(self, lines: Sequence[MappedLine]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines)
        self._starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))

    def offset(self, line: int, column: int) -> int:
        """The offset of a column of a line."""
        return self._starts[line] + column

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both counted from 0."""
        index = min(max(0, bisect_right(self._starts, offset) - 1), len(self.lines) - 1)
        return index, offset - self._starts[index]

    def origin(self, offset: int) -> SourcePosition:
        """The place of the character at `offset` of the text."""
        index, column = self.place(offset)
        return self.lines[index].origin(column)


def join_lines(parts: Sequence[MappedLine]) -> MappedLine:
    """Lines one after the other as one line."""
    if len(parts) == 1:
        return parts[0]
    runs: list[Segment] = []
    column = 0
    for part in parts:
        if part.text:
            runs += part.segments(column)
            column += len(part.text)
    return MappedLine("".join(part.text for part in parts), tuple(runs or parts[0].segments()))


def edit_line(line: MappedLine, edits: Sequence[tuple[int, int, str]]) -> MappedLine:
    """The line with parts of it replaced, in one go, since a line may have thousands."""
    parts: list[MappedLine] = []
    at = 0
    for start, stop, text in sorted(edits):
        parts += [line.cut(at, start), line.made(text, start)]
        at = stop
    return join_lines([*parts, line.cut(at)])

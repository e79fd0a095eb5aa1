"""Liquid's output, with the place each part of it comes from."""

from __future__ import annotations

from io import StringIO

from liquid.exceptions import OutputStreamLimitError

from docsite.markup.source_map import TextChunk


class OutputLimit:
    """What one page may still write, over all its buffers."""

    def __init__(self, characters: int) -> None:
        self.characters = characters

    def spend(self, characters: int) -> None:
        """Raises OutputStreamLimitError once nothing is left."""
        self.characters -= characters
        if self.characters < 0:
            raise OutputStreamLimitError("the page grows too large", token=None)


class MappedString(str):
    """Captured output: a string for every filter and test, which still knows its pieces when it is printed whole."""

    pieces: tuple[TextChunk, ...] = ()


class MappedBuffer(StringIO):
    """A buffer that Liquid's own nodes can write to, and ours with the place they stand for."""

    def __init__(self, budget: OutputLimit, file: str) -> None:
        super().__init__()
        self.budget = budget
        self.pieces: list[TextChunk] = []
        self._at = (file, 0)

    def put(self, text: str, file: str, offset: int, step: int) -> None:
        """Write text that was copied from (`step` 1), or stands for (`step` 0), a place."""
        if text:
            self.budget.spend(len(text))
            self.pieces.append(TextChunk(text, file, offset, step))
            self._at = (file, offset)

    def write(self, text: str, /) -> int:
        self.put(text, *self._at, 0)
        return len(text)

    def getvalue(self) -> MappedString:
        value = MappedString("".join(piece.text for piece in self.pieces))
        value.pieces = tuple(self.pieces)
        return value

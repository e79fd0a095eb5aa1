"""The state of parsing one page, which the rules share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docsite.diagnostics.messages import Message, make_message
from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.blocks.folding import Atom
from docsite.markup.blocks.level import Blank, Level
from docsite.markup.blocks.parted_text import PartedText
from docsite.markup.blocks.patterns import ATOM, is_blank
from docsite.markup.blocks.tree import Block
from docsite.markup.source_map import MappedLine


class Problem(NamedTuple):
    """Something that cannot be read as it was probably meant, at a column of a line.

    Attributes:
        correction: what to write for the character there; "" if nobody can say.
    """

    message: Message
    line: MappedLine
    column: int
    target: str = ""
    correction: str = ""


@dataclass
class BlockParser:
    """What the rules share while one page is read.

    Attributes:
        read_block: takes a block from a level, by whichever rule fits.
        definitions: attribute lists with a name.
        references: names of such lists that others refer to, with the line.
        native: the containers of Python-Markdown that are on: `!!!`, `???`, `===`, `///`; and `|---` where
            tables are its own, which need a row of dashes under the first.
        searches: how often an end was looked for in vain, by what was to end; see `gives_up`.
    """

    read_block: Callable[[BlockParser, Level], None]
    atoms: Sequence[Atom]
    native: frozenset[str] = frozenset()
    definitions: dict[str, AttributeList] = field(default_factory=dict)
    references: list[tuple[str, MappedLine]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    searches: dict[str, int] = field(default_factory=dict)
    parted: list[PartedText] = field(default_factory=list)

    def report(
        self, message: Message, line: MappedLine, column: int = 0, target: str = "", correction: str = ""
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(message, line, column, target, correction))

    def note_parted(self, before: Sequence[MappedLine], behind: str) -> None:
        """Note that a block tag, which `behind` begins with, parts the text of a paragraph or a heading."""
        found = ATOM.match(behind)
        if found:
            self.parted.append(PartedText(before, self.atoms[int(found[1])].tag.token.value, behind))

    def gives_up(self, what: str, *, found: bool | None = None) -> bool:
        """Whether an end of this kind was missing so often that it is not looked for again; `found` counts."""
        if found is False:
            self.searches[what] = self.searches.get(what, 0) + 1
        return self.searches.get(what, 0) > 20

    def read(self, lines: list[MappedLine], depth: int) -> list[Block]:
        """Blocks of lines that stand in `depth` containers."""
        level = Level(lines, depth)
        self.run(level)
        self.drop_attributes(level)
        return level.result()

    def run(self, level: Level) -> None:
        """Read all lines of a level."""
        while not level.done:
            if is_blank(level.line.text):
                self._blank(level)
            else:
                self.read_block(self, level)

    def _blank(self, level: Level) -> None:
        start = level.at
        while not level.done and is_blank(level.line.text):
            level.at += 1
        if not isinstance(level.last, Blank):
            self.drop_attributes(level)
            level.append(Blank(level.lines[start], level.lines[level.at - 1]))

    def drop_attributes(self, level: Level) -> None:
        """Report attributes that wait for a block where none follows: as in Jekyll, they are of no effect."""
        if level.waiting is not None:
            self.report_unused(level.waiting[1])
            level.waiting = None

    def report_unused(self, line: MappedLine) -> None:
        """Report an attribute list that belongs to no block."""
        self.report(make_message("attribute-list-unused", "list"), line, len(line.text) - len(line.text.lstrip()))

    def report_no_break_space(self, line: MappedLine, column: int, sign: str) -> None:
        """Report a no-break space behind a sign that Markdown wants a space after."""
        self.report(make_message("markup-no-break-space", "space", sign=sign), line, column, sign, " ")

"""The one parser of block structure: lines of a page into a block tree.

Each kind of block is a rule: a function that looks at the lines of a level from where it stands, and either takes
lines and appends a block, or leaves them to the next rule. A rule for a container reads the lines inside it as a level
of their own. The rules are kramdown's (https://kramdown.gettalong.org/syntax.html, as its GFM parser has them), since
Jekyll decides what a page means; to them come block tags of Liquid, and containers of Python-Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docsite.markup.blocks import containers, html, leaves, lists, tables
from docsite.markup.blocks.attribute_lists import AttributeList, collect_definitions
from docsite.markup.blocks.folding import Atom, fold
from docsite.markup.blocks.level import Level
from docsite.markup.blocks.patterns import ATOM_SIGN, INDENT, is_blank
from docsite.markup.blocks.tree import Block, Document
from docsite.markup.liquid.block import TaggedBlock
from docsite.markup.source_map import MappedLine

NESTING = 60
"""Containers inside each other; what lies deeper is text."""


class Problem(NamedTuple):
    """Something that cannot be read as it was probably meant, at a column of a line."""

    rule: str
    line: MappedLine
    column: int
    message: str
    target: str = ""


@dataclass
class BlockParser:
    """What the rules share while one page is read.

    Attributes:
        native: the containers of Python-Markdown that are on: `!!!`, `???`, `===`, `///`.
        searches: how often an end was looked for in vain, by what was to end; see `gives_up`.
    """

    definitions: Mapping[str, AttributeList]
    atoms: Sequence[Atom]
    native: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    searches: dict[str, int] = field(default_factory=dict)

    def report(self, rule: str, line: MappedLine, message: str, column: int = 0, target: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(rule, line, column, message, target))

    def gives_up(self, what: str, *, found: bool | None = None) -> bool:
        """Whether an end of this kind was missing so often that it is not looked for again; `found` counts."""
        if found is False:
            self.searches[what] = self.searches.get(what, 0) + 1
        return self.searches.get(what, 0) > 20

    def read(self, lines: list[MappedLine], depth: int) -> list[Block]:
        """Blocks of lines that stand in `depth` containers."""
        level = Level(lines, depth)
        self.run(level)
        return level.result()

    def run(self, level: Level) -> None:
        """Read all lines of a level."""
        while not level.done:
            text = level.line.text
            if is_blank(text):
                leaves.blank(self, level)
            else:
                self._block(level, text)
        leaves.drop_waiting(self, level)

    def _block(self, level: Level, text: str) -> None:
        first = text.lstrip(" \t")[0]
        if first == ATOM_SIGN:
            containers.atom(self, level)
        elif INDENT.match(text):
            leaves.indented_code(self, level)
        else:
            rules = _RULES.get(first, _OTHERS) if level.depth < NESTING else _LEAVES
            for rule in rules:
                if rule(self, level):
                    return
            leaves.paragraph(self, level)


Rule = Callable[[BlockParser, Level], bool]
_OTHERS: tuple[Rule, ...] = (leaves.underlined_heading, tables.table)
_LEAVES: tuple[Rule, ...] = (leaves.heading, leaves.fence, leaves.thematic_break)
_LISTS: tuple[Rule, ...] = (leaves.thematic_break, lists.list_block, leaves.abbreviation, *_OTHERS)
_RULES: dict[str, tuple[Rule, ...]] = {
    "`": (leaves.fence, *_OTHERS),
    "~": (leaves.fence, *_OTHERS),
    ">": (containers.quote,),
    "#": (leaves.heading, *_OTHERS),
    "_": (leaves.thematic_break, *_OTHERS),
    ":": (lists.definition_list, *_OTHERS),
    "<": (html.html_block, *_OTHERS),
    "[": (*_OTHERS, containers.footnote, leaves.link_definition),
    "{": (leaves.extension, leaves.attribute_list, *_OTHERS),
    "^": (leaves.boundary_marker, *_OTHERS),
    "!": (containers.admonition, *_OTHERS),
    "?": (containers.admonition, *_OTHERS),
    "=": (containers.native_tabs, *_OTHERS),
    "/": (containers.generic_block, *_OTHERS),
    **dict.fromkeys("+*-0123456789", _LISTS),
}


def parse_page(
    lines: Sequence[MappedLine], tags: Sequence[TaggedBlock], native: frozenset[str] = frozenset()
) -> tuple[Document, list[Problem]]:
    """Read the lines of a page, in which placeholders stand for block tags.

    Args:
        tags: the block tags that the placeholders name.
        native: see `BlockParser`.
    """
    folded = fold(lines, tags)
    parser = BlockParser(collect_definitions(lines), folded.atoms, native)
    for misfit in folded.crowded:
        parser.report("liquid-limit", misfit, "Too many blocks are nested here: write them one after the other.")
    children = parser.read(folded.lines, 0)
    return Document(lines[0], lines[-1], children), parser.problems

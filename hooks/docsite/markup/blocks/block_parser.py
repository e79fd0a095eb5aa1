"""The one parser of block structure: lines of a page into a block tree.

Each kind of block is a rule: a function that looks at the lines of a level from where it stands, and either takes
lines and appends a block, or leaves them to the next rule. A rule for a container reads the lines inside it as a level
of their own. The rules are kramdown's (https://kramdown.gettalong.org/syntax.html, as its GFM parser has them), since
Jekyll decides what a page means; to them come block tags of Liquid, and containers of Python-Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docsite.diagnostics.messages import make_message
from docsite.markup.blocks import attribute_blocks, containers, html, kramdown_extensions, leaves, lists, tables
from docsite.markup.blocks.folding import fold
from docsite.markup.blocks.level import Level
from docsite.markup.blocks.parsing import BlockParser, Problem
from docsite.markup.blocks.patterns import ATOM_SIGN, INDENT
from docsite.markup.blocks.tree import (
    Abbreviation,
    Block,
    Document,
    FootnoteDefinition,
    HeadingBlock,
    LinkDefinition,
    normalized_label,
)
from docsite.markup.liquid.tagged_block import TaggedBlock
from docsite.markup.source_map import MappedLine

NESTING = 60
"""Containers inside each other; what lies deeper is text."""


Rule = Callable[[BlockParser, Level], bool]
_OTHERS: tuple[Rule, ...] = (leaves.underlined_heading, tables.table)
_MATHEMATICS: tuple[Rule, ...] = (leaves.underlined_heading, kramdown_extensions.mathematics, tables.table)
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
    "{": (kramdown_extensions.extension, attribute_blocks.attribute_list, *_OTHERS),
    "$": _MATHEMATICS,
    "\\": _MATHEMATICS,
    "^": (kramdown_extensions.boundary_marker, *_OTHERS),
    "!": (containers.admonition, *_OTHERS),
    "?": (containers.admonition, *_OTHERS),
    "=": (containers.native_tabs, *_OTHERS),
    "/": (containers.generic_block, *_OTHERS),
    **dict.fromkeys("+*-0123456789", _LISTS),
}


def _read_block(parser: BlockParser, level: Level) -> None:
    text = level.line.text
    first = text.lstrip(" \t")[0]
    if first == ATOM_SIGN:
        containers.atom(parser, level)
    elif INDENT.match(text):
        leaves.indented_code(parser, level)
    else:
        rules = _RULES.get(first, _OTHERS) if level.depth < NESTING else _LEAVES
        if not any(rule(parser, level) for rule in rules):
            leaves.paragraph(parser, level)


def parse_page(
    lines: Sequence[MappedLine], tags: Sequence[TaggedBlock], native: frozenset[str] = frozenset()
) -> tuple[Document, list[Problem]]:
    """Read the lines of a page, in which placeholders stand for block tags.

    Args:
        tags: the block tags that the placeholders name.
        native: see `BlockParser`.
    """
    folded = fold(lines, tags)
    parser = BlockParser(_read_block, folded.atoms, native)
    for misfit in folded.crowded:
        parser.report(make_message("liquid-limit", "blocks"), misfit)
    document = Document(lines[0], lines[-1], parser.read(folded.lines, 0), parser.definitions, parser.parted)
    _resolve_attributes(parser, document)
    _check_definitions(parser, document)
    return document, parser.problems


def _resolve_attributes(parser: BlockParser, document: Document) -> None:
    """Put the attribute lists with a name, which may stand anywhere on the page, where they are referred to."""
    for defined in parser.definitions.values():
        defined.resolve(parser.definitions)
    for block in document.walk():
        if block.attributes is not None and block.attributes.references:
            block.attributes.resolve(parser.definitions)
            if isinstance(block, HeadingBlock):
                block.id = block.attributes.id or block.id
    for name, line in parser.references:
        if name not in parser.definitions:
            parser.report(attribute_blocks.invalid_attribute(name), line, max(0, line.text.find(name)))


def _check_definitions(parser: BlockParser, document: Document) -> None:
    """Report definitions that others of the same name overwrite, so that what they say is lost."""
    last: dict[tuple[str, str], tuple[Block, str]] = {}
    for block in document.walk_up():
        if isinstance(block, FootnoteDefinition):
            kind, label, said = "footnote", block.label, ""
        elif isinstance(block, LinkDefinition):
            kind, label, said = "link", normalized_label(block.label), block.destination_text
        elif isinstance(block, Abbreviation):
            kind, label, said = "abbreviation", block.short, block.meaning
        else:
            continue
        before = last.get((kind, label))
        if before is not None and (kind == "footnote" or before[1] != said):
            line = before[0].first
            column = max(0, line.text.find("["))
            parser.report(make_message("markup-duplicate-definition", kind, label=label), line, column, label)
        last[kind, label] = block, said

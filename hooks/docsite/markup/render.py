"""One page through the dialect: Liquid, then blocks, then layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from docsite.diagnostics.findings import Finding
from docsite.diagnostics.messages import Message
from docsite.diagnostics.suppressions import Suppression
from docsite.markup.blocks.block_placement import place_blocks
from docsite.markup.blocks.kramdown_converter import KramdownConverter
from docsite.markup.blocks.line_syntax import collect_definitions
from docsite.markup.liquid.block import Block
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.placeholders import ANY_PLACEHOLDER
from docsite.markup.source_file import SourceFile
from docsite.markup.source_map import MappedLine, MappedText, SourcePosition, TextChunk, split_lines
from docsite.markup.suppression_comments import ExtractedSuppressions, extract_suppressions


@dataclass(frozen=True)
class RawHeading:
    """A heading as written.

    Attributes:
        id: the explicit id, or "".
        offset: where in the rendered text a note about it is to be inserted.
    """

    level: int
    text: str
    id: str
    offset: int


@dataclass(frozen=True)
class Rendered:
    """Markdown for Python-Markdown, traced back to the files it was written in.

    Attributes:
        ids: ids set by attribute lists, with the place of the list.
        files: every file that took part, by path.
        suppressions: comments that accept faults; they are out of the text.
        inputs: what else it depends on (see `LiquidEnvironment`).
    """

    text: MappedText
    headings: tuple[RawHeading, ...]
    ids: tuple[tuple[str, SourcePosition], ...]
    files: Mapping[str, SourceFile]
    findings: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)


def render_page(
    dialect: LiquidEnvironment, file: SourceFile, body: int, variables: Mapping[str, Any], language: str
) -> Rendered:
    """Render the text of `file` from offset `body` on. Whatever the text, faults come back as findings."""
    text = file.text[body:]
    if "{%" in text or "{{" in text or "%}" in text:
        buffer, blocks, found, files = dialect.render_page(file, body, variables, language)
        pieces, inputs = buffer.pieces, dialect.inputs
    else:
        inputs = {}
        pieces, blocks, found, files = [TextChunk(text, file.path, body, 1)], [], [], {file.path: file}
    findings = list(found)

    def report_block(block: Block, message: Message, /) -> None:
        origin = dialect.origin(block.token)
        findings.append(Finding(message, files[origin.file].location(origin.offset), block.token.value))

    def report_line(line: MappedLine, column: int, message: Message, /) -> None:
        origin = line.origin(column)
        findings.append(Finding(message, files[origin.file].location(origin.offset)))

    taken = extract_suppressions(place_blocks(split_lines(pieces), blocks, report_block), files)
    layout = KramdownConverter(collect_definitions(taken.lines), report_line)
    layout.run(taken.lines)
    result = _result(layout, files, (*findings, *taken.findings), taken)
    return replace(result, inputs=inputs)


def _result(
    layout: KramdownConverter,
    files: Mapping[str, SourceFile],
    findings: tuple[Finding, ...],
    taken: ExtractedSuppressions,
) -> Rendered:
    """Insert the notes, and turn places in lines into offsets of the text."""
    by_line: dict[int, list[tuple[int, str]]] = {}
    for at, column, text in layout.notes:
        by_line.setdefault(at, []).append((column, text))
    for at, notes in by_line.items():
        for column, text in sorted(notes, reverse=True):
            line = layout.lines[at]
            layout.lines[at] = line.cut(0, column) + line.made(text, min(column, len(line.text))) + line.cut(column)
    traced = MappedText(layout.lines)
    headings = tuple(
        RawHeading(h.level, ANY_PLACEHOLDER.sub("", h.text), h.id, traced.offset(h.line, h.column))
        for h in layout.headings
    )
    ids = tuple((name, line.origin(0)) for name, line in layout.ids)
    return Rendered(traced, headings, ids, files, findings, taken.suppressions)

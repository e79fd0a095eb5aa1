"""One page through the dialect: Liquid, then the block tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from docsite.diagnostics.findings import Edit, Finding
from docsite.diagnostics.suppressions import Suppression
from docsite.markup.blocks.block_parser import parse_page
from docsite.markup.blocks.parsing import Problem
from docsite.markup.blocks.tree import Details, Document
from docsite.markup.blocks.writer import TextEdit, write_page
from docsite.markup.heading_ids import HeadingText, ids_from_text
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.markup.inlines.inline_nodes import plain_text
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.liquid.tagged_block import TaggedBlock
from docsite.markup.parted_elements import parted_elements
from docsite.markup.slugs import details_anchor
from docsite.markup.source_file import SourceFile
from docsite.markup.source_map import MappedText, SourcePosition, TextChunk, split_lines
from docsite.markup.suppression_comments import extract_suppressions


@dataclass(frozen=True)
class Rendered:
    """A page as a block tree, traced back to the files it was written in.

    Attributes:
        files: every file that took part, by path.
        suppressions: comments that ignore findings; they are removed from the text.
        inputs: what else it depends on (see `LiquidEnvironment`).
        included_at: of each included file, by path, the tags of the page that bring it in.
    """

    document: Document
    files: Mapping[str, SourceFile]
    findings: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    included_at: Mapping[str, Iterable[SourcePosition]] = field(default_factory=dict)

    @property
    def text(self) -> MappedText:
        """The text of all leaves, one after the other."""
        return self.document.text

    @cached_property
    def inlines(self) -> DocumentInlines:
        """The running text."""
        return DocumentInlines(self.document)

    def markdown(
        self,
        heading_ids: Sequence[tuple[str, Sequence[str]]] = (),
        edits: Iterable[TextEdit] = (),
        base_path: str = "",
    ) -> str:
        """The page for Python-Markdown (see `write_page`)."""
        return write_page(self.document, heading_ids, edits, base_path)


def render_page(
    dialect: LiquidEnvironment,
    file: SourceFile,
    body: int,
    variables: Mapping[str, Any],
    language: str,
    native: frozenset[str] = frozenset(),
) -> Rendered:
    """Render the text of `file` from offset `body` on. Whatever the text, problems come back as findings.

    Args:
        native: the containers of Python-Markdown that are on: `!!!`, `???`, `===`, `///`.
    """
    text = file.text[body:]
    tags: Sequence[TaggedBlock] = ()
    inputs: Mapping[str, str] = {}
    included_at: Mapping[str, Iterable[SourcePosition]] = {}
    if "{%" in text or "{{" in text or "%}" in text:
        buffer, tags, found, files = dialect.render_page(file, body, variables, language)
        pieces, inputs, included_at = buffer.pieces, dialect.inputs, dialect.included_at
    else:
        pieces, found, files = [TextChunk(text, file.path, body, 1)], [], {file.path: file}
    taken = extract_suppressions(split_lines(pieces), files)
    document, problems = parse_page(taken.lines, tags, native)
    parted = [
        Finding(message, files[at.file].location(at.offset), tag)
        for message, at, tag in parted_elements(document.parted)
    ]
    findings = (*found, *taken.findings, *(_finding(problem, files) for problem in problems), *parted)
    rendered = Rendered(document, files, findings, taken.suppressions, inputs, included_at)
    if any(tag.kind == "details" for tag in tags):
        _name_details(rendered)
    return rendered


def _name_details(rendered: Rendered) -> None:
    """Give the titles of details their anchors, unless something else on the page has that id."""
    read = rendered.inlines.nodes
    blocks = list(rendered.document.walk())
    headings = [HeadingText(h.level, plain_text(read(h)), h.id) for h in rendered.document.headings()]
    taken = {heading.id for heading in ids_from_text(headings)} | {""}
    taken |= {block.attributes.id for block in blocks if block.attributes is not None}
    for block in blocks:
        if isinstance(block, Details) and block.title is not None:
            anchor = details_anchor(plain_text(read(block.title)))
            block.anchor = "" if anchor in taken else anchor
            taken.add(anchor)


def _finding(problem: Problem, files: Mapping[str, SourceFile]) -> Finding:
    origin = problem.line.origin(problem.column)
    file, at = files[origin.file], origin.offset
    written = file.text[at : at + 1] == problem.line.text[problem.column : problem.column + 1]
    edits = (Edit(at, at + 1, problem.correction),) if problem.correction and written else ()
    return Finding(problem.message, file.location(at), problem.target, edits=edits)

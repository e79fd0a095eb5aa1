"""A native page that has tags of docsite: Liquid rendered, and its blocks written for Python-Markdown."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docsite.diagnostics.findings import Finding
from docsite.diagnostics.messages import make_message
from docsite.markup.blocks.block_parser import parse_page
from docsite.markup.blocks.tree import HtmlBlock
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.native.block_writer import BLOCK_HEAD, write_blocks
from docsite.markup.native.code_spans import code_spans, mask_spans
from docsite.markup.source_file import SourceFile
from docsite.markup.source_map import MappedLine, SourcePosition, split_lines

NATIVE_CONTAINERS = frozenset({"!!!", "???", "===", "///", "|---"})
"""Of Python-Markdown, which the block tree knows."""

_TAG = re.compile(r"(?<!\{)\{%-?\s*(\w+)")
_SITE = re.compile(r"\{\{-?\s*site\b")


def has_tags(text: str, names: Collection[str]) -> bool:
    """Whether a text has, outside code, a tag of docsite or a variable of the site. Other tags are other plugins'."""
    if "{%" not in text and "{{" not in text:
        return False
    masked = mask_spans(text, code_spans(text))
    return bool(_SITE.search(masked)) or any(name in names for name in _TAG.findall(masked))


@dataclass(frozen=True)
class TaggedPage:
    """The lines of such a page, and what was wrong with its tags."""

    lines: Sequence[MappedLine]
    files: Mapping[str, SourceFile]
    findings: tuple[Finding, ...]
    inputs: Mapping[str, str]
    blocks: bool
    included_at: Mapping[str, Iterable[SourcePosition]] = field(default_factory=dict)


def render_tags(
    liquid: LiquidEnvironment, file: SourceFile, body: int, variables: Mapping[str, Any], language: str
) -> TaggedPage:
    """Render the tags of a page; its Markdown stays as it is."""
    buffer, blocks, found, files = liquid.render_page(file, body, variables, language)
    findings = list(found)

    def misplaced(index: int) -> None:
        origin = liquid.origin(blocks[index].token)
        location = files[origin.file].location(origin.offset)
        message = make_message("liquid-block-in-table", "native")
        findings.append(Finding(message, location, blocks[index].token.value))

    lines = write_blocks(split_lines(buffer.pieces), blocks, misplaced)
    findings += _in_html(lines, files) if blocks else ()
    return TaggedPage(lines, files, tuple(_once(findings)), liquid.inputs, bool(blocks), liquid.included_at)


def _in_html(lines: Sequence[MappedLine], files: Mapping[str, SourceFile]) -> Iterator[Finding]:
    """Blocks of tags in HTML, where Python-Markdown reads none."""
    document, _ = parse_page(lines, (), NATIVE_CONTAINERS)
    for line in (line for leaf in document.walk() if isinstance(leaf, HtmlBlock) for line in leaf.lines):
        file, at = files[line.origin(0).file], line.origin(0).offset
        tag = _TAG.match(file.text, file.text.rfind("{%", 0, at)) if BLOCK_HEAD.match(line.text) else None
        if tag and tag.start(1) == at and not tag[1].startswith("end"):
            yield Finding(make_message("liquid-block-in-html", "html", tag=tag[1]), file.location(at), tag[1])


def _once(findings: Iterable[Finding]) -> Iterable[Finding]:
    return dict.fromkeys(findings)

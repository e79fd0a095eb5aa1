"""Emphasis, links and code that a block tag parts: the tag is a block, so that their signs are shown as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docsite.diagnostics.messages import Message, make_message
from docsite.markup.blocks.parted_text import PartedText
from docsite.markup.inlines.inline_nodes import Code, Emphasis, InlineLink, Node, walk
from docsite.markup.inlines.inline_parser import parse_inlines
from docsite.markup.source_map import MappedText, SourcePosition

_LONGEST = 400
"""Characters before a tag, and behind it, in which signs are looked for."""


def parted_elements(parted: Iterable[PartedText]) -> Iterator[tuple[Message, SourcePosition, str]]:
    """What a tag parts: a message, where it begins, and the name of the tag."""
    for before, tag, behind in parted:
        text = MappedText(before)
        cut = max(0, len(text.text) - _LONGEST)
        start = text.text[cut:]
        whole = start + behind[:_LONGEST]
        for node in walk(parse_inlines(whole)):
            if node.start < len(start) < node.stop and (sign := _sign(node, whole)):
                key = "code" if isinstance(node, Code) else "text"
                yield make_message("liquid-block-in-text", key, sign=sign, tag=tag), text.origin(cut + node.start), tag
                break


def _sign(node: Node, text: str) -> str:
    """The sign that a node begins with; "" for one that blocks do not part."""
    if isinstance(node, Emphasis | InlineLink) and node.children:
        return text[node.start : node.children[0].start]
    if isinstance(node, Code):
        return "`" * ((node.stop - node.start - len(node.value)) // 2)
    return ""

"""Raw HTML in running text that holds elements with Markdown in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from docsite.markup.blocks.html_elements import TAG, VOID_ELEMENTS
from docsite.markup.inlines.entities import unescape
from docsite.markup.inlines.inline_nodes import InlineHtml, Node, Text
from docsite.markup.inlines.inline_scope import Scope

_TOKEN = re.compile(rf"<!--[\s\S]*?-->|{TAG.pattern}", re.IGNORECASE)
_SAYS_MARKDOWN = re.compile(r"""\smarkdown(?:\s*=\s*["']?(?:1|span|block)["']?)?(?=[\s/>])""")


class RawPart(NamedTuple):
    """A part of raw HTML: a `tag`, `text`, or the `markdown` between two tags."""

    start: int
    stop: int
    kind: str


def raw_parts(html: str) -> list[RawPart]:
    """The parts of an element that is raw itself; none where no element in it holds Markdown."""
    if "markdown" not in html:
        return []
    parts: list[RawPart] = []
    at = 0
    holds_markdown = False
    unclosed: set[str] = set()
    while token := _TOKEN.search(html, at):
        if token.start() > at:
            parts.append(RawPart(at, token.start(), "text"))
        parts.append(RawPart(*token.span(), "tag"))
        at = token.end()
        end = _closing_tag(html, token, unclosed) if parts[1:] else -1
        if end >= 0:
            holds_markdown = True
            parts.append(RawPart(at, end, "markdown"))
            at = end
    if at < len(html):
        parts.append(RawPart(at, len(html), "text"))
    return parts if holds_markdown else []


def append_parts(
    scope: Scope,
    html: str,
    at: int,
    parts: list[RawPart],
    read: Callable[[int, int, str, frozenset[str]], tuple[list[Node], int, bool]],
) -> int:
    """Add the nodes of raw HTML, which begins at an offset, to a scope; returns where to go on.

    Args:
        read: of the parser of running text: reads nodes between two offsets.
    """
    for part in parts:
        start, stop, value = at + part.start, at + part.stop, html[part.start : part.stop]
        if part.kind == "markdown":
            scope.nodes += read(start, stop, "", scope.around)[0]
        elif part.kind == "tag":
            scope.append(InlineHtml(start, stop, value))
        else:
            scope.append(Text(start, stop, unescape(value)))
    scope.edge = at + len(html)
    return scope.edge


def _closing_tag(html: str, token: re.Match[str], unclosed: set[str]) -> int:
    """Where an element that holds Markdown is closed; -1 for one that holds none, or that is never closed."""
    name = (token["name"] or "").lower()
    if not name or token["closed"] or name in VOID_ELEMENTS or name in unclosed or not _SAYS_MARKDOWN.search(token[0]):
        return -1
    depth = 1
    for edge in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*>", re.IGNORECASE).finditer(html, token.end()):
        depth += -1 if edge[1] else 1
        if depth == 0:
            return edge.start()
    unclosed.add(name)
    return -1

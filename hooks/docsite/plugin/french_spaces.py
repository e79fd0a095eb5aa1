"""No-break spaces where a language wants them, whatever space was typed: in a page's HTML and its titles."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from docsite.plugin.html_text import Piece, read_html
from docsite.translation.typography import fix_spaces

_INLINE = frozenset((
    "!", "a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u",
))  # fmt: skip
"""Elements whose text goes on with that around them: in `<b>mot</b> !` the space belongs to both."""


def fix_page_spaces(page: str, language: str) -> str:
    """The HTML with the spaces of the page's language."""
    groups = groupby(read_html(page, language), key=lambda piece: not piece.tag or piece.tag in _INLINE)
    return "".join(
        _fix_run(pieces, language) if is_run else "".join(p.text for p in pieces) for is_run, pieces in groups
    )


def _fix_run(run: Iterable[Piece], language: str) -> str:
    pieces = [*run]
    # Code stands for a word.
    prose = "".join(piece.text if piece.is_prose else "" if piece.tag else "x" * len(piece.text) for piece in pieces)
    fixed, start = fix_spaces(prose, language), 0
    texts: list[str] = []
    for piece in pieces:
        stop = start if piece.tag else start + len(piece.text)
        texts.append(fixed[start:stop] if piece.is_prose else piece.text)
        start = stop
    return "".join(texts)


def fix_toc_spaces(items: Iterable[Any], language: str) -> None:
    """Set the spaces of the titles in a table of contents."""
    for item in items:
        item.title = fix_spaces(item.title, language)
        fix_toc_spaces(item.children, language)

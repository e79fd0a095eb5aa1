"""Where a page in Python-Markdown's Markdown holds code and comments, in which no tag and no link means anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}|~{3,})(?P<info>[^\n]*)")
_CODE = re.compile(r"(?<![`\\])(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?-->|<(?P<tag>pre|script|style)\b.*?</(?P=tag)>", re.DOTALL | re.IGNORECASE)
_CONTAINER = re.compile(r"[ \t>]*(?:[*+-]|\d+[.)]|[!?]{3}\+?|={3}[!+]?|/{3,}|:|\[\^[^\]]+\]:)[ \t]")
"""A line whose indented continuation is text: of a list, admonition, tab, block, definition or footnote."""


def code_spans(text: str) -> list[Span]:
    """The spans of code and comments, in order and apart."""
    blocks = [*_fences(text), *_indented(text)]
    masked = mask_spans(text, blocks)
    hidden = [match.span() for match in _HIDDEN.finditer(masked)]
    masked = mask_spans(masked, hidden)
    return sorted([*blocks, *hidden, *(match.span() for match in _CODE.finditer(masked))])


def mask_spans(text: str, spans: list[Span]) -> str:
    """The text with spaces for the characters of some spans."""
    parts, at = [], 0
    for start, stop in sorted(spans):
        if start >= at:
            parts += [text[at:start], re.sub(r"[^\n]", " ", text[start:stop])]
            at = stop
    return "".join([*parts, text[at:]])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its newline, and its offset."""
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, line
        at += len(line)


def _fences(text: str) -> Iterator[Span]:
    """Fenced code; a fence that is never closed is text, as SuperFences has it."""
    lines = list(_lines(text))
    number = 0
    while number < len(lines):
        start, line = lines[number]
        number += 1
        opened = _FENCE.match(line)
        if opened is None or (opened["fence"][0] == "`" and "`" in opened["info"]):
            continue
        closing = re.compile(rf"[ \t>]*{re.escape(opened['fence'][0])}{{{len(opened['fence'])},}}[ \t]*\n?$")
        end = next((n for n in range(number, len(lines)) if closing.match(lines[n][1])), None)
        if end is not None:
            yield start, lines[end][0] + len(lines[end][1])
            number = end + 1


def _indented(text: str) -> Iterator[Span]:
    """Code by indentation: after a blank line, and not inside a container, whose text is indented too."""
    after_blank, above = True, ""
    for start, line in _lines(text):
        if not line.strip():
            after_blank = True
            continue
        inside = line.startswith(("    ", "\t"))
        if inside and after_blank and not _CONTAINER.match(above):
            yield start, start + len(line)
            continue  # the next line of the same code needs no blank line
        after_blank = False
        above = above if inside or line.startswith(("  ", " ")) else line

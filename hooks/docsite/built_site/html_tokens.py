"""Where in the text of a page its tags and their values stand, which the parser does not tell.

Used for pages with a finding only. What the text of a page says is decided by `reader`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from docsite.built_site.reader import KEPT_ATTRIBUTES, Tag

_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_VALUE = r"""\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|((?!["'])[^\s>]*+))"""
_PAIR = rf"([^\s/>][^\s/>=]*+)(?:{_VALUE})?+"
_NO_TAG = r"<[!?][^>]*+>?|</>|</[^a-zA-Z>][^>]*+>?"
"""What browsers take for a comment too, as long as it is."""

_TAG = re.compile(
    rf"{_COMMENT}|{_NO_TAG}|</?(?P<name>[a-zA-Z][^\s/>]*+)(?P<pairs>(?:[\s/]++|{_PAIR})*+)(?:(?P<end>>)|\Z)", re.DOTALL
)
_PAIRS = re.compile(_PAIR)
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW_TEXT}


class TagWithSpans(NamedTuple):
    """A tag, and where in the text the value of each of its attributes stands."""

    tag: Tag
    spans: dict[str, tuple[int, int]]


def tokenize_html(text: str) -> Iterator[TagWithSpans]:
    """Every tag of a text, as https://html.spec.whatwg.org/#tokenization cuts it.

    What never closes reaches to the end of the text: to look for its end from every start would take long.
    """
    at = 0
    while found := _TAG.search(text, at):
        at = found.end()
        name = (found["name"] or "").lower()
        if not name or not found["end"] or text.startswith("</", found.start()):
            continue
        stop = at
        if name in _RAW_TEXT:
            at = stop = _script_end(text, at) if name == "script" else _end(name, text, at)
        yield _with_spans(name, found, text[found.end() : stop] if name == "style" else "")


def _end(name: str, text: str, at: int) -> int:
    closed = _ENDS[name].search(text, at)
    return closed.start() if closed else len(text)


_SCRIPT = re.compile(r"(?P<open><!--)(?P<shut>-*>)?|(?P<close>-->)|<(?P<end>/?)script(?=[\s/>])", re.IGNORECASE)


def _script_end(text: str, at: int) -> int:
    """Where a script ends: not at the end tag of a script that stands in a comment in it."""
    comment = inner = False
    for found in _SCRIPT.finditer(text, at):
        if found["open"]:
            comment = comment or not found["shut"]
            inner = inner and not found["shut"]
        elif found["close"]:
            comment = inner = False
        elif found["end"] and not inner:
            return found.start()
        else:
            inner = comment and not found["end"]
    return len(text)


def _with_spans(name: str, found: re.Match[str], inside: str) -> TagWithSpans:
    attributes: dict[str, str] = {}
    spans: dict[str, tuple[int, int]] = {}
    for pair in _PAIRS.finditer(found.string, *found.span("pairs")):
        key = pair[1].lower()
        if key in KEPT_ATTRIBUTES and key not in attributes:
            group = pair.lastindex or 1
            value = pair[group] if group > 1 else ""
            attributes[key] = html.unescape(value) if "&" in value else value
            spans[key] = pair.span(group)
    if inside:
        spans["css"] = (found.end(), found.end() + len(inside))
    return TagWithSpans(Tag(name, attributes, inside), spans)

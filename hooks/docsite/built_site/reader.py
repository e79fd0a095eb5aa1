"""The tags of an HTML file, read at speed and yet exactly.

A site repeats its navigation on every page, so a page is cut into tags by one regular expression and each different
tag is parsed once. Where that cut could be wrong (a `>` inside a value), the page is cut as browsers do.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from docsite.diagnostics.messages import Message, make_message

_RAW_TEXT = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed")


def _any_case(word: str) -> str:
    """A pattern for a word in any letter case; the flag for it would slow down every other part of CUT."""
    return "".join(f"[{c}{c.upper()}]" for c in word)


_RAW = "|".join(rf"{name}\b[^>]*(?:>.*?(?:</{name}|\Z)|\Z)" for name in map(_any_case, _RAW_TEXT))
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
TAG_PATTERN = re.compile(
    (
        rf"<(?!(?:{'|'.join(map(_any_case, _RAW_TEXT))})\b)[a-zA-Z][^>\s/<]*(?:\Z|[\s/<][^>]*(?:>|\Z))"
        rf"|{_COMMENT}|<(?:{_RAW})[^>]*(?:>|\Z)"
    ).encode(),
    re.DOTALL,
)
"""A start tag with attributes; of a comment the whole, and of raw text (a script, say) its element, so that no tag is
seen inside.

What never closes reaches to the end of the file, as in browsers: to look for its end from every start would take long.
"""

_VALUE = r"""\s*+=\s*+(?:"([^"]*+)(?:"|\Z)|'([^']*+)(?:'|\Z)|((?!["'])[^\s>]*+))"""
_PAIR = rf"([^\s/>][^\s/>=]*+)(?:{_VALUE})?+"
_EXACT = re.compile(
    rf"{_COMMENT}|<(?P<name>[a-zA-Z][^\s/>]*+)(?P<pairs>(?:[\s/]++|{_PAIR})*+)(?:(?P<end>>)|\Z)", re.DOTALL
)
_PAIRS = re.compile(_PAIR)
_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*)))?""")
_STRICT = re.compile(r'<([a-z][a-z0-9]*)((?:\s+[a-z:-]+="[^"&<>]*")+)\s*/?>')
"""Most tags, which are written as simply as can be."""
_QUOTED = re.compile(r'([a-z:-]+)="([^"]*)"')
KEPT_ATTRIBUTES = frozenset(
    {"href", "src", "srcset", "poster", "data", "action", "formaction", "cite", "style", "id", "name", "lang"}
    | {"hreflang", "rel", "content", "http-equiv", "xlink:href", "imagesrcset", "data-latest", "data-version"}
)
MAX_BYTES = 20_000_000
"""Bytes of a page that are read; nobody loads more."""


class Tag(NamedTuple):
    """A start tag, with the attributes that a check may ask for; `text` is the inside of a style element."""

    name: str
    attributes: dict[str, str]
    text: str = ""


def parse_tag(raw: bytes) -> Tag | None:
    """A piece that CUT found, as a tag; None when the piece may be cut wrongly."""
    end = raw.find(b">") + 1
    if raw.startswith(b"<!") or not end:  # a comment, or a tag that the end of the file cuts off
        return Tag("!", {})
    text = raw[:end].decode("utf-8", "replace")
    strict = _STRICT.fullmatch(text)
    if strict and strict[1] not in _RAW_TEXT:
        return Tag(strict[1], dict(reversed(_QUOTED.findall(strict[2]))))
    if text.count('"') % 2 or (text.count("'") % 2 and '"' not in text):
        return None
    found = _NAME.match(text)
    name = found[1].lower() if found else ""
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, len(name) + 1, len(text) - 1):
        key = match[1].lower()
        if key in KEPT_ATTRIBUTES and key not in attributes:
            value = next((match[n] for n in (2, 3, 4) if match[n] is not None), "")
            attributes[key] = html.unescape(value) if "&" in value else value
    inside = raw[end : raw.rindex(b"</")].decode("utf-8", "replace") if name == "style" and b"</" in raw else ""
    return Tag(name, attributes, inside)


class TagWithSpans(NamedTuple):
    """A tag, and where in the text the value of each of its attributes stands."""

    tag: Tag
    spans: dict[str, tuple[int, int]]


def tokenize_html(text: str) -> Iterator[TagWithSpans]:
    """Every tag of a text, as https://html.spec.whatwg.org/#tokenization cuts it."""
    at = 0
    while found := _EXACT.search(text, at):
        at = found.end()
        name = (found["name"] or "").lower()
        if not name or not found["end"]:
            continue
        stop = at
        if name in _RAW_TEXT:
            closed = _ENDS[name].search(text, at)
            at = stop = closed.start() if closed else len(text)
        yield _written(name, found, text[found.end() : stop] if name == "style" else "")


_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW_TEXT}


def _written(name: str, found: re.Match[str], inside: str) -> TagWithSpans:
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


class EncodingProblem(NamedTuple):
    """Something wrong with the bytes of a file, and where."""

    message: Message
    line: int = 1
    column: int = 1


def encoding_problems(data: bytes) -> tuple[EncodingProblem, ...]:
    """What is wrong with the bytes of a file."""
    found = []
    if b"\0" in data:
        found.append(_problem_at(make_message("html-unreadable", "nul"), data, data.index(b"\0")))
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            message = make_message("html-unreadable", "not-utf8", byte=error.start)
            found.append(_problem_at(message, data, error.start))
    if len(data) > MAX_BYTES:
        found.append(EncodingProblem(make_message("html-unreadable", "too-large", limit=MAX_BYTES // 1_000_000)))
    return tuple(found)


def _problem_at(message: Message, data: bytes, at: int) -> EncodingProblem:
    start = data.rfind(b"\n", 0, at) + 1
    return EncodingProblem(message, data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8", "replace")) + 1)

"""A built page as browsers see it: its tags, parsed by lexbor, and whether its bytes can be read."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from docsite.diagnostics.messages import Message, make_message
from docsite.links.urls import ID_REFERENCES

MAX_BYTES = 20_000_000
"""Bytes of a page that are read; nobody loads more."""

MAX_DEPTH = 10_000
"""Elements within each other that are read; the parser's time grows with the square of them."""

KEPT_ATTRIBUTES = ID_REFERENCES | frozenset(
    {"href", "src", "srcset", "poster", "data", "action", "formaction", "cite", "background", "usemap", "style"}
    | {"id", "name", "lang", "hreflang", "rel", "content", "http-equiv", "property", "xlink:href", "imagesrcset"}
    | {"data-latest", "data-version"}
)
_BY_ATTRIBUTE = KEPT_ATTRIBUTES - {"name", "lang", "hreflang", "rel", "content", "http-equiv", "property"}
_BY_NAME = frozenset({"html", "article", "base", "meta", "style", "map"})

Key = tuple[Any, ...]
"""A tag as it was parsed: its name, the inside of a style element, and pairs of attribute and value."""


class Tag(NamedTuple):
    """A start tag, with the attributes that a check may ask for; `text` is the inside of a style element."""

    name: str
    attributes: dict[str, str]
    text: str = ""


def read_tags(text: str | bytes) -> Iterator[Key]:
    """The tags that a check may ask for, in order. What is inside of `<template>` is not on the page."""
    root = LexborHTMLParser(text).root
    for node in root.traverse() if root else ():
        attributes, name = node.attributes, node.tag
        if not _BY_ATTRIBUTE.isdisjoint(attributes) or name in _BY_NAME or (name == "a" and "name" in attributes):
            text_inside = node.text() if name == "style" else ""
            yield name, text_inside, *attributes.items()


def parse_tag(key: Key) -> Tag:
    """A tag with the attributes that matter."""
    name, text, *attributes = key
    return Tag(name, {name: value or "" for name, value in attributes if name in KEPT_ATTRIBUTES}, text)


# Bytes


class EncodingProblem(NamedTuple):
    """Something wrong with the bytes of a file, and where."""

    message: Message
    line: int = 1
    column: int = 1


class DecodedPage(NamedTuple):
    """The text of a page; bytes stand for UTF-8 without an error, which the parser reads as it is."""

    text: str | bytes
    problems: tuple[EncodingProblem, ...] = ()


_CHARSET = re.compile(rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_HEAD = 1024
"""Bytes within which a page declares its charset, for browsers to see."""

_LATIN = frozenset({"ascii", "iso8859-1"})
"""What browsers read as windows-1252."""


def decode_page(data: bytes) -> DecodedPage:
    """The text of a page in the charset that it declares, and what is wrong with its bytes."""
    problems = []
    if len(data) > MAX_BYTES:
        problems.append(EncodingProblem(make_message("html-unreadable", "too-large", limit=MAX_BYTES // 1_000_000)))
        data = data[:MAX_BYTES]
    if (deep := _too_deep(data)) is not None:
        problems.append(_problem_at(make_message("html-unreadable", "too-deep", limit=MAX_DEPTH), data, deep))
        data = data[:deep]
    charset = _charset(data)
    if b"\0" in data and not charset.startswith("utf-16"):
        problems.append(_problem_at(make_message("html-unreadable", "nul"), data, data.index(b"\0")))
    text: str | bytes = data
    try:
        if charset != "utf-8" or not data.isascii():
            text = data.decode(charset)
    except UnicodeDecodeError as error:
        message = make_message("html-unreadable", "not-charset", charset=charset.upper(), byte=error.start)
        problems.append(_problem_at(message, data, error.start))
        text = data.decode(charset, "replace")
    except LookupError:
        problems.append(EncodingProblem(make_message("html-unreadable", "no-charset", charset=charset)))
        text = data.decode("utf-8", "replace")
    return DecodedPage(text if charset != "utf-8" or problems else data, tuple(problems))


def decode_text(data: bytes) -> str:
    """The text of a page, for those who look for places in it."""
    text = decode_page(data).text
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>")
_FLAT = frozenset(b"p li dt dd tr td th option area base br col embed hr img input link meta source track wbr".split())
"""Elements that hold no others, or that end where the next of their kind begins."""


def _too_deep(data: bytes) -> int | None:
    """Where elements nest deeper than is read."""
    if data.count(b"<") - 2 * data.count(b"</") <= MAX_DEPTH:
        return None
    depth = foreign = 0
    for tag in _TAG.finditer(data):
        name, step = tag[2].lower(), -1 if tag[1] else 1
        # In SVG and MathML, and nowhere else, a slash at the end of a tag ends the element.
        if name in _FLAT or (foreign > 0 and tag[0].endswith(b"/>")):
            continue
        foreign += step if name in (b"svg", b"math") else 0
        depth += step
        if depth > MAX_DEPTH:
            return tag.start()
    return None


def _charset(data: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return name
    declared = _CHARSET.search(data, 0, _HEAD)
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    try:
        known = codecs.lookup(name).name
    except LookupError:
        return name
    return "windows-1252" if known in _LATIN else "utf-8" if known.startswith("utf-16") else known


def _problem_at(message: Message, data: bytes, at: int) -> EncodingProblem:
    start = data.rfind(b"\n", 0, at) + 1
    return EncodingProblem(message, data.count(b"\n", 0, at) + 1, len(data[start:at].decode("utf-8", "replace")) + 1)

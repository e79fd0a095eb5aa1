"""The links of a page that Python-Markdown reads: the addresses of its HTML, at the places where they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import unquote

from docsite.links.link import Link, LinkKind
from docsite.markup.native.code_spans import Span, mask_spans

_ATTRIBUTE = re.compile(r"<[^<>]*\b(href|src)\s*=\s*[\"']?$", re.IGNORECASE)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*<?$", re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\]]*\]\(\s*<?$")
_BEFORE = re.compile(r"(?:\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:[ \t]*<?|=\s*[\"']?|<)\Z", re.MULTILINE)
"""What an address follows."""

_EMPTY = re.compile(r"""\]\(\s*<?(?=>?\s*(?:["'][^\n]*)?\))|<[^<>]*?\b(?:href|src)\s*=\s*["'](?=["'])""", re.IGNORECASE)
"""What an address that is empty follows."""

_LONGEST_BEFORE = 1000
"""Characters in front of an address that may belong to it, such as other attributes: a page may be long."""

_LAST_BEFORE = "(<:=\"' \t\n"
_GOES_ON = re.compile(r"[\w/#?&=-]")
"""What would make an address a longer one."""

_TEMPLATE = ("{{", "{%")
"""In an address, the syntax of a plugin that will write another address there."""


def find_links(text: str, addresses: Iterable[str], code: list[Span]) -> list[Link]:
    """The links of a text, given the addresses of its HTML in order.

    An address that is not written in the text comes from elsewhere, such as a snippet, and is nobody's to correct here.
    """
    masked = mask_spans(text, code)
    last: dict[str, int] = {}
    found: dict[tuple[int, int], Link] = {}
    for address in addresses:
        if not any(sign in address for sign in _TEMPLATE):
            place = _place(masked, address, last.get(address, 0))
            if place is not None:
                last[address] = place[1]
                found.setdefault(place, _link(masked, address, *place))
    return [found[place] for place in sorted(found)]


def _place(text: str, address: str, start: int) -> Span | None:
    """Where an address is written, from `start` on, or else anywhere: a definition serves many links."""
    if not address:
        empty = _EMPTY.search(text, start)
        return (empty.end(), empty.end()) if empty else None
    for written in dict.fromkeys(_spellings(address)):
        at = _find(text, written, start)
        if at < 0 < start:
            at = _find(text, written, 0)
        if at >= 0:
            return at, at + len(written)
    return None


def _find(text: str, written: str, start: int) -> int:
    """Where an address stands whole, behind what makes it one."""
    at = text.find(written, start)
    while at >= 0:
        is_whole = text[at - 1 : at] in _LAST_BEFORE and not _GOES_ON.match(text, at + len(written))
        if is_whole and _BEFORE.search(text, max(start, at - _LONGEST_BEFORE), at):
            return at
        at = text.find(written, at + 1)
    return -1


def _spellings(address: str) -> Iterator[str]:
    yield address
    yield escape(address, quote=False)
    yield unquote(address)
    yield re.sub(r"([\\`*_{}\[\]()#+.!-])", r"\\\1", address)


def _link(text: str, address: str, start: int, stop: int) -> Link:
    before = text[text.rfind("\n", 0, start) + 1 : start]
    near = max(0, start - _LONGEST_BEFORE)
    opening = text.rfind("<", near, start)
    if opening >= 0 and (attribute := _ATTRIBUTE.search(text, opening, start)):
        return Link(LinkKind.HTML, address, start, stop, attribute[1].lower())
    if _DEFINITION.search(before):
        return Link(LinkKind.DEFINITION, address, start, stop)
    if re.search(r"(?<!\()<$", before):
        return Link(LinkKind.AUTOLINK, address, start, stop)
    return Link(LinkKind.IMAGE if _IMAGE.search(before) else LinkKind.MARKDOWN, address, start, stop)

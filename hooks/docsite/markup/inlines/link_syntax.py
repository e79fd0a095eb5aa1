"""Addresses of links: in angle brackets, or in parentheses with a title."""

from __future__ import annotations

import re

from docsite.markup.inlines.entities import unescape
from docsite.markup.inlines.inline_nodes import InlineLink, Text
from docsite.markup.inlines.link_addresses import address_end

_POINTED = re.compile(r"\(<([^\n]*?)>")
_TITLE = re.compile(r"""\s*?(["'])([\s\S]+?)\1\s*?\)""")


def find_destination(text: str, at: int, stop: int) -> tuple[int, int, str, int] | None:
    """Where the address in parentheses begins and ends, its title, and where the parentheses end."""
    if pointed := _POINTED.match(text, at, stop):
        start, end = pointed.span(1)
        behind = pointed.end()
        if text.startswith(")", behind) and behind < stop:
            return start, end, "", behind + 1
    else:
        found = address_end(text, at, stop)
        if found is None:
            return None
        start, end = _stripped(text, at + 1, found.start())
        behind = found.start()
        if found[0] == ")":
            return start, end, "", found.end()
    title = _TITLE.match(text, behind, stop)
    return (start, end, title[2], title.end()) if title else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def read_autolink(found: re.Match[str]) -> InlineLink:
    """The link of an address or an e-mail address in angle brackets."""
    address = unescape(found[1] if ":" in found[1] or "@" not in found[1] else f"mailto:{found[1]}")
    start, stop = found.span(1)
    text = Text(start, stop, unescape(found[1].removeprefix("mailto:")))
    return InlineLink(found.start(), found.end(), address, start, stop, "", [text], autolink=True)

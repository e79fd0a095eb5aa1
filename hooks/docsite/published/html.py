"""The tags of an HTML file, read at speed and yet exactly.

A site repeats its navigation on every page, so a page is cut into tags by one regular expression and each different
tag is parsed once. Where that cut could be wrong (a `>` inside a value), lexbor parses the page as browsers do.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_RAW_TEXT = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed")


def _any_case(word: str) -> str:
    """A pattern for a word in any letter case; the flag for it would slow down every other part of CUT."""
    return "".join(f"[{c}{c.upper()}]" for c in word)


_RAW = "|".join(rf"{name}\b[^>]*>.*?</{name}" for name in map(_any_case, _RAW_TEXT))
CUT = re.compile(
    rf"<(?!(?:{'|'.join(map(_any_case, _RAW_TEXT))})\b)[a-zA-Z][^>]*>|<!--.*?-->|<(?:{_RAW})[^>]*>".encode(), re.DOTALL
)
"""A start tag; of a comment the whole, and of raw text (a script, say) its element, so that no tag is seen inside."""

_NAME = re.compile(r"<([a-zA-Z][^\s/>]*)")
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?""")
KEPT = frozenset(
    {"href", "src", "srcset", "poster", "data", "action", "formaction", "cite", "style", "id", "name", "lang"}
    | {"hreflang", "rel", "content", "http-equiv"}
)
LONGEST = 20_000_000
"""Bytes of a page that are read; nobody loads more."""


class Tag(NamedTuple):
    """A start tag, with the attributes that a check may ask for; `text` is the inside of a style element."""

    name: str
    attributes: dict[str, str]
    text: str = ""


def parse(raw: bytes) -> Tag | None:
    """A piece that CUT found, as a tag; None when the piece may be cut wrongly."""
    if raw.startswith(b"<!"):
        return Tag("!", {})
    end = raw.index(b">") + 1
    text = raw[:end].decode("utf-8", "replace")
    if text.count('"') % 2 or (text.count("'") % 2 and '"' not in text):
        return None
    found = _NAME.match(text)
    name = found[1].lower() if found else ""
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, len(name) + 1, len(text) - 1):
        key = match[1].lower()
        if key in KEPT and key not in attributes:
            value = next((match[n] for n in (2, 3, 4) if match[n] is not None), "")
            attributes[key] = html.unescape(value) if "&" in value else value
    inside = raw[end : raw.rindex(b"</")].decode("utf-8", "replace") if name == "style" and b"</" in raw else ""
    return Tag(name, attributes, inside)


def parse_exactly(data: bytes) -> list[Tag]:
    """Every tag of a file, by lexbor."""
    from selectolax.lexbor import LexborHTMLParser

    tags = []
    for node in LexborHTMLParser(data.decode("utf-8", "replace")).css("*"):
        attributes = {key: value or "" for key, value in node.attributes.items() if key in KEPT}
        text = node.text() if node.tag == "style" else ""
        if node.tag and (attributes or text):
            tags.append(Tag(node.tag, attributes, text))
    return tags


def faults(data: bytes) -> tuple[str, ...]:
    """What is wrong with the bytes of a file."""
    found = []
    if b"\0" in data:
        found.append("The file holds NUL bytes.")
    if not data.isascii():
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            found.append(f"The file is not UTF-8: see byte {error.start}.")
    if len(data) > LONGEST:
        found.append(f"The file is larger than {LONGEST // 1_000_000} MB; the rest was not read.")
    return tuple(found)

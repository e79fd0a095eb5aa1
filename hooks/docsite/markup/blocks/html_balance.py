"""Raw HTML in which each element is closed where the one around it ends, and no sign of plain text means more.

Left as it is, an element that nothing closes would change the rest of the page.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from docsite.markup.blocks.html_elements import OPTIONAL_END, TAG, VOID_ELEMENTS, is_placeholder

_TOKEN = re.compile(
    rf"<!--[\s\S]*?(?:-->|\Z)|<\?[\s\S]*?\?>|(?P<tag>{TAG.pattern})|<(?=[A-Za-z_/!?])|&(?=#?\w)(?!#?\w+;)",
    re.IGNORECASE,
)
_ESCAPES = {"<": "&lt;", "&": "&amp;"}
"""Signs of plain text that browsers may read as more: of `&copy=`, which is no entity, they show the sign."""
_LITERAL = frozenset(("script", "style", "textarea", "title"))
"""Elements in which nothing is a tag but their own end."""


class _OpenElement(NamedTuple):
    name: str
    at: int
    tag: str


class Balanced(NamedTuple):
    """What to change in a text.

    Attributes:
        edits: offset, characters to take out, and what to put there.
        unclosed: names of elements that nothing closes, with the offsets of their tags.
    """

    edits: list[tuple[int, int, str]]
    unclosed: list[tuple[str, int]]


def balance(text: str) -> Balanced:
    """Find what has to change in the text of an element, from its opening tag to its closing one."""
    found = Balanced([], [])
    opened: list[_OpenElement] = []
    at = 0
    while token := _TOKEN.search(text, at):
        start, at = token.span()
        if token["tag"] is None:
            if token[0] in _ESCAPES:
                found.edits.append((start, at, _ESCAPES[token[0]]))
            continue
        name = token["name"]
        if name is None:
            _close(opened, token[0][2:-1].strip().lower(), start, found)
        elif not token["closed"] and name.lower() not in VOID_ELEMENTS:
            opened.append(_OpenElement(name.lower(), start, token[0]))
            if name.lower() in _LITERAL:
                end = re.compile(rf"</{name}\b", re.IGNORECASE).search(text, at)
                at = end.start() if end else len(text)
    for left in reversed(opened):
        _leave(left, len(text), found)
    return found


def balanced_text(text: str) -> str:
    """The text of an element as it should be."""
    parts: list[str] = []
    at = 0
    for start, stop, new in sorted(balance(text).edits, key=lambda edit: edit[:2]):
        parts += [text[at:start], new]
        at = stop
    return "".join([*parts, text[at:]]) if parts else text


def _close(opened: list[_OpenElement], name: str, at: int, found: Balanced) -> None:
    if all(one.name != name for one in opened):
        found.edits.append((at, at + 1, "&lt;"))
        return
    while (inner := opened.pop()).name != name:
        _leave(inner, at, found)


def _leave(left: _OpenElement, at: int, found: Balanced) -> None:
    """Close an element at an offset, or show the tag where it is rather a word in angle brackets."""
    if is_placeholder(left.tag, left.name):
        found.edits.append((left.at, left.at + 1, "&lt;"))
    elif left.name not in OPTIONAL_END:
        found.edits.append((at, at, f"</{left.name}>"))
        found.unclosed.append((left.name, left.at))

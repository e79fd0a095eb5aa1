"""Raw HTML of a leaf that is not closed, or closes nothing: left so, it would change the rest of the page."""

from __future__ import annotations

import re
from collections.abc import Callable

from docsite.markup.blocks.html_elements import OPTIONAL_END, TAG, VOID_ELEMENTS
from docsite.markup.inlines.inline_nodes import Emphasis, InlineHtml, InlineLink, Node, Text

_NAME = re.compile(r"<(/?)([\w.:-]+)")


def close_tags(nodes: list[Node]) -> list[tuple[str, int]]:
    """Close elements where those around them end, and show closing tags of nothing, as kramdown does.

    Returns:
        the names of the elements that were left open, with the offsets of their tags.
    """
    opened: list[InlineHtml] = []
    unclosed: list[tuple[str, int]] = []
    balanced: list[Node] = []
    for node in nodes:
        if isinstance(node, Emphasis | InlineLink) and isinstance(node.children, list):
            unclosed += close_tags(node.children)
        elif isinstance(node, InlineHtml) and (tag := TAG.fullmatch(node.value)):
            if tag["name"] is None:
                name = node.value[2:-1].strip().lower()
                if all(_name(open_one) != name for open_one in opened):
                    balanced.append(Text(node.start, node.stop, node.value))
                    continue
                while _name(inner := opened.pop()) != name:
                    balanced.append(_closing(inner, node.start, unclosed))
            elif not tag["closed"] and tag["name"].lower() not in VOID_ELEMENTS:
                opened.append(node)
        balanced.append(node)
    balanced += [_closing(node, nodes[-1].stop, unclosed) for node in reversed(opened)]
    nodes[:] = balanced
    return unclosed


class OpenedNames:
    """The names of the elements opened so far in a text."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def is_closed_in_vain(self, tag: str) -> bool:
        """Whether a tag closes an element that was not opened; notes what it opens."""
        found = _NAME.match(tag)
        if found and not found[1]:
            self._names.add(found[2].lower())
        return bool(found and found[1] and found[2].lower() not in self._names)


def note_element(opened: list[str], tag: str, is_closed: Callable[[str], bool]) -> None:
    """Add the element that a tag opens to those that are open, or take out the one that it closes.

    Args:
        is_closed: whether a closing tag stands further on; an element without one holds nothing.
    """
    found = TAG.fullmatch(tag)
    if found is None or found["closed"] or (found["name"] or "").lower() in VOID_ELEMENTS:
        return
    closing = tag[:-1].rstrip() if found["name"] is None else f"</{found['name']}"
    if found["name"] is None and closing in opened:
        opened.remove(closing)
    elif found["name"] and is_closed(closing):
        opened.append(closing)


def _closing(opened: InlineHtml, at: int, unclosed: list[tuple[str, int]]) -> InlineHtml:
    name = _name(opened)
    if name not in OPTIONAL_END:
        unclosed.append((name, opened.start))
    return InlineHtml(at, at, f"</{name}>")


def _name(opened: InlineHtml) -> str:
    tag = TAG.fullmatch(opened.value)
    return tag["name"].lower() if tag else ""

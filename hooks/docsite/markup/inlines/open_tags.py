"""Raw HTML of a leaf that is not closed, or closes nothing: left so, it would change the rest of the page."""

from __future__ import annotations

from collections.abc import Sequence

from docsite.markup.blocks.html_elements import VOID_ELEMENTS
from docsite.markup.inlines.html_tags import TAG
from docsite.markup.inlines.nodes import Emphasis, Link, Node, RawHtml, Text


def close_tags(nodes: list[Node], around: Sequence[list[str]] = ()) -> None:
    """As kramdown does: close elements where the text around them ends, and show closing tags of nothing.

    Args:
        around: names of the open elements, for each element of Markdown around the nodes.
    """
    opened: list[str] = []
    for index, node in enumerate(nodes):
        if isinstance(node, Emphasis | Link) and isinstance(node.children, list):
            close_tags(node.children, [*around, opened])
        elif isinstance(node, RawHtml) and (tag := TAG.fullmatch(node.value)):
            if tag["name"] is None:
                name = node.value[2:-1].strip().lower()
                if not _take(name, [opened, *reversed(around)]):
                    nodes[index] = Text(node.start, node.stop, node.value)
            elif not tag["closed"] and tag["name"].lower() not in VOID_ELEMENTS:
                opened.append(tag["name"].lower())
    nodes += [RawHtml(nodes[-1].stop, nodes[-1].stop, f"</{name}>") for name in reversed(opened)]


def _take(name: str, levels: Sequence[list[str]]) -> bool:
    """Take the innermost open element of a name off its level."""
    for opened in levels:
        if name in opened:
            del opened[len(opened) - 1 - opened[::-1].index(name)]
            return True
    return False

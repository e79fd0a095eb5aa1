"""Raw HTML of a leaf that is not closed, or closes nothing: left so, it would change the rest of the page."""

from __future__ import annotations

from docsite.markup.blocks.html_elements import OPTIONAL_END, TAG, VOID_ELEMENTS
from docsite.markup.inlines.inline_nodes import Emphasis, InlineHtml, InlineLink, Node, Text


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


def _closing(opened: InlineHtml, at: int, unclosed: list[tuple[str, int]]) -> InlineHtml:
    name = _name(opened)
    if name not in OPTIONAL_END:
        unclosed.append((name, opened.start))
    return InlineHtml(at, at, f"</{name}>")


def _name(opened: InlineHtml) -> str:
    tag = TAG.fullmatch(opened.value)
    return tag["name"].lower() if tag else ""

"""What an attribute list in running text belongs to."""

from __future__ import annotations

import re

from docsite.markup.blocks.attribute_lists import Definitions, parse_attribute_list
from docsite.markup.blocks.html_elements import TAG, VOID_ELEMENTS
from docsite.markup.blocks.patterns import SHOWN_LIST, UNCLOSED_LIST
from docsite.markup.inlines.inline_nodes import InlineHtml, Node, Text

LIST = re.compile(r"\{:(?!:)((?:\\\}|[^}])+)\}")
EXTENSION = re.compile(
    r"\{::(comment|nomarkdown|options)(?:\s(?P<attributes>[^}]*?))?(?:/\}|\}(?P<body>[\s\S]*?)\{:/\1?\})"
)
_LONGEST = 400
"""Characters within which an attribute list ends."""


def shown_list(text: str, at: int, stop: int, definitions: Definitions) -> str:
    """What is wrong where readers see an attribute list, because it belongs to no element or has no end; or ""."""
    if not text.startswith("{:", at, stop):
        return ""
    rest = text[at : min(stop, at + _LONGEST)]
    listed = LIST.match(rest)
    if listed is None and ("}" in rest or text[max(0, at - 4) : at].rpartition("\n")[2].strip(" ")):
        return ""
    found = parse_attribute_list(listed[1] if listed else rest[2:].partition("\n")[0])
    says = found.id or found.classes or found.pairs or any(name in definitions for name in found.references)
    if not says or found.invalid:
        return ""
    return SHOWN_LIST if listed else UNCLOSED_LIST


def attributed_node(nodes: list[Node]) -> Node | None:
    """What an attribute list behind nodes belongs to: behind a closing tag, the element's opening one."""
    last = nodes[-1] if nodes else None
    tag = TAG.fullmatch(last.value) if isinstance(last, InlineHtml) else None
    if tag is None:
        return None if isinstance(last, Text) else last
    if tag["name"]:
        return last if tag["closed"] or tag["name"].lower() in VOID_ELEMENTS else None
    depth = 0
    for node in reversed(nodes):
        found = TAG.fullmatch(node.value) if isinstance(node, InlineHtml) else None
        if found and (found["name"] or found[0][2:-1].strip()).lower() == tag[0][2:-1].strip().lower():
            depth += -1 if found["name"] else 1
            if depth == 0:
                return node
    return None

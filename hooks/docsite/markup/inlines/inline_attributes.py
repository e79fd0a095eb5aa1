"""What an attribute list in running text belongs to."""

from __future__ import annotations

import re

from docsite.markup.blocks.html_elements import TAG, VOID_ELEMENTS
from docsite.markup.inlines.inline_nodes import InlineHtml, Node, Text

LIST = re.compile(r"\{:(?!:)((?:\\\}|[^}])+)\}")
EXTENSION = re.compile(
    r"\{::(comment|nomarkdown|options)(?:\s(?P<attributes>[^}]*?))?(?:/\}|\}(?P<body>[\s\S]*?)\{:/\1?\})"
)


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

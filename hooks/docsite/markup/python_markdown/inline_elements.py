"""Nodes of running text as elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString, code_escape

from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.blocks.html_balance import balanced_text
from docsite.markup.inlines.inline_nodes import (
    Code,
    Emphasis,
    FootnoteMark,
    InlineHtml,
    InlineLink,
    LineBreak,
    Node,
    Text,
    plain_text,
)

RAW_HTML = "docsite-html"
"""An element for HTML, whose tag is taken off at the end: processors may drop text that stands between elements."""

_SIGNS = re.compile(r"[*_~]|(?<=\[)\^")
_FIRST_TAG = re.compile(r"\s*<[A-Za-z][\w.:-]*")
_CLASS = re.compile(r"""(\sclass\s*=\s*)(["'])(.*?)\2""")


def append_text(parent: Element, text: str) -> None:
    """Add text behind whatever the element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def append_nodes(md: Markdown, parent: Element, nodes: Sequence[Node]) -> None:
    """Add nodes to an element."""
    for node in nodes:
        if isinstance(node, Text):
            append_text(parent, literal(node.value))
        elif isinstance(node, FootnoteMark):
            append_text(parent, f"[^{node.label}]")  # read by the extension for footnotes
        elif isinstance(node, InlineHtml):
            value = node.value if node.lead or node.value.count("<") < 2 else balanced_text(node.value)
            value = with_attributes(value, node.attributes) if node.attributes else value
            append_text(parent, md.htmlStash.store(value))
        else:
            _append_element(md, parent, node)


def _append_element(md: Markdown, parent: Element, node: Node) -> None:
    if isinstance(node, Code):
        element = SubElement(parent, "code")
        element.text = AtomicString(code_escape(node.value))
    elif isinstance(node, LineBreak):
        element = SubElement(parent, "br")
    elif isinstance(node, Emphasis):
        element = SubElement(parent, node.tag)
        append_nodes(md, element, node.children)
    elif isinstance(node, InlineLink) and node.image:
        element = SubElement(parent, "img", {"alt": plain_text(node.children), "src": node.address})
    elif isinstance(node, InlineLink):
        element = SubElement(parent, "a", {"href": node.address})
        append_nodes(md, element, node.children)
    else:
        return
    if isinstance(node, InlineLink) and node.title:
        element.set("title", node.title)
    if node.attributes:
        set_attributes(element, node.attributes)


def literal(text: str) -> str:
    """Text in which no extension sees emphasis or the mark of a footnote, and the serializer no entity."""
    if "&" in text:
        text = text.replace("&", f"{AMP_SUBSTITUTE}amp;")
    return _SIGNS.sub(lambda sign: f"{STX}{ord(sign[0])}{ETX}", text) if _SIGNS.search(text) else text


def set_attributes(element: Element, attributes: AttributeList) -> None:
    """Give an element what an attribute list says."""
    if attributes.id:
        element.set("id", attributes.id)
    if attributes.classes:
        element.set("class", " ".join([*element.get("class", "").split(), *attributes.classes]))
    for key, value in attributes.pairs.items():
        element.set(key, value)


def with_attributes(html: str, attributes: AttributeList) -> str:
    """HTML whose first element has what an attribute list says."""
    tag = _FIRST_TAG.match(html)
    if tag is None:
        return html
    end = html.find(">", tag.end())
    head, rest = html[: end if end >= 0 else len(html)], html[end if end >= 0 else len(html) :]
    if attributes.classes and (own := _CLASS.search(head)):
        classes = " ".join([own[3], *attributes.classes])
        head = f"{head[: own.start()]}{own[1]}{own[2]}{_escaped(classes)}{own[2]}{head[own.end() :]}"
    elif attributes.classes:
        head = f'{tag[0]} class="{_escaped(" ".join(attributes.classes))}"{head[tag.end() :]}'
    more = {"id": attributes.id, **attributes.pairs} if attributes.id else attributes.pairs
    written = "".join(f' {key}="{_escaped(value)}"' for key, value in more.items())
    return f"{head[: tag.end()]}{written}{head[tag.end() :]}{rest}"


def _escaped(value: str) -> str:
    return value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")

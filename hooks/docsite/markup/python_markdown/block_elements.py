"""Written blocks as elements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.blocks.tree import normalized_label
from docsite.markup.blocks.written import WrittenBlock, WrittenPage
from docsite.markup.inlines.html_tags import bare_attributes, tag_attributes
from docsite.markup.inlines.inline_nodes import FootnoteMark, walk
from docsite.markup.inlines.inline_parser import parse_inlines
from docsite.markup.inlines.references import Context, Reference
from docsite.markup.placeholders import encode_marker
from docsite.markup.python_markdown.code_elements import add_code
from docsite.markup.python_markdown.inline_elements import (
    RAW_HTML,
    append_nodes,
    append_text,
    literal,
    set_attributes,
    with_attributes,
)

ALIASES = "data-heading-aliases"
"""Holds the further ids of a heading until it gets anchors for them."""


class PageElements:
    """Makes the elements of one page.

    Attributes:
        parts: blocks that Python-Markdown asks for later on, by the number in their marker.
        abbreviations, abbreviation_processor: attributes of short forms, and what of Python-Markdown's marks them.
    """

    def __init__(self, md: Markdown, page: WrittenPage) -> None:
        self.md = md
        self.page = page
        self.parts: list[list[WrittenBlock]] = []
        self.tab_sets = 0
        self.abbreviations: dict[str, AttributeList] = {}
        self.abbreviation_processor = _item(md.treeprocessors, "abbr")
        every = list(page.walk())
        self.context = Context(
            {
                normalized_label(b.fields[0]): Reference(b.text, b.fields[1], b.attributes)
                for b in every
                if b.kind == "linkdefinition"
            },
            {b.fields[0] for b in every if b.kind == "footnotedefinition"},
            page.definitions,
        )
        notes = _item(md.parser.blockprocessors, "footnote")
        if notes is not None:
            for label, note in page.footnotes(self._marks).items():
                notes.footnotes.setFootnote(label, self.later(note.children))

    def build(self, parent: Element, blocks: Iterable[WrittenBlock]) -> None:
        """Add the elements of blocks to an element."""
        for block in blocks:
            make = _MAKERS.get(block.kind)
            element = make(self, parent, block) if make else None
            if element is not None and block.attributes is not None:
                set_attributes(element, block.attributes)

    def inline(self, parent: Element, text: str) -> None:
        """Add running text to an element."""
        append_nodes(self.md, parent, parse_inlines(text, self.context))

    def _marks(self, text: str) -> Iterator[str]:
        nodes = walk(parse_inlines(text, self.context))
        return (node.label for node in nodes if isinstance(node, FootnoteMark))

    def later(self, blocks: list[WrittenBlock]) -> str:
        """A marker that Python-Markdown's parser hands back where it wants the blocks."""
        self.parts.append(blocks)
        return encode_marker("part", len(self.parts) - 1)


def _item(registry: Any, name: str) -> Any:
    """An item that an extension has registered; None if it is not on."""
    return registry[name] if name in registry else None  # noqa: SIM401 - a registry has no `get`


# Leaves.


def _heading(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    level, name, aliases = block.fields
    element = SubElement(parent, f"h{level}")
    page.inline(element, block.text)
    if block.attributes is not None:
        set_attributes(element, block.attributes)
    if name:
        element.set("id", name)
    if aliases:
        element.set(ALIASES, " ".join(aliases))
    block.attributes = None
    return element


def _paragraph(page: PageElements, parent: Element, block: WrittenBlock) -> Element | None:
    if block.fields[0] and block.attributes is None:
        page.inline(parent, block.text)
        return None
    element = SubElement(parent, "p")
    element.text = ""  # which the extension for footnotes adds to
    page.inline(element, block.text)
    return element


def _code(page: PageElements, parent: Element, block: WrittenBlock) -> Element | None:
    return add_code(page.md, parent, block)


def _raw_html(page: PageElements, parent: Element, block: WrittenBlock) -> None:
    html = with_attributes(block.text, block.attributes) if block.attributes else block.text
    SubElement(parent, RAW_HTML).text = f"\n{page.md.htmlStash.store(html)}\n"


def _rule(_: PageElements, parent: Element, __: WrittenBlock) -> Element:
    return SubElement(parent, "hr")


def _native(page: PageElements, parent: Element, block: WrittenBlock) -> None:
    page.md.parser.parseChunk(parent, block.text)


def _abbreviation(page: PageElements, _: Element, block: WrittenBlock) -> None:
    if page.abbreviation_processor is not None:
        short, meaning = literal(block.fields[0]), block.fields[1]
        page.abbreviation_processor.abbrs[short] = meaning
        if block.attributes is not None:
            page.abbreviations[short] = block.attributes


# Containers.


def _list(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    element = SubElement(parent, "ol" if block.fields[0] else "ul")
    page.build(element, block.children)
    return element


def _simple(tag: str) -> Callable[[PageElements, Element, WrittenBlock], Element]:
    def make(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
        element = SubElement(parent, tag)
        page.build(element, block.children)
        return element

    return make


def _inline(tag: str) -> Callable[[PageElements, Element, WrittenBlock], Element]:
    def make(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
        element = SubElement(parent, tag)
        page.inline(element, block.text)
        return element

    return make


def _table(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    element = SubElement(parent, "table")
    part, last = element, ("", -1)
    for row in block.children:
        if (row.fields[0], row.fields[1]) != last:
            last = (row.fields[0], row.fields[1])
            part = SubElement(element, {"head": "thead", "foot": "tfoot"}.get(last[0], "tbody"))
        line = SubElement(part, "tr")
        for cell, alignment in zip(row.children, block.fields[0], strict=False):
            style = {"style": f"text-align: {alignment};"} if alignment else {}
            made = SubElement(line, "th" if last[0] == "head" else "td", style)
            if cell.kind == "cell":
                page.inline(made, cell.text)
            else:
                page.build(made, cell.children)
    return element


def _html_element(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    tag, *inside = block.children
    attributes = {name: value for name, value, _ in tag_attributes(tag.text) if name != "markdown"}
    bare = {name: name for name in bare_attributes(tag.text) if name != "markdown"}
    element = SubElement(parent, block.fields[0], bare | attributes)
    element.text = ""  # as in `_paragraph`
    page.build(element, inside)
    return element


def _titled(page: PageElements, element: Element, block: WrittenBlock, tag: str, attributes: dict[str, str]) -> Element:
    """Add the title, in an element of its own, and the blocks below it."""
    inside = block.children
    if inside and inside[0].kind == "title":
        _title(page, SubElement(element, tag, attributes), inside[0])
        inside = inside[1:]
    page.build(element, inside)
    return element


def _alert(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    element = SubElement(parent, "div", {"class": f"admonition {block.fields[0]}"})
    return _titled(page, element, block, "p", {"class": "admonition-title"})


def _admonition(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    classes, opened = block.fields
    if opened is None:
        return _alert(page, parent, block)
    element = SubElement(parent, "details", {"class": classes} if classes else {})
    if opened:
        element.set("open", "open")
    return _titled(page, element, block, "summary", {})


def _details(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    named = {"id": block.fields[0]} if block.fields[0] else {}
    return _titled(page, SubElement(parent, "details"), block, "summary", named)


def _division(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    element = SubElement(parent, "div", {"class": block.fields[0]})
    page.build(element, block.children)
    return element


def _tabs(page: PageElements, parent: Element, block: WrittenBlock) -> Element:
    """A set of tabs, as Material for MkDocs shows it."""
    page.tab_sets += 1
    group = f"__tabbed_{page.tab_sets}"
    count = len(block.children)
    classes = {"class": "tabbed-set tabbed-alternate", "data-tabs": f"{page.tab_sets}:{count}"}
    element = SubElement(parent, "div", classes)
    chosen = next((number for number, tab in enumerate(block.children) if tab.fields[0]), 0)
    for number in range(count):
        checked = {"checked": "checked"} if number == chosen else {}
        SubElement(element, "input", {**checked, "id": f"{group}_{number + 1}", "name": group, "type": "radio"})
    labels = SubElement(element, "div", {"class": "tabbed-labels"})
    content = SubElement(element, "div", {"class": "tabbed-content"})
    for number, tab in enumerate(block.children):
        label = SubElement(labels, "label", {"for": f"{group}_{number + 1}"})
        inside = tab.children
        if inside and inside[0].kind == "title":
            _title(page, label, inside[0])
            inside = inside[1:]
        made = SubElement(content, "div", {"class": "tabbed-block"})
        page.build(made, inside)
        if tab.attributes is not None:
            set_attributes(made, tab.attributes)
    return element


def _title(page: PageElements, element: Element, title: WrittenBlock) -> None:
    if title.fields[0]:
        append_text(element, literal(title.text))
    else:
        page.inline(element, title.text)


def _generic(page: PageElements, parent: Element, block: WrittenBlock) -> None:
    head, *inside = block.children
    page.md.parser.parseBlocks(parent, [head.text, page.later(inside), block.fields[0]])


_MAKERS: dict[str, Callable[[PageElements, Element, WrittenBlock], Element | None]] = {
    "headingblock": _heading,
    "paragraph": _paragraph,
    "codeblock": _code,
    "htmlblock": _raw_html,
    "thematicbreak": _rule,
    "nativeblock": _native,
    "abbreviation": _abbreviation,
    "list": _list,
    "listitem": _simple("li"),
    "quote": _simple("blockquote"),
    "table": _table,
    "definitionlist": _simple("dl"),
    "definition": _simple("dd"),
    "definitionterm": _inline("dt"),
    "title": _inline("p"),
    "htmlelement": _html_element,
    "alert": _alert,
    "admonition": _admonition,
    "details": _details,
    "declaredblock": _division,
    "tabs": _tabs,
    "genericblock": _generic,
}

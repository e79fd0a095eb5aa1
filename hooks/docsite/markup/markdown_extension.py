"""What docsite adds to Python-Markdown: it takes the blocks of a page as `blocks.writer` gives them.

A page that was not written by it is left alone: Python-Markdown then reads it as it always does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from docsite.markup.blocks.written import WrittenBlock, WrittenPage, is_written, read_written
from docsite.markup.placeholders import (
    ANY_PLACEHOLDER,
    DIRECT_LINK,
    FOREIGN,
    FOREIGNED,
    MARKER_START,
    MARKERS,
    decode_marker,
)
from docsite.markup.python_markdown.block_elements import ALIASES, PageElements
from docsite.markup.python_markdown.inline_elements import RAW_HTML, set_attributes

if TYPE_CHECKING:
    from markdown.util import Registry

_PART = f"{MARKER_START}part"
_FOREIGN = re.compile(f"{FOREIGN}([^{FOREIGNED}]*){FOREIGNED}")
_READ_BY_US = (
    *("backtick", "escape", "reference", "link", "image_link", "image_reference", "short_reference"),
    *("short_image_ref", "autolink", "automail", "linebreak", "html", "entity", "not_strong", "em_strong"),
    "em_strong2",
)
"""Inline patterns of Python-Markdown's that have nothing left to do on a written page."""
_NOT_OURS = ("attr_list", "smarty", "abbr")
"""Processors that would read braces, quotation marks and the edges of words by other rules than Jekyll's."""


class PageProcessor(Preprocessor):
    """Takes a written page out of the text, before anything reads its blocks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.page: PageElements | None = None
        self._removed: list[tuple[Registry[Any], str, Any, float]] = []

    def run(self, lines: list[str]) -> list[str]:
        """The lines before the page; a marker for it; and, for MkDocs to see its ids, the HTML in it."""
        self._restore()
        self.page = None
        at = next((number for number, line in enumerate(lines) if is_written(line)), -1)
        if at < 0:
            return lines
        written = read_written(lines[at:])
        self.page = PageElements(self.md, written)
        self._remove(self.md.inlinePatterns, _READ_BY_US)
        self._remove(self.md.treeprocessors, _NOT_OURS)
        return [*lines[:at], "", self.page.later(written.blocks), "", *_html_with_ids(written)]

    def _remove(self, registry: Registry[Any], names: tuple[str, ...]) -> None:
        for name in names:
            if name in registry:
                priority = _priority(registry, name)
                self._removed.append((registry, name, registry[name], priority))
                registry.deregister(name)

    def _restore(self) -> None:
        for registry, name, item, priority in self._removed:
            registry.register(item, name, priority)
        self._removed = []


def _priority(registry: Registry[Any], name: str) -> float:
    """The priority of an item, which Python-Markdown keeps to itself."""
    known: list[Any] = vars(registry)["_priority"]
    return float(next(item.priority for item in known if item.name == name))


def _html_with_ids(page: WrittenPage) -> Iterator[str]:
    for block in page.walk():
        if block.kind == "codeblock":
            if block.attributes and block.attributes.id:
                yield f'<a id="{escape(block.attributes.id)}"></a>'
        elif "<" in block.text and block.kind != "nativeblock":
            yield from block.text.split("\n")


class RestProcessor(Preprocessor):
    """Drops what `PageProcessor` left for MkDocs alone, before Python-Markdown reads HTML."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines up to the marker of the page."""
        at = next((number for number, line in enumerate(lines) if line.startswith(_PART)), None)
        return lines if at is None else [*lines[:at], lines[at]]


class PartProcessor(BlockProcessor):
    """Puts the elements of written blocks where their marker stands."""

    def __init__(self, md: Markdown, page: PageProcessor) -> None:
        super().__init__(md.parser)
        self.page = page

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - as Python-Markdown has it
        return block.startswith(_PART)

    def run(self, parent: Element, blocks: list[str]) -> bool:
        """Build the blocks that the marker stands for."""
        found = MARKERS.match(blocks.pop(0))
        number = decode_marker(found[2]) if found else None
        elements = self.page.page
        if elements is not None and isinstance(number, int) and number < len(elements.parts):
            parts: list[WrittenBlock] = elements.parts[number]
            elements.build(parent, parts)
        return True


class AbbreviationsProcessor(Treeprocessor):
    """Marks abbreviations, beside signs too as in `C++`, with what attribute lists say about their definitions."""

    def __init__(self, md: Markdown, page: PageProcessor) -> None:
        super().__init__(md)
        self.page = page

    def run(self, root: Element) -> None:
        """Make their elements, by way of Python-Markdown's own processor."""
        page = self.page.page
        processor = page.abbreviation_processor if page is not None else None
        if page is None or processor is None or not processor.abbrs:
            return
        short = "|".join(re.escape(name) for name in sorted(processor.abbrs, key=len, reverse=True))
        processor.RE = re.compile(rf"(?<!\w)(?:{short})(?!\w)")
        processor.iter_element(root)
        known = page.abbreviations
        for element in root.iter("abbr") if known else ():
            if element.text in known:
                set_attributes(element, known[element.text])


class AnchorsProcessor(Treeprocessor):
    """Runs after the table of contents is made: further anchors of headings, the language of links, raw HTML."""

    def run(self, root: Element) -> None:
        """Give headings their further anchors, and links to another language their hreflang."""
        for element in root.iter():
            if element.tag == RAW_HTML:
                element.tag = None  # type: ignore[assignment] # which Python-Markdown's serializer writes no tag for
            if ALIASES in element.attrib:
                self._anchors(element, element.attrib.pop(ALIASES).split())
            for key in ("href", "src"):
                if FOREIGN in element.get(key, ""):
                    self._foreign(element, key)

    def _anchors(self, heading: Element, names: list[str]) -> None:
        for name in reversed(names):
            anchor = SubElement(heading, "span", {"class": "heading-alias", "id": name})
            heading.remove(anchor)
            heading.insert(0, anchor)
            anchor.tail, heading.text = heading.text, ""

    def _foreign(self, element: Element, key: str) -> None:
        address = element.get(key, "")
        match = _FOREIGN.search(address)
        element.set(key, _FOREIGN.sub("", address))
        if match and key == "href":
            element.set("hreflang", match[1])


class DirectLinkProcessor(Treeprocessor):
    """Runs after MkDocs has placed links, and uncovers the addresses it was to leave alone."""

    def run(self, root: Element) -> None:
        """Take the mark off."""
        for element in root.iter():
            for key in ("href", "src"):
                if element.get(key, "").startswith(DIRECT_LINK):
                    element.set(key, element.get(key, "").removeprefix(DIRECT_LINK))


class MarkerCleanupProcessor(Postprocessor):
    """Takes out the marks that HTML kept from the other processors."""

    def run(self, text: str) -> str:
        """The page without marks."""
        return (
            ANY_PLACEHOLDER.sub("", _FOREIGN.sub("", MARKERS.sub("", text))) if ANY_PLACEHOLDER.search(text) else text
        )


class BacklinkProcessor(Treeprocessor):
    """Runs after footnotes are placed: their space before the way back goes to the start of a text with elements."""

    def run(self, root: Element) -> None:
        """Put the space behind the elements."""
        for paragraph in root.iter("p"):
            text = paragraph.text or ""
            if len(paragraph) > 1 and text.endswith(NBSP_PLACEHOLDER):
                paragraph.text = text.removesuffix(NBSP_PLACEHOLDER)
                paragraph[-2].tail = (paragraph[-2].tail or "") + NBSP_PLACEHOLDER


class TocProcessor(Treeprocessor):
    """Runs after the table of contents is made, which turns no-break spaces into spaces."""

    def run(self, root: Element) -> None:
        """Give the entries the no-break spaces of their headings."""
        tokens = list(_all_tokens(getattr(self.md, "toc_tokens", [])))
        if not tokens:
            return
        headings = {element.get("id"): element for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))}
        for token in tokens:
            heading = headings.get(token["id"])
            if heading is not None:
                token["name"] = _with_no_break_spaces(token["name"], "".join(heading.itertext()))


def _all_tokens(tokens: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _all_tokens(token["children"])


def _with_no_break_spaces(name: str, text: str) -> str:
    """The name with the no-break spaces that the text has between the same words."""
    if not re.search("[\u00a0\u202f]", text):
        return name
    spaces = re.findall(r"\s+", text.strip())
    parts = re.split(r"( +)", name)
    if len(parts) // 2 > len(spaces):
        return name
    for number in range(len(parts) // 2):
        if re.fullmatch("[\u00a0\u202f]", spaces[number]):
            parts[2 * number + 1] = spaces[number]
    return "".join(parts)


class DialectExtension(Extension):
    """Adds the processors, and nothing that a page could switch off."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Python-Markdown
        """Register around SuperFences (25), MkDocs' look at HTML (21), HTML (20), contents (5) and links (0)."""
        page = PageProcessor(md)
        md.preprocessors.register(page, "docsite_page", 26)
        md.preprocessors.register(RestProcessor(md), "docsite_rest", 20.5)
        md.parser.blockprocessors.register(PartProcessor(md, page), "docsite_part", 1000)
        md.treeprocessors.register(BacklinkProcessor(md), "docsite_backlinks", 45)
        md.treeprocessors.register(AbbreviationsProcessor(md, page), "docsite_abbreviations", 6)
        md.treeprocessors.register(TocProcessor(md), "docsite_toc", 4)
        md.treeprocessors.register(AnchorsProcessor(md), "docsite_anchors", 3)
        md.postprocessors.register(MarkerCleanupProcessor(md), "docsite_left_over", -5)
        md.treeprocessors.register(DirectLinkProcessor(md), "docsite_direct", -5)

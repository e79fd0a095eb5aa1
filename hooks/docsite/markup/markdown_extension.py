"""What the dialect asks of Python-Markdown: notes (see `marks`) become attributes and ids of elements."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from docsite.markup.placeholders import ANY_PLACEHOLDER, DIRECT_LINK, FOREIGN, FOREIGNED, MARKERS, decode_marker

_ALIASES = "data-heading-aliases"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TARGETS: dict[str, tuple[str, ...]] = {
    "para": ("p", "li", "dd", "td", "th", "div"),
    "item": ("li",),
    "list": ("ul", "ol"),
    "table": ("table",),
    "quote": ("blockquote",),
    "heading": _HEADINGS,
    "hid": _HEADINGS,
    "headless": ("thead",),
    "block": ("div", "details"),
    "gap": (),
}
_FOREIGN = re.compile(f"{FOREIGN}([^{FOREIGNED}]*){FOREIGNED}")


class MarkerProcessor(Treeprocessor):
    """Runs before inline Markdown, while the text of an element is still whole."""

    def run(self, root: Element) -> None:
        """Read each note, apply it to the element it is about, and take it out of the text."""
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.text and ANY_PLACEHOLDER.search(element.text):
                element.text = self._read(element.text, element, parents)
            if element.tail and ANY_PLACEHOLDER.search(element.tail):
                element.tail = self._read(element.tail, parents.get(element, root), parents)

        for element, parent in parents.items():
            if element.tag == "ol":
                element.attrib.pop("start", None)  # kramdown counts every list from 1
            if element.tag == "p" and not element.text and not len(element) and not element.attrib:
                parent.remove(element)

    def _read(self, text: str, element: Element, parents: dict[Element, Element]) -> str:
        for match in MARKERS.finditer(text):
            target, payload = self._target(match[1], element, parents), decode_marker(match[2])
            if target is not None and payload is not None:
                self._apply(match[1], payload, target, parents)
        return MARKERS.sub("", text)

    def _target(self, kind: str, element: Element, parents: dict[Element, Element]) -> Element | None:
        wanted = _TARGETS.get(kind, ())
        at: Element | None = element
        while at is not None and at.tag not in wanted:
            at = parents.get(at)
        return at

    def _apply(self, kind: str, payload: Any, target: Element, parents: dict[Element, Element]) -> None:
        if kind == "headless":
            parents[target].remove(target)
            return
        if kind == "hid":
            target.set("id", payload[0])
            if payload[1]:
                target.set(_ALIASES, " ".join(payload[1]))
            return
        name, classes, pairs = payload
        if name:
            target.set("id", name)
        if classes:
            target.set("class", " ".join([*target.get("class", "").split(), *classes]))
        for key, value in pairs.items():
            target.set(key, value)


class AnchorsProcessor(Treeprocessor):
    """Runs after the table of contents is made: further anchors of headings, and the language of links."""

    def run(self, root: Element) -> None:
        """Give headings their further anchors, and links to another language their hreflang."""
        for element in root.iter():
            if _ALIASES in element.attrib:
                self._anchors(element, element.attrib.pop(_ALIASES).split())
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


class DialectExtension(Extension):
    """Adds the processors, and nothing that a page could switch off."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Python-Markdown
        """Register before inline patterns (20), and between the table of contents (5) and links (0)."""
        md.treeprocessors.register(MarkerProcessor(md), "docsite_notes", 25)
        md.treeprocessors.register(AnchorsProcessor(md), "docsite_anchors", 3)
        md.postprocessors.register(MarkerCleanupProcessor(md), "docsite_left_over", -5)
        md.treeprocessors.register(DirectLinkProcessor(md), "docsite_direct", -5)

"""What docsite adds to Python-Markdown on a native page: nothing, unless docsite has a say on that page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from docsite.markup.labels import ALERTS
from docsite.markup.markdown_extension import AnchorsProcessor, DirectLinkProcessor
from docsite.markup.placeholders import DIRECT_LINK

BLOCKS = (
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
    "pymdownx.blocks.html",
    "pymdownx.blocks.tab",
)
BLOCK_OPTIONS: Mapping[str, dict[str, object]] = MappingProxyType(
    {
        "pymdownx.blocks.admonition": {"types": sorted(ALERTS)},
        "pymdownx.blocks.tab": {"alternate_style": True},
    }
)
"""What the blocks of docsite's tags are written in."""


class ReportedLinks(Treeprocessor):
    """Runs before MkDocs places links: those that docsite has reported are to be reported only once."""

    def __init__(self, md: Markdown, reported: Mapping[str, str]) -> None:
        super().__init__(md)
        self.reported = reported

    def run(self, root: Element) -> None:
        """Give a reported link the address that MkDocs would give it, as one that MkDocs passes over."""
        for element in root.iter():
            for key in ("href", "src"):
                address = self.reported.get(element.get(key, ""))
                if address is not None:
                    element.set(key, f"{DIRECT_LINK}{address}")


class NativeExtension(Extension):
    """Created again for each page.

    Attributes:
        reported: by address as written, the one that the built page is to carry.
        tagged: whether the page has tags of docsite, and so links that docsite has written.
        blocks: whether these are block tags.
    """

    def __init__(self) -> None:
        super().__init__()
        self.begin()

    def begin(self, reported: Mapping[str, str] | None = None, *, tagged: bool = False, blocks: bool = False) -> None:
        """Get ready for a page."""
        self.reported = dict(reported or {})
        self.tagged = tagged
        self.blocks = blocks

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Python-Markdown
        """Register right before MkDocs' processor of links (0), and after it."""
        if self.blocks:
            md.registerExtensions(BLOCKS, dict(BLOCK_OPTIONS))
        if self.tagged:
            md.treeprocessors.register(AnchorsProcessor(md), "docsite_anchors", 3)
        if self.reported:
            md.treeprocessors.register(ReportedLinks(md, self.reported), "docsite_reported", 1)
        if self.tagged or self.reported:
            md.treeprocessors.register(DirectLinkProcessor(md), "docsite_direct", -5)

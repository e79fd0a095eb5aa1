"""What docsite adds to Python-Markdown on a native page: nothing, unless docsite has a say on that page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from pymdownx.blocks import BlocksProcessor
from pymdownx.blocks.admonition import AdmonitionExtension
from pymdownx.blocks.block import Block
from pymdownx.blocks.details import DetailsExtension
from pymdownx.blocks.html import HTMLExtension
from pymdownx.blocks.tab import TabExtension

from docsite.markup.labels import ALERTS
from docsite.markup.markdown_extension import AnchorsProcessor, DirectLinkProcessor
from docsite.markup.placeholders import DIRECT_LINK

_TAB_NUMBER = re.compile(r"^__tabbed_\d+")


class TagBlocks(Extension):
    """The blocks that docsite's tags are written in, but for those that the site has itself."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - named by Python-Markdown
        """Register the blocks whose names are free."""
        for extension in (
            AdmonitionExtension(types=sorted(ALERTS)),
            DetailsExtension(),
            HTMLExtension(),
            TabExtension(alternate_style=True),
        ):
            extension.extendMarkdownBlocks(md, _FreeNames(extension.register_block_mgr(md)))
        processors = md.parser.blockprocessors
        if "defindent" in processors:  # before blocks (89.99), which else take the rest of the page into a definition
            processors.register(processors["defindent"], "defindent", 89.995)
        md.treeprocessors.register(_TabNumbers(md), "docsite_tabs", 2)


class _TabNumbers(Treeprocessor):
    """Numbers the sets of tabs of a page: `===` and tags each count from 1, and sets of one number would act as one."""

    def run(self, root: Element) -> None:
        sets = (element for element in root.iter("div") if "tabbed-set" in element.get("class", "").split())
        for number, tabs in enumerate(sets, 1):
            for part in (*tabs, *tabs.iterfind("div/label")):
                for key, value in part.items():
                    if key in ("id", "name", "for"):
                        part.set(key, _TAB_NUMBER.sub(f"__tabbed_{number}", value))
            tabs.set("data-tabs", f"{number}:{tabs.get('data-tabs', '').partition(':')[2]}")


class _FreeNames:
    """Registers a block unless its name is taken."""

    def __init__(self, manager: BlocksProcessor) -> None:
        self._manager = manager

    def register(self, block: type[Block], config: dict[str, Any]) -> None:
        if block.NAME not in self._manager.blocks:
            self._manager.register(block, config)


class ReportedLinks(Treeprocessor):
    """Runs before MkDocs places links: those that docsite has reported are to be reported only once."""

    def __init__(self, md: Markdown, reported: Mapping[str, str]) -> None:
        super().__init__(md)
        self.reported = reported

    def run(self, root: Element) -> None:
        """Give a reported link the address that MkDocs would give it, as one that MkDocs passes over."""
        for element in root.iter():
            for key in element.attrib.keys() & {"href", "src"}:
                address = self.reported.get(element.attrib[key])
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
            TagBlocks().extendMarkdown(md)
        if self.tagged:
            md.treeprocessors.register(AnchorsProcessor(md), "docsite_anchors", 3)
        if self.reported:
            md.treeprocessors.register(ReportedLinks(md, self.reported), "docsite_reported", 1)
        if self.tagged or self.reported:
            md.treeprocessors.register(DirectLinkProcessor(md), "docsite_direct", -5)

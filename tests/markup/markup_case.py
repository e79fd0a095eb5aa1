"""The links and ids of a Markdown text, for tests that have no site around it."""

from __future__ import annotations

from dataclasses import replace

from docsite.links.extractor import ExtractedLinks, extract_links
from docsite.markup.blocks.block_parser import parse_page
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.markup.source_map import TextChunk, split_lines


def extract(text: str) -> ExtractedLinks:
    """What a text links to; offsets are those of the text itself."""
    lines = split_lines([TextChunk(text, "page.md", 0, 1)])
    document, _ = parse_page(lines, [])
    found = extract_links(DocumentInlines(document))
    origin = document.text.origin
    links = [
        link._replace(start=origin(link.start).offset, stop=origin(link.start).offset + link.stop - link.start)
        for link in found.links
    ]
    ids = [(name, origin(at).offset) for name, at in found.ids]
    return replace(found, links=sorted(links, key=lambda link: link.start), ids=ids)

"""The running text of a whole page: each leaf read once, with what the rest of the page says about it.

inlines = DocumentInlines(document)
for leaf in document.inline_leaves():
    for node in walk(inlines.nodes(leaf)):    # links, code, raw HTML, ... with offsets in leaf.text
        print(type(node).__name__, leaf.position(node.start))
"""

from __future__ import annotations

from docsite.markup.blocks.tree import Document, FootnoteDefinition, InlineLeaf, LinkDefinition, Title, normalized_label
from docsite.markup.inlines.inline_nodes import Node, Text
from docsite.markup.inlines.inline_parser import InlineParser
from docsite.markup.inlines.references import Context, Reference


class DocumentInlines:
    """Reads the leaves of a document.

    Attributes:
        unknown_labels, invalid_parts, unclosed: see `InlineParser`; offsets are those of `Document.text`, known for
            the leaves that were read.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        _ = document.text  # gives the leaves their offsets, which those of headings need before any other
        blocks = list(document.walk())
        self.definitions = [block for block in blocks if isinstance(block, LinkDefinition)]
        self.footnotes = [block for block in blocks if isinstance(block, FootnoteDefinition)]
        self.context = Context(
            {
                normalized_label(block.label): Reference(block.destination_text, block.title, block.attributes)
                for block in self.definitions
            },
            {block.label for block in self.footnotes},
            document.definitions,
        )
        self.unknown_labels: list[tuple[str, int]] = []
        self.invalid_parts: list[tuple[str, int]] = []
        self.unclosed: list[tuple[str, int]] = []
        self._nodes: dict[int, list[Node]] = {}

    def nodes(self, leaf: InlineLeaf) -> list[Node]:
        """What the text of a leaf is made of."""
        found = self._nodes.get(id(leaf))
        if found is None:
            found = self._nodes[id(leaf)] = self._read(leaf)
        return found

    def _read(self, leaf: InlineLeaf) -> list[Node]:
        text = leaf.text
        if isinstance(leaf, Title) and leaf.literal:
            return [Text(0, len(text), text)]
        parser = InlineParser(text, self.context)
        nodes = parser.parse()
        self.unknown_labels += [(label, leaf.start + at) for label, at in parser.unknown_labels]
        self.invalid_parts += [(part, leaf.start + at) for part, at in parser.invalid_parts]
        self.unclosed += [(name, leaf.start + at) for name, at in parser.unclosed]
        return nodes

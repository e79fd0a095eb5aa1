"""A block tree as the text that MkDocs passes on to Python-Markdown.

Python-Markdown would read blocks by rules of its own, so each block is announced by a marker (see `placeholders`):
which block it is, and what is known of it. Behind the marker of a leaf stands its text, as it was written; the blocks
of a container stand between its marker and an end marker. `python_markdown` makes elements of them, and nothing in
between decides again what is a list or a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from docsite.markup.blocks import tree
from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.placeholders import BASEURL, TAB, encode_marker

TextEdit = tuple[int, int, str]
"""A part of `Document.text`, and what to write instead."""

END = encode_marker("end", 0)

_FIELDS: Mapping[type[tree.Block], Callable[[Any], list[Any]]] = {
    tree.Paragraph: lambda block: [block.bare],
    tree.Title: lambda block: [block.literal],
    tree.CodeBlock: lambda block: [block.info, block.fenced],
    tree.LinkDefinition: lambda block: [block.label, block.title],
    tree.Abbreviation: lambda block: [block.short, block.meaning],
    tree.List: lambda block: [block.ordered],
    tree.Row: lambda block: [block.part, block.group],
    tree.Table: lambda block: [block.alignments],
    tree.FootnoteDefinition: lambda block: [block.label],
    tree.HtmlElement: lambda block: [block.name],
    tree.Alert: lambda block: [block.kind],
    tree.Details: lambda block: [block.anchor],
    tree.Tab: lambda block: [block.selected],
    tree.DeclaredBlock: lambda block: [block.name],
    tree.Admonition: lambda block: [block.classes, block.opened],
    tree.GenericBlock: lambda block: [block.fence],
}
"""What is written of a block beside its attributes and its text."""


def write_page(
    document: tree.Document,
    heading_ids: Sequence[tuple[str, Sequence[str]]] = (),
    edits: Iterable[TextEdit] = (),
    base_path: str = "",
) -> str:
    """Write a page.

    Args:
        heading_ids: the id and further ids of each heading.
        edits: changes to the text of leaves.
        base_path: what `site.baseurl` prints.
    """
    _ = document.text  # gives the leaves their offsets
    writer = _Writer(heading_ids, sorted(edits, key=lambda edit: edit[:2]), base_path)
    named = {name: writer.attributes(found) for name, found in document.definitions.items()}
    writer.lines.append(encode_marker("page", named))
    for block in document.children:
        writer.write(block)
    writer.lines.append(END)
    return "\n".join(writer.lines).replace(BASEURL, base_path)


class _Writer:
    def __init__(
        self, heading_ids: Sequence[tuple[str, Sequence[str]]], edits: Sequence[TextEdit], base_path: str
    ) -> None:
        self.lines: list[str] = []
        self._base_path = base_path
        self._heading_ids = iter(heading_ids)
        self._names = {name for own, aliases in heading_ids for name in (own, *aliases)}
        self._edits = edits
        self._edit = 0

    def write(self, block: tree.Block) -> None:
        """Write a block and all inside it."""
        fields = _FIELDS[type(block)](block) if type(block) in _FIELDS else []
        if isinstance(block, tree.HeadingBlock):
            name, aliases = next(self._heading_ids, (block.id, ()))
            fields = [block.level, name, list(aliases)]
        if isinstance(block, tree.Details) and block.anchor in self._names:
            fields = [""]
        attributes = self.attributes(block.attributes) if block.attributes else None
        marker = encode_marker(type(block).__name__.lower(), [attributes, *fields])
        if isinstance(block, tree.Leaf):
            self.lines += [marker + self._text(block), ""]
            return
        self.lines += [marker, ""]
        for part in block.parts():
            self.write(part)
        self.lines += [END, ""]

    def attributes(self, given: AttributeList) -> list[Any]:
        """What is written of an attribute list."""
        pairs = {key: value.replace(BASEURL, self._base_path) for key, value in given.pairs.items()}
        return [given.id, given.classes, pairs]

    def _text(self, leaf: tree.Leaf) -> str:
        """The text of a leaf with its edits; of a definition only the address."""
        text, at, end = leaf.text, 0, len(leaf.text)
        if isinstance(leaf, tree.LinkDefinition):
            at, end = leaf.destination, leaf.stop
        parts: list[str] = []
        while self._edit < len(self._edits) and self._edits[self._edit][0] < leaf.start + len(text) + 1:
            start, stop, new = self._edits[self._edit]
            parts += [text[at : start - leaf.start], new]
            at = stop - leaf.start
            self._edit += 1
        written = "".join([*parts, text[at:end]])
        return written.replace("\t", TAB)

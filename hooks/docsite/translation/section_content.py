"""What stands in a section of a page and must stand in its translation too."""

from __future__ import annotations

from typing import NamedTuple

from docsite.diagnostics.position import Position


class Item(NamedTuple):
    """A thing in a section that a translation must have too.

    Attributes:
        kind: `code`, `link`, `image`, `alert`, `table`, `list`, `tabs`, `name` (inline code), `include`.
        value: what is equal in both languages; "" where only its presence counts.
        shown: how a message names it.
        block: which block of the section it stands in, counted from 0; always 0 for an include.
        size: characters of the text of a link.
    """

    kind: str
    value: str
    shown: str
    position: Position
    block: int
    size: int = 0


class SectionContent(NamedTuple):
    """A heading and what stands under it up to the next; the first section, above all headings, has level 0.

    Attributes:
        position: of the heading.
        items: in the order of the text.
        blocks: what a reader sees of the running text of each block; the first is the heading.
    """

    level: int
    title: str
    id: str
    position: Position
    items: tuple[Item, ...]
    blocks: tuple[str, ...]

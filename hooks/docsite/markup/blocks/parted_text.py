"""Running text that a block tag parts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docsite.markup.source_map import MappedLine


class PartedText(NamedTuple):
    """What stands before the tag, the name of the tag, and what stands behind."""

    before: Sequence[MappedLine]
    tag: str
    behind: str

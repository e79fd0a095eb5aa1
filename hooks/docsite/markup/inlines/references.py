"""What the rest of a page says about its running text."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from docsite.markup.blocks.attribute_lists import AttributeList


class Reference(NamedTuple):
    """What a link definition says."""

    address: str
    title: str
    attributes: AttributeList | None = None


@dataclass(frozen=True)
class Context:
    """What the rest of a page says about its running text.

    Attributes:
        references: link definitions by normalized label.
        footnotes: labels of footnotes.
    """

    references: Mapping[str, Reference] = field(default_factory=dict)
    footnotes: Collection[str] = ()
    definitions: Mapping[str, AttributeList] = field(default_factory=dict)


EMPTY = Context()

"""A link of a page's Markdown."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

ADDRESS_ATTRIBUTES = ("href", "src", "srcset", "poster", "data", "action", "cite")
"""The attributes of raw HTML that are read as links."""


class LinkKind(StrEnum):
    """How a link is written."""

    MARKDOWN = "markdown"
    IMAGE = "image"
    DEFINITION = "definition"
    AUTOLINK = "autolink"
    HTML = "html"


class Link(NamedTuple):
    """An address in a text.

    Attributes:
        address: decoded: escapes and entities are read.
        start, stop: where the address stands in the text.
        attribute: for raw HTML, the name of the attribute.
    """

    kind: LinkKind
    address: str
    start: int
    stop: int
    attribute: str = ""

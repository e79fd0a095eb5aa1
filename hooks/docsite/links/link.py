"""A link of a page's Markdown."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

ADDRESS_ATTRIBUTES = (
    *("href", "src", "srcset", "poster", "data", "action", "formaction", "cite", "background", "xlink:href"),
    "imagesrcset",
)
"""The attributes of raw HTML that are read as links."""

NO_REFRESH = "http-equiv"
"""The attribute of a redirect that leads nowhere, with all that it says for an address."""


class LinkKind(StrEnum):
    """How a link is written."""

    MARKDOWN = "markdown"
    IMAGE = "image"
    DEFINITION = "definition"
    UNUSED = "unused definition"
    AUTOLINK = "autolink"
    HTML = "html"


class Link(NamedTuple):
    """An address in a text.

    Attributes:
        address: decoded: escapes and entities are read.
        start, stop: where the address stands in the text.
        hreflang: the language of the target, where the writer says it.
        attribute: for raw HTML, the name of the attribute; `css` for a style element, `refresh` for a redirect.
    """

    kind: LinkKind
    address: str
    start: int
    stop: int
    attribute: str = ""
    hreflang: str = ""

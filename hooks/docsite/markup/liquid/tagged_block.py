"""The block that a tag makes of the text inside it."""

from __future__ import annotations

from dataclasses import dataclass

from liquid.token import Token


@dataclass(frozen=True, slots=True)
class TaggedBlock:
    """A block tag on a page.

    Attributes:
        kind: `alert`, `tabs`, `tab`, `details`, `code`, or `block` for one that the site declares.
        name: the type of an alert, the language of code, or the name of a declared block.
        title: of the block, "" for none; Markdown, save for a tab.
        token: the tag, for findings.
    """

    kind: str
    token: Token
    name: str = ""
    title: str = ""

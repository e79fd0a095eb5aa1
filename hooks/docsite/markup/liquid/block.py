"""The block that a tag makes of the text inside it."""

from __future__ import annotations

from dataclasses import dataclass

from liquid.token import Token


@dataclass(frozen=True, slots=True)
class Block:
    """A block of pymdownx.

    Attributes:
        kind: its name there: an admonition type, `tab`, `details`, or `html`.
        title: Markdown of its title, or for `html` the selector of the element.
        options: lines of options under its head.
        token: the tag, for findings.
    """

    kind: str
    title: str
    token: Token
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TaggedBlock:
    """A block tag on a page.

    Attributes:
        kind: `alert`, `tabs`, `tab`, `details`, or `block` for one that the site declares.
        name: the type of an alert, or the name of a declared block.
        title: Markdown of the title, "" for none.
        token: the tag, for findings.
    """

    kind: str
    token: Token
    name: str = ""
    title: str = ""

"""`{% alert note %}...{% endalert %}`: a note, in any letter case of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.dialect.block import Block, BlockTag
from docsite.dialect.words import ALERTS, spoken
from docsite.suggest import nearest

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.dialect.liquid import Dialect


class AlertTag(BlockTag):
    """Becomes an admonition, titled in the page's language."""

    name = "alert"
    end = "endalert"

    def block_for(self, dialect: Dialect, argument: str, token: Token) -> Block:
        """The admonition; an unknown type is reported and shown as a note."""
        kind = argument.lower()
        if kind not in ALERTS:
            types = ", ".join(ALERTS)
            what = f"There is no alert “{argument}”" if kind else "The alert has no type"
            dialect.report("liquid-unknown-alert", token, f"{what}: use {types}.", kind, nearest(kind, ALERTS))
            kind = "note"
        return Block(kind, spoken(ALERTS[kind], dialect.language), token)

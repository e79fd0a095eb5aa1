"""`{% details Title %}...{% enddetails %}`: text that opens on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.dialect.block import Block, BlockTag

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.dialect.liquid import Dialect


class DetailsTag(BlockTag):
    """Becomes a `details` element; its title may hold Markdown."""

    name = "details"
    end = "enddetails"

    def block_for(self, dialect: Dialect, argument: str, token: Token) -> Block:
        """The details; without a title they are reported."""
        if not argument:
            dialect.report("liquid-syntax", token, "The details have no title.", self.name)
        return Block("details", argument or "?", token)

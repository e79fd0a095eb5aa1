"""`{% details Title %}...{% enddetails %}`: text that opens on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.dialect.block_tag import BlockTag, check_title
from docsite.dialect.blocks import Block

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.dialect.host import Host


class DetailsTag(BlockTag):
    """Becomes a `details` element; its title may hold Markdown."""

    name = "details"
    end = "enddetails"

    def block_for(self, page: Host, argument: str, token: Token) -> Block:
        """The details; without a title they are reported."""
        if not argument:
            page.report("liquid-syntax", token, "The details have no title.", self.name)
        check_title(page, argument, token)
        return Block("details", argument or "?", token)

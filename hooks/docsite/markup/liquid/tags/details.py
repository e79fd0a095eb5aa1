"""`{% details Title %}...{% enddetails %}`: text that opens on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.block_tag import BlockTag, check_title
from docsite.markup.liquid.tagged_block import TaggedBlock

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext


class DetailsTag(BlockTag):
    """Becomes a `details` element; its title may hold Markdown."""

    name = "details"
    end = "enddetails"

    def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock:
        """The details; without a title they are reported."""
        if not argument:
            page.report(make_message("liquid-syntax", "no-details-title"), token, self.name)
        check_title(page, argument, token)
        return TaggedBlock("details", token, title=argument or "?")

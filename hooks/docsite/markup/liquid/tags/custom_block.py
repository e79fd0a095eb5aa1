"""Block tags of one site, declared in its settings: each becomes a `div` of that class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.markup.liquid.block_tag import BlockTag
from docsite.markup.liquid.tagged_block import TaggedBlock

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext


def custom_block_tag(tag: str) -> type[BlockTag]:
    """The tag class of a declared block."""

    class Division(BlockTag):
        name = tag
        end = f"end{tag}"

        def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock:  # noqa: ARG002 - as BlockTag has it
            return TaggedBlock("block", token, tag)

    return Division

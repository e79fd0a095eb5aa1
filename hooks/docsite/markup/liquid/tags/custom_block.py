"""Block tags of one site, declared in its settings: each becomes a `div` of that class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.markup.liquid.block import Block
from docsite.markup.liquid.block_tag import BlockTag

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext


def custom_block_tag(tag: str) -> type[BlockTag]:
    """The tag class of a declared block."""

    class Division(BlockTag):
        name = tag
        end = f"end{tag}"

        def block_for(self, page: PageContext, argument: str, token: Token) -> Block:  # noqa: ARG002 - as BlockTag has it
            return Block("html", f"div.{tag}", token)

    return Division

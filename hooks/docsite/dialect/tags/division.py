"""Block tags of one site, declared in its settings: each becomes a `div` of that class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.dialect.block_tag import BlockTag
from docsite.dialect.blocks import Block

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.dialect.host import Host


def division(tag: str) -> type[BlockTag]:
    """The tag class of a declared block."""

    class Division(BlockTag):
        name = tag
        end = f"end{tag}"

        def block_for(self, page: Host, argument: str, token: Token) -> Block:  # noqa: ARG002 - as BlockTag has it
            return Block("html", f"div.{tag}", token)

    return Division

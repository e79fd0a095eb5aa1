"""What every block tag shares: a table of the blocks of a page, and marks around what is inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from liquid.ast import BlockNode, Node
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.dialect.marks import CLOSE, OPEN, OPENED

if TYPE_CHECKING:
    from liquid.context import RenderContext

    from docsite.dialect.liquid import Dialect


@dataclass(frozen=True, slots=True)
class Block:
    """A block that a tag makes of the text inside it.

    Attributes:
        kind: a name of pymdownx.blocks: admonition types, `tab`, `details`, or `html`.
        title: Markdown of its title, or for `html` the selector of the element.
        options: lines of options under its head.
        token: the tag, for findings.
    """

    kind: str
    title: str
    token: Token
    options: tuple[str, ...] = ()


class MarkedNode(Node):
    """Renders its children between the marks of a block."""

    __slots__ = ("argument", "children_node", "tag")

    def __init__(self, token: Token, tag: BlockTag, argument: str, children: BlockNode) -> None:
        super().__init__(token)
        self.tag = tag
        self.argument = argument
        self.children_node = children
        self.blank = False  # else a surrounding `if` takes the block for white space and drops it

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the marks and the children."""
        dialect: Dialect = context.env  # type: ignore[assignment]
        block = self.tag.block_for(dialect, self.argument, self.token)
        if block is None:
            return dialect.render_nodes(self.children_node.nodes, context, buffer)
        dialect.put(buffer, f"{OPEN}{dialect.add_block(block)}{OPENED}", self.token)
        dialect.render_nodes(self.children_node.nodes, context, buffer)
        dialect.put(buffer, CLOSE, self.token)
        return 1


class BlockTag(Tag):
    """A tag with text inside and one free-form argument."""

    def parse(self, stream: TokenStream) -> Node:
        """Read the argument and everything up to the closing tag."""
        token = stream.eat(TOKEN_TAG)
        argument = next(stream).value if stream.current.kind == TOKEN_EXPRESSION else ""
        children = get_parser(self.env).parse_block(stream, (self.end,))
        children.blank = False
        stream.expect(TOKEN_TAG, value=self.end)
        return MarkedNode(token, self, argument.strip(), children)

    def block_for(self, dialect: Dialect, argument: str, token: Token) -> Block | None:
        """The block to leave; None for no block, only what is inside."""
        raise NotImplementedError


def literal(text: str) -> str:
    """Text as it is, where Markdown would see syntax."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>" else c for c in text)

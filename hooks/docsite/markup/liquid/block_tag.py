"""What every block tag shares: it enters a block, and puts marks around what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from liquid.ast import BlockNode, Node
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.render_context import PageContext, page_context
from docsite.markup.placeholders import CLOSE, OPEN, OPENED

if TYPE_CHECKING:
    from liquid.context import RenderContext

    from docsite.markup.liquid.tagged_block import TaggedBlock


class PlaceholderNode(Node):
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
        page = page_context(context)
        block = self.tag.block_for(page, self.argument, self.token)
        if block is None:
            return page.render_nodes(self.children_node.nodes, context, buffer)
        page.put(buffer, f"{OPEN}{page.add_block(block)}{OPENED}", self.token)
        page.render_nodes(self.children_node.nodes, context, buffer)
        page.put(buffer, CLOSE, self.token)
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
        return PlaceholderNode(token, self, argument.strip(), children)

    def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock | None:
        """The block to leave; None for no block, only what is inside."""
        raise NotImplementedError


def check_title(page: PageContext, title: str, token: Token) -> None:
    """Report Liquid in a title: a tag's argument is not rendered, so readers would see it."""
    if "{{" in title or "{%" in title:
        page.report(make_message("liquid-left-over", "title"), token, title)


def escape_markdown(text: str) -> str:
    """Text as it is, where Markdown would see syntax."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>" else c for c in text)

"""Tags of one site: what they stand for comes from a template of the settings, or from a function in Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from liquid.ast import BlockNode, Node
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.render_context import page_context
from docsite.markup.placeholders import ANY_PLACEHOLDER, BASEURL

if TYPE_CHECKING:
    from liquid.context import RenderContext

TagFunction = Callable[[str, Mapping[str, Any]], str]
"""Given the argument of a tag and the variables of `page`, the Markdown that the tag stands for."""

BlockFunction = Callable[[str, Mapping[str, Any]], tuple[str, str]]
"""The same for a block tag: the Markdown before and after its body."""

_ARGUMENT = re.compile(r"\{\{-?\s*argument\s*-?\}\}")
_BODY = re.compile(r"\{\{-?\s*body\s*-?\}\}")
_BASEURL = re.compile(r"\{\{-?\s*site\.baseurl\s*-?\}\}")


def has_body(template: str) -> bool:
    """Whether a template is a block tag's."""
    return bool(_BODY.search(template))


def tag_from_template(name: str, template: str) -> type[Tag]:
    """A tag that stands for a template."""
    before, *after = _BODY.split(template, maxsplit=1)

    def fill(text: str, argument: str) -> str:
        return _ARGUMENT.sub(lambda _: argument, text)

    if after:
        return custom_block(name, lambda argument, _: (fill(before, argument), fill(after[0], argument)))
    return custom_tag(name, lambda argument, _: fill(before, argument))


class _CustomNode(Node):
    """Writes what a tag stands for, and its body, if it has one, in the middle."""

    __slots__ = ("argument", "body", "function")

    def __init__(self, token: Token, argument: str, body: BlockNode | None, function: Callable[..., Any]) -> None:
        super().__init__(token)
        self.argument = argument
        self.body = body
        self.function = function
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Call the function; one that fails is reported at the tag."""
        page = page_context(context)
        parts = self._call(context)
        if parts is None:
            parts = ("", "")
            page.report(make_message("liquid-syntax", "custom-tag", tag=self.token.value), self.token, self.token.value)
        page.put(buffer, parts[0], self.token)
        if self.body is not None:
            page.render_nodes(self.body.nodes, context, buffer)
            page.put(buffer, parts[1], self.token)
        return 1

    def _call(self, context: RenderContext) -> tuple[str, str] | None:
        variables: Mapping[str, Any] = page_context(context).variables.get("page", {})
        try:
            result = self.function(self.argument, variables)
            before, after = (result, "") if self.body is None else result
        except Exception:  # noqa: BLE001 - the site's own code
            return None
        return (_clean(before), _clean(after)) if isinstance(before, str) and isinstance(after, str) else None


def _clean(text: str) -> str:
    """The text without what only docsite may write, and with the site's address as links have it."""
    return _BASEURL.sub(BASEURL, ANY_PLACEHOLDER.sub("\ufffd", text))


def custom_tag(tag: str, function: TagFunction) -> type[Tag]:
    """A tag without a body."""

    class Custom(Tag):
        name = tag
        block = False

        def parse(self, stream: TokenStream) -> Node:
            token = stream.eat(TOKEN_TAG)
            argument = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
            if stream.current.kind != TOKEN_EXPRESSION:
                stream.pos -= 1  # the parser steps over the last token of a tag
            return _CustomNode(token, argument.strip(), None, function)

    return Custom


def custom_block(tag: str, function: BlockFunction) -> type[Tag]:
    """A tag with a body."""

    class CustomBlock(Tag):
        name = tag
        end = f"end{tag}"

        def parse(self, stream: TokenStream) -> Node:
            token = stream.eat(TOKEN_TAG)
            argument = next(stream).value if stream.current.kind == TOKEN_EXPRESSION else ""
            body = get_parser(self.env).parse_block(stream, (self.end,))
            body.blank = False
            stream.expect(TOKEN_TAG, value=self.end)
            return _CustomNode(token, argument.strip(), body, function)

    return CustomBlock

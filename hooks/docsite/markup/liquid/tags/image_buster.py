"""`{% image_buster /assets/img/x.png %}`: the address of an image of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from liquid.ast import Node
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.render_context import page_context
from docsite.markup.placeholders import BASEURL

if TYPE_CHECKING:
    from liquid.context import RenderContext


class ImageNode(Node):
    """Writes the address."""

    __slots__ = ("path",)

    def __init__(self, token: Token, path: str) -> None:
        super().__init__(token)
        self.path = path
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the address behind the base address; a tag without a path is reported."""
        page = page_context(context)
        if not self.path:
            page.report(make_message("liquid-syntax", "no-image-path"), self.token, "image_buster")
        page.put(buffer, f"{BASEURL}/{self.path.strip('/')}", self.token)
        return 1


class ImageBusterTag(Tag):
    """Jekyll adds a fingerprint of the image here; a MkDocs site is published whole, so the plain address does."""

    name = "image_buster"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Read the path."""
        token = stream.eat(TOKEN_TAG)
        path = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
        if stream.current.kind != TOKEN_EXPRESSION:
            stream.pos -= 1  # the parser steps over the last token of a tag
        return ImageNode(token, path.strip("\"' "))

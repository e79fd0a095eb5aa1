"""`{% image_buster /assets/img/x.png %}` and `{% link guide/start.md %}`: addresses of the site's images and pages."""

from __future__ import annotations

from pathlib import PurePosixPath
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


class AddressNode(Node):
    """Writes the address."""

    __slots__ = ("address",)

    def __init__(self, token: Token, address: str | None) -> None:
        super().__init__(token)
        self.address = address
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the address behind the base address; a tag without a path is reported."""
        page = page_context(context)
        if self.address is None:
            page.report(make_message("liquid-syntax", "no-path", tag=self.token.value), self.token, self.token.value)
        page.put(buffer, f"{BASEURL}/{self.address or ''}", self.token)
        return 1


class AddressTag(Tag):
    """A tag that names a file of the sources."""

    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Read the path."""
        token = stream.eat(TOKEN_TAG)
        path = stream.current.value if stream.current.kind == TOKEN_EXPRESSION else ""
        if stream.current.kind != TOKEN_EXPRESSION:
            stream.pos -= 1  # the parser steps over the last token of a tag
        path = path.strip("\"' ").strip("/")
        return AddressNode(token, self.published(path) if path else None)

    def published(self, path: str) -> str:
        """Where a file of the sources is published."""
        return path


class ImageBusterTag(AddressTag):
    """Jekyll adds a fingerprint of the image here; a MkDocs site is published whole, so the plain address does."""

    name = "image_buster"


class LinkTag(AddressTag):
    """Jekyll's own link to a page, a document of a collection or a file."""

    name = "link"

    def published(self, path: str) -> str:
        """A page has its folder, and a collection its name without the underscore."""
        page = PurePosixPath(path.removeprefix("_"))
        if page.suffix not in {".md", ".markdown", ".html"}:
            return path
        folder = page.parent if page.stem == "index" else page.with_suffix("")
        return f"{folder.as_posix()}/" if folder.name else ""

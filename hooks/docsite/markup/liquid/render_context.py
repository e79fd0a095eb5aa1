"""What a tag may ask of the page it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from io import StringIO
from typing import TYPE_CHECKING, Any, Protocol, TextIO, cast

if TYPE_CHECKING:
    from liquid import BoundTemplate
    from liquid.ast import Node
    from liquid.context import RenderContext
    from liquid.exceptions import LiquidError
    from liquid.token import Token

    from docsite.diagnostics.messages import Message
    from docsite.markup.liquid.tagged_block import TaggedBlock


class PageContext(Protocol):
    """The page being rendered, as its tags see it.

    Attributes:
        language: of the page.
        variables: the global ones, such as `site` and `page`.
        inputs: what the page depends on besides its own text and the settings (see `LiquidEnvironment`).
        printed_openings: how many `{%` values have printed whose `%}` is still to come.
    """

    language: str
    variables: Mapping[str, Any]
    inputs: dict[str, str]
    printed_openings: int

    def new_buffer(self) -> StringIO:
        """A buffer for captured text, on the same budget."""

    def put(self, buffer: TextIO, text: str, token: Token) -> None:
        """Write text that stands for a token."""

    def put_at(self, buffer: TextIO, text: str, token: Token, step: int) -> None:
        """Write text with its place (see `SourceBuffer.put`)."""

    def add_block(self, block: TaggedBlock) -> int:
        """Enter a block; the index names it in the output."""

    def render_nodes(self, nodes: Iterable[Node], context: RenderContext, buffer: TextIO) -> int:
        """Render nodes one by one, so that a problem in one does not hide those in the next."""

    def included(self, name: str, token: Token) -> BoundTemplate | None:
        """The template of an included file; None, once reported, when it cannot be had."""

    def including(self, name: str, template: BoundTemplate, token: Token) -> AbstractContextManager[None]:
        """While an included file is rendered: the parameters that it misses are one problem, of its tag."""

    def report(self, message: Message, token: Token, target: str = "", suggestion: str = "") -> None:
        """Note a problem at a token."""

    def note_error(self, error: LiquidError, token: Token) -> None:
        """Note an error of Liquid's, at the token unless it has a place of its own."""


def page_context(context: RenderContext) -> PageContext:
    """The page that a context belongs to."""
    return cast("PageContext", context.env)

"""Liquid's text and output, written with the place they come from; and variables without value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TextIO

from liquid.builtin.content import ContentNode, Literal
from liquid.builtin.expressions import FilteredExpression
from liquid.builtin.output import Output, OutputNode
from liquid.exceptions import LiquidError, LiquidValueError, UndefinedError
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.stringify import to_liquid_string
from liquid.token import TOKEN_EXPRESSION, TOKEN_OUTPUT
from liquid.undefined import FalsyStrictUndefined

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.expression_tokens import ExpressionStream
from docsite.markup.liquid.mapped_output import MappedBuffer, MappedString
from docsite.markup.liquid.render_context import page_context
from docsite.markup.placeholders import show_liquid

if TYPE_CHECKING:
    from liquid.context import RenderContext


_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}")


class Undefined(FalsyStrictUndefined):
    """A variable without value: an error to print, yet fit to be tested, looped over or given a default."""

    force_liquid_default = True
    allowed_properties = FalsyStrictUndefined.allowed_properties | {"__iter__", "__len__", "items", "msg"}

    def __iter__(self) -> Iterator[Any]:
        if self.msg.startswith("site."):  # `page` and `include` hold what the writer gave; `site` is always the same
            raise UndefinedError(self.msg, token=self.token)
        return iter(())

    def __len__(self) -> int:
        return 0


class TextNode(ContentNode):
    """Text between tags."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the text; a `%}` in it is what is left of a tag, unless a value has printed its `{%`."""
        page = page_context(context)
        whole, start, text = self.token.source, self.token.start_index, show_liquid(self.text)
        raw = _RAW.match(whole, start)
        if raw or not whole.startswith(text, start):  # raw, or white space control: the text begins further on
            start = max(start, whole.find(text, raw.end() if raw else start))
        ends = [found.start() for found in re.finditer("%}", self.text)] if not raw and "%}" in self.text else []
        left = ends[page.printed_openings :]
        page.printed_openings -= min(page.printed_openings, len(ends))
        if left:
            at = self.token._replace(start_index=start + left[0])
            page.report(make_message("liquid-left-over", "closing"), at, "%}")
        page.put_at(buffer, text, self.token._replace(start_index=start), 1)
        return len(text)


class TextTag(Literal):
    """Makes text nodes."""

    node_class = TextNode


class MappedOutputNode(OutputNode):
    """`{{ ... }}`."""

    __slots__ = ()

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the value: captured text with the place of each of its pieces, anything else with this one."""
        page = page_context(context)
        try:
            value = self.expression.evaluate(context)
            text = value if isinstance(value, MappedString) else to_liquid_string(value, autoescape=False)
        except ValueError as error:  # a number of too many digits
            page.note_error(LiquidValueError(str(error), token=self.token), self.token)
            return 0
        except LiquidError as error:
            page.note_error(error, self.token)
            return 0
        if isinstance(text, MappedString) and isinstance(buffer, MappedBuffer):
            for piece in text.pieces:
                buffer.put(*piece)
            return len(text)
        if _holds_liquid(text):
            page.report(make_message("liquid-left-over", "value"), self.token, text.strip())
        elif "{%" in text:
            page.printed_openings += text.count("{%")
        page.put(buffer, text, self.token)
        return len(text)


def _holds_liquid(text: str) -> bool:
    """Whether Liquid is left in a value; an opening alone is printed on purpose."""
    return any(
        text.find(closing, text.find(opening)) > 0
        for opening, closing in (("{{", "}}"), ("{%", "%}"))
        if opening in text
    )


class _BaseUrl(Expression):
    """`site.baseurl`, which most links begin with, and which so need not be parsed each time."""

    __slots__ = ()

    def evaluate(self, context: RenderContext) -> object:
        return context.get(["site", "baseurl"], token=self.token)

    def children(self) -> list[Expression]:
        return []


class OutputTag(Output):
    """Makes print nodes."""

    node_class = MappedOutputNode

    def parse(self, stream: TokenStream) -> MappedOutputNode:
        """Read the expression."""
        token = stream.eat(TOKEN_OUTPUT)
        inner = stream.expect(TOKEN_EXPRESSION)
        if inner.value == "site.baseurl":
            return MappedOutputNode(token, _BaseUrl(inner))
        return MappedOutputNode(token, FilteredExpression.parse(self.env, ExpressionStream(inner.value, inner)))

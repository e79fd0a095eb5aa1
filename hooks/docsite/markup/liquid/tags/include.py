"""`{% include file.md name="x" %}` as Jekyll has it: a bare file name, and parameters read as `include.name`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression
from liquid.expression import Expression
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.markup.liquid.error_messages import TagError
from docsite.markup.liquid.expression_tokens import ExpressionStream
from docsite.markup.liquid.render_context import page_context

if TYPE_CHECKING:
    from liquid.context import RenderContext

_NAME = re.compile(r"\s*(\S+)")
_PARAMETER = re.compile(r"\s*([\w-]+)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[\w.\[\]-]+)")


class IncludeNode(Node):
    """Renders a file with parameters of its own and everything else of the page around it."""

    __slots__ = ("name", "parameters")

    def __init__(self, token: Token, name: str, parameters: dict[str, Expression | str]) -> None:
        super().__init__(token)
        self.name = name
        self.parameters = parameters
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Render the included file; a missing one is reported."""
        page = page_context(context)
        template = page.included(self.name, self.token)
        if template is None:
            return 0
        values = {
            key: value if isinstance(value, str) else value.evaluate(context) for key, value in self.parameters.items()
        }
        with page.including(self.name, template, self.token), context.extend({"include": values}, template=template):
            template.render_with_context(context, buffer, partial=True)
        return 1


class IncludeTag(Tag):
    """Replaces Liquid's own include, which Jekyll replaces too."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Read the name and the parameters."""
        token = stream.eat(TOKEN_TAG)
        expression = stream.current
        name = _NAME.match(expression.value) if expression.kind == TOKEN_EXPRESSION else None
        if name is None:
            stream.pos -= 1  # the parser steps over the last token of a tag
            raise TagError("include-name", token)
        return IncludeNode(token, name[1], self._parameters(expression, name.end()))

    def _parameters(self, expression: Token, at: int) -> dict[str, Expression | str]:
        parameters: dict[str, Expression | str] = {}
        text = expression.value
        while at < len(text.rstrip()):
            found = _PARAMETER.match(text, at)
            if found is None:
                raise TagError("include-parameter", expression, source=text[at:].strip())
            parameters[found[1]] = self._value(found[2], expression, found.start(2))
            at = found.end()
        return parameters

    def _value(self, text: str, expression: Token, at: int) -> Expression | str:
        if text[0] in "\"'":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        token = expression._replace(value=text, start_index=expression.start_index + at)
        return FilteredExpression.parse(self.env, ExpressionStream(text, token))

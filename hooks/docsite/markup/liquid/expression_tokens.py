"""Tokens of expressions, in which `limit` or `for` is a name like any other outside loops, as in Ruby's Liquid."""

from __future__ import annotations

from collections.abc import Iterator

from liquid.builtin.expressions import tokenize
from liquid.exceptions import LiquidSyntaxError
from liquid.stream import TokenStream
from liquid.token import TOKEN_DOT, TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_WORD, Token

_LOOPS = ("for", "tablerow")
_VALUES = frozenset({"true", "false", "nil", "null", "empty", "blank", "and", "or", "contains", "not", "in"})


def tokenize_expression(text: str, parent: Token, *, loop: bool = False) -> Iterator[Token]:
    """The tokens of an expression; `loop` says that it is a loop's, where `limit` and its like are keywords."""
    after_dot = False
    for token in tokenize(text, parent):
        name = token.kind == token.value and token.value.isidentifier()
        plain = name and (after_dot or not (loop or token.value in _VALUES))
        yield token._replace(kind=TOKEN_WORD) if plain else token
        after_dot = token.kind == TOKEN_DOT


class ExpressionStream(TokenStream):
    """The tokens of one expression; what is missing at its end is missing behind its last word."""

    def __init__(self, text: str, parent: Token, *, loop: bool = False) -> None:
        super().__init__(tokenize_expression(text, parent, loop=loop))
        last = (text.split() or [text])[-1]
        self.eof = Token(TOKEN_EOF, last, parent.start_index + text.rfind(last), parent.source)


class TagStream(TokenStream):
    """A stream of tags whose expressions are read by `words`."""

    def into_inner(self, *, tag: Token | None = None, eat: bool = True) -> TokenStream:
        token = self.current
        if token.kind != TOKEN_EXPRESSION:
            raise LiquidSyntaxError("missing expression", token=tag or self.tokens[self.pos - 1])
        if eat:
            next(self)
        return ExpressionStream(token.value, token, loop=tag is None or tag.value in _LOOPS)

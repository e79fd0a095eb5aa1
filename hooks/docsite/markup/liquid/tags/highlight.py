"""`{% highlight js %}...{% endhighlight %}`: code, written as the fence that the tags stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TextIO

from liquid.ast import BlockNode, Node
from liquid.parser import get_parser
from liquid.stream import TokenStream
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.mapped_output import write_captured
from docsite.markup.liquid.render_context import PageContext, page_context

if TYPE_CHECKING:
    from liquid.context import RenderContext

_ARGUMENT = re.compile(r"([\w.+#-]+)(?:\s+\w+(?:=(?:\w+|\"[\d\s]*\"))?)*", re.ASCII)
"""A language and options, as Jekyll takes them."""

_CONTAINERS = re.compile(r"(?:[ \t]*(?:[-*+>:]|\d+\.)(?=[ \t]))*[ \t]*")
"""Indentation and the marks of lists and quotes, which may stand before a block on its line."""


class HighlightNode(Node):
    """Writes the code between the lines of a fence."""

    __slots__ = ("argument", "body", "end")

    def __init__(self, token: Token, argument: str, body: BlockNode, end: Token) -> None:
        super().__init__(token)
        self.argument = argument
        self.body = body
        self.end = end
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the fence and the code; an argument that Jekyll refuses is reported."""
        page = page_context(context)
        argument = _ARGUMENT.fullmatch(self.argument)
        if argument is None:
            page.report(make_message("liquid-syntax", "highlight-language"), self.token, self.argument or "highlight")
        code = page.new_buffer()
        page.render_nodes(self.body.nodes, context, code)
        fence = _fence(code.getvalue())
        self._put(page, buffer, self.token, fence + (argument[1] if argument else ""))
        write_captured(buffer, code.getvalue())
        self._put(page, buffer, self.end, fence)
        return 1

    @staticmethod
    def _put(page: PageContext, buffer: TextIO, tag: Token, line: str) -> None:
        before, after = _line_breaks(tag)
        page.put(buffer, f"{before}{line}{after}", tag)


class HighlightTag(Tag):
    """Jekyll's own code block. Its options, which number or mark lines, are left out."""

    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        """Read the language and everything up to the closing tag."""
        token = stream.eat(TOKEN_TAG)
        argument = next(stream).value if stream.current.kind == TOKEN_EXPRESSION else ""
        body = get_parser(self.env).parse_block(stream, (self.end,))
        body.blank = False
        stream.expect(TOKEN_TAG, value=self.end)
        return HighlightNode(token, argument.strip(), body, stream.current)


def _fence(code: str) -> str:
    """A fence that no line of the code ends."""
    return "~" * max(3, 1 + max(map(len, re.findall("~+", code)), default=0))


def _line_breaks(tag: Token) -> tuple[str, str]:
    """The line breaks, each with the marks of the containers, that give a tag a line of its own."""
    text = tag.source
    start, end = text.rindex("{%", 0, tag.start_index), text.index("%}", tag.start_index)
    line = text[text.rfind("\n", 0, start) + 1 : start]
    rest = text[end + 2 :].partition("\n")[0]
    marks = _CONTAINERS.match(line)
    line_break = "\n" + re.sub(r"[^\s>]", " ", marks[0] if marks else "")
    begins = _CONTAINERS.fullmatch(line) and text[start + 2] != "-"
    ends = not rest.strip() and text[end - 1] != "-"
    return "" if begins else line_break, "" if ends else line_break

"""The tokens of a text with Liquid in which delimiters, `raw` and comments may be left open.

Liquid's own tokenizer stops at the first of them, or takes the rest of the page for a comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from liquid.exceptions import LiquidSyntaxError
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.tag_checker import TagProblem, unclosed_problem
from docsite.markup.native.code_spans import code_spans
from docsite.markup.placeholders import hide_liquid

_RAW = re.compile(r"(\{%-?\s*)raw(?=\s*-?%\})")
_END_RAW = re.compile(r"\{%-?\s*endraw\s*-?%\}")
_RAW_MASK = "ra_"
_COMMENTS = re.compile(r"\{%-?\s*raw\s*-?%\}[\s\S]*?\{%-?\s*endraw\s*-?%\}|\{%-?\s*((?:end)?comment)\b[\s\S]*?%\}")


def _masked(text: str, marks: Iterable[int]) -> str:
    """The text with the delimiters at some offsets masked; -1 stands for none."""
    parts, done = [], 0
    for mark in sorted(mark for mark in marks if mark >= 0):
        parts += [text[done:mark], "\ufffd\ufffd"]
        done = mark + 2
    return "".join([*parts, text[done:]])


def _open_raws(text: str) -> str:
    """The text with another name for raw tags that nothing closes: Liquid looks for the end of each up to the last."""
    ends = [match.start() for match in _END_RAW.finditer(text)]
    last = ends[-1] if ends else 0
    return text[:last] + _RAW.sub(lambda tag: f"{tag[1]}{_RAW_MASK}", text[last:])


def _without_code(text: str) -> str:
    """The text with the Liquid in its code hidden."""
    parts, at = [], 0
    for start, stop in code_spans(text):
        parts += [text[at:start], hide_liquid(text[start:stop])]
        at = stop
    return "".join([*parts, text[at:]])


def _unmasked(token: Token, text: str) -> Token:
    value = "raw" if token.value == _RAW_MASK and text.startswith("raw", token.start_index) else token.value
    return token._replace(value=value, source=text)


def _open_comment(tokens: Sequence[Token]) -> Token | None:
    """The comment tag that Liquid's tokens end with when it is never closed, since it takes in all that follows."""
    last = next((token for token in reversed(tokens) if token.kind != TOKEN_EXPRESSION), None)
    return last if last and last.kind == TOKEN_TAG and last.value == "comment" else None


@dataclass(frozen=True)
class TokenReader:
    """Reads the tokens of one text.

    Attributes:
        tokenize: Liquid's own.
        native: whether the page is Python-Markdown's, in whose code Liquid means nothing.
        report: is given what is never closed; it may raise, to end the reading.
    """

    tokenize: Callable[[str], Iterable[Token]]
    text: str
    native: bool
    report: Callable[[TagProblem], object]

    def read(self) -> list[Token]:
        """The tokens; what is never closed is passed over."""
        text, tokens, looked = self.text, [], False
        masked = self._without_open_end(_open_raws(_without_code(text) if self.native else text))
        while True:
            try:
                tokens = list(self.tokenize(masked))
            except LiquidSyntaxError as error:
                at = error.token.start_index if error.token else 0
                opened, closing = masked[at : at + 2], "}}" if masked.startswith("{{", at) else "%}"
                end = masked.find(closing, at, (masked.find("\n", at) + 1 or len(masked) + 1) - 1)
                marks = [at, end]  # a tag without a name has an end of its own
                if masked.find(closing, at) < 0:  # nor is any other behind the last that is
                    last = masked.rfind(closing) + 1
                    marks = [last + found.start() for found in re.finditer(re.escape(opened), masked[last:])]
                for start in [mark for mark in marks if mark != end]:
                    self._add_open_delimiter(opened, closing, start)
                masked = _masked(masked, marks)
            else:
                if (comment := _open_comment(tokens)) is None:
                    return [_unmasked(token, text) for token in tokens] if masked != text else tokens
                masked, looked = self._without_open_comments(masked, comment._replace(source=text), every=looked), True

    def _without_open_end(self, masked: str) -> str:
        """The text with the delimiters masked that nothing can close: Liquid looks for the end of each."""
        last = max(masked.rfind("}}"), masked.rfind("%}")) + 1
        marks = [found.start() for found in re.finditer(r"\{[{%]", masked[last:])]
        for mark in marks:
            opened = masked[last + mark : last + mark + 2]
            self._add_open_delimiter(opened, "}}" if opened == "{{" else "%}", last + mark)
        return _masked(masked, [last + mark for mark in marks]) if marks else masked

    def _add_open_delimiter(self, opened: str, closing: str, start: int) -> None:
        message = make_message("liquid-unclosed", "delimiter", opening=opened, closing=closing)
        self.report(TagProblem(message, Token("content", opened, start, self.text), opened))

    def _without_open_comments(self, text: str, first: Token, *, every: bool) -> str:
        """The text without comments that nothing closes, from the first on: each hides its line, not the page.

        Args:
            every: whether nothing is taken for the end of one.
        """
        opened: list[re.Match[str]] = []
        for found in _COMMENTS.finditer(text, text.rindex("{%", 0, first.start_index)):
            if found[1] == "comment":
                opened.append(found)
            elif found[1] and opened and not every:
                opened.pop()
        parts, at = [], 0
        for found in opened:
            self.report(unclosed_problem(first._replace(start_index=found.start(1)), "endcomment", ""))
            end = (text.find("\n", found.end()) + 1 or len(text) + 1) - 1
            parts += [text[at : found.start()], re.sub(r"[^\n]", " ", text[max(at, found.start()) : end])]
            at = max(at, end)
        return "".join([*parts, text[at:]])

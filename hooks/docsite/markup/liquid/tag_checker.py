"""The structure of tags on a page, checked before anything is parsed.

Every unknown tag, unclosed block and stray closing tag is found in one pass, and the stream of tokens is fixed, so
that the parser can go on and find the problems inside tags as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from docsite.diagnostics.messages import Message, any_of, make_message
from docsite.diagnostics.suggestions import closest_match, unambiguous_match

INSIDE: Mapping[str, frozenset[str]] = {
    "else": frozenset({"if", "unless", "case", "for"}),
    "elsif": frozenset({"if", "unless"}),
    "when": frozenset({"case"}),
    "tab": frozenset({"tabs"}),
    "subtab": frozenset({"subtabs"}),
}
"""Tags that mean something only right inside certain blocks."""


class TagProblem(NamedTuple):
    """A problem of structure at a token; `fixes` are the tags to rename, where there is no doubt about it."""

    message: Message
    token: Token
    target: str
    suggestion: str = ""
    fixes: tuple[tuple[Token, str], ...] = ()


AUTOFIX_THRESHOLD = 80
"""Similarity in per cent from which on a tag is surely meant: there are few, and they are short."""


@dataclass
class _OpenTag:
    """A block that is open.

    Attributes:
        at: where its tag stands among the tokens.
        problem: the index of the problem with its tag.
        meant: what the tag is taken for.
    """

    token: Token
    end: str
    known: bool
    at: int = 0
    problem: int = -1
    meant: str = ""


@dataclass
class TagChecker:
    """The tokens of a page, fixed so that they can be parsed, and the problems of structure.

    Attributes:
        tags: the known tags; a block's closing tag, or "" for a tag without one.
    """

    tags: Mapping[str, str]
    tokens: list[Token] = field(default_factory=list)
    problems: list[TagProblem] = field(default_factory=list)
    _stack: list[_OpenTag] = field(default_factory=list)

    def read(self, tokens: Iterable[Token]) -> None:
        """Take in the tokens of a whole page."""
        dropping = False
        for token in tokens:
            if token.kind == TOKEN_TAG:
                dropping = not self._tag(token)
            elif token.kind == TOKEN_EXPRESSION and dropping:
                continue
            else:
                dropping = False
            if not dropping:
                self.tokens.append(token)
        while self._stack:
            self._unclosed(self._stack.pop(), "")

    def _tag(self, token: Token) -> bool:
        """Whether the tag can stay."""
        name = token.value
        if name in INSIDE and name not in self.tags:
            return self._inner(token)
        if name in INSIDE and not self._inner(token):
            return False
        if name in self.tags:
            if self.tags[name]:
                self._stack.append(_OpenTag(token, self.tags[name], known=True, at=len(self.tokens)))
            return True
        if name.startswith("end"):
            return self._closing(token)
        if name == "raw":
            self.problems.append(unclosed_problem(token, "endraw", ""))
            return False
        self._unknown(token)
        return False

    def _unknown(self, token: Token) -> None:
        known = [*self.tags, "raw", "else", "elsif", "when"]
        meant, sure = closest_match(token.value, known), unambiguous_match(token.value, known, AUTOFIX_THRESHOLD)
        fixes = ((token, sure),) if sure and sure == meant else ()
        message = make_message("liquid-unknown-tag", "tag", tag=token.value)
        opened = _OpenTag(
            token, f"end{token.value}", known=False, problem=len(self.problems), meant=sure if fixes else ""
        )
        self._stack.append(opened)
        self.problems.append(TagProblem(message, token, token.value, meant, fixes))

    def _inner(self, token: Token) -> bool:
        parents = INSIDE[token.value]
        around = [entry.token.value for entry in self._stack if entry.known]
        if parents.intersection(around if token.value in self.tags else around[-1:]):
            return True
        *others, last = [f"`{name}`" for name in sorted(parents)]
        allowed = any_of([", ".join(others), last] if others else [last])
        message = make_message("liquid-crossed", "outside", tag=token.value, parents=allowed)
        self.problems.append(TagProblem(message, token, token.value))
        if self.tags.get(token.value):
            self._stack.append(_OpenTag(token, self.tags[token.value], known=False))
        return False

    def _closing(self, token: Token) -> bool:
        if self._stack and self._stack[-1].meant and self.tags.get(self._stack[-1].meant) == token.value:
            self._stack.pop()  # only the opening tag is misspelt
            return False
        if not any(entry.end == token.value for entry in self._stack):
            known = token.value in self.tags.values() or token.value == "endraw"
            message = make_message("liquid-unknown-tag", "closing", tag=token.value)
            if known:
                message = make_message("liquid-crossed", "no-opening", tag=token.value)
            ends = [entry.end for entry in self._stack] or [end for end in self.tags.values() if end]
            meant = closest_match(token.value, ends)
            meant = "" if meant == token.value else meant
            sure = bool(meant) and not known and unambiguous_match(token.value, ends, AUTOFIX_THRESHOLD) == meant
            fixes = ((token, meant),) if sure else ()
            self.problems.append(TagProblem(message, token, token.value, meant, fixes))
            if meant and self._stack and self._stack[-1].end == meant:
                return self._close_as(token, self._stack.pop())
            return False
        while self._stack[-1].end != token.value:
            self._unclosed(self._stack.pop(), token.value)
        opened = self._stack.pop()
        self._fix_end(opened, token)
        return opened.known

    def _fix_end(self, opened: _OpenTag, token: Token) -> None:
        """A misspelt tag and its closing tag, misspelt like it, are fixed together."""
        end = self.tags.get(opened.meant)
        if end:
            problem = self.problems[opened.problem]
            self.problems[opened.problem] = problem._replace(fixes=(*problem.fixes, (token, end)))

    def _close_as(self, token: Token, opened: _OpenTag) -> bool:
        """Take a misspelt closing tag for the one meant."""
        if opened.known:
            self.tokens.append(token._replace(value=opened.end))
        return False

    def _unclosed(self, opened: _OpenTag, met: str) -> None:
        if opened.known:
            self.problems.append(unclosed_problem(opened.token, opened.end, met))
            self.tokens.append(opened.token._replace(value=opened.end))
            if opened.token.value == "for":
                self._run_once(opened.at + 1)

    def _run_once(self, at: int) -> None:
        """Let a loop that is never closed go round once: it holds all that follows, and so may a loop in it."""
        expression = self.tokens[at] if at < len(self.tokens) else None
        if expression is not None and expression.kind == TOKEN_EXPRESSION:
            self.tokens[at] = expression._replace(value=f"{expression.value} limit: 1")


def unclosed_problem(token: Token, end: str, met: str) -> TagProblem:
    """The problem of a block that stays open; `met` is the closing tag that comes instead of its own, or ""."""
    message = make_message("liquid-unclosed", "tag", tag=token.value, end=end)
    if met:
        message = make_message("liquid-unclosed", "tag-before", tag=token.value, end=end, next=met)
    return TagProblem(message, token, token.value)

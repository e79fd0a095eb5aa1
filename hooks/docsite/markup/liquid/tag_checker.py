"""The structure of tags on a page, checked before anything is parsed.

Every unknown tag, unclosed block and stray closing tag is found in one pass, and the stream of tokens is mended, so
that the parser can go on and find the faults inside tags as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

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
    """A fault of structure, at a token; `mends` are the tags to rename, where their names are surely meant."""

    rule: str
    token: Token
    message: str
    target: str
    suggestion: str = ""
    mends: tuple[tuple[Token, str], ...] = ()


AUTOFIX_THRESHOLD = 80
"""Similarity in per cent from which on a tag is surely meant: there are few, and they are short."""


@dataclass
class _Open:
    """A block that is open; `fault` is the index of the fault that its tag is, and `meant` what it is taken for."""

    token: Token
    end: str
    known: bool
    fault: int = -1
    meant: str = ""


@dataclass
class TagChecker:
    """The mended tokens of a page and the faults of structure.

    Attributes:
        tags: the known tags; a block's closing tag, or "" for a tag without one.
    """

    tags: Mapping[str, str]
    tokens: list[Token] = field(default_factory=list)
    faults: list[TagProblem] = field(default_factory=list)
    _stack: list[_Open] = field(default_factory=list)

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
                self._stack.append(_Open(token, self.tags[name], known=True))
            return True
        if name.startswith("end"):
            return self._closing(token)
        if name == "raw":
            self.faults.append(unclosed_problem(token, "endraw", ""))
            return False
        self._unknown(token)
        return False

    def _unknown(self, token: Token) -> None:
        known = [*self.tags, "raw", "else", "elsif", "when"]
        meant, sure = closest_match(token.value, known), unambiguous_match(token.value, known, AUTOFIX_THRESHOLD)
        mends = ((token, sure),) if sure and sure == meant else ()
        fault = TagProblem("liquid-unknown-tag", token, f"There is no tag “{token.value}”.", token.value, meant, mends)
        self._stack.append(_Open(token, f"end{token.value}", False, len(self.faults), sure if mends else ""))
        self.faults.append(fault)

    def _inner(self, token: Token) -> bool:
        parents = INSIDE[token.value]
        around = [entry.token.value for entry in self._stack if entry.known]
        if parents.intersection(around if token.value in self.tags else around[-1:]):
            return True
        blocks = " or ".join(sorted(parents))
        message = f"“{token.value}” has its place inside {blocks}."
        self.faults.append(TagProblem("liquid-crossed", token, message, token.value))
        if self.tags.get(token.value):
            self._stack.append(_Open(token, self.tags[token.value], known=False))
        return False

    def _closing(self, token: Token) -> bool:
        if self._stack and self._stack[-1].meant and self.tags.get(self._stack[-1].meant) == token.value:
            self._stack.pop()  # only the opening tag is misspelt
            return False
        if not any(entry.end == token.value for entry in self._stack):
            known = token.value in self.tags.values() or token.value == "endraw"
            rule = "liquid-crossed" if known else "liquid-unknown-tag"
            what = "closes nothing" if known else "closes a tag that does not exist"
            ends = [entry.end for entry in self._stack] or [end for end in self.tags.values() if end]
            meant = closest_match(token.value, ends)
            meant = "" if meant == token.value else meant
            sure = bool(meant) and not known and unambiguous_match(token.value, ends, AUTOFIX_THRESHOLD) == meant
            mends = ((token, meant),) if sure else ()
            self.faults.append(TagProblem(rule, token, f"“{token.value}” {what}.", token.value, meant, mends))
            if meant and self._stack and self._stack[-1].end == meant:
                return self._close_as(token, self._stack.pop())
            return False
        while self._stack[-1].end != token.value:
            self._unclosed(self._stack.pop(), token.value)
        opened = self._stack.pop()
        self._mend_end(opened, token)
        return opened.known

    def _mend_end(self, opened: _Open, token: Token) -> None:
        """A misspelt tag and its closing tag, misspelt like it, are mended together."""
        end = self.tags.get(opened.meant)
        if end:
            fault = self.faults[opened.fault]
            self.faults[opened.fault] = fault._replace(mends=(*fault.mends, (token, end)))

    def _close_as(self, token: Token, opened: _Open) -> bool:
        """Take a misspelt closing tag for the one meant."""
        if opened.known:
            self.tokens.append(token._replace(value=opened.end))
        return False

    def _unclosed(self, opened: _Open, met: str) -> None:
        if opened.known:
            self.faults.append(unclosed_problem(opened.token, opened.end, met))
            self.tokens.append(opened.token._replace(value=opened.end))


def unclosed_problem(token: Token, end: str, met: str) -> TagProblem:
    """The fault of a block that stays open."""
    before = f" before “{met}”" if met else ""
    message = f"“{token.value}” opens here and is not closed{before}: add {{% {end} %}}."
    return TagProblem("liquid-unclosed", token, message, token.value)

"""French and English typography of running text, each problem with the edit that fixes it.

French: Lexique des règles typographiques en usage à l'Imprimerie nationale. English: The Chicago Manual of Style.
Code, addresses, HTML and Liquid never come here: the text is that of `Text` nodes, as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

THIN, NBSP = "\u202f", "\u00a0"
_ANY_SPACE = f"[ \\t{NBSP}{THIN}\u2009]"
_PLAIN = re.compile(f"[{NBSP}{THIN}]")


_ENTITY = re.compile(r"&#?\w+;")
"""Its semicolon is none of the text."""

_WORDS = r"[^\W_][\w\s.,;:!?'’…()\u00ab\u00bb-]*"
"""Words of a language, and nothing of a program."""


class TypographyProblem(NamedTuple):
    """A part of text that is against a rule, and what to write instead."""

    rule: str
    start: int
    stop: int
    written: str
    expected: str


class _Pattern(NamedTuple):
    """A rule; a text without any of its signs needs no look."""

    rule: str
    signs: str
    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]


def _rule(rule: str, signs: str, pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> _Pattern:
    if callable(replacement):
        return _Pattern(rule, signs, re.compile(pattern), replacement)
    return _Pattern(rule, signs, re.compile(pattern), lambda match: match.expand(replacement))


_ACCENTED = {
    "Evenement": "Événement",
    "Evenements": "Événements",
    "Evénement": "Événement",
    "Evénements": "Événements",
    "Etes-vous": "Êtes-vous",
    "Etre": "Être",
    "Ca": "Ça",
}
"""Words whose capital has lost its accent, and that are no other word without it, in English either."""

_DIGITS = "0123456789"
_SPACED = frozenset(f"«»;!?:{_DIGITS}")
"""Signs of which one is beside every space that a rule changes."""
_WORD_END = r"(?<=[\w\u00bb”’)\]%€…])"

_FRENCH: Sequence[_Pattern] = (
    # « A » is rewritten with the spaces inside the guillemets, whatever stood there.
    _rule("typography-guillemets", "«", rf"«(?!{THIN}){_ANY_SPACE}*(?=\S)", f"«{THIN}"),
    _rule("typography-guillemets", "»", rf"(?<=\S)(?<!{THIN}){_ANY_SPACE}*»|(?<=\S){_ANY_SPACE}{{2,}}»", f"{THIN}»"),
    _rule("typography-space", ";!?", rf"{_WORD_END}(?:[ {NBSP}\u2009])([;!?]+)(?![\w=])", rf"{THIN}\1"),
    _rule("typography-space", ";!?", r"(?<=[^\W\d_])()([;!?]+)(?=\s|$)", rf"{THIN}\2"),
    _rule("typography-space", ":", rf"{_WORD_END}[ {THIN}\u2009]:(?=\s|$)", f"{NBSP}:"),
    # Behind a single word it may be a key, as in « SIZE: 3 ».
    _rule("typography-space", ":", r"(?<![^\s(«])(\w[\w’']* [^\W\d_]{2,}):(?=\s|$)", rf"\1{NBSP}:"),
    _rule(
        "typography-space", _DIGITS, r"\b([Éé]tapes?|[Pp]ages?|[Ff]igures?|[Cc]hapitres?|n°|N°) ?(?=\d)", rf"\1{NBSP}"
    ),
    _rule("typography-apostrophe", "'", r"(?<=[^\W\d_])'(?=[^\W\d_«])", "’"),
    # Elision in front of a link, of emphasis or of code, with which the text ends here.
    _rule("typography-apostrophe", "'", r"(?:(?<=\b[cdjlmnstCDJLMNST])|(?<=[Qq]u))'\Z", "’"),
    # « etc. » says already that there is more.
    _rule("typography-ellipsis", ".…", r"(?<=\b[eE]tc)(?:\.{3}|…)", "."),
    _rule("typography-ellipsis", ".", r"(?<=[^\W\d_])\.\.\.(?!\.)", "…"),
    _rule("typography-ordinal", _DIGITS, r"\b1[èe]re(s?)\b", r"1re\1"),
    _rule(
        "typography-ordinal",
        _DIGITS,
        r"\b(\d+)i?[eè]mes?\b",
        lambda match: f"{match[1]}{'es' if match[0].endswith('s') else 'e'}",
    ),
    # One comma may stand before decimals, or between the items of a list.
    _rule(
        "typography-thousands",
        ",",
        r"(?<![\w.,:\[(])[1-9]\d{0,2}(?:,\d{3}){2,}(?![\w,:\])]|\.\d)",
        lambda match: match[0].replace(",", THIN),
    ),
    _rule(
        "typography-capital",
        "E",
        r"\bE(?=(?:clairs?|coles?|conomies?|crans?|crire|crivez|diter|ditez|lectronique|quipes?|tats?|tapes?"
        r"|tudes?|viter|vitez|valuer|changes?|checs?|nergies?|tendue)\b)",
        "É",
    ),
    _rule("typography-capital", "EC", rf"\b(?:{'|'.join(_ACCENTED)})\b(?!\.)", lambda match: _ACCENTED[match[0]]),
)
_ENGLISH: Sequence[_Pattern] = (
    _rule("typography-space", ";!?:", rf"(?<=[^\W\d_]{{2}})[ {NBSP}{THIN}]+([;!?:])(?=\s|$)", r"\1"),
    _rule("typography-quotes", "«", rf"«{_ANY_SPACE}*([^«»]*?){_ANY_SPACE}*»", r"“\1”"),
)
_RULES: Mapping[str, Sequence[_Pattern]] = {"fr": _FRENCH, "en": _ENGLISH}


_SIGNS: Mapping[str, frozenset[str]] = {
    "fr": frozenset("".join(['"', *(signs for _, signs, *_ in _FRENCH)])),
    "en": frozenset("".join(signs for _, signs, *_ in _ENGLISH)),
}
"""Signs of which a text has one where anything is wrong with it."""


def find_problems(text: str, language: str) -> Iterator[TypographyProblem]:
    """The problems of a part of running text, in a language such as `fr` or `fr-CA`; none overlap."""
    if _SIGNS.get(language.partition("-")[0], frozenset()).isdisjoint(text):
        return
    end = -1
    masked = _ENTITY.sub(lambda match: "\ufffc" * len(match[0]), text)
    found = _found(masked, language.partition("-")[0])
    for problem in sorted(found, key=lambda problem: (problem.start, -problem.stop)):
        if problem.start >= end:
            end = max(problem.stop, problem.start + 1)
            written = text[problem.start : problem.stop]
            entities = (char for char, mask in zip(written, problem.written, strict=True) if mask == "\ufffc")
            expected = "".join(next(entities) if char == "\ufffc" else char for char in problem.expected)
            yield problem._replace(written=written, expected=expected)


def fix_spaces(text: str, language: str) -> str:
    """The text with no-break spaces where plain ones were typed in their place; its length stays."""
    if _SPACED.isdisjoint(text):
        return text
    fixed = [*text]
    for problem in find_problems(text, language):
        same = [_PLAIN.sub(" ", part) for part in (problem.written, problem.expected)]
        if " " in problem.written and same[0] == same[1]:
            fixed[problem.start : problem.stop] = problem.expected
    return "".join(fixed)


def _found(text: str, language: str) -> Iterator[TypographyProblem]:
    present = {*text}
    for rule, signs, pattern, replace in _RULES.get(language, ()):
        for match in () if present.isdisjoint(signs) else pattern.finditer(text):
            expected = replace(match)
            if expected != match[0]:
                yield TypographyProblem(rule, match.start(), match.end(), match[0], expected)
    if language == "fr" and text.count('"') >= 2:
        yield from _straight_quotes(text)


def _straight_quotes(text: str) -> Iterator[TypographyProblem]:
    """Pairs of straight quotation marks around words, which are guillemets in French."""
    for match in re.finditer(
        rf'(?<![\w=\[({{,:])"({_ANY_SPACE}*)({_WORDS}?[^\W\d_]{{2}}[.!?…]*)({_ANY_SPACE}*)"(?![\w,:\])}}])', text
    ):
        yield TypographyProblem(
            "typography-guillemets", match.start(), match.start(2), match[0][:1] + match[1], f"«{THIN}"
        )
        yield TypographyProblem("typography-guillemets", match.end(2), match.end(), f'{match[3]}"', f"{THIN}»")

"""What python-liquid's errors mean to a writer: its own texts name Python's types and its own grammar."""

from __future__ import annotations

import re

from liquid.exceptions import FilterArgumentError, LiquidError, LiquidSyntaxError, LiquidTypeError, ResourceLimitError
from liquid.token import Token

from docsite.diagnostics.messages import Message, make_message, quote

_END = re.compile(r"expected (?P<wanted>.+), found end of expression")
_EXPECTED = re.compile(r"expected (?P<wanted>[^,]+), found (?P<found>\S+)")
_UNEXPECTED = re.compile(
    r"unexpected '(?P<found>[^']+)'|unexpected token (?P<kind>\w+)|unknown operator '(?P<operator>.+)'"
)
_FILTER = re.compile(r"(?P<name>\w+): (?P<said>.+)", re.DOTALL)
_ARGUMENTS = re.compile(r"\w+\(\) (?:missing|takes|got)\b")
WANTED = {
    "a primitive expression": "a value",
    "an infix expression": "an operator such as ==",
    "an argument name": "the name of an argument",
    "an identifier": "a name",
    "a name": "a name",
    "end of expression": "the end of the tag",
    "word": "a name",
}
"""Our words for python-liquid's."""

ANYTHING_ELSE = "something else"
_LIMITS = {
    "filter makes": "filter",
    "range": "range",
    "loop iteration": "loops",
    "too large": "output",
    "output stream": "output",
    "context depth": "nested",
    "nesting": "nested",
}


class TagError(LiquidSyntaxError):
    """An error of one of our own tags, which has its message already."""

    def __init__(self, key: str, token: Token, /, **params: str) -> None:
        super().__init__(key, token=token)
        self.described = make_message("liquid-syntax", key, **params)


def describe_limit(error: ResourceLimitError) -> Message:
    """The message about a limit that a page exceeds."""
    said = str(error.message)
    return make_message("liquid-limit", next((key for part, key in _LIMITS.items() if part in said), "other"))


def describe_syntax_error(error: LiquidError, source: str) -> Message:
    """The message about an error of python-liquid's.

    Args:
        source: the text at which the error is.
    """
    if isinstance(error, TagError):
        return error.described
    said = str(error.message)
    if source.strip() and (end := _END.fullmatch(said)):
        return make_message("liquid-syntax", "incomplete", source=source, wanted=_wanted(end["wanted"]))
    if called := _FILTER.fullmatch(said):
        return make_message("liquid-syntax", _filter_key(error, called["said"]), filter=called["name"])
    if _ARGUMENTS.match(said):
        return make_message("liquid-syntax", _filter_key(error, said), filter=source)
    if said == "missing expression":
        return make_message("liquid-syntax", "no-expression", tag=source)
    if isinstance(error, LiquidTypeError) and "not supported between" in said:
        return make_message("liquid-syntax", "comparison", operator=source)
    if "$" in source or "$" in said:
        return make_message("liquid-syntax", "not-liquid", source=source)
    if expected := _EXPECTED.fullmatch(said):
        instead = quote(source if source.strip() else expected["found"])
        return make_message("liquid-syntax", "expected", found=instead, wanted=_wanted(expected["wanted"]))
    if (unexpected := _UNEXPECTED.match(said)) and (found := unexpected["found"] or unexpected["operator"] or source):
        return make_message("liquid-syntax", "unexpected", found=quote(found))
    return make_message("liquid-syntax", "invalid", source=source) if source else make_message("liquid-syntax", "value")


def _wanted(said: str) -> Message:
    """What python-liquid expected, in our words; a sign or keyword is quoted."""
    sign = said.strip("'")
    return Message("", WANTED.get(said, ANYTHING_ELSE)) if said in WANTED or " " in sign else quote(sign)


def _filter_key(error: LiquidError, said: str) -> str:
    if isinstance(error, LiquidTypeError | FilterArgumentError):
        if "missing" in said:
            return "filter-argument"
        if "positional argument" in said or "keyword argument" in said:
            return "filter-arguments"
    return "filter-value"

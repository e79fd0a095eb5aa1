"""Straight quotation marks into curly ones, on the side that kramdown puts them."""

from __future__ import annotations

import re

_LEFT = {'"': "“", "'": "‘"}
_RIGHT = {'"': "”", "'": "’"}
_OPENS = frozenset(" \\\t\r\n[{(-")
"""A quotation mark behind one of these opens."""

_BEFORE_EMPHASIS = re.compile(r"[_*]{1,2}\S")
_BEFORE_SIGN = re.compile(r"[!-/:-@\[-`{-~](?!\.\.)\B")
_DECADE = re.compile(r"\d\ds")
_BEFORE_END = re.compile(r"\s|s\b|$")


def curl(text: str, at: int, stop: int, previous: str) -> tuple[str, int]:
    """The curly form of the mark at an offset, and the offset behind it; two marks together are turned as one.

    Args:
        previous: the character before, "" where the text begins or behind an element.
    """
    mark = text[at]
    following = text[at + 1 : min(stop, at + 6)]
    if not previous:
        if _BEFORE_EMPHASIS.match(following):
            return _LEFT[mark], at + 1
        if _BEFORE_SIGN.match(following):
            return _RIGHT[mark], at + 1
    if not previous or previous.isspace():
        if following[:1] in ('"', "'") and following[0] != mark and _is_word(following[1:2]):
            return _LEFT[mark] + _LEFT[following[0]], at + 2
        if mark == "'" and _DECADE.match(following):
            return "’", at + 1
        if not previous and following[:1] in ('"', "'"):
            return mark + _RIGHT[following[0]], at + 2
        if not previous and _BEFORE_END.match(following):
            return _RIGHT[mark], at + 1
        return _LEFT[mark], at + 1
    return (_LEFT if previous in _OPENS else _RIGHT)[mark], at + 1


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"

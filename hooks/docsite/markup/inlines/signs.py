"""Signs as kramdown shows them: curly quotation marks on their side, dashes, ellipses, escaped signs."""

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
_SIGNS = re.compile(r"---?|\.\.\.|<< ?| ?>>|\$\$(?P<formula>[\s\S]*?)\$\$")
_SHOWN = {
    "--": "–", "---": "—", "...": "…", "<<": "«", "<< ": "«\u00a0", ">>": "»", " >>": "\u00a0»",
}  # fmt: skip
_ESCAPED = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~")


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


def read_sign(text: str, at: int, stop: int) -> tuple[str, int] | None:
    """What is shown for a sign of several characters, and the offset behind it; None if it means nothing here."""
    found = _SIGNS.match(text, at, stop)
    if found is None:
        return None
    if found["formula"] is not None:  # which Jekyll leaves to a script of the page
        return f"\\({found['formula'].strip()}\\)", found.end()
    return _SHOWN[found[0]], found.end()


def read_escaped(text: str, at: int, stop: int) -> tuple[str, int]:
    """What is shown for a backslash, and the offset behind what it escapes."""
    following = text[at + 1 : min(stop, at + 3)]
    if following in ("<<", ">>"):
        return following, at + 3
    if following[:1] in _ESCAPED and following:
        return following[0], at + 2
    return "\\", at + 1

"""Texts from files and their names, made harmless for whatever they are printed on."""

from __future__ import annotations

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def encodable(text: str) -> str:
    """Text that UTF-8 can hold: a file's name may have bytes that are no characters."""
    return _SURROGATE.sub("\ufffd", text)


def printable(text: str) -> str:
    """Text without control characters, so that no file can drive a terminal or a parser; tabs become spaces."""
    return text if text.isprintable() else "".join(map(_printable_character, text))


def _printable_character(character: str) -> str:
    if character.isprintable() or character in "\u00a0\u202f\u2009":
        return character
    return " " if character == "\t" else "\ufffd"

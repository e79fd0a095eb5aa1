"""Entities and escapes: the signs that they stand for."""

from __future__ import annotations

import html
import re
from html.entities import html5

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def decoded(text: str) -> str:
    """Text as it is meant, without escapes and entities: an address, or what stands for an image."""
    return unescape(_ESCAPE.sub(r"\1", text))


def unescape(text: str) -> str:
    """Text without entities; `&copy=` of a query is none."""
    return _ENTITY.sub(lambda found: _value(found[0]), text)


def read_entity(text: str, at: int, stop: int) -> tuple[str, int] | None:
    """What the entity at an offset stands for, and the offset behind it; None if there is no known one."""
    found = _ENTITY.match(text, at, stop)
    value = _value(found[0]) if found else ""
    return (value, found.end()) if found and value != found[0] else None


def _value(text: str) -> str:
    """The sign that an entity stands for; an unknown one as it is, whatever its name begins with."""
    return html.unescape(text) if text[1] == "#" or text[1:] in html5 else text

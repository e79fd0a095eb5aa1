"""Where the address of a link ends."""

from __future__ import annotations

import re

_ESCAPED = re.compile(r"""\\[\s\S]|\(|\)|\s(?=['"])""")
_COUNTED = re.compile(r"""\(|\)|\s(?=['"])""")
_LONGEST = 1000
"""Characters that an address with a backslash may have."""
_DEPTH = {"(": 1, ")": -1}


def address_end(text: str, at: int, stop: int) -> re.Match[str] | None:
    """What ends the address behind the parenthesis at an offset: another one, or the white space before a title.

    A parenthesis behind a backslash ends nothing, unless that makes no address: for kramdown all of them count.
    """
    near = min(stop, at + _LONGEST)
    if "\\" not in text[at:near]:
        return _end(_COUNTED, text, at, stop)
    found = _end(_ESCAPED, text, at, near)
    if found is None or any(sign.isspace() for sign in text[at + 1 : found.start()].strip()):
        return _end(_COUNTED, text, at, near) or found
    return found


def _end(pattern: re.Pattern[str], text: str, at: int, stop: int) -> re.Match[str] | None:
    depth = 0
    for found in pattern.finditer(text, at, stop):
        depth += _DEPTH.get(found[0], 0)
        if depth == 0 or found[0].isspace():
            return found
    return None

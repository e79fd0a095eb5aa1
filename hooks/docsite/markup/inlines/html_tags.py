"""Tags of raw HTML in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

COMMENT = re.compile(r"<!--[\s\S]*?-->")
AUTOLINK = re.compile(r"<((?:mailto|https?|ftps?):[^\n<>]+?|[\w.-]+?@[\w.-]+?)>")
_ATTRIBUTE = re.compile(r"""(?<=[\s"'])([A-Za-z_:@][\w.:@-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_BARE_ATTRIBUTE = re.compile(r"\s([A-Za-z_:@][\w.:@-]*)(?=\s|/?>|$)(?!\s*=)")


def tag_attributes(tag: str) -> Iterator[tuple[str, str, int]]:
    """Name, value and place of the value of each attribute of an opening tag."""
    for found in _ATTRIBUTE.finditer(tag):
        group = next(number for number in (2, 3, 4) if found[number] is not None)
        yield found[1].lower(), found[group], found.start(group)


def bare_attributes(tag: str) -> list[str]:
    """Names of attributes without a value, such as `open`, of an opening tag."""
    return _BARE_ATTRIBUTE.findall(_QUOTED.sub('""', tag))

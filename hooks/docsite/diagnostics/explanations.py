"""The documentation of each rule: its section of contributing/checks.md, or of the French counterpart of that document.

The wheel carries both, beside this module.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from docsite._util.catalog import spoken_language

_NAMES = {"en": "checks.md", "fr": "fr/verification.md"}
"""The document of each language that is spoken."""

_FENCE = re.compile(r"(`{3,})")
_HEADING = re.compile(r"#{1,6} +(.+?) *$")


def explain_rule(rule: str) -> str:
    """What the documentation says of a rule, in Markdown and in the language that is spoken; "" for nothing."""
    return _sections(_NAMES[spoken_language()]).get(rule, "")


@cache
def _sections(name: str) -> dict[str, str]:
    """The text below each heading of a document."""
    beside = Path(__file__).parent / name
    file = beside if beside.is_file() else Path(__file__).parents[3] / "contributing" / name
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError:
        return {}
    found: dict[str, list[str]] = {}
    heading, fence = "", ""
    for line in lines:
        edge = _FENCE.match(line)
        if edge and not fence:
            fence = edge[1]
        elif fence and line.strip() == fence:
            fence = ""
        elif not fence and (match := _HEADING.match(line)):
            heading = match[1]
            continue
        found.setdefault(heading, []).append(line)
    return {name: "\n".join(text).strip("\n") for name, text in found.items()}

"""The documentation of each rule: its section of contributing/checks.md, which the wheel carries beside this module."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from docsite._util.catalog import spoken_language

_NAME = "checks.md"
_FENCE = re.compile(r"(`{3,})")
_EXAMPLE = re.compile(r"^(`{3,})(?!text$)\w+\n.*?^\1$", re.MULTILINE | re.DOTALL)
"""What a writer writes; the output that is shown below it is English."""

_HEADING = re.compile(r"#{1,6} +(.+?) *$")


def explain_rule(rule: str) -> str:
    """What the documentation, which is English, says of a rule in Markdown; in French its examples; "" for nothing."""
    text = _sections().get(rule, "")
    return text if spoken_language() == "en" else "\n\n".join(match[0] for match in _EXAMPLE.finditer(text))


@cache
def _sections() -> dict[str, str]:
    """The text below each heading."""
    beside = Path(__file__).with_name(_NAME)
    file = beside if beside.is_file() else Path(__file__).parents[3] / "contributing" / _NAME
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

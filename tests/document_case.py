"""A document as the tests read it: its sections, and the blocks of code in each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

EXAMPLE = "docs/en/example.md"
"""The file that an example becomes where no line above it names another."""

HEADING_OR_FENCE = re.compile(
    r"^(?P<level>\#{1,6})\ +(?P<heading>.+?)\ *$"
    r"|^(?:(?:(?:In|Dans)\ )?`(?P<path>[^`\n]+)`\u00a0?:\n\n)?"
    r"(?P<ticks>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Fence:
    """A block of code, and the path that the line above it names."""

    language: str
    path: str
    text: str


@dataclass
class Section:
    """A heading and the blocks of code up to the next heading."""

    heading: str
    level: int = 0
    fences: list[Fence] = field(default_factory=list)


def sections(document: str) -> list[Section]:
    found = [Section("")]
    for match in HEADING_OR_FENCE.finditer(document):
        if heading := match["heading"]:
            found.append(Section(heading.replace("`", ""), len(match["level"])))
        else:
            found[-1].fences.append(Fence(match["language"], match["path"] or EXAMPLE, match["text"]))
    return found

"""What a planted error is, and how what was found is compared with it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from docsite.diagnostics.findings import Finding

MARK = "⟦"
"""Stands in a text in front of the error, and is taken out before the text is written."""

SEED = int(os.environ.get("MUTATION_SEED", "20260"))


@dataclass(frozen=True, order=True)
class Expected:
    """The finding that an error must give; without a line, anywhere in the file."""

    rule: str
    path: str
    line: int | None
    column: int | None
    target: str

    def matches(self, finding: Finding) -> bool:
        """Whether the finding is this one."""
        place = finding.location
        return (
            (finding.rule, place.path, finding.target) == (self.rule, self.path, self.target)
            and self.line in (None, place.line)
            and self.column in (None, place.column)
        )

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.rule} target={self.target!r}"


@dataclass(frozen=True)
class Mutant:
    """A site with one error.

    Attributes:
        kind: what the error is, for the table.
        changes: new contents of files; None deletes one.
        expected: exactly what must be found.
        shown: the text that was planted, for people.
    """

    kind: str
    changes: dict[str, str | bytes | None]
    expected: tuple[Expected, ...]
    shown: str = ""
    control: dict[str, str | bytes | None] = field(default_factory=dict)


def place(text: str) -> tuple[str, int, int]:
    """A text without its MARK, and the line and column of the mark."""
    at = text.index(MARK)
    before = text[:at]
    return before + text[at + len(MARK) :], before.count("\n") + 1, at - before.rfind("\n")


def difference(expected: Iterable[Expected], found: Iterable[Finding]) -> str:
    """What was wanted and not found, and what was found and not wanted; "" when they agree."""
    wanted, left = list(expected), []
    for finding in found:
        match = next((one for one in wanted if one.matches(finding)), None)
        if match is None:
            left.append(finding)
        else:
            wanted.remove(match)
    lines = [f"  not found: {one}" for one in wanted]
    lines += [f"  too much:  {one} target={one.target!r}" for one in left]
    return "\n".join(lines)

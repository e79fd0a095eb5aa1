"""One format a module. Each has `render(report)`, which turns the same findings into text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from docsite.findings import Finding, Severity


@dataclass(frozen=True)
class Summary:
    """Figures of a check; `seconds` is wall time."""

    pages: int
    links: int
    errors: int
    warnings: int
    seconds: float


@dataclass(frozen=True)
class Report:
    """What a check found.

    Attributes:
        line_of: the text of a line of a file, or "" when it is not to be had.
        colour: whether to colour the text, for people at a terminal.
        notes: sentences about the check itself, for people.
    """

    findings: Sequence[Finding]
    summary: Summary
    line_of: Callable[[str, int], str]
    colour: bool = False
    notes: Sequence[str] = field(default_factory=tuple)


def count(findings: Sequence[Finding], severity: Severity) -> int:
    """How many findings are of a severity."""
    return sum(finding.severity is severity for finding in findings)


def printable(text: str) -> str:
    """Text without control characters, so that no file can drive a terminal or a parser; tabs become spaces."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f\u2009" else " " if c == "\t" else "\ufffd" for c in text)

"""One format a module. Each has `render(report)`, which turns the same findings into text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from docsite.diagnostics.findings import Finding
from docsite.diagnostics.rules import Severity


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
        color: whether to color the text, for people at a terminal.
        notes: lines about the check itself, for people.
        extra: further keys of the JSON report, for programs.
        rules_url: where the documentation of the rules is; "" for no links to it.
    """

    findings: Sequence[Finding]
    summary: Summary
    line_of: Callable[[str, int], str]
    color: bool = False
    notes: Sequence[str] = field(default_factory=tuple)
    extra: Mapping[str, Any] = field(default_factory=dict)
    rules_url: str = ""


def count(findings: Sequence[Finding], severity: Severity) -> int:
    """How many findings are of a severity."""
    return sum(finding.severity is severity for finding in findings)

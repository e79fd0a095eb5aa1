"""For GitHub: workflow commands that annotate the lines of a pull request.

Escapes: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
"""

from __future__ import annotations

from docsite._util.printing import printable
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.reports import Report


def render(report: Report) -> str:
    """A command a finding."""
    return "".join(_one(finding) + "\n" for finding in report.findings)


def _one(finding: Finding) -> str:
    location = finding.location
    properties = f"file={_property(location.path)},line={location.line},col={location.column}"
    text = _data(f"{finding.message}{finding.hint}{finding.in_pages}")
    return f"::{finding.severity.value} {properties},title={_property(finding.rule)}::{text}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

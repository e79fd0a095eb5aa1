"""For programs: the findings and the summary as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from docsite._util.printing import encodable
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.reports import Report


def record(finding: Finding) -> dict[str, Any]:
    """One finding as JSON has it."""
    shared = {"included_at": [asdict(place) for place in finding.included_at]} if finding.included_at else {}
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "path": finding.location.path,
        "line": finding.location.line,
        "column": finding.location.column,
        "message": str(finding.message),
        "target": finding.target,
        "suggestion": finding.suggestion,
    } | shared


def render(report: Report) -> str:
    """One object with `findings`, `summary` and what else the report holds."""
    whole = {"findings": [record(finding) for finding in report.findings], "summary": asdict(report.summary)}
    return encodable(json.dumps({**whole, **report.extra}, ensure_ascii=False, indent=2)) + "\n"

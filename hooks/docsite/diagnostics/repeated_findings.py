"""One finding in place of many that say the same of a whole tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from docsite.diagnostics.findings import Finding
from docsite.diagnostics.messages import make_message

_FOLDED = "front-matter-unknown-key"


def fold_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, of which those about one unknown key are one, with the number of pages that have it."""
    found = list(findings)
    counts = Counter(finding.target for finding in found if finding.rule == _FOLDED)
    seen: set[str] = set()
    return [_folded(finding, counts) for finding in found if not _is_repeated(finding, seen)]


def _is_repeated(finding: Finding, seen: set[str]) -> bool:
    repeated = finding.rule == _FOLDED and finding.target in seen
    if finding.rule == _FOLDED:
        seen.add(finding.target)
    return repeated


def _folded(finding: Finding, counts: Counter[str]) -> Finding:
    count = counts[finding.target] if finding.rule == _FOLDED else 1
    if count == 1:
        return finding
    return replace(finding, message=make_message(_FOLDED, "on-pages", key=finding.target, count=count))

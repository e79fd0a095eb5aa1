"""For code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from docsite import __version__
from docsite._util.catalog import translate
from docsite._util.printing import printable
from docsite.diagnostics.explanations import explain_rule
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.reports import Report
from docsite.diagnostics.rules import RULES, Rule, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


_LONE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Surrogates that stand for no byte of a file's name, as Windows allows them."""


def render(report: Report) -> str:
    """One run with every rule that found something."""
    rules = sorted({finding.rule for finding in report.findings})
    driver = {
        "name": "docsite",
        "semanticVersion": __version__,
        "rules": [_rule(RULES[name], report.rules_url) for name in rules],
    }
    run: dict[str, Any] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules) for finding in report.findings],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule, rules_url: str) -> dict[str, Any]:
    link = {"helpUri": f"{rules_url}#{rule.id}"} if rules_url else {}
    return link | {
        "id": rule.id,
        "shortDescription": {"text": translate(rule.summary)},
        "fullDescription": {"text": translate(rule.summary)},  # GitHub wants both
        "help": {"text": translate(rule.fix), "markdown": explain_rule(rule.id) or translate(rule.fix)},
        "defaultConfiguration": {"level": "note" if rule.severity is Severity.INFO else rule.severity.value},
    }


def _result(finding: Finding, rules: list[str]) -> dict[str, Any]:
    related = {"relatedLocations": [_location(place) for place in finding.included_at]} if finding.included_at else {}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": finding.severity.value,
        "message": {"text": printable(f"{finding.message}{finding.hint}")},
        "locations": [_location(finding.location)],
    } | related


def _location(location: Location) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(_LONE.sub("\ufffd", location.path), errors="surrogateescape")},
            "region": {"startLine": location.line, "startColumn": location.column},
        }
    }

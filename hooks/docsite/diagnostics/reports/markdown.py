"""For issues and summaries of jobs: a table in Markdown."""

from __future__ import annotations

import re

from docsite._util.catalog import translate, translate_number
from docsite._util.printing import encodable, printable
from docsite.diagnostics.reports import Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#@~&!])")


def render(report: Report) -> str:
    """A table with a row for each finding, what else there is to say, and the figures."""
    errors, warnings = report.summary.errors, report.summary.warnings
    figures = (
        translate_number("{number} error", "{number} errors", errors).format(number=errors),
        translate_number("{number} warning", "{number} warnings", warnings).format(number=warnings),
    )
    lines = [f"**{', '.join(figures)}**"]
    if report.findings:
        lines += ["", translate("| Where | What | Rule |"), "| --- | --- | --- |"]
    for finding in report.findings:
        cells = (f"{finding.location}", finding.labeled_message, finding.rule)
        lines.append(f"| {' | '.join(map(_escape, cells))} |")
    if report.notes:
        lines += ["", *(f"- {_escape(note)}" for note in report.notes)]
    return encodable("\n".join(lines)) + "\n"


def _escape(text: str) -> str:
    """Text that Markdown shows as it is; a mention of a user or a number of an issue notifies nobody."""
    return _SPECIAL.sub(r"\\\1", printable(text)).replace("\\@", "@\u200b").replace("\\#", "#\u200b")

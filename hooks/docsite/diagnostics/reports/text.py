"""For people: findings by file, with the line they are on and a caret."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from itertools import groupby

from docsite._util.catalog import decimal, translate, translate_number
from docsite._util.printing import printable
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.reports import Report
from docsite.diagnostics.rules import Severity

_RED, _YELLOW, _BOLD, _DIM, _PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
_WIDTH = 160
"""Columns of a source line that are shown around the problem."""


def render(report: Report) -> str:
    """The whole report, with a line of figures at the end."""
    paint = _paint if report.color else _leave
    parts: list[str] = []
    for path, findings in groupby(report.findings, key=lambda finding: finding.location.path):
        parts.append(paint(printable(path), _BOLD))
        parts += [_one(finding, report, paint) for finding in findings]
        parts.append("")
    parts += [printable(note) for note in report.notes]
    return "\n".join([*parts, _figures(report)]) + "\n"


def _paint(text: str, color: str) -> str:
    return f"{color}{text}{_PLAIN}"


def _leave(text: str, color: str) -> str:  # noqa: ARG001 - the same shape as _paint
    return text


def _one(finding: Finding, report: Report, paint: Callable[[str, str], str]) -> str:
    location = finding.location
    color = _RED if finding.severity is Severity.ERROR else _YELLOW
    severity = paint(translate(finding.severity.value), color)
    head = f"  {location.line}:{location.column} {severity} {printable(str(finding.message))}"
    lines = [f"{head} {paint(f'[{finding.rule}]', _DIM)}"]
    # What cannot be read has no lines, and to read a pipe would never end.
    line = "" if finding.rule == "file-unreadable" else report.line_of(location.path, location.line)
    shown, caret = _excerpt(line, location.column)
    if shown:
        lines += [f"    {shown}", f"    {caret}"]
    if finding.suggestion:
        hint = translate("did you mean: {suggestion}").format(suggestion=finding.suggestion)
        lines.append(f"    {printable(hint)}")
    if finding.in_pages:
        lines.append(f"    {printable(finding.in_pages.strip())}")
    return "\n".join(lines)


def _excerpt(line: str, column: int) -> tuple[str, str]:
    """The part of a line around a column, and a line with a caret under that column."""
    if not line or line.isspace():
        return "", ""
    start = max(0, column - 1 - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = printable(line[start : start + _WIDTH])  # cut first: a line may be long, and have many problems
    before = shown[: column - 1 - start]
    width = len(before) if before.isascii() else sum(map(_columns, before))
    return shown, " " * width + "^"


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _figures(report: Report) -> str:
    summary = report.summary
    figures = {
        "errors": translate_number("{number} error", "{number} errors", summary.errors).format(number=summary.errors),
        "warnings": translate_number("{number} warning", "{number} warnings", summary.warnings).format(
            number=summary.warnings
        ),
        "pages": translate_number("{number} page", "{number} pages", summary.pages).format(number=summary.pages),
        "links": translate_number("{number} link", "{number} links", summary.links).format(number=summary.links),
    }
    line = translate("{errors}, {warnings} in {pages}, {links} ({seconds} s)")
    return line.format(seconds=decimal(summary.seconds), **figures)

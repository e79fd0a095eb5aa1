"""The report of a command that checks: findings that were asked for and are not in the baseline."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from docsite.cli.options import FORMATS, is_selected
from docsite.cli.result import CommandResult
from docsite.cli.usage_messages import usage_error
from docsite.config.settings import Settings
from docsite.diagnostics.findings import Finding, has_errors
from docsite.diagnostics.repeated_findings import fold_findings
from docsite.diagnostics.reports import Report, Summary, count
from docsite.diagnostics.rules import Severity
from docsite.markup.source_file import LineCache

_WITH_BASELINE = ("check", "check-site", "check-external")
"""Commands that obey the baseline of the settings; `fix` is there to reduce it."""


@dataclass(frozen=True)
class Checked:
    """What a check found, and how much it read.

    Attributes:
        is_wanted: whether a path was asked for.
        root: what the paths of findings are relative to; None for the folder of mkdocs.yml.
        start: when the check began, by `time.perf_counter`.
        notes: lines about the check itself, for people.
        extra: further keys of the JSON report, for programs.
    """

    findings: Sequence[Finding]
    pages: int
    links: int
    start: float
    is_wanted: Callable[[str], bool] = lambda _path: True
    root: Path | None = None
    notes: Sequence[str] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


def report_findings(options: argparse.Namespace, settings: Settings, checked: Checked) -> CommandResult:
    """Render the report in the format asked for."""
    findings = [finding for finding in checked.findings if is_selected(finding.rule, options)]
    notes, extra = checked.notes, checked.extra
    update = getattr(options, "update_baseline", False)
    file = getattr(options, "baseline", None) or (settings.baseline if options.command in _WITH_BASELINE else None)
    if file or update:
        findings, notes, extra = _apply_baseline(options, file, findings, checked, update=update)
    findings = fold_findings(findings)
    errors, warnings = count(findings, Severity.ERROR), count(findings, Severity.WARNING)
    seconds = round(time.perf_counter() - checked.start, 3)
    summary = Summary(checked.pages, checked.links, errors, warnings, seconds)
    lines = LineCache(checked.root or settings.root)
    report = Report(findings, summary, lines, options.color, notes, extra, settings.rules_url)
    renderer = import_module(f"docsite.diagnostics.reports.{FORMATS[options.format]}")
    return CommandResult(1 if has_errors(findings) else 0, renderer.render(report))


def _apply_baseline(
    options: argparse.Namespace, file: Path | None, findings: Sequence[Finding], checked: Checked, *, update: bool
) -> tuple[list[Finding], Sequence[str], Mapping[str, Any]]:
    """The findings that are not in the baseline, and what is to be said about the others."""
    from docsite.diagnostics import baseline

    if file is None:
        raise usage_error("no-baseline")

    def was_checked(entry: baseline.BaselineEntry) -> bool:
        return checked.is_wanted(entry.path) and is_selected(entry.rule, options)

    result = baseline.apply_baseline(file, options.command, findings, was_checked, update=update)
    return result.findings, result.notes, result.extra

"""Findings in MkDocs' log, but for those of the baseline. MkDocs counts what it logs and ends a strict build by it."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from mkdocs.plugins import get_plugin_logger

from docsite.diagnostics import baseline
from docsite.diagnostics.baseline_messages import baseline_message
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.repeated_findings import fold_findings
from docsite.diagnostics.rules import Severity

UPDATE = "DOCSITE_UPDATE_BASELINE"
"""The variable that makes a build write its findings into the baseline, since MkDocs takes no option for it."""

SOURCES, BUILT = "check", "build"
"""The parts of the baseline: what `docsite check` finds too, and what only a build can find."""

log = get_plugin_logger("docsite")


class BuildLog:
    """The findings of one build.

    Args:
        strict: whether errors end the build; warnings then go out as information, since MkDocs would count them too.
        file: the baseline; None for none.

    Raises:
        BaselineError: the baseline cannot be read.
    """

    def __init__(self, *, strict: bool, file: Path | None) -> None:
        self.strict = strict
        self.file = file
        self.updating = bool(os.environ.get(UPDATE)) and file is not None
        known = baseline.load_baseline(file) if file and not self.updating else {}
        self._left = {check: Counter(known.get(check, {})) for check in (SOURCES, BUILT)}
        self._found: dict[str, list[Finding]] = {SOURCES: [], BUILT: []}
        self._new: list[Finding] = []

    def add(self, check: str, findings: Iterable[Finding]) -> None:
        """Log the findings that are not known."""
        new = []
        for finding in findings:
            self._found[check].append(finding)
            if self.updating:
                continue
            entry = baseline.make_entry(finding)
            if self._left[check][entry] > 0:
                self._left[check][entry] -= 1
            else:
                new.append(finding)
        for finding in fold_findings(new):
            self._new.append(finding)
            log.log(self._level(finding), "%s", finding)

    def _level(self, finding: Finding) -> int:
        if not self.strict:
            return logging.WARNING
        return logging.ERROR if finding.severity is Severity.ERROR else logging.INFO

    def finish(self) -> None:
        """Log how many findings there are, or write them all into the baseline.

        Raises:
            BaselineError: the baseline cannot be written.
        """
        if self.file is None:
            return
        if self.updating:
            for check, findings in self._found.items():
                baseline.apply_baseline(self.file, check, findings, lambda _entry: True, update=True)
            written = sum(map(len, self._found.values()))
            log.info("%s", baseline_message("written", file=self.file.name, count=written))
            return
        known = sum(map(len, self._found.values())) - len(self._new)
        fixed = sum(left.total() for left in self._left.values())
        log.info("%s", baseline_message("compared", file=self.file.name, known=known, obsolete=fixed))

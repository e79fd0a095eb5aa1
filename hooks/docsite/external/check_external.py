"""Checks the addresses outside the site, and says at each place that uses one what is wrong with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docsite._util.cache_files import cache_dir
from docsite.config.settings import External
from docsite.diagnostics.findings import Finding, sort_findings
from docsite.diagnostics.messages import make_message
from docsite.external.address_list import Use, collect_addresses
from docsite.external.external_messages import REASONS, external_message, reason_text
from docsite.external.guard import is_public
from docsite.external.history import Entry, load_history, save_history
from docsite.external.lychee import Kind, ask_lychee
from docsite.project.project import Project

_HOUR = 3600


@dataclass(frozen=True)
class ExternalCheck:
    """What is known of the addresses that a site uses.

    Attributes:
        uses: the places that use each address.
        entries: what is known of each address; one that was never asked for is not there.
        settings: when a dead address counts.
        suppress: leaves out the findings that are let pass.
    """

    uses: Mapping[str, Sequence[Use]]
    entries: Mapping[str, Entry]
    settings: External
    suppress: Callable[[Sequence[Finding]], list[Finding]]

    @property
    def findings(self) -> list[Finding]:
        """The findings, at every place that uses an address, but for those that are let pass."""
        found = [finding for address in self.uses for finding in self._of(address)]
        return sort_findings(self.suppress(found))

    def _of(self, address: str) -> Iterator[Finding]:
        entry = self.entries.get(address)
        if entry is None:
            return
        for use in self.uses[address]:
            if self.is_dead(address):
                message = make_message(
                    "external-dead", "dead", address=address, reason=reason_text(entry.answer.reason)
                )
                yield Finding(message, use.location, address)
            elif entry.answer.kind is Kind.NO_ANCHOR:
                message = make_message("external-anchor", "no-anchor", anchor=address.partition("#")[2])
                yield Finding(message, use.location, address)
            elif entry.answer.moved_to:
                yield _moved(address, entry.answer.moved_to, use)

    def is_dead(self, address: str) -> bool:
        """Whether an address was dead for long enough to be reported."""
        entry = self.entries.get(address)
        return entry is not None and entry.answer.kind is Kind.DEAD and self._is_confirmed(entry)

    def _is_confirmed(self, entry: Entry) -> bool:
        return entry.is_confirmed(self.settings.dead_runs, self.settings.dead_days)

    @property
    def uncertain(self) -> Mapping[str, str]:
        """Addresses of which nothing certain is known, with the reason; they never fail a check."""
        return {
            address: self._why(entry)
            for address in self.uses
            if (entry := self.entries.get(address)) is None or self._is_uncertain(entry)
        }

    def _is_uncertain(self, entry: Entry) -> bool:
        kind = entry.answer.kind
        return kind is Kind.UNKNOWN or (kind is Kind.DEAD and not self._is_confirmed(entry))

    def _why(self, entry: Entry | None) -> str:
        if entry is None:
            return str(reason_text(REASONS["never-checked"]))
        reason = reason_text(entry.answer.reason)
        if entry.answer.kind is not Kind.DEAD:
            return str(reason)
        times: dict[str, str | int] = {"runs": entry.dead_runs, "wanted": self.settings.dead_runs}
        return str(external_message("dead-so-far", reason=reason, **times, days=f"{self.settings.dead_days:g}"))

    @property
    def notes(self) -> list[str]:
        """A line for each uncertain address, for people."""
        return [
            str(
                external_message("uncertain", location=str(self.uses[address][0].location), address=address, reason=why)
            )
            for address, why in self.uncertain.items()
        ]

    @property
    def extra(self) -> dict[str, Any]:
        """The same for programs."""
        return {
            "uncertain": [
                {"target": address, "reason": why, "locations": [str(use.location) for use in self.uses[address]]}
                for address, why in self.uncertain.items()
            ]
        }


def check_external(
    project: Project,
    *,
    offline: bool = False,
    is_allowed: Callable[[str], bool] = is_public,
    clock: Callable[[], float] = time.time,
) -> ExternalCheck:
    """Ask for every external address of a site that was not found alive lately.

    Args:
        offline: whether to ask for nothing, and to say what earlier runs found.
        is_allowed: decides for each IP address whether it may be reached.

    Raises:
        UsageError: lychee is not installed, or gives no report.
    """
    uses = collect_addresses(project)
    settings, file = project.settings.external, _history_file(project)
    history = load_history(file)
    if not offline:
        now = clock()
        due = history.due(uses, now, settings.max_age_hours * _HOUR)
        history.record(ask_lychee(due, is_allowed), now)
        history.keep_only(uses)
        save_history(file, history)
    return ExternalCheck(uses, history.entries, settings, project.suppressions.filter)


def known_moves(project: Project) -> list[Finding]:
    """The findings of earlier runs that carry edits: addresses that have moved for good."""
    history = load_history(_history_file(project))
    if not history.entries:
        return []
    check = ExternalCheck(
        collect_addresses(project), history.entries, project.settings.external, project.suppressions.filter
    )
    return [finding for finding in check.findings if finding.edits]


def _history_file(project: Project) -> Path:
    return cache_dir(project.settings.root) / "external.json"


def _moved(address: str, new: str, use: Use) -> Finding:
    if _is_home(new) and not _is_home(address):
        return Finding(make_message("external-moved", "home", address=address), use.location, address)
    moved = make_message("external-moved", "moved", address=address)
    return Finding(moved, use.location, address, new, use.edits(new))


def _is_home(address: str) -> bool:
    return urlsplit(address).path in ("", "/")

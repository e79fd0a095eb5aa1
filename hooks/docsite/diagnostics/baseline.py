"""Known findings, kept in a file, so that only new ones fail a check.

A finding is recognized by its rule, file, target and message. Its line may move and the text around it may change;
equal problems of a file are counted, so one more of them is new.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from docsite._util.errors import UsageError
from docsite._util.files import write_atomically
from docsite.diagnostics.baseline_messages import baseline_message
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.messages import system_reason

VERSION = 1
"""Of the file's form."""

_SURROGATE = re.compile("[\ud800-\udfff]")
"""In a file's name: a byte that is no character."""
_QUOTED_OR_NUMBER = re.compile(r"“[^”]*”|\b\d+\b")


class BaselineError(UsageError):
    """The file cannot be used; the message says why."""


class BaselineEntry(NamedTuple):
    """What findings are recognized by."""

    path: str
    rule: str
    target: str
    message: str

    def record(self, count: int) -> dict[str, str | int]:
        """The entry as JSON has it."""
        return {**self._asdict(), "count": count}


KnownFindings = Mapping[str, Counter[BaselineEntry]]
"""Entries and how often each occurs, by the check that finds them: `check` or `check-site`."""


@dataclass(frozen=True)
class Comparison:
    """Findings compared with the baseline.

    Attributes:
        new: the findings that are not known.
        known: how many are.
        obsolete: entries that no longer occur, or less often, with the number that is too many.
    """

    new: list[Finding]
    known: int
    obsolete: Counter[BaselineEntry]


def make_entry(finding: Finding) -> BaselineEntry:
    """What a finding is recognized by; numbers in the message that may be positions are left out."""
    message = _QUOTED_OR_NUMBER.sub(
        lambda found: found[0] if found[0].startswith("“") else "N", finding.message.in_english
    )
    return BaselineEntry(finding.location.path, finding.rule, finding.target, message)


def compare_findings(
    findings: Sequence[Finding], known: Counter[BaselineEntry], was_checked: Callable[[BaselineEntry], bool]
) -> Comparison:
    """Compare findings with the baseline; an entry that was not checked cannot be obsolete."""
    left, new = Counter(known), []
    for finding in findings:
        key = make_entry(finding)
        if left[key] > 0:
            left[key] -= 1
        else:
            new.append(finding)
    obsolete = Counter({key: count for key, count in left.items() if count > 0 and was_checked(key)})
    return Comparison(new, len(findings) - len(new), obsolete)


def unknown_findings(path: Path | None, check: str, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a check that are not in a baseline, where there is one.

    Raises:
        BaselineError: the baseline cannot be read.
    """
    known = load_baseline(path).get(check, Counter()) if path else Counter()
    return compare_findings(findings, known, lambda _entry: False).new


def update_baseline(
    findings: Iterable[Finding], known: Counter[BaselineEntry], was_checked: Callable[[BaselineEntry], bool]
) -> Counter[BaselineEntry]:
    """The known findings after an update: the current ones, and those that were not checked."""
    kept = {key: count for key, count in known.items() if not was_checked(key)}
    return Counter(make_entry(finding) for finding in findings) + Counter(kept)


@dataclass(frozen=True)
class BaselineResult:
    """What is left to report once the known findings are out.

    Attributes:
        notes: what was known, for people.
        extra: the same for programs.
    """

    findings: list[Finding]
    notes: list[str]
    extra: dict[str, Any]


def apply_baseline(
    path: Path, check: str, findings: Sequence[Finding], was_checked: Callable[[BaselineEntry], bool], *, update: bool
) -> BaselineResult:
    """Compare findings with a baseline, or record them all in it.

    Args:
        check: the name of the check that found them; each has its own part of the file.
        was_checked: whether an entry would have been found; those that would not stay as they are.

    Raises:
        BaselineError: the file is not a baseline, does not exist and is not to be updated, or cannot be written.
    """
    everything = {} if update and not path.exists() else load_baseline(path)
    found = compare_findings(findings, everything.get(check, Counter()), was_checked)
    if update:
        save_baseline(
            path, {**everything, check: update_baseline(findings, everything.get(check, Counter()), was_checked)}
        )
        counts = {"added": len(found.new), "removed": found.obsolete.total()}
        note = str(baseline_message("updated", file=str(path), **counts))
        return BaselineResult([], [note], _extra(len(findings), Counter()))
    counts = {"known": found.known, "obsolete": found.obsolete.total()}
    notes = [str(baseline_message("compared", file=str(path), **counts))]
    notes += [_describe(entry, count) for entry, count in sorted(found.obsolete.items())]
    return BaselineResult(found.new, notes, _extra(found.known, found.obsolete))


def _describe(entry: BaselineEntry, count: int) -> str:
    """A line about an entry that is obsolete."""
    params = {"file": entry.path, "message": entry.message, "rule": entry.rule}
    if count == 1:
        return str(baseline_message("obsolete", **params))
    return str(baseline_message("obsolete-several", **params, count=count))


def _extra(known: int, obsolete: Counter[BaselineEntry]) -> dict[str, Any]:
    return {"baseline": {"known": known, "obsolete": to_records(obsolete)}}


# The file.


def load_baseline(path: Path) -> dict[str, Counter[BaselineEntry]]:
    """The known findings in a file.

    Raises:
        BaselineError: there is no such file, or it is not a baseline.
    """
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise BaselineError(baseline_message("not-utf8", file=str(path))) from None
    except OSError as error:
        raise BaselineError(baseline_message("unreadable", file=str(path), reason=system_reason(error))) from None
    try:
        return _parsed(json.loads(text))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BaselineError(baseline_message("not-baseline", file=str(path))) from None


def _parsed(data: Any) -> dict[str, Counter[BaselineEntry]]:
    if data["version"] != VERSION:
        raise ValueError
    return {str(check): Counter(dict(map(_entry, records))) for check, records in data["known"].items()}


def _entry(record: Mapping[str, Any]) -> tuple[BaselineEntry, int]:
    fields = [record[name] for name in BaselineEntry._fields]
    if not all(isinstance(field, str) for field in fields) or type(record["count"]) is not int:
        raise TypeError
    return BaselineEntry(*fields), record["count"]


def save_baseline(path: Path, known: KnownFindings) -> None:
    """Write a baseline, sorted, so that versions of it compare well.

    Raises:
        BaselineError: the file cannot be written.
    """
    data = {check: to_records(entries) for check, entries in sorted(known.items()) if entries}
    text = json.dumps({"version": VERSION, "known": data}, ensure_ascii=False, indent=2) + "\n"
    text = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    try:
        write_atomically(path, text)
    except OSError as error:
        raise BaselineError(baseline_message("not-written", file=str(path), reason=system_reason(error))) from None


def to_records(entries: Counter[BaselineEntry]) -> list[dict[str, str | int]]:
    """Entries as JSON has them, in order."""
    return [key.record(count) for key, count in sorted(entries.items())]

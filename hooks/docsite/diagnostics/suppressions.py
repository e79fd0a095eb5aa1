"""Findings that are ignored: one by a comment with a reason, many by their path in the settings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.rules import Severity, matches_rule

_NONE: Mapping[str, Severity] = MappingProxyType({})

_ELSEWHERE = ("external", "link-not-built", "link-unseen")
"""Rules that neither the sources nor the built site are checked against."""

_ON_SITE = (
    *("link-outside", "link-letter-case", "link-fallback-page", "page-orphan", "html", "file", "redirect"),
    *("alternate", "sitemap", "translation", "version"),
)
"""Rules that only the built site is checked against."""

_IN_HTML = ("link", "asset", "id")
"""Rules that the built site is checked against where there is raw HTML."""


@dataclass(frozen=True)
class Suppression:
    """A comment that ignores findings.

    Attributes:
        first, last: the lines it is valid for.
        html: whether there is raw HTML on them.
    """

    location: Location
    rules: tuple[str, ...]
    first: int
    last: int
    html: bool

    def covers(self, finding: Finding) -> bool:
        """Whether the comment ignores a finding."""
        at = finding.location
        inside = at.path == self.location.path and self.first <= at.line <= self.last
        return inside and matches_rule(finding.rule, self.rules)

    @property
    def checked_by(self) -> str:
        """Which check can tell that the comment is unused: that of the `sources`, of the `site`, or none ("")."""
        if _meet(self.rules, _ELSEWHERE):
            return ""
        return "site" if _meet(self.rules, _ON_SITE) or (self.html and _meet(self.rules, _IN_HTML)) else "sources"


def _meet(some: Iterable[str], others: Sequence[str]) -> bool:
    """Whether two lists of rules and groups have a rule in common."""
    return any(matches_rule(one, others) or matches_rule(other, (one,)) for one in some for other in others)


class Suppressions:
    """Everything that a site ignores, and which comments were used.

    Args:
        ignore: rules and groups that are not applied, by pattern of path.
        severities: by rule or group, the severity that the site gives it; a longer name wins.
    """

    def __init__(self, ignore: Mapping[str, Sequence[str]], severities: Mapping[str, Severity] = _NONE) -> None:
        self._severities = sorted(severities.items(), key=lambda entry: len(entry[0]), reverse=True)
        self._ignored = [(path_pattern(path), rules) for path, rules in ignore.items()]
        self._comments: dict[str, dict[Suppression, bool]] = {}

    def add(self, comments: Iterable[Suppression]) -> None:
        """Take in the comments of a page."""
        for comment in comments:
            self._comments.setdefault(comment.location.path, {}).setdefault(comment, False)

    def filter(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are reported; comments that ignore one count as used from now on."""
        kept = [one for one in findings if not self._is_ignored_by_comment(one) and not self._is_ignored_by_path(one)]
        graded = [self._with_severity(finding) for finding in kept] if self._severities else kept
        return [finding for finding in graded if finding.severity is not Severity.INFO]

    def unused(self, check: str) -> list[Finding]:
        """Comments that have ignored nothing, of those that this check can tell (see `Suppression.checked_by`)."""
        comments = (comment for used in self._comments.values() for comment, is_used in used.items() if not is_used)
        return self.filter(_unused_finding(comment) for comment in comments if comment.checked_by == check)

    def _is_ignored_by_comment(self, finding: Finding) -> bool:
        used = self._comments.get(finding.location.path, {})
        covering = [] if finding.rule.startswith("ignore-") else [one for one in used if one.covers(finding)]
        used.update(dict.fromkeys(covering, True))
        return bool(covering)

    def _with_severity(self, finding: Finding) -> Finding:
        levels = (level for name, level in self._severities if matches_rule(finding.rule, (name,)))
        return replace(finding, level=next(levels, finding.level))

    def _is_ignored_by_path(self, finding: Finding) -> bool:
        matching = (rules for pattern, rules in self._ignored if pattern.fullmatch(finding.location.path))
        return any(matches_rule(finding.rule, rules) for rules in matching)


def _unused_finding(comment: Suppression) -> Finding:
    rules = ", ".join(comment.rules)
    return Finding(make_message("ignore-unused", "unused", rules=rules), comment.location, rules)


def path_pattern(path: str) -> re.Pattern[str]:
    """A pattern of paths as .gitignore reads it: ** stands for any folders, * and ? stay inside one name."""
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", path)
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))

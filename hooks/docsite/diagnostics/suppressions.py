"""Findings that writers let pass: one by a comment with a reason, many by their path in the settings."""

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
"""Rules that neither the sources nor the built site are held against."""

_ON_SITE = (
    *("link-outside", "link-letter-case", "link-fallback-page", "page-orphan", "html", "file", "redirect"),
    *("alternate", "sitemap", "translation", "version"),
)
"""Rules that only the built site is held against."""

_IN_HTML = ("link", "asset", "id")
"""Rules that the built site is held against where there is raw HTML."""


@dataclass(frozen=True)
class Suppression:
    """A comment that accepts faults.

    Attributes:
        first, last: the lines it holds for.
        html: whether there is raw HTML on them.
    """

    location: Location
    rules: tuple[str, ...]
    first: int
    last: int
    html: bool

    def covers(self, finding: Finding) -> bool:
        """Whether the comment accepts a fault."""
        at = finding.location
        inside = at.path == self.location.path and self.first <= at.line <= self.last
        return inside and matches_rule(finding.rule, self.rules)

    @property
    def judged(self) -> str:
        """Which check can say that the comment is of no use: that of the `sources`, of the `site`, or none ("")."""
        if _meet(self.rules, _ELSEWHERE):
            return ""
        return "site" if _meet(self.rules, _ON_SITE) or (self.html and _meet(self.rules, _IN_HTML)) else "sources"


def _meet(some: Iterable[str], others: Sequence[str]) -> bool:
    """Whether two lists of rules and groups have a rule in common."""
    return any(matches_rule(one, others) or matches_rule(other, (one,)) for one in some for other in others)


class Suppressions:
    """Everything that a site accepts, and what of it was of use.

    Args:
        ignore: rules and groups that are not applied, by pattern of path.
        severities: by rule or group, the severity that the site gives it; a longer name wins.
    """

    def __init__(self, ignore: Mapping[str, Sequence[str]], severities: Mapping[str, Severity] = _NONE) -> None:
        self._severities = sorted(severities.items(), key=lambda entry: len(entry[0]), reverse=True)
        self._ignored = [(_pattern(path), rules) for path, rules in ignore.items()]
        self._accepts: dict[str, dict[Suppression, bool]] = {}

    def add(self, accepts: Iterable[Suppression]) -> None:
        """Take in the comments of a page."""
        for accept in accepts:
            self._accepts.setdefault(accept.location.path, {}).setdefault(accept, False)

    def keep(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that nobody accepts; comments that accept one count as used from now on."""
        kept = (finding for finding in findings if not self._accepted(finding) and not self._ignores(finding))
        return [self._with_severity(finding) for finding in kept] if self._severities else list(kept)

    def unused(self, judged: str) -> list[Finding]:
        """Comments that have accepted nothing, of those that this check can judge (see `Accept.judged`)."""
        idle = (accept for known in self._accepts.values() for accept, used in known.items() if not used)
        return self.keep(_idle(accept) for accept in idle if accept.judged == judged)

    def _accepted(self, finding: Finding) -> bool:
        known = self._accepts.get(finding.location.path, {})
        covering = [] if finding.rule.startswith("ignore-") else [accept for accept in known if accept.covers(finding)]
        known.update(dict.fromkeys(covering, True))
        return bool(covering)

    def _with_severity(self, finding: Finding) -> Finding:
        levels = (level for name, level in self._severities if matches_rule(finding.rule, (name,)))
        return replace(finding, level=next(levels, None))

    def _ignores(self, finding: Finding) -> bool:
        matching = (rules for pattern, rules in self._ignored if pattern.fullmatch(finding.location.path))
        return any(matches_rule(finding.rule, rules) for rules in matching)


def _idle(accept: Suppression) -> Finding:
    rules = ", ".join(accept.rules)
    return Finding(make_message("ignore-unused", "unused", rules=rules), accept.location, rules)


def _pattern(path: str) -> re.Pattern[str]:
    """A pattern of paths as .gitignore reads it: ** stands for any folders, * and ? stay inside one name."""
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", path)
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))

"""Faults that writers accept: one by a comment with a reason, many by their path in the settings.

`<!-- docsite: accept link-missing-page because the page appears with the launch -->` holds for its own line, and for
the next one when nothing else stands on its own. The comment is taken out of the text before Markdown is laid out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docsite.findings import Finding, Location, is_name, named, names_like
from docsite.origin import Line, Traced
from docsite.source import SourceFile
from docsite.suggest import nearest

SIGN = "docsite:"
"""Without it a text holds no comment of ours."""

_COMMENT = re.compile(rf"(?<!\\)<!--\s*{SIGN}\s*(.*?)\s*-->", re.DOTALL)
_BECAUSE = re.compile(r"(?:^|\s+)because(?:\s+|$)")
_TAG = re.compile(r"<[A-Za-z]")
_FORM = "<!-- docsite: accept RULE because REASON -->"

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
class Accept:
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
        return inside and named(finding.rule, self.rules)

    @property
    def judged(self) -> str:
        """Which check can say that the comment is of no use: that of the `sources`, of the `site`, or none ("")."""
        if _meet(self.rules, _ELSEWHERE):
            return ""
        return "site" if _meet(self.rules, _ON_SITE) or (self.html and _meet(self.rules, _IN_HTML)) else "sources"


def _meet(some: Iterable[str], others: Sequence[str]) -> bool:
    """Whether two lists of rules and groups have a rule in common."""
    return any(named(one, others) or named(other, (one,)) for one in some for other in others)


# Comments in a text.


@dataclass(frozen=True)
class Taken:
    """A text without its comments, what these accept, and what is wrong with them."""

    lines: Sequence[Line]
    accepts: tuple[Accept, ...] = ()
    findings: tuple[Finding, ...] = ()


def take(lines: Sequence[Line], files: Mapping[str, SourceFile]) -> Taken:
    """Take the comments out of a text that Liquid has left; in code and in `raw` they are text, and stay."""
    if not any(SIGN in line.text for line in lines):
        return Taken(lines)
    text = Traced(lines)
    code = _code(text.text)
    found = [
        comment
        for comment in _COMMENT.finditer(text.text)
        if not any(start <= comment.start() < stop for start, stop in code) and not _raw(text, comment.start(), files)
    ]
    accepts, findings = [], []
    for comment in found:
        read = _read(text, comment, files)
        accepts += [read] if isinstance(read, Accept) else []
        findings += [read] if isinstance(read, Finding) else []
    return Taken(_without(text, found), tuple(dict.fromkeys(accepts)), tuple(dict.fromkeys(findings)))


def _code(text: str) -> list[tuple[int, int]]:
    """Where a text holds code."""
    import pyromark  # costly to load, and only needed where there is a comment

    raw = text.encode()
    wide = [match.start() for match in re.finditer(rb"[\x80-\xbf]", raw)]
    return [
        (span["start"] - bisect_left(wide, span["start"]), span["end"] - bisect_left(wide, span["end"]))
        for event, span in pyromark.events_with_range(text)
        if _is_code(event)
    ]


def _is_code(event: Any) -> bool:
    start = event.get("Start") if isinstance(event, dict) else None
    return (isinstance(event, dict) and "Code" in event) or (isinstance(start, dict) and "CodeBlock" in start)


def _raw(text: Traced, offset: int, files: Mapping[str, SourceFile]) -> bool:
    """Whether a place was written inside `raw`."""
    origin = text.origin(offset)
    return files[origin.file].in_raw(origin.offset)


def _read(text: Traced, comment: re.Match[str], files: Mapping[str, SourceFile]) -> Accept | Finding:
    start, stop = text.origin(comment.start()), text.origin(comment.end() - 1)
    file = files[start.file]
    location = file.location(start.offset)
    verb, rest = (*comment[1].split(None, 1), "", "")[:2]
    if verb != "accept":
        return Finding("accept-unused", location, f"“{verb}” means nothing here: write {_FORM}.", verb, "accept")
    before, *reason = _BECAUSE.split(rest, maxsplit=1)
    rules = tuple(filter(None, re.split(r"[,\s]+", before)))
    if not reason or not reason[0]:
        return Finding("accept-without-reason", location, f"The reason is missing: write {_FORM}.", before)
    unknown = next((name for name in rules if not is_name(name)), None)
    if unknown is not None:
        return Finding(
            "accept-unused", location, f"There is no rule “{unknown}”.", unknown, nearest(unknown, names_like(unknown))
        )
    last = file.location(stop.offset).line if stop.file == start.file else location.line
    return _accept(file, location, rules, last)


def _accept(file: SourceFile, location: Location, rules: tuple[str, ...], last: int) -> Accept:
    """An acceptance with the lines it holds for."""
    lines = file.text.split("\n")
    here = "\n".join(lines[location.line - 1 : last])
    if _alone(here):
        following = (number for number in range(last, len(lines)) if not _alone(lines[number]))
        last = next(following, last - 1) + 1
    html = any(_TAG.search(line) for line in lines[location.line - 1 : last])
    return Accept(location, rules, location.line, last, html)


def _alone(text: str) -> bool:
    """Whether a text is nothing but comments of ours."""
    return bool(_COMMENT.search(text)) and not _COMMENT.sub("", text).strip(" \t\n>")


def _without(text: Traced, comments: Sequence[re.Match[str]]) -> list[Line]:
    """The lines of a text without comments; a line that held nothing else goes too."""
    lines = list(text.lines)
    for comment in reversed(comments):
        first, start = text.place(comment.start())
        last, stop = text.place(comment.end())
        before, after = lines[first].cut(0, start), lines[last].cut(stop)
        lines[first : last + 1] = [] if after.blank and not before.text.strip(" \t>") else [_joined(before, after)]
    return lines or [text.lines[0].cut(0, 0)]


def _joined(before: Line, after: Line) -> Line:
    if after.blank:  # two blanks at the end break the line
        return before.cut(0, len(before.text.rstrip())) + after
    if not before.text or before.text[-1].isspace():
        return before + after.cut(len(after.text) - len(after.text.lstrip()))
    return before + after


# What is accepted on a whole site.


class Acceptance:
    """Everything that a site accepts, and what of it was of use.

    Args:
        ignore: rules and groups that are not applied, by pattern of path.
    """

    def __init__(self, ignore: Mapping[str, Sequence[str]]) -> None:
        self._ignored = [(_pattern(path), rules) for path, rules in ignore.items()]
        self._accepts: dict[str, dict[Accept, bool]] = {}

    def add(self, accepts: Iterable[Accept]) -> None:
        """Take in the comments of a page."""
        for accept in accepts:
            self._accepts.setdefault(accept.location.path, {}).setdefault(accept, False)

    def keep(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that nobody accepts; comments that accept one count as used from now on."""
        return [finding for finding in findings if not self._accepted(finding) and not self._ignores(finding)]

    def unused(self, judged: str) -> list[Finding]:
        """Comments that have accepted nothing, of those that this check can judge (see `Accept.judged`)."""
        idle = (accept for known in self._accepts.values() for accept, used in known.items() if not used)
        return self.keep(_idle(accept) for accept in idle if accept.judged == judged)

    def _accepted(self, finding: Finding) -> bool:
        known = self._accepts.get(finding.location.path, {})
        covering = [] if finding.rule.startswith("accept-") else [accept for accept in known if accept.covers(finding)]
        known.update(dict.fromkeys(covering, True))
        return bool(covering)

    def _ignores(self, finding: Finding) -> bool:
        matching = (rules for pattern, rules in self._ignored if pattern.fullmatch(finding.location.path))
        return any(named(finding.rule, rules) for rules in matching)


def _idle(accept: Accept) -> Finding:
    rules = ", ".join(accept.rules)
    return Finding("accept-unused", accept.location, f"There is no “{rules}” to accept here.", rules)


def _pattern(path: str) -> re.Pattern[str]:
    """A pattern of paths as .gitignore reads it: ** stands for any folders, * and ? stay inside one name."""
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", path)
    return re.compile("".join(signs.get(part) or re.escape(part) for part in parts))

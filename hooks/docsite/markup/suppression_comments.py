"""Comments in a page that let a finding pass: found in its text, and taken out of it.

`<!-- docsite: ignore link-missing-page because the page appears with the launch -->` holds for its own line, and for
the next one when nothing else stands on its own. The comment is taken out of the text before Markdown is laid out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.rules import is_known_rule, rule_candidates
from docsite.diagnostics.suggestions import closest_match
from docsite.diagnostics.suppressions import Suppression
from docsite.markup.source_file import SourceFile
from docsite.markup.source_map import MappedLine, MappedText

COMMENT_PREFIX = "docsite:"
"""Without it a text holds no comment of ours."""

_COMMENT = re.compile(rf"(?<!\\)<!--\s*{COMMENT_PREFIX}\s*(.*?)\s*-->", re.DOTALL)
_VERBS = ("ignore", "accept")
"""`accept` is the former word, which works for one release."""
_BECAUSE = re.compile(r"(?:^|\s+)because(?:\s+|$)")
_TAG = re.compile(r"<[A-Za-z]")


@dataclass(frozen=True)
class ExtractedSuppressions:
    """A text without its comments, what these ignore, and what is wrong with them."""

    lines: Sequence[MappedLine]
    suppressions: tuple[Suppression, ...] = ()
    findings: tuple[Finding, ...] = ()


def extract_suppressions(lines: Sequence[MappedLine], files: Mapping[str, SourceFile]) -> ExtractedSuppressions:
    """Take the comments out of a text that Liquid has left; in code and in `raw` they are text, and stay."""
    if not any(COMMENT_PREFIX in line.text for line in lines):
        return ExtractedSuppressions(lines)
    text = MappedText(lines)
    code = sorted(_code(text.text))
    # Behind the last end nothing closes a comment, and looking for it from each of many would take long.
    last_end = text.text.rfind("-->") + len("-->")
    found = [
        comment
        for comment in _COMMENT.finditer(text.text, 0, last_end)
        if not _inside(code, comment.start()) and not _raw(text, comment.start(), files)
    ]
    suppressions, findings = [], []
    for comment in found:
        read = _read(text, comment, files)
        suppressions += [read] if isinstance(read, Suppression) else []
        findings += [read] if isinstance(read, Finding) else []
    return ExtractedSuppressions(
        _without(text, found), tuple(dict.fromkeys(suppressions)), tuple(dict.fromkeys(findings))
    )


def _inside(spans: Sequence[tuple[int, int]], offset: int) -> bool:
    """Whether an offset is in one of some spans, which are in order and apart."""
    before = bisect_left(spans, (offset + 1,))
    return before > 0 and offset < spans[before - 1][1]


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


def _raw(text: MappedText, offset: int, files: Mapping[str, SourceFile]) -> bool:
    """Whether a place was written inside `raw`."""
    origin = text.origin(offset)
    return files[origin.file].in_raw(origin.offset)


def _read(text: MappedText, comment: re.Match[str], files: Mapping[str, SourceFile]) -> Suppression | Finding:
    start, stop = text.origin(comment.start()), text.origin(comment.end() - 1)
    file = files[start.file]
    location = file.location(start.offset)
    verb, rest = (*comment[1].split(None, 1), "", "")[:2]
    if verb not in _VERBS:
        return Finding(make_message("ignore-unknown", "word", word=verb), location, verb, _VERBS[0])
    before, *reason = _BECAUSE.split(rest, maxsplit=1)
    rules = tuple(filter(None, re.split(r"[,\s]+", before)))
    if not reason or not reason[0]:
        return Finding(make_message("ignore-without-reason", "no-reason"), location, before)
    unknown = next((name for name in rules if not is_known_rule(name)), None)
    if unknown is not None:
        meant = closest_match(unknown, rule_candidates(unknown))
        return Finding(make_message("ignore-unknown", "rule", rule=unknown), location, unknown, meant)
    last = file.location(stop.offset).line if stop.file == start.file else location.line
    return _suppression(file, location, rules, last)


def _suppression(file: SourceFile, location: Location, rules: tuple[str, ...], last: int) -> Suppression:
    """A suppression, with the lines it is valid for."""
    lines = _lines(file.text)
    here = "\n".join(lines[location.line - 1 : last])
    if _alone(here):
        following = _next_with_text(file.text)[last] if last < len(lines) else len(lines)
        last = following + 1 if following < len(lines) else last
    html = any(_TAG.search(line) for line in lines[location.line - 1 : last])
    return Suppression(location, rules, location.line, last, html)


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    return text.split("\n")


@lru_cache(maxsize=2)
def _next_with_text(text: str) -> list[int]:
    """For each line of a text the first one, from it on, that is more than comments of ours."""
    lines = _lines(text)
    following = [len(lines)] * len(lines)
    for number in reversed(range(len(lines))):
        alone = COMMENT_PREFIX in lines[number] and _alone(lines[number])
        following[number] = number if not alone else following[number + 1] if number + 1 < len(lines) else len(lines)
    return following


def _alone(text: str) -> bool:
    """Whether a text is nothing but comments of ours."""
    return bool(_COMMENT.search(text)) and not _COMMENT.sub("", text).strip(" \t\n>")


def _without(text: MappedText, comments: Sequence[re.Match[str]]) -> list[MappedLine]:
    """The lines of a text without comments; a line without anything else is removed too."""
    lines = list(text.lines)
    for comment in reversed(comments):
        first, start = text.place(comment.start())
        last, stop = text.place(comment.end())
        before, after = lines[first].cut(0, start), lines[last].cut(stop)
        lines[first : last + 1] = [] if after.blank and not before.text.strip(" \t>") else [_joined(before, after)]
    return lines or [text.lines[0].cut(0, 0)]


def _joined(before: MappedLine, after: MappedLine) -> MappedLine:
    if after.blank:  # two blanks at the end break the line
        return before.cut(0, len(before.text.rstrip())) + after
    if not before.text or before.text[-1].isspace():
        return before + after.cut(len(after.text) - len(after.text.lstrip()))
    return before + after

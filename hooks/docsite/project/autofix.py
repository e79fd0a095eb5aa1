"""Applies the safe fixes of findings, and makes sure that nothing new is wrong afterwards."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

from docsite._util.catalog import translate
from docsite._util.files import write_atomically
from docsite._util.printing import printable
from docsite.config.settings import Settings
from docsite.diagnostics.findings import Edit, Finding
from docsite.diagnostics.messages import system_reason
from docsite.markup import source_file
from docsite.markup.source_file import SourceFile
from docsite.project import project as guides
from docsite.project.cache import PageCache
from docsite.project.fix_messages import skip_reason
from docsite.project.project import Project
from docsite.project.source_snapshot import SourceSnapshot

_ROUNDS = 10
"""Rounds of fixes: one may reveal another problem, but not without end."""


@dataclass(frozen=True)
class AppliedFix:
    """A problem that is fixed: the old text and the new."""

    finding: Finding
    old: str
    new: str

    def __str__(self) -> str:
        return printable(f"{self.finding.location} {self.finding.rule}: {self.old} -> {self.new}")


@dataclass
class FixedFile:
    """A file with fixes; its texts include the byte order mark, and newlines as they are."""

    before: str
    after: str
    fixes: list[AppliedFix] = field(default_factory=list)


@dataclass
class FixResult:
    """The fixes; nothing is written yet.

    Attributes:
        guide: the project with all fixes.
        files: by path as findings name it.
        skipped: why a file is not fixed, by path.
    """

    settings: Settings
    guide: Project
    sources: SourceSnapshot
    files: dict[str, FixedFile] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def fixes(self) -> list[AppliedFix]:
        """All of them, by place."""
        made = [fix for file in self.files.values() for fix in file.fixes]
        return sorted(made, key=lambda fix: (fix.finding.location, fix.finding.rule))

    @property
    def notes(self) -> list[str]:
        """What was fixed and what was not, for people."""
        skipped = translate("{file}: skipped, because {why}")
        left = [skipped.format(file=path, why=why) for path, why in sorted(self.skipped.items())]
        return [*map(str, self.fixes), *left]

    @property
    def extra(self) -> dict[str, Any]:
        """The same for programs."""
        fixes = [
            {"rule": fix.finding.rule, **asdict(fix.finding.location), "old": fix.old, "new": fix.new}
            for fix in self.fixes
        ]
        skipped = dict(sorted(self.skipped.items()))
        return {"fixes": fixes, "skipped": skipped, "mends": fixes, "refused": skipped}  # the last two for one release

    @property
    def diff(self) -> str:
        """The change, as `patch -p1` and `git apply` read it."""
        return "".join(_diff(path, file) for path, file in sorted(self.files.items()))

    def write(self) -> None:
        """Write the files; one that has changed meanwhile, or cannot be written, is skipped."""
        failed = {path: why for path, file in self.files.items() if (why := _write_file(self.settings, path, file))}
        for path, why in failed.items():
            self.skip(path, why)
        if failed:
            self.guide = guides.load_project(self.settings, with_fixes=True)

    def skip(self, path: str, why: str) -> None:
        """Leave a file as it is."""
        self.skipped[path] = why
        del self.files[path]


def fix_project(
    settings: Settings,
    wanted: Callable[[Finding], bool],
    find_more: Callable[[Project], Iterable[Finding]] = lambda _project: (),
) -> FixResult:
    """Fix what is wanted and certain. A file in which that would cause a new problem is left as it is.

    Args:
        find_more: findings with edits that the project does not make itself.
    """
    sources = SourceSnapshot()
    start = _load(settings, sources, {})
    result = FixResult(settings, start, sources)
    for _ in range(_ROUNDS):
        if not _round(result, wanted, find_more(result.guide)):
            break
        _reload(result, start)
    return result


def _load(settings: Settings, sources: SourceSnapshot, files: Mapping[str, FixedFile]) -> Project:
    """The project with fixes; all else is as it was at the first time."""

    def read(path: Path, shown: str) -> SourceFile:
        file = sources.read(path, shown)
        fixed = files.get(sources.first_name(shown))
        return source_file.decode_source(fixed.after.encode(), shown) if fixed else file

    return guides.load_project(settings, read, with_fixes=True, cache=PageCache(settings))


def _round(result: FixResult, wanted: Callable[[Finding], bool], more: Iterable[Finding]) -> bool:
    """Make the edits that the guide's findings carry; whether there were any."""
    by_path: dict[str, list[Finding]] = {}
    for finding in (*result.guide.findings, *more):
        path = result.sources.first_name(finding.location.path)
        if finding.edits and path not in result.skipped and wanted(finding):
            by_path.setdefault(path, []).append(finding)
    agreed = {path: _undisputed(findings) for path, findings in by_path.items()}
    made = [_edit(result, path, findings) for path, findings in agreed.items() if findings]
    return any(made)


def _undisputed(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose edits no other finding contradicts, as those of a shared file may."""
    disputed: set[Edit] = set()
    furthest = Edit(0, 0, "")
    for edit in sorted({edit for finding in findings for edit in finding.edits}):
        if edit.start < furthest.stop:
            disputed |= {edit, furthest}
        furthest = max(furthest, edit, key=lambda one: one.stop)
    return [finding for finding in findings if disputed.isdisjoint(finding.edits)]


def _edit(result: FixResult, path: str, findings: Sequence[Finding]) -> bool:
    """Make the edits of one file; whether that was possible."""
    file = result.files.get(path) or _open(result, path)
    if file is None:
        return False
    text = file.after
    at = _offsets(text)
    file.fixes += [_describe(finding, text, at) for finding in findings]
    for edit in sorted({edit for finding in findings for edit in finding.edits}, reverse=True):
        file.after = file.after[: at[edit.start]] + edit.text + file.after[at[edit.stop] :]
    return True


def _open(result: FixResult, path: str) -> FixedFile | None:
    try:
        text = result.sources.text(path)
    except (KeyError, UnicodeDecodeError):
        result.skipped[path] = skip_reason("not-utf8")
        return None
    result.files[path] = FixedFile(text, text)
    return result.files[path]


def _offsets(text: str) -> list[int]:
    """Where the characters of `SourceFile.text` stand in a text with its byte order mark and its newlines."""
    begin = 1 if text.startswith("\ufeff") else 0
    kept = [at for at in range(begin, len(text)) if text[at] != "\n" or text[at - 1 : at] != "\r"]
    return [*kept, len(text)]


def _describe(finding: Finding, text: str, at: Sequence[int]) -> AppliedFix:
    changes = dict.fromkeys((text[at[edit.start] : at[edit.stop]], edit.text) for edit in finding.edits)
    return AppliedFix(finding, ", ".join(old for old, _ in changes), ", ".join(new for _, new in changes))


# Checking.


def _reload(result: FixResult, start: Project) -> None:
    """Load the guide with its fixes, without those that cause a new problem."""
    while True:
        result.guide = _load(result.settings, result.sources, result.files)
        new = _new(start, result.guide)
        if not new or not result.files:
            return
        first = new[0]
        why = skip_reason("new-problem", problem=str(first.message), file=first.location.path, rule=first.rule)
        for path in _files_near(result, new):
            result.skip(path, why)


def _new(start: Project, now: Project) -> list[Finding]:
    """The findings that were not there at the start. Fixes never add lines, so a position is identified by its line.

    What differs from the page in the other language does not count: that page may be what needs the same fix.
    """

    def keyed(guide: Project) -> list[tuple[tuple[str, int, str, str], Finding]]:
        own = [finding for finding in guide.findings if not finding.rule.startswith("translation-")]
        return [((f.location.path, f.location.line, f.rule, str(f.message)), f) for f in own]

    more = Counter(key for key, _ in keyed(now)) - Counter(key for key, _ in keyed(start))
    return [finding for key, finding in keyed(now) if more[key]]


def _files_near(result: FixResult, new: Iterable[Finding]) -> list[str]:
    """The fixed files of the pages with new findings; where there are none, every fixed file."""
    places = {finding.location.path for finding in new}
    pages = [set(page.facts.files) for page in result.guide.pages.values()]
    near = {result.sources.first_name(path) for path in places.union(*(files for files in pages if files & places))}
    return [path for path in result.files if path in near] or list(result.files)


# Files.


def _diff(path: str, file: FixedFile) -> str:
    before, after = _lines(file.before), _lines(file.after)
    lines = unified_diff(before, after, _quoted(f"a/{path}"), _quoted(f"b/{path}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _quoted(path: str) -> str:
    """A path as git quotes it where a line could not hold it, or a terminal would obey it."""
    if path.isprintable() and not {'"', "\\"} & {*path}:
        return path
    signs = (chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in os.fsencode(path))
    return f'"{"".join(signs)}"'


def _lines(text: str) -> list[str]:
    """Lines with their newline; `splitlines` would part them at more than that."""
    parts = [f"{line}\n" for line in text.split("\n")]
    return [*parts[:-1], *([parts[-1][:-1]] if parts[-1] != "\n" else [])]


def _write_file(settings: Settings, path: str, file: FixedFile) -> str:
    """Write a file; returns what stands in the way, or ""."""
    full = (settings.root / path).resolve()
    if not (full.is_relative_to(settings.root) or full.is_relative_to(settings.docs_dir)):
        return skip_reason("outside")
    try:
        if full.read_bytes() != file.before.encode():
            return skip_reason("changed")
        write_atomically(full, file.after)
    except OSError as error:
        return skip_reason("not-written", reason=str(system_reason(error)))
    return ""

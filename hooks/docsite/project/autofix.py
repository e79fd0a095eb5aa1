"""Mends faults in the sources where what is meant is sure, and sees to it that nothing new is wrong afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

from docsite._util.files import write_atomically
from docsite.config.settings import Settings
from docsite.diagnostics.findings import Edit, Finding
from docsite.markup import source_file
from docsite.markup.source_file import SourceFile
from docsite.project import project as guides
from docsite.project.project import Project

_ROUNDS = 10
"""A mend may bring to light what else is wrong, but not without end."""


@dataclass(frozen=True)
class AppliedFix:
    """A fault that is mended: what stood there, and what stands there now."""

    finding: Finding
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.finding.location} {self.finding.rule}: {self.old} -> {self.new}"


@dataclass
class FixedFile:
    """A file that is mended; its texts include the byte order mark, and newlines as they are."""

    before: str
    after: str
    mends: list[AppliedFix] = field(default_factory=list)


@dataclass
class FixResult:
    """What is mended; nothing is written yet.

    Attributes:
        guide: as it is when all is mended.
        files: by path as findings name it.
        refused: why a file is left as it is, by path.
    """

    settings: Settings
    guide: Project
    files: dict[str, FixedFile] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @property
    def mends(self) -> list[AppliedFix]:
        """All of them, by place."""
        made = [mend for file in self.files.values() for mend in file.mends]
        return sorted(made, key=lambda mend: (mend.finding.location, mend.finding.rule))

    @property
    def notes(self) -> list[str]:
        """What was mended and what was not, for people."""
        left = [f"{path}: left as it is, since {why}" for path, why in sorted(self.refused.items())]
        return [*map(str, self.mends), *left]

    @property
    def extra(self) -> dict[str, Any]:
        """The same for programs."""
        mends = [
            {"rule": mend.finding.rule, **asdict(mend.finding.location), "old": mend.old, "new": mend.new}
            for mend in self.mends
        ]
        return {"mends": mends, "refused": dict(sorted(self.refused.items()))}

    @property
    def diff(self) -> str:
        """The change, as `patch -p1` and `git apply` read it."""
        return "".join(_diff(path, file) for path, file in sorted(self.files.items()))

    def write(self) -> None:
        """Write the files; one that has changed meanwhile, or cannot be written, is refused."""
        failed = {path: why for path, file in self.files.items() if (why := _written(self.settings, path, file))}
        for path, why in failed.items():
            self.drop(path, why)
        if failed:
            self.guide = _load(self.settings, {})

    def drop(self, path: str, why: str) -> None:
        """Leave a file as it is."""
        self.refused[path] = why
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
    start = _load(settings, {})
    mending = FixResult(settings, start)
    for _ in range(_ROUNDS):
        if not _round(mending, wanted, find_more(mending.guide)):
            break
        _settle(mending, start)
    return mending


def _load(settings: Settings, files: Mapping[str, FixedFile]) -> Project:
    def read(path: Path, shown: str) -> SourceFile:
        return (
            source_file.decode_source(files[shown].after.encode(), shown)
            if shown in files
            else source_file.read_source(path, shown)
        )

    return guides.load_project(settings, read, mending=True)


def _round(mending: FixResult, wanted: Callable[[Finding], bool], more: Iterable[Finding]) -> bool:
    """Make the edits that the guide's findings carry; whether there were any."""
    by_path: dict[str, list[Finding]] = {}
    for finding in (*mending.guide.findings, *more):
        if finding.edits and finding.location.path not in mending.refused and wanted(finding):
            by_path.setdefault(finding.location.path, []).append(finding)
    agreed = {path: _undisputed(findings) for path, findings in by_path.items()}
    made = [_edit(mending, path, findings) for path, findings in agreed.items() if findings]
    return any(made)


def _undisputed(findings: Sequence[Finding]) -> list[Finding]:
    """The findings whose edits no other finding contradicts, as those of a shared file may."""
    disputed: set[Edit] = set()
    furthest = Edit(0, 0, "")
    for edit in sorted({edit for finding in findings for edit in finding.edits}):
        if edit.start < furthest.stop:
            disputed |= {edit, furthest}
        furthest = max(furthest, edit, key=lambda known: known.stop)
    return [finding for finding in findings if disputed.isdisjoint(finding.edits)]


def _edit(mending: FixResult, path: str, findings: Sequence[Finding]) -> bool:
    """Make the edits of one file; whether that was possible."""
    file = mending.files.get(path) or _opened(mending, path)
    if file is None:
        return False
    text = file.after
    at = _offsets(text)
    file.mends += [_told(finding, text, at) for finding in findings]
    for edit in sorted({edit for finding in findings for edit in finding.edits}, reverse=True):
        file.after = file.after[: at[edit.start]] + edit.text + file.after[at[edit.stop] :]
    return True


def _opened(mending: FixResult, path: str) -> FixedFile | None:
    try:
        text = (mending.settings.root / path).read_bytes().decode()
    except (OSError, UnicodeDecodeError):
        mending.refused[path] = "it is not UTF-8"
        return None
    mending.files[path] = FixedFile(text, text)
    return mending.files[path]


def _offsets(text: str) -> list[int]:
    """Where the characters of `SourceFile.text` stand in a text with its byte order mark and its newlines."""
    begin = 1 if text.startswith("\ufeff") else 0
    kept = [at for at in range(begin, len(text)) if text[at] != "\n" or text[at - 1 : at] != "\r"]
    return [*kept, len(text)]


def _told(finding: Finding, text: str, at: Sequence[int]) -> AppliedFix:
    changes = dict.fromkeys((text[at[edit.start] : at[edit.stop]], edit.text) for edit in finding.edits)
    return AppliedFix(finding, ", ".join(old for old, _ in changes), ", ".join(new for _, new in changes))


# Checking.


def _settle(mending: FixResult, start: Project) -> None:
    """Load the guide with its mends, without those that cause a new fault."""
    while True:
        mending.guide = _load(mending.settings, mending.files)
        new = _new(start, mending.guide)
        if not new:
            return
        why = f"mending it would bring up “{new[0].message}” in {new[0].location.path} [{new[0].rule}]"
        for path in _guilty(mending, new):
            mending.drop(path, why)


def _new(start: Project, now: Project) -> list[Finding]:
    """The findings that were not there at the start. Mends never add lines, so a place is known by its line."""

    def keyed(guide: Project) -> list[tuple[tuple[str, int, str, str], Finding]]:
        return [((f.location.path, f.location.line, f.rule, str(f.message)), f) for f in guide.findings]

    more = Counter(key for key, _ in keyed(now)) - Counter(key for key, _ in keyed(start))
    return [finding for key, finding in keyed(now) if more[key]]


def _guilty(mending: FixResult, new: Iterable[Finding]) -> list[str]:
    """The mended files of the pages with new findings; where there are none, every mended file."""
    places = {finding.location.path for finding in new}
    pages = [set(page.facts.files) for page in mending.guide.pages.values()]
    near = places.union(*(files for files in pages if files & places))
    return [path for path in mending.files if path in near] or list(mending.files)


# Files.


def _diff(path: str, file: FixedFile) -> str:
    before, after = _lines(file.before), _lines(file.after)
    lines = unified_diff(before, after, f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines with their newline; `splitlines` would part them at more than that."""
    parts = [f"{line}\n" for line in text.split("\n")]
    return [*parts[:-1], *([parts[-1][:-1]] if parts[-1] != "\n" else [])]


def _written(settings: Settings, path: str, file: FixedFile) -> str:
    """Write a file; returns what stands in the way, or ""."""
    full = (settings.root / path).resolve()
    if not (full.is_relative_to(settings.root) or full.is_relative_to(settings.docs_dir)):
        return "it lies outside the folder of mkdocs.yml"
    try:
        if full.read_bytes() != file.before.encode():
            return "it has changed meanwhile; run `docsite fix` again"
        write_atomically(full, file.after)
    except OSError as error:
        return f"it cannot be written ({error.strerror})"
    return ""

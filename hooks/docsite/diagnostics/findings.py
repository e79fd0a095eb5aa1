"""What a check has to say: where, which rule, how grave, and the likely mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from docsite.diagnostics.rules import RULES, Severity


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file as its writer sees it.

    Attributes:
        path: relative to the folder of mkdocs.yml, with forward slashes.
        line: counts from 1, front matter included.
        column: counts characters from 1.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A stretch of a source file, and what to write there instead.

    Attributes:
        start, stop: offsets in the text of `source.SourceFile`.
    """

    start: int
    stop: int
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at one place.

    Attributes:
        target: the address, tag or key that the fault is about, as written.
        suggestion: what was probably meant; empty when nothing is near enough.
        edits: what mends the fault in its file, where there is no doubt about it; not part of what makes findings
            equal.
        level: the severity that the site's settings give the rule; None for the rule's own.
    """

    rule: str
    location: Location
    message: str
    target: str = ""
    suggestion: str = ""
    edits: tuple[Edit, ...] = field(default=(), compare=False, repr=False)
    level: Severity | None = field(default=None, compare=False, repr=False)

    @property
    def severity(self) -> Severity:
        return self.level or RULES[self.rule].severity

    def __str__(self) -> str:
        hint = f" Did you mean {self.suggestion}?" if self.suggestion else ""
        return f"{self.location}: {self.severity}: {self.message}{hint} [{self.rule}]"


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by place, each once; where equal ones, of a shared file, would be mended in two ways, in none."""
    known: dict[Finding, Finding] = {}
    for finding in findings:
        if known.setdefault(finding, finding).edits != finding.edits:
            known[finding] = replace(finding, edits=())
    return sorted(known.values(), key=lambda f: (f.location, f.rule, f.message, f.target))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)

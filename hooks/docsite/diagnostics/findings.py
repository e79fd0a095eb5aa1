"""What a check found: which rule, where, and the likely fix."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from docsite._util.catalog import translate
from docsite._util.printing import printable
from docsite.diagnostics.messages import Message
from docsite.diagnostics.rules import RULES, Severity


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A position in a file as its writer sees it.

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
    """A replacement of some text of a source file.

    Attributes:
        start, stop: offsets in the text of `source_file.SourceFile`.
    """

    start: int
    stop: int
    text: str


_SHOWN_TAGS = 10
"""Tags that the text of a finding names; a report in JSON or SARIF has all of them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem at one place.

    Attributes:
        target: the address, tag or key that the problem is about, as written.
        suggestion: what was probably meant; empty when nothing is similar enough.
        edits: a safe fix, if there is one; not part of what makes findings equal.
        included_at: for a problem in an included file, the tags of pages that bring it in.
        level: the severity that the site's settings give the rule; None for the rule's own.
    """

    message: Message
    location: Location
    target: str = ""
    suggestion: str = ""
    edits: tuple[Edit, ...] = field(default=(), compare=False, repr=False)
    level: Severity | None = field(default=None, compare=False, repr=False)
    included_at: tuple[Location, ...] = field(default=(), compare=False, repr=False)

    @property
    def rule(self) -> str:
        return self.message.rule

    @property
    def severity(self) -> Severity:
        return self.level or RULES[self.rule].severity

    def __str__(self) -> str:
        return printable(f"{self.location}: {self.labeled_message} [{self.rule}]")

    @property
    def labeled_message(self) -> str:
        """The severity, the message, what was probably meant, and on how many pages it is."""
        text = f"{self.message}{self.hint}{self.in_pages}"
        return translate("{severity}: {text}").format(severity=translate(self.severity.value), text=text)

    @property
    def hint(self) -> str:
        """A question that names what was probably meant, to follow the message; "" where nothing is similar enough."""
        return translate(" Did you mean {suggestion}?").format(suggestion=self.suggestion) if self.suggestion else ""

    @property
    def in_pages(self) -> str:
        """A sentence that names the pages of a problem in an included file, to follow the message; "" for any other."""
        if not self.included_at:
            return ""
        places = ", ".join(map(str, self.included_at[:_SHOWN_TAGS]))
        more = len(self.included_at) - _SHOWN_TAGS
        if more > 0:
            return translate(" Included at {places} and {more} more.").format(places=places, more=more)
        return translate(" Included at {places}.").format(places=places)


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by location, each once.

    Equal findings of a shared file with different fixes keep no fix, and name the tags of all of its pages.
    """
    unique: dict[Finding, Finding] = {}
    tags: dict[Finding, dict[Location, None]] = {}
    for finding in findings:
        if unique.setdefault(finding, finding).edits != finding.edits:
            unique[finding] = replace(unique[finding], edits=())
        if finding.included_at:
            tags.setdefault(finding, {}).update(dict.fromkeys(finding.included_at))
    unique |= {finding: replace(unique[finding], included_at=tuple(sorted(places))) for finding, places in tags.items()}
    return sorted(unique.values(), key=lambda f: (f.location, f.rule, str(f.message), f.target))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)

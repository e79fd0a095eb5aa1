"""What a rule is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How serious a finding is: an error fails a check, a warning does not, information is not reported at all."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that can be wrong.

    Attributes:
        id: the words that name the rule everywhere.
        severity: of each of its findings.
        summary: what is wrong, in one line.
        fix: what to do about it, in one line.
        messages: templates of what its findings say, by a key, with named parameters in braces.
    """

    id: str
    severity: Severity
    summary: str
    fix: str
    messages: Mapping[str, str]

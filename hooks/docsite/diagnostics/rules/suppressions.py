"""Rules about the comments that ignore findings."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

SUPPRESSION_RULES = (
    Rule(
        "accept-without-reason",
        Severity.ERROR,
        "A comment ignores a rule without giving a reason.",
        "Write <!-- docsite: accept RULE because REASON -->.",
        {"no-reason": "The reason is missing. Write <!-- docsite: accept RULE because REASON -->."},
    ),
    Rule(
        "accept-unused",
        Severity.WARNING,
        "A comment ignores a problem that does not occur.",
        "Delete the comment.",
        {
            "unused": "“{rules}” does not occur here, so there is nothing to ignore. Delete the comment.",
            "verb": "Unknown word “{verb}”. Write <!-- docsite: accept RULE because REASON -->.",
            "rule": "Unknown rule “{rule}”.",
        },
    ),
)

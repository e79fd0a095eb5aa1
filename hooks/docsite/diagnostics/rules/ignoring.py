"""Rules about the comments that ignore findings."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

SUPPRESSION_RULES = (
    Rule(
        "ignore-without-reason",
        Severity.ERROR,
        "A comment ignores a rule without giving a reason.",
        "Write <!-- docsite: ignore RULE because REASON -->.",
        {"no-reason": "The reason is missing. Write <!-- docsite: ignore RULE because REASON -->."},
    ),
    Rule(
        "ignore-unknown",
        Severity.WARNING,
        "A comment names a rule that does not exist, or does not begin with ignore.",
        "Correct the comment.",
        {
            "word": "Unknown word “{word}”. Write <!-- docsite: ignore RULE because REASON -->.",
            "rule": "Unknown rule “{rule}”.",
        },
    ),
    Rule(
        "ignore-unused",
        Severity.WARNING,
        "A comment ignores a problem that does not occur.",
        "Delete the comment.",
        {"unused": "“{rules}” does not occur here, so there is nothing to ignore. Delete the comment."},
    ),
)

FORMER_NAMES = {"accept": "ignore", "accept-without-reason": "ignore-without-reason", "accept-unused": "ignore-unused"}
"""Names of rules and groups until version 0.1, and what they are called now. Both work for one release."""

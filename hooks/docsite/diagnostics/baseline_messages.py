"""What is said about a baseline."""

from __future__ import annotations

from docsite.diagnostics.messages import Message

BASELINE = {
    "unreadable": "{file}: cannot be read ({reason}). `docsite check --update-baseline` writes it",
    "not-utf8": "{file}: is not valid UTF-8. `docsite check --update-baseline` writes it",
    "not-baseline": "{file}: is not a baseline that this version of docsite can read",
    "not-written": "{file}: cannot be written ({reason})",
    "updated": "{file}: baseline updated: {added} added, {removed} removed.",
    "compared": "{file}: {known} findings of the baseline not shown; {obsolete} baseline entries obsolete.",
    "obsolete": "  obsolete: {file}: {message} [{rule}]",
    "obsolete-several": "  obsolete: {file}: {message} [{rule}] ({count} times)",
    "written": "{file}: baseline updated: {count} findings.",
}


def baseline_message(key: str, /, **params: str | int | Message) -> Message:
    """The message about a baseline with this key."""
    return Message("", BASELINE[key], tuple(params.items()))

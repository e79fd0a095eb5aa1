"""What is said about addresses outside the site, apart from findings."""

from __future__ import annotations

from docsite._util.errors import UsageError
from docsite.diagnostics.messages import Message

EXTERNAL = {
    "no-lychee": "check-external needs lychee: install it with `pip install docsite[external]`",
    "no-report": "lychee gave no report ({reason})",
    "dead-so-far": "{reason}, so far in {runs} of {wanted} runs over {days} days",
    "uncertain": "{location}: {address}: {reason}",
    "inventory-problems": "{file}: left as it is, since it has problems of its own; run `docsite check`",
    "inventory-same": "{file}: nothing has changed upstream",
    "inventory-change": "{file}: {change}",
    "inventory-moved": "{path} has moved to {target}",
    "inventory-only": "{path} exists in “{language}” only",
    "inventory-lost": "{path} has lost the anchor #{anchor} in “{language}”",
    "inventory-new": "{path} has the anchor #{anchor} in “{language}”",
}

REASONS = {
    "no-host": "the host does not exist",
    "no-network": "no host was found: is there a network?",
    "no-address": "not an address",
    "not-public": "the host is one outside the public internet",
    "redirect-not-public": "a redirect leads to a host outside the public internet",
    "never-checked": "never checked",
}
"""Why an address is not alive, as the history keeps it; what servers say is kept as it is."""


def external_message(key: str, /, **params: str | int | Message) -> Message:
    """The message with this key."""
    return Message("", EXTERNAL[key], tuple(params.items()))


def external_error(key: str, /, **params: str | int | Message) -> UsageError:
    """The error with this key."""
    return UsageError(external_message(key, **params))


def reason_text(reason: str) -> str | Message:
    """A reason as it is shown: one of ours can be translated."""
    return Message("", reason) if reason in REASONS.values() else reason

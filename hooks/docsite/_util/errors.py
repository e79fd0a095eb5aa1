"""Why a command cannot do what it was asked. Each error carries messages, a line each."""

from __future__ import annotations


class DocsiteError(Exception):
    """An error that is shown to the user; its arguments are messages, formatted when they are shown."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class UsageError(DocsiteError):
    """The command cannot do what it was asked."""


class PublishError(DocsiteError):
    """The published branch stays as it was."""


class WorkerError(DocsiteError):
    """A worker process raised or died."""

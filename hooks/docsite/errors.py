"""Why a command cannot do what it was asked."""

from __future__ import annotations


class UsageError(Exception):
    """The command cannot do what it was asked; the message says why."""


class PublishError(Exception):
    """The published branch stays as it was; the message says why, and what to do."""


class WorkerError(Exception):
    """A worker process raised or died; the message says how."""

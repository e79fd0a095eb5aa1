"""Why nothing was published."""

from __future__ import annotations


class PublishError(Exception):
    """The published branch stays as it was; the message says why, and what to do."""

"""MkDocs' log without what file names and texts could make of it."""

from __future__ import annotations

import logging
import re

from docsite._util.printing import printable

_COLOR = re.compile(r"(\x1b\[[0-9;]*m)")
"""Plugins color what they log."""
_COMMAND = re.compile(r"\s*(::|##\[)")
"""How a line begins that CI services obey."""


def keep_log_harmless() -> None:
    """Let no name of a file drive the terminal or the service that a build's log goes to."""
    for handler in logging.getLogger("mkdocs").handlers:
        handler.addFilter(_clean)


def _clean(record: logging.LogRecord) -> bool:
    first, *others = record.getMessage().split("\n")
    lines = [first, *(f"| {line}" if _COMMAND.match(line) else line for line in others)]
    record.msg, record.args = "\n".join(map(_clean_line, lines)), ()
    return True


def _clean_line(line: str) -> str:
    parts = _COLOR.split(line)
    return "".join(part if number % 2 else printable(part) for number, part in enumerate(parts))

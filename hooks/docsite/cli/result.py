"""What a command returns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class CommandResult:
    """What a command returns; `cli.main` prints it.

    Attributes:
        exit_code: 0: nothing at error level; 1: findings; 2: wrong usage or settings.
        output: for standard output, or for the file that --output names.
        notes: lines for standard error.
    """

    exit_code: int = 0
    output: str = ""
    notes: Sequence[str] = ()

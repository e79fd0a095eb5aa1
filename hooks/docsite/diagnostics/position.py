"""A position in one of the files that a page is made of."""

from __future__ import annotations

from typing import NamedTuple


class Position(NamedTuple):
    """The index of a file in a list that goes with it, such as `PageSummary.files`, and line and column from 1."""

    file: int
    line: int
    column: int

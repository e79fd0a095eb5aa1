"""What the writer probably meant."""

from __future__ import annotations

from collections.abc import Iterable

NEAR_ENOUGH = 70
"""Similarity in per cent, under which a guess does more harm than good."""


def nearest(wanted: str, candidates: Iterable[str]) -> str:
    """The candidate most like `wanted`, the first of equals; "" when none is near enough."""
    from rapidfuzz import fuzz, process, utils  # costly to load, and only needed once something is wrong

    known = sorted(candidates) if isinstance(candidates, set | frozenset) else list(candidates)
    found = process.extractOne(
        wanted, known, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=NEAR_ENOUGH
    )
    return str(found[0]) if found else ""

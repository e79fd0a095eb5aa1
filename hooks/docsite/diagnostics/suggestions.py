"""What the writer probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

MIN_SIMILARITY = 75
"""Similarity in per cent, under which a guess does more harm than good."""

HIGH_CONFIDENCE = 90
"""Similarity in per cent, from which on a guess may be written into the page unasked."""

_AHEAD = 5
"""Per cent by which a sure guess leads the next."""

_SHORT = 4
"""Letters up to which a word is taken for no misspelling of another: `text` is not `test`."""


def closest_match(wanted: str, candidates: Iterable[str]) -> str:
    """The candidate most like `wanted`, the first of equals; "" when none is near enough."""
    from rapidfuzz import fuzz, utils  # costly to load, and only needed once something is wrong
    from rapidfuzz.distance import OSA

    known = sorted(candidates) if isinstance(candidates, set | frozenset) else list(candidates)
    said = utils.default_process(wanted)
    best, least = "", MIN_SIMILARITY / 100
    for candidate in known if said else ():
        other = utils.default_process(candidate)
        score = max(fuzz.ratio(said, other) / 100, OSA.normalized_similarity(said, other))
        if score > least or (score == least and not best):
            best, least = candidate, score
    return best


def unambiguous_match(wanted: str, candidates: Iterable[str], least: int = HIGH_CONFIDENCE) -> str:
    """The one candidate that `wanted` must be a misspelling of; "" when there is any doubt.

    Letter case aside, it is far ahead of all others, word for word at most one slip away, and has the same numbers.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    known = list(dict.fromkeys(candidates))
    found = process.extract(
        wanted,
        known,
        scorer=OSA.normalized_similarity,
        processor=str.casefold,
        limit=2,
        score_cutoff=(least - _AHEAD) / 100,
    )
    best, second, *_ = (*((round(score * 100), str(name)) for name, score, _ in found), (0, ""), (0, ""))
    sure = best[0] >= least and best[0] - second[0] >= _AHEAD and _slips(wanted, best[1])
    return best[1] if sure else ""


def _slips(wanted: str, meant: str) -> bool:
    """Whether two texts differ as misspellings do."""
    from rapidfuzz.distance import OSA

    one, other = (re.findall(r"[^\W_]+", text.casefold()) for text in (wanted, meant))
    pairs = list(zip(one, other, strict=False))
    same_numbers = re.findall(r"\d+", wanted) == re.findall(r"\d+", meant)
    near = all(a == b or (max(len(a), len(b)) > _SHORT and OSA.distance(a, b) == 1) for a, b in pairs)
    return len(one) == len(other) and same_numbers and near

"""Which section of a translation is which of its source page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from docsite.translation.section_content import SectionContent

Pair = tuple[SectionContent | None, SectionContent | None]
"""A section of the source page and its counterpart; one of them is None where it has none."""

_GAP = -0.6
"""What it costs to leave a section without a counterpart."""


def align_sections(source: Sequence[SectionContent], translation: Sequence[SectionContent]) -> list[Pair]:
    """Pair the sections of two pages, in order: one by one where their levels agree, else by what they hold.

    The second is the algorithm of Needleman and Wunsch, as for sequences of any kind.
    """
    if [section.level for section in source] == [section.level for section in translation]:
        return list(zip(source, translation, strict=True))
    score = _scores(source, translation)
    pairs: list[Pair] = []
    left, right = len(source), len(translation)
    while left or right:
        here = score[left][right]
        one, other = source[left - 1], translation[right - 1]
        if left and right and here == score[left - 1][right - 1] + _similarity(one, other):
            left, right = left - 1, right - 1
            pairs.append((one, other))
        elif left and here == score[left - 1][right] + _GAP:
            left -= 1
            pairs.append((source[left], None))
        else:
            right -= 1
            pairs.append((None, translation[right]))
    return pairs[::-1]


def _scores(source: Sequence[SectionContent], translation: Sequence[SectionContent]) -> list[list[float]]:
    score = [[_GAP * column for column in range(len(translation) + 1)]]
    for left, one in enumerate(source, 1):
        row = [_GAP * left]
        for right, other in enumerate(translation, 1):
            paired = score[left - 1][right - 1] + _similarity(one, other)
            row.append(max(paired, score[left - 1][right] + _GAP, row[-1] + _GAP))
        score.append(row)
    return score


def _similarity(one: SectionContent, other: SectionContent) -> float:
    """From -2, for two sections that are not the same, to 2.5."""
    if (one.level == 0) != (other.level == 0):
        return -2
    if one.id and one.id == other.id:
        return 2.5
    level = 0.5 if one.level == other.level else -0.8
    title = 1.0 if one.title.casefold() == other.title.casefold() else 0.0
    return level + title + _shared(one, other)


def _shared(one: SectionContent, other: SectionContent) -> float:
    """How much of what they hold is the same, from -0.5 to 1; 0 where neither holds anything."""
    ours, theirs = (Counter((item.kind, item.value) for item in section.items) for section in (one, other))
    whole = max(ours.total(), theirs.total())
    if whole:
        return 1.5 * (ours & theirs).total() / whole - 0.5
    longer, shorter = sorted((sum(map(len, section.blocks)) + 1 for section in (one, other)), reverse=True)
    return 0.4 * shorter / longer - 0.2

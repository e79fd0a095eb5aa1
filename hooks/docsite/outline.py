"""Ids of a page's headings, the same in every language.

A translated page takes the ids of its source page, heading by heading, while the two outlines match; an explicit
`{#id}` wins; the slug of the translated text stays as a second anchor, so that links made before still land.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docsite.dialect.render import HeadingText
from docsite.dialect.slugs import numbered

_FOOTNOTE = re.compile(r"^[ ]{0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_INLINE_ID = re.compile(r"\{:?[^{}\n]*#([A-Za-z][\w:-]*)[^{}\n]*\}")
_TAB = re.compile(r"^[ >]*/{3,} tab(?: |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its id; `aliases` are further anchors at the same place."""

    level: int
    text: str
    id: str
    aliases: tuple[str, ...] = ()


def standing_alone(headings: Sequence[HeadingText]) -> list[Heading]:
    """Headings with explicit ids, or ids made from their text."""
    made = numbered(heading.text for heading in headings if not heading.id)
    return [Heading(h.level, h.text, h.id or next(made)) for h in headings]


def like_source(headings: Sequence[HeadingText], source: Sequence[Heading]) -> list[Heading]:
    """Headings of a translated page with the ids of its source page, if both have the same outline."""
    alone = standing_alone(headings)
    if [h.level for h in headings] != [h.level for h in source]:
        return alone
    taken = {twin.id for twin in source} | {h.id for h in headings if h.id}
    matched = []
    for written, own, twin in zip(headings, alone, source, strict=True):
        if written.id:
            matched.append(own)
            continue
        alias = (own.id,) if own.id and own.id not in taken else ()
        matched.append(Heading(own.level, own.text, twin.id, alias))
    return matched


def other_ids(text: str) -> Iterable[str]:
    """Ids that Markdown makes of footnotes, inline attribute lists and tabs."""
    for name in _FOOTNOTE.findall(text):
        yield f"fn:{name}"
        yield f"fnref:{name}"
    yield from _INLINE_ID.findall(text)
    if _TAB.search(text):
        sets = len(_TAB.findall(text))
        yield from (f"__tabbed_{a}_{b}" for a in range(1, sets + 1) for b in range(1, sets + 1))

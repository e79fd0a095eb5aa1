"""Ids of a page's headings, the same in every language.

A translated page takes the ids of its source page, heading by heading, while the two outlines match; an explicit
`{#id}` wins, with the source's id beside it; the slug of the translated text stays as a second anchor, so that links
made before still land.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from docsite.markup.slugs import unique_slugs


class HeadingSource(Protocol):
    """A heading as a reader sees it; `id` is the explicit one, or ""."""

    @property
    def level(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def id(self) -> str: ...


class HeadingText(NamedTuple):
    """A heading as a reader sees it; `id` is the explicit one, or ""."""

    level: int
    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its id; `aliases` are further anchors at the same place."""

    level: int
    text: str
    id: str
    aliases: tuple[str, ...] = ()


def ids_from_text(headings: Sequence[HeadingSource]) -> list[Heading]:
    """Headings with explicit ids, or ids made from their text."""
    made = unique_slugs(heading.text for heading in headings if not heading.id)
    return [Heading(h.level, h.text, h.id or next(made)) for h in headings]


def ids_from_source_page(headings: Sequence[HeadingSource], source: Sequence[Heading]) -> list[Heading]:
    """Headings of a translated page with the ids of its source page, if both have the same outline."""
    alone = ids_from_text(headings)
    if [h.level for h in headings] != [h.level for h in source]:
        return alone
    explicit = {h.id for h in headings if h.id}
    taken = {source_heading.id for source_heading in source} | explicit | {""}
    matched = []
    for written, own, source_heading in zip(headings, alone, source, strict=True):
        if written.id:
            kept = (source_heading.id,) if source_heading.id and source_heading.id not in explicit else ()
            matched.append(Heading(own.level, own.text, own.id, kept))
            continue
        alias = () if own.id in taken else (own.id,)
        taken.add(own.id)
        matched.append(Heading(own.level, own.text, source_heading.id, alias))
    return matched

"""Ids of a page's headings, the same in every language.

A translated page takes the ids of its source page, heading by heading, while the two outlines match; an explicit
`{#id}` wins; the slug of the translated text stays as a second anchor, so that links made before still land.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from docsite.markup.slugs import unique_slugs

_FOOTNOTE = re.compile(r"^[ ]{0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_INLINE_ID = re.compile(r"\{:?[^{}\n]*#([A-Za-z][\w:-]*)[^{}\n]*\}")
_FOOTNOTE_USE = re.compile(r"\[\^([^\]\s]+)\]")
_BLOCK_EDGE = re.compile(r"[ >]*/{3,}(?:[ ]+([\w-]+).*|\s*)$")


class HeadingSource(Protocol):
    """A heading as written; `id` is the explicit one, or ""."""

    @property
    def level(self) -> int: ...

    @property
    def text(self) -> str: ...

    @property
    def id(self) -> str: ...


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
    taken = {twin.id for twin in source} | {h.id for h in headings if h.id} | {""}
    matched = []
    for written, own, twin in zip(headings, alone, source, strict=True):
        if written.id:
            matched.append(own)
            continue
        alias = () if own.id in taken else (own.id,)
        taken.add(own.id)
        matched.append(Heading(own.level, own.text, twin.id, alias))
    return matched


def generated_ids(text: str) -> Iterator[str]:
    """Ids that Markdown makes of footnotes, inline attribute lists and tabs; `text` is without code."""
    defined = Counter(_FOOTNOTE.findall(text))
    used = Counter(_FOOTNOTE_USE.findall(text)) if defined else Counter[str]()
    for name, times in defined.items():
        yield f"fn:{name}"
        yield from (f"fnref{n if n > 1 else ''}:{name}" for n in range(1, used[name] - times + 1))
    yield from _INLINE_ID.findall(text)
    if "/// tab" in text:
        yield from _tab_ids(text.splitlines())


def _tab_ids(lines: Sequence[str]) -> Iterator[str]:
    """Ids of tabs: those that follow each other with nothing between make a set."""
    sets, levels = 0, [(0, 0)]
    for line, following in pairwise([*lines, ""]):
        edge = _BLOCK_EDGE.match(line)
        if edge is None:
            levels[-1] = levels[-1] if not line.strip(" >") else (0, 0)
        elif not edge[1]:
            del levels[max(1, len(levels) - 1) :]
        else:
            number, count = levels[-1] if edge[1] == "tab" else (0, 0)
            if edge[1] == "tab":
                if not number or following.strip(" >") == "new: true":
                    number, count, sets = sets + 1, 0, sets + 1
                count += 1
                yield f"__tabbed_{number}_{count}"
            levels[-1:] = [(number, count), (0, 0)]

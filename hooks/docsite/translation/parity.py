"""What a translation lacks of its source page, or has beyond it, section by section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from docsite.diagnostics.position import Position
from docsite.markup.labels import page_type_id
from docsite.translation.alignment import align_sections
from docsite.translation.page_content import Item, SectionContent
from docsite.translation.terms import Term, TermFinder

_RULES = {
    "code": "translation-code",
    "link": "translation-link",
    "image": "translation-image",
    "alert": "translation-alert",
    "table": "translation-table",
    "tabs": "translation-tabs",
    "list": "translation-list",
}
_EQUAL_KEYS = ("page_order", "layout", "template", "noindex")
_TEXT_KEYS = ("nav_title", "article_title", "description")
COMPARED_KEYS = (*_EQUAL_KEYS, "page_type", *_TEXT_KEYS)

_NAME = re.compile(r"(?=.*[A-Za-z])[\w.$/#:@=*-]{2,60}")
"""Inline code that is the same in every language: no phrase, and no placeholder such as `<name>`."""

_EXCERPT = 60
"""Characters of a paragraph that name it."""

_SWALLOWED = 40
"""Characters by which the text of a link may outgrow three times that of its counterpart."""


class Difference(NamedTuple):
    """Something in which a translation and its source page differ.

    Attributes:
        key: which message of the rule says it.
        position: in the translation; where it is missing there, of the section that lacks it.
        source: in the source page; None where it has nothing of the kind.
    """

    rule: str
    key: str
    position: Position
    source: Position | None
    shown: str
    expected: str = ""


def compare_contents(
    source: Sequence[SectionContent],
    translation: Sequence[SectionContent],
    moved: Mapping[str, str] = MappingProxyType({}),
) -> list[Difference]:
    """The differences, in the order of the text. A section that is missing is one difference, whatever it holds.

    Args:
        moved: addresses that mean the same as another, both as `comparable_address` gives them.
    """
    if moved:
        source, translation = _with_moves(source, moved), _with_moves(translation, moved)
    found: list[Difference] = []
    pairs: list[tuple[SectionContent, SectionContent]] = []
    for ours, theirs in align_sections(source, translation):
        if ours is not None and theirs is not None:
            pairs.append((ours, theirs))
        elif ours is not None:
            before = pairs[-1][1].position if pairs else translation[0].position
            found.append(Difference("translation-heading", "missing", before, ours.position, ours.title))
            if pairs and _holds(pairs[-1][1], ours):
                pairs[-1] = _joined(pairs[-1][0], ours), pairs[-1][1]
        elif theirs is not None:
            found.append(Difference("translation-heading", "extra", theirs.position, None, theirs.title))
            if pairs and _holds(pairs[-1][0], theirs):
                pairs[-1] = pairs[-1][0], _joined(pairs[-1][1], theirs)
    found += [difference for pair in pairs for difference in _compare_sections(*pair)]
    return sorted(found, key=lambda difference: difference.position)


def _with_moves(sections: Sequence[SectionContent], moved: Mapping[str, str]) -> list[SectionContent]:
    return [
        section._replace(items=tuple(item._replace(value=moved.get(item.value, item.value)) for item in section.items))
        for section in sections
    ]


def _holds(section: SectionContent, other: SectionContent) -> bool:
    """Whether a section has most of what another has: then only the heading between them is missing."""
    there = {(item.kind, item.value) for item in section.items}
    known = [(item.kind, item.value) in there for item in other.items]
    return bool(known) and 2 * sum(known) > len(known)


def _joined(section: SectionContent, other: SectionContent) -> SectionContent:
    blocks = len(section.blocks)
    items = (*section.items, *(item._replace(block=item.block + blocks) for item in other.items))
    return section._replace(items=items, blocks=(*section.blocks, *other.blocks))


def _compare_sections(source: SectionContent, translation: SectionContent) -> Iterator[Difference]:
    if source.level != translation.level:
        level, expected = f"{translation.level}", f"{source.level}"
        yield Difference("translation-heading", "level", translation.position, source.position, level, expected)
    if any(source.blocks[1:]) and not any(translation.blocks[1:]) and not translation.items:
        yield Difference("translation-section", "empty", translation.position, source.position, translation.title)
        return
    missing, extra = _unmatched(source.items, translation.items)
    lost = _lost_blocks(source, translation, missing)
    for block in lost:
        first = next(item for item in missing if item.block == block)
        shown = " ".join(source.blocks[block].split())[:_EXCERPT] or first.shown
        yield Difference("translation-section", "paragraph", translation.position, first.position, shown)
    missing = [item for item in missing if item.block not in lost]
    yield from _paired(missing, extra, translation)
    yield from _missing_names(missing, translation)
    yield from _swallowed(source, translation)


def _unmatched(source: Sequence[Item], translation: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """The items of either side that the other does not have."""
    ours, theirs = (Counter((item.kind, item.value) for item in items) for items in (source, translation))
    return _beyond(source, theirs), _beyond(translation, ours)


def _beyond(items: Sequence[Item], other: Counter[tuple[str, str]]) -> list[Item]:
    left = Counter(other)
    beyond = []
    for item in items:
        key = item.kind, item.value
        if left[key]:
            left[key] -= 1
        else:
            beyond.append(item)
    return beyond


def _lost_blocks(source: SectionContent, translation: SectionContent, missing: Sequence[Item]) -> list[int]:
    """Blocks with nothing of which the translation has anything, where it also has fewer blocks."""
    if len(translation.blocks) >= len(source.blocks):
        return []
    all_items = Counter(item.block for item in source.items)
    lost = Counter(item.block for item in missing)
    return [block for block, count in lost.items() if count > 1 and count == all_items[block]]


def _paired(missing: Sequence[Item], extra: Sequence[Item], section: SectionContent) -> Iterator[Difference]:
    """What is missing beside what is there instead, kind by kind."""
    for kind, rule in _RULES.items():
        ours = [item for item in missing if item.kind == kind]
        theirs = [item for item in extra if item.kind == kind]
        for one, other in zip(ours, theirs, strict=False):
            yield Difference(rule, "differs", other.position, one.position, other.shown, one.shown)
        for one in ours[len(theirs) :]:
            yield Difference(rule, "missing", section.position, one.position, one.shown)
        for other in theirs[len(ours) :]:
            yield Difference(rule, "extra", other.position, None, other.shown)


def _missing_names(missing: Sequence[Item], translation: SectionContent) -> Iterator[Difference]:
    """Names in inline code that the translation has in no form. How often they stand there is up to the translator."""
    text = " ".join("".join(translation.blocks).split())
    for item in {item.value: item for item in missing if item.kind == "name" and _NAME.fullmatch(item.value)}.values():
        if item.value not in text:
            yield Difference("translation-inline-code", "missing", translation.position, item.position, item.shown)


def _swallowed(source: SectionContent, translation: SectionContent) -> Iterator[Difference]:
    """Links whose text is so much longer than in the source page that it holds what stood beside it."""
    sizes = {item.value: item for item in source.items if item.kind == "link"}
    for item in translation.items:
        one = sizes.get(item.value) if item.kind == "link" else None
        if one and item.size > 3 * one.size + _SWALLOWED:
            yield Difference("translation-link", "swallowed", item.position, one.position, item.shown)


class MetaDifference(NamedTuple):
    """A key of the front matter in which a translation and its source page differ, and what the source says."""

    key: str
    message: str
    expected: str


def compare_front_matter(source: Mapping[str, Any], translation: Mapping[str, Any]) -> Iterator[MetaDifference]:
    """Keys that must be equal, and texts that must be there in the translation's own language."""
    for key in _EQUAL_KEYS:
        if source.get(key) != translation.get(key):
            yield MetaDifference(key, "differs", _shown(source.get(key)))
    kinds = [page_type_id(str(meta["page_type"])) if meta.get("page_type") else None for meta in (source, translation)]
    if kinds[0] != kinds[1]:
        yield MetaDifference("page_type", "differs", _shown(source.get("page_type")))
    for key in _TEXT_KEYS:
        ours, theirs = source.get(key), translation.get(key)
        if ours and not theirs:
            yield MetaDifference(key, "missing", _shown(ours))
        elif ours == theirs and isinstance(ours, str) and len(ours.split()) > 2:
            yield MetaDifference(key, "untranslated", _shown(ours))


def _shown(value: object) -> str:
    return "nothing" if value is None else str(value)


class LostTerm(NamedTuple):
    """A term that a block of the source page has, and its counterpart has not.

    Attributes:
        expected: the term in the language of the translation.
    """

    term: Term
    position: Position
    source: Position
    expected: str


def compare_terms(
    source: Sequence[SectionContent], translation: Sequence[SectionContent], finders: tuple[TermFinder, TermFinder]
) -> Iterator[LostTerm]:
    """Terms that are lost, block by block where both sections have as many of them, else section by section."""
    for ours, theirs in align_sections(source, translation):
        if ours is not None and theirs is not None:
            for one, other in _paired_texts(ours, theirs):
                yield from _lost_terms(one, other, finders, ours, theirs)


def _paired_texts(ours: SectionContent, theirs: SectionContent) -> Iterator[tuple[str, str]]:
    if len(ours.blocks) == len(theirs.blocks):
        yield from zip(ours.blocks, theirs.blocks, strict=True)
    else:
        yield "\n".join(ours.blocks), "\n".join(theirs.blocks)


def _lost_terms(
    one: str, other: str, finders: tuple[TermFinder, TermFinder], ours: SectionContent, theirs: SectionContent
) -> Iterator[LostTerm]:
    wanted = {match.term.id: match.term for match in finders[0].find_terms(one)}
    if not wanted or not other.strip():
        return
    for term in wanted.values():
        expected = term.names.get(finders[1].language, "")
        if expected and not finders[1].has_term(term, other):
            yield LostTerm(term, theirs.position, ours.position, expected)

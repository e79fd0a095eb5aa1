"""What a translation lacks of its source page, or has beyond it, section by section."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from docsite.diagnostics.position import Position
from docsite.translation.alignment import align_sections
from docsite.translation.comparable_address import is_in_language
from docsite.translation.section_content import Item, SectionContent

_RULES = {
    "code": "translation-code",
    "link": "translation-link",
    "image": "translation-image",
    "alert": "translation-alert",
    "table": "translation-table",
    "tabs": "translation-tabs",
    "include": "translation-include",
    "list": "translation-list",
}
_NAMED = ("code", "link", "image", "name", "include")
"""Kinds of items that can be recognized in another section."""

_NAME = re.compile(r"(?=.*(?:[_.$@:=#-]|\d|[a-z][A-Z]))(?=.*[A-Za-z])(?!(?i:your|my)[-_])[\w.$#:@=*-]{2,60}")
"""Inline code that is the same in every language: an identifier, and neither a word, which may be an example, nor a
path, nor a placeholder such as `<name>` or `your_name`."""

_GENERATED = re.compile(r"auto[- ]?generated\b", re.IGNORECASE)

_MANY = 5
"""Missing sections from which on one difference may stand for all of them."""

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
    language: str = "",
) -> list[Difference]:
    """The differences, in the order of the text. A section that is missing is one difference, whatever it holds.

    Args:
        moved: addresses that mean the same as another, both as `comparable_address` gives them.
        language: of the translation, which may link to pages outside in this language.
    """
    if moved:
        source, translation = _with_moves(source, moved), _with_moves(translation, moved)
    found: list[Difference] = []
    pairs: list[tuple[SectionContent, SectionContent]] = []
    lost, added = [], []
    for ours, theirs in align_sections(source, translation):
        if ours is not None and theirs is not None:
            pairs.append((ours, theirs))
        elif ours is not None:
            before = pairs[-1][1].position if pairs else translation[0].position
            lost.append((ours, Difference("translation-heading", "missing", before, ours.position, ours.title)))
            if pairs and _holds(pairs[-1][1], ours):
                pairs[-1] = _joined(pairs[-1][0], ours), pairs[-1][1]
        elif theirs is not None:
            added.append((theirs, Difference("translation-heading", "extra", theirs.position, None, theirs.title)))
            if pairs and _holds(pairs[-1][0], theirs):
                pairs[-1] = pairs[-1][0], _joined(pairs[-1][1], theirs)
    moved_sections = _moved_sections([section for section, _ in lost], [section for section, _ in added])
    alone = {key for section, _ in lost for key in _keys(section)}, {key for one, _ in added for key in _keys(one)}
    unmatched = [
        difference
        for section, difference in (*lost, *added)
        if not any(section in pair for pair in moved_sections) and not _is_generated(section)
    ]
    found += _folded(unmatched, source, translation)
    for pair in (*pairs, *moved_sections):
        found += _SectionComparison(*pair, alone, language).differences()
    return sorted(found, key=lambda difference: difference.position)


def _folded(
    unmatched: list[Difference], source: Sequence[SectionContent], translation: Sequence[SectionContent]
) -> list[Difference]:
    """Sections without a counterpart; one difference for all that are missing where these are most of a page."""
    missing = [difference for difference in unmatched if difference.key == "missing"]
    total = len(source) - 1  # but for what stands above all headings
    if len(missing) < _MANY or 2 * len(missing) < total:
        return unmatched
    first, counts = missing[0], (f"{total - len(missing)}", f"{total}")
    most = Difference("translation-heading", "most", translation[0].position, first.source, *counts)
    return [most, *(difference for difference in unmatched if difference.key != "missing")]


def _moved_sections(
    lost: Sequence[SectionContent], added: Sequence[SectionContent]
) -> list[tuple[SectionContent, SectionContent]]:
    """Sections that stand in another order, as in a list of names that each language sorts."""
    left = [*added]
    moved = []
    for ours in lost:
        theirs = next(
            (one for one in left if one.level == ours.level and _holds(one, ours) and _holds(ours, one)), None
        )
        if theirs is not None:
            left.remove(theirs)
            moved.append((ours, theirs))
    return moved


def _is_generated(section: SectionContent) -> bool:
    """Whether a program wrote a heading under a page."""
    return bool(_GENERATED.search(section.title)) and not section.items


_Key = tuple[str, str]
"""Kind and value of an item."""


def _keys(section: SectionContent) -> Iterator[_Key]:
    """The items of a section that can be recognized elsewhere: none that are but a number."""
    return ((item.kind, item.value) for item in section.items if item.kind in _NAMED)


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


@dataclass(frozen=True)
class _SectionComparison:
    """A section of the source page and its counterpart.

    Args:
        alone: what stands in sections without a counterpart, of either page.
    """

    source: SectionContent
    translation: SectionContent
    alone: tuple[set[_Key], set[_Key]]
    language: str

    def differences(self) -> Iterator[Difference]:
        source, translation = self.source, self.translation
        if source.level != translation.level:
            level, expected = f"{translation.level}", f"{source.level}"
            yield Difference("translation-heading", "level", translation.position, source.position, level, expected)
        is_empty = not any(translation.blocks[1:]) and all(item.kind == "include" for item in translation.items)
        if any(source.blocks[1:]) and is_empty:
            yield Difference("translation-section", "empty", translation.position, source.position, translation.title)
            return
        missing, extra = self._unmatched()
        if missing or extra:
            yield from self._beyond_each_other(missing, extra)
        yield from _swallowed(source, translation)

    def _beyond_each_other(self, missing: Sequence[Item], extra: Sequence[Item]) -> Iterator[Difference]:
        """The differences in what only one side has."""
        source, translation = self.source, self.translation
        lost = _lost_blocks(source, translation, missing)
        for block in lost:
            first = next(item for item in missing if item.block == block)
            shown = " ".join(source.blocks[block].split())[:_EXCERPT] or first.shown
            yield Difference("translation-section", "paragraph", translation.position, first.position, shown)
        missing = [item for item in missing if item.block not in lost]
        yield from self._paired(missing, extra)
        yield from self._missing_names(missing)

    def _unmatched(self) -> tuple[list[Item], list[Item]]:
        """The items of either side that the other has neither here nor in a section that has no counterpart."""
        sides = self.source.items, self.translation.items
        ours, theirs = (Counter([(item.kind, item.value) for item in items]) for items in sides)
        if ours == theirs:
            return [], []
        lost, added = self.alone
        missing = [item for item in _beyond(sides[0], theirs) if (item.kind, item.value) not in added]
        return missing, [item for item in _beyond(sides[1], ours) if (item.kind, item.value) not in lost]

    def _paired(self, missing: Sequence[Item], extra: Sequence[Item]) -> Iterator[Difference]:
        """What is missing beside what is there instead, kind by kind."""
        for kind, rule in _RULES.items():
            ours = [item for item in missing if item.kind == kind]
            theirs = [item for item in extra if item.kind == kind]
            if kind == "list" and sum(int(item.value) for item in ours) == sum(int(item.value) for item in theirs):
                continue  # the same items, divided or nested in another way
            for one, other in zip(ours, theirs, strict=False):
                if kind != "link" or not is_in_language(other.shown, self.language):
                    yield Difference(rule, "differs", other.position, one.position, other.shown, one.shown)
            for one in ours[len(theirs) :]:
                yield Difference(rule, "missing", self.translation.position, one.position, one.shown)
            for other in theirs[len(ours) :] if kind not in ("list", "include") else ():  # a sentence may become a list
                yield Difference(rule, "extra", other.position, None, other.shown)

    def _missing_names(self, missing: Sequence[Item]) -> Iterator[Difference]:
        """Names in inline code that the translation has in no form. How often they stand there is up to the translator.

        Of a name that the code of the source page has and that of the translation has not, the code speaks.
        """
        text = " ".join("".join(self.translation.blocks).split())
        code, own_code = (_code(section) for section in (self.source, self.translation))
        names = (item for item in missing if item.kind == "name" and _NAME.fullmatch(item.value))
        for item in {item.value: item for item in names}.values():
            if item.value not in text and not (item.value in code and item.value not in own_code):
                position = self.translation.position
                yield Difference("translation-inline-code", "missing", position, item.position, item.shown)


def _code(section: SectionContent) -> str:
    return "\n".join(item.value for item in section.items if item.kind == "code")


def _beyond(items: Sequence[Item], other: Counter[_Key]) -> list[Item]:
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
    lost = Counter(item.block for item in missing if item.kind != "include")
    return [block for block, count in lost.items() if count > 1 and count == all_items[block]]


def _swallowed(source: SectionContent, translation: SectionContent) -> Iterator[Difference]:
    """Links whose text is so much longer than in the source page that it holds what stood beside it."""
    sizes = {item.value: item for item in source.items if item.kind == "link"}
    for item in translation.items:
        one = sizes.get(item.value) if item.kind == "link" else None
        if one and item.size > 3 * one.size + _SWALLOWED:
            yield Difference("translation-link", "swallowed", item.position, one.position, item.shown)

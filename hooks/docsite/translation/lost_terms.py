"""Terms of the glossary that a source page has and its translation has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docsite.diagnostics.position import Position
from docsite.translation.alignment import align_sections
from docsite.translation.page_content import SectionContent
from docsite.translation.terms import Term, TermFinder


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

"""Terms of the glossary that a source page has and its translation has not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docsite.diagnostics.position import Position
from docsite.translation.alignment import align_sections
from docsite.translation.section_content import SectionContent
from docsite.translation.terms import Term, TermFinder

_NAME = re.compile(r"(?:(?<=[\w,;] )|(?<=[’']))[A-ZÀ-ÖØ-Þ][\w-]+")


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
    """Names that are never translated and are lost, block by block where both sections have as many of them.

    A translator may well leave a name out of a sentence, so a block that lacks one says nothing while its section has
    it, but for another name that stands in its place, as in « en Brésil ».
    """
    for ours, theirs in align_sections(source, translation):
        if ours is not None and theirs is not None:
            whole = "\n".join(theirs.blocks)
            for one, other in _paired_texts(ours, theirs):
                for term in _lost_names(one, other, finders):
                    if not finders[1].has_term(term, whole) or _has_other_name(one, other):
                        expected = term.names[finders[1].language]
                        yield LostTerm(term, theirs.position, ours.position, expected)


def _paired_texts(ours: SectionContent, theirs: SectionContent) -> Iterator[tuple[str, str]]:
    if len(ours.blocks) == len(theirs.blocks):
        yield from zip(ours.blocks, theirs.blocks, strict=True)
    else:
        yield "\n".join(ours.blocks), "\n".join(theirs.blocks)


def _lost_names(one: str, other: str, finders: tuple[TermFinder, TermFinder]) -> Iterator[Term]:
    wanted = {match.term.id: match.term for match in finders[0].find_terms(one) if match.term.is_name}
    for term in wanted.values() if other.strip() else ():
        if term.names.get(finders[1].language) and not finders[1].has_term(term, other):
            yield term


def _has_other_name(one: str, other: str) -> bool:
    """Whether a text has a word with a capital, not at the beginning of a sentence, that its counterpart has not."""
    known = one.casefold()
    return any(name.casefold() not in known for name in _NAME.findall(other))

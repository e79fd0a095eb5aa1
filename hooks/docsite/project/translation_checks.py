"""Findings about pages and their translations: parity, freshness and terms."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from docsite.diagnostics.findings import Finding
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.position import Position
from docsite.diagnostics.rules import Severity
from docsite.project.page_summary import PageSummary
from docsite.translation.alignment import align_sections
from docsite.translation.comparable_address import comparable_address
from docsite.translation.freshness import IN_PROGRESS, STAMP, stamp_of
from docsite.translation.front_matter_parity import compare_front_matter
from docsite.translation.lost_terms import compare_terms
from docsite.translation.parity import Difference, compare_contents
from docsite.translation.section_content import SectionContent
from docsite.translation.terms import TermFinder, read_terms

_FRONT_MATTER = {
    "differs": "translation-front-matter",
    "extra": "translation-front-matter",
    "missing": "translation-title",
    "untranslated": "translation-title",
}


_ERRORS = frozenset(
    f"translation-{name}"
    for name in ("heading", "section", "code", "link", "image", "alert", "table", "tabs", "front-matter")
)
"""What is always wrong in a translation that was made from the source page as it is."""


class ComparedPage(NamedTuple):
    """A page, or its translation: how findings name it, its language, the text of its file, and what it says."""

    path: str
    language: str
    text: str
    facts: PageSummary


class TranslationChecks:
    """Compares the pages of a site with their translations.

    Args:
        glossary: what `glossary.yml` holds.
        moved: old addresses of pages upstream, and the new ones.
    """

    def __init__(self, glossary: Any, moved: Mapping[str, str]) -> None:
        self._moved = {comparable_address(old, ()): comparable_address(new, ()) for old, new in moved.items()}
        self._terms = read_terms(glossary)
        self._finders: dict[str, TermFinder] = {}
        self._source_images: set[str] = set()

    def add_source(self, page: ComparedPage) -> None:
        """Take a source page in. Call for all of them before a translation is checked."""
        items = (item for section in page.facts.content for item in section.items)
        self._source_images.update(posixpath.basename(item.shown) for item in items if item.kind == "image")

    def check_page(self, page: ComparedPage, source: ComparedPage) -> Iterator[Finding]:
        """What a translation lacks of its source page, or has beyond it; nothing while its writer is at work on it.

        A difference is an error only where the stamp says that the translation was made from the page as it is: who
        changes the source page need not speak the other language.
        """
        stamp = page.facts.meta.get(STAMP)
        if stamp == IN_PROGRESS:
            return
        is_current = bool(stamp) and stamp == stamp_of(source.text)
        if stamp and not is_current:
            message = make_message("translation-outdated", "stamp", source=source.path)
            yield Finding(message, page.facts.key_location(STAMP), str(stamp))
        for finding in self._differences(page, source):
            is_error = is_current and finding.rule in _ERRORS
            yield replace(finding, level=Severity.ERROR) if is_error else finding

    def keep_founded(self, findings: Sequence[Finding], page: ComparedPage, source: ComparedPage) -> Iterator[Finding]:
        """The findings of a page without those about a word that the glossary excludes as a rendering of a term, where
        the counterpart of its section does not have that term: there it renders another."""
        doubtful = any(finding.rule == "term-forbidden" for finding in findings)
        pairs = align_sections(source.facts.content, page.facts.content) if doubtful else ()
        counterparts = {theirs.position: ours for ours, theirs in pairs if ours is not None and theirs is not None}
        for finding in findings:
            if finding.rule != "term-forbidden" or self._is_founded(finding, page, counterparts, source.language):
                yield finding

    def _is_founded(
        self, finding: Finding, page: ComparedPage, counterparts: Mapping[Position, SectionContent], language: str
    ) -> bool:
        above = [one.position for one in page.facts.content if page.facts.location(one.position) <= finding.location]
        match = next(iter(self._finder(page.language).find_forbidden(finding.target)), None)
        section = counterparts.get(above[-1]) if above and finding.location.path == page.path else None
        if match is None or section is None or language not in match.term.names:
            return True
        return self._finder(language).has_term(match.term, "\n".join(section.blocks))

    def _differences(self, page: ComparedPage, source: ComparedPage) -> Iterator[Finding]:
        yield from self._front_matter(page, source)
        for difference in compare_contents(source.facts.content, page.facts.content, self._moved, page.language):
            if not self._is_own_image(difference):
                yield _finding(difference, page, source)
        yield from self._lost_terms(page, source)

    def _is_own_image(self, difference: Difference) -> bool:
        """Whether an image stands for another because it shows the same in another language: no source page has it."""
        is_local = difference.rule == "translation-image" and "://" not in difference.shown
        name = posixpath.basename(difference.shown)
        return is_local and difference.key == "differs" and name not in self._source_images

    def _finder(self, language: str) -> TermFinder:
        name = language.partition("-")[0]
        return self._finders.setdefault(name, TermFinder(self._terms, name))

    def _front_matter(self, page: ComparedPage, source: ComparedPage) -> Iterator[Finding]:
        for key, message, expected in compare_front_matter(source.facts.meta, page.facts.meta):
            rule = _FRONT_MATTER[message]
            shown = {"key": key, "source": str(source.facts.key_location(key))}
            if message != "untranslated":
                shown["expected"] = expected
            yield Finding(make_message(rule, message, **shown), page.facts.key_location(key), key)

    def _lost_terms(self, page: ComparedPage, source: ComparedPage) -> Iterator[Finding]:
        finders = self._finder(source.language), self._finder(page.language)
        for lost in compare_terms(source.facts.content, page.facts.content, finders):
            place = str(source.facts.location(lost.source))
            message = make_message("term-untranslatable", "missing", term=lost.expected, source=place)
            yield Finding(message, page.facts.location(lost.position), lost.expected)


def _finding(difference: Difference, page: ComparedPage, source: ComparedPage) -> Finding:
    place = source.facts.location(difference.source) if difference.source else source.path
    rule = "translation-link-extra" if difference[:2] == ("translation-link", "extra") else difference.rule
    params = {"shown": difference.shown, "expected": difference.expected, "source": str(place)}
    message = make_message(rule, difference.key, **params)
    return Finding(message, page.facts.location(difference.position), difference.shown)

"""What a page says that concerns its language: what a translation must keep of it, and what is wrong with its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from docsite.diagnostics.findings import Edit, Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.position import Position
from docsite.markup.blocks.tree import Document
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.markup.source_file import PageSource, SourceFile
from docsite.project.page_summary import MetaValue
from docsite.translation.freshness import STAMP
from docsite.translation.front_matter_parity import COMPARED_KEYS
from docsite.translation.language_checks import LanguageProblem, check_language, check_text
from docsite.translation.page_content import add_includes, read_content
from docsite.translation.section_content import SectionContent
from docsite.translation.terms import Term, TermFinder, read_terms

_TITLES = ("title", "nav_title", "article_title", "description")
_NO_BREAK_SPACE = re.compile("[\u00a0\u202f\u2009]")


class TranslatableReader:
    """Reads pages of a site.

    Args:
        languages: of the site.
        glossary: what `glossary.yml` holds.
    """

    def __init__(self, languages: Collection[str], glossary: Any) -> None:
        self._languages = languages
        self._terms: tuple[Term, ...] = read_terms(glossary)
        self._finders: dict[str, TermFinder] = {}

    @property
    def uses_glossary(self) -> bool:
        """Whether what is found depends on the glossary."""
        return bool(self._terms)

    def content(
        self,
        document: Document,
        inlines: DocumentInlines,
        locate: Callable[[int], Position],
        included_at: Mapping[str, Sequence[Position]],
    ) -> tuple[SectionContent, ...]:
        """What a translation must keep; nothing on a site of one language.

        Args:
            included_at: of each included file, by path, the tags of the page that bring it in.
        """
        if len(self._languages) < 2:
            return ()
        sections = read_content(document, inlines, self._languages, locate)
        return add_includes(sections, included_at, self._languages) if included_at else sections

    def findings(
        self, language: str, document: Document, inlines: DocumentInlines, files: Mapping[str, SourceFile]
    ) -> Iterator[Finding]:
        """What is wrong with the words that a writer wrote there; what a variable or a data file says is left alone.

        Args:
            language: of the page.
            files: every file that took part, by path.
        """
        for problem in check_language(document, inlines, self._finder(language)):
            origin = document.text.origin(problem.start)
            file = files[origin.file]
            if file.text.startswith(problem.written, origin.offset):
                yield _finding(problem, file, origin.offset)

    def title_findings(self, page: PageSource) -> Iterator[Finding]:
        """What is wrong with titles in the front matter that are written on one line and without escapes."""
        finder = self._finder(page.locale.code)
        for key in _TITLES:
            value, at = page.meta.get(key), page.value_offset((key,))
            if isinstance(value, str) and value and page.file.text.startswith(value, at):
                for problem in check_text(value, finder):
                    yield _finding(problem, page.file, at + problem.start)

    def _finder(self, language: str) -> TermFinder:
        name = language.partition("-")[0]
        return self._finders.setdefault(name, TermFinder(self._terms, name))


def compared_meta(page: PageSource) -> dict[str, MetaValue]:
    """The keys of the front matter that are compared with those of a translation."""
    return {key: _plain(page.meta[key]) for key in (*COMPARED_KEYS, STAMP) if key in page.meta}


def _plain(value: object) -> MetaValue:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _visible(text: str) -> str:
    """A text in which no-break spaces can be told from others."""
    return _NO_BREAK_SPACE.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def _finding(problem: LanguageProblem, file: SourceFile, at: int) -> Finding:
    location: Location = file.location(at)
    if problem.term:
        message = make_message(problem.rule, "found", text=problem.written, expected=problem.expected)
        return Finding(message, location, problem.written, problem.expected)
    message = make_message(
        problem.rule, "wrong", written=_visible(problem.written), expected=_visible(problem.expected)
    )
    edit = Edit(at, at + problem.stop - problem.start, problem.expected)
    return Finding(message, location, problem.written, edits=(edit,))

"""What is wrong with the language of one page: forbidden renderings of terms, and typography."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docsite.markup.blocks import tree
from docsite.markup.inlines import inline_nodes
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.translation.terms import TermFinder
from docsite.translation.typography import find_problems

_FUNCTION_WORDS = {
    "en": r"\b(?:the|of|and|to|is|are|that|with|for|this|from|you|your|not|can|be|it|which|we)\b",
    "fr": r"\b(?:les?|la|des|du|aux?|et|est|une|dans|pour|que|qui|vous|ce|cette|pas|par|sur|nous)\b",
}


class LanguageProblem(NamedTuple):
    """A part of the document's text that is wrong.

    Attributes:
        start, stop: offsets in the text of the document.
        expected: what to write instead.
        term: the id of a term, or "" for typography.
    """

    rule: str
    start: int
    stop: int
    written: str
    expected: str
    term: str = ""


def check_language(document: tree.Document, inlines: DocumentInlines, finder: TermFinder) -> Iterator[LanguageProblem]:
    """The problems of a page, paragraph by paragraph.

    Args:
        finder: of the terms of the page's language.
    """
    _ = document.text  # gives the leaves their offsets
    for leaf in document.leaves():
        if not isinstance(leaf, tree.InlineLeaf):
            continue
        texts = [
            (leaf.text[node.start : node.stop], leaf.start + node.start)
            for node in inline_nodes.walk(inlines.nodes(leaf))
            if isinstance(node, inline_nodes.Text)
        ]
        yield from _check_texts(texts, finder)


def check_text(text: str, finder: TermFinder) -> Iterator[LanguageProblem]:
    """The problems of a text such as a title."""
    return _check_texts([(text, 0)], finder)


def _check_texts(texts: Sequence[tuple[str, int]], finder: TermFinder) -> Iterator[LanguageProblem]:
    """The problems of a paragraph, given its texts and their offsets."""
    problems = [problem for text, offset in texts for problem in _check_typography(text, offset, finder.language)]
    if problems and not _is_foreign(" ".join(text for text, _ in texts), finder.language):
        yield from problems
    for text, offset in texts:
        yield from _check_terms(text, offset, finder)


def _is_foreign(text: str, language: str) -> bool:
    """Whether a paragraph is in the other of the two languages whose typography is known, as a quotation may be."""
    counts = {name: len(re.findall(words, text, re.IGNORECASE)) for name, words in _FUNCTION_WORDS.items()}
    own = counts.pop(language, 0)
    return max(counts.values()) > 2 * own + 1


def _check_terms(text: str, offset: int, finder: TermFinder) -> Iterator[LanguageProblem]:
    for match in finder.find_forbidden(text):
        start = offset + match.offset
        expected = match.term.names.get(finder.language, "")
        yield LanguageProblem("term-forbidden", start, start + len(match.text), match.text, expected, match.term.id)


def _check_typography(text: str, offset: int, language: str) -> Iterator[LanguageProblem]:
    behind = int(text.startswith((" ", '" ')))  # code, a link or emphasis, any of which is like a word
    for problem in find_problems(f"x{text}" if behind else text, language):
        start, stop = offset + problem.start - behind, offset + problem.stop - behind
        yield LanguageProblem(problem.rule, start, stop, problem.written, problem.expected)

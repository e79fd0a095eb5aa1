"""What is wrong with the language of one page: forbidden renderings of terms, and typography."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from docsite.markup.blocks import tree
from docsite.markup.inlines import inline_nodes
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.translation.terms import TermFinder
from docsite.translation.typography import find_problems


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
    """The problems of a page, in the order of its text.

    Args:
        finder: of the terms of the page's language.
    """
    _ = document.text  # gives the leaves their offsets
    for leaf in document.leaves():
        if not isinstance(leaf, tree.InlineLeaf):
            continue
        for node in inline_nodes.walk(inlines.nodes(leaf)):
            if isinstance(node, inline_nodes.Text):
                yield from _check_text(leaf.text[node.start : node.stop], leaf.start + node.start, finder)


def _check_text(text: str, offset: int, finder: TermFinder) -> Iterator[LanguageProblem]:
    for match in finder.find_forbidden(text):
        start = offset + match.offset
        expected = match.term.names.get(finder.language, "")
        yield LanguageProblem("term-forbidden", start, start + len(match.text), match.text, expected, match.term.id)
    for problem in find_problems(text, finder.language):
        start, stop = offset + problem.start, offset + problem.stop
        yield LanguageProblem(problem.rule, start, stop, problem.written, problem.expected)

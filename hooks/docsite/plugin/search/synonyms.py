"""What readers type for the terms of the glossary: the other languages' terms, and renderings that the guide avoids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docsite.plugin.search.words import compounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def glossary_synonyms(terms: Sequence[Mapping[str, Any]], language: str) -> dict[str, list[str]]:
    """What is typed, and the terms of this language that it stands for."""
    found: dict[str, list[str]] = {}
    for term in terms:
        if language not in term:
            continue
        meant = term[language]["term"]
        for said in _other_names(term, language):
            if compounds(said, language) != compounds(meant, language) and meant not in found.get(said, ()):
                found.setdefault(said, []).append(meant)
    return found


def _other_names(term: Mapping[str, Any], language: str) -> Iterator[str]:
    for code, entry in term.items():
        if isinstance(entry, dict):
            yield from entry.get("forbidden", ())
            yield from entry.get("synonyms", ())
            if code != language:
                yield entry["term"]


def term_names(terms: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """The terms themselves."""
    return [term[language]["term"] for term in terms if language in term]

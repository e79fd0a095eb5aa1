"""The terms of the glossary, as they stand in running text, inflected as each language inflects them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

_SPACE = r"[\s\u00a0\u202f]+"
_SIGNS = {"'": "['’]", "’": "['’]", "-": r"[-\u2010\u2011]"}
_FRENCH_ENDINGS = (
    ("al", "(?:al|ale|ales|aux)"),
    ("el", "(?:el|elle|els|elles)"),
    ("eau", "eaux?"),
    ("é", "ée?s?"),
    ("final", "fina(?:l|le|ls|les|ux)"),
)
_ENGLISH_ENDINGS = (("y", "(?:ys?|ies)"), ("ss", "ss(?:es)?"))


@dataclass(frozen=True)
class Term:
    """A term of the glossary.

    Attributes:
        names: the preferred term in each language.
        forbidden: renderings that text in a language must not use.
        is_name: whether it is never translated.
    """

    id: str
    names: Mapping[str, str]
    forbidden: Mapping[str, Sequence[str]]
    is_name: bool


class Match(NamedTuple):
    """A term, or a forbidden rendering, found in a text at an offset."""

    term: Term
    text: str
    offset: int


def read_terms(data: Any) -> tuple[Term, ...]:
    """The terms of `glossary.yml`; an entry that cannot be used is left out, since its schema reports it."""
    entries = data.get("terms") if isinstance(data, dict) else None
    return tuple(_terms(entries if isinstance(entries, list) else ()))


def _terms(entries: Iterable[Any]) -> Iterator[Term]:
    for entry in entries:
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            spoken = {language: said for language, said in entry.items() if isinstance(said, dict)}
            names = {language: said["term"] for language, said in spoken.items() if isinstance(said.get("term"), str)}
            wrong = {
                language: tuple(form for form in said.get("forbidden") or () if isinstance(form, str))
                for language, said in spoken.items()
            }
            yield Term(entry["id"], names, wrong, entry.get("never_translated") is True)


@dataclass(frozen=True)
class TermFinder:
    """Finds the terms of a language, and its forbidden renderings, in running text."""

    terms: tuple[Term, ...]
    language: str

    def find_forbidden(self, text: str) -> Iterator[Match]:
        """Renderings that the glossary forbids; the longest, where one is part of another."""
        return self._find(self._forbidden, text)

    def find_terms(self, text: str) -> Iterator[Match]:
        """Preferred terms."""
        return self._find(self._preferred, text)

    def has_term(self, term: Term, text: str) -> bool:
        """Whether a text has a preferred term, also as a part of a longer one."""
        pattern = self._alone.get(term.id)
        return pattern is not None and bool(pattern.search(text))

    @cached_property
    def _alone(self) -> Mapping[str, re.Pattern[str]]:
        forms = ((term, term.names.get(self.language, "")) for term in self.terms)
        return {
            term.id: re.compile(rf"(?<!\w)(?:{form_pattern(form, self.language)})(?!\w)")
            for term, form in forms
            if form
        }

    def _form(self, term: Term, form: str) -> str:
        return form_pattern(form, self.language, is_name=term.is_name and form in term.names.values())

    def _find(self, known: tuple[re.Pattern[str] | None, Mapping[str, Term]], text: str) -> Iterator[Match]:
        pattern, terms = known
        for match in pattern.finditer(text) if pattern else ():
            if match.lastgroup:
                yield Match(terms[match.lastgroup], match[0], match.start())

    @cached_property
    def _preferred(self) -> tuple[re.Pattern[str] | None, Mapping[str, Term]]:
        return self._compiled((term, term.names.get(self.language, "")) for term in self.terms)

    @cached_property
    def _forbidden(self) -> tuple[re.Pattern[str] | None, Mapping[str, Term]]:
        wrong = ((term, form) for term in self.terms for form in term.forbidden.get(self.language, ()))
        own = {term.names.get(self.language, "").casefold() for term in self.terms}
        return self._compiled((term, form) for term, form in wrong if form.casefold() not in own)

    def _compiled(self, forms: Iterable[tuple[Term, str]]) -> tuple[re.Pattern[str] | None, Mapping[str, Term]]:
        """One pattern of all forms, the longest first, and the term that each of its groups stands for."""
        ordered = sorted(((term, form) for term, form in forms if form), key=lambda pair: -len(pair[1]))
        named = {f"t{number}": term for number, (term, _) in enumerate(ordered)}
        patterns = (f"(?P<t{n}>{self._form(term, form)})" for n, (term, form) in enumerate(ordered))
        whole = "|".join(patterns)
        return (re.compile(rf"(?<!\w)(?:{whole})(?!\w)") if whole else None), named


def form_pattern(form: str, language: str, *, is_name: bool = False) -> str:
    """A pattern of a term in all its forms: plural and gender, any kind of space, apostrophe and hyphen.

    Capitals count in names, and where the term has them behind its first letter, as abbreviations do.
    """
    words = (_word(word, language, is_name=is_name) for word in form.split())
    return _SPACE.join(words)


def _word(word: str, language: str, *, is_name: bool) -> str:
    if any(letter.isupper() for letter in word[1:]):
        return _signs(word) + ("s?" if language == "en" else "")
    endings = _FRENCH_ENDINGS if language == "fr" else _ENGLISH_ENDINGS
    stem, ending = next(
        ((word.removesuffix(end), pattern) for end, pattern in endings if word.endswith(end)),
        (word, "(?:s|x|e|es)?" if language == "fr" else "(?:s|es)?"),
    )
    return (_signs(stem) if is_name else _first_letter(stem)) + (ending if len(word) > 2 else "")


def _first_letter(stem: str) -> str:
    """A stem with either case of its first letter."""
    if not stem or not stem[0].isalpha():
        return _signs(stem)
    return f"[{stem[0].lower()}{stem[0].upper()}]{_signs(stem[1:])}"


def _signs(text: str) -> str:
    return "".join(_SIGNS.get(sign) or re.escape(sign) for sign in text)

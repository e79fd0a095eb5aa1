"""Text as the index and the query spell it. theme/assets/search/words.js does the same; a test compares the two."""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = re.compile("[’ʼ‘`´]")
LETTERS = re.compile(r"[^\W_]+(?:['-]+[^\W_]+)*")
LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
ELIDED = frozenset((*"cdjlmnst", "qu", "jusqu", "lorsqu", "presqu", "puisqu", "quelqu", "quoiqu"))
CONTRACTED = frozenset(("d", "ll", "m", "re", "s", "t", "ve"))


def fold(text: str) -> str:
    """Text without case, accents, and variants of the apostrophe."""
    letters = unicodedata.normalize("NFKD", APOSTROPHES.sub("'", text))
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] != "M").lower().translate(LIGATURES)


def singular(word: str, language: str) -> str:
    """A folded word without the mark of its plural. Equal forms count, not correct ones."""
    if len(word) < 4 or word.isdigit():
        return word
    return _singular_fr(word) if language == "fr" else _singular_en(word)


def _singular_fr(word: str) -> str:
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return f"{word[:-3]}al"
    return word[:-1] if word[-1] in "sx" and word[-2] != "s" else word


def _singular_en(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word[-1] == "s" and word[-2] not in "su" else word


def compounds(text: str, language: str) -> list[list[str]]:
    """The words of a text; those that hyphens join stay together."""
    found = (_parts(match.group(), language) for match in LETTERS.finditer(fold(text)))
    return [parts for parts in found if parts]


def _parts(compound: str, language: str) -> list[str]:
    parts: list[str] = []
    for joined in compound.split("-"):
        pieces = [piece for piece in joined.split("'") if piece]
        while len(pieces) > 1 and pieces[0] in ELIDED:
            del pieces[0]
        while len(pieces) > 1 and pieces[-1] in CONTRACTED:
            del pieces[-1]
        parts += pieces
    return [singular(part, language) for part in parts]


def words(text: str, language: str, *, whole: bool = True) -> list[str]:
    """The words of a text, one by one; a compound also as a whole (`in-app` as `in`, `app`, `inapp`)."""
    found: list[str] = []
    for parts in compounds(text, language):
        found += parts
        if whole and len(parts) > 1:
            found.append(singular("".join(parts), language))
    return found

"""Ids that headings get from their text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

_OTHER = re.compile(r"[^a-z0-9_\- \t]")
_LETTERS = frozenset(("Ll", "Lm", "Lo", "Lt", "Lu", "Mc", "Me", "Mn", "Nd"))


def kramdown_heading_id(text: str) -> str:
    """The id that kramdown's GFM parser gives a heading that reads like this.

    Lower case; everything but word characters, hyphens and blanks goes; blanks become hyphens. Accents stay, in their
    composed form, so that ids which look the same are the same.
    """
    composed = _lower(unicodedata.normalize("NFC", text))
    return re.sub(r"[ \t]", "-", _OTHER.sub(_kept, composed.replace("\n", " ")))


def _kept(found: re.Match[str]) -> str:
    """What Ruby calls a word: marks belong to it, `²` and `½` do not."""
    return found[0] if unicodedata.category(found[0]) in {*_LETTERS, "Nl", "Pc"} else ""


def _lower(text: str) -> str:
    """Lower case as Ruby has it, which does not ask where in a word a sigma stands."""
    return text.replace("Σ", "σ").lower()


def unique_slugs(texts: Iterable[str]) -> Iterator[str]:
    """Ids for headings in their order: a repeated one gets -1, -2 and so on, as kramdown counts."""
    seen: Counter[str] = Counter()
    for text in texts:
        slug = kramdown_heading_id(text)
        seen[slug] += 1
        yield slug if seen[slug] == 1 else f"{slug}-{seen[slug] - 1}"


def details_anchor(title: str) -> str:
    """The id that the upstream site gives the title of details: lower case, without accents and punctuation."""
    return re.sub(r"[^\w-]", "", title.lower().strip().replace(" ", "-"), flags=re.ASCII)


_PLAIN = {
    "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Þ": "Th", "þ": "th", "Đ": "D", "đ": "d", "Ð": "D",
    "ð": "d", "Ħ": "H", "ħ": "h", "Ł": "L", "ł": "l", "Ŧ": "T", "ŧ": "t", "ß": "ss", "ı": "i", "Ŋ": "NG", "ŋ": "ng",
}  # fmt: skip
"""Latin letters that are not a plain letter and an accent."""

_SLUG_SIGNS: dict[str, Callable[[str], bool]] = {
    "default": lambda sign: unicodedata.category(sign) in _LETTERS,
    "latin": lambda sign: unicodedata.category(sign) in _LETTERS,
    "pretty": lambda sign: sign in "._~!$&'()+,;=@" or unicodedata.category(sign) in _LETTERS,
    "ascii": lambda sign: sign.isascii() and sign.isalnum(),
    "raw": lambda sign: sign not in " \t\n\v\f\r",
}
"""What each mode of Jekyll's slugify keeps."""


def slugify(text: str, mode: str = "default") -> str:
    """Jekyll's slugify: runs of what the mode does not keep become one hyphen, none at either end.

    Letters, marks and digits are kept; with `pretty` some signs too, with `ascii` no accented letters, and with
    `latin` letters lose their accents first. With a mode that Jekyll does not know, the text is made lower case.
    """
    keeps = _SLUG_SIGNS.get(mode)
    if keeps is None:
        return _lower(text)
    kept = (sign if keeps(sign) else " " for sign in (_without_accents(text) if mode == "latin" else text))
    return _lower(re.sub(" +", "-", "".join(kept)).removeprefix("-").removesuffix("-"))


def _without_accents(text: str) -> str:
    plain = "".join(_PLAIN.get(sign, sign) for sign in unicodedata.normalize("NFC", text))
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if sign.isascii())

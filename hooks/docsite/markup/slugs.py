"""Ids that headings get from their text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

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


def slugify(text: str) -> str:
    """Jekyll's slugify: runs of anything but letters, marks and digits become one hyphen, none at either end."""
    kept = (sign if unicodedata.category(sign) in _LETTERS else "-" for sign in _lower(text))
    return re.sub("-+", "-", "".join(kept)).strip("-")

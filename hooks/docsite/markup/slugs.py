"""Ids that headings get from their text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

_NOT_WORD = re.compile(r"[^\w\- \t]")


def kramdown_heading_id(text: str) -> str:
    """The id that kramdown's GFM parser gives a heading that reads like this.

    Lower case; everything but word characters, hyphens and blanks goes; blanks become hyphens. Accents stay, in their
    composed form, so that ids which look the same are the same.
    """
    composed = unicodedata.normalize("NFC", text).lower()
    return re.sub(r"[ \t]", "-", _NOT_WORD.sub(_kept_mark, composed.replace("\n", " ")))


def _kept_mark(found: re.Match[str]) -> str:
    """Marks that belong to a letter stay: many scripts cannot do without."""
    return found[0] if unicodedata.category(found[0])[0] == "M" else ""


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
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")

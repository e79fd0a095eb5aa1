"""Ids that headings get from their text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

_NOT_WORD = re.compile(r"[^\w\- \t]")
_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_SYMBOL = re.compile(r"-{2,3}|\.\.\.|<<|>>")
"""What kramdown makes one typographic character of."""
_EMPHASIS = re.compile(r"(?<!\\)(?:\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~)")


def kramdown_heading_id(text: str) -> str:
    """The id that kramdown's GFM parser gives a heading with this Markdown text.

    Lower case; everything but word characters, hyphens and blanks goes; blanks become hyphens. Accents stay.
    """
    for pattern, kept in ((_SYMBOL, ""), (_IMAGE, ""), (_LINK, r"\1"), (_TAG, ""), (_EMPHASIS, "")):
        text = pattern.sub(kept, text)
    return re.sub(r"[ \t]", "-", _NOT_WORD.sub("", text.lower()))


def unique_slugs(texts: Iterable[str]) -> Iterator[str]:
    """Ids for headings in their order: a repeated one gets -1, -2 and so on, as kramdown counts."""
    seen: Counter[str] = Counter()
    for text in texts:
        slug = kramdown_heading_id(text)
        seen[slug] += 1
        yield slug if seen[slug] == 1 else f"{slug}-{seen[slug] - 1}"


def slugify(text: str) -> str:
    """Jekyll's slugify: runs of anything but letters, marks and digits become one hyphen, none at either end."""
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")

"""How fresh a translation is: which version of its source page it was made from, and what has changed there since.

A stamp in the front matter (`translated_from`) says so for certain. Without one, history does: the source page as it
was when the words of the translation last changed is compared with the source page of today.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from enum import StrEnum
from hashlib import blake2b

STAMP = "translated_from"
"""The key of the front matter."""

IN_PROGRESS = "in progress"
"""The stamp of a translation that its writer knows to be incomplete."""

THRESHOLD_WORDS = 5
THRESHOLD_SHARE = 0.01
"""A source page has changed when this many words have, and this share of them: less is a correction of its language."""

_WORD = re.compile(r"\w+")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?^---[ \t]*$", re.DOTALL | re.MULTILINE)
_GENERATED = re.compile(r"^.*(?:last[ _-]?(?:updated|modified)|date):.*$|<!--[\s\S]*?-->", re.IGNORECASE | re.MULTILINE)
"""What programs write into a page, and comments."""

_TITLES = re.compile(r"^(?:nav_title|article_title|title|description):(.*)$", re.MULTILINE)


class Freshness(StrEnum):
    """The state of a page in a language."""

    UP_TO_DATE = "up to date"
    OUTDATED = "outdated"
    MISSING = "missing"
    ORPHAN = "orphan"
    IN_PROGRESS = "in progress"


@dataclass(frozen=True)
class Change:
    """What has changed in a source page since it was translated.

    Attributes:
        words: how many words are new or gone.
        share: of the words of the page, from 0 to 1.
        lines: numbers of the lines of the page of today that are new or stand where something is gone.
        diff: in the unified form.
    """

    words: int
    share: float
    lines: tuple[int, ...]
    diff: str

    @property
    def is_significant(self) -> bool:
        """Whether the translation is outdated by it."""
        return self.words >= THRESHOLD_WORDS and self.share >= THRESHOLD_SHARE


def stamp_of(text: str) -> str:
    """The stamp of a page's text: 12 hexadecimal digits that change with its words, and with nothing else."""
    return blake2b(" ".join(_words(text)).encode(), digest_size=6).hexdigest()


def compare_versions(before: str, after: str, name: str) -> Change:
    """What has changed between two versions of a page."""
    old, new = Counter(_words(before)), Counter(_words(after))
    words = max((new - old).total(), (old - new).total())
    old_lines, new_lines = _bare(before).split("\n"), _bare(after).split("\n")
    diff = "\n".join(unified_diff(old_lines, new_lines, f"a/{name}", f"b/{name}", lineterm=""))
    return Change(words, words / max(1, new.total()), tuple(_changed_lines(before, after)), diff)


def changed_since(translation: Iterable[str], source_at: Callable[[int], str | None]) -> str | None:
    """The source page as it was when the words of its translation last changed.

    Args:
        translation: its versions, the newest first.
        source_at: the source page at the time of the version of that number; None where it did not exist.

    Returns:
        None where there is no such version.
    """
    latest = ""
    last: int | None = None
    for number, version in enumerate(translation):
        stamp = stamp_of(version)
        if latest and stamp != latest:
            break
        latest, last = stamp, number
    return source_at(last) if last is not None else None


def version_with_stamp(versions: Iterable[str], stamp: str) -> str | None:
    """The version of a page that has a stamp; None where there is none."""
    return next((version for version in versions if stamp_of(version) == stamp), None)


def with_stamp(text: str, stamp: str) -> str:
    """A page's text with a stamp in its front matter; everything else stays as it is."""
    newline = "\r\n" if "\r\n" in text else "\n"
    line = f"{STAMP}: {stamp}"
    front_matter = _FRONT_MATTER.match(text.replace("\r\n", "\n"))
    if front_matter is None:
        return f"---{newline}{line}{newline}---{newline}{newline}{text}"
    lines = text.split(newline)
    last = front_matter[0].count("\n")
    known = next((number for number in range(1, last) if lines[number].startswith(f"{STAMP}:")), None)
    lines[last:last] = [] if known is not None else [line]
    if known is not None:
        lines[known] = line
    return newline.join(lines)


def _bare(text: str) -> str:
    """The text without what programs write into it."""
    return _GENERATED.sub("", text)


def _words(text: str) -> list[str]:
    """The words of a page, of its titles too, however they are typed."""
    text = text.replace("\r\n", "\n")
    front_matter = _FRONT_MATTER.match(text)
    titles = _TITLES.findall(front_matter[0]) if front_matter else []
    body = text[front_matter.end() :] if front_matter else text
    return _WORD.findall(unicodedata.normalize("NFC", " ".join([*titles, _bare(body)])))


def _changed_lines(before: str, after: str) -> Iterator[int]:
    old, new = ([" ".join(_WORD.findall(line)) for line in text.split("\n")] for text in (before, after))
    for kind, _, _, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (range(start + 1, stop + 1) if stop > start else (min(start + 1, len(new)),))


def sections_of(lines: Sequence[int], headings: Sequence[tuple[int, str]]) -> list[str]:
    """The headings under which lines stand, each once; "" stands for the text above the first.

    Args:
        headings: the line and the text of each, in order.
    """
    names: dict[str, None] = {}
    for line in lines:
        names[next((title for at, title in reversed(headings) if at <= line), "")] = None
    return list(names)

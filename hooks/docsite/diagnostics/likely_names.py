"""Which of many names, such as paths or ids, a wrong one probably stands for: the right one, or none.

Names that are alike are mostly of different things: `ios/push/` and `android/push/` differ as much as a name and its
misspelling. So names are compared word by word, and a word that other names have is taken for no misspelling.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_WORD = re.compile(r"\d+|[^\W\d_]+")
_SHORTLIST = 12
_ALIKE = 55
"""Similarity in per cent under which two names need no closer look."""

_LONG = 8
"""Letters from which on a word may have two slips."""

_SHORT = 3
"""Letters up to which a word is no misspelling of another, but for two that changed places."""

_FRENCH_AND_ENGLISH_PLURALS = ("s", "es", "x")


@dataclass(frozen=True)
class _Name:
    """A name, cut into words by its segments; the ending of a file's name is kept apart."""

    text: str
    segments: tuple[tuple[str, ...], ...]
    ending: str

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for segment in self.segments for word in segment)

    @property
    def joined(self) -> str:
        return "/".join("".join(segment) for segment in self.segments)


class LikelyNames:
    """The names that there are, to be asked about wrong ones.

    Args:
        names: in any order; the same always give the same answers.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [_cut(name) for name in sorted(set(names))]
        self._shortlists: dict[str, list[_Name]] = {}

    def find(self, wanted: str, *, but: str = "") -> str:
        """The name that is meant; "" where none is near, or several are.

        Args:
            but: a name that is not meant.
        """
        asked = _cut(wanted)
        if not asked.words:
            return ""
        near = [name for name in self._shortlist(asked) if name.text not in (but, wanted)]
        for is_meant in (self._is_same, self._is_misspelt, self._is_longer):
            found = [name for name in near if name.ending == asked.ending and is_meant(asked, name)]
            if found:
                return found[0].text if len(found) == 1 else ""
        return self._moved(asked, but)

    def _shortlist(self, asked: _Name) -> list[_Name]:
        """The names that are alike, looked up once: many pages may have the same wrong one."""
        if asked.joined not in self._shortlists:
            self._shortlists[asked.joined] = self._look_up(asked)
        return self._shortlists[asked.joined]

    def _look_up(self, asked: _Name) -> list[_Name]:
        from rapidfuzz import fuzz, process  # costly to load, and only needed once something is wrong

        found = process.extract(
            asked.joined, self._joined, scorer=fuzz.ratio, limit=_SHORTLIST, score_cutoff=_ALIKE, processor=None
        )
        return [self._names[index] for _, _, index in found]

    @cached_property
    def _joined(self) -> list[str]:
        return [name.joined for name in self._names]

    @cached_property
    def _known(self) -> Counter[str]:
        """In how many names each word occurs."""
        return Counter(word for name in self._names for word in set(name.words))

    @cached_property
    def _by_last(self) -> dict[tuple[tuple[str, ...], str], list[_Name]]:
        found: dict[tuple[tuple[str, ...], str], list[_Name]] = {}
        for name in self._names:
            if name.segments:
                found.setdefault((name.segments[-1], name.ending), []).append(name)
        return found

    @staticmethod
    def _is_same(asked: _Name, name: _Name) -> bool:
        """Whether only letter case, accents, or the signs between words differ."""
        return asked.joined == name.joined

    def _is_misspelt(self, asked: _Name, name: _Name) -> bool:
        """Whether single words are misspelt, or a plural is a singular, or words are written as one."""
        if len(asked.segments) != len(name.segments):
            return False
        pairs = [(one, other) for one, other in zip(asked.segments, name.segments, strict=True) if one != other]
        return len(pairs) <= 2 and all(self._is_slip(one, other) for one, other in pairs)

    def _is_slip(self, asked: Sequence[str], name: Sequence[str]) -> bool:
        if len(asked) != len(name):
            one, other = "".join(asked), "".join(name)
            return one == other or (min(len(one), len(other)) > _LONG and _distance(one, other) == 1)
        differing = [(one, other) for one, other in zip(asked, name, strict=True) if one != other]
        return len(differing) <= 2 and all(self._is_misspelt_word(*pair) for pair in differing)

    def _is_misspelt_word(self, asked: str, word: str) -> bool:
        if asked.isdigit() or word.isdigit():
            return False
        if any(
            one + plural == other
            for one, other in ((asked, word), (word, asked))
            for plural in _FRENCH_AND_ENGLISH_PLURALS
        ):
            return min(len(asked), len(word)) >= _SHORT
        if asked in self._known:
            return False
        if len(asked) > _SHORT and word.startswith(asked):
            return True  # cut short, as `init` for `initializing`
        length = max(len(asked), len(word))
        allowed = 2 if length >= _LONG else 1
        swapped = length == len(asked) == len(word) and sorted(asked) == sorted(word)
        return (length > _SHORT or swapped) and _distance(asked, word) <= allowed

    @staticmethod
    def _is_longer(asked: _Name, name: _Name) -> bool:
        """Whether one segment has gained words, and all others are the same: a name that lost some is of less."""
        if len(asked.segments) != len(name.segments):
            return False
        pairs = [(one, other) for one, other in zip(asked.segments, name.segments, strict=True) if one != other]
        if len(pairs) != 1:
            return False
        old, new = map(Counter, pairs[0])
        return not old - new and sum(map(len, old)) > _SHORT and not any(map(str.isdigit, new - old))

    def _moved(self, asked: _Name, but: str) -> str:
        """The one name with the same last part in another folder, which the wanted name's folder is no more."""
        if not asked.segments or len("".join(asked.segments[-1])) <= _SHORT:
            return ""
        found = [name for name in self._by_last.get((asked.segments[-1], asked.ending), ()) if name.text != but]
        if len(found) != 1 or len(found[0].segments) == len(asked.segments) == 1:
            return ""
        name = found[0]
        gone, come = Counter(asked.words) - Counter(name.words), Counter(name.words) - Counter(asked.words)
        is_specific = len(asked.segments[-1]) > 1 or bool(set(asked.words) & set(name.words) - set(asked.segments[-1]))
        parallel = len(name.segments) == len(asked.segments) and bool(gone) and bool(come)
        return name.text if is_specific and not (parallel and self._has_folder(asked)) else ""

    def _has_folder(self, asked: _Name) -> bool:
        return any(name.segments[: len(asked.segments) - 1] == asked.segments[:-1] for name in self._names)


def _cut(name: str) -> _Name:
    plain = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    stem, ending = posixpath.splitext(plain)
    if not re.fullmatch(r"\.[a-z][a-z0-9]{0,4}", ending):
        stem, ending = plain, ""
    segments = (tuple(_WORD.findall(part)) for part in stem.split("/"))
    return _Name(name, tuple(segment for segment in segments if segment), ending)


def _distance(one: str, other: str) -> int:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other)

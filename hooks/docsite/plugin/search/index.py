"""The index of one language: which words stand in which sections, and how much each counts there.

What a match is worth is worked out here, so that the browser only adds up. It reads `index.json` first, and then no
more than the pieces that a query asks for.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from math import log
from typing import TYPE_CHECKING, Any

from docsite.plugin.search.words import compounds, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from docsite.plugin.search.sections import Section

MANIFEST = "index.json"
POSTINGS_PER_FILE = 4000
SECTIONS_PER_FILE = 64
SUGGESTIONS = 500
# A word in a title counts for more than any number of them in a text, and the more the fewer words the title has.
TITLE, SHORT_TITLE, KEYWORD, PATH = 2.4, 3.6, 2.0, 0.4
PAGE = 1.3  # what a page's own title counts more than a heading
# BM25's usual constants, for words in texts.
SATURATION, LENGTH = 1.2, 0.75


@dataclass(frozen=True)
class IndexedPage:
    """A page for the search.

    Attributes:
        url: from the root of the site.
        keywords: what else readers call it.
        boost: what the worth of each match is multiplied by.
        translations: the URLs of the page in all languages.
    """

    url: str
    sections: Sequence[Section]
    keywords: tuple[str, ...] = ()
    description: str = ""
    boost: float = 1.0
    translations: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Record:
    """A section with its words counted."""

    shown: Mapping[str, object]
    titles: Sequence[Sequence[str]]
    translations: Sequence[Sequence[str]]
    keywords: frozenset[str]
    path: frozenset[str]
    text: Counter[str]
    boost: float

    @property
    def own_words(self) -> frozenset[str]:
        return self.path.union(self.keywords, self.text, *self.titles)

    @property
    def vocabulary(self) -> frozenset[str]:
        return self.own_words.union(*self.translations)


def build(
    pages: Iterable[IndexedPage], language: str, synonyms: Mapping[str, Sequence[str]], terms: Iterable[str]
) -> dict[str, str]:
    """The files of a language's index, by name.

    Args:
        synonyms: what else readers write, and what the guide writes instead.
        terms: what to propose when nothing is found, beside the titles of the pages.
    """
    pages = sorted(pages, key=lambda page: page.url)
    records = [record for page in pages for record in _records(page, language)]
    postings = _postings(records)
    known = sorted(postings)
    own = frozenset[str]().union(*(record.own_words for record in records))
    starts, word_files = _word_files(known, postings)
    section_files = _section_files(records)
    titles = [page.sections[0].title for page in pages]
    manifest = {
        "language": language,
        "sections": len(records),
        "sectionsPerFile": SECTIONS_PER_FILE,
        "wordFiles": list(word_files),
        "sectionFiles": list(section_files),
        "words": " ".join(known),
        "foreign": [number for number, word in enumerate(known) if word not in own],
        "found": [len(postings[word]) // 2 for word in known],
        "starts": starts,
        "synonyms": {_spelled(said, language): list(meant) for said, meant in sorted(synonyms.items())},
        "suggestions": list(dict.fromkeys([*terms, *titles]))[:SUGGESTIONS],
    }
    return {MANIFEST: _json(manifest)} | word_files | section_files


def _spelled(said: str, language: str) -> str:
    """The words of a synonym as the index spells them."""
    return " ".join(part for parts in compounds(said, language) for part in parts)


def _records(page: IndexedPage, language: str) -> Iterator[_Record]:
    for number, section in enumerate(page.sections):
        lead = number == 0
        text = f"{page.description if lead else ''} {section.text}"
        shown: dict[str, object] = {"url": page.url + (f"#{section.anchor}" if section.anchor else "")}
        shown |= {"title": section.title, "path": list(section.path), "text": section.text, "page": page.url}
        if lead and page.keywords:
            shown["keywords"] = list(page.keywords)
        yield _Record(
            shown,
            [words(name, language) for name in dict.fromkeys((section.title, *section.names))],
            [words(title, language) for title in section.translations],
            frozenset(word for keyword in page.keywords for word in words(keyword, language) if lead),
            frozenset(word for title in section.path for word in words(title, language)),
            Counter(words(text, language)),
            page.boost * (PAGE if lead else 1),
        )


def _postings(records: Sequence[_Record]) -> dict[str, list[int]]:
    """For each word, the sections that have it and what it is worth there, one after the other."""
    found = Counter(word for record in records for word in record.vocabulary)
    average = sum(record.text.total() for record in records) / max(len(records), 1) or 1
    postings: dict[str, list[int]] = {word: [] for word in found}
    for number, record in enumerate(records):
        for word in sorted(record.vocabulary):
            rarity = log(1 + (len(records) - found[word] + 0.5) / (found[word] + 0.5))
            worth = rarity * record.boost * _worth(word, record, average)
            postings[word] += [number, max(round(10 * worth), 1)]
    return postings


def _worth(word: str, record: _Record, average: float) -> float:
    keyword = KEYWORD * (word in record.keywords)
    titles = [*record.titles, *record.translations]
    title = max((TITLE + SHORT_TITLE / len(title) for title in titles if word in title), default=keyword)
    times = record.text[word]
    length = 1 - LENGTH + LENGTH * record.text.total() / average
    text = times * (SATURATION + 1) / (times + SATURATION * length)
    return title + text + PATH * (word in record.path)


def _word_files(known: Sequence[str], postings: Mapping[str, list[int]]) -> tuple[list[int], dict[str, str]]:
    """The number of the first word of each file of postings, and the files."""
    starts = [0]
    size = 0
    for number, word in enumerate(known):
        if size and size + len(postings[word]) > POSTINGS_PER_FILE:
            starts.append(number)
            size = 0
        size += len(postings[word])
    ends = [*starts[1:], len(known)]
    pieces = [[postings[word] for word in known[start:end]] for start, end in zip(starts, ends, strict=True)]
    return starts, _named("words", pieces)


def _section_files(records: Sequence[_Record]) -> dict[str, str]:
    shown = [record.shown for record in records]
    starts = range(0, len(records), SECTIONS_PER_FILE)
    return _named("sections", [shown[start : start + SECTIONS_PER_FILE] for start in starts])


def _named(kind: str, pieces: Sequence[Any]) -> dict[str, str]:
    """Files whose names change with what is in them, so that no cache mixes two builds."""
    texts = [_json(piece) for piece in pieces]
    return {f"{kind}-{number}.{sha256(text.encode()).hexdigest()[:8]}.json": text for number, text in enumerate(texts)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"

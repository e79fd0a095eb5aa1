"""Keys of the front matter in which a translation and its source page differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from docsite.markup.labels import page_type_id

_EQUAL_KEYS = ("page_order", "layout", "template", "noindex")
_TEXT_KEYS = ("nav_title", "article_title", "description")
COMPARED_KEYS = (*_EQUAL_KEYS, "page_type", *_TEXT_KEYS)


class MetaDifference(NamedTuple):
    """A key of the front matter in which a translation and its source page differ, and what the source says."""

    key: str
    message: str
    expected: str


def compare_front_matter(source: Mapping[str, Any], translation: Mapping[str, Any]) -> Iterator[MetaDifference]:
    """Keys that must be equal, and texts that must be there in the translation's own language."""
    for key in _EQUAL_KEYS:
        if source.get(key) != translation.get(key):
            yield _other_value(key, source)
    kinds = [page_type_id(str(meta["page_type"])) if meta.get("page_type") else None for meta in (source, translation)]
    if kinds[0] != kinds[1]:
        yield _other_value("page_type", source)
    for key in _TEXT_KEYS:
        ours, theirs = source.get(key), translation.get(key)
        if ours and not theirs:
            yield MetaDifference(key, "missing", str(ours))
        elif ours == theirs and isinstance(ours, str) and len(ours.split()) > 2:
            yield MetaDifference(key, "untranslated", ours)


def _other_value(key: str, source: Mapping[str, Any]) -> MetaDifference:
    value = source.get(key)
    return MetaDifference(key, "extra" if value is None else "differs", "" if value is None else str(value))

"""The theme's own words: each language has all of them, in its own typography."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from docsite.translation.typography import find_problems

ROOT = Path(__file__).parents[2]
WORDS = {
    "the guide": (ROOT / "overrides/partials/wording.html", "words"),
    "the search": (ROOT / "hooks/docsite/plugin/theme/partials/docsite-search.html", "texts"),
}


def load(file: Path, name: str) -> dict[str, dict[str, Any]]:
    text = file.read_text("utf-8").partition("{% macro")[0]
    words: dict[str, dict[str, Any]] = vars(Environment().from_string(text).module)[name]  # noqa: S701
    return words


def texts(words: dict[str, Any]) -> Iterator[str]:
    for value in words.values():
        yield from [value] if isinstance(value, str) else value


@pytest.mark.parametrize("where", WORDS)
def test_every_language_has_every_word(where: str) -> None:
    words = load(*WORDS[where])
    assert set(words) == {"en", "fr"}
    assert words["en"].keys() == words["fr"].keys()
    assert all(text for entry in words.values() for text in texts(entry))
    for language, entry in words.items():
        assert [problem for text in texts(entry) for problem in find_problems(text, language)] == []


def test_every_language_has_twelve_months() -> None:
    assert [len(entry["months"]) for entry in load(*WORDS["the guide"]).values()] == [12, 12]

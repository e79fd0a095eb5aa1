"""The theme's own words: each language has all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment

WORDING = Path(__file__).parents[2] / "overrides/partials/wording.html"


def keys(words: dict[str, Any], before: str = "") -> set[str]:
    """The keys of a language, those of inner mappings after the key of the mapping."""
    inner = [keys(value, f"{key}/") for key, value in words.items() if isinstance(value, dict)]
    return {f"{before}{key}" for key in words}.union(*inner)


def test_every_language_has_every_word() -> None:
    words: dict[str, Any] = vars(Environment().from_string(WORDING.read_text("utf-8")).module)["words"]  # noqa: S701
    assert set(words) == {"en", "fr"}
    assert keys(words["en"]) == keys(words["fr"])
    assert all(words[language]["months"][11] for language in words)
    assert all(value for entry in words.values() for value in entry.values())

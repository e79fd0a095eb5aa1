"""What was probably meant."""

from __future__ import annotations

import pytest

from docsite.diagnostics.suggestions import closest_match


@pytest.mark.parametrize(
    ("wanted", "candidates", "found"),
    [
        ("alret", ["alert", "tabs", "if"], "alert"),
        ("nav_titel", ["nav_title", "article_title"], "nav_title"),
        ("/api/kye/", ["/p/", "/api/key/", "/"], "/api/key/"),
        ("site.titel", ["site", "page", "site.title"], "site.title"),
        ("page.pth", ["page", "page.path", "page.url"], "page.path"),
        ("a", ["page", "site", "include"], ""),
        ("nope", ["p", "other", "home"], ""),
        ("nope.md", ["en/p.md", "en/other.md"], ""),
        ("", ["a"], ""),
        ("x", [], ""),
        ("Étpae", ["étape", "étage"], "étape"),
    ],
)
def test_what_was_probably_meant(wanted: str, candidates: list[str], found: str) -> None:
    assert closest_match(wanted, candidates) == found

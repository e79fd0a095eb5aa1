"""The file `_redirects`: what its lines say of the paths of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.links.host_redirects import FILE, follow_redirects, parse_redirects
from tests.markup import case

LINES = """\
# From before the move
/old /new 301
/old-guide/* /guide/:splat
/blog/:year/:name /:year/:name 302! # of the year
/shop/* https://shop.example.com/:splat
/one /two
/two /one
/chain /old
/gone /404.html 404
/accents-%C3%A9 /new#part
/store id=:id /guide/:id 301
/twice/:a/:a /new
/* /index.html 200
not a line
"""
FILES = {"new", "guide/a", "2024/first", "index.html", "404.html"}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("old", "new"), ("old/", "new"), ("older", None), ("old-guide/a", "guide/a"), ("old-guide/b", None),
        ("blog/2024/first", "2024/first"), ("blog/2024/first/x", None), ("shop/x/y", FILE), ("shop", FILE),
        ("one", None), ("chain", "new"), ("gone", None), ("accents-\u00e9", "new"), ("nowhere", None), ("store", None),
        ("twice/x/x", None),
    ],
)  # fmt: skip
def test_a_path(path: str, found: str | None) -> None:
    assert follow_redirects(parse_redirects(LINES), path, lambda name: name if name in FILES else None) == found


def test_a_line_for_all_paths_that_keeps_them() -> None:
    redirects = parse_redirects("/* /en/:splat 302\n")
    assert follow_redirects(redirects, "a", lambda name: name if name == "en/a" else None) == "en/a"


def test_a_check_follows_them(tmp_path: Path) -> None:
    native = case.CONFIG.replace("  docsite:\n", "  docsite:\n    dialect: markdown\n").replace("/guide/", "/")
    redirects = "/old/* /:splat\n/far https://example.org/\n"
    links = "[a](/old/other/) [b](/old/gone/) [c](/far) [d](../old/other/) [e](/gone/)"
    files = {"mkdocs.yml": native, "docs/_redirects": redirects, case.PAGE: f"# Page\n\n{links}\n"}
    assert [one.target for one in case.findings(tmp_path, files)] == ["/old/gone/", "/gone/"]

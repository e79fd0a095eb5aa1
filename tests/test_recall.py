"""A check of a built site that recalls the last one finds what a check of all of it finds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from docsite.built_site import check_site
from docsite.built_site.built_page import BuiltPage, PageParser
from docsite.config import settings
from docsite.diagnostics.findings import Finding
from tests.dialect import case

PAGES = ("a", "b", "c", "fr/a", "fr/b", "fr/c")


def page(name: str, body: str = "") -> str:
    lang = "fr" if name.startswith("fr/") else "en"
    up = "../" * (name.count("/") + 1)
    own = [other for other in PAGES if other.startswith("fr/") == name.startswith("fr/")]
    others = "".join(f'<a href="{up}{other}/">{other}</a>\n' for other in own)
    return f'<html lang="{lang}"><body>{others}<h1 id="top-{name}">x</h1>{body}</body></html>\n'


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built site that was checked a while ago."""
    monkeypatch.setattr("docsite.built_site.runner.MIN_PAGES_FOR_WORKERS", 1)
    monkeypatch.setattr("docsite.built_site.runner._two_pay", lambda _pages: False)
    case.write(tmp_path, {})
    built = tmp_path / "site"
    for name in PAGES:
        (built / name).mkdir(parents=True)
        (built / name / "index.html").write_text(page(name), "utf-8")
    (built / "index.html").write_text('<html lang="en"></html>', "utf-8")
    (built / "fr/index.html").write_text('<html lang="fr"></html>', "utf-8")
    (built / "plan.txt").write_text("plan")
    settle()
    found(built)
    return built


def settle() -> None:
    """Let the clock of the file system move on."""
    time.sleep(0.03)


def found(site: Path, *, remember: bool = True) -> list[Finding]:
    return check_site.check_site(site, settings.load_settings(site.parent / "mkdocs.yml"), remember=remember).findings


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that were read."""
    names: list[str] = []
    real = PageParser.page

    def reads(self: PageParser, path: str, data: bytes) -> BuiltPage:
        names.append(path)
        return real(self, path, data)

    monkeypatch.setattr(PageParser, "page", reads)
    return names


def text(name: str, body: str) -> Callable[[Path], object]:
    return lambda site: (site / name / "index.html").write_text(page(name, body), "utf-8")


CHANGES: dict[str, Callable[[Path], object]] = {
    "words": text("a", "<p>words</p>"),
    "a dead link": text("a", '<a href="../nowhere/">x</a>'),
    "a link mended": text("a", ""),
    "a fragment": text("b", '<a href="../a/#part">x</a>'),
    "a fragment to a part": text("b", '<a href="../c/#top-c">x</a>'),
    "an id": text("a", '<p id="part">x</p>'),
    "the id of a heading": lambda site: (site / "c/index.html").write_text(page("c").replace('id="top-c"', 'id="new"')),
    "an id twice": text("c", '<p id="y">x</p><p id="y">x</p>'),
    "the language": lambda site: (site / "fr/a/index.html").write_text(page("fr/a").replace('lang="fr"', 'lang="en"')),
    "a borrowed text": text("fr/b", '<article lang="en">x</article>'),
    "a redirect": lambda site: (site / "b/index.html").write_text(
        '<html><meta http-equiv="refresh" content="0; url=../a/"></html>'
    ),
    "a redirect back": lambda site: (site / "a/index.html").write_text(
        '<html><meta http-equiv="refresh" content="0; url=../b/"></html>'
    ),
    "an alternate": text("a", '<link rel="alternate" hreflang="fr" href="../fr/a/">'),
    "a page without links": lambda site: (site / "a/index.html").write_text('<html lang="en"></html>'),
    "all without links": lambda site: [(site / name / "index.html").write_text("<html></html>") for name in PAGES],
    "not UTF-8": lambda site: (site / "b/index.html").write_bytes(b"<html>\xff"),
    "a page deleted": lambda site: (site / "c/index.html").unlink(),
    "a page added": lambda site: (site / "new.html").write_text('<html lang="en"><a href="a/#part">x</a></html>'),
    "a file deleted": lambda site: (site / "plan.txt").unlink(),
    "a file asked for": text("c", '<a href="../plan.txt">x</a>'),
    "a stylesheet": lambda site: (site / "x.css").write_text("a { background: url(none.png) }"),
    "a sitemap": lambda site: (site / "sitemap.xml").write_text(
        "<urlset><loc>https://docs.example.com/guide/zz/</loc></urlset>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_a_change(site: Path, change: str) -> None:
    CHANGES[change](site)
    assert found(site) == found(site, remember=False)
    settle()
    assert found(site) == found(site, remember=False), "what was kept of the change is right too"


@pytest.mark.parametrize("seed", range(8))
def test_any_history_of_changes(site: Path, seed: int) -> None:
    dice = random.Random(seed)
    for change in dice.choices([*CHANGES], k=12):
        try:
            CHANGES[change](site)
        except FileNotFoundError:
            continue
        if dice.random() < 0.7:
            settle()
        assert found(site) == found(site, remember=False), change


def test_only_the_page_that_changed_is_read(site: Path, read: list[str]) -> None:
    found(site)
    assert read == []
    CHANGES["a dead link"](site)
    found(site)
    assert read == ["a/index.html"]


def test_an_id_concerns_those_who_ask_for_it(site: Path, read: list[str]) -> None:
    CHANGES["a fragment"](site)
    settle()
    assert [finding.rule for finding in found(site)] == ["link-missing-anchor"]
    settle()
    found(site)
    read.clear()
    CHANGES["an id"](site)
    assert found(site) == []
    assert sorted(read) == ["a/index.html", "b/index.html"]


def test_what_changed_just_as_it_was_read_is_read_again(site: Path, read: list[str]) -> None:
    CHANGES["words"](site)
    found(site)
    read.clear()
    found(site)
    assert "a/index.html" in read


@pytest.mark.parametrize("content", [b"", b"\x90", b"\xff" * 50])
def test_what_cannot_be_read_is_made_anew(site: Path, content: bytes) -> None:
    (kept,) = (site.parent / ".cache/docsite").glob("site-*")
    whole = len(kept.read_bytes())
    CHANGES["a dead link"](site)
    kept.write_bytes(content)
    assert found(site) == found(site, remember=False) != []
    assert len(kept.read_bytes()) > whole


def test_another_address_of_the_site_is_another_site(site: Path) -> None:
    CHANGES["a sitemap"](site)
    assert found(site) != []
    config = site.parent / "mkdocs.yml"
    config.write_text(config.read_text().replace("docs.example.com/guide/", "docs.example.com/zz/"), "utf-8")
    assert found(site) == found(site, remember=False)

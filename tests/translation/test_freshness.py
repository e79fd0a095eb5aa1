"""Stamps, what counts as a change, and where it is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from docsite.translation.freshness import (
    changed_since,
    compare_versions,
    sections_of,
    stamp_of,
    version_with_stamp,
    with_stamp,
)
from docsite.translation.page_history import PageHistory

PAGE = """\
---
nav_title: Keys
page_order: 2
---

# Keys

Give your engineers the keys, and tell them which ones they need first.

## Endpoint

The endpoint is the address of your instance.
"""
SAME = {
    "wrapped otherwise": PAGE.replace("keys, and", "keys,\nand"),
    "typed otherwise": PAGE.replace("endpoint is", "*endpoint* is"),
    "ordered otherwise": PAGE.replace("page_order: 2", "page_order: 3"),
    "a date": PAGE.replace("---\n\n", "last_updated: 2026-01-01\n---\n\n"),
    "a comment": f"{PAGE}\n<!-- to do:\nmore -->\n",
    "other newlines": PAGE.replace("\n", "\r\n"),
    "a stamp": with_stamp(PAGE, "0123456789ab"),
}
OTHER = {
    "a word": PAGE.replace("first", "last"),
    "the title": PAGE.replace("nav_title: Keys", "nav_title: API keys"),
    "a heading": PAGE.replace("## Endpoint", "## Endpoints"),
    "an accent": PAGE.replace("need", "néed"),
}


@pytest.mark.parametrize("text", SAME.values(), ids=SAME)
def test_the_stamp_stays(text: str) -> None:
    assert stamp_of(text) == stamp_of(PAGE)


@pytest.mark.parametrize("text", OTHER.values(), ids=OTHER)
def test_the_stamp_changes(text: str) -> None:
    assert stamp_of(text) != stamp_of(PAGE)


def test_a_change_is_measured_and_found() -> None:
    after = PAGE.replace("The endpoint is the address of your instance.", "Ask Braze which of the endpoints is yours.")
    change = compare_versions(PAGE, after, "keys.md")
    assert change.words == 5
    assert change.is_significant
    assert change.lines == (12,)
    assert sections_of(change.lines, [(6, "Keys"), (10, "Endpoint")]) == ["Endpoint"]
    assert "+Ask Braze which of the endpoints is yours." in change.diff


def test_a_correction_is_no_change() -> None:
    assert not compare_versions(PAGE, PAGE.replace("which ones", "which keys"), "x").is_significant


def test_a_section_that_is_gone_shows_where_it_was() -> None:
    change = compare_versions(PAGE, PAGE[: PAGE.index("## Endpoint")], "x")
    assert change.lines
    assert sections_of(change.lines, [(6, "Keys")]) == ["Keys"]
    assert sections_of([1], [(6, "Keys")]) == [""]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_stamp_is_written_once(newline: str) -> None:
    text = PAGE.replace("\n", newline)
    once = with_stamp(text, "aaaaaaaaaaaa")
    assert once == text.replace(
        f"page_order: 2{newline}", f"page_order: 2{newline}translated_from: aaaaaaaaaaaa{newline}"
    )
    assert with_stamp(once, "bbbbbbbbbbbb") == once.replace("a" * 12, "b" * 12)


def test_a_page_without_front_matter_gets_some() -> None:
    assert with_stamp("# A\n", "aaaaaaaaaaaa") == "---\ntranslated_from: aaaaaaaaaaaa\n---\n\n# A\n"


def test_the_source_of_a_translation_is_the_one_of_its_last_change() -> None:
    versions = ["un deux", "un  deux", "un", "zéro"]
    assert changed_since(versions, lambda number: f"source at {number}") == "source at 1"
    assert changed_since([], lambda _number: "x") is None


def test_a_version_is_found_by_its_stamp() -> None:
    assert version_with_stamp(["a b", "a", "c"], stamp_of("a")) == "a"
    assert version_with_stamp(["a b"], stamp_of("a")) is None


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_versions_come_from_git_under_each_name(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    site = tmp_path / "my site"
    site.mkdir()
    (site / "é one.md").write_text("first words of a page\n" * 9, "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "1")
    (site / "é one.md").rename(site / "two.md")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "2")
    (site / "two.md").write_text("second\n" + "first words of a page\n" * 9, "utf-8")
    git(tmp_path, "commit", "-qam", "3")
    history = PageHistory(site)
    versions = list(history.versions("two.md"))
    assert [text[:6] for _, text in versions] == ["second", "first ", "first "]
    assert history.text_at(versions[2][0], "é one.md") == "first words of a page\n" * 9
    assert history.text_at(versions[2][0], "two.md") is None


def test_without_git_there_are_no_versions(tmp_path: Path) -> None:
    assert list(PageHistory(tmp_path).versions("x.md")) == []

"""`check-site DIR` without any mkdocs.yml: the built pages say where they are served and in which languages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from docsite.cli.main import main

PAGES = {
    "index.html": '<html lang="en"><link rel="canonical" href="https://docs.example.com/guide/"><a href="page/">x</a>',
    "page/index.html": '<html lang="en"><a href="../">x</a>',
    "fr/index.html": '<html lang="fr"><a href="page/">x</a>',
    "fr/page/index.html": '<html lang="fr"><a href="../">x</a>',
}


def check(folder: Path, capsys: pytest.CaptureFixture[str], files: Mapping[str, str], *options: str) -> list[str]:
    for name, text in files.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text, "utf-8")
    assert main(["check-site", "site", "--format", "json", *options]) in (0, 1)
    found = json.loads(capsys.readouterr().out)["findings"]
    return sorted(f"{one['path']} {one['rule']} {one['target']}".strip() for one in found)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_sound_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path, capsys, PAGES) == []
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_languages_are_those_of_the_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {
        "fr/page/index.html": '<html lang="fr"><a href="../../page/">x</a><a href="../other/">x</a>',
        "fr/other/index.html": '<html lang="en"><a href="../page/">x</a>',
    }
    assert check(tmp_path, capsys, PAGES | wrong) == [
        "site/fr/other/index.html translation-lang en",
        "site/fr/page/index.html link-wrong-locale ../../page/",
    ]


def test_languages_that_are_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    silent = {name: text.replace(' lang="fr"', "") for name, text in PAGES.items()}
    silent["fr/page/index.html"] = '<html><a href="../../page/">x</a>'
    assert check(tmp_path, capsys, silent) == ["site/fr/index.html page-orphan"]  # no home page of a language
    assert check(tmp_path, capsys, silent, "--languages", "en,fr") == [
        "site/fr/page/index.html link-wrong-locale ../../page/"
    ]


def test_the_page_in_the_default_language_is_named_for_one_that_is_not_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = {f"{root}only/index.html": f'<html lang="{code}"><p>x' for root, code in (("", "en"), ("fr/", "fr"))}
    pages["de/index.html"] = '<html lang="de"><a href="only/">x</a>'
    check(tmp_path, capsys, PAGES | pages)
    assert main(["check-site", "site", "--languages", "en,fr,de", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [one["suggestion"] for one in found if one["rule"] == "link-fallback-page"] == ["../only/"]


def test_the_address_is_that_of_the_home_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = {"page/index.html": '<html lang="en"><a href="https://docs.example.com/guide/gone/">x</a>'}
    target = "link-missing-page https://docs.example.com/guide/gone/"
    assert check(tmp_path, capsys, PAGES | own) == [f"site/page/index.html {target}"]
    assert check(tmp_path, capsys, PAGES | own, "--site-url", "https://other.example.com/") == []
    other = {"page/index.html": '<html lang="en"><a href="https://other.example.com/gone/">x</a>'}
    found = check(tmp_path, capsys, PAGES | other, "--site-url", "https://other.example.com/")
    assert found == ["site/page/index.html link-missing-page https://other.example.com/gone/"]


def test_a_published_tree_of_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = {f"{version}/{name}": text for version in ("1.0", "1.1") for name, text in PAGES.items()}
    tree = {
        name: text.replace('<link rel="canonical" href="https://docs.example.com/guide/">', "")
        for name, text in tree.items()
    }
    tree["versions.json"] = json.dumps([{"version": one, "title": one, "aliases": []} for one in ("1.1", "1.0")])
    tree["index.html"] = '<html lang="en"><meta http-equiv="refresh" content="0; url=1.1/">'
    tree["1.1/fr/page/index.html"] = '<html lang="en"><a href="../">x</a>'
    assert "site/1.1/fr/page/index.html translation-lang en" in check(tmp_path, capsys, tree)


def test_a_config_file_that_is_named_must_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check(tmp_path, capsys, PAGES)
    assert main(["check-site", "site", "-f", "other.yml"]) == 2
    assert "other.yml" in capsys.readouterr().err

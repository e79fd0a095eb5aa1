"""`docsite status`: how far each language is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsite.cli.main import main
from tests.markup import case

FILES = {
    "docs/en/guides/one.md": "# One\n\n## Two\n\n[a](../other.md) [b](#one)\n",
    "docs/fr/guides/one.md": "# Un\n\n### Deux\n\n[a](../other.md)\n",
    "docs/en/alone.md": "# Alone\n",
    case.PAGE: "[a](qwzx.md) [b](qwzx.md)\n\n[c]({{site.baseurl}}/old/)\n",
    "docs/fr/page.md": "{% include bad.md %}\n",
    "docs/_includes/bad.md": "{% qwzx %}\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    case.write(tmp_path, FILES)
    return tmp_path


def test_the_figures(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--format", "json", "-f", str(root / "mkdocs.yml")]) == 0
    figures = json.loads(capsys.readouterr().out)
    states = {page["key"]: page["state"] for page in figures.pop("pages")}
    assert {key: state for key, state in states.items() if state != "up to date"} == {
        "alone.md": "missing",
        "seul.md": "orphan",
    }
    assert figures == {
        "locales": [
            {
                "locale": "en",
                "source": True,
                "pages": 5,
                "translated": None,
                "missing": ["seul.md"],
                "outlines": [],
                "links": 5,
                "rules": {"link-missing-page": 2, "link-moved": 1},
            },
            {
                "locale": "fr",
                "source": False,
                "pages": 5,
                "translated": 4,
                "missing": ["alone.md"],
                "outlines": ["guides/one.md"],
                "links": 1,
                "rules": {"translation-heading": 1, "translation-link": 1, "translation-section": 1},
            },
        ],
        "shared": {"liquid-unknown-tag": 1},
    }


def test_the_table(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "-f", str(root / "mkdocs.yml")]) == 0
    assert capsys.readouterr().out == (
        "                       en      fr  shared\n"
        "pages                   5       5\n"
        "translated              –  4 of 5\n"
        "not translated          1       1\n"
        "outlines that differ    0       1\n"
        "links                   5       1\n"
        "findings                3       3       1\n"
        "  link-missing-page     2       0       0\n"
        "  link-moved            1       0       0\n"
        "  liquid-unknown-tag    0       0       1\n"
        "  translation-heading   0       1       0\n"
        "  translation-link      0       1       0\n"
        "  translation-section   0       1       0\n"
        "\n"
        "fr: guides/one.md has other headings than its source page\n"
        "\n"
        "docs/en/alone.md: missing in fr\n"
        "docs/fr/seul.md: orphan in fr\n"
        "4 up to date, 1 missing, 1 orphan\n"
    )


def test_a_sound_guide_of_one_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A\n")
    (tmp_path / "docs/index.md").write_text("# A\n\n[a](#a)\n")
    assert main(["status", "-f", str(tmp_path / "mkdocs.yml")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["                      en", "pages                  1", "translated             –"]
    assert lines[-1].split() == ["findings", "0"]


def test_it_can_be_written_to_a_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = root / "status.json"
    assert main(["status", "--format", "json", "--output", str(out), "-f", str(root / "mkdocs.yml")]) == 0
    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text("utf-8"))["locales"][1]["translated"] == 4


@pytest.mark.parametrize("more", [["--format", "sarif"], ["--select", "link"]])
def test_what_it_does_not_take(root: Path, more: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["status", *more, "-f", str(root / "mkdocs.yml")])
    assert left.value.code == 2

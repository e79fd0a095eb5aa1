"""`docsite status`: the state of each page, by stamp and by history, and the stamp that it writes."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from docsite.cli.main import main
from tests.markup import case

ENGLISH = "# Keys\n\nAsk your engineers for the keys of your instance, and keep them.\n\n## Endpoint\n\nThe address.\n"
FRENCH = "# Clés\n\nDemandez les clés de votre instance à vos ingénieurs, et gardez-les.\n\n## Endpoint\n\nL’adresse.\n"
LONGER = ENGLISH.replace("The address.", "The address of your instance, which Braze gives you when you sign up.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    case.write(tmp_path, {"docs/en/keys.md": ENGLISH, "docs/fr/keys.md": FRENCH})
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return tmp_path


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")


def status(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    assert main(["status", "-f", str(root / "mkdocs.yml"), *arguments]) == 0
    return capsys.readouterr().out


def states(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    pages = json.loads(status(root, capsys, "--format", "json"))["pages"]
    return {page["key"]: page for page in pages}


def test_by_history(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert states(root, capsys)["keys.md"]["state"] == "up to date"
    (root / "docs/en/keys.md").write_text(ENGLISH.replace("keep them", "keep these"), "utf-8")
    commit(root)
    assert states(root, capsys)["keys.md"]["state"] == "up to date", "a correction"
    (root / "docs/en/keys.md").write_text(LONGER, "utf-8")
    commit(root)
    found = states(root, capsys)["keys.md"]
    assert (found["state"], found["sections"]) == ("outdated", ["Endpoint"])
    assert "+The address of your instance" in found["diff"]


def test_a_translation_that_is_being_written_is_up_to_date(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs/en/keys.md").write_text(LONGER, "utf-8")
    commit(root)
    (root / "docs/fr/keys.md").write_text(FRENCH.replace("L’adresse.", "L’adresse de votre instance."), "utf-8")
    assert states(root, capsys)["keys.md"]["state"] == "up to date"


def test_by_stamp(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "docs/fr/keys.md: translated_from: " in status(root, capsys, "--mark", "docs/fr/keys.md")
    assert states(root, capsys)["keys.md"]["state"] == "up to date"
    commit(root)
    (root / "docs/en/keys.md").write_text(LONGER, "utf-8")
    found = states(root, capsys)["keys.md"]
    assert (found["state"], found["sections"], found["words"]) == ("outdated", ["Endpoint"], 11)
    assert "docs/fr/keys.md: outdated in fr: 11 words" in status(root, capsys)
    assert "+The address of your instance" in status(root, capsys, "--diff")
    assert "| fr | docs/fr/keys.md | outdated |" in status(root, capsys, "--format", "markdown")
    status(root, capsys, "--mark", "fr/keys.md")
    assert states(root, capsys)["keys.md"]["state"] == "up to date"


def test_the_other_states(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs/fr/keys.md").write_text(f"---\ntranslated_from: in progress\n---\n\n{FRENCH}", "utf-8")
    (root / "docs/en/new.md").write_text("# New\n", "utf-8")
    found = states(root, capsys)
    assert {key: found[key]["state"] for key in ("keys.md", "new.md", "seul.md")} == {
        "keys.md": "in progress",
        "new.md": "missing",
        "seul.md": "orphan",
    }


def test_only_translations_are_marked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (root / "docs/fr/keys.md").read_bytes()
    for path in ("docs/en/keys.md", "docs/fr/seul.md", "docs/fr/nowhere.md", "../x.md"):
        assert main(["status", "-f", str(root / "mkdocs.yml"), "--mark", "fr/keys.md", path]) == 2
        assert path in capsys.readouterr().err
    assert (root / "docs/fr/keys.md").read_bytes() == before


def findings(root: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    capsys.readouterr()
    main(["check", "-f", str(root / "mkdocs.yml"), "--format", "json", "--no-cache"])
    found = json.loads(capsys.readouterr().out)["findings"]
    return [(finding["rule"], finding["severity"]) for finding in found]


def test_a_difference_is_an_error_once_marked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs/en/keys.md").write_text(ENGLISH.replace("## Endpoint", "```sh\nls\n```\n\n## Endpoint"), "utf-8")
    assert findings(root, capsys) == [("translation-code", "warning")]
    status(root, capsys, "--mark", "fr/keys.md")
    assert findings(root, capsys) == [("translation-code", "error")]
    (root / "docs/en/keys.md").write_text(LONGER.replace("## Endpoint", "```sh\nls\n```\n\n## Endpoint"), "utf-8")
    assert findings(root, capsys) == [("translation-outdated", "warning"), ("translation-code", "warning")]
    (root / "docs/fr/keys.md").write_text(f"---\ntranslated_from: in progress\n---\n\n{FRENCH}", "utf-8")
    assert findings(root, capsys) == []


def test_typography_is_fixed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "docs/fr/keys.md").write_text(f"{FRENCH}\nPrêt ? `Prêt ?` [l'API](#a'b?x ;)\n", "utf-8")
    main(["fix", "-f", str(root / "mkdocs.yml"), str(root / "docs/fr/keys.md")])
    text = (root / "docs/fr/keys.md").read_text("utf-8")
    assert text.endswith("\nPrêt\u202f? `Prêt ?` [l’API](#a'b?x ;)\n")
    capsys.readouterr()
    main(["fix", "-f", str(root / "mkdocs.yml"), "--diff"])
    assert capsys.readouterr().out == ""

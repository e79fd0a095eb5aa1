"""The day on which each page was last changed."""

from __future__ import annotations

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from docsite.plugin.git_dates import read_dates


def git(folder: Path, *arguments: str, day: str = "2026-01-02") -> None:
    moment = f"{day}T12:00:00+00:00"
    environment = os.environ | {
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A repository whose `docs` has one page of each of two days."""
    folder = tmp_path / "repo" / "docs"
    (folder / "fr").mkdir(parents=True)
    (folder / "a.md").write_text("a", "utf-8")
    (folder / "fr/clés à part.md").write_text("a", "utf-8")
    git(folder.parent, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "One")
    (folder / "a.md").write_text("b", "utf-8")
    (folder.parent / "other").write_text("b", "utf-8")
    git(folder, "add", "..")
    git(folder, "commit", "--quiet", "--message", "Two", day="2026-03-04")
    (folder / "new.md").write_text("not yet committed", "utf-8")
    return folder


def test_each_file_has_the_day_of_its_last_commit(docs: Path) -> None:
    assert read_dates(docs) == {"a.md": date(2026, 3, 4), "fr/clés à part.md": date(2026, 1, 2)}


def test_a_shallow_clone_knows_nothing(docs: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", docs.parent.as_uri(), "shallow")
    assert read_dates(tmp_path / "shallow/docs") == {}


def test_outside_a_repository_there_are_no_dates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert read_dates(tmp_path) == {}


def test_without_git_there_are_no_dates(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(docs))
    assert read_dates(docs) == {}

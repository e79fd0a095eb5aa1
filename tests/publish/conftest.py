"""Three versions, published once for all tests; each test changes a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from docsite.publish import build
from tests.publish import case
from tests.publish.case import Guide, Shelf
from tests.shared import made_once

VERSIONS = ("1.0", "1.1", "1.2")


@pytest.fixture(scope="session", autouse=True)
def _git(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    yield from case.git_settings(tmp_path_factory.mktemp("git"))


@pytest.fixture(scope="session")
def shelf(shared: Path) -> Iterator[Shelf]:
    made = Shelf(shared / "shelf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "build_version", made.site)
        yield made


@pytest.fixture(scope="session")
def published(shared: Path, shelf: Shelf) -> Guide:  # noqa: ARG001
    """Not to be changed: `latest` is a symlink on gh-pages and a copy on the branch `copies`."""

    def make(folder: Path) -> None:
        guide = case.make(folder)
        for version in VERSIONS:
            guide.write(version)
            guide.well("publish", version)
            guide.well("publish", version, "--branch", "copies", "--alias-type", "copy")

    return Guide(made_once(shared / "published", make))


@pytest.fixture
def guide(tmp_path: Path, published: Guide, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Guide:
    """The three versions, to be changed at will."""
    monkeypatch.setattr(shelf, "before", lambda: None)
    return published.copy(tmp_path / "guide")

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mutation import base
from tests.mutation.base import Copy


@pytest.fixture(scope="session")
def built(shared: Path) -> Path:
    """The correct site, built by MkDocs."""
    return base.built(shared / "mutation")


@pytest.fixture(scope="session")
def _sources(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(base.SITE, tmp_path_factory.mktemp("mutation") / "sources")


@pytest.fixture(scope="session")
def _tree(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(built, tmp_path_factory.mktemp("mutation") / "tree")


@pytest.fixture
def sources(_sources: Copy) -> Iterator[Copy]:
    """A copy of the sources, as it was after each test."""
    yield _sources
    _sources.restore()


@pytest.fixture
def tree(_tree: Copy) -> Iterator[Copy]:
    """A copy of the built site, as it was after each test."""
    yield _tree
    _tree.restore()

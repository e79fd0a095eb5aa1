"""One browser a worker, whichever tests ask for it, since Playwright starts only once in a process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.mutation.planted import SEED

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def pytest_report_header() -> str:
    return f"problems are planted with MUTATION_SEED={SEED}"


os.environ["DOCSITE_LANG"] = "en"  # whatever the machine speaks


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of pytest-xdist share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own


@pytest.fixture(scope="session", autouse=True)
def _templates(shared: Path) -> None:
    folder = shared / "templates"
    folder.mkdir(exist_ok=True)
    os.environ["TEMPLATES"] = str(folder)  # see `tests.commands`


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.find()
    if program is None:
        pytest.fail(chromium.HELP, pytrace=False)
    with sync_playwright() as playwright:
        # The resolver rule keeps the tests off the network even if a page is not.
        browser = playwright.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()

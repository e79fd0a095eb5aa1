"""A link that the Markdown has and the built page has not, or the other way round, is reported by the build itself.

Every snippet of `tests/mutation/test_forms_agree.py` is a page of one guide, which MkDocs builds.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.commands import run_mkdocs
from tests.markup import case
from tests.mutation.test_forms_agree import SNIPPETS, numbered

ROOT = Path(__file__).parents[2]
FAULTY = ("block title", "tab name")
"""The sources refuse these."""

NAMES = {f"docs/en/p{index}.md": name for index, name in enumerate(SNIPPETS) if name not in FAULTY}
UNREAD = {
    "HTML block after",
    "HTML block before, next line",
    "HTML table",
    "comment in a block",
    "comment, then a block",
    "details without markdown",
    "div in list",
    "div with markdown, then without",
    "div without markdown, blank lines",
    "div without markdown, nested",
    "figure with bare markdown",
    "markdown=0",
    "unknown tag on its line",
}
"""Here a link in Markdown stands inside HTML, where nobody reads it."""


class Reported(NamedTuple):
    """A finding in the log: the snippet, the rule, and the number of its link."""

    name: str
    rule: str
    number: int


def build(folder: Path, pages: dict[str, str], given: str = case.CONFIG) -> subprocess.CompletedProcess[str]:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV", "!!seq"))
    whole = yaml.safe_load(given) | {
        "strict": True,
        "hooks": [str(ROOT / "hooks/site_events.py")],
        "exclude_docs": "/_includes/\n/data/\n",
        "markdown_extensions": config["markdown_extensions"],
        "validation": {"links": {"unrecognized_links": "ignore", "not_found": "ignore", "anchors": "ignore"}},
    }
    case.write(folder, {**pages, "mkdocs.yml": yaml.safe_dump(whole, allow_unicode=True)})
    return run_mkdocs("build", "-f", folder / "mkdocs.yml", "-d", folder / "site")


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    pages = {path: f"Before.\n\n{numbered(SNIPPETS[name])}\n\nAfter.\n" for path, name in NAMES.items()}
    return build(tmp_path_factory.mktemp("agreement"), pages)


@pytest.fixture(scope="module")
def reported(done: subprocess.CompletedProcess[str]) -> list[Reported]:
    found = re.findall(
        r"(docs/en/p\d+\.md):\d+:\d+: \w+: .*?[?&]n=(\d+).*\[(link-not-built|link-unseen)\]", done.stderr
    )
    return [Reported(NAMES[path], rule, int(number)) for path, number, rule in found]


@pytest.mark.parametrize("name", NAMES.values())
def test_only_a_link_in_html_is_reported(name: str, reported: list[Reported]) -> None:
    rules = {known.rule for known in reported if known.name == name}
    assert rules == ({"link-not-built"} if name in UNREAD else set())


def test_which_links_are_reported(reported: list[Reported]) -> None:
    assert set(reported) >= {
        Reported("details without markdown", "link-not-built", 2),
        Reported("div without markdown, nested", "link-not-built", 1),
        Reported("div without markdown, nested", "link-not-built", 2),
    }


def test_such_links_end_the_build(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 1
    assert re.search(r"Aborted with \d+ errors in strict mode", done.stdout + done.stderr)


def test_the_place_is_that_of_the_address(tmp_path: Path) -> None:
    lost = '---\nnav_title: x\n---\n<div>\n\n[é](../en/other.md "t")\n\n</div>\n'
    unseen = '> é\n{: cite="{{site.baseurl}}/other/#part-two"}\n'
    assert (
        "docs/en/page.md:6:5: error: “../en/other.md” is not turned into a link"
        in build(tmp_path, {case.PAGE: lost}).stderr
    )
    log = build(tmp_path / "unseen", {"docs/fr/seul.md": unseen}).stderr
    assert "docs/fr/seul.md:2:26: error: The built page links to “/docs/fr/other/#part-two”, which" in log


def test_a_difference_can_be_ignored(tmp_path: Path) -> None:
    comment = "<!-- docsite: ignore link-not-built because it shows how a link is written -->\n"
    accepted = build(tmp_path, {case.PAGE: f"<div>\n\n{comment}[x](other.md)\n\n</div>\n"})
    assert accepted.returncode == 0, accepted.stderr


def test_where_pages_are_files_a_page_may_link_to_itself(tmp_path: Path) -> None:
    own = "# Page\n\n## Part {#part}\n\n[a](page.md#part) [b]({{site.baseurl}}/page/#part) [c](page.md?x=1#part)\n"
    config = f"use_directory_urls: false\n{case.CONFIG}"
    write = {case.PAGE: own, "docs/en/index.md": "# Home\n\n## Top {#top-x}\n\n[d](index.md#top-x)\n"}
    done = build(tmp_path, write, config)
    assert done.returncode == 0, done.stderr

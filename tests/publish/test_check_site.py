"""What is published, checked as a whole: in a folder, straight on the branch, and before the branch moves."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.publish.case import BRANCH, SITE_URL, Guide

BRANCHES = (BRANCH, "copies")
CLEAN = r"0 errors, 0 warnings in 32 pages, \d+ links \(.*\)\n"


def plant(guide: Guide, changes: dict[str, tuple[str, str | None]]) -> None:
    """Commit files by hand on the published branch; each is a mode and a text, or None to delete it."""
    environment = os.environ | {"GIT_INDEX_FILE": str(guide.root / ".git/planted")}

    def git(*arguments: str, given: str = "") -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=guide.root,
            env=environment,
            input=given,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout.strip()

    git("read-tree", BRANCH)
    for name, (mode, text) in changes.items():
        if text is None:
            git("update-index", "--force-remove", name)
        else:
            blob = git("hash-object", "-w", "--stdin", given=text)
            git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")
    commit = git("commit-tree", git("write-tree"), "-p", BRANCH, "-m", "By hand")
    git("update-ref", f"refs/heads/{BRANCH}", commit)


def add(guide: Guide, name: str, block: str) -> None:
    """Put something at the end of the article of a published page."""
    text = guide.show(name)
    plant(guide, {name: ("100644", text.replace("</article>", f"{block}\n</article>"))})


def report(guide: Guide, *arguments: str) -> dict[str, Any]:
    done = guide.docsite("check-site", "--branch", BRANCH, "--format", "json", *arguments)
    result: dict[str, Any] = json.loads(done.out)
    return result


def found(guide: Guide) -> set[tuple[str, str, str]]:
    return {(one["rule"], one["path"], one["target"]) for one in report(guide)["findings"]}


# Checked


@pytest.mark.parametrize("branch", BRANCHES)
def test_three_versions_are_clean_in_a_folder_and_on_the_branch(published: Guide, branch: str, tmp_path: Path) -> None:
    before = published.untouched()
    tree = published.check_out(tmp_path / "tree", branch)
    assert re.fullmatch(CLEAN, published.well("check-site", str(tree)))
    assert re.fullmatch(CLEAN, published.well("check-site", "--branch", branch))
    assert published.untouched() == before


def test_a_problem_on_the_branch_is_shown_at_its_place(guide: Guide) -> None:
    add(guide, "1.0/fr/setup/index.html", 'Voir <a href="../../../1.1/fr/setup/">ici</a>.')
    done = guide.docsite("check-site", "--branch", BRANCH)
    assert done.code == 1
    path, head, line, caret, fix, *_ = done.out.splitlines()
    assert path == "1.0/fr/setup/index.html"
    assert re.fullmatch(
        r"  \d+:19 error “../../../1.1/fr/setup/” is a link from 1.0 to 1.1, but 1.0 has that page too. "
        r"\[version-link\]",
        head,
    )
    assert line.strip() == 'Voir <a href="../../../1.1/fr/setup/">ici</a>.'
    assert line[caret.index("^") :].startswith("../../../1.1/fr/setup/")
    assert fix.strip() == "did you mean: ./"


def test_options_and_settings_hold_for_the_branch(guide: Guide) -> None:
    add(guide, "1.0/setup/index.html", '<a href="../../1.1/setup/">x</a>')
    add(guide, "1.1/setup/index.html", '<b id="lost"></b>')
    known = str(guide.root / "known.json")
    assert [one["rule"] for one in report(guide, "--select", "version-link")["findings"]] == ["version-link"]
    guide.well("check-site", "--branch", BRANCH, "--baseline", known, "--update-baseline")
    assert report(guide, "--baseline", known)["findings"] == []
    config = guide.root / "mkdocs.yml"
    ignore = '\n    ignore:\n      "1.0/**": [version-link]\n'  # the file ends in the settings of docsite
    config.write_text(config.read_text("utf-8").rstrip() + ignore, "utf-8")
    assert {rule for rule, _, _ in found(guide)} == {"version-lost-anchor"}


def test_a_shallow_clone_knows_the_branch_of_the_remote(published: Guide, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{published.root}", str(clone)]
    subprocess.run(command, check=True)
    shallow = Guide(clone)
    assert shallow.tip() == ""
    assert re.fullmatch(CLEAN, shallow.well("check-site", "--branch", BRANCH))
    assert shallow.git("status", "--porcelain") == ""


def test_wrong_usage_is_reported_in_plain_words(guide: Guide, tmp_path: Path) -> None:
    for arguments, words in [
        (("--branch", "nowhere"), "The branch “nowhere” does not exist in this clone"),
        (("--branch", "--"), "expected one argument"),
        (("--branch", ""), "The branch “” does not exist"),
        ((str(guide.root), "--branch", BRANCH), "give one of them, not both"),
        ((), "needs the folder of a built site, or --branch NAME"),
        (("--branch", "main"), "this branch contains no HTML file"),
    ]:
        done = guide.docsite("check-site", *arguments)
        assert done.code == 2, arguments
        assert words in done.err
    loose = tmp_path / "loose"
    (loose / "docs").mkdir(parents=True)
    (loose / "mkdocs.yml").write_text((guide.root / "mkdocs.yml").read_text("utf-8"), "utf-8")
    done = Guide(loose).docsite("check-site", "--branch", BRANCH)
    assert done.code == 2
    assert "is not in a git repository" in done.err


def test_symlinks_on_the_branch_lead_nowhere_but_inside(guide: Guide) -> None:
    outside = guide.root / "secret.html"
    outside.write_text("<p>Not published.</p>", "utf-8")
    links = {"1.0/up": str(guide.root), "1.0/passwd": "/etc/passwd", "1.0/self": "self", "1.0/far": "../" * 40 + "etc"}
    plant(guide, {name: ("120000", target) for name, target in links.items()})
    assert found(guide) == {("file-unreadable", name, "") for name in links}
    plant(guide, dict.fromkeys(links, ("120000", None)) | {"latest": ("120000", None), "1.3": ("120000", "1.3")})
    assert {("version-alias", "versions.json", "latest"), ("file-unreadable", "1.3", "")} <= found(guide)


def test_a_version_whose_property_says_so_is_left_out_of_search_engines(guide: Guide) -> None:
    listed = json.loads(guide.show("versions.json"))
    listed[-1]["properties"] = {"noindex": True}
    plant(guide, {"versions.json": ("100644", json.dumps(listed))})
    guide.write("1.3")
    guide.well("publish", "1.3")
    assert '<meta name="robots" content="noindex" data-version>' in guide.show("1.0/fr/setup/index.html")
    assert 'content="noindex" data-version' not in guide.show("1.1/fr/setup/index.html")
    assert "1.0/sitemap.xml" not in guide.show("sitemap.xml")
    assert report(guide)["findings"] == []


# Held before the branch moves


def test_a_link_into_another_version_stops_a_publication(guide: Guide) -> None:
    page = guide.root / "docs/en/news.md"
    page.write_text(page.read_text("utf-8") + f"\n[Before]({SITE_URL}1.0/news/)\n", "utf-8")
    before = guide.tip()
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert "would cause new errors in the published tree, so nothing was published" in done.err
    assert re.search(
        r"^1\.3/news/index\.html:\d+:\d+: error: “https://docs\.example\.com/tiny/1\.0/news/” is a link from 1\.3",
        done.out,
        re.MULTILINE,
    )
    assert guide.tip() == before


def test_a_link_past_all_versions_stops_it_too(guide: Guide) -> None:
    page = guide.root / "docs/en/news.md"
    page.write_text(page.read_text("utf-8") + f"\n[The set-up]({SITE_URL}setup/)\n", "utf-8")
    before = guide.tip()
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert f"Did you mean {SITE_URL}1.3/setup/? [version-less-link]" in done.out
    assert guide.tip() == before


def test_a_full_address_past_the_whole_site_stops_the_build(guide: Guide) -> None:
    page, before = guide.root / "docs/en/news.md", guide.tip()
    address = SITE_URL.replace("/tiny/", "/elsewhere/")
    page.write_text(page.read_text("utf-8") + f"\n[Elsewhere]({address})\n", "utf-8")
    assert guide.docsite("publish", "1.3").code == 1
    assert guide.tip() == before


def test_a_link_past_the_whole_site_stops_it_too(guide: Guide) -> None:
    page = guide.root / "docs/en/news.md"
    address = "../../../elsewhere/"
    page.write_text(page.read_text("utf-8") + f'\n<a href="{address}">Elsewhere</a>\n', "utf-8")
    before = guide.tip()
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert f"“{address}” points outside the site" in done.out
    assert guide.tip() == before


def test_what_outside_links_lose_is_said_and_published(guide: Guide) -> None:
    for language in ("en", "fr"):
        (guide.root / f"docs/{language}/été.md").unlink()
        home = guide.root / f"docs/{language}/index.md"
        home.write_text(home.read_text("utf-8").partition(" and [")[0].partition(" et [")[0] + ".\n", "utf-8")
        setup = guide.root / f"docs/{language}/setup.md"
        setup.write_text(setup.read_text("utf-8").replace("#keys", "#key"), "utf-8")
        home.write_text(home.read_text("utf-8").replace("#keys", "#key"), "utf-8")
    out = guide.well("publish", "1.3")
    assert re.search(
        r"^1\.2/été/index\.html:1:1: warning: “latest/été/” no longer exists: 1\.2 had that page", out, re.MULTILINE
    )
    assert re.search(
        r"“latest/setup/” no longer has the anchor “keys”.*latest/setup/#key\? \[version-lost-anchor\]", out
    )
    assert len(re.findall(r"\[version-lost-page\]", out)) == 2
    assert "gh-pages is now at" in out
    again = guide.well("publish", "1.3")
    assert "version-lost-page" not in again
    assert "4 known problems are not shown" in again


def test_problems_that_were_there_before_stop_nothing(guide: Guide) -> None:
    add(guide, "1.0/setup/index.html", '<a href="../../1.1/setup/">x</a>')
    guide.write("1.3")
    out = guide.well("publish", "1.3")
    assert "1 known problem is not shown" in out
    assert "gh-pages is now at" in out


def test_an_alias_that_moves_says_what_is_lost_and_moves(guide: Guide) -> None:
    add(guide, "1.0/setup/index.html", '<b id="long-ago"></b>')
    out = guide.well("alias", "1.1", "latest")
    assert "“latest/setup/” no longer has the anchor “long-ago” of 1.0" in out
    assert "gh-pages is now at" in out

"""What lies on the branch after publishing, deleting, aliasing and rolling back."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from docsite.publish import build
from tests.publish import case
from tests.publish.case import BRANCH, SITE_URL, Guide, Shelf

BRANCHES = (BRANCH, "copies")
ROOT_FILES = [".nojekyll", "404.html", "_headers", "index.html", "robots.txt", "sitemap.xml", "versions.json"]


def versions(guide: Guide, branch: str = BRANCH) -> dict[str, list[str]]:
    """The aliases of each version, in the order of versions.json."""
    listed: list[dict[str, Any]] = json.loads(guide.show("versions.json", branch))
    return {entry["version"]: entry["aliases"] for entry in listed}


def kind(guide: Guide, name: str, branch: str = BRANCH) -> str:
    return guide.git("ls-tree", branch, name).split()[0]


def canonical(guide: Guide, path: str, branch: str = BRANCH) -> str:
    (found,) = re.findall(r'<link rel="canonical" href="([^"]*)"', guide.show(path, branch))
    return str(found)


# Published


@pytest.mark.parametrize("branch", BRANCHES)
def test_each_version_is_one_commit_that_holds_everything(published: Guide, branch: str) -> None:
    assert published.names(branch) == sorted([*ROOT_FILES, "1.0", "1.1", "1.2", "latest"])
    assert versions(published, branch) == {"1.2": ["latest"], "1.1": [], "1.0": []}
    subjects = published.git("log", "--format=%s", branch).splitlines()
    assert [re.sub("[0-9a-f]{7,}$", "X", subject) for subject in subjects] == [
        f"Publish {version} (latest) from X" for version in ("1.2", "1.1", "1.0")
    ]


def test_an_alias_is_a_symlink_or_a_copy(published: Guide) -> None:
    assert kind(published, "latest") == "120000"
    assert published.show("latest") == "1.2"
    assert kind(published, "latest", "copies") == "040000"
    assert published.tree("copies:latest") == published.tree("copies:1.2") == published.tree(f"{BRANCH}:1.2")


@pytest.mark.parametrize("branch", BRANCHES)
def test_every_version_knows_the_latest(published: Guide, branch: str) -> None:
    for version in ("1.0", "1.1", "1.2"):
        assert canonical(published, f"{version}/fr/setup/index.html", branch) == f"{SITE_URL}latest/fr/setup/"
    assert f"<loc>{SITE_URL}1.0/" in published.show("1.0/sitemap.xml", branch)
    assert f"<loc>{SITE_URL}latest/" in published.show("1.2/sitemap.xml", branch)


def test_the_sitemap_index_names_a_sitemap_of_each_version(published: Guide) -> None:
    text = published.show("sitemap.xml")
    wanted = [f"{SITE_URL}{folder}/sitemap.xml" for folder in ("latest", "1.1", "1.0")]
    assert re.findall("<loc>(.*?)</loc>", text) == wanted
    assert f"\nSitemap: {SITE_URL}sitemap.xml\n" in published.show("robots.txt") + "\n"


def test_nothing_else_is_touched(guide: Guide) -> None:
    page = guide.root / "docs/en/index.md"
    page.write_text(page.read_text("utf-8") + "\nMore.\n", "utf-8")
    (guide.root / "notes.txt").write_text("Mine.", "utf-8")
    before = guide.untouched()
    guide.well("publish", "1.3")
    guide.well("rollback")
    assert guide.untouched() == before
    assert "with uncommitted changes" in guide.git("log", "--format=%s", BRANCH)


@pytest.mark.parametrize("branch", BRANCHES)
def test_the_same_again_changes_nothing(guide: Guide, branch: str) -> None:
    before = guide.tip(branch)
    alias_type = "copy" if branch == "copies" else "symlink"
    out = guide.well("publish", "1.2", "--branch", branch, "--alias-type", alias_type)
    assert "already up to date" in out
    assert "Not pushed." in out
    assert guide.tip(branch) == before


def test_an_earlier_release_published_anew_leaves_latest_alone(guide: Guide) -> None:
    guide.write("1.1, fixed")
    guide.well("publish", "1.1")
    assert versions(guide) == {"1.2": ["latest"], "1.1": [], "1.0": []}
    assert "Of 1.1, fixed" in guide.show("1.1/news/index.html")
    assert canonical(guide, "1.1/news/index.html") == f"{SITE_URL}latest/news/"


def test_dev_is_a_preview_that_search_engines_leave_out(guide: Guide) -> None:
    guide.well("publish", "dev", "--title", "Next")
    assert versions(guide)["dev"] == []
    assert json.loads(guide.show("versions.json"))[0]["title"] == "Next"
    assert '<meta name="robots" content="noindex"' in guide.show("dev/index.html")
    assert "dev/sitemap.xml" not in guide.show("sitemap.xml")
    assert '"dev"' in guide.show("404.html")


def test_dev_alone_is_the_entrance_and_has_no_sitemap(tmp_path: Path, shelf: Shelf) -> None:  # noqa: ARG001
    guide = case.make(tmp_path / "guide")
    guide.well("publish", "dev")
    assert '"dev/fr/"' in guide.show("index.html")
    assert guide.names() == sorted({*ROOT_FILES, "dev"} - {"sitemap.xml"})
    assert "Sitemap" not in guide.show("robots.txt")


def put_on_branch(guide: Guide, name: str) -> None:
    """Add a file to the root of the branch by hand, or replace one; it holds what mkdocs.yml does."""
    blob = guide.git("hash-object", "-w", "mkdocs.yml")
    others = [line for line in guide.git("ls-tree", BRANCH).splitlines() if not line.endswith(f"\t{name}")]
    tree = "\n".join([*others, f"100644 blob {blob}\t{name}", ""])
    made = subprocess.run(["git", "mktree"], cwd=guide.root, input=tree, capture_output=True, text=True, check=True)
    commit = guide.git("commit-tree", made.stdout.strip(), "-p", BRANCH, "-m", "By hand")
    guide.git("update-ref", f"refs/heads/{BRANCH}", commit)


def test_what_else_lies_on_the_branch_stays(guide: Guide) -> None:
    put_on_branch(guide, "CNAME")
    guide.well("publish", "1.3")
    assert "CNAME" in guide.names()


def test_headers_stay_as_they_are_where_none_are_wanted(guide: Guide) -> None:
    config = guide.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("security_headers: true", "security_headers: false"), "utf-8")
    put_on_branch(guide, "_headers")
    guide.well("publish", "1.3")
    assert guide.show("_headers") == config.read_text("utf-8").strip()


def test_the_command_itself_builds_and_a_dry_run_changes_nothing(guide: Guide) -> None:
    before, config = guide.tip(), str(guide.root / "mkdocs.yml")
    done = subprocess.run(
        [sys.executable, "-m", "docsite", "publish", "1.3", "--dry-run", "-f", config],
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert "gh-pages would change: " in done.stdout
    assert "Documentation built in" in done.stderr
    assert guide.tip() == before


# Aliases, deleting, rolling back


@pytest.mark.parametrize("alias_type", ["symlink", "copy"])
def test_an_alias_moves_with_all_that_depends_on_it(guide: Guide, alias_type: str) -> None:
    before = guide.tree()
    guide.well("alias", "1.1", "latest", "--alias-type", alias_type)
    assert versions(guide) == {"1.2": [], "1.1": ["latest"], "1.0": []}
    assert kind(guide, "latest") == {"symlink": "120000", "copy": "040000"}[alias_type]
    assert "Of 1.1" in guide.show("latest/news/index.html" if alias_type == "copy" else "1.1/news/index.html")
    assert f"<loc>{SITE_URL}latest/" in guide.show("1.1/sitemap.xml")
    assert f"<loc>{SITE_URL}1.2/" in guide.show("1.2/sitemap.xml")
    guide.well("alias", "1.2", "latest")
    assert guide.tree() == before


def test_a_further_alias_comes_and_goes(guide: Guide) -> None:
    before = guide.tree()
    guide.well("alias", "1.1", "stable")
    assert versions(guide)["1.1"] == ["stable"]
    assert guide.show("stable") == "1.1"
    guide.well("unpublish", "stable")
    assert guide.tree() == before


def test_a_version_is_deleted_with_its_aliases(guide: Guide) -> None:
    guide.well("alias", "1.1", "stable")
    guide.well("unpublish", "1.1")
    assert guide.names() == sorted([*ROOT_FILES, "1.0", "1.2", "latest"])
    assert '"1.1"' not in guide.show("404.html")
    assert "1.1/" not in guide.show("sitemap.xml")


def test_latest_cannot_be_deleted_unawares(guide: Guide) -> None:
    before = guide.tip()
    for name in ("1.2", "latest"):
        done = guide.docsite("unpublish", name)
        assert done.code == 1
        assert "docsite alias VERSION latest" in done.err
    assert guide.tip() == before


def test_a_published_mistake_is_rolled_back_and_the_rollback_too(guide: Guide) -> None:
    good = guide.tree()
    guide.write("wrong")
    guide.well("publish", "1.3")
    bad = guide.tree()
    guide.well("rollback")
    assert guide.tree() == good
    guide.well("rollback")
    assert guide.tree() == bad
    guide.well("rollback", f"{BRANCH}~3")
    assert guide.tree() == good
    assert len(guide.git("log", "--format=%s", BRANCH).splitlines()) == 7


def test_the_last_version_cannot_be_deleted(tmp_path: Path, shelf: Shelf) -> None:  # noqa: ARG001
    guide = case.make(tmp_path / "guide")
    guide.well("publish", "1.0")
    assert "the only version" in guide.docsite("unpublish", "1.0").err


# Refused


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("publish", "latest"), 2, "`latest` is an alias"),
        (("publish", "../up"), 2, "is not a valid folder name"),
        (("publish", "404.html"), 2, "is not a valid folder name"),
        (("publish", "1.3", "--alias", "1.1"), 1, "“1.1” is a version, so it cannot be an alias too"),
        (("publish", "1.3", "--branch", "main"), 1, "main is checked out"),
        (("alias", "3.0", "latest"), 1, "The version “3.0” does not exist. Published: 1.2, latest, 1.1, 1.0."),
        (("alias", "1.1", "1.0"), 1, "“1.0” is a version, so it cannot be an alias too"),
        (("unpublish", "3.0"), 1, "The version “3.0” does not exist"),
        (("rollback", "main"), 1, "main is not an earlier commit of gh-pages"),
        (("rollback", f"{BRANCH}~9"), 1, "is not an earlier commit of gh-pages"),
        (("publish", "1.3", "--push"), 1, "origin"),
        (("publish", "a..b"), 2, "is not a valid folder name"),
        (("publish", "1.3."), 2, "is not a valid folder name"),
        (("publish", "x" * 300), 2, "is not a valid folder name"),
        (("publish", "Latest"), 2, "`latest` is an alias"),
        (("publish", "1.3", "--alias", "Latest"), 1, "“Latest” and “latest” differ only in capitals"),
        (("publish", "1.3", "--alias", "next", "--alias", "Next"), 1, "“Next” and “next” differ only in capitals"),
        (("publish", "1.3", "--alias", "1.3"), 1, "“1.3” is a version"),
        (("alias", "1.1", "LATEST"), 1, "“LATEST” and “latest” differ only in capitals"),
        *(
            (("publish", "1.3", "--branch", name), 2, f"“{name}” is not a valid name of a branch")
            for name in ("a..b", "gh pages", "x" * 300, "x.lock", "HEAD", "refs/heads/x", "a/", "@{")
        ),
    ],
)
def test_what_is_impossible_is_refused_in_plain_words_before_anything_is_built(
    guide: Guide, shelf: Shelf, arguments: tuple[str, ...], code: int, words: str
) -> None:
    shelf.before = lambda: pytest.fail("it is built")
    before = guide.tip()
    done = guide.docsite(*arguments)
    assert done.code == code
    assert words in done.err
    assert "Traceback" not in done.err
    assert guide.tip() == before


@pytest.mark.parametrize("arguments", [("alias", "1.0", "latest"), ("unpublish", "1.0"), ("rollback",)])
def test_without_a_branch_nothing_is_published_yet(guide: Guide, arguments: tuple[str, ...]) -> None:
    done = guide.docsite(*arguments, "--branch", "nowhere")
    assert (done.code, done.err) == (1, "docsite: Nothing is published yet: there is no branch nowhere.\n")


def test_a_build_that_was_killed_is_reported_plainly(
    guide: Guide, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "build_version", shelf.real)
    monkeypatch.setattr(build, "sys", SimpleNamespace(executable=guide.root / "killed"))
    (guide.root / "killed").write_text("#!/bin/sh\nkill -9 $$\n")
    (guide.root / "killed").chmod(0o755)
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert "The build ended before its work was done (ended by SIGKILL; the machine may be out of memory)" in done.err


def test_an_alias_cannot_become_a_version(guide: Guide) -> None:
    guide.well("alias", "1.1", "stable")
    assert "“stable” is an alias of 1.1" in guide.docsite("publish", "stable").err


def test_a_list_of_versions_that_cannot_be_read_is_not_taken_for_none(guide: Guide) -> None:
    blob = guide.git("hash-object", "-w", "mkdocs.yml")
    lines = [re.sub(r"\w+(?=\tversions.json)", blob, line) for line in guide.git("ls-tree", BRANCH).splitlines()]
    tree = subprocess.run(
        ["git", "mktree"], cwd=guide.root, input="\n".join(lines), capture_output=True, text=True, check=True
    ).stdout.strip()
    guide.git("update-ref", f"refs/heads/{BRANCH}", guide.git("commit-tree", tree, "-p", BRANCH, "-m", "Broken"))
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert "versions.json on the published branch cannot be read" in done.err


@pytest.mark.parametrize("text", ["{% alert note %} never closed\n", "[nowhere](nowhere.md)\n"])
def test_a_failed_build_publishes_nothing(guide: Guide, text: str) -> None:
    page = guide.root / "docs/en/news.md"
    page.write_text(page.read_text("utf-8") + "\n" + text, "utf-8")
    before = guide.tip()
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert "The build failed, so nothing was published." in done.err
    assert guide.tip() == before


def test_a_failed_check_publishes_nothing_and_names_the_problems(guide: Guide) -> None:
    config = guide.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "extra_css: [missing.css]\n", "utf-8")
    before = guide.tip()
    done = guide.docsite("publish", "3.1")
    assert done.code == 1
    assert re.search(r"The built site has \d+ errors?, so nothing was published", done.err)
    assert "missing.css” does not exist" in done.out
    assert guide.tip() == before


def test_pages_that_do_not_know_their_version_are_refused(guide: Guide) -> None:
    config = guide.root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("\n  - mike\n", "\n"), "utf-8")
    done = guide.docsite("publish", "3.0")
    assert done.code == 1
    assert "Add `mike` to `plugins:` in mkdocs.yml" in done.err


def test_without_site_url_or_repository_nothing_can_be_published(guide: Guide, tmp_path: Path) -> None:
    config = guide.root / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(re.sub("(?m)^site_url:.*\n", "", text), "utf-8")
    done = guide.docsite("publish", "1.3")
    assert done.code == 2
    assert "site_url" in done.err
    loose = tmp_path / "loose"
    (loose / "docs").mkdir(parents=True)
    (loose / "mkdocs.yml").write_text(text, "utf-8")
    done = Guide(loose).docsite("publish", "1.3")
    assert done.code == 1
    assert "is not in a git repository" in done.err


def test_without_a_name_git_cannot_commit_and_says_how(guide: Guide, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    guide.git("config", "user.useConfigOnly", "true")
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert "git config --global user.name" in done.err

"""Publishing to a remote repository, from whole and from shallow clones, and by several people at once."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.publish.case import BRANCH, Guide, Shelf


def bare(guide: Guide, to: Path) -> Guide:
    """A remote repository with what the guide has."""
    subprocess.run(["git", "clone", "--quiet", "--bare", guide.root, to], check=True)
    return Guide(to)


@pytest.fixture
def origin(guide: Guide, tmp_path: Path) -> Guide:
    """What the guide pushes to."""
    made = bare(guide, tmp_path / "origin.git")
    guide.git("remote", "add", "origin", str(made.root))
    return made


def clone(origin: Guide, to: Path, *options: str) -> Guide:
    subprocess.run(["git", "clone", "--quiet", *options, f"file://{origin.root}", to], check=True)
    return Guide(to)


def interfere(other: Guide) -> str:
    """Publish something from elsewhere; returns the commit."""
    tip = f"refs/heads/{BRANCH}"
    commit = other.git("commit-tree", f"{tip}~1^{{tree}}", "-p", tip, "-m", "Meanwhile")
    other.git("update-ref", tip, commit)
    return commit


def test_without_push_nothing_leaves_the_machine(guide: Guide, origin: Guide) -> None:
    guide.write("1.3")
    refs = origin.git("for-each-ref")
    assert "Not pushed." in guide.well("publish", "1.3")
    assert origin.git("for-each-ref") == refs
    assert origin.tip() != guide.tip()


def test_push_takes_along_what_was_published_before(guide: Guide, origin: Guide) -> None:
    guide.write("1.3")
    guide.well("publish", "1.3")
    out = guide.well("publish", "1.3", "--push")
    assert "is already up to date. Pushed." in out
    assert origin.tip() == guide.tip()
    assert origin.git("log", "--format=%s", BRANCH).splitlines()[0].startswith("Publish 1.3 (latest)")
    assert origin.git("fsck", "--strict", "--no-dangling") == ""


def test_each_command_pushes(guide: Guide, origin: Guide) -> None:
    for arguments in (("alias", "1.1", "stable"), ("unpublish", "stable"), ("rollback",)):
        before = origin.tip()
        assert guide.well(*arguments, "--push").endswith("Pushed.\n")
        assert origin.tip() == guide.tip() != before


def test_the_first_push_makes_the_branch(guide: Guide, origin: Guide) -> None:
    origin.git("update-ref", "-d", f"refs/heads/{BRANCH}")
    guide.well("publish", "1.2", "--push")
    assert origin.tip() == guide.tip()


def test_what_others_pushed_is_built_upon(guide: Guide, origin: Guide) -> None:
    theirs = interfere(origin)
    guide.write("1.3")
    guide.well("publish", "1.3", "--push")
    assert origin.tip() == guide.tip()
    assert guide.git("rev-parse", f"{BRANCH}~1") == theirs


@pytest.mark.parametrize("options", [(), ("--depth", "1"), ("--depth", "1", "--no-single-branch")])
def test_a_clone_publishes_however_shallow(
    origin: Guide, guide: Guide, tmp_path: Path, options: tuple[str, ...]
) -> None:
    guide.write("1.3")
    before = origin.tip()
    other = clone(origin, tmp_path / "clone", *options)
    other.well("publish", "dev", "--push")
    assert origin.tip() == other.tip()
    assert origin.git("rev-parse", f"{BRANCH}~1") == before
    assert "1.0" in origin.names()
    assert origin.git("fsck", "--strict", "--no-dangling") == ""
    shallow = other.git("rev-parse", "--is-shallow-repository")
    assert shallow == ("true" if options else "false")
    # And a second time, upon its own.
    other.well("alias", "1.1", "stable", "--push")
    assert origin.tip() == other.tip()


def test_a_shallow_clone_publishes_on_its_own_too(origin: Guide, tmp_path: Path) -> None:
    other = clone(origin, tmp_path / "clone", "--depth", "1", "--no-single-branch")
    other.well("publish", "dev")
    assert "1.0" in other.names()
    done = other.docsite("rollback", f"{BRANCH}~2")
    assert done.code == 1
    assert "git fetch --unshallow" in done.err


def test_a_push_that_comes_too_late_changes_nothing(guide: Guide, origin: Guide, shelf: Shelf) -> None:
    before, theirs = guide.tip(), []
    shelf.before = lambda: theirs.append(interfere(origin))
    guide.write("1.3")
    done = guide.docsite("publish", "1.3", "--push")
    assert done.code == 1
    assert "origin rejected the push, so gh-pages is unchanged, there and here" in done.err
    assert guide.tip() == before
    assert origin.tip() == theirs[0]
    # As the message says: run it again.
    shelf.before = lambda: None
    guide.well("publish", "1.3", "--push")
    assert origin.tip() == guide.tip()
    assert guide.git("rev-parse", f"{BRANCH}~1") == theirs[0]


def test_a_push_that_the_remote_forbids_changes_nothing(guide: Guide, origin: Guide) -> None:
    hook = origin.root / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho Protected. >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    before = guide.tip()
    guide.write("1.3")
    done = guide.docsite("publish", "1.3", "--push")
    assert done.code == 1
    assert "Protected." in done.err
    assert guide.tip() == origin.tip() == before


def test_diverged_branches_are_not_merged_and_the_fix_is_reported(guide: Guide, origin: Guide) -> None:
    guide.well("publish", "dev")
    interfere(origin)
    done = guide.docsite("alias", "1.1", "stable", "--push")
    assert done.code == 1
    assert "git branch -f gh-pages origin/gh-pages" in done.err
    guide.git("branch", "-f", BRANCH, f"origin/{BRANCH}")
    guide.well("alias", "1.1", "stable", "--push")


def test_who_comes_second_loses_and_nothing_is_lost(guide: Guide, shelf: Shelf) -> None:
    """The branch moves while 1.3 is being built."""
    theirs: list[str] = []
    shelf.before = lambda: theirs.append(interfere(guide))
    guide.write("1.3")
    done = guide.docsite("publish", "1.3")
    assert done.code == 1
    assert "gh-pages has changed in the meantime, so nothing was published. Run the command again." in done.err
    assert guide.tip() == theirs[0]

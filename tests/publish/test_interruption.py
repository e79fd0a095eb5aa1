"""kill -9 at every call of git and at random times: the branch is as it was or as it should be, never between."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.publish.case import BRANCH, ROOT, Guide, Shelf
from tests.publish.test_push import bare
from tests.shared import unmeasured

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(
        "fork" not in multiprocessing.get_all_start_methods(), reason="there is neither fork nor kill -9 here"
    ),
]
COMMAND = ("publish", "1.3", "--push")


def killed(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.publish.killed", str(folder), *arguments],
        cwd=ROOT,
        env=unmeasured(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    attempts: list[dict[str, Any]] = json.loads(done.stdout)
    return attempts


def test_no_kill_leaves_the_branch_between_two_states(guide: Guide, tmp_path: Path, shelf: Shelf) -> None:
    guide.write("1.3")
    origin = bare(guide, tmp_path / "origin.git")
    guide.git("remote", "add", "origin", str(origin.root))
    before, old = guide.untouched(), guide.git("log", "-1", "--format=%T %P", BRANCH).split()

    wanted = guide.copy(tmp_path / "wanted")
    wanted.well("publish", "1.3")
    new = [wanted.tree(), guide.tip()]
    shutil.copytree(shelf.latest, tmp_path / "built")

    attempts = killed(tmp_path, *COMMAND)
    for attempt in attempts:
        assert attempt["guide"] in (old, new), attempt
        assert attempt["origin.git"] in (old, new), attempt
    assert attempts[0] == {"at": "never", "killed": False, "guide": new, "origin.git": new}
    states = [attempt["guide"] for attempt in attempts if attempt["at"].startswith("call ")]
    assert states.count(old) > 50, "the branch moves last"
    assert sum(attempt["killed"] for attempt in attempts) > 7
    assert guide.untouched() == before
    assert guide.git("fsck", "--no-dangling", "--connectivity-only") == ""
    # What was left behind is in nobody's way.
    guide.well(*COMMAND)
    assert guide.tree() == wanted.tree()

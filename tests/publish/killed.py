"""Kills a command before some calls of git, and at random times; test_interruption.py runs this, with a folder.

The folder holds `guide`, `origin.git`, and `built`, which stands in for MkDocs and check-site. One process forks for
each attempt, so that Python and mike are read once. Prints what became of each, as JSON.

A process that is killed changes nothing any more, so what the branches are before a call of git is what a kill at that
moment leaves: one run that writes it down at every call stands for a kill at each of them.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path

from docsite.cli.main import main as docsite
from docsite.publish import build

GIT = str(shutil.which("git"))
BRANCH = "refs/heads/gh-pages"
# Stands in for git, writes down where the branches are, counts its calls, and kills whoever called: Python, in the
# midst of the command. Of two calls at the same time one may go unkilled. The shell needs no other program for this.
STAND_IN = """#!/bin/sh
read -r guide <"{0}/guide/.git/{2}"
read -r origin <"{0}/origin.git/{2}"
echo "$guide $origin" >>"{0}/states"
printf . >>"{0}/calls"
read -r calls <"{0}/calls"
read -r at <"{0}/at"
[ "before ${{#calls}}" = "$at" ] && kill -9 $PPID && exit 1
exec "{1}" "$@"
"""


def main(folder: Path, *arguments: str) -> list[dict[str, object]]:
    """Run the command once unharmed, then kill it in every way, each time from the same state."""
    _stand_in(folder)
    command = [*arguments, "-f", str(folder / "guide/mkdocs.yml")]
    before = _git(folder / "guide", "rev-parse", BRANCH)
    for place in ("guide/.git", "origin.git"):  # in a file of its own, which the stand-in reads
        (folder / place / BRANCH).parent.mkdir(parents=True, exist_ok=True)
        (folder / place / BRANCH).write_text(f"{before}\n")

    def attempt(at: str) -> dict[str, object]:
        result: dict[str, object] = {"at": at, "killed": _attempt(folder, command, at)}
        for name in ("guide", "origin.git"):
            result[name] = _tip(folder / name, BRANCH)
            _restore(folder / name, before)
        return result

    unharmed = attempt("never")
    states = (folder / "states").read_text().splitlines()
    seen: list[dict[str, object]] = [
        {
            "at": f"call {number}",
            "killed": False,
            "guide": _tip(folder / "guide", guide),
            "origin.git": _tip(folder / "origin.git", origin),
        }
        for number, (guide, origin) in enumerate(map(str.split, states), 1)
    ]
    return [unharmed, *seen, *map(attempt, _moments(len(states)))]


def _moments(calls: int) -> Iterator[str]:
    yield from (f"{random.uniform(0.02, 0.6):.3f} s" for _ in range(8))
    numbers = {*random.sample(range(1, calls + 1), 4), *range(calls - 2, calls + 1)}
    yield from (f"before {number}" for number in sorted(numbers))


def _stand_in(folder: Path) -> None:
    program = folder / "bin/git"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(folder, GIT, BRANCH), "utf-8")
    program.chmod(0o755)
    (folder / "temporary").mkdir()
    tempfile.tempdir = f"{folder}/temporary"  # where what a killed process leaves behind is in nobody's way
    os.environ["PATH"] = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    build.build_version = lambda _settings, _version, to: shutil.copytree(folder / "built", to)  # type: ignore[assignment]
    build.check_version = lambda *_arguments: None


def _attempt(folder: Path, command: list[str], at: str) -> bool:
    """Whether the process was killed."""
    (folder / "calls").write_text("")
    (folder / "at").write_text(f"{at}\n")
    child = os.fork()
    if child == 0:
        os.setsid()
        with Path(os.devnull).open("w") as nothing, redirect_stdout(nothing), redirect_stderr(nothing):
            os._exit(docsite(command))
    if at.endswith(" s"):
        time.sleep(float(at.removesuffix(" s")))
        os.killpg(child, signal.SIGKILL)  # git is killed too, as when the power fails
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run([GIT, *arguments], cwd=folder, capture_output=True, check=True, text=True).stdout.strip()


@cache
def _parts(repository: Path, commit: str) -> list[str]:
    return _git(repository, "log", "-1", "--format=%T %P", commit).split()


def _tip(repository: Path, commit: str) -> list[str]:
    """The tree of a commit and its parents' ids."""
    return _parts(repository, _git(repository, "rev-parse", commit) if commit == BRANCH else commit)


def _restore(repository: Path, tip: str) -> None:
    # git itself may have been killed between its two steps of moving a branch.
    for folder in (repository / ".git/refs", repository / "refs"):
        for lock in folder.rglob("*.lock"):
            lock.unlink()
    lines = f"update {BRANCH} {tip}\ndelete refs/remotes/origin/gh-pages\n"
    subprocess.run([GIT, "update-ref", "--stdin"], cwd=repository, input=lines, check=True, text=True)


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), *sys.argv[2:]), sys.stdout)

"""Kills a command at every call of git, and at random times; test_interruption.py runs this, with a folder to work in.

The folder holds `guide`, `origin.git`, and `built`, which stands in for MkDocs and check-site. One process forks for
each attempt, so that Python and mike are read once. Prints what became of each, as JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from docsite import cli
from docsite.publish import build

GIT = str(shutil.which("git"))
BRANCH = "refs/heads/gh-pages"
# Stands in for git, counts its calls, and kills whoever called: Python, in the midst of the command. Of two calls at
# the same time one may go unkilled. The shell needs no other program for it, which would double the time of all.
STAND_IN = """#!/bin/sh
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

    def attempt(at: str) -> dict[str, object]:
        result: dict[str, object] = {"at": at, "killed": _attempt(folder, command, at)}
        for name in ("guide", "origin.git"):
            result[name] = _tip(folder / name)
            _restore(folder / name, before)
        return result

    unharmed = attempt("never")
    calls = len((folder / "calls").read_text())
    return [unharmed, *map(attempt, _moments(calls))]


def _moments(calls: int) -> Iterator[str]:
    yield from (f"{random.uniform(0.02, 0.6):.3f} s" for _ in range(8))
    yield from (f"before {count + 1}" for count in range(calls))


def _stand_in(folder: Path) -> None:
    program = folder / "bin/git"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(folder, GIT), "utf-8")
    program.chmod(0o755)
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
            os._exit(cli.main(command))
    if at.endswith(" s"):
        time.sleep(float(at.removesuffix(" s")))
        os.killpg(child, signal.SIGKILL)  # git is killed too, as when the power fails
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run([GIT, *arguments], cwd=folder, capture_output=True, check=True, text=True).stdout.strip()


def _tip(repository: Path) -> list[str]:
    """The branch's tree and its parents' ids."""
    return _git(repository, "log", "-1", "--format=%T %P", BRANCH).split()


def _restore(repository: Path, tip: str) -> None:
    # git itself may have been killed between its two steps of moving a branch.
    for folder in (repository / ".git/refs", repository / "refs"):
        for lock in folder.rglob("*.lock"):
            lock.unlink()
    lines = f"update {BRANCH} {tip}\ndelete refs/remotes/origin/gh-pages\n"
    subprocess.run([GIT, "update-ref", "--stdin"], cwd=repository, input=lines, check=True, text=True)


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), *sys.argv[2:]), sys.stdout)

"""The files of a commit in a folder of their own; working tree, index and HEAD are neither read nor written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple, cast

from docsite._util.catalog import translate
from docsite._util.interruption import temporary_folder
from docsite.publish.git import REMOTE, GitError, Repository, git
from docsite.publish.publish_messages import error_message, publish_error

_SYMLINK = "120000"
_PIECE = 1 << 20
_DEEPEST = 300
"""Folders in folders that Python can make and delete again."""


class _Entry(NamedTuple):
    mode: str
    id: str
    name: str


def resolve_branch(folder: Path, branch: str) -> tuple[Repository, str]:
    """The repository of a folder, and the commit that a branch is at: here, or else at the remote when last asked.

    Raises:
        PublishError: there is none.
    """
    repository = Repository(folder)
    if not repository.asked("rev-parse", "--git-dir"):
        raise publish_error("no-repository", folder=str(folder))
    names = (f"refs/heads/{branch}", f"refs/remotes/{REMOTE}/{branch}")
    commit = next(filter(None, map(repository.commit, names)), "")
    if not commit:
        raise publish_error("no-branch", branch=branch, remote=REMOTE)
    return repository, commit


@contextmanager
def checked_out(repository: Repository, commit: str) -> Iterator[Path]:
    """A folder with the files of a commit, for as long as the block lasts. Equal files are one file on the disk.

    Raises:
        PublishError: git cannot give the files.
    """
    with temporary_folder() as folder:
        entries = [entry for entry in _entries(repository, commit) if _is_safe(entry.name)]
        if any(entry.name.count("/") > _DEEPEST for entry in entries):
            raise publish_error("too-deep")
        try:
            _write(repository, folder, [entry for entry in entries if entry.mode != _SYMLINK])
            _link(repository, folder, [entry for entry in entries if entry.mode == _SYMLINK])
        except (OSError, ValueError) as error:
            raise publish_error("not-written", reason=str(error)) from None
        yield folder


def _entries(repository: Repository, commit: str) -> Iterator[_Entry]:
    for line in git(repository.folder, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
        facts, _, name = line.partition(b"\t")
        if facts:
            mode, kind, id_ = facts.decode().split()
            if kind == "blob":  # and no submodule
                yield _Entry(mode, id_, os.fsdecode(name))


def _is_safe(name: str) -> bool:
    """Whether a name stays in the folder; git itself makes no other, but whoever writes objects by hand may."""
    return not any(part in ("", ".", "..") or part.lower() == ".git" for part in name.split("/"))


def _link(repository: Repository, folder: Path, entries: Iterable[_Entry]) -> None:
    """Make symlinks: last, so that nothing is written through them. Who reads the folder follows none out of it."""
    for entry in entries:
        path = folder / entry.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.fsdecode(git(repository.folder, "cat-file", "blob", entry.id)))


def _write(repository: Repository, folder: Path, entries: Iterable[_Entry]) -> None:
    """Write files. Of equal ones, the second and further are links to the first."""
    by_id: dict[str, list[Path]] = {}
    for entry in entries:
        by_id.setdefault(entry.id, []).append(folder / entry.name)
    for parent in {path.parent for paths in by_id.values() for path in paths}:
        parent.mkdir(parents=True, exist_ok=True)
    with _batch(repository, by_id) as contents:
        for paths in by_id.values():
            _write_one(contents, paths[0])
            for path in paths[1:]:
                os.link(paths[0], path)


@contextmanager
def _batch(repository: Repository, ids: Iterable[str]) -> Iterator[BinaryIO]:
    """What git has under each id, one after the other, as `cat-file --batch` gives it."""
    command = ["git", "-C", str(repository.folder), "cat-file", "--batch"]
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    with TemporaryFile() as asked:
        asked.write("".join(f"{id_}\n" for id_ in ids).encode())
        asked.seek(0)
        with subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, env=environment) as process:
            yield cast("BinaryIO", process.stdout)


def _write_one(batch: BinaryIO, path: Path) -> None:
    facts = batch.readline().split()
    if len(facts) != 3 or facts[1] != b"blob":
        reason = b" ".join(facts).decode("utf-8", "replace") or translate("it is missing")
        raise GitError(error_message("git-object", file=path.name, reason=reason))
    left = int(facts[2])
    with path.open("xb") as file:
        while left:
            piece = batch.read(min(left, _PIECE))
            if not piece:
                raise GitError(error_message("git-object-short", file=path.name))
            left -= file.write(piece)
    batch.read(1)

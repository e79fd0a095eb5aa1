"""The project's repository. Only `update_ref`, `push` and `fetch` change it, apart from objects that nothing names yet.

The working tree, the index and HEAD are never written.
"""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from docsite._util.errors import PublishError
from docsite._util.exit_reason import exit_reason
from docsite.publish.publish_messages import error_message, publish_error

REMOTE = "origin"


class GitError(PublishError):
    """Git failed; the message is its own."""


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """What a git command prints when it is given some input.

    Raises:
        GitError: it failed.
    """
    environment = os.environ | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, env=environment, input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise publish_error("git-missing") from None
    if done.returncode:
        output = done.stderr.decode("utf-8", "replace").strip()
        raise GitError(
            error_message("git", output=output)
            if output
            else error_message("git-failed", command=arguments[0], reason=exit_reason(done.returncode))
        )
    return done.stdout


class BlobFile(NamedTuple):
    """A file of a commit; its name is relative to the folder that was asked for."""

    name: str
    mode: int
    data: bytes


@dataclass(frozen=True)
class Repository:
    """The repository that a folder is in."""

    folder: Path

    def __call__(self, *arguments: str) -> str:
        """What a git command prints, without the newline at the end."""
        return git(self.folder, *arguments).decode("utf-8", "replace").removesuffix("\n")

    def asked(self, *arguments: str) -> str:
        """What a command prints, or "" where it fails."""
        try:
            return self(*arguments)
        except GitError:
            return ""

    def path(self, name: str) -> Path:
        """Where git keeps a thing of its own, such as `objects`."""
        return (self.folder / self("rev-parse", "--git-path", name)).resolve()

    def commit(self, name: str) -> str:
        """The id of a commit; "" where there is none of that name."""
        return self.asked("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")

    def tree(self, commit: str) -> str:
        """The id of a commit's tree."""
        return self("rev-parse", f"{commit}^{{tree}}")

    def files(self, folder: str, *suffixes: str) -> Iterator[BlobFile]:
        """The files, of a folder such as `BRANCH:1.2`, whose names end so."""
        lines = git(self.folder, "ls-tree", "-r", "-z", "--full-tree", folder).decode("utf-8").split("\0")
        entries = [(line.partition("\t")[2], line.split(maxsplit=3)) for line in lines if line.endswith(suffixes)]
        ids = "".join(f"{fields[2]}\n" for _, fields in entries).encode()
        data = io.BytesIO(git(self.folder, "cat-file", "--batch", given=ids))
        for name, (mode, *_) in entries:
            size = int(data.readline().split()[2])
            yield BlobFile(name, int(mode, 8), data.read(size))
            data.read(1)

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether the newer commit stands on the older one."""
        try:
            self("merge-base", "--is-ancestor", older, newer)
        except GitError:
            return False
        return True

    def describe_source(self) -> str:
        """What is being published, for the log: the commit, and whether files have changed since."""
        commit = self.asked("rev-parse", "--short", "HEAD") or "no commit"
        changed = self.asked("status", "--porcelain", "--untracked-files=no")
        return f"{commit} with uncommitted changes" if changed else commit

    def fetch(self, branch: str) -> None:
        """Learn the state of the branch at the remote. A shallow clone learns its tip only."""
        tracking = f"refs/remotes/{REMOTE}/{branch}"
        if not self("ls-remote", REMOTE, f"refs/heads/{branch}"):
            if self.commit(tracking):
                self("update-ref", "-d", tracking)
            return
        shallow = self("rev-parse", "--is-shallow-repository") == "true" and not self.commit(tracking)
        depth = ["--depth=1"] if shallow else []
        refspec = f"+refs/heads/{branch}:{tracking}"
        self("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *depth, REMOTE, refspec)

    def commit_tree(self, tree: str, parent: str, message: str) -> str:
        """A new commit, which no branch holds yet."""
        parents = ["-p", parent] if parent else []
        return self("commit-tree", tree, *parents, "-m", message)

    def update_ref(self, branch: str, new: str, old: str, why: str) -> None:
        """Set a branch in one step, on condition that it still is where it was; "" stands for no branch."""
        try:
            self("update-ref", "-m", f"docsite: {why}", f"refs/heads/{branch}", new, old or "0" * len(new))
        except GitError as error:
            raise publish_error("changed", branch=branch, output=str(error)) from None

    def push(self, branch: str, new: str) -> None:
        """Offer a commit to the remote branch, which takes it only on top of what it has."""
        try:
            self("push", "--quiet", REMOTE, f"{new}:refs/heads/{branch}")
        except GitError as error:
            raise publish_error("push-rejected", remote=REMOTE, branch=branch, output=str(error)) from None


_LONGEST = 200
"""Bytes of a part of a branch's name: git keeps it as a file, and beside it a lock."""


def is_branch_name(name: str) -> bool:
    """Whether git takes a name for a branch, and means the branch by it."""
    if name == "HEAD" or name.startswith(("-", "refs/")):
        return False
    if any(len(os.fsencode(part)) > _LONGEST for part in name.split("/")):
        return False
    try:
        git(Path(), "check-ref-format", f"refs/heads/{name}")
    except GitError:
        return False
    return True


def repository(folder: Path) -> Repository:
    """The repository of a folder, which must be able to commit.

    Raises:
        PublishError: there is none, or git does not know who commits.
    """
    found = Repository(folder)
    if not found.asked("rev-parse", "--git-dir"):
        raise publish_error("no-repository", folder=str(folder))
    try:
        found("var", "GIT_COMMITTER_IDENT")
    except GitError:
        raise publish_error("no-identity") from None
    return found

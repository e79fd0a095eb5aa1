"""The published branch: its state, and how it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from docsite._util.catalog import translate_number
from docsite.publish import scratch_repo
from docsite.publish.git import REMOTE, Repository
from docsite.publish.publish_messages import publish_error


@dataclass(frozen=True)
class Outcome:
    """What a change came to.

    Attributes:
        commit: the tip of the branch, or what it would be.
        diffstat: the change in figures, such as "3 files changed"; "" where nothing changed.
    """

    commit: str
    diffstat: str


@dataclass(frozen=True)
class State:
    """Where the branch is; "" means that there is no branch.

    Attributes:
        tip: of the local branch or of the remote's, whichever is ahead.
    """

    local: str
    remote: str
    tip: str


@dataclass(frozen=True)
class Branch:
    """A branch that holds the published site.

    Attributes:
        push: whether changes go to the remote, which then is asked for its state first.
        dry: whether everything is made ready and nothing is changed.
    """

    repository: Repository
    name: str
    push: bool = False
    dry: bool = False

    def state(self) -> State:
        """Where the branch is, found before any work is done.

        Raises:
            PublishError: it is checked out, or has diverged from the remote's, or the remote cannot be reached.
        """
        if f"branch refs/heads/{self.name}" in self.repository("worktree", "list", "--porcelain").splitlines():
            raise publish_error("checked-out", branch=self.name)
        if self.push:
            self.repository.fetch(self.name)
        local = self.repository.commit(f"refs/heads/{self.name}")
        remote = self.repository.commit(f"refs/remotes/{REMOTE}/{self.name}")
        return State(local, remote, self._newest(local, remote))

    def _newest(self, local: str, remote: str) -> str:
        if not local or not remote or self.repository.is_ancestor(remote, local):
            return local or remote
        if self.repository.is_ancestor(local, remote):
            return remote
        raise publish_error("diverged", branch=self.name, remote=REMOTE)

    def commit_change(self, before: State, message: str, edit: Callable[[Repository], None]) -> Outcome:
        """Apply an edit to the branch: wholly, in one commit, or not at all.

        Args:
            before: where the branch must still be in the end.
            edit: works on the scratch repository it is given, with mike or with git.

        Raises:
            PublishError: the edit is impossible, someone else changed the branch meanwhile, or the push was rejected.
        """
        with scratch_repo.open_scratch_repo(self.repository, before.tip) as copy:
            edit(copy)
            tree = copy.tree(scratch_repo.BRANCH)
        same = bool(before.tip) and self.repository.tree(before.tip) == tree
        new = before.tip if same else self.repository.commit_tree(tree, before.tip, message)
        if not self.dry:
            self._publish(before, new, message)
        return Outcome(new, "" if same else self._diffstat(before.tip, new))

    def _publish(self, before: State, new: str, message: str) -> None:
        """The remote first: if it rejects the push, the local branch has not moved."""
        if self.push and new != before.remote:
            self.repository.push(self.name, new)
        if new != before.local:
            self.repository.update_ref(self.name, new, before.local, message.partition("\n")[0])

    def _diffstat(self, old: str, new: str) -> str:
        empty = self.repository("hash-object", "-t", "tree", "--stdin")
        rows = self.repository("diff", "--numstat", "--no-renames", old or empty, new).splitlines()
        counts = [[int(cell) if cell.isdigit() else 0 for cell in row.split("\t")[:2]] for row in rows]
        return _figures(len(rows), sum(added for added, _ in counts), sum(deleted for _, deleted in counts))


def _figures(files: int, added: int, deleted: int) -> str:
    figures = [translate_number("{number} file changed", "{number} files changed", files).format(number=files)]
    if added:
        figures.append(translate_number("{number} line added", "{number} lines added", added).format(number=added))
    if deleted:
        text = translate_number("{number} line deleted", "{number} lines deleted", deleted)
        figures.append(text.format(number=deleted))
    return ", ".join(figures)

"""The earlier versions of a page, as git has them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_VERSIONS = 300
"""How far back a page is looked at."""


@dataclass(frozen=True)
class PageHistory:
    """Reads versions of the files below a folder; where there is no git, or no repository, there are none."""

    root: Path

    def versions(self, path: str) -> Iterator[tuple[str, str]]:
        """Commit and text of each version of a file, the newest first, under whatever name it then had."""
        options = (f"-{MOST_VERSIONS}", "--follow", "--format=%x00%H", "--name-only", "--relative")
        log = self._git("log", *options, "--", path)
        for entry in (log or "").split("\0")[1:]:
            commit, *names = filter(None, entry.split("\n"))
            text = self._git("show", f"{commit}:./{names[-1]}") if names else None
            if text is not None:
                yield commit, text

    def text_at(self, commit: str, path: str) -> str | None:
        """The text of a file at a commit; None where it was not there."""
        return self._git("show", f"{commit}:./{path}")

    def _git(self, *arguments: str) -> str | None:
        command = ["git", "-c", "core.quotepath=off", *arguments]
        try:
            done = subprocess.run(command, check=False, cwd=self.root, capture_output=True, stdin=subprocess.DEVNULL)
        except OSError:
            return None
        return done.stdout.decode("utf-8", "replace").replace("\r\n", "\n") if done.returncode == 0 else None

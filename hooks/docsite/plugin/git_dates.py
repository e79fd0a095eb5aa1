"""When each page was last changed, as git knows it. Where git knows nothing, pages have no date."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


class GitDates:
    """The dates of one build, asked for once."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._dates: dict[str, date] | None = None

    def begin(self, docs_dir: str) -> None:
        """Forget the dates of the build before. Call in on_config."""
        if self._folder != Path(docs_dir):
            self._dates = None
        self._folder = Path(docs_dir)

    def forget(self) -> None:
        """Call when the site is complete: the next build may be of another commit."""
        self._dates = None

    def last_updated(self, page: Page) -> date | None:
        """The day of the last commit that changed the page's source."""
        if self._folder is None or not page.file.abs_src_path:
            return None
        if self._dates is None:
            self._dates = read_dates(self._folder)
        try:
            name = Path(page.file.abs_src_path).relative_to(self._folder).as_posix()
        except ValueError:
            return None
        return self._dates.get(name)


def read_dates(folder: Path) -> dict[str, date]:
    """The day of the last commit of each file of a folder.

    Without git, outside a repository, and in a shallow clone, whose oldest commit seems to change everything, none.
    """
    if _git(folder, "rev-parse", "--is-shallow-repository") != "false\n":
        return {}
    log = _git(folder, "-c", "core.quotePath=false", "log", "--format=%x00%cs", "--name-only", "--relative", "--", ".")
    dates: dict[str, date] = {}
    for commit in (log or "").split("\0")[1:]:
        day, *names = commit.strip().splitlines()
        for name in filter(None, names):
            dates.setdefault(name, date.fromisoformat(day))
    return dates


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", folder, *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None

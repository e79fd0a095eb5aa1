"""A small guide in a repository of its own, whose versions the real mike publishes through `docsite`.

A build is made once for each state of the pages and taken from a shelf after that.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest
from mike.mkdocs_utils import docs_version_var

from docsite.cli.main import main
from docsite.config.settings import Settings
from docsite.publish import build
from docsite.publish.publish_messages import publish_error
from tests.commands import run_mkdocs
from tests.shared import made_once, unmeasured

ROOT = Path(__file__).parents[2]
SITE_URL = "https://docs.example.com/tiny/"
BRANCH = "gh-pages"
LUNR = "assets/javascripts/lunr"
"""More than half of a build's files, which no page names, and for each of which mike asks git."""


class Done(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str


@dataclass
class Shelf:
    """Builds by the pages they were made from.

    Attributes:
        latest: the build that was asked for last.
        before: called ahead of each build, for what is to happen in the midst of a publication.
    """

    folder: Path
    real: Callable[[Settings, str, Path], None] = build.build_version
    before: Callable[[], object] = field(default=lambda: None)
    latest: Path = Path()

    def site(self, settings: Settings, version: str, folder: Path) -> None:
        """In place of `build.site`."""
        self.before()
        kept = self.folder / f"{version}-{_digest(settings.docs_dir)}"
        self.latest = made_once(kept, lambda to: self._build(settings, version, to))
        shutil.copytree(kept, folder)

    def _build(self, settings: Settings, version: str, folder: Path) -> None:
        """As `real`, in a process that has loaded MkDocs already."""
        environment = unmeasured() | {docs_version_var: version}
        done = run_mkdocs("build", "--strict", "-f", settings.config_file, "-d", folder, env=environment)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            raise publish_error("build-failed")
        shutil.rmtree(folder / LUNR)


def _digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    text = b"".join(f"{path.relative_to(folder)}".encode() + b"\0" + path.read_bytes() for path in files)
    return hashlib.sha256(text).hexdigest()[:12]


@dataclass(frozen=True)
class Guide:
    """A working copy of the guide."""

    root: Path

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, capture_output=True, check=False, encoding="utf-8")
        if done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr}")
        return done.stdout.strip()

    def docsite(self, *arguments: str) -> Done:
        out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
        config = ["-f", str(self.root / "mkdocs.yml")]
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = main([*arguments, *config])
            except SystemExit as stop:  # wrong usage
                code = int(str(stop.code))
        out.seek(0)
        return Done(code, out.read(), err.getvalue())

    def well(self, *arguments: str) -> str:
        """Run a command that has to succeed; returns what it printed."""
        done = self.docsite(*arguments)
        assert done.code == 0, done
        return done.out

    def tip(self, branch: str = BRANCH) -> str:
        """The commit of a branch; "" for none."""
        return self.git("for-each-ref", "--format=%(objectname)", f"refs/heads/{branch}")

    def tree(self, name: str = BRANCH) -> str:
        return self.git("rev-parse", name if ":" in name else f"{name}^{{tree}}")

    def show(self, path: str, branch: str = BRANCH) -> str:
        return self.git("show", f"{branch}:{path}")

    def names(self, branch: str = BRANCH) -> list[str]:
        """What lies at the root of a branch."""
        return self.git("ls-tree", "--name-only", branch).splitlines()

    def write(self, version: str) -> None:
        """Change the sources to those of a version, and commit."""
        for language in ("en", "fr"):
            page = self.root / f"docs/{language}/news.md"
            page.write_text(f"---\nnav_title: News\n---\n\n# News\n\n## Of {version} {{#of}}\n\nText.\n", "utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", f"Version {version}")

    def untouched(self) -> tuple[str, ...]:
        """What publishing must never change."""
        index = hashlib.sha256((self.root / ".git/index").read_bytes()).hexdigest()
        head = (self.root / ".git/HEAD").read_text("utf-8")
        return index, head, self.git("rev-parse", "HEAD"), self.git("--no-optional-locks", "status", "--porcelain")

    def check_out(self, to: Path, branch: str = BRANCH) -> Path:
        """The files of a branch."""
        data = subprocess.run(["git", "archive", branch], cwd=self.root, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(to, filter="data")
        return to

    def copy(self, to: Path) -> Guide:
        """The same with its history, to be changed at will."""
        shutil.copytree(self.root, to, symlinks=True)
        return Guide(to)


def make(root: Path) -> Guide:
    """The guide of tests/publish/site in a repository of its own, with nothing published yet."""
    shutil.copytree(Path(__file__).parent / "site", root)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("../../../", f"{ROOT.as_posix()}/"), "utf-8")
    guide = Guide(root)
    guide.git("init", "--quiet", "--initial-branch=main")
    guide.write("0.9")
    return guide


def git_settings(folder: Path) -> Iterator[None]:
    """Git as on a machine where nothing but a name is set."""
    settings = folder / "gitconfig"
    settings.write_text("[user]\nname = Tests\nemail = tests@example.org\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("GIT_")]:
            patch.delenv(name)
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield

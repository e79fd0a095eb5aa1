"""Versions of this guide, published as they would be: by `docsite publish`, in a repository of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def publish(guide: Path, tree: Path, versions: Iterable[str]) -> None:
    """Publish versions from a copy of the guide, built into its `site` too, and write what is published to `tree`."""
    guide.mkdir(parents=True)
    for name in ("docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, guide / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", guide)
    (guide / ".gitignore").write_text("/site/\n__pycache__/\n", "utf-8")
    _run(guide, "git", "init", "--quiet")
    _run(guide, "git", "add", "--all")
    _run(guide, "git", "commit", "--quiet", "--message", "The guide")
    for version in versions:
        _run(guide, sys.executable, "-m", "docsite", "publish", version)
    _run(guide, sys.executable, "-m", "mkdocs", "build", "--quiet")
    archive = tree.parent / "tree.tar"
    _run(guide, "git", "archive", "--output", str(archive), "gh-pages")
    with tarfile.open(archive) as opened:
        opened.extractall(tree, filter="data")


def _run(folder: Path, *command: str) -> None:
    names = {f"GIT_{who}_{what}": "bench@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = os.environ | names | {"NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(
        command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

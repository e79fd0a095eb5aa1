"""The correct bilingual site that faults are planted in: its sources as they are, and its build, made once."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from docsite.built_site import check_site
from docsite.config import settings
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.rules.translations import TRANSLATION_RULES
from docsite.project import project
from docsite.project.cache import PageCache
from tests.commands import run_mkdocs
from tests.shared import made_once, unmeasured

HERE = Path(__file__).parent
SITE = HERE / "site"
ROOT = HERE.parent.parent
LANGUAGES = ("en", "fr")
BETWEEN_LANGUAGES = frozenset(rule.id for rule in TRANSLATION_RULES)
"""Rules that compare two pages, or look at the words of one."""


def built(shared: Path) -> Path:
    """The built site, made by the first process that asks and left in `shared` for the others."""

    def make(folder: Path) -> None:
        result = build(SITE / "mkdocs.yml", folder)
        if result.returncode:
            raise RuntimeError(result.stdout + result.stderr)

    return made_once(shared / "built", make)


def build(config: Path, target: Path) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` into a folder."""
    return run_mkdocs("build", "--quiet", "--strict", "-f", config, "-d", target, env=unmeasured())


class Copy:
    """A folder's copy whose files can be changed and brought back."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.original = original
        self.folder = folder
        shutil.copytree(original, folder)
        config = folder / "mkdocs.yml"
        if config.exists():  # it names the theme's folder by the way from where it was
            theme = (original / "../../../overrides").resolve().as_posix()
            config.write_text(config.read_text("utf-8").replace("../../../overrides", theme), "utf-8")
        self._changed: set[str] = set()

    def text(self, name: str) -> str:
        """The text of a file before any change."""
        return (self.original / name).read_text("utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        """Change a file, or add one."""
        self._changed.add(name)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def delete(self, name: str) -> None:
        """Take a file away."""
        self._changed.add(name)
        (self.folder / name).unlink()

    def restore(self) -> None:
        """Undo every change."""
        for name in self._changed:
            path, original = self.folder / name, self.original / name
            if original.exists():
                shutil.copyfile(original, path)
                continue
            path.unlink(missing_ok=True)
            for parent in path.parents:
                if parent == self.folder or any(parent.iterdir()):
                    break
                parent.rmdir()
        self._changed.clear()


def check_sources(copy: Copy) -> list[Finding]:
    """What `docsite check` finds, from its cache where it can.

    Not what differs between a page and its translation, since a fault is planted in one of them; tests/translation does
    that.
    """
    known = settings.load_settings(copy.folder / "mkdocs.yml")
    findings = project.load_project(known, cache=PageCache(known)).findings
    return [finding for finding in findings if finding.rule not in BETWEEN_LANGUAGES]


def check_tree(tree: Copy, config: Path = SITE / "mkdocs.yml") -> list[Finding]:
    """What `docsite check-site` finds."""
    return check_site.check_site(tree.folder, settings.load_settings(config)).findings


@cache
def clean_guide() -> project.Project:
    """The unchanged sources, read."""
    return project.load_project(settings.load_settings(SITE / "mkdocs.yml"))


def temporary() -> Path:
    """A folder for one run outside of pytest."""
    return Path(tempfile.mkdtemp(prefix="docsite-mutation-"))

"""The correct bilingual site that errors are planted in: its sources as they are, and its build, made once."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

from docsite.built_site import check_site
from docsite.config import settings
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.rules.translations import TRANSLATION_RULES
from docsite.project import project
from docsite.project.cache import PageCache
from tests.commands import run_mkdocs
from tests.mutation.planted import Expected, Mutant, difference
from tests.shared import made_once, unmeasured

HERE = Path(__file__).parent
SITE = HERE / "site"
ROOT = HERE.parent.parent
LANGUAGES = ("en", "fr")
TREE = "TREE/"
"""In front of the path of a built file, in what is expected."""
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

    @contextmanager
    def changed(self, changes: Mapping[str, str | bytes | None]) -> Iterator[None]:
        """The folder with new contents of files, for a while; None deletes a file."""
        try:
            for name, content in changes.items():
                if content is None:
                    self.delete(name)
                else:
                    self.write(name, content)
            yield
        finally:
            self.restore()

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

    Not what differs between a page and its translation, since an error is planted in one of them; tests/translation does
    that.
    """
    known = settings.load_settings(copy.folder / "mkdocs.yml")
    findings = project.load_project(known, cache=PageCache(known)).findings
    return [finding for finding in findings if finding.rule not in BETWEEN_LANGUAGES]


def check_tree(tree: Copy) -> list[Finding]:
    """What `docsite check-site` finds."""
    return check_site.check_site(tree.folder, _settings(), remember=True).findings


@cache
def _settings() -> settings.Settings:
    return settings.load_settings(SITE / "mkdocs.yml")


def verdicts(mutants: Iterable[Mutant], copy: Copy, check: Callable[[Copy], list[Finding]]) -> list[str]:
    """What a check gets wrong about each mutant, or "".

    The control of a mutant, of which nothing may be found, is planted beside the error of the next one, unless they are
    in the same files.
    """
    some = list(mutants)
    wrong = []
    for number, mutant in enumerate(some):
        control = some[number - 1].control
        if control.keys() & mutant.changes.keys():
            found = [_verdict(mutant, mutant.changes, mutant.expected, copy, check)]
            found.append(_verdict(some[number - 1], control, (), copy, check))
        else:
            found = [_verdict(mutant, {**control, **mutant.changes}, mutant.expected, copy, check)]
        wrong.append("\n".join(filter(None, found)))
    return wrong


def _verdict(
    mutant: Mutant,
    changes: Mapping[str, str | bytes | None],
    expected: Iterable[Expected],
    copy: Copy,
    check: Callable[[Copy], list[Finding]],
) -> str:
    with copy.changed(changes):
        found = check(copy)
    root = Path(os.path.relpath(copy.folder, SITE)).as_posix()  # as findings name the folder
    wanted = [replace(one, path=one.path.replace(TREE, f"{root}/")) for one in expected]
    wrong = difference(wanted, found).replace(str(copy.folder), "")
    shown = "\n".join(f"--- {name}\n{content!r}" for name, content in changes.items())
    return wrong and f"{mutant.kind}: {mutant.shown}\n{wrong}\n{shown}"


@cache
def clean_guide() -> project.Project:
    """The unchanged sources, read."""
    return project.load_project(settings.load_settings(SITE / "mkdocs.yml"))


def temporary() -> Path:
    """A folder for one run outside of pytest."""
    return Path(tempfile.mkdtemp(prefix="docsite-mutation-"))

"""The wheel in an environment of its own: it brings all that a site needs to take docsite on in two lines."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.shared import unmeasured

ROOT = Path(__file__).parents[1]
TWO_LINES = """\
site_name: Adopted
theme: material
plugins:
  - docsite
"""
PAGE = "---\nnav_title: Start\n---\n# Home\n\n{% alert important %}\nA *note* on {{ site.title }}.\n{% endalert %}\n"


class Environment(NamedTuple):
    """A virtual environment with the wheel; its dependencies are those of the tests."""

    folder: Path

    def run(self, program: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
        scripts = Path(sysconfig.get_path("scripts", "venv", vars={"base": str(self.folder)}))
        return subprocess.run(
            [scripts / program, *map(str, arguments)],
            cwd=cwd,
            env=unmeasured() | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"},
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )


def command(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", *map(str, arguments)], check=True, cwd=ROOT, capture_output=True)


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Nothing is fetched: a .pth file leads to the packages that are installed here, but not to our sources."""
    folder = tmp_path_factory.mktemp("wheel")
    command("hatchling", "build", "--target", "wheel", "--directory", folder / "dist")
    (wheel,) = (folder / "dist").glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(folder / "env")}))
    (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    python = Path(sysconfig.get_path("scripts", "venv", vars={"base": str(folder / "env")})) / "python"
    command("pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel)
    return Environment(folder / "env")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("adopted")
    (folder / "docs").mkdir()
    (folder / "docs/index.md").write_text(PAGE, "utf-8")
    (folder / "mkdocs.yml").write_text(TWO_LINES, "utf-8")
    return folder


def test_what_runs_is_the_wheel(environment: Environment, site: Path) -> None:
    done = environment.run("python", "-c", "import docsite; print(docsite.__file__)", cwd=site)
    assert Path(done.stdout.strip()).is_relative_to(environment.folder), done.stderr


def test_its_ranges_hold_what_is_installed(environment: Environment, site: Path) -> None:
    code = """if True:
        import importlib.metadata as m
        from packaging.requirements import Requirement
        wanted = [Requirement(text) for text in m.requires("docsite")]
        assert len(wanted) > 10
        for one in wanted:
            if one.marker is None:
                assert one.specifier.contains(m.version(one.name)), one
    """
    done = environment.run("python", "-c", code, cwd=site)
    assert done.returncode == 0, done.stderr


def test_two_lines_are_enough(environment: Environment, site: Path) -> None:
    built = environment.run("python", "-m", "mkdocs", "build", "--strict", cwd=site)
    assert built.returncode == 0, built.stderr
    html = (site / "site/index.html").read_text("utf-8")
    assert '<div class="admonition important">' in html
    assert "A <em>note</em> on Adopted." in html
    assert 'href="assets/docsite/markup.css"' in html
    style = (site / "site/assets/docsite/markup.css").read_text("utf-8")
    assert ".admonition.important" in style

    checked = environment.run("docsite", "check", cwd=site)
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    checked = environment.run("docsite", "check-site", "site", cwd=site)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Write the new address. Until then"), ("fr", "Écrivez la nouvelle adresse. D’ici là")],
)
def test_it_explains_rules(environment: Environment, site: Path, language: str, words: str) -> None:
    shown = environment.run("docsite", "rules", "link-moved", "--lang", language, cwd=site)
    assert words in shown.stdout, shown.stderr


def test_the_search_comes_along(environment: Environment, site: Path) -> None:
    config = site / "search.yml"
    lines = TWO_LINES.replace("plugins:\n", "plugins:\n  - search\n")
    config.write_text(f"{lines}extra:\n  docsite:\n    search: true\n", "utf-8")
    built = environment.run("python", "-m", "mkdocs", "build", "--strict", "-f", config, "-d", site / "found", cwd=site)
    assert built.returncode == 0, built.stderr
    assert (site / "found/assets/docsite/search/dialog.js").is_file()
    assert (site / "found/search/en").is_dir()
    assert "data-search-dialog" in (site / "found/index.html").read_text("utf-8")


def test_the_hook_needs_no_installation(environment: Environment, site: Path) -> None:
    """The folder `hooks` may be copied into a site as it is."""
    config = site / "hook.yml"
    hook = (ROOT / "hooks/site_events.py").as_posix()
    config.write_text(TWO_LINES.replace("plugins:\n  - docsite\n", f"hooks:\n  - {hook}\n"), "utf-8")
    built = environment.run(
        "python", "-m", "mkdocs", "build", "--strict", "-f", config, "-d", site / "hooked", cwd=site
    )
    assert built.returncode == 0, built.stderr
    assert '<div class="admonition important">' in (site / "hooked/index.html").read_text("utf-8")
    assert (site / "hooked/assets/docsite/markup.css").is_file()

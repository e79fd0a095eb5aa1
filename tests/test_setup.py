"""The set-up: locks, Makefile, continuous integration, and what must never be installed."""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests import chromium

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

needs_make = pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")


def locked(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """The entries of a lock file by package name, each with its hashes."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    entries: dict[str, tuple[Requirement, list[str]]] = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = line.split(" --hash=")
            parsed = Requirement(requirement.strip())
            entries[canonicalize_name(parsed.name)] = (parsed, [one.strip() for one in hashes])
    return entries


def exact(requirement: Requirement) -> str:
    """The one version that a requirement allows."""
    (only,) = requirement.specifier
    assert only.operator == "==", str(requirement)
    assert "*" not in only.version, str(requirement)
    return only.version


def asked_for(*groups: str) -> list[Requirement]:
    lists = [PROJECT["project"]["dependencies"], *(PROJECT["dependency-groups"][group] for group in groups)]
    return [Requirement(text) for each in lists for text in each]


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=options.pop("cwd", ROOT),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        **options,
    )


# Locks


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    entries = locked(name)
    assert len(entries) > 30
    for requirement, hashes in entries.values():
        exact(requirement)
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    """Neither an index nor a folder: the reader's own pip settings say where packages come from."""
    for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1):
        assert not re.search(r"://|--(extra-)?index|--find-links|--trusted|file:|@ |(^|\s)[/~]|[A-Za-z]:\\", line), (
            f"{name}:{number}: {line}"
        )


@pytest.mark.parametrize(("name", "groups"), [(LOCKS[0], ("build",)), (LOCKS[1], ("build", "dev"))])
def test_the_locks_hold_what_pyproject_asks_for(name: str, groups: tuple[str, ...]) -> None:
    entries = locked(name)
    for requirement in asked_for(*groups):
        version = exact(entries[canonicalize_name(requirement.name)][0])
        assert requirement.specifier.contains(version), "run `make lock`"
    for group in groups:
        for text in PROJECT["dependency-groups"][group]:
            exact(Requirement(text))


def test_the_wheel_asks_for_ranges_that_begin_with_what_is_tested() -> None:
    entries = locked(LOCKS[0])
    for requirement in asked_for():
        version = exact(entries[canonicalize_name(requirement.name)][0])
        bounds = {bound.operator: bound.version for bound in requirement.specifier}
        assert bounds.keys() == {">=", "<"}, requirement
        assert bounds[">="] == version, requirement


def test_the_build_backend_is_the_locked_one() -> None:
    assert sorted(PROJECT["build-system"]["requires"]) == sorted(PROJECT["dependency-groups"]["build"])


def test_the_development_lock_contains_the_other_one() -> None:
    plain, development = (locked(name) for name in LOCKS)
    assert {name: development[name] for name in plain} == plain


@pytest.mark.parametrize("name", LOCKS)
def test_installed_versions_are_the_locked_ones(name: str) -> None:
    wrong = []
    for package, (requirement, _) in locked(name).items():
        if requirement.marker is None or requirement.marker.evaluate():
            try:
                installed = importlib.metadata.version(package)
            except importlib.metadata.PackageNotFoundError:
                installed = "none"
            if installed != exact(requirement):
                wrong.append(f"{requirement}, installed: {installed}")
    assert not wrong, f"run `make distclean` and try again: {wrong}"


# ProperDocs


@pytest.mark.parametrize("name", LOCKS)
def test_properdocs_is_not_locked(name: str) -> None:
    assert "properdocs" not in (ROOT / name).read_text("utf-8").lower()


def test_properdocs_is_not_installed() -> None:
    assert importlib.util.find_spec("properdocs") is None
    names = {canonicalize_name(one.name) for one in importlib.metadata.distributions() if one.name}
    assert "mkdocs" in names
    assert "properdocs" not in names


def test_no_installed_package_asks_for_properdocs() -> None:
    asking = [
        (one.name, text)
        for one in importlib.metadata.distributions()
        for text in one.requires or ()
        if canonicalize_name(Requirement(text).name) == "properdocs"
    ]
    assert not asking


def test_properdocs_cannot_be_locked_by_accident() -> None:
    """`make lock` fails as soon as a package brings it in, since it may only have a version that does not exist."""
    (constraint,) = (Requirement(text) for text in PROJECT["tool"]["uv"]["constraint-dependencies"])
    assert constraint.name == "properdocs"
    assert exact(constraint) == "0"


# Makefile


@needs_make
def test_make_alone_lists_the_targets() -> None:
    done = run("make")
    assert done.returncode == 0, done.stderr
    for target in ("site", "serve", "test", "check", "bench", "oracle", "lock", "clean"):
        assert re.search(rf"^  make {target} +\S", done.stdout, re.MULTILINE), target
    phony = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)[0].split()
    assert sorted(phony) == sorted(re.findall(r"^  make (\w+)", done.stdout, re.MULTILINE))


@needs_make
@pytest.mark.parametrize(
    "text", ["$(touch run)", "$(shell touch run)", "`touch run`", "$$(touch run)", '";touch run;"', "';touch run;'"]
)
@pytest.mark.parametrize("name", ["VERSION", "ALIAS", "PUSH"])
def test_make_runs_nothing_that_it_is_given_as_text(tmp_path: Path, name: str, text: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("publish: $(READY)", "publish:", 1)
    (tmp_path / "Makefile").write_text(makefile, "utf-8")
    command = tmp_path / ".venv/bin/docsite"
    command.parent.mkdir(parents=True)
    command.write_text("#!/bin/sh\nprintf '<%s>' \"$@\"\n", "utf-8")
    command.chmod(0o755)
    given = {"VERSION": "1.0"} | {name: text}
    words = "".join(f" --alias {word}" for word in text.split()) if name == "ALIAS" else ""
    push = " --push" if name == "PUSH" else ""
    wanted = f"<publish><{given['VERSION']}>" + "".join(f"<{word}>" for word in (words + push).split())
    # `make test` tells the makes below it what it was given itself.
    clean = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "ARGS")}
    options = [f"{key}={value}" for key, value in given.items()]
    assert run("make", "publish", *options, cwd=tmp_path, env=clean).stdout == wanted
    assert run("make", "publish", cwd=tmp_path, env=clean | given).stdout == wanted
    assert not (tmp_path / "run").exists()


def copy_of_the_set_up(folder: Path) -> Path:
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, folder)
    return folder


@needs_make
def test_the_first_run_installs_by_hash_and_the_next_one_nothing(tmp_path: Path) -> None:
    folder = copy_of_the_set_up(tmp_path)
    first = run("make", "-n", "site", cwd=folder).stdout
    assert "-m venv" in first
    assert "install --quiet --require-hashes -r requirements.txt" in first
    assert "install --quiet --no-deps --no-build-isolation -e ." in first
    assert "requirements-dev" not in first
    assert first.index("mkdocs build") < first.index("docsite check-site site")

    # As if it had run: a Python, then the stamp that the Makefile itself names.
    stamp = folder / re.findall(r"touch (\S+)", first)[0]
    python = folder / re.findall(r"^(\S+) -m mkdocs build", first, re.MULTILINE)[0]
    python.parent.mkdir(parents=True)
    shutil.copy(sys.executable, python)
    past = (folder / "pyproject.toml").stat().st_mtime - 100
    os.utime(python, (past, past))
    stamp.touch()
    second = run("make", "-n", "site", cwd=folder).stdout
    assert "pip install" not in second
    assert "venv " not in second
    assert "mkdocs build" in second

    # After a change of the lock it installs again, into the same environment.
    future = stamp.stat().st_mtime + 100
    os.utime(folder / "requirements.txt", (future, future))
    third = run("make", "-n", "site", cwd=folder).stdout
    assert "-m venv" not in third
    assert "--require-hashes -r requirements.txt" in third


@needs_make
def test_an_environment_copied_from_elsewhere_is_not_trusted(tmp_path: Path) -> None:
    stamps = set()
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        done = run("make", "-n", "site", cwd=copy_of_the_set_up(tmp_path / name))
        stamps.update(re.findall(r"touch (\S+)", done.stdout))
    assert len(stamps) == 2


@needs_make
@pytest.mark.skipif(os.name == "nt", reason="a shell script stands in for Python")
def test_an_old_python_is_refused_in_plain_words(tmp_path: Path) -> None:
    folder = copy_of_the_set_up(tmp_path)
    old = folder / "python3.10.9"
    # Runs the Makefile's own test of the version as if this were Python 3.10.9.
    pretend = "import sys; sys.version_info = (3, 10, 9); sys.version = '3.10.9 (old)'; exec(sys.argv[2])"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{pretend}" "$@"\n', encoding="utf-8")
    old.chmod(0o755)
    done = run("make", "site", f"PYTHON={old}", cwd=folder)
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed" in done.stderr
    assert "3.10.9" in done.stderr
    assert not (folder / ".venv").exists()


def test_the_makefile_and_pyproject_agree_on_the_oldest_python() -> None:
    wanted = SpecifierSet(PROJECT["project"]["requires-python"])
    (oldest,) = (one.version for one in wanted)
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert f"({oldest.replace('.', ', ')})" in makefile
    assert f"--python-version {oldest} " in makefile
    assert oldest.startswith(PROJECT["tool"]["mypy"]["python_version"])


# The browser


def test_the_browser_named_by_the_environment_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.ensure() == sys.executable


def test_a_wrong_browser_in_the_environment_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(chromium.NoBrowserError, match="/nowhere/chromium"):
        chromium.ensure()


def test_without_a_browser_or_the_right_to_install_one_the_fix_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "PLACES", ())
    with pytest.raises(chromium.NoBrowserError, match="apt-get install chromium"):
        chromium.ensure()


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for apt-get and Chromium")
def test_chromium_is_installed_where_apt_get_may_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A stand-in for apt-get writes down its calls, has no headless shell, and `installs` a stand-in for Chromium."""
    programs = tmp_path / "bin"
    programs.mkdir()
    calls = tmp_path / "calls"
    browser = programs / "chromium"
    apt = programs / "apt-get"
    apt.write_text(
        f'#!/bin/sh\necho "$DEBIAN_FRONTEND $*" >>"{calls}"\n'
        f'[ "$1" = update ] && exit\n[ "$4" = chromium ] || exit 1\n'
        f'printf "#!/bin/sh\\n" >"{browser}"; /bin/chmod +x "{browser}"\n',
        encoding="utf-8",
    )
    apt.chmod(0o755)
    (programs / "env").symlink_to(shutil.which("env") or "/usr/bin/env")
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(chromium, "PLACES", ())
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert chromium.ensure() == str(browser)
    assert calls.read_text("utf-8").splitlines() == [
        "noninteractive update",
        "noninteractive install --yes --no-install-recommends chromium-headless-shell",
        "noninteractive install --yes --no-install-recommends chromium",
    ]


# Continuous integration


@needs_bash
def test_the_ci_script_runs_what_the_readme_says() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert run("bash", "-n", script).returncode == 0
    commands = script.read_text("utf-8").splitlines()
    assert commands[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in commands
    assert commands[-1] == "make test", "last, so that the tests' own summary ends the log"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_follows_githubs_schema(path: Path) -> None:
    done = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_pins_its_actions_and_has_few_rights(path: Path) -> None:
    text = path.read_text("utf-8")
    uses = [use for use in re.findall(r"\buses: *(.*)", text) if not use.startswith("$/")]
    assert uses
    for use in uses:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), use
    workflow = yaml.safe_load(text)
    assert set(workflow["permissions"].values()) <= {"read", "none"}
    assert workflow["concurrency"]
    for name, job in workflow["jobs"].items():
        assert job["uses"].startswith("$/") if "uses" in job else job["timeout-minutes"] <= 30, name


def test_the_tests_run_on_every_change_and_nothing_is_published_before_they_pass() -> None:
    ci, publish = (
        yaml.safe_load((ROOT / f".github/workflows/{name}.yml").read_text("utf-8")) for name in ("ci", "publish")
    )
    # YAML 1.1 reads the key `on` as true.
    assert ci[True] == {"push": {"branches-ignore": ["main"]}, "pull_request": None, "workflow_call": None}
    assert publish[True]["push"]["branches"] == ["main"]
    assert publish["jobs"]["test"]["uses"] == "$/.github/workflows/ci.yml"
    assert publish["jobs"]["publish"]["needs"] == "test"
    workflow = ci
    commands = [step["run"] for step in workflow["jobs"]["test"]["steps"] if "run" in step]
    assert [command for command in commands if command.startswith("make")] == ["make check", "make test", "make site"]


def test_the_run_tells_in_its_summary_which_translations_are_outdated(tmp_path: Path) -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    (step,) = (step for step in workflow["jobs"]["test"]["steps"] if "GITHUB_STEP_SUMMARY" in step.get("run", ""))
    assert "!cancelled()" in step["if"], "also after a check with errors"
    folder = tmp_path / "guide"
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    page = folder / "docs/en/about.md"
    page.write_text(page.read_text("utf-8") + "\nA paragraph that nobody has translated.\n", "utf-8")
    summary = tmp_path / "summary"
    command = step["run"].replace(".venv/bin/docsite", f"'{sys.executable}' -m docsite")
    environment = os.environ | {"GITHUB_STEP_SUMMARY": str(summary)}
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, check=False)
    assert done.returncode == 0
    assert "| fr | docs/fr/about.md | outdated | " in summary.read_text("utf-8")


def test_dependabot_follows_its_schema() -> None:
    path = ROOT / ".github/dependabot.yml"
    done = run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.dependabot", path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_nothing_in_the_workflows() -> None:
    program = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert program
    done = run(program, "--offline", "--no-progress", "--color=never", ".github")
    assert done.returncode == 0, done.stdout + done.stderr


# Git hooks


def test_the_pre_commit_configuration_is_valid() -> None:
    path = ROOT / ".pre-commit-config.yaml"
    done = run(sys.executable, "-m", "pre_commit", "validate-config", path)
    assert done.returncode == 0, done.stdout + done.stderr
    repositories = yaml.safe_load(path.read_text("utf-8"))["repos"]
    assert {one["repo"] for one in repositories} == {"local"}, "nothing is fetched to make a commit"


def test_other_repositories_can_use_the_hook() -> None:
    """`pre-commit try-repo . docsite-check --all-files` in a repository with a guide tries it for real."""
    path = ROOT / ".pre-commit-hooks.yaml"
    done = run(sys.executable, "-m", "pre_commit", "validate-manifest", path)
    assert done.returncode == 0, done.stdout + done.stderr
    (hook,) = yaml.safe_load(path.read_text("utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("docsite-check", "python", False)
    command, *arguments = hook["entry"].split()
    assert command in PROJECT["project"]["scripts"], "pre-commit installs the package, which brings the command"
    assert arguments == ["check"]
    for name in ("mkdocs.yml", "docs/en/index.md", "docs/_includes/five-steps.svg", "docs/data/glossary.yml"):
        assert re.search(hook["files"], name), name
    for name in ("hooks/docsite/cli.py", "docs/assets/images/logo.svg"):
        assert not re.search(hook["files"], name), name


def test_the_package_carries_its_data(tmp_path: Path) -> None:
    """What is installed without our sources, as by pre-commit, has the schemas and templates too."""
    done = run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if name.startswith("docsite/")}
    sources = ROOT / "hooks"
    there = {path.relative_to(sources).as_posix() for path in (sources / "docsite").rglob("*") if path.is_file()}
    names = ("checks.md", "fr/verification.md")  # of contributing/, for `docsite rules RULE`
    manual = {f"docsite/diagnostics/{name}" for name in names}
    assert packed == manual | {name for name in there if "__pycache__" not in name}

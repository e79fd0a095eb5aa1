"""Measures the checks, beside lychee in the same run. Nothing here passes or fails: it prints figures.

`python -m tests.bench --sizes 2400 --runs 5`; sites are built once and kept in the folder named by `--folder`.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench.generate import write
from tests.bench.measure import in_turn, ratio
from tests.bench.publish import publish

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = Path(sys.executable).parent
BASE = "bench"
VERSIONS = 10
_BUILT_AGAIN = 300
"""Pages of the largest site that is built in every run, since a build of thousands takes minutes."""


def main() -> None:
    """Read the arguments and print every table."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", type=lambda text: [int(n) for n in text.split(",")], default=[250, 1000, 4000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache" / "bench")
    options = parser.parse_args()
    _guide(options.runs)
    _versions(options.folder / "versions", options.runs)
    for size in options.sizes:
        _generated(options.folder / str(size), size, options.runs)


def _guide(runs: int) -> None:
    site = ROOT / "site"
    if not site.is_dir():
        sys.exit("Build the guide first: make site")
    print("\nThis guide")
    _sources(ROOT, runs)
    _built(site, ROOT, "integration", runs)


def _versions(folder: Path, runs: int) -> None:
    """The guide once, and ten versions of it as they are published: in a folder, and straight on the branch."""
    guide, tree = folder / "guide", folder / "tree"
    if not tree.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        print(f"Publishing {VERSIONS} versions of this guide ...", file=sys.stderr)
        publish(guide, tree, [f"1.{number}" for number in range(VERSIONS)])
    check = [str(SCRIPTS / "docsite"), "check-site"]
    one, *others = in_turn(
        {
            "check-site, one version": [*check, str(guide / "site")],
            f"check-site, {VERSIONS} versions": [*check, str(tree)],
            f"check-site --branch, {VERSIONS} versions": [*check, "--branch", "gh-pages"],
        },
        guide,
        runs,
    )
    print(f"\nThis guide in {VERSIONS} versions")
    print(one.row())
    for series in others:
        print(series.row())
        print(f"  takes {ratio(series, one):.2f} times as long as one version (median of pairs)")


def _generated(folder: Path, pages: int, runs: int) -> None:
    if not (folder / "site" / "sitemap.xml").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        write(folder, pages, hooks=ROOT / "hooks")
        print(f"Building a Material site of {pages} pages ...", file=sys.stderr)
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    html = list((folder / "site").rglob("*.html"))
    size = sum(path.stat().st_size for path in html) / 1e6
    text = sum(path.stat().st_size for path in (folder / "docs").rglob("*.md")) / 1e6
    print(f"\nGenerated: {len(html)} pages, {size:.0f} MB of HTML, {text:.1f} MB of Markdown")
    _sources(folder, runs)
    _built(folder / "site", folder, BASE, runs)
    if pages <= _BUILT_AGAIN:
        _builds(folder, runs)


def _builds(folder: Path, runs: int) -> None:
    """The build, and Material's own of the same pages, which takes their dialect for text."""
    config = (folder / "mkdocs.yml").read_text("utf-8")
    plain = "".join(line for line in config.splitlines(keepends=True) if not line.startswith("hooks:"))
    (folder / "plain.yml").write_text(plain, "utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder / ".cache/built"), "-f"]
    ours, theirs = in_turn(
        {"mkdocs build": [*build, "mkdocs.yml"], "mkdocs build, without docsite": [*build, "plain.yml"]}, folder, runs
    )
    for series in (ours, theirs):
        print(series.row())
    print(f"docsite adds {ratio(ours, theirs) - 1:.2f} of Material's own time (median of pairs)")


def _sources(folder: Path, runs: int) -> None:
    """The sources, without a cache, and with one after a page has changed."""
    check = [str(SCRIPTS / "docsite"), "check"]
    page = next(iter(sorted((folder / "docs/en").rglob("*.md"))))
    before = {COLD: lambda: _forget(folder), AGAIN: lambda: _change(page)}
    for series in in_turn({COLD: check, AGAIN: check}, folder, runs, before):
        print(series.row())
    _change_back(page)


def _built(site: Path, folder: Path, base: str, runs: int) -> None:
    """The built tree, by check-site and by lychee with fragments, served under the same base path."""
    root = folder / ".cache" / "root"
    root.mkdir(parents=True, exist_ok=True)
    served = root / base
    if not served.is_symlink():
        served.symlink_to(site.resolve(), target_is_directory=True)
    lychee = [str(SCRIPTS / "lychee"), "--offline", "--include-fragments", "--index-files", "index.html"]
    check = [str(SCRIPTS / "docsite"), "check-site", str(site)]
    commands = {
        "docsite check-site": check,
        "lychee, offline, fragments": [*lychee, "--no-progress", "--root-dir", str(root), f"{served}/**/*.html"],
    }
    ours, theirs = in_turn(commands, folder, runs)
    for series in (ours, theirs):
        print(series.row())
    print(f"check-site takes {ratio(ours, theirs):.3f} of lychee's time (median of pairs)")


COLD, AGAIN = "docsite check", "docsite check, one page changed"
_MARK = b"<!-- changed -->"


def _forget(folder: Path) -> None:
    shutil.rmtree(folder / ".cache/docsite", ignore_errors=True)


def _change(page: Path) -> None:
    """Change a page, each time again."""
    page.write_bytes(page.read_bytes() + _MARK)


def _change_back(page: Path) -> None:
    page.write_bytes(page.read_bytes().replace(_MARK, b""))


if __name__ == "__main__":
    main()

"""Files that no program should have to meet: a finding or a plain usage error, never a traceback, and never a read of what
lies outside."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from docsite.cli.main import main
from tests.markup.case import within
from tests.mutation.base import SITE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, pipes and rights differ there")


class Ground(NamedTuple):
    """A folder that everyone may read, with the sources, the built site, and what must not be read."""

    guide: Path
    tree: Path
    outside: Path


@pytest.fixture
def ground(built: Path) -> Iterator[Ground]:
    folder = Path(tempfile.mkdtemp(prefix="docsite-broken-"))
    folder.chmod(0o755)
    made = Ground(folder / "guide", folder / "guide/site", folder / "outside")
    shutil.copytree(SITE, made.guide)
    shutil.copytree(built, made.tree)
    (made.outside / "more").mkdir(parents=True)
    for name in ("secret.md", "secret.html", "secret.yml", "more/secret.html"):
        (made.outside / name).write_text("# Secret {{ nope }} <a href='secret/'>\n", "utf-8")
    yield made
    for path in folder.rglob("*"):
        if not path.is_symlink() and path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


_watched: list[tuple[Path, list[str]]] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if _watched and event in ("open", "os.scandir", "os.listdir") and isinstance(arguments[0], str | bytes):
        folder, seen = _watched[-1]
        real = os.path.realpath(os.fsdecode(arguments[0]))
        if Path(real).is_relative_to(folder):
            seen.append(real)


sys.addaudithook(_audit)


@contextmanager
def nothing_read_of(folder: Path, *, listed: bool) -> Iterator[None]:
    """Fail if something below a folder is opened or, unless it may be `listed`, listed."""
    seen: list[str] = []
    _watched.append((folder.resolve(), seen))
    try:
        yield
    finally:
        _watched.pop()
    assert [path for path in seen if not (listed and Path(path).is_dir())] == []


_CAPABILITY_VERSION = 0x20080522
_READ_ANYTHING = 0b110
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of Linux: what makes root read files that nobody may read."""


@contextmanager
def without_rights() -> Iterator[None]:
    """Bound by the rights of files, which do not bind root; still root, who alone may enter some folders of Python's."""
    if os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    rights = (ctypes.c_uint32 * 6)()
    assert libc.capget(header, rights) == 0
    effective = rights[0]
    rights[0] = effective & ~_READ_ANYTHING
    assert libc.capset(header, rights) == 0
    try:
        yield
    finally:
        rights[0] = effective
        assert libc.capset(header, rights) == 0


class Said(NamedTuple):
    code: int
    places: list[str]
    error: str


def run(ground: Ground, capsys: pytest.CaptureFixture[str], *command: str | Path, barred: bool = False) -> Said:
    """A command's exit code and findings, as PATH:LINE:COLUMN RULE; `barred` if rights matter."""
    listed = command[0] != "check-site"  # MkDocs follows linked folders, so that a check has to know what is in them
    with within(60), without_rights() if barred else nullcontext(), nothing_read_of(ground.outside, listed=listed):
        code = main([*map(str, command), "-f", str(ground.guide / "mkdocs.yml"), "--format", "json"])
    output, error = capsys.readouterr()
    findings = json.loads(output)["findings"] if output else []
    return Said(code, [f"{f['path']}:{f['line']}:{f['column']} {f['rule']}" for f in findings], error)


Change = Callable[[Ground], object]


def link(name: str, to: str) -> Change:
    return lambda ground: (ground.guide / name).symlink_to(to)


def pipe(name: str) -> Change:
    return lambda ground: os.mkfifo(ground.guide / name)


def locked(name: str) -> Change:
    return lambda ground: (ground.guide / name).chmod(0)


def written(name: str, content: str | bytes) -> Change:
    data = content if isinstance(content, bytes) else content.encode()
    return lambda ground: (ground.guide / name).write_bytes(data)


def folder(name: str) -> Change:
    return lambda ground: (ground.guide / name).mkdir()


def all_of(*changes: Change) -> Change:
    return lambda ground: [change(ground) for change in changes]


def without(name: str) -> Change:
    return lambda ground: (ground.guide / name).unlink()


PAGE = "docs/en/a.md"
UNREADABLE = [f"{PAGE}:1:1 source-unreadable"]
NESTED = "a: &a [x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SOURCES: dict[str, tuple[Change, list[str]]] = {
    "link to itself": (link(PAGE, "a.md"), UNREADABLE),
    "links in a circle": (
        all_of(link(PAGE, "b.md"), link("docs/en/b.md", "a.md")), [*UNREADABLE, "docs/en/b.md:1:1 source-unreadable"]
    ),
    "link to nowhere": (link(PAGE, "nowhere.md"), UNREADABLE),
    "page outside": (link(PAGE, "../../../outside/secret.md"), UNREADABLE),
    "folder outside": (
        link("docs/en/more", "../../../outside"), ["docs/en/more/secret.md:1:1 source-unreadable"]
    ),
    "linked include outside": (
        all_of(link("docs/_includes/a.md", "../../../outside/secret.md"), written(PAGE, "{% include a.md %}")),
        [f"{PAGE}:1:4 liquid-missing-include"],
    ),
    "include outside": (
        written(PAGE, "{% include ../../../outside/secret.md %}"), [f"{PAGE}:1:4 liquid-missing-include"]
    ),
    "data outside": (
        link("docs/data/a.yml", "../../../outside/secret.yml"), ["docs/data/a.yml:1:1 source-unreadable"]
    ),
    "links outside": (
        written(PAGE, "[a](../../../outside/secret.md) ![b](../../../outside/secret.html)"),
        [f"{PAGE}:1:5 link-missing-page", f"{PAGE}:1:38 asset-missing"],
    ),
    "pipe": (pipe(PAGE), UNREADABLE),
    "pipe for data": (pipe("docs/data/a.yml"), ["docs/data/a.yml:1:1 source-unreadable"]),
    "folder called like a page": (folder(PAGE), []),
    "nothing": (written(PAGE, ""), []),
    "not UTF-8": (written(PAGE, b"# A\n\nD\xe9j\xe0\n"), [f"{PAGE}:3:2 source-encoding"]),
    "UTF-16": (
        written(PAGE, "# A".encode("utf-16-le")),
        [f"{PAGE}:1:2 source-character", f"{PAGE}:1:4 source-character", f"{PAGE}:1:6 source-character"],
    ),
    "NUL": (written(PAGE, b"# A\n\nb\0c\n"), [f"{PAGE}:3:2 source-character"]),
    "5 MB in one line": (written(PAGE, f"# A\n\n{'word ' * 10**6}[x](nowhere.md)\n"), [f"{PAGE}:3:5000005 link-missing-page"]),
    "data that grows without end": (written("docs/data/a.yml", NESTED), ["docs/data/a.yml:1:8 data-syntax"]),
}  # fmt: skip
A = "site/a.html"
ORPHAN = f"{A}:1:1 page-orphan"


def html(body: str) -> Change:
    return written(A, f"<html lang=en>{body}")


BOMB = '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
ENTITY = '<!DOCTYPE l [<!ENTITY a SYSTEM "../../outside/secret.yml">]><urlset><url><loc>&a;</loc></url></urlset>'
TREES: dict[str, tuple[Change, list[str]]] = {
    "link to itself": (link(A, "a.html"), [f"{A}:1:1 file-unreadable"]),
    "links in a circle": (
        all_of(link("site/a", "b"), link("site/b", "a")), ["site/a:1:1 file-unreadable", "site/b:1:1 file-unreadable"]
    ),
    "link to its own folder": (link("site/guides/up", ".."), ["site/guides/up:1:1 file-unreadable"]),
    "link to nowhere": (link(A, "nowhere.html"), [f"{A}:1:1 file-unreadable"]),
    "page outside": (link(A, "../../outside/secret.html"), [f"{A}:1:1 file-unreadable"]),
    "folder outside": (link("site/more", "../../outside/more"), ["site/more:1:1 file-unreadable"]),
    "pipe": (pipe(A), [f"{A}:1:1 file-unreadable"]),
    "folder called like a page": (folder(A), []),
    "links outside": (
        html('<a href="../../outside/secret.html">x</a><a href="%2e%2e/%2E./outside/more/secret.html">x</a>'),
        [ORPHAN, f"{A}:1:24 link-outside", f"{A}:1:65 link-outside"],
    ),
    "50 MB": (
        written(A, f"<html lang=en>{f'<p>{400 * chr(120)}</p>' * 125_000}"),
        [f"{A}:1:1 html-unreadable", ORPHAN],
    ),
    "200,000 levels": (html(f"{'<div>' * 200_000}<a href=no/>"), [f"{A}:1:50010 html-unreadable", ORPHAN]),
    "a large drawing": (html(f"<svg>{'<path/>' * 20_000}</svg><a href=no/>"), [ORPHAN, f"{A}:1:140034 link-missing-page"]),
    "a value of 5 MB": (html(f"<a title='{'x' * 5_000_000}' href=no/>"), [ORPHAN, f"{A}:1:5000032 link-missing-page"]),
    "tags that never end": (html("<a href='" * 200_000), [ORPHAN]),
    "a million of <": (html("<" * 10**6), [ORPHAN]),
    "quotes without end": (html("<a " + "x='\" " * 200_000), [ORPHAN]),
    "cut inside a tag": (html('<a href="no/">x</a><a href="al'), [ORPHAN, f"{A}:1:24 link-missing-page"]),
    "cut inside a comment": (html('<a href="no/">x</a><!-- <a href="al'), [ORPHAN, f"{A}:1:24 link-missing-page"]),
    "not UTF-8": (written(A, b"<html lang=en>\n\xe9"), [f"{A}:2:1 html-unreadable", ORPHAN]),
    "NUL": (written(A, b"<html lang=en>\n\0"), [f"{A}:2:1 html-unreadable", ORPHAN]),
    "stylesheet without end": (written("site/assets/styles/guide.css", "a { b: url(" * 100_000), []),
    "sitemap that grows": (written("site/sitemap.xml", BOMB), [f"site/sitemap.xml:1:{BOMB.index('<loc>') + 6} sitemap-missing-page"]),
    "sitemap with a file in it": (written("site/sitemap.xml", ENTITY), [f"site/sitemap.xml:1:{ENTITY.index('<loc>') + 6} sitemap-missing-page"]),
}  # fmt: skip
LOCKED_SOURCES = {
    "docs/en/index.md": "docs/en/index.md:1:1 source-unreadable",
    "docs/_includes/help.md": "docs/_includes/help.md:1:1 source-unreadable",
    "docs/data/upstream.yml": "docs/data/upstream.yml:1:1 source-unreadable",
    "docs/en/guides": "docs/en/index.md:14:11 link-fallback-page",
}
LOCKED_TREE = {
    "site/index.html": "site/index.html:1:1 html-unreadable",
    "site/guides": "site/guides:1:1 file-unreadable",
    "site/assets/styles/guide.css": "site/assets/styles/guide.css:1:1 file-unreadable",
    "site/sitemap.xml": "site/sitemap.xml:1:1 file-unreadable",
}


@pytest.mark.parametrize("name", SOURCES)
def test_sources(name: str, ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    change, wanted = SOURCES[name]
    change(ground)
    said = run(ground, capsys, "check")
    assert said == (1 if wanted else 0, wanted, "")


def test_a_link_to_a_folder_above_itself_is_a_usage_error(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    """MkDocs would follow it without end."""
    link("docs/en/guides/up", "..")(ground)
    said = run(ground, capsys, "check")
    assert said.code == 2
    assert "docs/en/guides/up" in said.error


@pytest.mark.parametrize("name", TREES)
def test_trees(name: str, ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    change, wanted = TREES[name]
    change(ground)
    said = run(ground, capsys, "check-site", ground.tree)
    assert (sorted(said.places), said.error) == (sorted(wanted), "")


@pytest.mark.parametrize("name", [*LOCKED_SOURCES, *LOCKED_TREE])
def test_what_may_not_be_read(name: str, ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    command: list[str | Path] = ["check-site", ground.tree] if name in LOCKED_TREE else ["check"]
    (ground.guide / "site/a.html").write_text("<a href=no/>", "utf-8")
    locked(name)(ground)
    said = run(ground, capsys, *command, barred=True)
    assert (said.code, said.error) == (1, "")
    assert (LOCKED_SOURCES | LOCKED_TREE)[name] in said.places


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs", "site"])
def test_what_nothing_works_without_is_a_usage_error(
    name: str, ground: Ground, capsys: pytest.CaptureFixture[str]
) -> None:
    locked(name)(ground)
    said = run(ground, capsys, *(["check-site", ground.tree] if name == "site" else ["check"]), barred=True)
    assert (said.code, said.places) == (2, [])
    assert said.error.startswith("docsite: ")
    assert said.error.count("\n") == 1
    assert name in said.error


def test_a_page_may_end_anywhere(ground: Ground, capsys: pytest.CaptureFixture[str]) -> None:
    page = ground.tree / "setup/index.html"
    data = page.read_bytes()
    last_link = data.rindex(b"</a>", 0, data.index(b"</article>"))
    for length in range(0, len(data), len(data) // 25):
        page.write_bytes(data[:length])
        said = run(ground, capsys, "check-site", ground.tree)
        assert said.error == ""
        assert said.places or length > last_link, "its links, ids or names are missing"


def test_a_read_outside_would_be_seen(ground: Ground) -> None:
    for read in (lambda: (ground.outside / "secret.md").read_text("utf-8"), lambda: list(ground.outside.iterdir())):
        with pytest.raises(AssertionError, match="outside"), nothing_read_of(ground.outside, listed=False):
            read()

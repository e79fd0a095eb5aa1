"""The cache of page summaries is never wrong: with it and without it the findings are the same."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import docsite
from docsite._util import cache_files
from docsite.config import settings
from docsite.diagnostics.findings import Finding
from docsite.project import autofix, page, page_loader, project
from docsite.project.cache import PageCache
from tests.markup import case

PAGES = {
    "docs/en/page.md": "# Page\n\n## Part {#part}\n\n[x]({{site.baseurl}}/other/#part-two) {% include name.md %}\n",
    "docs/fr/page.md": "# Page\n\n[x]({{site.baseurl}}/other/#part-two) ![a]({{site.baseurl}}/assets/logo.svg)\n",
    "docs/en/data.md": "{% for word in site.data.words %}{{ word.en }} [a](#nowhere) {% endfor %}\n",
    "docs/en/up.md": "[x]({{site.baseurl}}/api/key/#create) {% panel %}text{% endpanel %} {{ site.product }}\n",
    "docs/data/words.yml": "- {en: one}\n- {en: two}\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A guide whose pages are in the cache."""
    case.write(tmp_path, PAGES)
    found(tmp_path)
    return tmp_path


def found(root: Path, *, cached: bool = True) -> list[Finding]:
    known = settings.load_settings(root / "mkdocs.yml")
    return project.load_project(known, cache=PageCache(known) if cached else None).findings


def write(path: str, content: str) -> Callable[[Path], object]:
    return lambda root: (root / path).write_text(content, "utf-8")


def replace(path: str, old: str, new: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        before = (root / path).read_text("utf-8")
        assert old in before
        (root / path).write_text(before.replace(old, new), "utf-8")

    return change


def rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda root: (root / old).rename(root / new)


def within_its_time(root: Path) -> None:
    """A change that leaves the size and the time of the file as they were."""
    path = root / "docs/en/page.md"
    before = path.stat()
    replace("docs/en/page.md", "#part-two", "#part-owt")(root)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def led_elsewhere(root: Path) -> None:
    (root / "docs/_includes/name.md").unlink()
    (root / "docs/_includes/name.md").symlink_to("../en/other.md")
    replace("docs/en/other.md", "# Other", "# Other {{ nothing }}")(root)


CHANGES: dict[str, Callable[[Path], object]] = {
    "a page edited": replace("docs/en/page.md", "/other/", "/othr/"),
    "a page edited within its size and time": within_its_time,
    "a page renamed": rename("docs/en/other.md", "docs/en/others.md"),
    "a page with an error renamed": rename("docs/en/data.md", "docs/en/date.md"),
    "a page deleted": lambda root: (root / "docs/en/other.md").unlink(),
    "a page added": write("docs/en/new.md", "[x](nowhere.md)\n"),
    "a translation added": write("docs/fr/up.md", "[x]({{site.baseurl}}/api/key/#create)\n"),
    "a heading of another page": replace("docs/en/other.md", "Part two", "Part three"),
    "an alias taken twice": write("docs/en/new.md", "---\naliases: [/other/]\n---\n"),
    "an include edited": replace("docs/_includes/name.md", "Hello", "Hello {{ nobody }}"),
    "an include deleted": lambda root: (root / "docs/_includes/name.md").unlink(),
    "an include that leads elsewhere": led_elsewhere,
    "a data file edited": write("docs/data/words.yml", "- {en: one}\n- {fr: deux}\n"),
    "a data file broken": write("docs/data/words.yml", "- {en: one\n"),
    "the inventory": replace("docs/data/upstream.yml", "[create, delete]", "[delete]"),
    "an asset deleted": lambda root: (root / "docs/assets/logo.svg").unlink(),
    "a setting": replace("mkdocs.yml", "blocks: [panel]", "blocks: [box]"),
    "a variable": replace("mkdocs.yml", "product: Acme", "produkt: Acme"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(root: Path, change: str) -> None:
    before = found(root)
    CHANGES[change](root)
    after = found(root)
    assert after == found(root, cached=False)
    assert after != before
    assert found(root) == after, "what was kept of the change is right too"


def test_a_change_taken_back_is_forgotten(root: Path) -> None:
    before = found(root)
    content = (root / "docs/en/page.md").read_text("utf-8")
    write("docs/en/page.md", "{{ nobody }}")(root)
    assert found(root) != before
    write("docs/en/page.md", content)(root)
    assert found(root) == before


@pytest.mark.parametrize("seed", range(5))
def test_any_history_of_changes(root: Path, seed: int) -> None:
    dice = random.Random(seed)
    for change in dice.sample([*CHANGES], k=len(CHANGES)):
        try:
            CHANGES[change](root)
        except (AssertionError, FileNotFoundError, ValueError):
            continue  # another change came first
        assert found(root) == found(root, cached=False), change


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages whose texts were read."""
    real, read = page.make_reader, []

    def reader(*arguments: object) -> page.PageReader:
        inner = real(*arguments)  # type: ignore[arg-type] # passed on as they come

        def reads(*page: object) -> page.PageText:
            result = inner(*page)  # type: ignore[arg-type] # likewise
            read.append(result.page.file.path)
            return result

        return reads

    monkeypatch.setattr(page, "make_reader", reader)
    return read


def test_only_what_changed_is_read(root: Path, texts: list[str]) -> None:
    assert found(root)
    assert texts == []
    replace("docs/en/page.md", "# Page", "# Sheet")(root)
    found(root)
    assert texts == ["docs/en/page.md"]


def test_includes_and_data_concern_only_the_pages_that_use_them(root: Path, texts: list[str]) -> None:
    replace("docs/_includes/name.md", "Hello", "Good morning")(root)
    write("docs/data/words.yml", "- {en: three}\n")(root)
    found(root)
    assert texts == ["docs/en/data.md", "docs/en/page.md"]


def test_a_page_that_asks_for_the_day_is_not_kept(root: Path, texts: list[str]) -> None:
    write("docs/en/today.md", '{% assign day = "n" | append: "ow" %}{{ day | date: "%s" }}\n')(root)
    found(root)
    found(root)
    assert texts == ["docs/en/today.md"] * 2


USES = {
    "site within another value": "{% assign all = site %}{% for word in all.data.words %}{{ word.en }}{% endfor %}",
    "a key that is worked out": '{% assign key = "da" | append: "ta" %}{{ site[key].words[0].en }}',
    "site as a parameter": "{% include words.md all=site %}",
    "an include within an include": "{% include outer.md %}",
    "every key of site": "{% for pair in site %}{{ pair }}{% endfor %}",
}


@pytest.mark.parametrize("use", USES)
def test_a_page_is_read_again_after_what_it_looked_up_has_changed(root: Path, texts: list[str], use: str) -> None:
    write("docs/_includes/words.md", "{{ include.all.data.words[0].en }}")(root)
    write("docs/_includes/outer.md", "{% include inner.md %}")(root)
    write("docs/_includes/inner.md", "{{ site.data.words[0].en }}")(root)
    write("docs/en/new.md", f"{USES[use]}\n")(root)
    found(root)
    texts.clear()
    write("docs/data/words.yml", "- {fr: deux}\n")(root)
    after = found(root)
    assert "docs/en/new.md" in texts
    assert after == found(root, cached=False)


LOOKALIKES = ("our site, site.data in words", "{{ page.site }}{% assign site_data = 1 %}", "include")


@pytest.mark.parametrize("text", LOOKALIKES)
def test_words_that_only_look_like_a_use_are_none(root: Path, texts: list[str], text: str) -> None:
    write("docs/en/new.md", f"---\nsite: x\n---\n{text}\n")(root)
    found(root)
    texts.clear()
    write("docs/data/words.yml", "- {fr: deux}\n")(root)
    write("docs/_includes/other.md", "new")(root)
    found(root)
    assert "docs/en/new.md" not in texts


def test_a_missing_include_is_looked_for_again(root: Path) -> None:
    write("docs/en/new.md", "{% include nam.md %}\n")(root)
    (before,) = (finding for finding in found(root) if finding.rule == "liquid-missing-include")
    assert before.suggestion == "name.md"
    rename("docs/_includes/name.md", "docs/_includes/far.md")(root)
    assert found(root) == found(root, cached=False)
    write("docs/_includes/nam.md", "x")(root)
    assert found(root) == found(root, cached=False)


def test_fixes_read_only_what_they_change(root: Path, texts: list[str]) -> None:
    replace("docs/en/page.md", "#part-two", "#part-tow")(root)
    fixed = autofix.fix_project(settings.load_settings(root / "mkdocs.yml"), lambda _finding: True)
    assert fixed.fixes == []
    assert {*texts} == {"docs/en/page.md", "docs/en/data.md"}  # whose links cannot be fixed


def test_a_package_of_another_version_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprint = cache_files.code_fingerprint.__wrapped__  # as another process finds it
    before = fingerprint()
    (tmp_path / "python_liquid-99.dist-info").mkdir()
    assert fingerprint() == before
    monkeypatch.syspath_prepend(tmp_path)
    assert fingerprint() != before


def test_the_fingerprint_covers_every_module() -> None:
    names = {path.name for path in cache_files._files(Path(docsite.__file__).parent)}
    assert {"environment.py", "page.py", "resolver.py", "front_matter.json", "__init__.py"} <= names


def test_any_damage_is_noticed(root: Path) -> None:
    before, whole = found(root), kept(root).read_bytes()
    dice = random.Random(1)
    for _ in range(50):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        kept(root).write_bytes(damaged)
        assert found(root) == before


def kept(root: Path) -> Path:
    (file,) = (root / ".cache/docsite").glob("sources-*")
    return file


@pytest.mark.parametrize("content", [b"", b"\x00", b"\xff" * 100, b"\x81\xa1a\x93\x01\x02\x03"])
def test_a_cache_that_cannot_be_read_is_written_again(root: Path, content: bytes) -> None:
    before, whole = found(root), kept(root).read_bytes()
    kept(root).write_bytes(content)
    assert found(root) == before
    assert len(kept(root).read_bytes()) == len(whole)


def test_half_a_cache_is_none(root: Path) -> None:
    before, whole = found(root), kept(root).read_bytes()
    kept(root).write_bytes(whole[: len(whole) // 2])
    assert found(root) == before


def test_without_a_place_to_write_the_check_works(tmp_path: Path) -> None:
    case.write(tmp_path, PAGES)
    (tmp_path / ".cache").write_text("no folder")
    assert found(tmp_path) == found(tmp_path, cached=False)


def test_the_cache_keeps_itself_out_of_git(root: Path) -> None:
    assert (root / ".cache/docsite/.gitignore").read_text() == "*\n"


def test_runs_at_the_same_time_share_it(root: Path) -> None:
    command = [sys.executable, "-m", "docsite", "check", "--format", "json", "-f", str(root / "mkdocs.yml")]
    kept(root).unlink()
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    told = {run.communicate()[0].partition('"summary"')[0] for run in runs}
    assert len(told) == 1
    assert '"rule"' in told.pop()
    assert found(root) == found(root, cached=False)
    assert sorted(path.name.partition("-")[0] for path in kept(root).parent.iterdir()) == [
        ".gitignore",
        "mkdocs",
        "sources",
    ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no two processes here")
def test_two_processes_find_what_one_does(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(root).unlink()
    monkeypatch.setattr(page_loader, "MIN_PAGES_FOR_WORKERS", 1)
    monkeypatch.setattr(page_loader, "workers_available", lambda: True)
    assert found(root) == found(root, cached=False)
    assert kept(root).is_file()


def test_no_cache_leaves_no_trace(tmp_path: Path) -> None:
    case.write(tmp_path, PAGES)
    command = [sys.executable, "-m", "docsite", "check", "--no-cache", "-f", str(tmp_path / "mkdocs.yml")]
    subprocess.run(command, check=False, capture_output=True)
    assert not (tmp_path / ".cache").exists()


def test_a_suggestion_that_is_no_text_is_only_not_kept(root: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("file names are text here")
    Path(os.fsdecode(os.fsencode(root) + b"/docs/_includes/abc\xff.md")).write_text("x")
    write("docs/en/new.md", "{% include abc.md %}\n")(root)
    assert found(root) == found(root, cached=False)


def test_data_that_changes_while_pages_are_read_is_not_kept_wrong(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = page_loader.PageLoader.pages

    def late(self: page_loader.PageLoader) -> object:
        write("docs/data/words.yml", "- {en: one}\n- {fr: deux}\n")(root)
        return real(self)

    write("docs/en/data.md", "# New\n\n{% for word in site.data.words %}{{ word.en }}{% endfor %}\n")(root)
    with monkeypatch.context() as patched:
        patched.setattr(page_loader.PageLoader, "pages", late)
        found(root)
    assert found(root) == found(root, cached=False) != []

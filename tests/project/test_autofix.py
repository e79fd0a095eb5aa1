"""`docsite fix`: fixes what is sure, says what it did, and leaves everything else as it was, byte for byte."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.cli.main import main
from docsite.config import settings
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.suggestions import unambiguous_match
from docsite.project import autofix
from docsite.project.project import Project
from tests.markup import case

BASE = "{{site.baseurl}}"
PAGES = {
    "docs/en/guides/overview.md": "# Overview\n\n## Second step {#second-step}\n\n## API keys\n",
    "docs/fr/guides/overview.md": "# Aperçu\n\n## Deuxième étape\n\n## Clés d’API\n",
    "docs/assets/picture.svg": "<svg/>",
}


def write(root: Path, text: str | bytes, more: Mapping[str, case.Source] | None = None) -> Path:
    return case.write(root, {**PAGES, **(more or {}), case.PAGE: text})


def fix(root: Path, text: str | bytes, more: Mapping[str, case.Source] | None = None, *arguments: str) -> str:
    """The page after a fix."""
    config = write(root, text, more)
    main(["fix", "-f", str(config), "--output", str(root / "report.txt"), *arguments])
    return (root / case.PAGE).read_bytes().decode()


def report(root: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = main(["fix", "--format", "json", "-f", str(root / "mkdocs.yml"), *arguments])
    return code, json.loads(capsys.readouterr().out)


MENDED = {
    "no-break space": ("a\n\n##\u00a0B\n\n-\u00a0c", "a\n\n## B\n\n- c"),
    "no-break space in a row of dashes": ("| a | b |\n|---|\u00a0---|\n| c | d |", "| a | b |\n|---| ---|\n| c | d |"),
    "no-break space after a fence": ("```\u00a0js\na\n```", "``` js\na\n```"),
    "behind a variable that is not known": ("[a]({{site.bnaseurl}}/other/)", None),
    "behind a variable that is not known, in HTML": ('<a href="{{ baseurl }}/other/">a</a>', None),
    "moved": (f"[a]({BASE}/old/)", f"[a]({BASE}/new/)"),
    "moved, spaces in the braces": ("[a]({{  site.baseurl }}/old/)", "[a]({{  site.baseurl }}/new/)"),
    "moved, white space control": ("[a]({{- site.baseurl -}}/old/)", "[a]({{- site.baseurl -}}/new/)"),
    "moved, query": (f"[a]({BASE}/old/?b=1&c=2)", None),
    "moved, one query": (f"[a]({BASE}/old/?b=1)", f"[a]({BASE}/new/?b=1)"),
    "moved, fragment": (f"[a]({BASE}/old/#b)", f"[a]({BASE}/new/#b)"),
    "moved to a fragment": (f"[a]({BASE}/older/#delete)", f"[a]({BASE}/api/key/#create)"),
    "moved, title": (f'[a]({BASE}/old/ "t (1)")', f'[a]({BASE}/new/ "t (1)")'),
    "moved, angle brackets": (f"[a](<{BASE}/old/>)", f"[a](<{BASE}/new/>)"),
    "moved, definition": (f"[a]\n\n[a]: {BASE}/old/ 't'", f"[a]\n\n[a]: {BASE}/new/ 't'"),
    "moved, HTML": (f"<a href='{BASE}/old/'>a</a>", f"<a href='{BASE}/new/'>a</a>"),
    "moved, captured": (
        f"{{% capture x %}}[a]({BASE}/old/){{% endcapture %}}{{{{ x }}}}",
        f"{{% capture x %}}[a]({BASE}/new/){{% endcapture %}}{{{{ x }}}}",
    ),
    "moved, in an alert in a list": (
        f"- a\n  {{% alert note %}}\n  [a]({BASE}/old/)\n  {{% endalert %}}",
        f"- a\n  {{% alert note %}}\n  [a]({BASE}/new/)\n  {{% endalert %}}",
    ),
    "moved, in a table": (f"| a |\n|---|\n| [a]({BASE}/old/) |", f"| a |\n|---|\n| [a]({BASE}/new/) |"),
    "moved, in a loop": (
        f"{{% for i in (1..3) %}}[a]({BASE}/old/) {{% endfor %}}",
        f"{{% for i in (1..3) %}}[a]({BASE}/new/) {{% endfor %}}",
    ),
    "page": (f"[a]({BASE}/guides/overveiw/)", f"[a]({BASE}/guides/overview/)"),
    "page, letter case": (f"[a]({BASE}/Other/)", f"[a]({BASE}/other/)"),
    "page, fragment": (f"[a]({BASE}/guides/overvew/#second-step)", f"[a]({BASE}/guides/overview/#second-step)"),
    "file": ("[a](guides/overvieuw.md?b#api-keys)", "[a](guides/overview.md?b#api-keys)"),
    "page and anchor": (f"[a]({BASE}/guides/overvew/#secnd-step)", f"[a]({BASE}/guides/overview/#second-step)"),
    "anchor": ("[a](guides/overview.md#secnd-step)", "[a](guides/overview.md#second-step)"),
    "anchor, letter case": ("[a](guides/overview.md#API-keys)", "[a](guides/overview.md#api-keys)"),
    "anchor of the page": ("[a](#Chapter-one)\n\n## Chapter one", "[a](#chapter-one)\n\n## Chapter one"),
    "anchor upstream": (f"[a]({BASE}/api/key/#Create)", f"[a]({BASE}/api/key/#create)"),
    "image": ("![a](../assets/pictrue.svg)", "![a](../assets/picture.svg)"),
    "image, letter case": ("![a](../assets/Logo.svg)", "![a](../assets/logo.svg)"),
    "image from the base": (f"![a]({BASE}/assets/pictre.svg)", f"![a]({BASE}/assets/picture.svg)"),
    "other language": ("[a](../fr/other.md)", "[a](other.md)"),
    "other language, own anchor": ("[a](../fr/other.md?b#part-two)", "[a](other.md?b#part-two)"),
    "other language, absolute": ("[a](/fr/other/)", f"[a]({BASE}/other/)"),
    "other language, as built": ("[a](../fr/other/)", "[a](other.md)"),
    "absolute": ("[a](/other/#part-two)", f"[a]({BASE}/other/#part-two)"),
    "as built": ("[a](../guides/overview/)", "[a](guides/overview.md)"),
    "tag": ("{% alret note %}a{% endalert %}", "{% alert note %}a{% endalert %}"),
    "tag and its end": ("{%- alret note -%}\na\n{%-endalret%}", "{%- alert note -%}\na\n{%-endalert%}"),
    "end of a tag": ("{% alert note %}a{% endalrt %}", "{% alert note %}a{% endalert %}"),
    "tag without end": ("{% incldue name.md name='x' %}", "{% include name.md name='x' %}"),
    "tags in each other": (
        "{% detials A %}{% alret tip %}a{% endalret %}{% enddetials %}",
        "{% details A %}{% alert tip %}a{% endalert %}{% enddetails %}",
    ),
    "declared tag": ("{% panle %}a{% endpanle %}", "{% panel %}a{% endpanel %}"),
    "several on a line": (
        f"[a]({BASE}/old/) [b](/other/) [c](#Top-part)\n\n# Top part",
        f"[a]({BASE}/new/) [b]({BASE}/other/) [c](#top-part)\n\n# Top part",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("broken", "right"), MENDED.values(), ids=MENDED)
def test_what_is_sure_is_fixed(broken: str, right: str | None, tmp_path: Path) -> None:
    assert fix(tmp_path, broken) == (broken if right is None else right)
    if right is not None:
        assert main(["check", "-f", str(tmp_path / "mkdocs.yml")]) == 0
        assert fix(tmp_path, right) == right


LEFT = {
    "like nothing": f"[a]({BASE}/qwzx/)",
    "two candidates": "[a](#chapter-onne)\n\n# Chapter one\n\n# Chapter onnes",
    "another number": "[a](#long-chapter-3)\n\n# Long chapter 1",
    "several slips in a word": f"[a]({BASE}/guides/ovrevwie/)",
    "a page whose anchor is not there": f"[a]({BASE}/guides/overveiw/#qwzx)",
    "a twin without the anchor": "[a](../fr/other.md#qwzx)",
    "no twin": f"[a]({BASE}/soul/)",
    "moved, in a variable": f"{{% assign x = '/old/' %}}[a]({BASE}{{{{ x }}}})",
    "moved, from an include's parameter": f'{{% include name.md name="[a]({BASE}/old/)" %}}',
    "half from a variable": f"{{% assign x = 'ol' %}}[a]({BASE}/{{{{ x }}}}d/)",
    "in code": f"`[a]({BASE}/old/)`\n\n```\n[a]({BASE}/old/)\n```",
    "in raw": "{% raw %}[a](/other/){% endraw %}",
    "a tag of two meanings": "{% tags %}",
    "a tag like nothing": "{% qwzx %}a{% endqwzx %}",
    "accepted": f"[a]({BASE}/old/) <!-- docsite: ignore link-moved because so -->",
    "in a comment": "<!-- [a](/other/) -->",
}  # fmt: skip


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_not_sure_is_left(text: str, tmp_path: Path) -> None:
    assert fix(tmp_path, text) == text


@pytest.mark.parametrize("name", ["a page whose anchor is not there", "a twin without the anchor", "in raw"])
def test_what_is_left_does_not_keep_the_rest_from_being_fixed(name: str, tmp_path: Path) -> None:
    text = f"[b]({BASE}/old/)\n\n{LEFT[name]}\n"
    assert fix(tmp_path, text) == text.replace("/old/", "/new/")


@pytest.mark.parametrize("end", ["endalert", "endalret"])
def test_a_misspelt_tag_is_one_problem(end: str, tmp_path: Path) -> None:
    found = case.findings(tmp_path, f"{{% alret note %}}a{{% {end} %}}\n")
    assert [(f.rule, f.target, f.suggestion) for f in found] == [("liquid-unknown-tag", "alret", "alert")]


def test_french_links_are_fixed_to_french_pages(tmp_path: Path) -> None:
    page = "[a](../en/other.md) [b](/other/) [c](../../other/) [d](/guides/overview/#second-step)\n"
    write(tmp_path, "", {"docs/fr/page.md": page})
    assert main(["fix", "-f", str(tmp_path / "mkdocs.yml")]) == 0
    fixed = f"[a](other.md) [b]({BASE}/other/) [c](other.md) [d]({BASE}/guides/overview/#second-step)\n"
    assert (tmp_path / "docs/fr/page.md").read_text("utf-8") == fixed


# Includes


def test_an_include_is_fixed_in_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    include = "docs/_includes/shared.md"
    page = "{% include shared.md %}\n"
    write(tmp_path, page, {include: f"[a]({BASE}/old/)", "docs/fr/page.md": page})
    assert report(tmp_path, capsys=capsys)[1]["fixes"] == [
        {"rule": "link-moved", "path": include, "line": 1, "column": 5, "old": "/old/", "new": "/new/"}
    ]
    assert (tmp_path / include).read_text() == f"[a]({BASE}/new/)"
    assert (tmp_path / case.PAGE).read_text() == page


def test_what_pages_want_fixed_in_two_ways_in_an_include_is_left(tmp_path: Path) -> None:
    include = f"[a](#Chapter-One) [b]({BASE}/old/)"
    page = "{{% include shared.md %}}\n\n# {} {{#{}}}\n"
    more = {"docs/_includes/shared.md": include, "docs/en/b.md": page.format("B", "chapter-onE")}
    fix(tmp_path, page.format("A", "chapter-one"), more)
    assert (tmp_path / "docs/_includes/shared.md").read_text() == include.replace("/old/", "/new/")


def test_what_is_sure_on_one_page_only_is_left_in_an_include(tmp_path: Path) -> None:
    include = f"[a]({BASE}/guides/overveiw/#api-keys) [b]({BASE}/old/)"
    page = "{% include shared.md %}\n"
    more = {
        "docs/_includes/shared.md": include,
        "docs/en/b.md": page,
        "docs/fr/b.md": page,
        "docs/fr/guides/overview.md": "# Autre plan\n",
    }
    fix(tmp_path, page, more)
    assert (tmp_path / "docs/_includes/shared.md").read_text() == include.replace("/old/", "/new/")


def test_a_fix_that_harms_another_page_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    include = "docs/_includes/shared.md"
    write(
        tmp_path,
        f"[b]({BASE}/old/)\n\n{{% include shared.md %}}\n\n# Chapter one\n",
        {include: "[a](#Chapter-one)", "docs/en/b.md": "{% include shared.md %}\n\n# B {#Chapter-one}\n"},
    )
    _, data = report(tmp_path, capsys=capsys)
    assert (tmp_path / include).read_text() == "[a](#Chapter-one)"
    assert "no anchor “chapter-one”" in data["skipped"][include]


# What stays as it is


KEPT = {
    "Windows newlines": f"a\r\n[b]({BASE}/old/)\r\n{{% alret note %}}\r\nx\r\n{{% endalret %}}\r\nend\r\n",
    "old Mac newlines": f"a\r[b]({BASE}/old/)\rend",
    "mixed newlines": f"a\r\n[b]({BASE}/old/)\nc\r[d]({BASE}/old/)\r\n\r\r\n\n",
    "byte order mark": f"\ufeffa [b]({BASE}/old/) [d]({BASE}/old/)",
    "tabs and blanks": f"a\t\n-\t[b]({BASE}/old/)\t \n\t\n   ",
    "no newline at the end": f"---\nnav_title: A\n---\n[b]({BASE}/old/)",
    "wide characters": f"🎉é [b]({BASE}/old/) œ\u202f! [ç]({BASE}/old/)\u2028\u0085x\n",
    "control characters": f"a\x01 [b]({BASE}/old/) \x0c\x1c\n",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_everything_else_stays_byte_for_byte(text: str, tmp_path: Path) -> None:
    right = text.replace("/old/", "/new/").replace("alret", "alert")
    assert fix(tmp_path, text.encode()) == right
    assert (tmp_path / case.PAGE).read_bytes() == right.encode()


def test_a_file_that_is_not_utf_8_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = f"[b]({BASE}/old/) caf\xe9".encode("latin-1")
    write(tmp_path, data)
    code, found = report(tmp_path, capsys=capsys)
    assert (code, found["skipped"]) == (1, {case.PAGE: "it is not valid UTF-8"})
    assert (tmp_path / case.PAGE).read_bytes() == data


PIECES = [
    (f"[a]({BASE}/old/)", f"[a]({BASE}/new/)"),
    ("[é](/other/)", f"[é]({BASE}/other/)"),
    ("![🎉](../assets/pictrue.svg)", "![🎉](../assets/picture.svg)"),
    ("{% alret tip %}x{% endalret %}", "{% alert tip %}x{% endalert %}"),
    ("[a](../fr/other.md)", "[a](other.md)"),
    ("<a href='{{ site.baseurl }}/older/'>x</a>", "<a href='{{ site.baseurl }}/api/key/#create'>x</a>"),
    (f"`[a]({BASE}/old/)`", None),
    ("[a](qwzx.md)", None),
    ("plain", None),
    ("- item", None),
    ("> quote\t", None),
    ("œ\u202f;  ", None),
    ("{{ site.title }}", None),
    ("{% if true %}a{% endif %}", None),
]


@pytest.mark.no_cover
@options(deadline=None, max_examples=80, database=None)
@given(
    pieces=st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", "\n\n", "\r\n\r\n", "\r\n", "\n"]))),
    start=st.sampled_from(["", "\ufeff", "---\r\nnav_title: é\r\n---\r\n"]),
)
def test_any_page_is_fixed_in_its_problems_only_and_once(
    pieces: list[tuple[tuple[str, str | None], str]], start: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.getbasetemp() / "any"
    text = start + "".join(broken + newline for (broken, _), newline in pieces)
    right = start + "".join((fixed or broken) + newline for (broken, fixed), newline in pieces)
    done = fix(root, text.encode())
    assert done == right
    assert fix(root, done.encode()) == done


# What is said


def test_it_says_what_it_did_and_what_it_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, f"# A\n\n[a]({BASE}/old/) [b](qwzx.md)\n{{% alret tip %}}x{{% endalret %}}\n")
    assert main(["fix", "-f", str(tmp_path / "mkdocs.yml")]) == 1
    said = capsys.readouterr().out
    assert "docs/en/page.md:3:5 link-moved: /old/ -> /new/\n" in said
    assert "docs/en/page.md:4:4 liquid-unknown-tag: alret, endalret -> alert, endalert\n" in said
    assert "3:32 error The page “qwzx.md” does not exist. [link-missing-page]" in said
    assert "1 error, 0 warnings in" in said


def test_nothing_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "# Fine\n")
    before = (tmp_path / case.PAGE).stat().st_mtime_ns
    assert main(["fix", "-f", str(tmp_path / "mkdocs.yml")]) == 0
    assert capsys.readouterr().out.startswith("0 errors, 0 warnings in ")
    assert (tmp_path / case.PAGE).stat().st_mtime_ns == before


def test_a_file_is_left_if_a_fix_would_cause_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"[a]({BASE}/old/)\n\n{{% alret nte %}}x{{% endalret %}}\n"
    write(tmp_path, text, {"docs/en/b.md": f"[a]({BASE}/old/)"})
    code, data = report(tmp_path, capsys=capsys)
    assert code == 1
    assert [one["path"] for one in data["fixes"]] == ["docs/en/b.md"]
    assert data["skipped"].keys() == {case.PAGE}
    assert "Unknown alert type “nte”" in data["skipped"][case.PAGE]
    assert (tmp_path / case.PAGE).read_text() == text


def test_a_selection_of_rules_and_of_paths(tmp_path: Path) -> None:
    text = f"[a]({BASE}/old/) {{% alret tip %}}x{{% endalret %}}\n"
    assert fix(tmp_path, text, None, "--select", "link") == text.replace("/old/", "/new/")
    assert fix(tmp_path, text, None, "--ignore", "link") == text.replace("alret", "alert")
    assert fix(tmp_path, text, None, str(tmp_path / "docs/fr")) == text
    assert fix(tmp_path, text, None, str(tmp_path / case.PAGE)) == text.replace("alret", "alert").replace("old", "new")


# The difference


def test_the_difference_is_shown_and_nothing_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"# A\r\n\r\n[a]({BASE}/old/)\r\nend"
    config = write(tmp_path, text.encode())
    assert main(["fix", "--diff", "-f", str(config)]) == 1
    said = capsys.readouterr()
    assert (tmp_path / case.PAGE).read_bytes() == text.encode()
    assert said.out.startswith("--- a/docs/en/page.md\n+++ b/docs/en/page.md\n@@ ")
    assert f"-[a]({BASE}/old/)\r\n+[a]({BASE}/new/)\r\n" in said.out
    assert said.err == "docs/en/page.md:3:5 link-moved: /old/ -> /new/\n"
    assert main(["fix", "-f", str(config)]) == 0
    capsys.readouterr()
    assert main(["fix", "--diff", "-f", str(config)]) == 0
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_git_can_apply_the_difference(text: str, tmp_path: Path) -> None:
    patched, fixed = tmp_path / "patched", tmp_path / "fixed"
    write(patched, text.encode())
    patch = tmp_path / "fix.patch"
    assert main(["fix", "--diff", "-f", str(patched / "mkdocs.yml"), "--output", str(patch)]) == 1
    subprocess.run(["git", "apply", str(patch)], cwd=patched, check=True)
    fix(fixed, text.encode())
    assert (patched / case.PAGE).read_bytes() == (fixed / case.PAGE).read_bytes()


# Writing


def test_work_done_meanwhile_is_not_lost(tmp_path: Path) -> None:
    text = f"[a]({BASE}/old/)"
    known = settings.load_settings(write(tmp_path, text, {"docs/en/b.md": text}))
    done = autofix.fix_project(known, lambda _finding: True)
    (tmp_path / case.PAGE).write_text("something else")
    done.write()
    assert (tmp_path / case.PAGE).read_text() == "something else"
    assert (tmp_path / "docs/en/b.md").read_text() == f"[a]({BASE}/new/)"
    assert done.skipped == {case.PAGE: "it has changed in the meantime; run `docsite fix` again"}


def test_fixes_come_to_an_end_however_files_change_meanwhile(tmp_path: Path) -> None:
    """Between any two readings somebody puts lines before everything, and breaks a data file."""
    known = settings.load_settings(write(tmp_path, f"[a]({BASE}/old/)\n" * 3, {"docs/en/b.md": f"[a]({BASE}/old/)"}))

    def change(_project: Project) -> list[Finding]:
        for path in (tmp_path / "docs/en").rglob("*.md"):
            path.write_text(f"Ah.\n\n[b]({BASE}/older/)\n\n{path.read_text()}")
        (tmp_path / "docs/data/upstream.yml").write_text(f"unknown: {os.urandom(3).hex()}\n")
        return []

    with case.within(20):
        done = autofix.fix_project(known, lambda _finding: True, change)
        changed = {path: path.read_text() for path in (tmp_path / "docs/en").rglob("*.md")}
        done.write()
    assert {path: path.read_text() for path in changed} == changed
    assert sorted(done.skipped) == ["docs/en/b.md", case.PAGE]
    assert {fix.finding.rule for fix in done.fixes} <= {"link-moved"}


@pytest.mark.parametrize("link", ["symbolic", "hard"])
def test_a_page_with_two_names_is_fixed_once(tmp_path: Path, link: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, f"[a]({BASE}/old/)")
    page, other = tmp_path / case.PAGE, tmp_path / "docs/en/other-name.md"
    if link == "hard":
        other.hardlink_to(page)
    else:
        other.symlink_to(page.name)
    code, data = report(tmp_path, capsys=capsys)
    assert code == 0
    assert data["skipped"] == {}
    assert page.read_text() == other.read_text() == f"[a]({BASE}/new/)"
    assert {fix["path"] for fix in data["fixes"]} == {case.PAGE, "docs/en/other-name.md"}
    assert page.samefile(other)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no kill -9 here")
def test_kill_9_between_any_two_writes_leaves_each_file_whole(tmp_path: Path) -> None:
    old, new = f"[a]({BASE}/old/)\n" * 50, f"[a]({BASE}/new/)\n" * 50
    pages = [tmp_path / "docs/en" / f"{n}.md" for n in range(3)]
    known = settings.load_settings(write(tmp_path, "", {f"docs/en/{page.name}": old for page in pages}))
    done = autofix.fix_project(known, lambda _finding: True)
    moment = 1
    while write_and_die(done, tmp_path, moment):
        assert {page.read_text() for page in pages} <= {old, new}
        for page in pages:
            page.write_text(old)
        moment += 1
    assert {page.read_text() for page in pages} == {new}
    assert moment > 6, "there are more moments than that"


def write_and_die(done: autofix.FixResult, root: Path, moment: int) -> bool:
    """Write fixes in a process that is killed when it does something to a file for the n-th time."""
    child = os.fork()
    if child == 0:
        count = 0

        def kill(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal count
            if event in ("open", "os.chmod", "os.rename", "os.truncate") and f"{arguments[0]}".startswith(
                f"{root}/docs"
            ):
                count += 1
                if count == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(kill)
        done.write()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    write(tmp_path, "", {"docs/shared.txt": f"[a]({BASE}/old/)"})
    (tmp_path / "docs/en/linked.md").symlink_to("../shared.txt")
    assert main(["fix", "-f", str(tmp_path / "mkdocs.yml")]) == 0
    assert (tmp_path / "docs/en/linked.md").is_symlink()
    assert (tmp_path / "docs/shared.txt").read_text() == f"[a]({BASE}/new/)"


def test_a_folder_outside_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, outside = tmp_path / "guide", tmp_path / "outside"
    write(root, f"[a]({BASE}/old/)")
    (root / "docs/en").rename(outside)
    (root / "docs/en").symlink_to(outside)
    _, data = report(root, capsys=capsys)
    assert (outside / "page.md").read_text() == f"[a]({BASE}/old/)"
    assert data["fixes"] == []
    assert {finding["rule"] for finding in data["findings"]} == {"source-unreadable"}


def test_a_file_that_cannot_be_written_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_arguments: object) -> None:
        raise PermissionError(13, "Permission denied")

    write(tmp_path, f"[a]({BASE}/old/)")
    monkeypatch.setattr(autofix, "write_atomically", refuse)
    _, data = report(tmp_path, capsys=capsys)
    assert data["skipped"] == {case.PAGE: "it cannot be written (Permission denied)"}
    assert [finding["rule"] for finding in data["findings"]] == ["link-moved"]


# What is sure


@pytest.mark.parametrize(
    ("wanted", "candidates", "sure"),
    [
        ("/integraton/", ["/integration/"], "/integration/"),
        ("/Integration/", ["/integration/"], "/integration/"),
        ("/integration-step-1/", ["/integration-step-2/"], ""),
        ("/integration-step1/", ["/integration-step2/"], ""),
        ("/integration-2024/", ["/integration-2025/"], ""),
        ("/integration-setup/", ["/integration-setups/", "/integration-setup-/"], ""),
        ("/settings/api/", ["/settings/app/"], ""),
        ("/settings/text/", ["/settings/test/"], ""),
        ("/messaging/unsubscribe-users/", ["/messaging/subscribe-users/"], ""),
        ("/messaging/users/", ["/messaging/users/list/"], ""),
        ("/x/", [], ""),
        ("", ["/integration/"], ""),
    ],
)
def test_a_guess_is_sure_or_none(wanted: str, candidates: list[str], sure: str) -> None:
    assert unambiguous_match(wanted, candidates) == sure

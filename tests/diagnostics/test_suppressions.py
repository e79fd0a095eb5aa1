"""Errors that writers accept: by a comment with a reason, and by path in the settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.cli.main import main
from docsite.config import settings
from docsite.diagnostics.rules import is_known_rule, matches_rule
from docsite.project import project
from tests.markup import case

BAD = "[x](qwzx.md)"
ACCEPT = "<!-- docsite: ignore link-missing-page because it comes with the launch -->"


def check(root: Path, files: case.Files, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str]]:
    """Exit code of `docsite check`, and `line:column rule` of each finding."""
    config = case.write(root, files)
    code = main(["check", "--format", "json", "-f", str(config), *more])
    return code, told(json.loads(capsys.readouterr().out))


def told(data: dict[str, Any]) -> list[str]:
    return [f"{f['line']}:{f['column']} {f['rule']}" for f in data["findings"]]


ACCEPTED = {
    "same line": f"{BAD} {ACCEPT}\n",
    "in front of it": f"{ACCEPT} {BAD}\n",
    "line before": f"{ACCEPT}\n{BAD}\n",
    "line before, indented": f"  {ACCEPT}\n{BAD}\n",
    "within a paragraph": f"text\n{ACCEPT}\nmore {BAD}\n",
    "list item": f"- a\n- {BAD} {ACCEPT}\n",
    "line of a list item": f"1. a\n   {ACCEPT}\n   {BAD}\n2. b\n",
    "table": f"| a | b |\n|---|---|\n| {BAD} {ACCEPT} | c |\n",
    "quote": f"> a\n> {ACCEPT}\n> {BAD}\n",
    "heading": f"# {BAD} {ACCEPT}\n",
    "alert": f"{{% alert note %}}\n{ACCEPT}\n{BAD}\n{{% endalert %}}\n",
    "alert on one line": f"{{% alert note %}}{BAD} {ACCEPT}{{% endalert %}}\n",
    "alert in a table": f"| a |\n|---|\n| {{% alert note %}}{BAD}{{% endalert %}} {ACCEPT} |\n",
    "tab in a list": f"- a\n  {{% tabs %}}\n  {{% tab A %}}\n  {ACCEPT}\n  {BAD}\n  {{% endtab %}}{{% endtabs %}}\n",
    "raw HTML": f'<div>\n{ACCEPT}\n<a href="{{{{site.baseurl}}}}/qwzx/">x</a>\n</div>\n',
    "condition": f"{{% if true %}}\n{ACCEPT}\n{BAD}\n{{% endif %}}\n",
    "definition": f"[x]\n\n[x]: qwzx.md\n{ACCEPT}\n".replace(f"qwzx.md\n{ACCEPT}", f"qwzx.md {ACCEPT}"),
    "group": f"{BAD} <!-- docsite: ignore link because so -->\n",
    "several rules": f"{BAD} [y](/other/) <!-- docsite: ignore link-missing-page, link-form because so -->\n",
    "several lines": f"<!-- docsite: ignore\n  link-missing-page because\n  it comes -->\n{BAD}\n",
    "two comments": f"{ACCEPT}\n<!-- docsite: ignore link-form because so -->\n{BAD} [y](/other/)\n",
    "two errors": f"{BAD} {BAD} {ACCEPT}\n",
    "error of Liquid": "{{ nope }} <!-- docsite: ignore liquid-unknown-variable because so -->\n",
    "no spaces": f"{BAD}<!--docsite:accept link-missing-page because so-->\n",
}  # fmt: skip


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_a_problem_is_ignored_and_readers_see_nothing_of_it(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, text, capsys) == (0, [])
    assert "docsite:" not in case.markdown(tmp_path, text)


NOT_ACCEPTED = {
    "fence": f"```\n{ACCEPT}\n```\n{BAD}\n",
    "fence in a list": f"- a\n\n  ```\n  {ACCEPT}\n  ```\n  {BAD}\n",
    "tilde fence": f"~~~\n{ACCEPT}\n~~~\n{BAD}\n",
    "indented code": f"a\n\n    {ACCEPT}\n\n{BAD}\n",
    "span": f"{BAD} `{ACCEPT}`\n",
    "raw": f"{BAD} {{% raw %}}{ACCEPT}{{% endraw %}}\n",
    "raw with white space control": f"{BAD} {{%- raw -%}}{ACCEPT}{{%- endraw -%}}\n",
    "escaped": f"{BAD} \\{ACCEPT}\n",
}  # fmt: skip


@pytest.mark.parametrize("text", NOT_ACCEPTED.values(), ids=NOT_ACCEPTED)
def test_in_code_and_raw_it_is_text(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = check(tmp_path, text, capsys)
    assert (code, [rule.partition(" ")[2] for rule in found]) == (1, ["link-missing-page"])
    assert ACCEPT in case.markdown(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{ACCEPT}\n\n{BAD}\n", ["1:1 ignore-unused", "3:5 link-missing-page"]),
        (f"text {ACCEPT}\n{BAD}\n", ["1:6 ignore-unused", "2:5 link-missing-page"]),
        (f"{BAD}\n{ACCEPT}\n", ["1:5 link-missing-page", "2:1 ignore-unused"]),
        (f"{BAD} <!-- docsite: ignore link-moved because x -->\n", ["1:5 link-missing-page", "1:14 ignore-unused"]),
        (f"{{% comment %}}{ACCEPT}{{% endcomment %}}{BAD}\n", ["1:109 link-missing-page"]),
    ],
)
def test_what_a_comment_does_not_reach(
    text: str, found: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(tmp_path, text, capsys)[1] == found


@pytest.mark.parametrize("why", ["", " because", " because ", " as it comes"])
def test_a_reason_is_asked_for(why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = f"{BAD} <!-- docsite: ignore link-missing-page{why} -->\n"
    assert check(tmp_path, text, capsys) == (1, ["1:5 link-missing-page", "1:14 ignore-without-reason"])
    assert "docsite:" not in case.markdown(tmp_path, text)


def test_misspelt_comments_are_reported(tmp_path: Path) -> None:
    text = "a <!-- docsite: acept link because x --> b <!-- docsite: ignore link-misng-page because x -->\n"
    found = case.findings(tmp_path, text)
    assert [(f.rule, f.location.column, f.suggestion) for f in found] == [
        ("ignore-unknown", 3, "ignore"),
        ("ignore-unknown", 44, "link-missing-page"),
    ]


def test_the_former_names_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`accept`, in comments, settings and options, until the next release."""
    text = f"{BAD} <!-- docsite: accept link-missing-page because so -->\n"
    assert check(tmp_path, text, capsys) == (0, [])
    assert matches_rule("ignore-unused", ["accept-unused"])
    assert matches_rule("ignore-unused", ["accept"])
    assert is_known_rule("accept-without-reason")


def test_other_comments_are_nothing_to_us(tmp_path: Path) -> None:
    assert "<!-- docs: accept -->" in case.markdown(tmp_path, "a <!-- docs: accept --> b\n")
    assert case.findings(tmp_path, "a <!-- docs: accept --> b <!-- the docsite: x -->\n") == []


def test_an_ignored_warning_of_the_comments_themselves_stays(tmp_path: Path) -> None:
    text = f"<!-- docsite: ignore accept because so -->\n{ACCEPT}\n\ntext\n"
    assert [f.rule for f in case.findings(tmp_path, text)] == ["ignore-unused", "ignore-unused"]


def test_in_an_include_it_holds_for_every_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside = "{% include bad.md %}\n"
    files = {case.PAGE: inside, "docs/en/page2.md": inside, "docs/_includes/bad.md": f"{ACCEPT}\n{BAD}\n"}
    assert check(tmp_path, files, capsys) == (0, [])
    files["docs/_includes/bad.md"] = f"{ACCEPT}\nfine\n"
    config = case.write(tmp_path, files)
    assert [str(f.location) for f in project.load_project(settings.load_settings(config)).findings] == [
        "docs/_includes/bad.md:1:1"
    ]


BLOCKS = [
    "text\nmore text",
    "- item\n  text\n- item",
    "1. one\n\n   text\n2. two",
    "> quote\n> quote",
    "| a | b |\n|---|---|\n| c | d |",
    "{% alert note %}\ntext\n\n- item\n{% endalert %}",
    "# Heading",
    "Text  \nbroken",
]


@pytest.mark.no_cover
@options(deadline=None, max_examples=60, database=None)
@given(blocks=st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=5), data=st.data())
def test_a_comment_changes_nothing_else(
    blocks: list[str], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With comments on lines of their own, or at the end of lines, a page is what it would be without them."""
    lines = "\n\n".join(blocks).split("\n")
    commented, moved = [], 0
    for line in lines:
        where = data.draw(st.sampled_from(["", "", "before", "behind"]))
        moved += where == "before"
        margin = line[: len(line) - len(line.lstrip("> "))]
        own = [f"{margin}{ACCEPT}"] if where == "before" else []
        tagged = line.startswith("{%")
        commented += [*own, f"{line} {ACCEPT}" if where == "behind" and line.strip() and not tagged else line]
    root = tmp_path_factory.getbasetemp() / "same"
    plain, noted = "\n".join([*lines, "", "{{ nope }}"]), "\n".join([*commented, "", "{{ nope }}"])
    assert case.markdown(root, noted).replace("  \n", "\n") == case.markdown(root, plain).replace("  \n", "\n")
    place = next(f.location for f in case.load(root, noted).findings if f.rule == "liquid-unknown-variable")
    assert (place.line, place.column) == (len(lines) + moved + 2, 4), "places are those in the file"


# The built site


BUILT = {
    "site/index.html": '<html lang="en"><a href="page/">p</a><a href="fr/" hreflang="fr">f</a></html>',
    "site/fr/index.html": '<html lang="fr"><a href="../" hreflang="en">e</a></html>',
}


def check_site(root: Path, page: str, built: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    html = f'<html lang="en">{built}</html>'
    config = case.write(root, {case.PAGE: page, **BUILT, "site/page/index.html": html})
    main(["check-site", str(root / "site"), "--format", "json", "-f", str(config)])
    return told(json.loads(capsys.readouterr().out))


def test_the_same_comments_hold_for_the_built_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = '<a href="../gone/">x</a>'
    assert check_site(tmp_path, link, link, capsys) == ["1:10 link-missing-page"]
    assert check_site(tmp_path, f"{link} {ACCEPT}\n", link, capsys) == []
    assert check(tmp_path, f"{link} {ACCEPT}\n", capsys) == (0, []), "only the built site can say that it is unused"


def test_a_comment_is_unused_where_it_would_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = '<a href="../fr/">x</a> <!-- docsite: ignore link-outside because so -->\n\n<a href="../gone/">y</a>\n'
    built = '<a href="../fr/" hreflang="fr">x</a><a href="../gone/">y</a>'
    assert check(tmp_path, page, capsys) == (0, [])
    assert check_site(tmp_path, page, built, capsys) == ["1:24 ignore-unused", "3:10 link-missing-page"]


def test_paths_in_the_settings_hold_for_the_built_site(tmp_path: Path) -> None:
    link = '<a href="../gone/">x</a>'
    html = f'<html lang="en">{link}</html>'
    ignoring = case.CONFIG + "    ignore: {docs/en/page.md: [link]}\n"
    case.write(tmp_path, {"mkdocs.yml": ignoring, case.PAGE: link, **BUILT, "site/page/index.html": html})
    assert main(["check-site", str(tmp_path / "site"), "-f", str(tmp_path / "mkdocs.yml")]) == 0


# The settings


@pytest.mark.parametrize(
    ("ignore", "left"),
    [
        ("{}", 3),
        ("{'docs/en/old/**': [link]}", 1),
        ("{'docs/en/old/**': [link-missing-page]}", 1),
        ("{'docs/en/old/**': [link-]}", 1),
        ("{'docs/en/old/*': [link]}", 2),
        ("{'**/b.md': [link, liquid]}", 2),
        ("{'docs/**': [link-moved]}", 3),
        ("{'docs/en/?ld/a.md': [link], 'docs/en/page.md': [link]}", 1),
        ("{'old/**': [link]}", 3),
        ("{'docs/en/old': [link]}", 3),
        ("{'docs/e./**': [link]}", 3),
        ("{'docs/**': []}", 3),
    ],
)
def test_rules_ignored_by_path(ignore: str, left: int, tmp_path: Path) -> None:
    files = {case.PAGE: BAD, "docs/en/old/a.md": BAD, "docs/en/old/deep/b.md": BAD}
    config = case.CONFIG + f"    ignore: {ignore}\n"
    found = case.findings(tmp_path, {**files, "mkdocs.yml": config})
    assert sum(finding.rule != "settings-unused" for finding in found) == left


@pytest.mark.parametrize(
    ("ignore", "said"),
    [
        ("{'docs/**': [lnik]}", "Unknown rule “lnik”. Did you mean link?"),
        ("{'docs/**': [link-mising-page]}", "Did you mean link-missing-page?"),
        ("{'docs/**': link}", "“ignore.docs/**” must be a list,"),
        ("[link]", "“ignore” must be a mapping of keys to values."),
    ],
)
def test_faulty_settings_are_refused(
    ignore: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = case.write(tmp_path, {"mkdocs.yml": case.CONFIG + f"    ignore: {ignore}\n"})
    assert main(["check", "-f", str(config)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "docsite: mkdocs.yml:15:" in error


@pytest.mark.parametrize(
    ("severity", "options", "found"),
    [
        ("{}", (), ["link-missing-page"]),
        ("{translation-link-extra: warning}", (), ["translation-link-extra", "link-missing-page"]),
        ("{}", ("--select", "translation-link-extra"), ["translation-link-extra"]),
        ("{}", ("--select", "translation"), []),
        ("{link-missing-page: info}", (), []),
        ("{translation-link-extra: info}", ("--select", "translation-link-extra"), []),
    ],
)
def test_a_rule_of_severity_info_is_off(
    severity: str, options: tuple[str, ...], found: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = case.CONFIG + f"    severity: {severity}\n"
    french = {"docs/fr/page.md": "# Une page\n\n[Accueil](index.md)\n", "docs/fr/index.md": f"# Accueil {BAD}\n"}
    files = {case.PAGE: "# A page\n\nText.\n", **french, "docs/en/index.md": f"# Home {BAD}\n", "mkdocs.yml": config}
    _, told_rules = check(tmp_path, files, capsys, *options)
    assert {rule.partition(" ")[2] for rule in told_rules} == {*found}

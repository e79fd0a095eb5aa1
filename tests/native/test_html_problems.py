"""Ids that two elements of a native page have, footnotes without a mark, and empty addresses: as in the built page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.markup import case

CONFIG = case.CONFIG.replace("  docsite:\n", "  docsite:\n    dialect: markdown\n")
CONFIG += "markdown_extensions: [attr_list, footnotes, pymdownx.superfences]\n"

PAGES: dict[str, tuple[str, list[str]]] = {
    "two explicit ids": ("## A {#key}\n\n## B {#key}", ["3:8 id-duplicate key"]),
    "one among other attributes": ("## A {: #key }\n\n## B {.x #key title=y}", ["3:11 id-duplicate key"]),
    "one in HTML": ('## A {#key}\n\n<b id="key">x</b>', ["3:8 id-duplicate key"]),
    "one of a heading": ("<a id='part'></a>\n\n## Part", ["1:8 id-duplicate part"]),
    "three of one id": ("# A {#key}\n\n# B {#key}\n\n# C {#key}", ["3:7 id-duplicate key"]),
    "ids of headings alone": ("## Part\n\n## Part", []),
    "a longer id": ("## A {#key}\n\n## B {#key-2}", []),
    "one in code": ("## A {#key}\n\n`## B {#key}`\n\n```\n<b id='key'>\n```", []),
    "a note without a mark": ("x[^a]\n\n[^a]: y\n[^b]: z", ["4:1 markup-unused-footnote b"]),
    "notes with marks": ("x[^a] y[^b]\n\n[^a]: y\n[^b]: z", []),
    "empty addresses": ("[x]() [x](<>) ![x]()", ["1:5 link-syntax", "1:12 link-syntax", "1:20 link-syntax"]),
    "an empty address with a title": ('[x]( "y")', ["1:6 link-syntax"]),
    "an empty picture in HTML": ('<a href="">x</a> <img alt="x" src="">', ["1:36 link-syntax"]),
    "empty addresses in code": ("`[x]()` and [x]()", ["1:17 link-syntax"]),
}


def found(folder: Path, text: str, config: str = CONFIG) -> list[str]:
    findings = case.findings(folder, {"mkdocs.yml": config, case.PAGE: text + "\n"})
    return [f"{one.location.line}:{one.location.column} {one.rule} {one.target}".strip() for one in findings]


@pytest.mark.parametrize("name", PAGES)
def test_what_the_html_of_a_page_says(name: str, tmp_path: Path) -> None:
    text, wanted = PAGES[name]
    assert found(tmp_path, text) == wanted


def test_ids_of_a_template_may_exclude_each_other(tmp_path: Path) -> None:
    text = "{% if x %}\n## A {#key}\n{% else %}\n## B {#key}\n{% endif %}"
    config = CONFIG.replace("dialect: markdown", "dialect: none").replace("plugins:\n", "plugins:\n  - macros\n")
    assert found(tmp_path, text, config) == []


def test_a_link_with_an_empty_title_is_one_that_a_translation_has_too(tmp_path: Path) -> None:
    english = "# A\n\n[a](https://a.example/){.b}\n[c](https://c.example/){.b}\n"
    french = """# A\n\n[a](https://a.example/ ""){.b} [c](https://c.example/ ''){.b}\n"""
    files = {"mkdocs.yml": CONFIG, "docs/en/x.md": english, "docs/fr/x.md": french}
    assert case.findings(tmp_path, files) == []


def test_lines_with_bars_are_a_table_only_where_a_row_of_dashes_says_so(tmp_path: Path) -> None:
    table = "\n| a | b |\n| - | - |\n| c | d |\n"
    files = {"mkdocs.yml": CONFIG, "docs/en/x.md": f"# A\n\nb\n{table}", "docs/fr/x.md": f"# A\n\nb | c |\n{table}"}
    assert case.findings(tmp_path, files) == []

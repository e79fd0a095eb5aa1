"""A site in MkDocs' own Markdown comes out with docsite, byte for byte, as without it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.commands import run_docsite
from tests.native import native_site
from tests.native.native_site import I18N, LITERATE, MATERIAL, NAVIGATION, PLUGGED, TRANSLATIONS
from tests.plugin.test_site_build import Done, build

SITES = {
    "material": (MATERIAL, PLUGGED),
    "literate": (LITERATE, NAVIGATION),
    "i18n": (I18N, TRANSLATIONS),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def with_docsite(config_file: Path, dialect: str) -> None:
    config = config_file.read_text("utf-8")
    config_file.write_text(config.replace("plugins:\n", f"plugins:\n  - docsite: {{dialect: {dialect}}}\n"), "utf-8")


@pytest.fixture(autouse=True)
def _same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.mark.parametrize("name", SITES)
def test_it_comes_out_as_without_docsite(name: str, tmp_path: Path) -> None:
    config, files = SITES[name]
    config_file = native_site.write(tmp_path / "site", config, files)
    without = build(config_file, tmp_path / "without")
    assert without.code == 0, without.log
    expected = contents(without.site)
    assert len(expected) > 15
    for dialect in ("markdown", "none") if name == "material" else ("markdown",):
        config_file.write_text(config.replace("SNIPPETS", (tmp_path / "site/snippets").as_posix()), "utf-8")
        with_docsite(config_file, dialect)
        done = build(config_file, tmp_path / dialect)
        assert done.code == 0, done.log
        found = contents(done.site)
        assert found.keys() == expected.keys()
        assert [path for path, content in found.items() if content != expected[path]] == []
        check_log(done, without)


def check_log(done: Done, without: Done) -> None:
    """The broken links are reported with their places, by docsite alone."""
    said = [line for line in done.log.splitlines() if "nowhere.md" in line]
    assert len(said) == 1
    assert "docs/guide/index.md:5:34: error: " in said[0]
    assert len([line for line in without.log.splitlines() if "nowhere.md" in line]) == 1
    findings = [line for line in done.log.splitlines() if line.endswith("]") and "docsite:" in line]
    rules = {line.rpartition("[")[2] for line in findings}
    known = {"link-missing-page]", "link-missing-anchor]", "front-matter-syntax]"}
    of_translations = {rule for rule in rules if rule.startswith("translation-")}  # the French pages are short
    assert rules - of_translations <= known, findings
    assert not of_translations or "docs/index.fr.md" in done.log


def test_the_command_reads_it_as_the_build_does(tmp_path: Path) -> None:
    config_file = native_site.write(tmp_path, MATERIAL, PLUGGED)
    with_docsite(config_file, "markdown")
    done = run_docsite("check", "-f", config_file, "--format", "github")
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert [line for line in lines if "line=5,col=34" in line and "nowhere.md" in line]
    assert len([line for line in lines if "link-missing" in line]) == 2, lines


TAGGED: Mapping[str, str] = {
    "docs/index.md": """\
---
title: Own title
---
# Home --x

- item

    {% alert note %}
    In a *list*, see [guide]({{ site.baseurl }}/guide/#part).
    {% endalert %}

{% tabs %}
{% tab One %}
{% details More %}
Deep `{% tab %}`.
{% enddetails %}
{% endtab %}
{% tab Two %}
Second.
{% endtab %}
{% endtabs %}

```liquid
{% alert note %}{{ site.title }}{% endalert %}
```

{% panel %}{{ site.title }}{% endpanel %}

## Home --x
""",
    "docs/guide.md": "# Guide\n\n## Part\n\n--flag {% assign x = 1 %}\n",
}


def test_tags_work_on_the_pages_that_have_them(tmp_path: Path) -> None:
    for name, text in TAGGED.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    config = "site_name: Tagged\nstrict: true\nplugins:\n  - docsite: {dialect: markdown, liquid: {blocks: [panel]}}\n"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    done = build(tmp_path / "mkdocs.yml", tmp_path / "built")
    assert done.code == 0, done.log
    html = (done.site / "index.html").read_text("utf-8")
    assert '<p>In a <em>list</em>, see <a href="guide/#part">guide</a>.</p>' in html
    assert '<li>\n<p>item</p>\n<div class="admonition note">' in html
    assert html.count('class="tabbed-block"') == 2
    assert "<summary>More</summary>" in html
    assert "<code>{% tab %}</code>" in html
    assert "{% alert note %}{{ site.title }}{% endalert %}" in html
    assert '<div class="panel">\n<p>Tagged</p>' in html
    assert 'id="home-x"' in html
    assert 'id="home-x_1"' in html
    assert "--flag {% assign x = 1 %}" in (done.site / "guide/index.html").read_text("utf-8")


BESIDE_NATIVE = """\
# Home

=== "A"

    {% tabs %}
    {% tab One %}
    one
    {% endtab %}
    {% endtabs %}

=== "B"

    /// update | Own
    b
    ///

Term
:   Lead

    {% alert note %}
    in the definition
    {% endalert %}

Text[^1] and text[^2].

[^1]: {% alert tip %}first in the note{% endalert %}
[^2]: Lead

    {% details More %}
    second in the note

    {% enddetails %}

    After it.

- a {% alert note %}in an item{% endalert %} behind
- b

> - {% alert note %}in a quote{% endalert %}
> - c

End.
"""
"""Tags in containers of Python-Markdown, on a site that has blocks of pymdownx itself."""


def test_tags_stand_in_the_containers_of_a_site_with_blocks_of_its_own(tmp_path: Path) -> None:
    config = """\
site_name: Beside
plugins:
  - docsite: {dialect: markdown}
markdown_extensions:
  - def_list
  - footnotes
  - pymdownx.blocks.admonition: {types: [note, update]}
  - pymdownx.blocks.tab: {alternate_style: true}
  - pymdownx.tabbed: {alternate_style: true}
"""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(BESIDE_NATIVE, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    done = build(tmp_path / "mkdocs.yml", tmp_path / "built")
    assert done.code == 0, done.log
    page = LexborHTMLParser((done.site / "index.html").read_text("utf-8"))
    found = {
        name: node.text(separator=" ", strip=True).strip() for name, css in IN.items() if (node := page.css_first(css))
    }
    assert found == {
        "definition": "in the definition",
        "first note": "first in the note",
        "second note": "second in the note",
        "behind it": "After it. ↩",
        "item": "in an item",
        "next item": "b",
        "quote": "in a quote",
        "next in quote": "c",
        "text": "End.",
    }
    ids = [node.attributes["id"] for node in page.css("input[name^=__tabbed]")]
    assert ids == ["__tabbed_1_1", "__tabbed_1_2", "__tabbed_2_1"]
    assert [node.attributes["for"] for node in page.css("label[for^=__tabbed]")] == ids


IN = {
    "definition": "dd > .note > p + p",
    "first note": ".footnote li > .tip > p + p",
    "second note": ".footnote li > details > p",
    "behind it": ".footnote li > details + p",
    "item": "ul > li > .note > p + p",
    "next item": "ul > li:has(.note) + li",
    "quote": "blockquote li > .note > p + p",
    "next in quote": "blockquote li + li",
    "text": "blockquote + p",
}


def test_a_block_in_a_table_cell_is_reported_and_its_text_kept(tmp_path: Path) -> None:
    page = (
        "# Home\n\n| a |\n| - |\n| {% alert note %}Text{% endalert %} |\n\n"
        "a | b\n- | -\nc | {% alert note %}Bare{% endalert %}\nd | e\n"
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(page, "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nplugins:\n  - docsite: {dialect: markdown}\n", "utf-8")
    done = build(tmp_path / "mkdocs.yml", tmp_path / "built")
    assert "docs/index.md:5:6: error: A table cell of Python-Markdown cannot contain a block." in done.log
    assert "docs/index.md:9:8: error: A table cell of Python-Markdown cannot contain a block." in done.log
    html = (done.site / "index.html").read_text("utf-8")
    assert "<td>Text</td>" in html
    assert "<td>Bare</td>\n</tr>\n<tr>\n<td>d</td>" in html


def test_an_extension_that_does_not_exist_is_a_clear_error(tmp_path: Path) -> None:
    config = "site_name: T\nmarkdown_extensions: [nowhere]\nextra:\n  docsite: {dialect: none}\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    done = run_docsite("check", "-f", tmp_path / "mkdocs.yml")
    assert done.returncode == 2
    assert "mkdocs.yml: markdown_extensions: " in done.stderr
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr

"""Links of native pages: those of Python-Markdown's HTML, where they are written."""

from __future__ import annotations

import functools
import os
from importlib import import_module
from pathlib import Path

import pytest
from markdown import Extension, Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.snippets import SnippetPreprocessor

from docsite.config.settings import load_settings
from docsite.links.link import LinkKind
from docsite.links.native_links import find_links
from docsite.markup.native.code_spans import code_spans
from docsite.markup.native.page_html import MarkdownRenderer, PageHtml
from docsite.markup.native.taken_files import CLOCK
from docsite.project.cache import PageCache
from docsite.project.project import load_project
from tests.markup import case

RENDERER = MarkdownRenderer(["toc", "attr_list", "admonition", "footnotes", "pymdownx.superfences", "md_in_html"], {})


def links(text: str) -> list[tuple[str, str, str]]:
    """Kind, address, and the text at the link's place."""
    html = RENDERER.render(text)
    assert not html.failed
    return [
        (link.kind, link.address, text[link.start : link.stop])
        for link in find_links(text, html.addresses, code_spans(text))
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](b.md)", [(LinkKind.MARKDOWN, "b.md", "b.md")]),
        ("[a](b.md) [c](b.md)", [(LinkKind.MARKDOWN, "b.md", "b.md")] * 2),
        ("b.md is [b.md](b.md)", [(LinkKind.MARKDOWN, "b.md", "b.md")]),
        ("`[a](b.md)` [a](b.md)", [(LinkKind.MARKDOWN, "b.md", "b.md")]),
        ("```\n[a](b.md)\n```", []),
        ("!!! note\n\n    [a](b.md)", [(LinkKind.MARKDOWN, "b.md", "b.md")]),
        ("![a](b.png)", [(LinkKind.IMAGE, "b.png", "b.png")]),
        ("[x] and [x]\n\n[x]: b.md", [(LinkKind.DEFINITION, "b.md", "b.md")]),
        ("<a href='b.html'>x</a>", [(LinkKind.HTML, "b.html", "b.html")]),
        ('<div markdown="1">\n\n[a](b.md)\n\n</div>', [(LinkKind.MARKDOWN, "b.md", "b.md")]),
        ("[a](b.md?x=1&y=2)", [(LinkKind.MARKDOWN, "b.md?x=1&y=2", "b.md?x=1&y=2")]),
        ("[a](b.md?x=1&amp;y=2)", [(LinkKind.MARKDOWN, "b.md?x=1&y=2", "b.md?x=1&amp;y=2")]),
        ("[a](<b c.md>)", [(LinkKind.MARKDOWN, "b c.md", "b c.md")]),
        ("<https://example.com/a>", [(LinkKind.AUTOLINK, "https://example.com/a", "https://example.com/a")]),
        ("[a]({{ url }})", []),
        ("[a](b.md#c) [a](b.md)", [(LinkKind.MARKDOWN, "b.md#c", "b.md#c"), (LinkKind.MARKDOWN, "b.md", "b.md")]),
        ("[a](ab.md) [b](b.md)", [(LinkKind.MARKDOWN, "ab.md", "ab.md"), (LinkKind.MARKDOWN, "b.md", "b.md")]),
    ],
)
def test_a_link(text: str, found: list[tuple[str, str, str]]) -> None:
    assert links(text) == found


def test_the_place_is_that_of_the_address() -> None:
    text = "b.md is (b.md) [b.md](b.md)"
    (link,) = find_links(text, RENDERER.render(text).addresses, [])
    assert (link.start, link.stop) == (len(text) - 5, len(text) - 1)


def test_addresses_that_nobody_wrote_are_passed_over() -> None:
    lines = [f"#__codelineno-0-{number}" for number in range(3_000)]  # as of `anchor_linenums`
    (link,) = find_links("[a](#b)\n\n    code\n" * 20, [*lines, "#b"], [])
    assert link.address == "#b"


def test_ids_are_those_that_python_markdown_sets() -> None:
    text = "# One\n\n## One\n\n## É à { #own }\n\ntext[^1]\n\n[^1]: note\n"
    assert set(RENDERER.render(text).ids) >= {"one", "one_1", "own", "fn:1", "fnref:1"}


def test_an_extension_that_fails_is_no_end() -> None:
    broken = MarkdownRenderer(["toc", "pymdownx.snippets"], {"pymdownx.snippets": {"check_paths": True}})
    assert broken.render('--8<-- "nowhere.md"').failed == "pymdownx.snippets"
    assert broken.render("# One").ids == ("one",)


class _Importing(Preprocessor):
    def run(self, _lines: list[str]) -> list[str]:
        return [import_module("no_such_module").__name__]


class _ImportingExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.preprocessors.register(_Importing(), "importing", 1)


def test_an_extension_that_imports_in_vain_is_named_by_its_module() -> None:
    class Named(_ImportingExtension):
        __module__ = "elsewhere"

    assert MarkdownRenderer([Named()], {}).render("x").failed == __name__


def test_a_long_page_takes_no_longer_than_its_length_asks_for() -> None:
    numbers = range(4000)
    text = "a < b\n\n" + "\n".join(
        f"* Change [#{n}](https://example.org/{n}) by [@x](https://example.com/x)." for n in numbers
    )
    addresses = [address for n in numbers for address in (f"https://example.org/{n}", "https://example.com/x")]
    with case.within(20):
        assert len(find_links(text, addresses, [])) == 8000


def test_a_named_anchor_is_one_as_for_mkdocs() -> None:
    assert RENDERER.render('## Two\n\n<a name="one"></a>\n<input name="two-fields">').ids == ("two", "one")


def checked(config_file: Path) -> list[str]:
    """What a check finds."""
    found = load_project(load_settings(config_file), cache=PageCache(load_settings(config_file))).findings
    return [f"{finding.rule} {finding.target}" for finding in found]


def written(folder: Path, config: str, text: str) -> Path:
    """A site of one page; returns its mkdocs.yml."""
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text(text, "utf-8")
    config_file = folder / "mkdocs.yml"
    config_file.write_text(f"site_name: Native\nextra: {{docsite: {{dialect: markdown}}}}\n{config}", "utf-8")
    return config_file


def test_links_are_checked_where_the_theme_is_not_installed(tmp_path: Path) -> None:
    config_file = written(tmp_path, "theme: {name: absent}\nmarkdown_extensions: [toc]\n", "[a](gone.md)\n")
    assert checked(config_file) == ["link-missing-page gone.md"]


def test_a_page_that_cannot_be_rendered_is_reported_until_it_can(tmp_path: Path) -> None:
    options = f"{{check_paths: true, base_path: ['{tmp_path.as_posix()}']}}"
    config = f"markdown_extensions:\n  - pymdownx.snippets: {options}\n"
    config_file = written(tmp_path, config, '[a](gone.md)\n\n--8<-- "more.md"\n')
    assert checked(config_file) == ["markup-not-rendered pymdownx.snippets"]
    (tmp_path / "more.md").write_text("More.\n", "utf-8")
    assert checked(config_file) == ["link-missing-page gone.md"]


@pytest.mark.parametrize("appended", [True, False])
def test_a_page_is_read_again_only_when_files_that_it_takes_in_change(
    appended: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = f"{{auto_append: [{'links.md' if appended else ''}], base_path: ['{tmp_path.as_posix()}']}}"
    config = f"markdown_extensions:\n  - pymdownx.snippets: {options}\n"
    text = "[a][a]\n\n[b](b.md)\n" + ("" if appended else '\n--8<-- "links.md"\n')
    config_file = written(tmp_path, config, text)
    assert "link-missing-page b.md" in checked(config_file)  # the file may be missing
    (tmp_path / "links.md").write_text('[a]: index.md\n\n--8<-- "deeper.md"\n', "utf-8")
    (tmp_path / "deeper.md").write_text("Deep.\n", "utf-8")
    (tmp_path / "docs/b.md").write_text("# B\n\n[x](index.md#x)\n", "utf-8")
    assert checked(config_file) == ["link-missing-anchor index.md#x"]
    (tmp_path / "deeper.md").write_text("<a id='x' href='b.md'>x</a>\n", "utf-8")
    assert checked(config_file) == []

    def render(_renderer: MarkdownRenderer, _text: str) -> PageHtml:
        raise AssertionError

    monkeypatch.setattr(MarkdownRenderer, "render", render)
    assert checked(config_file) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_no_pipe_is_read_that_a_page_names_as_a_snippet(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    config_file = written(
        tmp_path / "site", "markdown_extensions: [pymdownx.snippets]\n", f'--8<-- "{tmp_path}/pipe"\n'
    )
    with case.within(20):
        assert checked(config_file) == []


def test_a_page_with_a_snippet_of_the_web_is_read_again_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SnippetPreprocessor, "download", functools.cache(lambda _self, _url: ["# Far"]))
    renderer = MarkdownRenderer(["toc", "pymdownx.snippets"], {"pymdownx.snippets": {"url_download": True}})
    assert renderer.render('--8<-- "https://example.org/far.md"') == PageHtml(("far",), inputs=frozenset([CLOCK]))
    assert renderer.render("# Near").inputs == frozenset()


@pytest.mark.parametrize("text", ["<!-- material/tags -->", "#### <!-- md:setting config.x -->"])
def test_ids_are_unknown_where_a_plugin_replaces_a_comment(text: str, tmp_path: Path) -> None:
    page = f"{text}\n\n[a](#config.x)\n"
    assert checked(written(tmp_path / "with", "plugins: [tags]\n", page)) == []
    assert checked(written(tmp_path / "without", "", page)) == ["link-missing-anchor #config.x"]


def test_ids_are_unknown_where_a_plugin_says_what_a_module_has(tmp_path: Path) -> None:
    text = "::: package.module\n\n[a](#config.x)\n"
    assert checked(written(tmp_path, "plugins: [mkdocstrings]\n", text)) == []
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nextra: {docsite: {dialect: markdown}}\n", "utf-8")
    assert checked(tmp_path / "mkdocs.yml") == ["link-missing-anchor #config.x"]


@pytest.mark.parametrize("hook", ["hooks: [more.py]\n", ""])
def test_a_hook_may_find_headings_behind_fences_of_its_own(hook: str, tmp_path: Path) -> None:
    """As that of Hatch, for which Python-Markdown alone takes the end of the fence for the beginning of one."""
    fence = "```\nb = 1\n```\n"
    text = f"# A\n\n``` toml config-example\na = 1\n```\n\n## Builds {{: #own }}\n\n## Dev mode\n\n{fence}"
    extensions = "markdown_extensions: [attr_list, pymdownx.superfences]\n"
    config_file = written(tmp_path, f"{extensions}{hook}", text)
    (tmp_path / "more.py").write_text("", "utf-8")
    (tmp_path / "docs/b.md").write_text("[a](index.md#own) [a](index.md#dev-mode) [a](index.md#gone)\n", "utf-8")
    wanted = ["gone"] if hook else ["own", "dev-mode", "gone"]
    assert checked(config_file) == [f"link-missing-anchor index.md#{name}" for name in wanted]


@pytest.mark.parametrize("plugin", ["literate-nav", "literate-nav: {nav_file: SUMMARY.md}", "search"])
def test_a_link_to_a_folder_stands_for_its_pages_where_literate_nav_reads_it(plugin: str, tmp_path: Path) -> None:
    config_file = written(tmp_path, f"plugins: [{plugin}]\n", "# Home\n")
    (tmp_path / "docs/more").mkdir()
    for name in ("SUMMARY.md", "more/SUMMARY.md"):
        (tmp_path / "docs" / name).write_text("- [More](more/)\n", "utf-8")
    assert checked(config_file) == (["link-missing-page more/"] * 2 if plugin == "search" else [])


def test_an_anchor_in_the_letters_of_its_heading_is_shown_as_python_markdown_writes_it(tmp_path: Path) -> None:
    config_file = written(tmp_path, "", "# A\n\n## Größe ändern\n\n## Größe\n\n[a](#größe-ändern) [b](#Größe)\n")
    found = load_project(load_settings(config_file)).findings
    assert [finding.suggestion for finding in found] == ["#groe-andern", "#groe"]


@pytest.mark.parametrize("text", ["<!-- a note -->", "<!-- docsite: ignore -->", "```\n<!-- material/tags -->\n```"])
def test_ids_are_known_beside_other_comments(text: str, tmp_path: Path) -> None:
    assert "link-missing-anchor #config.x" in checked(written(tmp_path, "", f"{text}\n\n[a](#config.x)\n"))


@pytest.mark.parametrize("extension", ["smarty", "markdown.extensions.smarty", "smarty: {smart_dashes: false}", "toc"])
def test_signs_that_an_extension_writes_need_not_be_typed(extension: str, tmp_path: Path) -> None:
    config = f"theme: {{name: mkdocs, locale: fr}}\nmarkdown_extensions: [{extension}]\n"
    found = checked(written(tmp_path, config, "# Titre\n\nL'étape suivante... la voici !\n"))
    more = ["typography-apostrophe '", "typography-ellipsis ..."] if extension == "toc" else []
    assert sorted(found) == sorted([*more, "typography-space  !"])

"""Order, labels and titles of the navigation: what MkDocs or another plugin decides stays as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

CONFIG = """\
site_name: Site
site_url: https://docs.example.com/
theme: {{name: null, custom_dir: theme}}
plugins:
{plugins}
  - docsite
"""
I18N = """\
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: fr, name: Français}
"""
THEME = """\
{%- macro entries(items) -%}
[{% for item in items %}{{ [item.title, item.url or ""] | tojson if not item.children else "" }}
{%- if item.children %}[{{ item.title | tojson }}, {{ entries(item.children) }}]{% endif %}{{ "," if not loop.last }}
{%- endfor %}]
{%- endmacro -%}
{"title": {{ page.title | string | tojson }}, "nav": {{ entries(nav.items) }}}
"""
PAGES = {
    "index.md": "# Home\n",
    "alpha.md": "---\npage_order: 2\n---\n# Alpha\n",
    "beta.md": "---\npage_order: 1\n---\n# Beta\n",
    "guides/index.md": "---\nnav_title: Guides of ours\npage_order: 3\n---\n# Guides\n",
    "guides/one.md": "# One\n",
}


def pages(
    root: Path, files: Mapping[str, str], plugins: str = "", more: str = "", *, docsite: bool = True
) -> dict[str, Any]:
    """What each page of a built site says of itself and of the navigation."""
    written = {f"docs/{name}": text for name, text in files.items()}
    settings = CONFIG.format(plugins=plugins).replace("" if docsite else "  - docsite\n", "")
    written |= {"mkdocs.yml": settings + more, "theme/main.html": THEME}
    for name, text in written.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(root / "site"))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return {
        path.relative_to(root / "site").as_posix(): json.loads(path.read_text("utf-8"))
        for path in (root / "site").rglob("*.html")
        if path.name != "404.html" and "<html" not in path.read_text("utf-8")
    }


def labels(nav: list[Any]) -> list[Any]:
    return [[item[0], labels(item[1])] if isinstance(item[1], list) else item[0] for item in nav]


def navigation(root: Path, files: Mapping[str, str], plugins: str = "", more: str = "") -> list[Any]:
    return labels(pages(root, files, plugins, more)["index.html"]["nav"])


def test_page_order_sorts_where_nothing_else_decides(tmp_path: Path) -> None:
    assert navigation(tmp_path, PAGES) == ["Home", "Beta", "Alpha", ["Guides of ours", ["Guides of ours", "One"]]]


def test_the_nav_of_mkdocs_yml_decides_order_and_labels(tmp_path: Path) -> None:
    more = "nav: [index.md, Second: guides/one.md, alpha.md, {Others: [beta.md, Own label: guides/index.md]}]\n"
    assert navigation(tmp_path, PAGES, more=more) == [
        "Home",
        "Second",
        "Alpha",
        ["Others", ["Beta", "Own label"]],
    ]


def test_awesome_nav_decides(tmp_path: Path) -> None:
    nav = {".nav.yml": "nav:\n  - index.md\n  - alpha.md\n  - My beta: beta.md\n  - guides\n"}
    assert navigation(tmp_path, PAGES | nav, "  - awesome-nav") == [
        "Home",
        "Alpha",
        "My beta",
        ["Guides", ["Guides of ours", "One"]],
    ]


def test_literate_nav_decides(tmp_path: Path) -> None:
    nav = {"SUMMARY.md": "- [Start](index.md)\n- [A](alpha.md)\n- [B](beta.md)\n"}
    more = "exclude_docs: SUMMARY.md\n"
    plugin = "  - literate-nav: {nav_file: SUMMARY.md}"
    assert navigation(tmp_path, PAGES | nav, plugin, more) == ["Start", "A", "B"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_language_has_its_order_and_labels(tmp_path: Path, language: str) -> None:
    files = {f"{code}/{name}": text for code in ("en", "fr") for name, text in PAGES.items()}
    root = "" if language == "en" else "fr/"
    built = pages(tmp_path, files, I18N)
    wanted = ["Home", "Beta", "Alpha", ["Guides of ours", ["Guides of ours", "One"]]]
    assert labels(built[f"{root}index.html"]["nav"]) == wanted


TITLES = {
    "begins-with-h2": ("## Part\n\n# Title\n", "Begins with h2"),
    "no-heading": ("Text.\n", "No heading"),
    "kramdown": ("# Title {#own}\n", "Title"),
    "attribute-list": ("# Title\n{: #own .wide}\n", "Title"),
    "image": ("# ![logo](logo.svg) Title\n", "logo Title"),
    "markup": ("# The *fine* `code`\n", "The fine code"),
    "front-matter": ("---\ntitle: Given\n---\n# Title\n", "Given"),
    "nav-title": ("---\nnav_title: Short\ntitle: Given\n---\n# Title\n", "Short"),
    "article-title": ("---\narticle_title: Long\n---\n# Title\n", "Long"),
    "text-first": ("Text.\n\n# Title\n", "Text first"),
    "braces": ("# Use {{ site.title }}\n", "Use Site"),
}


def titles(built: Mapping[str, Any]) -> dict[str, str]:
    return {path.removesuffix("/index.html"): page["title"] for path, page in built.items()}


def test_without_keys_of_the_dialect_titles_are_as_without_docsite(tmp_path: Path) -> None:
    cases = {f"{name}.md": text for name, (text, _) in TITLES.items() if "_title" not in text and "{" not in text}
    files = {"index.md": "# Home\n", "logo.svg": "<svg/>", **cases}
    native = {"attributes.md": "# Title { #own .wide }\n"}
    more = "markdown_extensions: [attr_list]\n"
    alone = titles(pages(tmp_path / "alone", files | native, "  - search", more, docsite=False))
    assert alone["attributes"] == "Title"
    setting = "extra: {docsite: {dialect: markdown}}\n"
    assert titles(pages(tmp_path / "native", files | native, more=more + setting)) == alone
    del alone["attributes"]
    assert titles(pages(tmp_path / "dialect", files, more=more)) == alone


def test_titles_are_those_of_mkdocs(tmp_path: Path) -> None:
    files = {"index.md": "# Home\n", "logo.svg": "<svg/>", **{f"{name}.md": text for name, (text, _) in TITLES.items()}}
    built = pages(tmp_path, files)
    assert {name: titles(built)[name] for name in TITLES} == {name: title for name, (_, title) in TITLES.items()}

"""One golden input through our dialect, as far as HTML, without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import markdown
import yaml

from docsite.config.site import Locale
from docsite.diagnostics.findings import Finding
from docsite.markup.heading_ids import HeadingText, ids_from_text
from docsite.markup.inlines.inline_nodes import plain_text
from docsite.markup.labels import ALERTS
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.markdown_extension import DialectExtension
from docsite.markup.placeholders import BASEURL
from docsite.markup.render import Rendered, render_page
from docsite.markup.source_file import decode_source, parse_page

GOLDEN = Path(__file__).parent / "golden"
BLOCKS = ("api", "apitags")

EXTENSIONS = [
    "abbr", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "smarty", "tables", "toc",
    "pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.blocks.tab",
    "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
NATIVE = ["admonition", "pymdownx.details", "pymdownx.tabbed"]
"""Extensions of documents that hold what only Python-Markdown knows."""
OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.blocks.admonition": {"types": list(ALERTS)},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tilde": {"subscript": False},
}


@dataclass(frozen=True)
class Result:
    """What became of an input."""

    markdown: str
    html: str
    findings: tuple[Finding, ...]
    rendered: Rendered


@cache
def _site() -> dict[str, Any]:
    site = yaml.safe_load((GOLDEN / "_site.yml").read_text("utf-8"))
    data = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (GOLDEN / "_data").glob("*.yml")}
    return {language: {**values, "data": data} for language, values in site.items()}


@cache
def _converter(*, native: bool) -> markdown.Markdown:
    added = NATIVE if native else []
    return markdown.Markdown(extensions=[*EXTENSIONS, *added, DialectExtension()], extension_configs=OPTIONS)


def convert(path: Path) -> Result:
    """Render the golden input `NAME.LANGUAGE.md`."""
    return convert_text(path.read_text("utf-8"), path.stem.rsplit(".", 1)[1], path.name)


def convert_text(source: str, language: str, name: str, *, native: bool = False) -> Result:
    """Render a page; addresses are only put behind the base address, since there is no guide around."""
    given = parse_page(decode_source(source.encode(), name), Locale(language, "", ""), name, "/")
    site = _site()[language]
    variables = {
        "site": {**site, "baseurl": BASEURL},
        "page": {"url": f"/{name.removesuffix('.md')}", "path": name, **given.meta},
    }
    dialect = LiquidEnvironment(GOLDEN / "_includes", BLOCKS, lambda included: included.name)
    containers = frozenset(("!!!", "???", "===", "///")) if native else frozenset()
    rendered = render_page(dialect, given.file, given.body, variables, language, containers)
    headings = [
        HeadingText(heading.level, plain_text(rendered.inlines.nodes(heading)), heading.id)
        for heading in rendered.document.headings()
    ]
    ids = [(heading.id, heading.aliases) for heading in ids_from_text(headings)]
    text = rendered.markdown(ids, base_path=site["baseurl"])
    html = _converter(native=native).reset().convert(text)
    return Result(text, html, (*given.findings, *rendered.findings), rendered)

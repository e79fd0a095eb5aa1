"""One golden input through our dialect, as far as HTML, without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import markdown
import yaml

from docsite.config.settings import Locale
from docsite.diagnostics.findings import Finding
from docsite.markup.heading_ids import ids_from_text
from docsite.markup.labels import ALERTS
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.markdown_extension import DialectExtension
from docsite.markup.placeholders import BASEURL, heading_marker
from docsite.markup.render import render_page
from docsite.markup.source_file import parse_page, read_source
from docsite.project.project import apply_edits

GOLDEN = Path(__file__).parent / "golden"
BLOCKS = ("api", "apitags")

EXTENSIONS = [
    "abbr", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "smarty", "tables", "toc",
    "pymdownx.blocks.admonition", "pymdownx.blocks.details", "pymdownx.blocks.html", "pymdownx.blocks.tab",
    "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist", "pymdownx.tilde",
]  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "pymdownx.blocks.admonition": {"types": list(ALERTS)},
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.tilde": {"subscript": False},
}


@dataclass(frozen=True)
class Result:
    """What became of an input."""

    markdown: str
    html: str
    findings: tuple[Finding, ...]


@cache
def _site() -> dict[str, Any]:
    site = yaml.safe_load((GOLDEN / "_site.yml").read_text("utf-8"))
    data = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (GOLDEN / "_data").glob("*.yml")}
    return {language: {**values, "data": data} for language, values in site.items()}


def convert(path: Path) -> Result:
    """Render `NAME.LANGUAGE.md`; addresses are only put behind the base address, since there is no guide around."""
    language = path.stem.rsplit(".", 1)[1]
    given = parse_page(read_source(path, path.name), Locale(language, language, "", True), path.name)
    site = _site()[language]
    variables = {
        "site": {**site, "baseurl": BASEURL},
        "page": {"url": f"/{path.stem}", "path": path.name, **given.meta},
    }
    dialect = LiquidEnvironment(GOLDEN / "_includes", BLOCKS, lambda included: included.name)
    rendered = render_page(dialect, given.file, given.body, variables, language)
    headings = zip(ids_from_text(rendered.headings), rendered.headings, strict=True)
    notes = [(at.offset, at.offset, heading_marker(heading.id, ())) for heading, at in headings if heading.id]
    text = apply_edits(rendered.text.text, notes).replace(BASEURL, site["baseurl"])
    converter = markdown.Markdown(extensions=[*EXTENSIONS, DialectExtension()], extension_configs=OPTIONS)
    return Result(text, converter.convert(text), (*given.findings, *rendered.findings))

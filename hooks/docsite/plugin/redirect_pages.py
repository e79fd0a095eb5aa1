"""Old addresses of pages: each becomes a page that leads to the new one, hash and query kept."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from docsite._util.catalog import translate
from docsite._util.files import write_atomically
from docsite.config.dialect import Dialect
from docsite.links.redirects import redirect_file
from docsite.links.urls import relative_url
from docsite.plugin.build_log import log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from docsite.project.project import Project
    from docsite.project.project_page import ProjectPage

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
{canonical}<meta http-equiv="refresh" content="1; url={to}">
<script>location.replace({script} + location.search + location.hash)</script>
</head>
<body><p><a href="{to}">{title}</a></p></body>
</html>
"""


def write_redirects(guide: Project | None, titles: Mapping[str, str], config: MkDocsConfig) -> None:
    """Write a redirect for each alias of each page, never over a page of the site or outside it.

    Args:
        titles: of the pages that were built, by their path in findings.
    """
    pages = guide.pages.values() if guide and guide.settings.dialect is not Dialect.NONE else ()
    for page in pages:
        for alias in page.facts.aliases:
            _write_one(page, alias.value, titles.get(page.path, page.title), config)


def _write_one(page: ProjectPage, alias: str, title: str, config: MkDocsConfig) -> None:
    site = Path(config.site_dir).resolve()
    file = redirect_file(page.target.root, alias)
    old = file.removesuffix("index.html")
    try:
        path = (site / file).resolve()
        if path.is_relative_to(site) and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, _html(page, old, title, config))
    except (OSError, ValueError):  # a check has said so, unless another plugin has written what is in the way
        said = translate("{page}: no redirect from “{alias}” could be written.")
        log.warning("%s", said.format(page=page.path, alias=alias))


def _html(page: ProjectPage, old: str, title: str, config: MkDocsConfig) -> str:
    to = quote(relative_url(old, page.target.address))
    base = (config.site_url or "").rstrip("/")
    address = f"{base}/{quote(page.target.address)}"
    canonical = f'<link rel="canonical" href="{html.escape(address)}">\n' if base else ""
    return _PAGE.format(
        lang=html.escape(page.target.locale),
        title=html.escape(title),
        canonical=canonical,
        to=html.escape(to),
        script=f'"{to}"',
    )

"""A Markdown copy beside each page, and in each language an llms.txt that lists them (https://llmstxt.org).

`extra.docsite.markdown_copies: true` turns it on. Templates then know the copy of a page as `markdown_copy`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urljoin

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

from docsite._util.files import write_atomically
from docsite.config.mkdocs_site import theme_language
from docsite.plugin.markdown_text import page_markdown
from docsite.plugin.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

    from docsite.config.settings import Settings

LIST = "llms.txt"


@dataclass
class _Language:
    """What is kept of a language until the site is complete."""

    name: str
    description: str
    folder: str
    nav: Navigation
    copies: dict[str, str] = field(default_factory=dict)


class PageCopies:
    """The copies of each language, until the last one is built."""

    def __init__(self) -> None:
        self._enabled = False
        self._languages: dict[str, _Language] = {}

    def begin(self, settings: Settings | None, *, first: bool) -> None:
        """Call in on_config."""
        self._enabled = bool(settings and settings.markdown_copies)
        if first:
            self._languages = {}

    def add(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Keep a page's copy, and tell the template of it. Call in on_page_context."""
        if not self._enabled:
            return
        code = theme_language(config)
        language = self._languages.get(code)
        if language is None:
            home = nav.homepage.url if nav.homepage else ""
            language = _Language(config.site_name, config.site_description or "", home, nav)
            self._languages[code] = language
        url = urljoin(f"{config.site_url.rstrip('/')}/", page.url) if config.site_url else ""
        name = copy_name(page)
        language.copies[name] = page_markdown(page.content or "", plain_title(page), url)
        cast("dict[str, Any]", context)["markdown_copy"] = name

    def write(self, config: MkDocsConfig) -> None:
        """Write the copies and the lists. Call when the site is complete."""
        for language in self._languages.values():
            for name, text in language.copies.items():
                write_atomically(Path(config.site_dir, name), text)
            folder = language.folder.rpartition("/")[0]
            write_atomically(Path(config.site_dir, folder, LIST), _list(language, config.site_url or ""))


def copy_name(page: Page) -> str:
    """The path of a page's copy in the site."""
    return page.file.dest_uri.removesuffix(".html") + ".md"


def _list(language: _Language, site_url: str) -> str:
    lines = [f"# {language.name}", ""]
    lines += [f"> {language.description}", ""] if language.description else []
    lines += _entries(language.nav.items, language, site_url)
    return "\n".join(lines).rstrip() + "\n"


def _entries(items: Iterable[Any], language: _Language, site_url: str) -> Iterator[str]:
    """The pages of a level of the navigation, then its sections."""
    items = list(items)
    pages = [item for item in items if isinstance(item, Page) and copy_name(item) in language.copies]
    yield from (_entry(page, site_url) for page in pages)
    for section in items:
        if isinstance(section, Section):
            yield from ("", f"## {plain_title(section)}", "")
            yield from _entries(section.children, language, site_url)


def _entry(page: Page, site_url: str) -> str:
    address = urljoin(f"{site_url.rstrip('/')}/", copy_name(page)) if site_url else copy_name(page)
    description = page.meta.get("description")
    return f"- [{plain_title(page)}]({address})" + (f": {description}" if description else "")

"""What readers get beside the pages: the search, Markdown copies, dates. One door to them for the events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from docsite.built_site.security_headers import write_security_headers
from docsite.config.dialect import Dialect
from docsite.plugin.build_state import within_build
from docsite.plugin.git_dates import GitDates
from docsite.plugin.page_copies import PageCopies
from docsite.plugin.reproducible import forget_build_time
from docsite.plugin.search.collector import SearchCollector
from docsite.plugin.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from docsite.config.settings import Settings


class ReaderParts:
    """The parts, each of which its own setting turns on; dates are asked for by the templates that show them."""

    def __init__(self) -> None:
        self._search = SearchCollector()
        self._copies = PageCopies()
        self._dates = GitDates()
        self._headers = False
        self._reproducible = False

    def begin(self, config: MkDocsConfig, settings: Settings | None) -> None:
        """Call in on_config, once per language."""
        first = not within_build(config)
        self._headers = bool(settings and settings.security_headers)
        self._reproducible = bool(settings and settings.dialect is Dialect.JEKYLL)  # a native site stays as it is
        self._search.begin(config, settings, first=first)
        self._copies.begin(settings, first=first)
        self._dates.begin(config.docs_dir)

    def add_template_globals(self, env: Environment, config: MkDocsConfig) -> None:
        """Give the templates what the search has for them, and `last_updated(page)`. Call in on_env."""
        self._search.add_template_globals(env, config)
        env.globals["last_updated"] = self._dates.last_updated

    def add_page(self, context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        """Give the templates `plain_title`, without markup, and `markdown_copy`. Call in on_page_context."""
        cast("dict[str, Any]", context)["plain_title"] = str(page.meta.get("title") or plain_title(page))
        self._search.add(page, config)
        self._copies.add(context, page, config, nav)

    def write(self, config: MkDocsConfig, terms: Sequence[Mapping[str, Any]]) -> None:
        """Call when the site is complete."""
        self._search.write(config, terms)
        self._copies.write(config)
        self._dates.forget()
        if self._headers:
            write_security_headers(config.site_dir)
        if self._reproducible:
            forget_build_time(config.site_dir)

"""The MkDocs plugin: each event hands over to a module of this package and does nothing itself.

Numbers are priorities: static-i18n runs at -100 where it lays out languages, and at 50 where it fills contexts; mike
runs at 0.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority

from docsite._util.catalog import preferred_language, translate, use_language
from docsite._util.interruption import raise_on_signals
from docsite.config.dialect import Dialect
from docsite.plugin import alternates, extension_strings, mike_integration, preview_failure, redirect_pages
from docsite.plugin.build_state import BuildState
from docsite.plugin.glossary import Glossary
from docsite.plugin.log_filter import keep_log_harmless
from docsite.plugin.nav import NavWatch, name_sections, sort_nav
from docsite.plugin.reader_parts import ReaderParts
from docsite.plugin.titles import escape_page_titles, escape_section_titles

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


def _anything() -> c.Optional[object]:
    """An option of which MkDocs has to know the name only."""
    return c.Optional(c.Type(object))


class DocsiteConfig(Config):  # type: ignore[no-untyped-call] # of MkDocs
    """The plugin's options: those of `extra.docsite`, which either place may hold.

    `config.settings` reads and checks them, for the build and the commands alike.
    """

    dialect = _anything()
    includes = _anything()
    data_ = _anything()  # MkDocs drops the underscore: `data` is an attribute of every Config
    site_file = _anything()
    front_matter = _anything()
    page_types = _anything()
    python = _anything()
    site = _anything()
    ignore = _anything()
    other_sites = _anything()
    external = _anything()
    severity = _anything()
    baseline = _anything()
    liquid = _anything()
    rules_url = _anything()
    search = _anything()
    markdown_copies = _anything()
    security_headers = _anything()


class DocsitePlugin(BasePlugin[DocsiteConfig]):  # type: ignore[no-untyped-call] # of MkDocs
    """Renders the dialect, checks the pages, and tells the theme of languages and versions."""

    def __init__(self) -> None:
        self.state = BuildState()
        self.nav_watch = NavWatch()
        self.glossary = Glossary()
        self.parts = ReaderParts()
        self.site_url = mike_integration.VersionedSiteUrl()

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - named by MkDocs
        self.state.serving = command == "serve"
        _prepare_process(serving=self.state.serving)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:  # noqa: ARG002
        return preview_failure.show_failures(server)

    def _dialect_as_written(self, config: MkDocsConfig) -> str:
        """The dialect before the settings are checked, which is after mike has its turn."""
        extra = config.extra.get("docsite") or {}
        return str(extra.get("dialect") or self.config.get("dialect") or Dialect.JEKYLL)

    @event_priority(60)
    def _before_mike(self, config: MkDocsConfig) -> None:
        self.site_url.before_mike(config, own_selector=self._dialect_as_written(config) == Dialect.JEKYLL)

    @event_priority(-60)
    def _after_mike(self, config: MkDocsConfig) -> None:
        self.site_url.after_mike(config)

    @event_priority(-110)
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        _refuse_two(config)
        self.state.begin(config)
        return extension_strings.localise_extensions(config) if self.state.jekyll else config

    @event_priority(-120)
    def _begin_parts(self, config: MkDocsConfig) -> None:
        self.parts.begin(config, self.state.settings)

    on_config: CombinedEvent[Any, Any] = CombinedEvent(_before_mike, _after_mike, _begin, _begin_parts)

    @event_priority(-90)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        return self.state.read(files, config)

    @event_priority(100)
    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        return self.state.markdown(markdown, page)

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        self.state.content(html, page)
        return self.glossary.link_terms(self.state.set_spaces(html, page), page, self.state.language(page))

    @event_priority(110)
    def _before_nav_plugins(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        self.nav_watch.before_plugins(nav)

    @event_priority(-90)
    def _after_nav_plugins(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        self.nav_watch.after_plugins(nav, config)

    @event_priority(-110)
    def _sort_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002
        if self.state.jekyll and not self.nav_watch.decided:
            name_sections(nav.items, self.state.section_title)
            sort_nav(nav, self.state.order)
        return escape_section_titles(nav) if self.state.jekyll else nav

    @event_priority(-120)
    def _find_glossary(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        self.glossary.begin(nav.pages, self.state)

    on_nav: CombinedEvent[Any, Any] = CombinedEvent(_before_nav_plugins, _after_nav_plugins, _sort_nav, _find_glossary)

    def _fill_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        mike_integration.add_template_globals(env, config)
        self.parts.add_template_globals(env, config)
        self.glossary.list_uses()

    def _escape_titles(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        if self.state.jekyll:
            escape_page_titles(files)

    on_env: CombinedEvent[Any, Any] = CombinedEvent(_fill_env, _escape_titles)

    @event_priority(40)
    def _complete_context(
        self,
        context: TemplateContext,
        *,
        page: Page,
        config: MkDocsConfig,
        nav: Navigation,  # noqa: ARG002
    ) -> TemplateContext:
        if not self.state.jekyll:
            return context
        return mike_integration.page_context(alternates.page_context(context, page, config), page, config)

    @event_priority(30)
    def _add_page(self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:
        self.parts.add_page(context, page, config, nav)

    on_page_context: CombinedEvent[Any, Any] = CombinedEvent(_complete_context, _add_page)

    @event_priority(40)
    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        return alternates.template_context(context, template_name, config) if self.state.jekyll else context

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        return alternates.post_template(output_content, template_name, config) if self.state.jekyll else output_content

    @event_priority(-200)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.state.complete(config):
            redirect_pages.write_redirects(self.state.guide, self.state.titles, config)
            mike_integration.write_version_pages(config)
            self.parts.write(config, self.state.terms)


def _prepare_process(*, serving: bool) -> None:
    use_language(preferred_language(os.environ))
    keep_log_harmless()
    if serving:
        raise_on_signals()  # MkDocs tidies up after Ctrl-C alone


def _refuse_two(config: MkDocsConfig) -> None:
    """Raise when the plugin is at work twice, as a plugin and as a hook: each page would be rendered twice."""
    names = [
        name for name, entry in config.plugins.items() if isinstance(vars(entry).get("plugin", entry), DocsitePlugin)
    ]
    if len(names) > 1:
        twice = translate("docsite is named twice in mkdocs.yml ({first} and {second}): keep one of them.")
        raise PluginError(twice.format(first=names[0], second=names[1]))

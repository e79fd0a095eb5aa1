"""The MkDocs events of the guide: each hands over to `docsite` and does nothing itself.

Numbers are priorities: static-i18n runs at -100 where it lays out languages, and at 50 where it fills contexts; mike
runs at 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import CombinedEvent, event_priority

from docsite.plugin import alternates, extension_strings, mike_integration, redirects
from docsite.plugin.build_state import BuildState
from docsite.plugin.nav import sort_nav

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

session = BuildState()
address = mike_integration.VersionedSiteUrl()


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001 - named by MkDocs
    session.serving = command == "serve"


@event_priority(60)
def _before_mike(config: MkDocsConfig) -> None:
    address.before_mike(config)


@event_priority(-60)
def _after_mike(config: MkDocsConfig) -> None:
    address.after_mike(config)


@event_priority(-110)
def _begin(config: MkDocsConfig) -> MkDocsConfig:
    session.begin(config)
    return extension_strings.localise_extensions(config)


on_config = CombinedEvent(_before_mike, _after_mike, _begin)


@event_priority(-110)
def on_files(files: Files, config: MkDocsConfig) -> Files:  # noqa: ARG001
    return session.publish(files)


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    return session.markdown(markdown, page)


@event_priority(-100)
def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    session.content(html, page)


@event_priority(-110)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001
    return sort_nav(nav, session.order)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    mike_integration.add_template_globals(env, config)


@event_priority(40)
def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:  # noqa: ARG001
    return mike_integration.page_context(alternates.page_context(context, page, config), page, config)


@event_priority(40)
def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    return alternates.template_context(context, template_name, config)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return alternates.post_template(output_content, template_name, config)


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    if session.complete(config):
        redirects.write_redirects(session.guide, config)
        mike_integration.write_version_pages(config)

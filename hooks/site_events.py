"""The MkDocs events of the guide: each hands over to `docsite` and does nothing itself.

Numbers are priorities: static-i18n runs at -100 where it lays out languages, and at 50 where it fills contexts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from docsite.site import alternates, navigation, redirects, wording
from docsite.site.session import Session

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

session = Session()


def on_startup(command: str, dirty: bool) -> None:  # noqa: ARG001 - named by MkDocs
    session.serving = command == "serve"


@event_priority(-110)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    session.begin(config)
    return wording.localise_extensions(config)


@event_priority(-110)
def on_files(files: Files, config: MkDocsConfig) -> Files:  # noqa: ARG001
    return session.publish(files)


@event_priority(100)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    return session.markdown(markdown, page)


@event_priority(-110)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG001
    return navigation.ordered(nav, session.order)


@event_priority(40)
def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:  # noqa: ARG001
    return alternates.page_context(context, page, config)


@event_priority(40)
def on_template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    return alternates.template_context(context, template_name, config)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return alternates.post_template(output_content, template_name, config)


@event_priority(-200)
def on_post_build(config: MkDocsConfig) -> None:
    if session.complete(config):
        redirects.write(session.guide, config)

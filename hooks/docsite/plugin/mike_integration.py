"""The site as one of several versions, each in a folder of its own, as mike publishes them.

mike says in the environment which version it builds. Without mike nothing here has an effect, but for `page_context`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsite._util.files import write_atomically
from docsite.built_site import version_pages
from docsite.config.settings import MIKE_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

MIKE = "mike"


def current_version(config: MkDocsConfig) -> str:
    """The version that mike is building; "" when mike is not at work."""
    return os.environ.get(MIKE_VERSION, "") if MIKE in config.plugins else ""


class VersionedSiteUrl:
    """The site's address, to which mike adds the version: once per language, and without a slash at the end."""

    def __init__(self) -> None:
        self._before: str | None = None

    def before_mike(self, config: MkDocsConfig, *, own_selector: bool) -> None:
        """Undo what mike did for the language before. Call in on_config, ahead of mike (whose priority is 0).

        Args:
            own_selector: whether the theme has a version selector that takes the place of mike's.
        """
        if not current_version(config):
            return
        if self._before is None:
            self._before = config.site_url or ""
        config.site_url = self._before
        if own_selector:  # mike's knows neither languages nor pages
            config.plugins[MIKE].config["version_selector"] = False

    def after_mike(self, config: MkDocsConfig) -> None:
        """Complete the address. Call in on_config, between mike and static-i18n (whose priority is -100)."""
        if current_version(config) and config.site_url:
            config.site_url = config.site_url.rstrip("/") + "/"


def add_template_globals(env: Environment, config: MkDocsConfig) -> None:
    """Give the templates `docs_version`. Call in on_env."""
    env.globals["docs_version"] = current_version(config)


def write_version_pages(config: MkDocsConfig) -> None:
    """Write which pages the version has. Call when the site is complete."""
    if current_version(config):
        site = Path(config.site_dir)
        write_atomically(
            site / version_pages.FILE,
            version_pages.encode_version_pages(version_pages.build_version_pages(_html(site))),
        )


def _html(site: Path) -> Iterator[tuple[str, bytes]]:
    for path in site.rglob("*.html"):
        yield path.relative_to(site).as_posix(), path.read_bytes()


def page_context(context: TemplateContext, page: Page, config: MkDocsConfig) -> TemplateContext:
    """Where a language lacks the page, lead the selector to the nearest page above it. Call after `alternates`."""
    translations: dict[str, Any] = getattr(page.file, "alternates", {})
    for item in config.extra.get("alternate") or ():
        if translations and item["lang"] not in translations:
            item["elsewhere"] = True
            item["link"] = _translation_above(page, item["lang"], config) or item["link"]
    return context


def _translation_above(page: Page, language: str, config: MkDocsConfig) -> str | None:
    plugin = config.plugins["i18n"]
    siblings = getattr(plugin, "i18n_files_per_language", {}).get(getattr(plugin, "current_language", None), ())
    places = {version_pages.url_of(file.url): file for file in siblings}
    folders = (places.get(folder) for folder in version_pages.parent_paths(version_pages.url_of(page.file.url)))
    found = (folder.alternates.get(language) for folder in folders if folder is not None)
    return next((translation.url for translation in found if translation is not None), None)

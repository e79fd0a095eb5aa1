"""Where a page is in the other languages: for the selector, <head> and the sitemap.

static-i18n knows the answer (`page.file.alternates`) but uses it only on inner pages, and
lists a page that falls back to another language as a translation. The functions here are to
be called by the MkDocs events of the same name, after static-i18n (whose priority is 50).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, cast
from urllib.parse import urljoin

from docsite._util.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

PLUGIN = "i18n"


class I18nFile(Protocol):
    """A File as static-i18n leaves it."""

    url: str
    locale: str  # of its text
    locale_alternate_of: str  # of the part of the site that shows it
    alternates: Mapping[str, I18nFile]


class Alternate(NamedTuple):
    """An address for <link rel="alternate">."""

    lang: str
    url: str


class SitemapEntry(NamedTuple):
    """A page of the sitemap."""

    url: str
    alternates: list[Alternate]


def page_context(context: TemplateContext, page: Page, config: MkDocsConfig) -> TemplateContext:
    """Lead the selector to the same page, and hand its translations to the templates."""
    file = _local(page.file)
    if file is None:
        return context
    _set_selector(config, _homes(config) | {lang: other.url for lang, other in file.alternates.items()})
    original = file.alternates.get(file.locale)
    if config.site_url and original is not None and file.locale != file.locale_alternate_of:
        # A fallback page repeats the page it stands in for: that one is the page to find.
        page.canonical_url = _absolute(config, original)
    cast("dict[str, Any]", context)["alternates"] = _translations(file, config)
    return context


def template_context(context: TemplateContext, template_name: str, config: MkDocsConfig) -> TemplateContext:
    """Lead the selector of the 404 page to the homes, and hand the sitemap its pages."""
    _set_selector(config, {})
    if template_name == "sitemap.xml":
        values = cast("dict[str, Any]", context)
        built: Mapping[str, Iterable[object]] = values.get("i18n_alternates", {})
        files = [file for language in built.values() for file in map(_local, language) if file is not None]
        values["sitemap"] = [SitemapEntry(_absolute(config, file), _translations(file, config)) for file in files]
    return context


def post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Write the 404 page of each further language into its folder; that of the default language is the site's."""
    plugin = config.plugins.get(PLUGIN)
    if template_name == "404.html" and plugin is not None and not plugin.is_default_language_build:
        path = Path(config.site_dir, str(plugin.current_language), template_name)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, output)
        return ""
    return output


def _local(file: object) -> I18nFile | None:
    return cast("I18nFile", file) if hasattr(file, "alternates") else None


def _absolute(config: MkDocsConfig, file: I18nFile) -> str:
    return urljoin(f"{(config.site_url or '').rstrip('/')}/", file.url)


def _translations(file: I18nFile, config: MkDocsConfig) -> list[Alternate]:
    """Every address of the page, its own included, where the text is in the language of the place."""
    if not config.site_url:
        return []
    found = {lang: other for lang, other in file.alternates.items() if other.locale == lang}
    alternates = [Alternate(lang, _absolute(config, found[lang])) for lang in sorted(found)]
    default = getattr(config.plugins.get(PLUGIN), "default_language", None)
    if default in found:
        alternates.append(Alternate("x-default", _absolute(config, found[default])))
    return alternates


def _homes(config: MkDocsConfig) -> dict[str, str]:
    plugin = config.plugins.get(PLUGIN)
    suffix = "" if config.use_directory_urls else "index.html"
    default = getattr(plugin, "default_language", None)
    languages: Iterable[str] = getattr(plugin, "build_languages", ())
    return {lang: f"./{suffix}" if lang == default else f"{lang}/{suffix}" for lang in languages}


def _set_selector(config: MkDocsConfig, urls: Mapping[str, str]) -> None:
    """Lead each language of the selector to its address, or else to its home (from the site's root)."""
    homes: list[dict[str, str]] = getattr(config.plugins.get(PLUGIN), "extra_alternate", None) or []
    links = [{**home, "link": urls.get(home["lang"], home["link"])} for home in homes]
    if links:
        # static-i18n sets an attribute of this name, which hides the item from the templates.
        vars(config.extra)["alternate"] = config.extra["alternate"] = links

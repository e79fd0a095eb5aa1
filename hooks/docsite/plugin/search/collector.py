"""The search in MkDocs' events: the theme's part of it, the pages as they are built, and the index at the end.

`extra.docsite.search: true` turns it on. Its scripts and styles are then on every page, and partials/search.html stands
in for Material's, which Material's header shows if the plugin `search` is on. A header of the site's own takes
partials/docsite-search.html.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound
from mkdocs.config.config_options import ExtraScriptValue

from docsite._util.catalog import translate
from docsite._util.files import write_atomically
from docsite.config.mkdocs_site import theme_language
from docsite.plugin import theme_files
from docsite.plugin.build_log import log
from docsite.plugin.search.index import IndexedPage, build
from docsite.plugin.search.sections import cut
from docsite.plugin.search.synonyms import glossary_synonyms, term_names
from docsite.plugin.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

    from docsite.config.settings import Settings
    from docsite.plugin.alternates import I18nFile

MAX_BOOST = 1000
"""As the schema of front matter has it."""

FOLDER = "search"
PAGES = "pages.json"  # the addresses and titles of all pages, for the page that says one does not exist
HEADER, TEMPLATE = "partials/header.html", "partials/docsite-search.html"
MATERIAL_SEARCH, MATERIAL_TEMPLATE = "material/search", "partials/search.html"
SCRIPT = "assets/docsite/search/dialog.js"
STYLE = "assets/docsite/search.css"


class SearchCollector:
    """The pages of each language, until the last one is built."""

    def __init__(self) -> None:
        self._enabled = self._is_first = False
        self._pages: dict[str, list[IndexedPage]] = {}

    def begin(self, config: MkDocsConfig, settings: Settings | None, *, first: bool) -> None:
        """Add the search to the theme. Call in on_config."""
        self._enabled, self._is_first = bool(settings and settings.search), first
        if first:
            self._pages = {}
        if not self._enabled:
            return
        theme_files.add_folder(config)
        if STYLE not in config.extra_css:
            config.extra_css.append(STYLE)
        if SCRIPT not in map(str, config.extra_javascript):
            script = ExtraScriptValue(SCRIPT)
            script.type = "module"
            config.extra_javascript.append(script)

    def add_template_globals(self, env: Environment, config: MkDocsConfig) -> None:
        """Give the templates `docsite_search` and `docsite_language`. Call in on_env."""
        env.globals["docsite_search"] = self._enabled
        env.globals["docsite_language"] = theme_language(config)
        if self._enabled and self._is_first and not _is_shown(env, config):
            said = translate("search: the theme shows no search. Add the plugin “search”, or include {template}.")
            log.warning("%s", said.format(template=TEMPLATE))

    def add(self, page: Page, config: MkDocsConfig) -> None:
        """Keep a page for the index of its language. Call in on_page_context."""
        if not self._enabled:
            return
        language = theme_language(config)
        pages = self._pages.setdefault(language, [])
        said = page.meta.get("search")
        options: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
        if options.get("exclude") or getattr(page.file, "locale", language) != language:
            return
        title = plain_title(page)
        description = str(page.meta.get("description") or "")
        sections = cut(page.content or "", title, _without_region(language))
        sections[0].names = (title, str(page.meta.get("title") or title))
        alternates: Mapping[str, I18nFile] = getattr(page.file, "alternates", {})
        translations = tuple(file.url for file in alternates.values())
        keywords, boost = _keywords(options.get("keywords")), _boost(options.get("boost"))
        pages.append(IndexedPage(page.url, sections, keywords, description, boost, translations))

    def write(self, config: MkDocsConfig, terms: Sequence[Mapping[str, Any]]) -> None:
        """Write the index of each language. Call when the site is complete."""
        _add_translated_titles([page for pages in self._pages.values() for page in pages])
        for language, pages in self._pages.items():
            synonyms = glossary_synonyms(terms, language)
            files = build(pages, _without_region(language), synonyms, term_names(terms, language))
            files[PAGES] = json.dumps([(page.url, page.sections[0].title) for page in pages], ensure_ascii=False)
            for name, text in files.items():
                path = Path(config.site_dir, FOLDER, language, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(path, text)


def _without_region(language: str) -> str:
    """What decides how words are spelled."""
    return language.partition("-")[0]


def _is_shown(env: Environment, config: MkDocsConfig) -> bool:
    """Whether a template of the theme or of the site has the search, or Material's header shows it."""
    header = _template_text(env, HEADER)
    if TEMPLATE in header or (MATERIAL_TEMPLATE in header and MATERIAL_SEARCH in config.plugins):
        return True
    names = {*env.list_templates(extensions=["html"])} - {TEMPLATE, MATERIAL_TEMPLATE}  # which takes a while
    return any(TEMPLATE in _template_text(env, name) for name in names)


def _template_text(env: Environment, name: str) -> str:
    """The text of a template; "" for none."""
    try:
        return env.loader.get_source(env, name)[0] if env.loader else ""
    except TemplateNotFound:
        return ""


def _add_translated_titles(pages: Sequence[IndexedPage]) -> None:
    """Let each section know its titles in the other languages, where it has the same id."""
    titles = {(page.url, section.anchor): section.title for page in pages for section in page.sections}
    for page in pages:
        for section in page.sections:
            translated = (titles.get((url, section.anchor)) for url in page.translations)
            section.translations = tuple(title for title in translated if title)


def _keywords(value: object) -> tuple[str, ...]:
    """The keywords of a page; what is no list, as a check says, has no effect."""
    return tuple(str(keyword) for keyword in value) if isinstance(value, list) else ()


def _boost(value: object) -> float:
    """The boost that a page asks for; what is none, as a check says, has no effect."""
    return float(value) if isinstance(value, int | float) and 0 < value <= MAX_BOOST else 1.0

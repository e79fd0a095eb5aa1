"""One run of MkDocs: the guide as it was read, from the first language's configuration to the last language's end."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.utils import CountHandler

from docsite._util.catalog import translate
from docsite._util.errors import UsageError
from docsite.built_site import link_parity
from docsite.config import settings
from docsite.config.dialect import Dialect
from docsite.config.mkdocs_site import describe_site, remove_nameless
from docsite.markup import labels
from docsite.markup.markdown_extension import DialectExtension
from docsite.markup.native.extension import NativeExtension
from docsite.markup.native.page_html import MarkdownRenderer
from docsite.plugin import extensions, preview_banner, theme_files
from docsite.plugin.build_log import BUILT, SOURCES, BuildLog, log
from docsite.plugin.french_spaces import fix_page_spaces, fix_toc_spaces
from docsite.plugin.nav import has_label
from docsite.project import project as guides
from docsite.project.cache import PageCache
from docsite.project.front_matter import theme_file
from docsite.project.native_page import NativePage
from docsite.translation.typography import fix_spaces

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

    from docsite.config.settings import Settings
    from docsite.config.site import MkDocsSite
    from docsite.project.project import Project
    from docsite.project.project_page import ProjectPage


class BuildState:
    """The state that MkDocs' separate events share.

    Attributes:
        serving: whether findings are to be shown on the page, and never to end the build.
        settings: the site's, once they are read; without its files until MkDocs has these.
        titles: of the pages that are built so far, by their path in findings, as MkDocs has them.
    """

    def __init__(self) -> None:
        self.serving = False
        self.settings: Settings | None = None
        self.guide: Project | None = None
        self.titles: dict[str, str] = {}
        self._markdown: MarkdownRenderer | None = None
        self._log = BuildLog(strict=False, file=None)
        self._extension = DialectExtension()
        self._native = NativeExtension()

    @property
    def jekyll(self) -> bool:
        """Whether the site is written in Jekyll's dialect, and not in MkDocs' own Markdown."""
        return self.settings is None or self.settings.dialect is Dialect.JEKYLL

    @property
    def _has_blocks(self) -> bool:
        """Whether any page has block tags."""
        return self.guide is not None and any(
            page.text.blocks for page in self.guide.pages.values() if page.text.native
        )

    def begin(self, config: MkDocsConfig) -> None:
        """Read the settings, once per build, and give Markdown what the dialect needs.

        Raises:
            Abort: the settings or the baseline cannot be used, which has been logged.
        """
        if self.serving:
            _never_strict(config)
        if not within_build(config):
            self._markdown = MarkdownRenderer([*config.markdown_extensions], config.mdx_configs)
            with _aborting():
                self.settings = self._load_settings(config, Files([]))
        if self.jekyll:
            extensions.add_missing_extensions(config, self._extension)
        else:
            extensions.add_extension(config, self._native)

    def read(self, files: Files, config: MkDocsConfig) -> Files:
        """Read the guide, once per build, and keep includes and data files out of the site.

        Call in on_files, after every plugin that changes the files and before static-i18n lays them out.

        Raises:
            Abort: static-i18n cannot lay them out, or the site's own code fails, which has been logged.
        """
        if not within_build(config):
            self.titles = {}
            with _aborting():
                known = self.settings = self._load_settings(config, files)
                self.guide = guides.load_project(known, cache=PageCache(known), texts=True, markdown=self._markdown)
            self._log.add(SOURCES, self.guide.findings)
        remove_nameless(files)
        if self.jekyll or self._has_blocks:
            theme_files.add_markup_style(config, files)
        for file in files:
            if self.settings and self.settings.is_private(file.src_uri):
                file.inclusion = InclusionLevel.EXCLUDED
        return files

    def _load_settings(self, config: MkDocsConfig, files: Files) -> Settings:
        """The settings, with the files that MkDocs has so far."""

        def ask(private: Mapping[str, str]) -> MkDocsSite:
            return describe_site(config, files, private, drafts=self.serving)

        known = settings.load_settings(Path(config.config_file_path), ask)
        self._log = BuildLog(strict=config.strict, file=known.baseline)
        return known

    def page(self, page: Page) -> ProjectPage | None:
        """The guide's own view of a page of MkDocs."""
        return self.guide.page_of(page.file.src_uri) if self.guide else None

    def markdown(self, markdown: str, page: Page) -> str:
        """A page's Markdown with its dialect rendered; a page that only MkDocs knows stays as it is."""
        own = self.page(page)
        if own is None:
            return markdown
        if not self.jekyll:
            return self._native_markdown(markdown, page, own)
        page.meta = _meta(own, own.locale.code, self._page_types)
        page.meta = {key: value for key, value in page.meta.items() if not self._is_missing_from_theme(key, value)}
        nav_title = own.meta.get("nav_title")
        if nav_title and not has_label(page):
            page.title = str(nav_title)
        text = own.markdown if page.file.url == own.target.address else own.markdown_at(page.file.url)
        return preview_banner.preview_banner_html(own) + text if self.serving and own.findings else text

    def _is_missing_from_theme(self, key: str, value: object) -> bool:
        """Whether a page names a file that the theme does not have: a finding, which is not to end the build."""
        mkdocs = self.settings.mkdocs if self.settings else None
        name = theme_file(key, value) if isinstance(value, str) else ""
        return bool(mkdocs and name and mkdocs.theme_dirs and not mkdocs.has_theme_file(name))

    def _native_markdown(self, markdown: str, page: Page, own: ProjectPage) -> str:
        """A page of MkDocs' own Markdown: as it is, unless it has tags."""
        text = own.text
        if not isinstance(text, NativePage):
            return markdown
        self._native.begin(own.reported(), tagged=not text.untouched, blocks=text.blocks)
        shown = markdown if text.untouched else own.markdown_at(page.file.url)
        markup = self.guide is not None and self.guide.settings.dialect is Dialect.MARKDOWN
        banner = self.serving and own.findings and markup
        return preview_banner.preview_banner_html(own) + shown if banner else shown

    def content(self, html: str, page: Page) -> None:
        """Compare the links of a page's HTML with its Markdown. A fallback page was compared already."""
        self._native.begin()  # plugins may render more text before the next page
        own = self.page(page)
        if own and page.file.url == own.target.address:
            self.titles[own.path] = str(page.title)
        if self.guide and own and self.jekyll and page.file.url == own.target.address:
            self._log.add(BUILT, self.guide.suppressions.filter(link_parity.link_differences(own, html)))

    def set_spaces(self, html: str, page: Page) -> str:
        """The HTML of a French page with the spaces of French; its titles get them too."""
        language = self.language(page)
        if not self.jekyll or language.partition("-")[0] != "fr":
            return html
        fix_toc_spaces(page.toc, language)
        page.title = fix_spaces(str(page.title), language)
        return fix_page_spaces(html, language)

    @property
    def terms(self) -> list[dict[str, Any]]:
        """The terms of the glossary."""
        path = self.guide.settings.data / "glossary.yml" if self.guide else None
        return yaml.safe_load(path.read_text("utf-8"))["terms"] if path and path.is_file() else []

    @property
    def _page_types(self) -> labels.PageTypes:
        more = self.guide.settings.additions.page_types if self.guide else {}
        return {**labels.PAGE_TYPES, **more}

    def order(self, page: Page) -> tuple[float, str]:
        """What the page sorts by among its siblings."""
        own = self.page(page)
        if own is None:
            return (float("inf"), str(page.title or page.url).casefold())
        place = own.meta.get("page_order")
        number = float(place) if isinstance(place, int | float) else float("inf")
        return (number, own.title.casefold())

    def language(self, page: Page) -> str:
        """The language of a page's text, which is not that of the site around it where a translation is missing."""
        own = self.page(page)
        return own.locale.code if own else ""

    def is_glossary(self, page: Page) -> bool:
        """Whether the front matter of a page says that it is the glossary."""
        own = self.page(page)
        return own is not None and labels.page_type_id(str(own.meta.get("page_type"))) == "glossary"

    def section_title(self, index: Page) -> str | None:
        """What the section of an index page is called, if the page says so."""
        own = self.page(index)
        title = own.meta.get("nav_title") if own else None
        return fix_spaces(str(title), self.language(index)) if title else None

    def complete(self, config: MkDocsConfig) -> bool:
        """Whether the last language has been built.

        Raises:
            Abort: the baseline cannot be written, which has been logged.
        """
        if self.guide is None or within_build(config):
            return False
        with _aborting():
            self._log.finish()
        return True


@contextmanager
def _aborting() -> Iterator[None]:
    """Log why the settings cannot be used, and end the build."""
    try:
        yield
    except UsageError as error:
        log.error(str(error))
        raise Abort(translate("Aborted: the settings of docsite are invalid.")) from None


def _never_strict(config: MkDocsConfig) -> None:
    """Let a preview live through warnings: `strict` ends it with the first.

    By now it has begun to count, and may have counted a page that a browser asked for in vain.
    """
    config.strict = False
    logger = logging.getLogger("mkdocs")
    for handler in [handler for handler in logger.handlers if isinstance(handler, CountHandler)]:
        logger.removeHandler(handler)
        handler.counts.clear()


def within_build(config: MkDocsConfig) -> bool:
    """Whether static-i18n is building a further language of the same site."""
    plugin = config.plugins.get("i18n")
    return bool(getattr(plugin, "building", False))


def _meta(page: ProjectPage, language: str, types: labels.PageTypes) -> dict[str, Any]:
    """Front matter as MkDocs and the theme read it."""
    meta = {key: value for key, value in page.meta.items() if value is not None}
    title = meta.get("article_title") or meta.get("nav_title") or meta.get("title")
    if title:
        meta["title"] = fix_spaces(str(title), language)
    kind = labels.page_type_id(str(meta["page_type"]), types) if meta.get("page_type") else None
    if kind:
        meta["page_type_label"] = labels.translate_label(types[kind], language)
    if any(finding.rule == "translation-outdated" for finding in page.findings):
        meta["is_outdated_translation"] = True
    return meta

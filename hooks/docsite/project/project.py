"""The whole guide, from the files on disk to Markdown ready for MkDocs, and everything wrong with it.

`hooks/site_events.py` and the command line both walk this one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docsite.config.dialect import Dialect
from docsite.config.settings import Settings
from docsite.config.site import Locale, SiteFile, path_in_language
from docsite.diagnostics.findings import Finding, Location, sort_findings
from docsite.diagnostics.messages import Message, make_message
from docsite.diagnostics.rules import Severity
from docsite.diagnostics.suppressions import Suppressions
from docsite.links import inventory
from docsite.links.fixes import fixed_address
from docsite.links.host_redirects import FILE, HostRedirect, follow_redirects, parse_redirects
from docsite.links.inventory import Inventory
from docsite.links.link import Link, LinkKind
from docsite.links.link_problem import LinkProblem
from docsite.links.page_index import LinkTarget, PageIndex
from docsite.links.resolver import Resolver
from docsite.links.urls import SiteBase, resolve_url
from docsite.markup import heading_ids, source_file
from docsite.markup.placeholders import ANY_PLACEHOLDER, BASEURL, BASEURL_TAG
from docsite.project.cache import PageCache
from docsite.project.front_matter_checks import check_aliases, check_theme_files
from docsite.project.page_loader import PageLoader
from docsite.project.page_summary import LinkSummary
from docsite.project.project_page import ProjectPage
from docsite.project.translation_checks import ComparedPage, TranslationChecks
from docsite.project.unused_settings import find_unused

if TYPE_CHECKING:
    from docsite.markup.native.page_html import MarkdownRenderer


@dataclass
class Project:
    """A site read and resolved.

    Attributes:
        pages: by path as findings name it.
        findings: everything wrong that nobody accepts, in order.
        links: how many links were looked at.
        suppressions: what is accepted.
    """

    settings: Settings
    pages: Mapping[str, ProjectPage]
    findings: list[Finding]
    links: int
    suppressions: Suppressions

    def page_of(self, source: str) -> ProjectPage | None:
        """The page of a file, given as MkDocs names it: relative to docs_dir."""
        return self.pages.get(self.settings.shown(self.settings.docs_dir / source))


def load_project(
    settings: Settings,
    read: source_file.SourceReader = source_file.read_source,
    *,
    with_fixes: bool = False,
    cache: PageCache | None = None,
    texts: bool = False,
    markdown: MarkdownRenderer | None = None,
) -> Project:
    """Read every page of a site, render its dialect and resolve its links.

    Args:
        read: reads a page, an include or a data file.
        with_fixes: whether findings carry their safe fixes, which take time to find.
        cache: summaries of pages that have not changed, for those who need few of their texts.
        texts: whether all texts will be asked for.
        markdown: Python-Markdown as a build has configured it, for native pages.
    """
    return _Loader(settings, read, cache, with_fixes=with_fixes, texts=texts, markdown=markdown).run()


class _Loader:
    def __init__(
        self,
        settings: Settings,
        read: source_file.SourceReader,
        cache: PageCache | None,
        *,
        with_fixes: bool,
        texts: bool,
        markdown: MarkdownRenderer | None,
    ) -> None:
        self.settings = settings
        self.with_fixes = with_fixes
        self.suppressions = Suppressions(settings.ignore, settings.severities)
        self.findings = [*find_unused(settings)]
        self.upstream, data = self._data(read)
        self._translations = TranslationChecks(data.get("glossary"), self.upstream.moved)
        self.loader = PageLoader(settings, data, read, cache, texts=texts, markdown=markdown)
        self._sound: set[tuple[str, ...]] = set()

    def run(self) -> Project:
        pages = [
            ProjectPage(file, locale, page, facts, _target(locale, page), self.loader, findings=[*facts.findings])
            for file, locale, page, facts in self.loader.pages()
        ]
        for page in pages:
            page.target = replace(page.target, ids=page.find_ids)
        self._outlines(pages)
        resolver = self._resolver(pages)
        for page in pages:
            self._resolve(page, resolver)
        self.findings += [*check_aliases(pages, self.settings.mkdocs), *self._unpublished()]
        self.findings += check_theme_files(pages, self.settings.mkdocs)
        findings = sort_findings(self._accept(pages))
        links = sum(len(page.facts.links) for page in pages)
        return Project(self.settings, {page.path: page for page in pages}, findings, links, self.suppressions)

    def _accept(self, pages: Iterable[ProjectPage]) -> list[Finding]:
        """Every finding of the guide and its pages that nobody accepts."""
        for page in pages:
            self.suppressions.add(page.facts.suppressions)
        for page in pages:
            page.findings = [page.named(finding) for finding in self.suppressions.filter(page.findings)]
        kept = self.suppressions.filter(self.findings)
        return [*kept, *(f for page in pages for f in page.findings), *self.suppressions.unused("sources")]

    def _data(self, read: source_file.SourceReader) -> tuple[Inventory, dict[str, Any]]:
        """The inventory of upstream pages, and `site.data`."""
        known, data = Inventory(), {}
        for path in sorted(self.settings.data.glob("*.y*ml")):
            file = read(path, self.settings.shown(path))
            if path.stem == "upstream":
                known, findings = inventory.load_inventory(file)
            else:
                schema = "glossary" if path.stem == "glossary" else "data"
                document, findings = inventory.load_data(file, schema)
                data[path.stem] = document.data
            self.findings += findings
        return known, data

    def _outlines(self, pages: Iterable[ProjectPage]) -> None:
        """Give headings their ids, in the source language first."""
        source_code = self.settings.source.code
        by_key: dict[str, ProjectPage] = {}
        for page in sorted(pages, key=lambda p: p.locale.code != source_code):
            written = page.facts.headings
            source_page = by_key.get(page.key)
            if page.locale.code == source_code or source_page is None:
                page.headings = heading_ids.ids_from_text(written)
            else:
                page.headings = heading_ids.ids_from_source_page(written, source_page.headings)
                page.findings += _anchors(page, source_page)
            if page.locale.code == source_code:
                by_key[page.key] = page
                self._translations.add_source(_compared(page))
            elif source_page is not None and not (page.file.findings or source_page.file.findings):
                compared = _compared(page), _compared(source_page)
                page.findings = [*self._translations.keep_founded(page.findings, *compared)]
                page.findings += self._translations.check_page(*compared)
            page.findings += _duplicates(page)

    # Links.

    def _resolver(self, pages: Iterable[ProjectPage]) -> Resolver:
        locales = [locale.code for locale in self.settings.locales]
        aliases = ((page.target, [alias.value for alias in page.facts.aliases]) for page in pages)
        targets = PageIndex(aliases, locales)
        base = SiteBase.of(self.settings.address_of_all_versions, self.settings.other_sites)
        native = self.settings.dialect is not Dialect.JEKYLL
        return Resolver(
            targets, self.upstream, self.settings.mkdocs, with_fixes=self.with_fixes, base=base, native=native
        )

    def _resolve(self, page: ProjectPage, resolver: Resolver) -> None:
        """Note what is wrong with the page's links."""
        page.resolver, page.base_path = resolver, self.upstream.base_path(page.target.locale)
        for fact in page.facts.links:
            problems = self._problems(page, fact.link, resolver)
            if problems:
                page.findings += self._findings(page, fact, problems, resolver)

    def _problems(self, page: ProjectPage, link: Link, resolver: Resolver) -> tuple[LinkProblem, ...]:
        """What is wrong with a link. An address from the root that is right is so on all pages of a language."""
        same = (page.locale.code, link.kind, link.address, link.attribute, link.hreflang)
        if same in self._sound:
            return ()
        problems = resolver.resolve(page.target, link).problems
        if any(problem.message.rule == "link-missing-page" for problem in problems) and self._redirects(page, link):
            return ()
        if not problems and link.address.startswith(BASEURL):
            self._sound.add(same)
        return problems

    def _redirects(self, page: ProjectPage, link: Link) -> bool:
        """Whether the host of the site redirects a missing address."""
        where = resolve_url(link.address, page.target.address, SiteBase.of(self.settings.site_url))
        site = self.settings.mkdocs

        def find(path: str) -> str | None:
            file = site.at_url(path)
            return file.dest if file else None

        if where is None or where.outside or link.address.startswith(BASEURL):
            return False
        return follow_redirects(self._host_redirects, where.path, find) is not None

    @cached_property
    def _host_redirects(self) -> Sequence[HostRedirect]:
        path = self.settings.docs_dir / FILE
        with suppress(OSError):
            return parse_redirects(path.read_text("utf-8", "replace")) if path.is_file() else ()
        return ()

    def _findings(
        self, page: ProjectPage, fact: LinkSummary, problems: Iterable[LinkProblem], resolver: Resolver
    ) -> Iterator[Finding]:
        link = fact.link
        sure = page.address_edits(link, fixed_address(resolver, page.target, link)) if self.with_fixes else ()
        shown = link.address.replace(BASEURL, BASEURL_TAG)
        level = Severity.WARNING if link.kind is LinkKind.UNUSED else None
        for problem in problems:
            message, place = _without_placeholders(problem.message), page.facts.location(fact.position)
            yield Finding(message, place, shown, problem.suggestion, sure, level)

    def _unpublished(self) -> Iterator[Finding]:
        """Files that cannot be published, or that replace another one."""
        settings, mkdocs = self.settings, self.settings.mkdocs
        for name in mkdocs.nameless:
            path = settings.shown(settings.docs_dir / name)
            yield Finding(make_message("source-unreadable", "name"), Location(path))
        for one in mkdocs.conflicts:
            path, other = (settings.shown(settings.docs_dir / name) for name in (one.source, one.other))
            yield Finding(make_message("page-conflict", "same-url", other=other, url=f"/{one.url}"), Location(path))


def _without_placeholders(message: Message) -> Message:
    """The message without placeholders, which percent-encoding in an address may spell."""
    texts = (
        (name, ANY_PLACEHOLDER.sub("\ufffd", value) if isinstance(value, str) else value)
        for name, value in message.params
    )
    return replace(message, params=tuple(texts))


def _target(locale: Locale, page: SiteFile) -> LinkTarget:
    inner = inventory.normalize_path(path_in_language(page, locale))
    return LinkTarget(locale.code, page.key, page.source, page.url, locale.root, inner, dict)


def _anchors(page: ProjectPage, source_page: ProjectPage) -> Iterator[Finding]:
    """Explicit ids of a translation that differ from those of its source page, where both have the same headings."""
    if [heading.level for heading in page.headings] != [heading.level for heading in source_page.headings]:
        return
    for own, written, source in zip(page.headings, page.facts.headings, source_page.headings, strict=True):
        if written.id and source.id and written.id != source.id:
            message = make_message("translation-anchor", "anchor", id=own.id, source=source.id)
            yield Finding(message, page.facts.location(written.position), written.id, source.id)


def _compared(page: ProjectPage) -> ComparedPage:
    return ComparedPage(page.path, page.locale.code, page.file.text, page.facts)


def _duplicates(page: ProjectPage) -> Iterator[Finding]:
    """Ids that the text of a page sets twice: headings keep theirs, of others the first does."""
    seen: set[str] = set()
    for name, place in page.placed_ids():
        if name in seen:
            yield Finding(make_message("id-duplicate", "source", id=name), place, name)
        seen.add(name)

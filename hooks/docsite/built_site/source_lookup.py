"""The Markdown behind built pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial

from docsite.built_site.source_mapping import SourceLink, SourcePage
from docsite.config.settings import Settings
from docsite.diagnostics.findings import Finding, Location
from docsite.links.link import NO_REFRESH, Link, LinkKind
from docsite.links.redirects import redirect_file
from docsite.links.urls import relative_url
from docsite.project import project
from docsite.project.cache import PageCache
from docsite.project.project import Project
from docsite.project.project_page import ProjectPage


class SourceLookup:
    """The Markdown of a site, read when it is first asked for."""

    def __init__(self, settings: Settings, cache: PageCache | None) -> None:
        self.settings = settings
        self.cache = cache

    def __call__(self, built: str) -> SourcePage | None:
        page = self._pages().get(built)
        if page is None:
            return self._redirects().get(built)
        return replace(to_source_page(page), stands_in=built != page.served.dest)

    @cache  # noqa: B019 - lives as long as one command
    def copied_files(self) -> Mapping[str, str]:
        """The files of docs_dir that a build copies: the built file, and its source."""
        served = (file for files in self.settings.mkdocs.files.values() for file in files.values())
        return {file.dest: file.source for file in served if not (file.is_page or file.added or file.left_out)}

    def filter_suppressed(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that nobody accepts, and the comments that accept nothing on the site."""
        suppressions = self._guide().suppressions
        return [*suppressions.filter(findings), *suppressions.unused("site")]

    @cache  # noqa: B019 - lives as long as one command
    def _guide(self) -> Project:
        return project.load_project(self.settings, cache=self.cache)

    @cache  # noqa: B019 - lives as long as one command
    def _pages(self) -> Mapping[str, ProjectPage]:
        by_source = {page.target.path: page for page in self._guide().pages.values()}
        served = (file for files in self.settings.mkdocs.files.values() for file in files.values())
        return {file.dest: by_source[file.source] for file in served if file.source in by_source}

    @cache  # noqa: B019 - lives as long as one command
    def _redirects(self) -> Mapping[str, SourcePage]:
        """The redirects from old addresses, each at the alias that makes it."""
        found: dict[str, SourcePage] = {}
        for page in self._guide().pages.values():
            for _, alias, position in page.facts.aliases:
                file = redirect_file(page.target.root, alias)
                to = relative_url(file.removesuffix("index.html"), page.target.address)
                place = page.facts.location(position)
                link = SourceLink((to,), "", partial(page.facts.location, position))
                found.setdefault(file, SourcePage(page.path, [link], dict, place=place))
        return found


def to_source_page(page: ProjectPage) -> SourcePage:
    """What a page's Markdown says of the page that is built of it."""
    links = [
        SourceLink((built, page.placed(built)), _attribute(fact.link), partial(page.facts.location, fact.position))
        for fact, built in zip(page.facts.links, page.built, strict=True)
    ]
    references = [(kind, name, page.facts.location(position)) for kind, name, position in page.facts.references]
    return SourcePage(page.path, links, lambda: _ids(page), references, tags=page.facts.tags)


_ATTRIBUTES = {LinkKind.MARKDOWN: "href", LinkKind.AUTOLINK: "href", LinkKind.IMAGE: "src"}


def _attribute(link: Link) -> str:
    """The attribute of the built page that holds a link; a definition may serve links and images."""
    attribute = "refresh" if link.attribute == NO_REFRESH else link.attribute
    return _ATTRIBUTES.get(link.kind, attribute)


def _ids(page: ProjectPage) -> dict[str, Location]:
    """The ids of a page; one of which only Python-Markdown knows, for the page as a whole."""
    repeated = {one.target: one.location for one in page.facts.findings if one.rule == "id-duplicate"}
    return dict.fromkeys(page.facts.other_ids, Location(page.path)) | repeated | dict(page.placed_ids())

"""The Markdown behind built pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from functools import cache

from docsite.built_site.source_mapping import SourceLink, SourcePage
from docsite.config.settings import Settings
from docsite.diagnostics.findings import Finding, Location
from docsite.project import project
from docsite.project.cache import PageCache
from docsite.project.project import Project, ProjectPage


class SourceLookup:
    """The Markdown of a site, read when it is first asked for."""

    def __init__(self, settings: Settings, memory: PageCache | None) -> None:
        self.settings = settings
        self.memory = memory

    def __call__(self, built: str) -> SourcePage | None:
        page = self._pages().get(built)
        return to_source_page(page) if page else None

    def filter_suppressed(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that nobody accepts, and the comments that accept nothing on the site."""
        suppressions = self._guide().suppressions
        return [*suppressions.filter(findings), *suppressions.unused("site")]

    @cache  # noqa: B019 - lives as long as one command
    def _guide(self) -> Project:
        return project.load_project(self.settings, memory=self.memory)

    @cache  # noqa: B019 - lives as long as one command
    def _pages(self) -> Mapping[str, ProjectPage]:
        own = self._guide().pages.values()
        pages = {_file(page.target.address): page for page in own}
        root = {locale.code: "" if locale.served_at_root else f"{locale.code}/" for locale in self.settings.locales}
        for page in own:  # a page without twin is also served, as it is, in the other languages
            if page.locale == self.settings.source:
                for prefix in root.values():
                    pages.setdefault(_file(prefix + page.target.address), page)
        return pages


def _file(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") or not address else address


def to_source_page(page: ProjectPage) -> SourcePage:
    """What a page's Markdown says of the page that is built of it."""
    links = [
        SourceLink((built, _placed(page, built)), lambda spot=fact.spot: page.facts.location(spot))  # type: ignore[misc] # binds `spot` now
        for fact, built in zip(page.facts.links, page.built, strict=True)
    ]
    return SourcePage(page.path, links, lambda: _ids(page))


def _placed(page: ProjectPage, address: str) -> str:
    """An address relative to the Markdown file, as MkDocs makes it one relative to the page."""
    path, mark, rest = re.match(r"([^?#]*)(.?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr] # always
    if not path or path.startswith("/") or ":" in path:
        return address
    target = page.target
    inner = posixpath.normpath(posixpath.join(posixpath.dirname(target.path), path))
    locale, _, below = inner.partition("/")
    served = f"{target.root}{below}" if locale == target.locale else inner
    return posixpath.relpath(f"/{served}", f"/{target.address}") + mark + rest


def _ids(page: ProjectPage) -> dict[str, Location]:
    return dict(page.placed_ids())

"""A built site held against its sources: faults of the tree, at the places in Markdown they stem from."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from docsite.acceptance import Acceptance
from docsite.findings import Finding, Location, in_order
from docsite.published import trace, tree
from docsite.published.addresses import Base
from docsite.published.check import Language
from docsite.published.run import run
from docsite.published.trace import SourceLink, SourcePage
from docsite.settings import Settings

if TYPE_CHECKING:
    from docsite.guide import Guide, GuidePage
    from docsite.memory import Memory


@dataclass(frozen=True)
class Audit:
    """What was found, and how many pages and links were looked at."""

    findings: list[Finding]
    pages: int
    links: int


def site(folder: Path, settings: Settings, memory: Memory | None = None, names_from: Path | None = None) -> Audit:
    """Check a built site, or a published tree of several versions.

    The sources are read only when something is wrong; those of a published tree are of another time, and never.

    Args:
        memory: what the sources said before, and what was found in the tree.
        names_from: what the names of files in findings are relative to; default: the folder of mkdocs.yml.
    """
    languages = [Language(x.code, "" if x.served_at_root else f"{x.code}/") for x in settings.locales]
    base = Base.of(settings.site_url)
    result = run(tree.read(folder), base, languages, memory.of_tree(folder.resolve()) if memory else None)
    root = folder.resolve()

    def shown(page: str) -> str:
        return Path(os.path.relpath(root / page, names_from)).as_posix() if names_from else settings.shown(root / page)

    def read(page: str) -> str:
        path = root / page
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""

    sources = _Sources(settings, memory)
    if result.versions:
        found = trace.findings(result.faults, lambda _built: None, shown, read, base)
        found = Acceptance(settings.ignore).keep(found)
    else:
        found = sources.unaccepted(trace.findings(result.faults, sources, shown, read, base)) if result.faults else []
    return Audit(in_order(found), result.pages, result.links)


class _Sources:
    """The Markdown behind built pages, read when it is first asked for."""

    def __init__(self, settings: Settings, memory: Memory | None) -> None:
        self.settings = settings
        self.memory = memory

    def __call__(self, built: str) -> SourcePage | None:
        page = self._pages().get(built)
        return source_page(page) if page else None

    def unaccepted(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that nobody accepts, and the comments that accept nothing on the site."""
        acceptance = self._guide().acceptance
        return [*acceptance.keep(findings), *acceptance.unused("site")]

    @cache  # noqa: B019 - lives as long as one command
    def _guide(self) -> Guide:
        from docsite import guide  # costly to load, and only needed once something is wrong

        return guide.load(self.settings, memory=self.memory)

    @cache  # noqa: B019 - lives as long as one command
    def _pages(self) -> Mapping[str, GuidePage]:
        guide = self._guide()
        pages = {_file(page.target.address): page for page in guide.pages.values()}
        root = {locale.code: "" if locale.served_at_root else f"{locale.code}/" for locale in self.settings.locales}
        for page in guide.pages.values():  # a page without twin is also served, as it is, in the other languages
            if page.locale == self.settings.source:
                for prefix in root.values():
                    pages.setdefault(_file(prefix + page.target.address), page)
        return pages


def _file(address: str) -> str:
    return f"{address}index.html" if address.endswith("/") or not address else address


def source_page(page: GuidePage) -> SourcePage:
    """What a page's Markdown says of the page that is built of it."""
    links = [
        SourceLink((built, _placed(page, built)), lambda spot=fact.spot: page.facts.location(spot))  # type: ignore[misc] # binds `spot` now
        for fact, built in zip(page.facts.links, page.built, strict=True)
    ]
    return SourcePage(page.path, links, lambda: _ids(page))


def _placed(page: GuidePage, address: str) -> str:
    """An address relative to the Markdown file, as MkDocs makes it one relative to the page."""
    path, mark, rest = re.match(r"([^?#]*)(.?)(.*)", address, re.DOTALL).groups()  # type: ignore[union-attr] # always
    if not path or path.startswith("/") or ":" in path:
        return address
    target = page.target
    inner = posixpath.normpath(posixpath.join(posixpath.dirname(target.path), path))
    locale, _, below = inner.partition("/")
    served = f"{target.root}{below}" if locale == target.locale else inner
    return posixpath.relpath(f"/{served}", f"/{target.address}") + mark + rest


def _ids(page: GuidePage) -> dict[str, Location]:
    return dict(page.placed_ids())

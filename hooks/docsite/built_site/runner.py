"""A whole check of a tree, on two processors where that pays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from docsite._util.workers import Channel, Worker, workers_available
from docsite.built_site.file_tree import VERSIONS, FileTree
from docsite.built_site.site_index import Language, SiteIndex
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.site_rules import PagesResult, check_pages
from docsite.built_site.whole_site_rules import check_whole_site
from docsite.links.urls import SiteBase

MIN_PAGES_FOR_WORKERS = 400
"""Pages from which on a second process saves more than it costs."""


@dataclass(frozen=True)
class TreeCheckResult:
    """Every problem of a site, and how much was looked at.

    Attributes:
        versions: how many the tree has; 0 for the build of one.
    """

    problems: list[SiteProblem]
    pages: int
    links: int
    versions: int = 0


def check_tree(tree: FileTree, base: SiteBase, languages: Iterable[Language]) -> TreeCheckResult:
    """Check a tree: the build of one version, or, where there is a list of versions, what is published."""
    if VERSIONS in tree.files:
        return _check_published(tree, base, languages)
    return _check(SiteIndex(tree, base, languages))


def _check_published(tree: FileTree, base: SiteBase, languages: Iterable[Language]) -> TreeCheckResult:
    """Check a tree with a list of versions, which may be no list of versions."""
    from docsite.built_site import version_folders, version_rules  # costly to load, and seldom of use

    try:
        listed = tree.path(VERSIONS).read_bytes()
    except OSError:
        listed = b""
    found = version_folders.find_version_folders(tree, listed)
    if found.layout is None:
        result = _check(SiteIndex(tree, base, languages))
        return replace(result, problems=[*result.problems, *found.problems])
    site = version_rules.VersionedSite(found.tree, base, languages, found.layout, found.problems)
    result = _check(site)
    return replace(result, problems=site.deduplicate(result.problems), versions=len(found.layout.versions))


def _check(site: SiteIndex) -> TreeCheckResult:
    names = site.tree.pages()
    if len(names) >= MIN_PAGES_FOR_WORKERS and workers_available():
        part = _merge(_check_in_halves(site, names))
    else:
        part = check_pages(site, site.read(names))
    problems = [*part.problems, *check_whole_site(site, part.linked)]
    return TreeCheckResult(problems, len(part.links), sum(part.links.values()))


def _check_in_halves(site: SiteIndex, names: list[str]) -> list[PagesResult]:
    """Each process reads half of the pages, sends the other their cards, and checks its half."""
    mine, others = site.halves(names)
    with Worker(lambda channel: _check_half(site, others, channel)) as worker:
        pages = site.read(mine)
        cards = worker.receive()
        worker.send(site.cards)
        site.cards.update(cards)
        return [check_pages(site, pages), worker.receive()]


def _check_half(site: SiteIndex, names: list[str], channel: Channel) -> None:
    pages = site.read(names)
    channel.send(site.cards)
    site.cards.update(channel.receive())
    channel.send(check_pages(site, pages))


def _merge(parts: Sequence[PagesResult]) -> PagesResult:
    first, *others = parts
    for other in others:
        first.problems.extend(other.problems)
        first.links.update(other.links)
        first.linked.update(other.linked)
    return first

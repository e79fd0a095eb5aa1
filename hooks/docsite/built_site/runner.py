"""A whole check of a tree, on two processors where that pays."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docsite.built_site.file_tree import VERSIONS, FileTree
from docsite.built_site.site_index import Language, SiteIndex, SiteProblem
from docsite.built_site.site_rules import PagesResult, check_pages, check_whole_site
from docsite.built_site.urls import SiteBase

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from docsite.built_site.recall import Recall

MIN_PAGES_FOR_WORKERS = 400
"""Pages from which on a second process, or the memory of the last check, saves more than it costs."""


@dataclass(frozen=True)
class TreeCheckResult:
    """Every fault of a site, and how much was looked at.

    Attributes:
        versions: how many the tree has; 0 for the build of one.
    """

    faults: list[SiteProblem]
    pages: int
    links: int
    versions: int = 0


def check_tree(
    tree: FileTree, base: SiteBase, languages: Iterable[Language], recall: Callable[[], Recall | None] = lambda: None
) -> TreeCheckResult:
    """Check a tree: the build of one version, or, where there is a list of versions, what is published.

    Args:
        recall: asked for a place to keep what is found, for the build of one version that is large.
    """
    if VERSIONS in tree.files:
        return _published(tree, base, languages, recall)
    return _whole(SiteIndex(tree, base, languages), recall)


def _published(
    tree: FileTree, base: SiteBase, languages: Iterable[Language], recall: Callable[[], Recall | None]
) -> TreeCheckResult:
    """Check a tree with a list of versions, which may be no list of versions."""
    from docsite.built_site import version_folders, version_rules  # costly to load, and seldom of use

    try:
        listed = tree.path(VERSIONS).read_bytes()
    except OSError:
        listed = b""
    found = version_folders.find_version_folders(tree, listed)
    if found.layout is None:
        result = _whole(SiteIndex(tree, base, languages), recall)
        return replace(result, faults=[*result.faults, *found.faults])
    site = version_rules.VersionedSite(found.tree, base, languages, found.layout, found.faults)
    result = _whole(site, lambda: None)
    return replace(result, faults=site.once(result.faults), versions=len(found.layout.versions))


def _whole(site: SiteIndex, recall: Callable[[], Recall | None]) -> TreeCheckResult:
    kept = recall() if len(site.tree.pages()) >= MIN_PAGES_FOR_WORKERS else None
    part = _recalled(site, kept) if kept else _fresh(site)
    faults = [*part.faults, *check_whole_site(site, part.linked)]
    return TreeCheckResult(faults, len(part.links), sum(part.links.values()))


def _recalled(site: SiteIndex, recall: Recall) -> PagesResult:
    """What a check of all pages gives, with the help of what the last one gave."""
    from docsite.built_site.recall import again, found_in, stamps

    before = recall.load()
    began, now = time.time_ns(), stamps(site)
    part = again(site, before, now) if before else None
    if part is None:
        site.cards.clear()
        part = _fresh(site)
    if before is None or now != before.stamps:
        recall.keep(found_in(site, recall.key, began, now, part))
    return part


def _fresh(site: SiteIndex) -> PagesResult:
    names = site.tree.pages()
    return _together(_both(site, names) if _two_pay(len(names)) else [check_pages(site, site.read(names))])


def _together(parts: Sequence[PagesResult]) -> PagesResult:
    first, *others = parts
    for other in others:
        first.faults.extend(other.faults)
        first.links.update(other.links)
        for name, page in other.linked.items():
            first.linked.setdefault(name, page)
        for name, fragments in other.wanted.items():
            first.wanted.setdefault(name, set()).update(fragments)
    return first


def _two_pay(pages: int) -> bool:
    return pages >= MIN_PAGES_FOR_WORKERS and (os.cpu_count() or 1) > 1 and hasattr(os, "fork")


def _both(site: SiteIndex, names: list[str]) -> list[PagesResult]:
    """Each process reads half of the pages, tells the other their cards, and checks its half."""
    import multiprocessing  # costly to load, and of no use for a small site

    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    mine, others = site.halves(names)
    other = context.Process(target=_half, args=(site, others, there), daemon=True)
    other.start()
    there.close()
    try:
        pages = site.read(mine)
        cards = here.recv()
        here.send(site.cards)  # after the other's, since two that send at once may wait for each other
        site.cards.update(cards)
        return [check_pages(site, pages), here.recv()]
    finally:
        here.close()
        other.join()


def _half(site: SiteIndex, names: list[str], other: Connection) -> None:
    pages = site.read(names)
    other.send(site.cards)
    site.cards.update(other.recv())
    other.send(check_pages(site, pages))

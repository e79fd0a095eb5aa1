"""A whole check of a tree, on two processors where that pays."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from docsite.published import layout, versions
from docsite.published.addresses import Base
from docsite.published.check import Fault, Language, Part, Site, of_pages, of_site
from docsite.published.recall import Recall, again, found_in, stamps
from docsite.published.tree import Tree
from docsite.published.versioned import VersionedSite

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WORTH_TWO = 400
"""Pages from which on a second process saves more than it costs."""


@dataclass(frozen=True)
class Result:
    """Every fault of a site, and how much was looked at.

    Attributes:
        versions: how many the tree has; 0 for the build of one.
    """

    faults: list[Fault]
    pages: int
    links: int
    versions: int = 0


def run(tree: Tree, base: Base, languages: Iterable[Language], recall: Recall | None = None) -> Result:
    """Check a tree: the build of one version, or, where there is a list of versions, what is published.

    Args:
        recall: keeps what is found in the build of one version.
    """
    found = layout.find(tree, _list(tree)) if versions.FILE in tree.files else None
    if found is None or found.layout is None:
        result = _whole(Site(tree, base, languages), recall)
        return replace(result, faults=[*result.faults, *(found.faults if found else ())])
    site = VersionedSite(found.tree, base, languages, found.layout, found.faults)
    result = _whole(site)
    return replace(result, faults=site.once(result.faults), versions=len(found.layout.versions))


def _list(tree: Tree) -> bytes:
    try:
        return tree.path(versions.FILE).read_bytes()
    except OSError:
        return b""


def _whole(site: Site, recall: Recall | None = None) -> Result:
    names = site.tree.pages()
    before = recall.load() if recall else None
    began, now = time.time_ns(), stamps(site, names) if recall else {}
    part = again(site, before, now) if before else None
    if part is None:
        site.cards.clear()
        part = _together(_both(site, names) if _two_pay(len(names)) else [of_pages(site, site.read(names))])
    if recall and (before is None or now != before.stamps or part.faults is not before.faults):
        recall.keep(found_in(site, recall.key, began, now, part))
    faults = [*part.faults, *of_site(site, part.linked)]
    return Result(faults, len(names), sum(part.links.values()))


def _together(parts: Sequence[Part]) -> Part:
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
    return pages >= WORTH_TWO and (os.cpu_count() or 1) > 1 and hasattr(os, "fork")


def _both(site: Site, names: list[str]) -> list[Part]:
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
        return [of_pages(site, pages), here.recv()]
    finally:
        here.close()
        other.join()


def _half(site: Site, names: list[str], other: Connection) -> None:
    pages = site.read(names)
    other.send(site.cards)
    site.cards.update(other.recv())
    other.send(of_pages(site, pages))

"""Problems of built pages as findings about the Markdown they stem from.

A problem that no Markdown explains is the template's or the navigation's: it is reported once, with the number of pages
that show it.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from docsite.built_site.address_positions import AddressPositions
from docsite.built_site.site_index import SiteProblem
from docsite.built_site.urls import ResolvedUrl, SiteBase, resolve_url
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import Message
from docsite.diagnostics.rules.built_site import ON_SEVERAL_PAGES


@dataclass(frozen=True)
class SourceLink:
    """A link of a Markdown page.

    Attributes:
        addresses: every form in which the built page may carry it.
        attribute: that holds it in the built page; "" for any.
        location: finds the place of the link; costly, so only asked for a problem.
    """

    addresses: tuple[str, ...]
    attribute: str
    location: Callable[[], Location]


@dataclass(frozen=True)
class SourcePage:
    """The Markdown behind a built page.

    Attributes:
        ids: place of each id that its text sets, later ones last.
        tags: its tags that bring in an included file, by the path of that.
    """

    path: str
    links: Sequence[SourceLink]
    ids: Callable[[], Mapping[str, Location]]
    tags: Callable[[str], tuple[Location, ...]] = lambda _path: ()


SourcePages = Callable[[str], SourcePage | None]
"""Leads from the path of a built file to its Markdown."""


def map_to_sources(
    problems: Iterable[SiteProblem],
    sources: SourcePages,
    shown: Callable[[str], str],
    read: Callable[[str], str],
    base: SiteBase,
) -> list[Finding]:
    """Findings for problems.

    Args:
        shown: names a built file as findings do.
        read: the text of a built file.
    """
    found: list[Finding] = []
    templates: dict[tuple[str, str | ResolvedUrl, str], list[SiteProblem]] = {}
    places = lru_cache(8)(lambda page: AddressPositions(page, read(page)))

    def in_built(problem: SiteProblem) -> Location:
        if problem.placed or not problem.address:
            return Location(shown(problem.page), problem.line, problem.column)
        return Location(shown(problem.page), *places(problem.page).find(problem.address, problem.link))

    for problem in problems:
        source = None if problem.rule in _OF_FILE else sources(problem.page)
        locations = _in_source(problem, source) if source else []
        if not locations and problem.address and problem.rule not in _OF_PAGE:
            templates.setdefault((problem.rule, *_resolved(problem, base)), []).append(problem)
            continue
        locations = locations or [Location(source.path) if source else in_built(problem)]
        for location in locations:
            tags = source.tags(location.path) if source else ()
            found.append(replace(_finding(problem, location, problem.message), included_at=tags))
    found += [_of_template(group, in_built) for group in templates.values()]
    return found


_OF_FILE = frozenset({"html-unreadable", "file-unreadable", "sitemap-unreadable"})
_OF_PAGE = frozenset(
    {"translation-lang", "translation-missing", "page-orphan", "redirect-loop", "redirect-chain"}
    | {"version-list", "version-missing", "version-alias", "version-unlisted", "version-lost-page"}
    | {"version-lost-anchor"}
)


def _finding(problem: SiteProblem, location: Location, message: Message) -> Finding:
    return Finding(message, location, problem.address, problem.suggestion)


def _in_source(problem: SiteProblem, source: SourcePage) -> list[Location]:
    """Every place in the Markdown that a problem stems from."""
    if problem.rule == "id-duplicate":
        place_of_id = source.ids().get(problem.address[1:])
        return [place_of_id] if place_of_id else []
    if problem.rule in _OF_PAGE:
        return [Location(source.path)]
    wanted, kind = normalize_url(problem.address), problem.link.kind if problem.link else ""
    return [
        link.location()
        for link in source.links
        if any(normalize_url(address) == wanted for address in link.addresses)
        and (not kind or link.attribute in ("", kind))
    ]


@lru_cache(10_000)
def normalize_url(address: str) -> str:
    """An address in one form, whatever Markdown and MkDocs encode in it."""
    return unquote(html.unescape(address)).removeprefix("./")


def _resolved(problem: SiteProblem, base: SiteBase) -> tuple[str | ResolvedUrl, str]:
    """The place an address leads to, and its query, so that one link of a template is one problem on every page."""
    where = None if problem.address.startswith("#") else resolve_url(problem.address, problem.page, base)
    return (where, problem.address.partition("#")[0].partition("?")[2]) if where else (problem.address, "")


def _of_template(group: list[SiteProblem], in_built: Callable[[SiteProblem], Location]) -> Finding:
    first = min(group, key=lambda problem: problem.page)
    number = len({problem.page for problem in group})
    message = first.message.wrap(ON_SEVERAL_PAGES, count=number) if number > 1 else first.message
    return _finding(first, in_built(first), message)

"""Problems of built pages as findings about the Markdown they stem from.

A problem that no Markdown explains is the template's or the navigation's: it is reported once, with the number of pages
that show it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote

from docsite.built_site.address_positions import AddressPositions
from docsite.built_site.site_problem import SiteProblem
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import Message
from docsite.diagnostics.rules.built_site import ON_SEVERAL_PAGES
from docsite.links.urls import SiteBase, resolve_url


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
        references: the names of ids, by the attribute that names them, and their places.
        place: what the page as a whole stems from, where that is not the beginning of the file.
        tags: its tags that bring in an included file, by the path of that.
        stands_in: whether the built page shows it for want of a translation.
    """

    path: str
    links: Sequence[SourceLink]
    ids: Callable[[], Mapping[str, Location]]
    references: Sequence[tuple[str, str, Location]] = ()
    place: Location | None = None
    tags: Callable[[str], tuple[Location, ...]] = lambda _path: ()
    stands_in: bool = False


SourcePages = Callable[[str], SourcePage | None]
"""Leads from the path of a built file to its Markdown."""


class SourceMapper:
    """Turns problems into findings.

    Args:
        sources: leads from built files to their Markdown.
        shown: names a built file as findings do.
        read: the text of a built file.
        is_copied: whether a built file is one of docs_dir as it is, which `shown` and `read` then stand for.
    """

    def __init__(
        self,
        sources: SourcePages,
        shown: Callable[[str], str],
        read: Callable[[str], str],
        base: SiteBase,
        is_copied: Callable[[str], bool] = lambda _page: False,
    ) -> None:
        self._source = lru_cache(64)(sources)
        self._shown = shown
        self._positions = lru_cache(8)(lambda page: AddressPositions(page, read(page)))
        self._base = base
        self._is_copied = is_copied
        self._reported: set[tuple[str, Location]] = set()

    def findings(self, problems: Iterable[SiteProblem]) -> list[Finding]:
        """A finding for each place of each problem.

        A page that stands in for a translation has the problems of its source once more: they are reported for one
        page.
        """
        found: list[Finding] = []
        templates: dict[tuple[str, str], list[SiteProblem]] = {}
        of_pages = (one for one in problems if not (self._is_copied(one.page) and _TEMPLATE.search(one.address)))
        for problem in sorted(of_pages, key=self._is_repeated):
            source = None if problem.rule in _OF_FILE else self._source(problem.page)
            locations = self._locate(problem, source)
            if locations is None:
                templates.setdefault((problem.rule, _meaning(problem, self._base)), []).append(problem)
                continue
            self._reported.update((_kind(problem), location) for location in locations)
            for location in locations:
                tags = source.tags(location.path) if source else ()
                found.append(replace(_finding(problem, location, problem.message), included_at=tags))
        return [*found, *(finding for group in templates.values() for finding in self._of_template(group))]

    def _is_repeated(self, problem: SiteProblem) -> bool:
        source = self._source(problem.page)
        return source is not None and source.stands_in

    def _locate(self, problem: SiteProblem, source: SourcePage | None) -> list[Location] | None:
        """Where a problem is to be corrected; None where a template is to blame."""
        locations = _in_source(problem, source) if source else []
        is_placed = bool(problem.address or problem.link) and problem.rule not in _OF_PAGE
        if not locations and is_placed and not self._is_copied(problem.page):
            return None
        if is_placed and self._is_repeated(problem):
            of_source = problem.rule not in _OF_LANGUAGE  # links to the language of the text are right
            return [at for at in locations if of_source and (_kind(problem), at) not in self._reported]
        return locations or ([Location(source.path)] if source else self._in_built(problem))

    def _in_built(self, problem: SiteProblem) -> list[Location]:
        """Where a problem is in the built file."""
        name = self._shown(problem.page)
        if problem.placed or not (problem.address or problem.link):
            return [Location(name, problem.line, problem.column)]
        found = self._positions(problem.page).find_all(problem.address, problem.link)
        return [Location(name, *place) for place in (found if _is_on_page(problem) else found[:1])]

    def _of_template(self, group: list[SiteProblem]) -> list[Finding]:
        """One finding for all pages; every place of it where it is one page alone."""
        first = min(group, key=lambda problem: problem.page)
        number = len({problem.page for problem in group})
        if number == 1 and _is_on_page(first):
            return [_finding(problem, place, problem.message) for problem in group for place in self._in_built(problem)]
        message = first.message.wrap(ON_SEVERAL_PAGES, count=number) if number > 1 else first.message
        return [_finding(first, self._in_built(first)[0], message)]


def _kind(problem: SiteProblem) -> str:
    """The rule; a page that is missing in one language may be one that is not translated in another."""
    return "link-missing-page" if problem.rule == "link-fallback-page" else problem.rule


_OF_FILE = frozenset({"html-unreadable", "file-unreadable", "sitemap-unreadable"})
_OF_PAGE = frozenset(
    {"translation-lang", "translation-missing", "page-orphan", "redirect-loop", "redirect-chain"}
    | {"version-list", "version-missing", "version-alias", "version-unlisted", "version-lost-page"}
    | {"version-lost-anchor"}
)

_TEMPLATE = re.compile(r"\{[{%]")
"""In a file that a build copies, this is no address yet: templates of a theme are often kept in docs_dir."""

_OF_LANGUAGE = frozenset({"link-wrong-locale", "link-fallback-page"})


def _finding(problem: SiteProblem, location: Location, message: Message) -> Finding:
    return Finding(message, location, problem.address, problem.suggestion, level=problem.level)


def _in_source(problem: SiteProblem, source: SourcePage) -> list[Location]:
    """Every place in the Markdown that a problem stems from."""
    if problem.rule == "id-duplicate":
        place_of_id = source.ids().get(problem.address[1:])
        return [place_of_id] if place_of_id else []
    if problem.rule in _OF_PAGE:
        return [source.place or Location(source.path)]
    if problem.rule == "id-missing" and problem.link:
        wanted_reference = (problem.link.kind, problem.address)
        return [place for attribute, name, place in source.references if (attribute, name) == wanted_reference]
    if problem.rule == "markup-unused-footnote":
        label = problem.address.removeprefix("#fnref:")
        return [place for attribute, name, place in source.references if (attribute, name) == ("footnote", label)]
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


def _meaning(problem: SiteProblem, base: SiteBase) -> str:
    """What an address says, whichever page it is on, so that one link of a template is one problem on every page.

    That is where it leads, and its query. The page's own address in it, as in `/login?back=PAGE`, is that of any page.
    """
    address, where = problem.address, None
    if address and not address.startswith("#") and not (problem.link and problem.link.role == "reference"):
        where = resolve_url(address, problem.page, base)
    own = _own_address(problem.page, base)
    if where:
        query = own.sub("\0", unquote(address.partition("#")[0].partition("?")[2]))
        path = own.sub("\0", where.path) if not own.match(where.path) else where.path
        return f"{where.outside} {where.clamped} {path}?{query}#{where.fragment}"
    return own.sub("\0", unquote(address))


@lru_cache(1_000)
def _own_address(page: str, base: SiteBase) -> re.Pattern[str]:
    """The address of a page, or the path of its source, within another address."""
    inner = re.escape(page.removesuffix("index.html").removesuffix(".html").rstrip("/"))
    home = rf"(?:{re.escape(base.origin)})?{re.escape(base.path)}"
    own = rf"(?:{home}|(?<![\w.-])){inner}(?:/?index)?(?:\.md|\.html|/)?(?![\w-])"
    return re.compile(own if inner else rf"{home}(?![\w-])|(?<![\w.-])index\.md")


def _is_on_page(problem: SiteProblem) -> bool:
    """Whether a problem is of something that readers meet on the page, each place of which is to be corrected."""
    return problem.link is not None and problem.link.role in ("page", "asset", "version", "reference")

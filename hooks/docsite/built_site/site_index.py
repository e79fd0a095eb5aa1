"""What is known of a built site: its files, and of its pages what others are judged by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docsite.built_site.built_page import BuiltPage, LinkGroup, PageParser, read_ids, unreadable_page
from docsite.built_site.file_tree import FileTree, address_of, folders_above
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.tag_links import PageLink
from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import Message, system_reason
from docsite.links.urls import ResolvedUrl, SiteBase, resolve_url

MOST_SUGGESTIONS = 300
BLOCK = 100
"""Pages that one process takes in a row: neighbours repeat most of each other."""


@dataclass(frozen=True)
class Language:
    """A language of the site and the folder it is served in, such as `fr/`; "" is the root."""

    code: str
    root: str


class BuiltPageSummary(NamedTuple):
    """What other pages need to know of a page.

    Attributes:
        ids: everything that a fragment can name.
        text_lang: the language of its article, where that says one.
        redirect: the address it redirects to; "" for none.
        refresh: the file that this is; "" when there is none.
        alternates: the files that it names as itself in other languages.
        canonical: the file that it names as its own address; "" when there is none.
    """

    ids: frozenset[str]
    text_lang: str
    redirect: str
    refresh: str
    alternates: frozenset[str]
    canonical: str


class LinkResolution(NamedTuple):
    """Where a link lands, whichever page of its depth it stands on.

    Attributes:
        served: the file that is sent, if there is one.
        doubtful: whether a check has to look at it on every page.
    """

    where: ResolvedUrl
    served: str | None
    language: Language | None
    doubtful: bool


SuspectLinks = Sequence[tuple[PageLink, LinkResolution]]
"""Links that a check has to look at on every page, and where they land."""


class SiteIndex:
    """A tree, and what is known of its pages.

    Args:
        languages: of the site.

    Attributes:
        linked: the files that other pages link to.
    """

    def __init__(self, tree: FileTree, base: SiteBase, languages: Iterable[Language]) -> None:
        self.tree = tree
        self.base = base
        self._home = base.origin + base.path if base.origin and not base.others else ""
        self.languages = sorted(languages, key=lambda language: -len(language.root))
        self._language: dict[str, Language | None] = {}
        self.cards: dict[str, BuiltPageSummary] = {}
        self._doubts: dict[tuple[str, Language | None], dict[LinkGroup, SuspectLinks]] = {}
        self.linked: set[str] = set()
        self._served: dict[tuple[str, str], str | None] = {}
        self._meant: dict[tuple[str, str, str], str] = {}
        self._likely: dict[tuple[str, str], tuple[LikelyNames, dict[str, str]]] = {}
        self.unread: dict[str, Message] = {}
        self._drawn: dict[str, frozenset[str]] = {}

    def read(self, names: Iterable[str]) -> list[BuiltPage]:
        """Read pages, and take a card of each."""
        reader = PageParser()
        pages = []
        for name in names:
            try:
                page = reader.page(name, self.tree.read(name))
            except OSError as error:
                page = unreadable_page(name, error)
            self.cards[name] = self._card(page)
            pages.append(page)
        return pages

    def _card(self, page: BuiltPage) -> BuiltPageSummary:
        refresh = self.landing(page, page.refresh) if page.refresh else None
        alternates = (self.landing(page, link.address) for link in page.alternates)
        named = frozenset(served for served in alternates if served)
        canonical = self.landing(page, page.canonical) if page.canonical else None
        ids = frozenset((*page.ids, *page.names))
        return BuiltPageSummary(ids, page.text_lang, page.refresh, refresh or "", named, canonical or "")

    def doubts(self, page: BuiltPage) -> SuspectLinks:
        """The links of a page that may be broken, and where they land; the pages that it links to count as linked.

        What one page learns, the others of its language, folder and depth know: `../a/` leads to the same place from
        each.
        """
        start, own = self.start(page), self.language(page.path)
        folders = folders_above(start)
        tables = [self._doubts.setdefault((folder, own), {}) for folder in folders]
        found: list[tuple[PageLink, LinkResolution]] = []
        for group in page.groups:
            shared = group.ups < len(folders)
            doubts = tables[group.ups].get(group) if shared else None
            if doubts is None:
                doubts, leads_back = self._land(page, group, start, folders[group.ups] if shared else None)
                if shared and not leads_back:
                    tables[group.ups][group] = doubts
            if doubts:
                found += doubts
        return found

    def start(self, page: BuiltPage) -> str:
        """The path that a page's addresses are relative to."""
        if not page.base:
            return page.path
        based = resolve_url(page.base, page.path, self.base)
        return based.path if based else ""

    def _land(self, page: BuiltPage, group: LinkGroup, start: str, folder: str | None) -> tuple[SuspectLinks, bool]:
        """The doubts about links that are met for the first time, and whether one leads back to its own page."""
        own = self.language(page.path)
        simple = folder if not self.base.others else None
        places = ((link, _simple(link, simple) or self.place(link.address, start)) for link in group.links)
        landings = [(link, self._at(where, start, folder)) for link, where in places if where is not None]
        served = {at.served for _, at in landings if at.served}
        part = self.part(page.path)
        self.linked.update(name for name in served - {page.path} if name.startswith(part))
        doubts = [(link, at) for link, at in landings if at.doubtful or at.language not in (own, None)]
        return doubts, page.path in served

    def _at(self, where: ResolvedUrl, start: str, folder: str | None) -> LinkResolution:  # noqa: ARG002
        """What is at a place that a link leads to, from `start` and, where it begins with `../`, by way of `folder`."""
        served = None if where.outside else self.tree.served(where.path)
        card = self.cards.get(served) if served else None
        doubtful = served is None or where.clamped or self.is_fallback(served)
        if served and where.fragment:
            doubtful = doubtful or where.fragment not in (self.ids(served) or ())
        return LinkResolution(where, served, self.language(served) if served and card else None, doubtful)

    def landing(self, page: BuiltPage, address: str) -> str | None:
        """The file that one address on a page is served by."""
        start = "" if "://" in address else self.start(page)
        if (start, address) not in self._served:
            where = self.place(address, start)
            self._served[start, address] = self.tree.served(where.path) if where and not where.outside else None
        return self._served[start, address]

    def last(self, served: str) -> str:
        """Where a page leads in the end, through all its redirects."""
        seen = {served}
        while (after := self.cards[served].refresh if served in self.cards else "") and after not in seen:
            seen.add(after)
            served = after
        return served

    def ids(self, served: str) -> frozenset[str] | None:
        """What a fragment of an address can name, redirects followed; None where that cannot be said."""
        last = self.last(served)
        if last in self.cards:
            return self.cards[last].ids
        if last.lower().endswith(".svg"):
            if last not in self._drawn:
                self._drawn[last] = frozenset(read_ids(self.data(last)))
            return self._drawn[last]
        return None

    def place(self, address: str, start: str) -> ResolvedUrl | None:
        """As `place`, with a short way for full addresses of the site, which every page has some of."""
        home = self._home
        plain = _SIMPLE.fullmatch(address, len(home)) if home and address.startswith(home) else None
        return ResolvedUrl(plain[1], plain[2]) if plain else resolve_url(address, start, self.base)

    def language(self, path: str) -> Language | None:
        """The language whose folder a page is in."""
        if path not in self._language:
            found = (language for language in self.languages if path.startswith(language.root))
            self._language[path] = next(found, None)
        return self._language[path]

    def translation(self, path: str, other: Language) -> str | None:
        """The same page in another language."""
        own = self.language(path)
        if own is None:
            return None
        name = other.root + path.removeprefix(own.root)
        return name if name in self.cards else None

    def untranslated(self, page: str, missing: str) -> str | None:
        """The page of another language, the default one first, that a missing page would be a translation of."""
        own = self.language(page)
        if own is None or self.language(missing) != own:
            return None
        others = sorted(self.languages, key=lambda language: len(language.root))
        names = (other.root + missing.removeprefix(own.root) for other in others if other != own)
        served = (self.tree.served(name) for name in names if self.part(name) == self.part(page))
        return next((name for name in served if name in self.cards), None)

    def data(self, name: str) -> bytes:
        """The bytes of a file; none, and a note of it, when it cannot be read."""
        try:
            return self.tree.read(name)
        except OSError as error:
            self.unread[name] = system_reason(error)
            return b""

    def meant(self, wanted: str, among: str, near: str) -> str:
        """What is most like a name: a file with its extension, or of all pages, or an id of the page `among`.

        Args:
            near: the page that asks; only its own part of the tree is searched.

        To look costs milliseconds, and a site with so many problems that it takes long needs no suggestion for each.
        """
        part = self.part(near)
        key = (wanted, among, part if among in self.tree.files else near)
        if key not in self._meant:
            enough = len(self._meant) >= MOST_SUGGESTIONS
            self._meant[key] = "" if enough else self._nearest(wanted, among, part, near)
        return self._meant[key]

    def _nearest(self, wanted: str, among: str, part: str, near: str) -> str:
        if (ids := self.ids(among) if among in self.tree.files else None) is not None:
            return LikelyNames(ids).find(wanted)
        if (among, part) not in self._likely:
            names = self.cards if among else self.tree.files
            addresses = {address_of(name) if among else name: name for name in names if name.startswith(part)}
            self._likely[among, part] = (LikelyNames(addresses), addresses)
        likely, addresses = self._likely[among, part]
        found = likely.find(address_of(wanted) if among else wanted, but=address_of(near) if among else near)
        return addresses[found] if found else ""  # the address of the home page is "", too

    def is_fallback(self, path: str) -> bool:
        """Whether a page shows text of another language, since there is no translation."""
        card, own = self.cards.get(path), self.language(path)
        return bool(card and own and card.text_lang and not same_language(card.text_lang, own.code))

    # A tree of several versions knows better: see `version_rules.VersionedSite`.

    def part(self, path: str) -> str:  # noqa: ARG002
        """The folder of the version that a file belongs to, with a slash at its end; "" for the whole tree."""
        return ""

    def halves(self, names: list[str]) -> tuple[list[str], list[str]]:
        """Pages as two processes share them."""
        first, second = ([name for at, name in enumerate(names) if at // BLOCK % 2 == half] for half in (0, 1))
        return first, second

    def is_home(self, path: str) -> bool:
        """Whether a page is found without a link to it."""
        return path in {f"{language.root}index.html" for language in self.languages}

    def of_link(self, page: BuiltPage, link: PageLink, where: ResolvedUrl, served: str | None) -> Iterable[SiteProblem]:  # noqa: ARG002
        """What is wrong with a link, apart from what is wrong in any tree."""
        return ()

    def of_missing(self, page: BuiltPage, link: PageLink, where: ResolvedUrl) -> SiteProblem | None:  # noqa: ARG002
        """Why a link leads to nothing, where there is more to say than that it does."""
        return None

    def of_all(self) -> Iterable[SiteProblem]:
        """What is wrong with the tree as a whole, apart from what is wrong in any."""
        return ()


def same_language(one: str, other: str) -> bool:
    return one.lower().split("-")[0] == other.lower().split("-")[0]


_SIMPLE = re.compile(r"((?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*)?)(?:#([A-Za-z0-9_.-]+))?")


def _simple(link: PageLink, folder: str | None) -> ResolvedUrl | None:
    """The place of an address that needs no arithmetic, which most do not; None for any other."""
    plain = _SIMPLE.fullmatch(link.rest) if folder is not None else None
    return ResolvedUrl(f"{folder}{plain[1]}", plain[2]) if plain else None

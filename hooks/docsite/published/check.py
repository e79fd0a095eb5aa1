"""Every rule about a built site, over all of its pages at once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote

from docsite.published.addresses import Base, Place, in_css, place
from docsite.published.html import Flaw
from docsite.published.page import BuiltPage, Group, Link, Reader
from docsite.published.page import link as new_link
from docsite.published.tree import Tree
from docsite.suggest import nearest

MOST_SUGGESTIONS = 300
BLOCK = 100
"""Pages that one process takes in a row: neighbours repeat most of each other."""


@dataclass(frozen=True)
class Fault:
    """Something wrong with a page, before its place in the sources is known.

    Attributes:
        page: path of the built file.
        address: the address at fault as the page has it, or "".
        link: the link at fault, where it is one.
        line, column: place of what is no address.
        placed: whether they hold for what has an address too.
    """

    rule: str
    page: str
    message: str
    address: str = ""
    suggestion: str = ""
    link: Link | None = None
    line: int = 1
    column: int = 1
    placed: bool = False


@dataclass(frozen=True)
class Language:
    """A language of the site and the folder it is served in, such as `fr/`; "" is the root."""

    code: str
    root: str


class Card(NamedTuple):
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


class Landing(NamedTuple):
    """Where a link lands, whichever page of its depth it stands on.

    Attributes:
        served: the file that is sent, if there is one.
        doubtful: whether `_link` has to look at it on every page.
    """

    where: Place
    served: str | None
    language: Language | None
    doubtful: bool


Doubts = Sequence[tuple[Link, Landing]]
"""Links that `_link` has to look at on every page, and where they land."""


class Site:
    """A tree, and what is known of its pages.

    Args:
        languages: of the site.

    Attributes:
        linked: the files that other pages link to, and one page that does.
        wanted: the fragments that links to a file name.
    """

    def __init__(self, tree: Tree, base: Base, languages: Iterable[Language]) -> None:
        self.tree = tree
        self.base = base
        self._home = base.origin + base.path if base.origin else ""
        self.languages = sorted(languages, key=lambda language: -len(language.root))
        self._language: dict[str, Language | None] = {}
        self.cards: dict[str, Card] = {}
        self._doubts: dict[tuple[str, Language | None], dict[Group, Doubts]] = {}
        self.linked: dict[str, str] = {}
        self.wanted: dict[str, set[str]] = {}
        self._served: dict[tuple[str, str], str | None] = {}
        self._meant: dict[tuple[str, str, str], str] = {}
        self.unread: dict[str, str] = {}

    def read(self, names: Iterable[str]) -> list[BuiltPage]:
        """Read pages, and take a card of each."""
        reader = Reader()
        pages = []
        for name in names:
            try:
                page = reader.page(name, self.tree.path(name).read_bytes())
            except OSError as error:
                page = BuiltPage(name, faults=(Flaw(f"The file cannot be read: {error.strerror}."),))
            self.cards[name] = self._card(page)
            pages.append(page)
        return pages

    def _card(self, page: BuiltPage) -> Card:
        refresh = self.landing(page, page.refresh) if page.refresh else None
        alternates = (self.landing(page, link.address) for link in page.alternates)
        named = frozenset(served for served in alternates if served)
        canonical = self.landing(page, page.canonical) if page.canonical else None
        ids = frozenset((*page.ids, *page.names))
        return Card(ids, page.text_lang, page.refresh, refresh or "", named, canonical or "")

    def doubts(self, page: BuiltPage) -> Doubts:
        """The links of a page that may be faulty, and where they land; the pages that it links to count as linked.

        What one page learns, the others of its language, folder and depth know: `../a/` leads to the same place from
        each.
        """
        start, own = self.start(page), self.language(page.path)
        folders = _folders(start)
        tables = [self._doubts.setdefault((folder, own), {}) for folder in folders]
        found: list[tuple[Link, Landing]] = []
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
        based = place(page.base, page.path, self.base)
        return based.path if based else ""

    def _land(self, page: BuiltPage, group: Group, start: str, folder: str | None) -> tuple[Doubts, bool]:
        """The doubts about links that are met for the first time, and whether one leads back to its own page."""
        own = self.language(page.path)
        places = ((link, _simple(link, folder) or self.place(link.address, start)) for link in group.links)
        landings = [(link, self._at(where, start, folder)) for link, where in places if where is not None]
        served = {at.served for _, at in landings if at.served}
        part = self.part(page.path)
        for name in served - {page.path}:
            if name.startswith(part):
                self.linked.setdefault(name, page.path)
        for link, at in landings:
            if at.where.fragment and at.served:
                self.wanted.setdefault(at.served, set()).update((at.where.fragment, link.address.partition("#")[2]))
        doubts = [(link, at) for link, at in landings if at.doubtful or at.language not in (own, None)]
        return doubts, page.path in served

    def _at(self, where: Place, start: str, folder: str | None) -> Landing:  # noqa: ARG002
        """What is at a place that a link leads to, from `start` and, where it begins with `../`, by way of `folder`."""
        served = None if where.outside else self.tree.served(where.path)
        card = self.cards.get(served) if served else None
        doubtful = served is None or self.is_fallback(served)
        if card and where.fragment:
            doubtful = doubtful or where.fragment not in card.ids
        return Landing(where, served, self.language(served) if served and card else None, doubtful)

    def landing(self, page: BuiltPage, address: str) -> str | None:
        """The file that one address on a page is served by."""
        start = "" if "://" in address else self.start(page)
        if (start, address) not in self._served:
            where = self.place(address, start)
            self._served[start, address] = self.tree.served(where.path) if where and not where.outside else None
        return self._served[start, address]

    def place(self, address: str, start: str) -> Place | None:
        """As `place`, with a short way for full addresses of the site, which every page has some of."""
        home = self._home
        plain = _SIMPLE.fullmatch(address, len(home)) if home and address.startswith(home) else None
        return Place(plain[1], plain[2]) if plain else place(address, start, self.base)

    def language(self, path: str) -> Language | None:
        """The language whose folder a page is in."""
        if path not in self._language:
            found = (language for language in self.languages if path.startswith(language.root))
            self._language[path] = next(found, None)
        return self._language[path]

    def twin(self, path: str, other: Language) -> str | None:
        """The same page in another language."""
        own = self.language(path)
        if own is None:
            return None
        name = other.root + path.removeprefix(own.root)
        return name if name in self.cards else None

    def data(self, name: str) -> bytes:
        """The bytes of a file; none, and a note of it, when it cannot be read."""
        try:
            return self.tree.path(name).read_bytes()
        except OSError as error:
            self.unread[name] = str(error.strerror)
            return b""

    def meant(self, wanted: str, among: str, near: str) -> str:
        """What is most like a name: a file with its extension, or of all pages, or an id of the page `among`.

        Args:
            near: the page that asks; only its own part of the tree is searched.

        To look costs milliseconds, and whoever has so many faults that it takes long needs no suggestion for each.
        """
        part = self.part(near)
        key = (wanted, among, part)
        if key not in self._meant:
            enough = len(self._meant) >= MOST_SUGGESTIONS
            self._meant[key] = "" if enough else self._nearest(wanted, among, part)
        return self._meant[key]

    def _nearest(self, wanted: str, among: str, part: str) -> str:
        if among in self.cards:
            ids = self.cards[among].ids
            same = (name for name in sorted(ids) if name.casefold() == wanted.casefold())
            return next(same, "") or nearest(wanted, ids)
        if among:
            return nearest(wanted, [name for name in self.cards if name.startswith(part)])
        extension = posixpath.splitext(wanted)[1].lower() or "/"
        files = (name for name in self.tree.files if name.startswith(part))
        return nearest(wanted, {name for name in files if name.lower().endswith(extension)})

    def is_fallback(self, path: str) -> bool:
        """Whether a page shows text of another language, since there is no translation."""
        card, own = self.cards.get(path), self.language(path)
        return bool(card and own and card.text_lang and not _same_language(card.text_lang, own.code))

    # A tree of several versions knows better: see `versioned.VersionedSite`.

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

    def of_link(self, page: BuiltPage, link: Link, where: Place, served: str | None) -> Iterable[Fault]:  # noqa: ARG002
        """What is wrong with a link, apart from what is wrong in any tree."""
        return ()

    def of_missing(self, page: BuiltPage, link: Link, where: Place) -> Fault | None:  # noqa: ARG002
        """Why a link leads to nothing, where there is more to say than that it does."""
        return None

    def of_all(self) -> Iterable[Fault]:
        """What is wrong with the tree as a whole, apart from what is wrong in any."""
        return ()


def _is_404(path: str) -> bool:
    """Whether a page is the error page, which speaks every language and is linked by none."""
    return path.rpartition("/")[2] == "404.html"


def _same_language(one: str, other: str) -> bool:
    return one.lower().split("-")[0] == other.lower().split("-")[0]


_SIMPLE = re.compile(r"((?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*)?)(?:#([A-Za-z0-9_.-]+))?")


def _simple(link: Link, folder: str | None) -> Place | None:
    """The place of an address that needs no arithmetic, which most do not; None for any other."""
    plain = _SIMPLE.fullmatch(link.rest) if folder is not None else None
    return Place(f"{folder}{plain[1]}", plain[2]) if plain else None


def _folders(path: str) -> list[str]:
    """The folder of a path, and every folder above it up to the root."""
    folders = [path[: path.rfind("/") + 1]]
    while folders[-1]:
        folders.append(folders[-1][: folders[-1].rfind("/", 0, -1) + 1])
    return folders


class Part(NamedTuple):
    """What a check of some pages gave.

    Attributes:
        linked, wanted: as `Site` has them.
        links: how many each page has.
    """

    faults: list[Fault]
    linked: dict[str, str]
    links: dict[str, int]
    wanted: dict[str, set[str]]


def of_pages(site: Site, pages: Iterable[BuiltPage]) -> Part:
    """The rules about single pages. Every page of the site must have its card by now."""
    part = Part([], site.linked, {}, site.wanted)
    for page in pages:
        part.links[page.path] = page.links
        part.faults.extend(Fault("html-unreadable", page.path, m, line=line, column=at) for m, line, at in page.faults)
        part.faults.extend(_duplicate_ids(page))
        part.faults.extend(_language(site, page))
        part.faults.extend(_alternates(site, page))
        part.faults.extend(_links(site, page))
    return part


def of_site(site: Site, linked: Collection[str]) -> Iterator[Fault]:
    """The rules about the site as a whole."""
    yield from _stylesheets(site)
    yield from _redirects(site)
    yield from _sitemap(site)
    yield from _orphans(site, linked)
    yield from site.of_all()
    for name in site.tree.unreadable:
        special = site.tree.path(name).exists() and not site.tree.path(name).is_dir()
        problem = "is no regular file" if special else "cannot be followed or listed"
        yield Fault("file-unreadable", name, f"“{name}” {problem}.")
    for name, why in site.unread.items():
        yield Fault("file-unreadable", name, f"“{name}” cannot be read: {why}.")


def _links(site: Site, page: BuiltPage) -> Iterator[Fault]:
    """The links of a page; on a fallback page they are another page's, and reported there."""
    doubts = site.doubts(page)
    if site.is_fallback(page.path):
        return
    for link, at in dict.fromkeys(doubts):
        yield from _link(site, page, link, at.where, at.served)
    for fragment in set(page.fragments) - site.cards[page.path].ids:
        within = new_link(f"#{fragment}", "href", "page")
        yield from _fragment(site, page, within, unquote(fragment), page.path)


def _link(site: Site, page: BuiltPage, link: Link, where: Place, served: str | None) -> Iterator[Fault]:
    yield from site.of_link(page, link, where, served)
    if served is None and link.role == "canonical":
        yield Fault("alternate-missing", page.path, f"“{link.address}” does not exist.", link.address, link=link)
    elif served is None:
        yield _missing(site, page, link, where)
    elif where.fragment and served in site.cards:
        yield from _fragment(site, page, link, where.fragment, served)
    followed = served is not None and link.role == "page" and link.kind in ("href", "xlink:href")
    if served is not None and followed and site.part(served) == site.part(page.path):
        yield from _locale(site, page, link, served)


def _missing(site: Site, page: BuiltPage, link: Link, where: Place) -> Fault:
    if where.outside:
        return Fault("link-outside", page.path, f"“{link.address}” leads out of the site.", link.address, link=link)
    special = site.of_missing(page, link, where)
    if special is not None:
        return special
    name = site.tree.real(where.path.rstrip("/"))
    rule = "asset-missing" if link.role == "asset" or _is_file(where.path) else "link-missing-page"
    if name in site.tree.folders:
        message = f"“{link.address}” leads to a folder without index.html."
        return Fault(rule, page.path, message, link.address, link=link)
    actual = site.tree.by_lower_case.get(name.lower())
    if actual is not None and actual != name:
        message = f"“{link.address}” differs from “{actual}” in letter case, which most servers tell apart."
        return Fault("link-letter-case", page.path, message, link.address, relative(page.path, actual), link)
    what = "file" if rule == "asset-missing" else "page"
    meant = site.meant(name, "" if rule == "asset-missing" else "page", page.path)
    return Fault(
        rule, page.path, f"“{link.address}” leads to no {what}.", link.address, relative(page.path, meant), link
    )


_EXTENSION = re.compile(r"\.(?!html?$)[A-Za-z][A-Za-z0-9]*$", re.IGNORECASE)


def _is_file(path: str) -> bool:
    """Whether a path names a file that is no page, such as plan.txt."""
    return bool(_EXTENSION.search(path))


def relative(page: str, path: str) -> str:
    """A file of the tree as a page links to it; "" for ""."""
    if not path:
        return ""
    folder = posixpath.dirname(page)
    relative = posixpath.relpath(path.removesuffix("index.html") or ".", folder or ".")
    return f"{relative}/" if path.endswith(("/", "index.html")) else relative


def _fragment(site: Site, page: BuiltPage, link: Link, fragment: str, served: str) -> Iterator[Fault]:
    wanted = fragment.partition(":~:")[0]
    if not wanted or wanted.lower() == "top":
        return
    ids = site.cards[served].ids
    if wanted in ids or link.address.partition("#")[2] in ids:
        return
    meant = site.meant(wanted, served, served)
    twin_id = _id_of_other_language(site, served, wanted)
    hint = f" It is an id of {twin_id}." if twin_id and not meant else ""
    message = f"“{served.removesuffix('index.html') or './'}” has no anchor “{wanted}”.{hint}"
    yield Fault("link-missing-anchor", page.path, message, link.address, f"#{meant}" if meant else "", link)


def _id_of_other_language(site: Site, path: str, wanted: str) -> str:
    """The twin, in another language, that has an id."""
    part = site.part(path)
    twins = (site.twin(path, language) for language in site.languages if language.root.startswith(part))
    return next((twin for twin in twins if twin and twin != path and wanted in site.cards[twin].ids), "")


def _locale(site: Site, page: BuiltPage, link: Link, served: str) -> Iterator[Fault]:
    here, there = site.language(page.path), site.language(served)
    if here is None or there is None or served not in site.cards or page.refresh or _is_404(page.path):
        return
    if here != there and not link.hreflang:
        twin = site.twin(served, here)
        if twin and not site.is_fallback(twin):
            message = f"“{link.address}” is in {there.code}, and exists in {here.code} too."
            yield Fault("link-wrong-locale", page.path, message, link.address, relative(page.path, twin), link)
    elif here == there and site.is_fallback(served) and not link.hreflang:
        message = f"“{link.address}” is not translated: it shows {site.cards[served].text_lang} text."
        yield Fault("link-fallback-page", page.path, message, link.address, link=link)


def _duplicate_ids(page: BuiltPage) -> Iterator[Fault]:
    if len(set(page.ids)) == len(page.ids):
        return
    seen: set[str] = set()
    told: set[str] = set()
    for name in page.ids:
        if name in seen and name not in told:
            told.add(name)
            yield Fault("id-duplicate", page.path, f"The id “{name}” occurs more than once.", f"#{name}")
        seen.add(name)


def _language(site: Site, page: BuiltPage) -> Iterator[Fault]:
    own = site.language(page.path)
    if own is None or page.refresh or _is_404(page.path):
        return
    if page.lang and not _same_language(page.lang, own.code):
        message = f"The document says lang=“{page.lang}” but is served among the {own.code} pages."
        yield Fault("translation-lang", page.path, message, page.lang, own.code)
    if site.is_fallback(page.path):
        message = f"The page is not translated into {own.code}: it shows {page.text_lang} text."
        yield Fault("translation-missing", page.path, message)


def _stylesheets(site: Site) -> Iterator[Fault]:
    known: dict[bytes, list[str]] = {}
    for path in sorted(name for name in site.tree.files if name.endswith(".css")):
        sheet, data = BuiltPage(path), site.data(path)
        if data not in known:
            known[data] = list(dict.fromkeys(in_css(data.decode("utf-8", "replace"))))
        for address in known[data]:
            where = None if address.startswith("#") else place(address, path, site.base)
            if where is not None and (where.outside or site.tree.served(where.path) is None):
                yield _missing(site, sheet, new_link(address, "css", "asset"), where)


def _redirects(site: Site) -> Iterator[Fault]:
    """Redirects that go round in a circle, told once of all its pages, or through other redirects."""
    for path, card in sorted(site.cards.items()):
        trail = {path: None}  # in order, and quick to search
        after = card.refresh
        while after and after not in trail:
            trail[after] = None
            after = site.cards[after].refresh if after in site.cards else ""
        if after == path == min(trail):
            shown = " → ".join([*trail, after])
            yield Fault("redirect-loop", path, f"The redirect goes round in a circle: {shown}.", card.redirect)
        elif not after and len(trail) > 2:
            message = f"The redirect leads to another one: {' → '.join(trail)}."
            yield Fault("redirect-chain", path, message, card.redirect, relative(path, [*trail][-1]))


def _alternates(site: Site, page: BuiltPage) -> Iterator[Fault]:
    """hreflang links must exist, be of the language they say, and name the page in turn."""
    if _is_404(page.path):
        return
    for link in page.alternates:
        served = site.landing(page, link.address)
        if served is None and place(link.address, page.path, site.base) is None:
            continue
        if served is None:
            yield Fault("alternate-missing", page.path, f"“{link.address}” does not exist.", link.address, link=link)
            continue
        own = site.language(served)
        if link.hreflang != "x-default" and own and not _same_language(link.hreflang, own.code):
            message = f"hreflang says {link.hreflang}, but “{link.address}” is among the {own.code} pages."
            yield Fault("alternate-lang", page.path, message, link.address, link=link)
        yield from site.of_link(page, link, Place(served, None), served)
        if not _mutual(site, page.path, served):
            message = f"“{link.address}” does not name this page as its alternate in turn."
            yield Fault("alternate-one-way", page.path, message, link.address, link=link)


def _mutual(site: Site, page: str, served: str) -> bool:
    """Whether an alternate names a page in turn, or the page that this one says it is."""
    card = site.cards.get(served)
    known_as = site.cards[page].canonical or page
    if card is None or served in (page, known_as):
        return True
    if known_as == page and site.part(served) != site.part(page):
        return True  # the latest version, which has a translation of the page and not the page
    return not card.alternates.isdisjoint((page, known_as))


def _sitemap(site: Site) -> Iterator[Fault]:
    from docsite.published.sitemap import entries

    for name in sorted(site.tree.files):
        if name.rpartition("/")[2] == "sitemap.xml":
            found, problem = entries(site.data(name))
            if problem:
                yield Fault("sitemap-unreadable", name, problem)
            for address in found:
                where = site.place(address, name)
                if where is not None and site.tree.served(where.path) is None:
                    yield Fault("sitemap-missing-page", name, f"“{address}” does not exist.", address)


def _orphans(site: Site, linked: Collection[str]) -> Iterator[Fault]:
    for path, card in site.cards.items():
        if path not in linked and not site.is_home(path) and not card.redirect and not _is_404(path):
            yield Fault("page-orphan", path, "No page links here.")

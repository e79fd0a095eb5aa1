"""Every rule about a built site, over all of its pages at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from docsite.published.addresses import Base, Place, in_css, place
from docsite.published.page import BuiltPage, Link, Reader
from docsite.published.page import link as new_link
from docsite.published.tree import Tree
from docsite.suggest import nearest


@dataclass(frozen=True)
class Fault:
    """Something wrong with a page, before its place in the sources is known.

    Attributes:
        page: path of the built file.
        address: the address at fault as the page has it, or "".
    """

    rule: str
    page: str
    message: str
    address: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Language:
    """A language of the site and the folder it is served in, such as `fr/`; "" is the root."""

    code: str
    root: str


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


class Site:
    """The pages of a tree, read once.

    Args:
        languages: of the site.
    """

    def __init__(self, tree: Tree, base: Base, languages: Iterable[Language]) -> None:
        self.tree = tree
        self.base = base
        self.languages = sorted(languages, key=lambda language: -len(language.root))
        self.links = 0
        self._landings: dict[tuple[str, str, str], Landing | None] = {}
        self._ids: dict[str, frozenset[str]] = {}

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every HTML page, by path."""
        reader = Reader()
        pages: dict[str, BuiltPage] = {}
        for path in self.tree.pages():
            try:
                pages[path] = reader.page(path, self.tree.path(path).read_bytes())
            except OSError as error:
                pages[path] = BuiltPage(path, faults=(f"The file cannot be read: {error.strerror}.",))
        return pages

    def landings(self, page: BuiltPage) -> Iterator[tuple[Link, Landing]]:
        """The links of a page that lead to the site, and where they land. Equal ones are worked out once."""
        known, start = self._landings, self.start(page)
        folders = _folders(start)
        deepest = len(folders) - 1
        for link in dict.fromkeys(page.links):
            ups = min(link.ups, deepest)
            key = (folders[ups], link.rest if ups == link.ups else link.address, link.role)
            if link.ups > deepest or not link.rest or link.rest[0] == "?":
                key = (start, link.address, link.role)
            if key not in known:
                known[key] = self._land(link, start)
            landing = known[key]
            if landing is not None:
                yield link, landing

    def start(self, page: BuiltPage) -> str:
        """The path that a page's addresses are relative to."""
        if not page.base:
            return page.path
        based = place(page.base, page.path, self.base)
        return based.path if based else ""

    def _land(self, link: Link, start: str) -> Landing | None:
        where = place(link.address, start, self.base)
        if where is None:
            return None
        served = None if where.outside else self.tree.served(where.path)
        doubtful = served is None or self.is_fallback(served)
        if served is not None and where.fragment and served in self.pages:
            doubtful = doubtful or where.fragment not in self.ids(served)
        return Landing(where, served, self.language(served) if served in self.pages else None, doubtful)

    def landing(self, page: BuiltPage, address: str) -> str | None:
        """The file that one address on a page is served by."""
        where = place(address, self.start(page), self.base)
        return self.tree.served(where.path) if where and not where.outside else None

    def ids(self, path: str) -> frozenset[str]:
        """Everything on a page that a fragment can name."""
        if path not in self._ids:
            page = self.pages.get(path)
            self._ids[path] = frozenset((*page.ids, *page.names)) if page else frozenset()
        return self._ids[path]

    def language(self, path: str) -> Language | None:
        """The language whose folder a page is in."""
        return next((language for language in self.languages if path.startswith(language.root)), None)

    def twin(self, path: str, other: Language) -> str | None:
        """The same page in another language."""
        own = self.language(path)
        if own is None:
            return None
        name = other.root + path.removeprefix(own.root)
        return name if name in self.pages else None

    def is_fallback(self, path: str) -> bool:
        """Whether a page shows text of another language, since there is no translation."""
        page, own = self.pages.get(path), self.language(path)
        return bool(page and own and page.text_lang and not _same_language(page.text_lang, own.code))


def _is_404(path: str) -> bool:
    """Whether a page is the error page, which speaks every language and is linked by none."""
    return path.rpartition("/")[2] == "404.html"


def _same_language(one: str, other: str) -> bool:
    return one.lower().split("-")[0] == other.lower().split("-")[0]


def _folders(path: str) -> list[str]:
    """The folder of a path, and every folder above it up to the root."""
    folders = [path[: path.rfind("/") + 1]]
    while folders[-1]:
        folders.append(folders[-1][: folders[-1].rfind("/", 0, -1) + 1])
    return folders


def faults(site: Site) -> Iterator[Fault]:
    """Everything wrong with a site."""
    linked: set[str] = set()
    for page in site.pages.values():
        yield from (Fault("html-unreadable", page.path, message) for message in page.faults)
        yield from _duplicate_ids(page)
        yield from _language(site, page)
        yield from _links(site, page, linked)
    yield from _stylesheets(site)
    yield from _redirects(site)
    yield from _alternates(site)
    yield from _sitemap(site)
    yield from _orphans(site, linked)
    for name in site.tree.unreadable:
        yield Fault("file-unreadable", name, f"“{name}” cannot be followed or listed.")


def _links(site: Site, page: BuiltPage, linked: set[str]) -> Iterator[Fault]:
    """The links of a page; on a fallback page they are another page's, and reported there."""
    fallback, own = site.is_fallback(page.path), site.language(page.path)
    served = set()
    for link, landing in site.landings(page):
        served.add(landing.served)
        if (landing.doubtful or (landing.language is not own and landing.language)) and not fallback:
            yield from _link(site, page, link, landing.where, landing.served)
    site.links += len(page.links) + len(page.fragments)
    linked.update(name for name in served if name and name != page.path)
    if fallback:
        return
    for fragment in set(page.fragments) - site.ids(page.path):
        yield from _fragment(site, page, f"#{fragment}", unquote(fragment), page.path)


def _link(site: Site, page: BuiltPage, link: Link, where: Place, served: str | None) -> Iterator[Fault]:
    if link.role in ("alternate", "canonical") and where.path not in ("", *site.tree.folders) and served is None:
        yield Fault("alternate-missing", page.path, f"“{link.address}” does not exist.", link.address)
        return
    if served is None:
        yield _missing(site, page, link, where)
        return
    if where.fragment and served in site.pages:
        yield from _fragment(site, page, link.address, where.fragment, served)
    if link.role == "page" and link.kind == "href":
        yield from _locale(site, page, link, served)


def _missing(site: Site, page: BuiltPage, link: Link, where: Place) -> Fault:
    if where.outside:
        return Fault("link-outside", page.path, f"“{link.address}” leads out of the site.", link.address)
    name = where.path.rstrip("/")
    rule = "asset-missing" if link.role == "asset" else "link-missing-page"
    if name in site.tree.folders:
        message = f"“{link.address}” leads to a folder without index.html."
        return Fault(rule, page.path, message, link.address)
    actual = site.tree.by_lower_case.get(name.lower())
    if actual is not None and actual != name:
        message = f"“{link.address}” differs from “{actual}” in letter case, which most servers tell apart."
        return Fault("link-letter-case", page.path, message, link.address, actual)
    what = "file" if rule == "asset-missing" else "page"
    meant = nearest(name, _known(site, rule))
    return Fault(rule, page.path, f"“{link.address}” leads to no {what}.", link.address, meant)


def _known(site: Site, rule: str) -> Iterable[str]:
    if rule == "asset-missing":
        return (name for name in site.tree.files if not name.endswith(".html"))
    return (name.removesuffix("index.html") or "./" for name in site.pages)


def _fragment(site: Site, page: BuiltPage, address: str, fragment: str, served: str) -> Iterator[Fault]:
    wanted = fragment.partition(":~:")[0]
    if not wanted or wanted.lower() == "top":
        return
    ids = site.ids(served)
    if wanted in ids or address.partition("#")[2] in ids:
        return
    meant = next((name for name in ids if name.casefold() == wanted.casefold()), "") or nearest(wanted, ids)
    twin_id = _id_of_other_language(site, served, wanted)
    hint = f" It is an id of {twin_id}." if twin_id and not meant else ""
    message = f"“{served.removesuffix('index.html') or './'}” has no anchor “{wanted}”.{hint}"
    yield Fault("link-missing-anchor", page.path, message, address, f"#{meant}" if meant else "")


def _id_of_other_language(site: Site, path: str, wanted: str) -> str:
    """The twin, in another language, that has an id."""
    twins = (site.twin(path, language) for language in site.languages)
    return next((twin for twin in twins if twin and twin != path and wanted in site.ids(twin)), "")


def _locale(site: Site, page: BuiltPage, link: Link, served: str) -> Iterator[Fault]:
    here, there = site.language(page.path), site.language(served)
    if here is None or there is None or served not in site.pages or page.refresh or _is_404(page.path):
        return
    if here != there and not link.hreflang:
        twin = site.twin(served, here)
        if twin and not site.is_fallback(twin):
            message = f"This {here.code} page links to the {there.code} page “{link.address}”."
            yield Fault("link-wrong-locale", page.path, message, link.address, twin.removesuffix("index.html"))
    elif here == there and site.is_fallback(served) and not link.hreflang:
        message = f"“{link.address}” is not translated: it shows {site.pages[served].text_lang} text."
        yield Fault("link-fallback-page", page.path, message, link.address)


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
    for path in sorted(name for name in site.tree.files if name.endswith(".css")):
        sheet = BuiltPage(path)
        text = site.tree.path(path).read_bytes().decode("utf-8", "replace")
        for address in dict.fromkeys(in_css(text)):
            where = None if address.startswith("#") else place(address, path, site.base)
            if where is not None and (where.outside or site.tree.served(where.path) is None):
                yield _missing(site, sheet, new_link(address, "css", "asset"), where)


def _redirects(site: Site) -> Iterator[Fault]:
    """Redirects that go round in a circle, or through other redirects."""
    for page in site.pages.values():
        trail = [page.path]
        while (after := _redirected(site, trail[-1])) and after not in trail:
            trail.append(after)
        if after:
            shown = " → ".join([*trail, after])
            yield Fault("redirect-loop", page.path, f"The redirect goes round in a circle: {shown}.", page.refresh)
        elif len(trail) > 2:
            message = f"The redirect goes through {len(trail) - 2} other: {' → '.join(trail)}."
            yield Fault("redirect-chain", page.path, message, page.refresh, trail[-1].removesuffix("index.html"))


def _redirected(site: Site, path: str) -> str | None:
    page = site.pages.get(path)
    return site.landing(page, page.refresh) if page and page.refresh else None


def _alternates(site: Site) -> Iterator[Fault]:
    """hreflang links must lead to pages that link back."""
    listed: dict[str, set[str]] = {}
    for page in site.pages.values():
        listed[page.path] = {served for _, served in _alternate_links(site, page)}
    for page in site.pages.values():
        if _is_404(page.path):
            continue
        for link, served in _alternate_links(site, page):
            own = site.language(served)
            if link.hreflang != "x-default" and own and not _same_language(link.hreflang, own.code):
                message = f"hreflang says {link.hreflang}, but “{link.address}” is among the {own.code} pages."
                yield Fault("alternate-lang", page.path, message, link.address)
            if served != page.path and page.path not in listed.get(served, set()):
                message = f"“{link.address}” does not name this page as its alternate in turn."
                yield Fault("alternate-one-way", page.path, message, link.address)


def _alternate_links(site: Site, page: BuiltPage) -> Iterator[tuple[Link, str]]:
    for link in page.links:
        if link.role == "alternate":
            served = site.landing(page, link.address)
            if served is not None:
                yield link, served


def _sitemap(site: Site) -> Iterator[Fault]:
    from docsite.published.sitemap import entries

    for name in sorted(site.tree.files):
        if name.rpartition("/")[2] == "sitemap.xml":
            found, problem = entries(site.tree.path(name).read_bytes())
            if problem:
                yield Fault("sitemap-unreadable", name, problem)
            for address in found:
                where = place(address, name, site.base)
                if where is not None and site.tree.served(where.path) is None:
                    yield Fault("sitemap-missing-page", name, f"“{address}” does not exist.", address)


def _orphans(site: Site, linked: set[str]) -> Iterator[Fault]:
    homes = {f"{language.root}index.html" for language in site.languages}
    for page in site.pages.values():
        lonely = page.path not in linked and page.path not in homes and not page.refresh
        if lonely and not _is_404(page.path):
            yield Fault("page-orphan", page.path, "No page links here.")

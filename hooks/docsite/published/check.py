"""Every rule about a built site, over all of its pages at once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from docsite.published.addresses import Place, in_css, place
from docsite.published.page import BuiltPage, Link
from docsite.published.page import link as new_link
from docsite.published.site import Fault, Site, is_404, same_language


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
    if here is None or there is None or served not in site.cards or page.refresh or is_404(page.path):
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
    if own is None or page.refresh or is_404(page.path):
        return
    if page.lang and not same_language(page.lang, own.code):
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
    if is_404(page.path):
        return
    for link in page.alternates:
        served = site.landing(page, link.address)
        if served is None and place(link.address, page.path, site.base) is None:
            continue
        if served is None:
            yield Fault("alternate-missing", page.path, f"“{link.address}” does not exist.", link.address, link=link)
            continue
        own = site.language(served)
        if link.hreflang != "x-default" and own and not same_language(link.hreflang, own.code):
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
        if path not in linked and not site.is_home(path) and not card.redirect and not is_404(path):
            yield Fault("page-orphan", path, "No page links here.")

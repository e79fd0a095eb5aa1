"""Every rule about a built site, over all of its pages at once."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from docsite.built_site.built_page import BuiltPage, PageLink
from docsite.built_site.built_page import make_link as new_link
from docsite.built_site.site_index import SiteIndex, SiteProblem, is_404, same_language
from docsite.built_site.urls import ResolvedUrl, css_urls, resolve_url


class PagesResult(NamedTuple):
    """What a check of some pages gave.

    Attributes:
        linked: as `SiteIndex` has it.
        links: how many each page has.
    """

    faults: list[SiteProblem]
    linked: set[str]
    links: dict[str, int]


def check_pages(site: SiteIndex, pages: Iterable[BuiltPage]) -> PagesResult:
    """The rules about single pages. Every page of the site must have its card by now."""
    part = PagesResult([], site.linked, {})
    for page in pages:
        part.links[page.path] = page.links
        part.faults.extend(
            SiteProblem("html-unreadable", page.path, m, line=line, column=at) for m, line, at in page.faults
        )
        part.faults.extend(_duplicate_ids(page))
        part.faults.extend(_language(site, page))
        part.faults.extend(_alternates(site, page))
        part.faults.extend(_links(site, page))
    return part


def check_whole_site(site: SiteIndex, linked: Collection[str]) -> Iterator[SiteProblem]:
    """The rules about the site as a whole."""
    yield from _stylesheets(site)
    yield from _redirects(site)
    yield from _sitemap(site)
    yield from _orphans(site, linked)
    yield from site.of_all()
    for name in site.tree.unreadable:
        special = site.tree.path(name).exists() and not site.tree.path(name).is_dir()
        problem = "is no regular file" if special else "cannot be followed or listed"
        yield SiteProblem("file-unreadable", name, f"“{name}” {problem}.")
    for name, why in site.unread.items():
        yield SiteProblem("file-unreadable", name, f"“{name}” cannot be read: {why}.")


def _links(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    """The links of a page; on a fallback page they are another page's, and reported there."""
    doubts = site.doubts(page)
    if site.is_fallback(page.path):
        return
    for link, at in dict.fromkeys(doubts):
        yield from _link(site, page, link, at.where, at.served)
    for fragment in set(page.fragments) - site.cards[page.path].ids:
        within = new_link(f"#{fragment}", "href", "page")
        yield from _fragment(site, page, within, unquote(fragment), page.path)


def _link(
    site: SiteIndex, page: BuiltPage, link: PageLink, where: ResolvedUrl, served: str | None
) -> Iterator[SiteProblem]:
    yield from site.of_link(page, link, where, served)
    if served is None and link.role == "canonical":
        yield SiteProblem("alternate-missing", page.path, f"“{link.address}” does not exist.", link.address, link=link)
    elif served is None:
        yield _missing(site, page, link, where)
    elif where.fragment and served in site.cards:
        yield from _fragment(site, page, link, where.fragment, served)
    followed = served is not None and link.role == "page" and link.kind in ("href", "xlink:href")
    if served is not None and followed and site.part(served) == site.part(page.path):
        yield from _locale(site, page, link, served)


def _missing(site: SiteIndex, page: BuiltPage, link: PageLink, where: ResolvedUrl) -> SiteProblem:
    if where.outside:
        return SiteProblem(
            "link-outside", page.path, f"“{link.address}” leads out of the site.", link.address, link=link
        )
    special = site.of_missing(page, link, where)
    if special is not None:
        return special
    name = site.tree.real(where.path.rstrip("/"))
    rule = "asset-missing" if link.role == "asset" or _is_file(where.path) else "link-missing-page"
    if name in site.tree.folders:
        message = f"“{link.address}” leads to a folder without index.html."
        return SiteProblem(rule, page.path, message, link.address, link=link)
    actual = site.tree.by_lower_case.get(name.lower())
    if actual is not None and actual != name:
        message = f"“{link.address}” differs from “{actual}” in letter case, which most servers tell apart."
        return SiteProblem("link-letter-case", page.path, message, link.address, relative_link(page.path, actual), link)
    what = "file" if rule == "asset-missing" else "page"
    meant = site.meant(name, "" if rule == "asset-missing" else "page", page.path)
    return SiteProblem(
        rule, page.path, f"“{link.address}” leads to no {what}.", link.address, relative_link(page.path, meant), link
    )


_EXTENSION = re.compile(r"\.(?!html?$)[A-Za-z][A-Za-z0-9]*$", re.IGNORECASE)


def _is_file(path: str) -> bool:
    """Whether a path names a file that is no page, such as plan.txt."""
    return bool(_EXTENSION.search(path))


def relative_link(page: str, path: str) -> str:
    """A file of the tree as a page links to it; "" for ""."""
    if not path:
        return ""
    folder = posixpath.dirname(page)
    relative = posixpath.relpath(path.removesuffix("index.html") or ".", folder or ".")
    return f"{relative}/" if path.endswith(("/", "index.html")) else relative


def _fragment(site: SiteIndex, page: BuiltPage, link: PageLink, fragment: str, served: str) -> Iterator[SiteProblem]:
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
    yield SiteProblem("link-missing-anchor", page.path, message, link.address, f"#{meant}" if meant else "", link)


def _id_of_other_language(site: SiteIndex, path: str, wanted: str) -> str:
    """The twin, in another language, that has an id."""
    part = site.part(path)
    twins = (site.twin(path, language) for language in site.languages if language.root.startswith(part))
    return next((twin for twin in twins if twin and twin != path and wanted in site.cards[twin].ids), "")


def _locale(site: SiteIndex, page: BuiltPage, link: PageLink, served: str) -> Iterator[SiteProblem]:
    here, there = site.language(page.path), site.language(served)
    if here is None or there is None or served not in site.cards or page.refresh or is_404(page.path):
        return
    if here != there and not link.hreflang:
        twin = site.twin(served, here)
        if twin and not site.is_fallback(twin):
            message = f"“{link.address}” is in {there.code}, and exists in {here.code} too."
            yield SiteProblem(
                "link-wrong-locale", page.path, message, link.address, relative_link(page.path, twin), link
            )
    elif here == there and site.is_fallback(served) and not link.hreflang:
        message = f"“{link.address}” is not translated: it shows {site.cards[served].text_lang} text."
        yield SiteProblem("link-fallback-page", page.path, message, link.address, link=link)


def _duplicate_ids(page: BuiltPage) -> Iterator[SiteProblem]:
    if len(set(page.ids)) == len(page.ids):
        return
    seen: set[str] = set()
    told: set[str] = set()
    for name in page.ids:
        if name in seen and name not in told:
            told.add(name)
            yield SiteProblem("id-duplicate", page.path, f"The id “{name}” occurs more than once.", f"#{name}")
        seen.add(name)


def _language(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    own = site.language(page.path)
    if own is None or page.refresh or is_404(page.path):
        return
    if page.lang and not same_language(page.lang, own.code):
        message = f"The document says lang=“{page.lang}” but is served among the {own.code} pages."
        yield SiteProblem("translation-lang", page.path, message, page.lang, own.code)
    if site.is_fallback(page.path):
        message = f"The page is not translated into {own.code}: it shows {page.text_lang} text."
        yield SiteProblem("translation-missing", page.path, message)


def _stylesheets(site: SiteIndex) -> Iterator[SiteProblem]:
    known: dict[bytes, list[str]] = {}
    for path in sorted(name for name in site.tree.files if name.endswith(".css")):
        sheet, data = BuiltPage(path), site.data(path)
        if data not in known:
            known[data] = list(dict.fromkeys(css_urls(data.decode("utf-8", "replace"))))
        for address in known[data]:
            where = None if address.startswith("#") else resolve_url(address, path, site.base)
            if where is not None and (where.outside or site.tree.served(where.path) is None):
                yield _missing(site, sheet, new_link(address, "css", "asset"), where)


def _redirects(site: SiteIndex) -> Iterator[SiteProblem]:
    """Redirects that go round in a circle, told once of all its pages, or through other redirects."""
    for path, card in sorted(site.cards.items()):
        trail = {path: None}  # in order, and quick to search
        after = card.refresh
        while after and after not in trail:
            trail[after] = None
            after = site.cards[after].refresh if after in site.cards else ""
        if after == path == min(trail):
            shown = " → ".join([*trail, after])
            yield SiteProblem("redirect-loop", path, f"The redirect goes round in a circle: {shown}.", card.redirect)
        elif not after and len(trail) > 2:
            message = f"The redirect leads to another one: {' → '.join(trail)}."
            yield SiteProblem("redirect-chain", path, message, card.redirect, relative_link(path, [*trail][-1]))


def _alternates(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    """hreflang links must exist, be of the language they say, and name the page in turn."""
    if is_404(page.path):
        return
    for link in page.alternates:
        served = site.landing(page, link.address)
        if served is None and resolve_url(link.address, page.path, site.base) is None:
            continue
        if served is None:
            yield SiteProblem(
                "alternate-missing", page.path, f"“{link.address}” does not exist.", link.address, link=link
            )
            continue
        own = site.language(served)
        if link.hreflang != "x-default" and own and not same_language(link.hreflang, own.code):
            message = f"hreflang says {link.hreflang}, but “{link.address}” is among the {own.code} pages."
            yield SiteProblem("alternate-lang", page.path, message, link.address, link=link)
        yield from site.of_link(page, link, ResolvedUrl(served, None), served)
        if not _mutual(site, page.path, served):
            message = f"“{link.address}” does not name this page as its alternate in turn."
            yield SiteProblem("alternate-one-way", page.path, message, link.address, link=link)


def _mutual(site: SiteIndex, page: str, served: str) -> bool:
    """Whether an alternate names a page in turn, or the page that this one says it is."""
    card = site.cards.get(served)
    known_as = site.cards[page].canonical or page
    if card is None or served in (page, known_as):
        return True
    if known_as == page and site.part(served) != site.part(page):
        return True  # the latest version, which has a translation of the page and not the page
    return not card.alternates.isdisjoint((page, known_as))


def _sitemap(site: SiteIndex) -> Iterator[SiteProblem]:
    from docsite.built_site.sitemap import entries

    for name in sorted(site.tree.files):
        if name.rpartition("/")[2] == "sitemap.xml":
            found, problem = entries(site.data(name))
            if problem:
                yield SiteProblem("sitemap-unreadable", name, problem)
            for address in found:
                where = site.place(address, name)
                if where is not None and site.tree.served(where.path) is None:
                    yield SiteProblem("sitemap-missing-page", name, f"“{address}” does not exist.", address)


def _orphans(site: SiteIndex, linked: Collection[str]) -> Iterator[SiteProblem]:
    for path, card in site.cards.items():
        if path not in linked and not site.is_home(path) and not card.redirect and not is_404(path):
            yield SiteProblem("page-orphan", path, "No page links here.")

"""The rules about the pages of a built site."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from docsite.built_site.built_page import BuiltPage
from docsite.built_site.file_tree import is_error_page
from docsite.built_site.site_index import SiteIndex, same_language
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.tag_links import PageLink, make_reference
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.rules import Severity
from docsite.links.link_problem import outside_message
from docsite.links.urls import ResolvedUrl, resolve_url


class PagesResult(NamedTuple):
    """What a check of some pages gave.

    Attributes:
        linked: as `SiteIndex` has it.
        links: how many each page has.
    """

    problems: list[SiteProblem]
    linked: set[str]
    links: dict[str, int]


def check_pages(site: SiteIndex, pages: Iterable[BuiltPage]) -> PagesResult:
    """The rules about single pages. Every page of the site must have its card by now."""
    part = PagesResult([], site.linked, {})
    for page in pages:
        part.links[page.path] = page.links
        part.problems.extend(
            SiteProblem(message, page.path, line=line, column=column) for message, line, column in page.problems
        )
        part.problems.extend(_invalid(page))
        part.problems.extend(_duplicate_ids(page))
        part.problems.extend(_references(site, page))
        part.problems.extend(_language(site, page))
        part.problems.extend(_alternates(site, page))
        part.problems.extend(_links(site, page))
    return part


def _links(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    """The links of a page; on a fallback page they are another page's, and reported there."""
    doubts = site.doubts(page)
    if site.is_fallback(page.path):
        return
    for link, at in dict.fromkeys(doubts):
        yield from _link(site, page, link, at.where, at.served)
    ids = site.cards[page.path].ids
    missing = [link for link in page.fragments if link.rest[1:] not in ids]
    for link in dict.fromkeys(missing):
        yield from missing_fragment(site, page, link, unquote(link.rest[1:]), page.path)


def _link(
    site: SiteIndex, page: BuiltPage, link: PageLink, where: ResolvedUrl, served: str | None
) -> Iterator[SiteProblem]:
    yield from site.of_link(page, link, where, served)
    if where.clamped:
        message = make_message("link-above-root", "above", address=link.address)
        yield SiteProblem(message, page.path, link.address, link=link)
    if served is None and link.role == "canonical":
        message = make_message("alternate-missing", "missing", address=link.address)
        yield SiteProblem(message, page.path, link.address, link=link)
    elif served is None:
        yield missing_file(site, page, link, where)
    elif where.fragment and has_ids(site, served, where.fragment):
        yield from missing_fragment(site, page, link, where.fragment, served)
    followed = served is not None and link.role == "page" and link.kind in ("href", "xlink:href")
    if served is not None and followed and site.part(served) == site.part(page.path):
        yield from _locale(site, page, link, served)


_COLOR_SCHEMES = frozenset({"only-light", "only-dark", "gh-light-mode-only", "gh-dark-mode-only"})
"""Fragments by which themes show a picture in light or in dark colors only."""


def has_ids(site: SiteIndex, served: str, fragment: str) -> bool:
    """Whether a fragment of a file names an id: in a drawing it may also say what part to show, as `svgView(...)`."""
    is_id = not re.search(r"[=(]", fragment) and fragment not in _COLOR_SCHEMES
    return served in site.cards or (served.lower().endswith(".svg") and is_id)


def missing_file(site: SiteIndex, page: BuiltPage, link: PageLink, where: ResolvedUrl) -> SiteProblem:
    """Why a link leads to nothing."""
    if where.outside:
        relative = not link.address.strip().startswith(("/", "\\")) and "://" not in link.address
        outside = make_message("link-outside", "outside", address=link.address)
        inner = "" if relative else site.tree.served(where.path.strip("/")) or ""
        meant = inner if inner and not site.is_home(inner) else ""
        base = outside_message(link.address, where, site.base, is_inside=bool(meant))
        return SiteProblem(
            outside if relative else base, page.path, link.address, relative_link(page.path, meant), link
        )
    special = site.of_missing(page, link, where)
    if special is not None:
        return special
    name = site.tree.real(where.path.rstrip("/"))
    asset = link.role == "asset" or _is_file(where.path)
    if name in site.tree.folders:
        rule = "asset-missing" if asset else "link-missing-page"
        return SiteProblem(make_message(rule, "folder", address=link.address), page.path, link.address, link=link)
    actual = site.tree.by_lower_case.get(name.lower())
    if actual is not None and actual != name:
        message = make_message("link-letter-case", "case", address=link.address, actual=actual)
        return SiteProblem(message, page.path, link.address, relative_link(page.path, actual), link)
    if not asset and (other := site.untranslated(page.path, where.path)):
        code = getattr(site.language(other), "code", "")
        message = make_message("link-fallback-page", "missing", address=link.address, language=code)
        meant = relative_link(page.path, other)
        return SiteProblem(message, page.path, link.address, meant, link, level=Severity.ERROR)
    message = make_message("link-missing-page", "address", address=link.address)
    if asset:
        message = make_message("asset-missing", "file", path=link.address)
    meant = site.meant(name, "" if asset else "page", page.path)
    return SiteProblem(message, page.path, link.address, relative_link(page.path, meant), link)


_EXTENSION = re.compile(r"\.(?!(?:html?|md|markdown)$)[A-Za-z][A-Za-z0-9]*$", re.IGNORECASE)


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


def missing_fragment(
    site: SiteIndex, page: BuiltPage, link: PageLink, fragment: str, served: str
) -> Iterator[SiteProblem]:
    """The problem that a file has no such fragment, if it has not."""
    wanted = fragment.partition(":~:")[0]
    if not wanted or wanted.lower() == "top":
        return
    served = site.last(served)
    ids = site.ids(served)
    if ids is None or wanted in ids or link.address.partition("#")[2] in ids:
        return
    if served == page.path and wanted.startswith("fnref:"):
        message = make_message("markup-unused-footnote", "unused", label=wanted.removeprefix("fnref:"))
        yield SiteProblem(message, page.path, link.address, link=link)
        return
    meant = site.meant(wanted, served, served)
    params = {"page": served.removesuffix("index.html") or "./", "anchor": wanted}
    message = make_message("link-missing-anchor", "page", **params)
    if not meant and (other := _translation_with_id(site, served, wanted)):
        message = make_message("link-missing-anchor", "translation", **params, other=other)
    yield SiteProblem(message, page.path, link.address, f"#{meant}" if meant else "", link)


def _translation_with_id(site: SiteIndex, path: str, wanted: str) -> str:
    """The translation of a page that has an id; "" for none."""
    part = site.part(path)
    pages = (site.translation(path, language) for language in site.languages if language.root.startswith(part))
    return next((page for page in pages if page and page != path and wanted in site.cards[page].ids), "")


def _locale(site: SiteIndex, page: BuiltPage, link: PageLink, served: str) -> Iterator[SiteProblem]:
    here, there = site.language(page.path), site.language(served)
    if here is None or there is None or served not in site.cards or page.refresh or is_error_page(page.path):
        return
    if page.lang and not same_language(page.lang, here.code):
        return  # what is wrong is the page, which is reported: of the language that it says, its links may be right
    if here != there and not link.hreflang:
        translation = site.translation(served, here)
        if translation and not site.is_fallback(translation):
            languages = {"there": there.code, "here": here.code}
            message = make_message("link-wrong-locale", "exists", page=link.address, **languages)
            meant = relative_link(page.path, translation) + "".join(link.address.partition("#")[1:])
            yield SiteProblem(message, page.path, link.address, meant, link)
    elif here == there and site.is_fallback(served) and not link.hreflang:
        shown = site.cards[served].text_lang
        message = make_message("link-fallback-page", "fallback", address=link.address, language=shown)
        yield SiteProblem(message, page.path, link.address, link=link)


def _references(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    """Attributes that name an id, or an image map, of their page; `__toc` and the like are those of Material."""
    ids, maps = site.cards[page.path].ids, page.maps
    for name, kind in dict.fromkeys(page.references):
        if name not in (maps if kind == "usemap" else ids) and not name.startswith("__"):
            message = make_message("id-missing", "map" if kind == "usemap" else "id", attribute=kind, id=name)
            yield SiteProblem(message, page.path, name, link=make_reference(name, kind))


def _invalid(page: BuiltPage) -> Iterator[SiteProblem]:
    """Values that are no addresses. A preview without a picture matters less, and nobody shares an error page."""
    for message, link in dict.fromkeys(page.invalid):
        is_preview = link.kind == "content" and not link.address.strip()
        if not (is_preview and is_error_page(page.path)):
            level = Severity.WARNING if is_preview else None
            yield SiteProblem(message, page.path, link.address, link=link, level=level)


def _duplicate_ids(page: BuiltPage) -> Iterator[SiteProblem]:
    if len(set(page.ids)) == len(page.ids):
        return
    seen: set[str] = set()
    reported: set[str] = set()
    for name in page.ids:
        if name in seen and name not in reported:
            reported.add(name)
            yield SiteProblem(make_message("id-duplicate", "built", id=name), page.path, f"#{name}")
        seen.add(name)


def _language(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    own = site.language(page.path)
    if own is None or page.refresh or is_error_page(page.path):
        return
    if page.lang and not same_language(page.lang, own.code):
        message = make_message("translation-lang", "language", lang=page.lang, language=own.code)
        yield SiteProblem(message, page.path, page.lang, own.code)
    if site.is_fallback(page.path):
        message = make_message("translation-missing", "missing", language=own.code, shown=page.text_lang)
        yield SiteProblem(message, page.path)


def _alternates(site: SiteIndex, page: BuiltPage) -> Iterator[SiteProblem]:
    """hreflang links must exist, be of the language they say, and name the page in turn."""
    if is_error_page(page.path):
        return
    for link in page.alternates:
        served = site.landing(page, link.address)
        where = resolve_url(link.address, page.path, site.base) if served is None else None
        if served is None and (where is None or where.outside):
            continue
        if served is None:
            missing = make_message("alternate-missing", "missing", address=link.address)
            yield SiteProblem(missing, page.path, link.address, link=link)
            continue
        own = site.language(served)
        if link.hreflang != "x-default" and own and not same_language(link.hreflang, own.code):
            params = {"hreflang": link.hreflang, "address": link.address, "language": own.code}
            yield SiteProblem(make_message("alternate-lang", "language", **params), page.path, link.address, link=link)
        yield from site.of_link(page, link, ResolvedUrl(served, None), served)
        if not _mutual(site, page.path, served):
            message = make_message("alternate-one-way", "one-way", address=link.address)
            is_substitute = site.is_home(served) and not site.is_home(page.path)  # as themes have it for no translation
            level = Severity.WARNING if is_substitute else None
            yield SiteProblem(message, page.path, link.address, link=link, level=level)


def _mutual(site: SiteIndex, page: str, served: str) -> bool:
    """Whether an alternate names a page in turn, or the page that this one says it is."""
    card = site.cards.get(served)
    known_as = site.cards[page].canonical or page
    if card is None or served in (page, known_as):
        return True
    if known_as == page and site.part(served) != site.part(page):
        return True  # the latest version, which has a translation of the page and not the page
    return not card.alternates.isdisjoint((page, known_as))

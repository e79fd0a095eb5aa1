"""The rules about a built site as a whole: style sheets, manifests, redirects, sitemaps, and pages without a link."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from docsite.built_site.built_page import BuiltPage
from docsite.built_site.file_tree import is_error_page
from docsite.built_site.site_index import SiteIndex
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.site_rules import has_ids, missing_file, missing_fragment, relative_link
from docsite.built_site.tag_links import make_link
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.rules import Severity
from docsite.links.host_redirects import FILE
from docsite.links.urls import SiteBase, css_urls, manifest_urls, resolve_url


def check_whole_site(site: SiteIndex, linked: Collection[str]) -> Iterator[SiteProblem]:
    """The rules about the site as a whole."""
    yield from _stylesheets(site)
    yield from _manifests(site)
    yield from _redirects(site)
    yield from _host_redirects(site)
    yield from _sitemap(site)
    yield from _orphans(site, linked)
    yield from site.of_all()
    for name in site.tree.unreadable:
        message = make_message("file-unreadable", "not-followed", file=name)
        if site.tree.path(name).exists() and not site.tree.path(name).is_dir():
            message = make_message("file-unreadable", "not-regular", file=name)
        yield SiteProblem(message, name)
    for name, reason in site.unread.items():
        yield SiteProblem(make_message("file-unreadable", "os-error", file=name, reason=reason), name)


def _stylesheets(site: SiteIndex) -> Iterator[SiteProblem]:
    known: dict[bytes, list[str]] = {}
    for path in sorted(name for name in site.tree.files if name.endswith(".css")):
        sheet, data = BuiltPage(path), site.data(path)
        if data not in known:
            known[data] = list(dict.fromkeys(css_urls(data.decode("utf-8", "replace"))))
        for address in known[data]:
            where = None if address.startswith("#") else resolve_url(address, path, site.base)
            served = site.tree.served(where.path) if where is not None and not where.outside else None
            link = make_link(address, "css", "asset")
            if where is not None and served is None:
                yield missing_file(site, sheet, link, where)
            elif where is not None and served and where.fragment and has_ids(site, served, where.fragment):
                yield from missing_fragment(site, sheet, link, where.fragment, served)


def _manifests(site: SiteIndex) -> Iterator[SiteProblem]:
    """The addresses in manifests of web applications: icons, screenshots, the page to start at."""
    for path in sorted(name for name in site.tree.files if name.endswith((".webmanifest", "manifest.json"))):
        for address in dict.fromkeys(manifest_urls(site.data(path))):
            where = resolve_url(address, path, site.base)
            if where is not None and (where.outside or site.tree.served(where.path) is None):
                yield missing_file(site, BuiltPage(path), make_link(address, "manifest", "asset"), where)


def _redirects(site: SiteIndex) -> Iterator[SiteProblem]:
    """Redirects that form a loop, reported once for all its pages, or go through other redirects."""
    for path, card in sorted(site.cards.items()):
        trail = {path: None}  # in order, and quick to search
        after = card.refresh
        while after and after not in trail:
            trail[after] = None
            after = site.cards[after].refresh if after in site.cards else ""
        if after == path == min(trail):
            shown = " → ".join([*trail, after])
            yield SiteProblem(make_message("redirect-loop", "loop", trail=shown), path, card.redirect)
        elif not after and len(trail) > 2:
            message = make_message("redirect-chain", "chain", trail=" → ".join(trail))
            yield SiteProblem(message, path, card.redirect, relative_link(path, [*trail][-1]))


def _host_redirects(site: SiteIndex) -> Iterator[SiteProblem]:
    """Lines of `_redirects` that lead to nothing on the site; the host knows no other folder than its own root."""
    page = BuiltPage(FILE)
    for redirect in site.tree.redirects:
        where = resolve_url(redirect.target, FILE, SiteBase("", "/")) if redirect.is_fixed else None
        served = site.tree.served(where.path) if where else None
        found: Iterable[SiteProblem] = ()
        link = make_link(redirect.target, "redirect", "page")
        if where and served is None:
            found = [missing_file(site, page, link, where)]
        elif where and served and where.fragment and has_ids(site, served, where.fragment):
            found = missing_fragment(site, page, link, where.fragment, served)
        for problem in found:
            yield replace(problem, line=redirect.line, column=redirect.column, placed=True)


def _sitemap(site: SiteIndex) -> Iterator[SiteProblem]:
    from docsite.built_site.sitemap import entries

    for name in sorted(site.tree.files):
        if name.rpartition("/")[2] == "sitemap.xml":
            found, problem = entries(site.data(name))
            if problem:
                yield SiteProblem(problem, name)
            if found and all(address.startswith("None") for address in found):  # Python's word for no site_url
                message = make_message("sitemap-unreadable", "no-site-url", address=found[0])
                yield SiteProblem(message, name, found[0], level=Severity.WARNING)
                continue
            for address in found:
                where = site.place(address, name)
                if where is not None and site.tree.served(where.path) is None:
                    missing = make_message("sitemap-missing-page", "missing", address=address)
                    yield SiteProblem(missing, name, address)


def _orphans(site: SiteIndex, linked: Collection[str]) -> Iterator[SiteProblem]:
    for path, card in site.cards.items():
        if path not in linked and not site.is_home(path) and not card.redirect and not is_error_page(path):
            yield SiteProblem(make_message("page-orphan", "orphan"), path)

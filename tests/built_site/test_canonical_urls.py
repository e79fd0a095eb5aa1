from __future__ import annotations

import gzip
import itertools

import pytest

from docsite.built_site import version_pages
from docsite.built_site.canonical_urls import PublishedSite, PublishedVersion, VersionStatus, rewrite_file, rewrite_html
from docsite.built_site.version_pages import VersionPages

URL = "https://docs.example.com/guide/"
LATEST = VersionPages(
    pages=frozenset({"", "fr/", "a/", "fr/a/", "new/", "fr/new/", "à part/", "untranslated/", "fr/untranslated/"}),
    borrowed=frozenset({"fr/untranslated/"}),
    moved={"old/": "new/", "fr/old/": "fr/new/"},
)
SITE = PublishedSite(URL, LATEST)
NEW = PublishedVersion("1.2", VersionStatus.LATEST)
OLD = PublishedVersion("1.0", VersionStatus.OLD)
NEXT = PublishedVersion("dev", VersionStatus.PREVIEW, noindex=True)


def page(address: str, version: str, hreflangs: str = "en fr x-default", robots: str = "") -> str:
    """What a build says, as overrides/main.html does."""
    key = address.removeprefix("fr/")
    home = f"{URL}{version}/"
    links = "".join(
        f'<link rel="alternate " hreflang="{lang}" href="{home}{"fr/" if lang == "fr" else ""}{key}">\n'
        for lang in hreflangs.split()
    )
    notices = "".join(
        f'<aside class="md-banner version-notice" data-notice="{kind}" hidden><a href="./" data-latest>Go</a></aside>'
        for kind in ("old", "preview")
    )
    return f"""<!doctype html>
<html><head>
<meta charset="utf-8">
<meta property="og:url" content="{home}{address}">
<link rel="canonical" href="{home}{address}">
{robots}{links}</head>
<body>{notices}<link rel="canonical" href="{home}quoted/"></body></html>
"""


def published(address: str, version: PublishedVersion = OLD, site: PublishedSite = SITE, **kwargs: str) -> str:
    return rewrite_html(page(address, version.name, **kwargs), f"{address}index.html", version, site)


# Addresses


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("", "latest/"),
        ("fr/", "latest/fr/"),
        ("fr/a/", "latest/fr/a/"),
        ("gone/", "1.0/gone/"),
        ("untranslated/", "latest/untranslated/"),
        ("fr/untranslated/", "1.0/fr/untranslated/"),
        ("%C3%A0%20part/", "latest/%C3%A0%20part/"),
    ],
)
def test_canonical_address_is_in_latest_where_latest_has_the_text(address: str, canonical: str) -> None:
    text = published(address)
    assert f'<link rel="canonical" href="{URL}{canonical}">\n' in text
    assert f'<meta property="og:url" content="{URL}{canonical}">' in text


def test_each_alternate_is_decided_for_itself() -> None:
    text = published("fr/untranslated/")
    assert f'hreflang="en" href="{URL}latest/untranslated/">' in text
    assert f'hreflang="x-default" href="{URL}latest/untranslated/">' in text
    assert f'hreflang="fr" href="{URL}1.0/fr/untranslated/">' in text


def test_moved_page_is_named_by_its_new_address_and_finds_back() -> None:
    text = published("old/")
    assert f'<link rel="canonical" href="{URL}latest/new/" data-moved-from="old/">' in text
    assert f'hreflang="fr" href="{URL}latest/fr/new/" data-moved-from="fr/old/">' in text
    assert rewrite_html(text, "old/index.html", OLD, PublishedSite(URL, None)) == published(
        "old/", site=PublishedSite(URL, None)
    )


def test_without_latest_a_version_speaks_of_itself() -> None:
    text = published("a/", site=PublishedSite(URL, None))
    assert text.replace('href="../"', 'href="./"') == page("a/", "1.0")


def test_other_addresses_stay() -> None:
    assert f'<link rel="canonical" href="{URL}1.0/quoted/">' in published("a/").partition("<body>")[2]
    for url in ("https://elsewhere.example/1.0/a/", f"{URL}1.1/a/", f"{URL}robots.txt", ""):
        text = f'<head><link rel="canonical" href="{url}"></head>'
        assert rewrite_html(text, "a/index.html", OLD, SITE) == text


def test_address_with_a_special_meaning_in_patterns_or_html() -> None:
    site = PublishedSite("https://docs.example.com/a+b&c/", LATEST)
    text = '<head><link rel="canonical" href="https://docs.example.com/a+b&amp;c/1.0/a/"></head>'
    assert rewrite_html(text, "a/index.html", OLD, site) == text.replace("1.0", "latest")


def test_alias_may_have_another_name() -> None:
    site = PublishedSite(URL, LATEST, alias="stable")
    text = published("a/", site=site)
    assert f'<link rel="canonical" href="{URL}stable/a/">' in text
    assert '<a href="../../stable/a/" data-latest>' in text


# Robots and notices


def test_noindex_is_added_where_wanted_and_goes_again() -> None:
    wanted = OLD._replace(noindex=True)
    text = published("a/", wanted)
    assert text.index('<meta charset="utf-8">') < text.index('<meta name="robots" content="noindex" data-version>')
    assert text.count("noindex") == 1
    assert rewrite_html(text, "a/index.html", wanted, SITE) == text
    assert rewrite_html(text, "a/index.html", OLD, SITE) == published("a/")


def test_noindex_of_the_page_itself_stays() -> None:
    own = '<meta name="robots" content="noindex">\n'
    for version in (OLD, NEW, OLD._replace(noindex=True)):
        assert published("a/", version, robots=own).count("noindex") == 1


@pytest.mark.parametrize(("version", "shown"), [(OLD, "old"), (NEXT, "preview"), (NEW, None)])
def test_notice_that_fits_is_shown(version: PublishedVersion, shown: str | None) -> None:
    text = published("a/", version)
    for kind in ("old", "preview"):
        assert (f'data-notice="{kind}">' in text) == (kind == shown)
        assert (f'data-notice="{kind}" hidden>' in text) == (kind != shown)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("", "../latest/"),
        ("a/", "../../latest/a/"),
        ("fr/a/", "../../../latest/fr/a/"),
        ("fr/old/", "../../../latest/fr/new/"),
        ("fr/a/gone/", "../../../../latest/fr/a/"),
        ("fr/gone/", "../../../latest/fr/"),
        ("gone/deep/", "../../../latest/"),
        ("fr/untranslated/", "../../../latest/fr/untranslated/"),
        ("à part/", "../../latest/%C3%A0%20part/"),
    ],
)
def test_notice_leads_to_the_page_in_latest_or_above_it(address: str, link: str) -> None:
    assert published(address).count(f'<a href="{link}" data-latest>') == 2


def test_pages_that_are_no_folders() -> None:
    site = PublishedSite(URL, VersionPages(pages=frozenset({"", "fr/", "fr/a.html"})))
    text = page("fr/a.html", "1.0")
    assert '<a href="../../latest/fr/a.html" data-latest>' in rewrite_html(text, "fr/a.html", OLD, site)


# Whole files


@pytest.mark.parametrize("address", ["", "old/", "fr/old/", "gone/", "fr/untranslated/"])
def test_result_does_not_depend_on_what_was_published_before(address: str) -> None:
    name = f"{address}index.html"
    facts = [
        (PublishedVersion("1.0", standing, noindex), site)
        for standing in VersionStatus
        for noindex in (False, True)
        for site in (SITE, PublishedSite(URL, None), PublishedSite(URL, VersionPages()))
    ]
    fresh = page(address, "1.0").encode()
    for before, after in itertools.product(facts, facts):
        assert rewrite_file(name, rewrite_file(name, fresh, *before), *after) == rewrite_file(name, fresh, *after)


def test_sitemap_names_the_pages_of_latest_by_the_alias() -> None:
    xml = f"<loc>{URL}1.2/a/</loc><loc>{URL}1.20/a/</loc>".encode()
    named = f"<loc>{URL}latest/a/</loc><loc>{URL}1.20/a/</loc>".encode()
    assert rewrite_file("sitemap.xml", xml, NEW, SITE) == named
    assert rewrite_file("sitemap.xml", named, NEW, SITE) == named
    assert rewrite_file("sitemap.xml", named, PublishedVersion("1.2", VersionStatus.OLD), SITE) == xml
    packed = rewrite_file("sitemap.xml.gz", gzip.compress(xml), NEW, SITE)
    assert gzip.decompress(packed) == named
    assert packed == rewrite_file("sitemap.xml.gz", gzip.compress(named, mtime=1), NEW, SITE)


def test_other_files_stay() -> None:
    data = page("a/", "1.0").encode()
    for name in ("a/code.txt", "fr/sitemap.xml", "search/search_index.json"):
        assert rewrite_file(name, data, OLD, SITE) is data
    strange = b"<head></head>\xff"
    assert rewrite_file("a/index.html", strange, OLD, SITE) == strange


# The index


def html(canonical: str) -> bytes:
    return f'<head><link rel="canonical" href="{URL}1.0/{canonical}"></head>'.encode()


def test_index_is_read_from_the_files() -> None:
    redirect = '<meta http-equiv="refresh" content="1; url={}">'
    found = version_pages.build_version_pages(
        [
            ("index.html", html("")),
            ("fr/index.html", html("fr/")),
            ("fr/b/index.html", html("b/")),
            ("b/index.html", html("b/")),
            ("é/index.html", html("%C3%A9/")),
            ("plain.html", b"<p>"),
            ("old/index.html", redirect.format("../b/").encode()),
            ("fr/old/index.html", redirect.format("../../%C3%A9/").encode()),
            ("lost/index.html", redirect.format("../nowhere/").encode()),
            ("away/index.html", redirect.format("https://elsewhere.example/").encode()),
            ("404.html", b""),
            ("sitemap.xml", b""),
        ]
    )
    assert found.pages == {"", "fr/", "fr/b/", "b/", "é/", "plain.html"}
    assert found.borrowed == {"fr/b/"}
    assert found.moved == {"old/": "b/", "fr/old/": "é/"}
    assert version_pages.load_version_pages(version_pages.encode_version_pages(found)) == found


@pytest.mark.parametrize(
    ("address", "nearest"),
    [
        ("a/", "a/"),
        ("old/", "new/"),
        ("a/b/c/", "a/"),
        ("fr/x/", "fr/"),
        ("x/y.html", ""),
        ("", ""),
        ("old/x/", "new/"),
    ],
)
def test_nearest(address: str, nearest: str) -> None:
    assert LATEST.nearest(address) == nearest


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pages": []}', '{"pages": 1, "borrowed": [], "moved": {}}'])
def test_what_is_no_index_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"pages\.json|Expecting"):
        version_pages.load_version_pages(text)

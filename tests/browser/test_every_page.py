"""Each page of the guide in each language, opened once for all that is asked of every page."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import REPO_URL, SITE_URL, Visit, text_at
from tests.browser.test_accessibility import violations
from tests.browser.test_guide import FAINT_TEXT, KINDS, LANGUAGES, PAGES, WIDTHS, each, front_matter, path, sideways

pytestmark = pytest.mark.no_cover

DAY = {"en": re.compile(r"^[A-Z][a-z]+ \d+, \d{4}$"), "fr": re.compile(r"^\d+(er)? [a-zéû]+ \d{4}$")}
CUT = """
names => names.filter(name => name.scrollHeight > name.clientHeight + 1 || name.scrollWidth > name.clientWidth + 1)
  .map(name => name.textContent.trim())
"""
"""The names in the header that are not shown whole."""
every_page = each(PAGES)


def content(page: Page, selector: str) -> str | None:
    return page.locator(selector).get_attribute("content")


@every_page
def test_what_is_around_the_text(guide: str, visit: Visit, lang: str, source: str) -> None:
    page = visit(guide + path(lang, source))
    check_head(page, lang, source)
    check_networks(page, guide, lang, source)
    check_end(page, guide, lang, source)
    check_markdown(page, guide, lang, source)


def check_head(page: Page, lang: str, source: str) -> None:
    """What the page says it is, and where it is."""
    written = front_matter(lang, source)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("h1")).not_to_be_empty()
    assert page.title().startswith(written["article_title"])
    assert content(page, "meta[property='og:title']") == written["article_title"]
    assert content(page, "meta[name=description]") == written["description"]

    here = urljoin(SITE_URL, path(lang, source))
    assert page.locator("link[rel=canonical]").get_attribute("href") == here
    assert content(page, "meta[property='og:url']") == here
    alternates = page.locator("link[rel~=alternate][hreflang]").evaluate_all(
        "links => Object.fromEntries(links.map(link => [link.hreflang, link.href]))"
    )
    assert alternates == {
        "en": urljoin(SITE_URL, path("en", source)),
        "fr": urljoin(SITE_URL, path("fr", source)),
        "x-default": urljoin(SITE_URL, path("en", source)),
    }
    edit = page.get_by_role("link", name={"en": "Edit this page", "fr": "Modifier cette page"}[lang])
    expect(edit).to_have_attribute("href", f"{REPO_URL}/edit/main/docs/{lang}/{source}")


def check_networks(page: Page, guide: str, lang: str, source: str) -> None:
    """What networks and search engines read."""
    assert content(page, "meta[property='og:locale']") == {"en": "en_US", "fr": "fr_FR"}[lang]
    assert content(page, "meta[property='og:locale:alternate']") == {"en": "fr_FR", "fr": "en_US"}[lang]
    image = str(content(page, "meta[property='og:image']"))
    assert image == f"{SITE_URL}assets/images/card-{lang}.png"
    with urlopen(image.replace(SITE_URL, guide), timeout=10) as response:
        data = response.read()
    assert data.startswith(b"\x89PNG")
    assert [int.from_bytes(data[at : at + 4]) for at in (16, 20)] == [1200, 630]
    graph: list[dict[str, Any]] = json.loads(page.locator("script[type='application/ld+json']").inner_text())["@graph"]
    article = graph[0]
    assert article["url"] == SITE_URL + path(lang, source)
    assert article["inLanguage"] == lang
    assert page.title().startswith(article["headline"])
    trail = [item["item"] for item in graph[1]["itemListElement"]] if len(graph) > 1 else []
    assert all(above in trail for above in above_it(SITE_URL + path(lang, source), SITE_URL + LANGUAGES[lang]))
    for link in page.locator(".md-path a").all():
        assert urljoin(page.url, str(link.get_attribute("href"))).replace(guide, SITE_URL) in trail


def above_it(url: str, home: str) -> list[str]:
    """The pages above a page, by its address."""
    rest = url.removeprefix(home).strip("/").split("/")[:-1]
    addresses = [home + "".join(f"{part}/" for part in rest[:count]) for count in range(len(rest) + 1)]
    return addresses if url != home else []


def check_end(page: Page, guide: str, lang: str, source: str) -> None:
    """The date, a way to answer, and the license."""
    end = page.locator(".page-end")
    expect(end.locator("time")).to_have_attribute("datetime", re.compile(r"^\d{4}-\d\d-\d\d$"))
    expect(end.locator("time")).to_have_text(DAY[lang])
    issue = urlsplit(str(end.get_by_role("link").get_attribute("href")))
    assert issue.geturl().startswith(f"{REPO_URL}/issues/new?")
    assert f"(/{path(lang, source)})" in parse_qs(issue.query)["title"][0]
    footer = page.locator(".md-copyright")
    expect(footer).to_contain_text("CC BY 4.0")
    expect(footer).to_contain_text({"en": "Not made or endorsed by Braze", "fr": "Ni réalisé ni approuvé par"}[lang])
    about = footer.get_by_role("link", name={"en": "About", "fr": "À propos"}[lang])
    assert urljoin(page.url, str(about.get_attribute("href"))) == f"{guide}{LANGUAGES[lang]}about/"


def check_markdown(page: Page, guide: str, lang: str, source: str) -> None:
    """The copy in Markdown beside the page."""
    link = page.get_by_role("link", name={"en": "View as Markdown", "fr": "Voir en Markdown"}[lang])
    address = urljoin(page.url, str(link.get_attribute("href")))
    assert address == f"{guide}{path(lang, source)}index.md"
    text = text_at(address)
    assert text.startswith(f"# {page.locator('h1').inner_text().removesuffix('¶').strip()}\n")
    assert not re.search(r"\{[{%]|\{:|<(?!https?:)[a-z/!]|¶|\]\((?!https?:|mailto:)", text)


@every_page
def test_it_fits_and_is_legible_and_axe_finds_nothing(guide: str, visit: Visit, lang: str, source: str) -> None:
    check_look(visit(guide + path(lang, source)), thorough=source in KINDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_for_missing_pages_too(guide: str, visit: Visit, lang: str) -> None:
    check_look(visit(f"{guide}{LANGUAGES[lang]}nowhere/", status=404), thorough=True)


def check_look(page: Page, *, thorough: bool) -> None:
    """On a desktop and on phones, in both schemes of colors; the page is shown in the light scheme.

    Args:
        thorough: axe-core judges the dark scheme too, and contrast at each width. On other pages, which are made of
            the same parts, our own measurement of contrast stands for it.
    """
    page.emulate_media(reduced_motion="reduce")  # colors change at once
    try:
        for width in (1280, *WIDTHS):
            page.set_viewport_size({"width": width, "height": 900})
            assert sideways(page) == 0, width
            assert page.locator(".md-header__topic .md-ellipsis").evaluate_all(CUT) == [], width
            if width > min(WIDTHS):
                assert page.evaluate(FAINT_TEXT) == [], width
                assert violations(page, colors=thorough or width == 1280) == [], width
                page.emulate_media(color_scheme="dark")
                expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
                assert page.evaluate(FAINT_TEXT) == [], (width, "dark")
                assert not thorough or violations(page) == [], (width, "dark")
                page.emulate_media(color_scheme="light")
                expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    finally:
        page.emulate_media(reduced_motion="null")

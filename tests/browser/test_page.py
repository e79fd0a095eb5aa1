"""What every page has around its text."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BASE, SITE_URL, Visit, text_at

pytestmark = pytest.mark.no_cover

LANGUAGES = {"en": "", "fr": "fr/"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_copying_a_page(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}steps/sdk/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name={"en": "Copy page", "fr": "Copier la page"}[lang])
    button.click()
    expect(page.locator("[data-copy-page]")).to_have_text({"en": "Copied", "fr": "Copié"}[lang])
    assert page.evaluate("navigator.clipboard.readText()") == text_at(f"{guide}{LANGUAGES[lang]}steps/sdk/index.md")
    page.context.clear_permissions()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_llms_txt_lists_every_page_of_the_language(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + LANGUAGES[lang])
    text = text_at(f"{guide}{LANGUAGES[lang]}llms.txt")
    title, quote = text.splitlines()[0], text.splitlines()[2]
    assert title == f"# {page.locator('.md-header__topic').first.inner_text().strip()}"
    assert quote.startswith("> ")
    listed = set(re.findall(r"\]\((\S+)\)", text))
    links = page.locator(".md-nav--primary a[href]").evaluate_all("links => links.map(link => link.href.split('#')[0])")
    pages = {link for link in links if link.startswith(guide)}
    assert {urljoin(link.replace(guide, SITE_URL), "index.md") for link in pages} <= listed
    for address in listed:
        assert text_at(address.replace(SITE_URL, guide)).startswith("# ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_selector_shows_the_language(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + LANGUAGES[lang])
    name = {"en": "English", "fr": "Français"}[lang]
    expect(page.locator(".language-select")).to_have_accessible_name(re.compile(rf"(Language|Langue).*{name}"))
    expect(page.locator(".language-select__name")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(page.locator(".language-select__code")).to_have_text(lang.upper())
    expect(page.locator(".language-select__code")).to_be_visible()


# Paper


@pytest.mark.parametrize("lang", LANGUAGES)
def test_paper_is_white_and_addresses_are_notes(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}integration/", scheme="dark")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.locator("body")).to_have_css("color", "rgb(0, 0, 0)")
    for hidden in (".md-header", ".md-sidebar--primary", ".page-tools", ".page-end", ".md-footer__inner"):
        expect(page.locator(hidden).first).to_be_hidden()
    notes = page.locator(".print-notes li")
    link = page.locator("article li a[href^=http]").first
    address = str(link.get_attribute("href"))
    number = int(link.inner_text().rpartition("[")[2].rstrip("]"))
    expect(notes.nth(number - 1)).to_have_text(address)
    expect(page.locator(".page-source")).to_contain_text(f" · {SITE_URL}{LANGUAGES[lang]}integration/")
    expect(page.locator(".page-source time")).to_be_visible()
    expect(notes.filter(has_text="issues/new")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".print-mark")).to_have_count(0)
    expect(page.locator(".print-notes")).to_be_hidden()


# Security and weight


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_policy_is_strict_and_kept(guide: str, browser: Browser, lang: str) -> None:
    """All tests in the browser run under the policy; here one inline script that is not the theme's is refused."""
    page = browser.new_page()
    page.goto(f"{guide}{LANGUAGES[lang]}glossary/")
    policy = str(page.request.get(guide).headers["content-security-policy"])
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.intruder = true";
            document.head.append(script);
            return window.intruder ?? false;
        }"""
    )
    assert ran is False
    page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_first_visit_is_light(guide: str, guide_folder: Path, visit: Visit, lang: str) -> None:
    """At most 120 kB, compressed as hosts do it, before the search is opened."""
    asked: set[str] = set()
    page = visit(guide + LANGUAGES[lang])
    page.on("response", lambda response: asked.add(response.url))
    page.reload()
    page.wait_for_load_state("networkidle")
    bodies = [guide_folder / urlsplit(url).path.removeprefix(BASE) for url in asked]
    files = [path / "index.html" if path.is_dir() else path for path in bodies]
    assert len(files) > 5
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= 120_000


# Keyboard

REACHED = """
() => {
  const {activeElement: one} = document;
  // The inputs of tabs, and of light and dark, are shown by their labels.
  const seen = one.matches(".md-option") ? one.nextElementSibling : one.labels?.[0] ?? one;
  const box = seen.getBoundingClientRect();
  const shown = seen.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true});
  const inside = box.right > 0 && box.left < innerWidth && box.width > 0 && box.height > 0;
  return [one.outerHTML.slice(0, 120), one === document.body || (shown && inside)];
}
"""


def tab_through(page: Page) -> list[str]:
    """What the Tab key reaches without anything being seen."""
    lost = []
    for _ in range(250):
        page.keyboard.press("Tab")
        page.wait_for_timeout(5)
        name, seen = page.evaluate(REACHED)
        if name.startswith("<body"):
            break
        if not seen:
            page.wait_for_timeout(400)  # menus open softly
            if not page.evaluate(REACHED)[1]:
                lost.append(name)
    return lost


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_tab_reaches_nothing_that_is_out_of_sight(guide: str, visit: Visit, lang: str, width: int) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}steps/sdk/", width=width)
    assert tab_through(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawer_by_keyboard(guide: str, visit: Visit, lang: str) -> None:
    """At 320 pixels, which is what 400 % zoom leaves of 1280."""
    page = visit(f"{guide}{LANGUAGES[lang]}glossary/", width=320)
    button = page.get_by_role("button", name={"en": "Pages of the guide", "fr": "Pages du guide"}[lang])
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    drawer = page.locator(".md-sidebar--primary")
    title = drawer.locator(".md-nav__title").first
    assert title.evaluate("title => title.scrollWidth <= title.clientWidth"), "all of the guide's name can be read"
    expect(drawer.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    page.keyboard.press("Space")
    expect(drawer.locator(":focus")).to_have_count(1)
    home = drawer.get_by_role("link", name={"en": "Home", "fr": "Accueil"}[lang], exact=True)
    expect(home).to_be_visible()
    home.press("Enter")
    page.wait_for_url(guide + LANGUAGES[lang])

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urljoin

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, serve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.no_cover


LANGUAGES = {"en": "", "fr": "fr/"}
OTHER = {"en": "fr", "fr": "en"}
SOURCES = sorted(path.relative_to(ROOT / "docs/en").as_posix() for path in ROOT.glob("docs/en/**/*.md"))
PAGES = {source: re.sub(r"(^|/)index/$", r"\1", source.replace(".md", "/")) for source in SOURCES}
# One page of each kind.
KINDS = ("index.md", "integration.md", "glossary.md", "steps/sdk.md", "tools/checklist.md")
WIDTHS = (390, 320)
SCHEMES: dict[Literal["light", "dark"], str] = {"light": "default", "dark": "slate"}


def each(sources: Iterable[str]) -> pytest.MarkDecorator:
    pages = [pytest.param(lang, source, id=f"{lang}-{source}") for lang in LANGUAGES for source in sources]
    return pytest.mark.parametrize(("lang", "source"), pages)


each_kind = each(KINDS)


def path(lang: str, source: str) -> str:
    return LANGUAGES[lang] + PAGES[source]


def front_matter(lang: str, source: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((ROOT / "docs" / lang / source).read_text("utf-8").split("---")[1])
    return values


def sections(source: str) -> list[str]:
    """The page, after the index page of its folder."""
    folder, _, name = source.rpartition("/")
    return ([f"{folder}/index.md"] if folder else []) + ([] if folder and name == "index.md" else [source])


def sideways(page: Page) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@each_kind
def test_selector_leads_to_the_same_place(guide: str, visit: Visit, lang: str, source: str) -> None:
    page = visit(guide + path(lang, source))
    place = page.locator("article :is(h1, h2)[id]").last.get_attribute("id")
    page.goto(f"{guide}{path(lang, source)}#{place}")
    page.locator(".md-select").hover()
    page.locator(f".md-select__link[hreflang={OTHER[lang]}]").click()
    page.wait_for_url(f"{guide}{path(OTHER[lang], source)}#{place}")
    assert page.locator("html").get_attribute("lang") == OTHER[lang]
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_selector_keeps_the_section_that_is_read(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "integration.md"))
    section = "step-3-they-set-up-your-data"
    page.evaluate("name => document.getElementById(name).scrollIntoView()", section)
    page.locator(".md-select").hover()
    page.locator(f".md-select__link[hreflang={OTHER[lang]}]").click()
    page.wait_for_url(f"{guide}{path(OTHER[lang], 'integration.md')}#{section}")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_selector_starts_at_the_top_if_nothing_was_read(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "integration.md"))
    page.locator(".md-select").hover()
    page.locator(f".md-select__link[hreflang={OTHER[lang]}]").click()
    page.wait_for_url(guide + path(OTHER[lang], "integration.md"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keyboard(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "integration.md"))
    page.keyboard.press("Tab")
    expect(page.locator(".md-skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert "#" in page.url

    page.locator(".md-select button").focus()
    for language in LANGUAGES:
        page.keyboard.press("Tab")
        link = page.locator(f".md-select__link[hreflang={language}]")
        expect(link).to_be_focused()
        expect(link).to_be_visible()
        if language == OTHER[lang]:
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(guide + path(OTHER[lang], "integration.md")) + "#"))


@pytest.mark.parametrize(
    ("missing", "lang"), [("nowhere/", "en"), ("fr/does/not/exist/", "fr"), ("integration/nowhere.html", "en")]
)
def test_missing_page(guide: str, visit: Visit, missing: str, lang: str) -> None:
    page = visit(guide + missing, status=404)
    for target, home in LANGUAGES.items():
        for link in (f"section[lang={target}] > p a", f".md-select__link[hreflang={target}]"):
            page.goto(guide + missing)
            expect(page.locator("html")).to_have_attribute("lang", lang)
            expect(page.locator("h1")).to_have_text({"en": "Page not found", "fr": "Page introuvable"}[lang])
            if "select" in link:
                page.locator(".md-select").hover()
            page.locator(link).click()
            page.wait_for_url(guide + home)
            assert page.locator("html").get_attribute("lang") == target


@pytest.mark.parametrize(
    ("missing", "nearest"),
    [("glosary/", "glossary/"), ("fr/glosaire/", "fr/glossary/"), ("fr/steps/sdk.html", "fr/steps/sdk/")],
)
def test_missing_page_proposes_the_nearest(guide: str, visit: Visit, missing: str, nearest: str) -> None:
    page = visit(guide + missing, status=404)
    first = page.locator("[data-nearest] a").first
    expect(first).to_have_attribute("href", guide + nearest)
    expect(first).not_to_be_empty()


def test_missing_page_proposes_nothing_far_fetched(guide: str, visit: Visit) -> None:
    page = visit(f"{guide}qqqq/xyzzy/", status=404)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-nearest]")).to_be_hidden()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_missing_page_works_where_it_was_not_built_for(guide_folder: Path, browser: Browser, lang: str) -> None:
    with serve(guide_folder, base="/somewhere/else/") as home:
        page = browser.new_page()
        page.goto(f"{home}{LANGUAGES[lang]}nowhere/")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator(".md-header")).to_have_css("position", "sticky")
        page.locator(".missing-page a.md-button").click()
        page.wait_for_url(home + LANGUAGES[lang])
        page.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_home_shows_entrances_and_steps_on_the_first_screen(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "index.md"), width=1440)
    assert page.viewport_size == {"width": 1440, "height": 900}
    steps = page.locator(".five-steps svg:visible")
    for part in (page.locator(".cards--entrances a").first, page.locator(".cards--entrances a").last, steps):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    leads_to = [urljoin("/", link.get_attribute("href")).split("/")[-2] for link in steps.get_by_role("link").all()]
    assert leads_to == ["sdk", "channels", "data", "customize", "test", "before-you-send"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_color_scheme_can_be_chosen(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "index.md"), scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title({"en": "Switch to light mode", "fr": "Passer en mode clair"}[lang]).click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.goto(guide + path(lang, "glossary.md"))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


@pytest.mark.parametrize("source", ["index.md", "steps/sdk.md"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pictures_have_names(guide: str, visit: Visit, lang: str, source: str) -> None:
    page = visit(guide + path(lang, source))
    for width in (1280, *WIDTHS):
        page.set_viewport_size({"width": width, "height": 800})
        pictures = page.locator("article :is(img, svg:not([aria-hidden], [aria-hidden] *)):visible").all()
        assert pictures
        for picture in pictures:
            expect(picture).to_have_accessible_name(re.compile(r"\w"))
            for link in picture.get_by_role("link").all():
                expect(link).to_have_accessible_name(re.compile(r"\w"))


# WCAG 2 contrast of each visible text against the backgrounds under it; drawings are left out.
FAINT_TEXT = """
() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const luminance = colors => {
    for (context.fillStyle of colors) context.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(
      value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = walker.nextNode());) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest("svg, script, .md-overlay, .md-skip, .headerlink")) continue;
    if (!element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const style = getComputedStyle(element), layers = [];
    for (let under = element; under; under = under.parentElement)
      layers.unshift(getComputedStyle(under).backgroundColor);
    const [dark, light] = [luminance(["#fff", ...layers]), luminance([style.color])].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const contrast = (light + 0.05) / (dark + 0.05);
    if (contrast < (large ? 3 : 4.5)) faint.push(`${text.data.trim()}: ${contrast.toFixed(2)}`);
  }
  return faint;
}
"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_forced_colors_show_steps_and_logo_and_nothing_moves(
    guide: str, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    def style(place: str, name: str) -> str:
        return str(page.locator(place).first.evaluate("(element, name) => getComputedStyle(element)[name]", name))

    def painted(place: str) -> str:
        script = "(element, part) => getComputedStyle(element, part).backgroundColor"
        place, part = place.split("::")
        return str(page.locator(place).first.evaluate(script, f"::{part}"))

    context = browser.new_context(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")
    try:
        page = context.new_page()
        page.goto(guide)
        assert page.evaluate(FAINT_TEXT) == []
        for part in ("text", ".fs-number"):
            assert style(f".five-steps-wide {part}", "fill") == style("body", "color"), part
        for part in (".fs-card", ".fs-dot"):
            assert style(f".five-steps-wide {part}", "fill") == style("body", "backgroundColor"), part
        assert style(".md-header .md-logo img", "backgroundColor") == "rgb(29, 78, 107)"
        for moving in (".md-sidebar--primary", ".md-header .md-select__inner", ".md-content .cards > li"):
            assert set(style(moving, "transitionDuration").split(", ")) == {"0s"}, moving
        page.goto(guide + path("fr", "steps/data.md"))
        assert page.evaluate(FAINT_TEXT) == []
        assert style(".step-rail .step-badge", "borderStyle") == "solid"
        assert painted(".admonition-title::before") == style("body", "color")
        page.goto(guide + path("fr", "steps/sdk.md"))
        assert painted(".tabbed-labels::before") == style("body", "color")
        assert style(".tabbed-labels > label", "borderBottomColor") == style("body", "backgroundColor")
    finally:
        context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_navigation_uses_the_short_titles(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "index.md"))
    links = page.locator(".md-nav--primary :not(.md-nav--secondary *) > a.md-nav__link")
    in_order = sorted(PAGES, key=lambda source: [front_matter(lang, part)["page_order"] for part in sections(source)])
    expect(links).to_have_text([front_matter(lang, source)["nav_title"] for source in in_order])


BROKEN_WORDS = """
(cells) => cells.flatMap(cell => {
  const broken = [], walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let text; (text = walker.nextNode());)
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}_]+/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) broken.push(word[0]);
    }
  return broken;
})
"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_reset_td_br_keeps_words_whole(guide: str, visit: Visit, lang: str) -> None:
    page = visit(guide + path(lang, "integration.md"), width=320)
    columns = [n for n in range(1, 10) if page.locator(f"table.reset-td-br-{n}").count()]
    assert columns
    for n in columns:
        cells = page.locator(f"table.reset-td-br-{n} tr > :nth-child({n})")
        assert (
            cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).overflowWrap)")
            == ["normal"] * cells.count()
        )
        assert cells.evaluate_all(BROKEN_WORDS) == []
    assert sideways(page) == 0

"""axe-core finds nothing in what opens on a page; `test_every_page.py` asks it about the pages themselves."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_guide import LANGUAGES, SCHEMES, path

pytestmark = pytest.mark.no_cover

AXE = AXE_SCRIPT
RUN = """
async (rules) => {
  const {violations} = await axe.run(document, {resultTypes: ["violations"], rules});
  return violations.flatMap(({id, nodes}) => nodes.map(node => [id, String(node.target), node.failureSummary]));
}
"""

DRAWN = """
() => {
  const context = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const luminance = colors => {
    for (const [color, opacity] of colors) {
      context.globalAlpha = opacity;
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(
      value => (value /= 255) <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll("article svg text")].map(text => {
    const {left, right, top, bottom} = text.getBoundingClientRect(), layers = [["#fff", 1]];
    for (let around = text.closest("svg"); around; around = around.parentElement)
      layers.splice(1, 0, [getComputedStyle(around).backgroundColor, 1]);
    for (const shape of text.closest("svg").querySelectorAll("rect, path, circle, polygon")) {
      const box = shape.getBoundingClientRect(), {fill, fillOpacity} = getComputedStyle(shape);
      const under = box.left <= (left + right) / 2 && box.right >= (left + right) / 2
        && box.top <= (top + bottom) / 2 && box.bottom >= (top + bottom) / 2
        && shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (under && fill !== "none") layers.push([fill, fillOpacity]);
    }
    const [dark, light] = [luminance(layers), luminance([[getComputedStyle(text).fill, 1]])].sort((a, b) => a - b);
    return [text.textContent.trim(), (light + 0.05) / (dark + 0.05)];
  });
}
"""
"""The texts of diagrams and their contrast with what is drawn under them, which axe-core does not judge."""


def violations(page: Page, *, colors: bool = True) -> list[Any]:
    """What axe-core finds; contrast, which takes most of its time, may be left to FAINT_TEXT."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE)
    rules = {} if colors else {"color-contrast": {"enabled": False}}
    found: list[Any] = page.evaluate(RUN, rules)
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_what_opens(guide: str, visit: Visit, lang: str, scheme: Literal["light", "dark"]) -> None:
    page = visit(f"{guide}{path(lang, 'glossary.md')}?q=endpoint", scheme=scheme)
    expect(page.locator("[data-search-results] a").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 800})
    page.locator(".drawer-button").click()
    page.wait_for_timeout(400)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_of_diagrams_is_legible(guide: str, visit: Visit, lang: str, scheme: Literal["light", "dark"]) -> None:
    drawn = visit(guide + path(lang, "index.md"), scheme=scheme).evaluate(DRAWN)
    assert len(drawn) > 20
    assert [text for text in drawn if text[1] < 4.5] == []

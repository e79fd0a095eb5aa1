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

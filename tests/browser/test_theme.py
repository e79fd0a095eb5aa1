"""What the theme does for pages that the guide may not have today."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, SITE_URL, build, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.no_cover


ENGLISH_ONLY = """\
---
nav_title: Specimen
article_title: Specimen of the theme
page_order: 90
page_type: reference
description: Only in English.
---

# Specimen

<a class="in-french" href="https://example.com/" hreflang="fr">A page in French</a>
and <a class="in-english" href="https://example.com/" hreflang="en">one in English</a>.

/// important | Important
This matters.
///

/// update | Update
This is new.
///

/// note | Note
This is known.
///

<h2 id="last"><a class="heading-alias" id="alias"></a>Last</h2>
"""

ESCAPED = """\
---
nav_title: "The <select> tag"
article_title: "The <select> & <b>more</b>"
page_order: 89
---

Text without a title.

/// tab | Kotlin
For Kotlin.
///

//// tab | Java
<p id="in-java">For Java.</p>

/// details | More
<p id="in-details">Deep down.</p>
///
////
"""

FRENCH_ONLY = """\
---
nav_title: Spécimen
article_title: Spécimen du thème
page_order: 91
page_type: reference
description: Seulement en français.
---

# Spécimen

Texte.
"""


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The guide with one more page in each language, without translation."""
    project = tmp_path_factory.mktemp("specimen")
    for folder in ("docs", "hooks", "overrides"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / "docs/en/specimen.md").write_text(ENGLISH_ONLY, "utf-8")
    (project / "docs/en/escaped.md").write_text(ESCAPED, "utf-8")
    (project / "docs/fr/specimen-fr.md").write_text(FRENCH_ONLY, "utf-8")
    with serve(build(project / "site", project / "mkdocs.yml")) as address:
        yield address


def test_untranslated_page_says_so(specimen: str, visit: Visit) -> None:
    page = visit(f"{specimen}fr/specimen/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("article")).to_have_attribute("lang", "en")
    notice = page.locator(".fallback-notice")
    expect(notice).to_be_visible()
    expect(notice).to_have_attribute("lang", "fr")
    assert page.locator("link[rel=canonical]").get_attribute("href") == f"{SITE_URL}specimen/"
    assert page.locator("link[hreflang=fr]").count() == 0
    page.locator(".md-select").hover()
    page.locator(".md-select__link[hreflang=en]").click()
    page.wait_for_url(f"{specimen}specimen/")
    expect(page.locator(".fallback-notice")).to_have_count(0)
    assert page.locator("link[hreflang=fr]").count() == 0


def test_selector_goes_home_where_there_is_no_translation(specimen: str, visit: Visit) -> None:
    page = visit(f"{specimen}fr/specimen-fr/")
    page.locator(".md-select").hover()
    page.locator(".md-select__link[hreflang=en]").click()
    page.wait_for_url(specimen)


def test_links_name_the_other_language(specimen: str, visit: Visit) -> None:
    page = visit(f"{specimen}specimen/")
    marks = {
        name: page.locator(f"a.{name}").evaluate("link => getComputedStyle(link, '::after').content")
        for name in ("in-french", "in-english")
    }
    assert marks == {"in-french": '"fr"', "in-english": "none"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_own_alerts_look_like_alerts(specimen: str, visit: Visit, scheme: str) -> None:
    page = visit(f"{specimen}specimen/", scheme="dark" if scheme == "dark" else "light")
    icons, colors = set(), set()
    for kind in ("note", "important", "update"):
        title = page.locator(f".{kind} > .admonition-title")
        expect(title).to_be_visible()
        icon, color = title.evaluate("""title => {
            const style = getComputedStyle(title, "::before");
            return [style.maskImage, style.backgroundColor];
        }""")
        assert "svg" in icon
        icons.add(icon)
        colors.add(color)
    assert len(icons) == len(colors) == 3


def test_second_anchor_of_a_heading_takes_no_room(specimen: str, visit: Visit) -> None:
    page = visit(f"{specimen}specimen/#alias")
    box = page.locator("#alias").bounding_box()
    assert box is not None
    assert box["width"] == 0
    header = page.locator(".md-header").bounding_box()
    assert header is not None
    assert box["y"] >= header["y"] + header["height"]


def test_titles_are_text_wherever_they_stand(specimen: str, visit: Visit) -> None:
    for address in (specimen, f"{specimen}escaped/", f"{specimen}specimen/", f"{specimen}fr/"):
        page = visit(address)
        assert page.locator("body select").count() == 0
        expect(page.locator(".md-nav--primary").get_by_text("The <select> tag").first).to_be_attached()
        expect(page.locator(".md-footer")).to_be_visible()
    page = visit(f"{specimen}escaped/")
    expect(page.locator("h1")).to_have_text("The <select> tag")
    assert page.title().startswith("The <select> & ")


@pytest.mark.parametrize("name", ["in-java", "in-details"])
def test_an_anchor_shows_itself(specimen: str, visit: Visit, name: str) -> None:
    page = visit(f"{specimen}escaped/#{name}")
    expect(page.locator(f"#{name}")).to_be_in_viewport()
    page = visit(f"{specimen}escaped/")
    expect(page.locator(f"#{name}")).to_be_hidden()
    page.evaluate("name => { location.hash = name; }", name)
    expect(page.locator(f"#{name}")).to_be_in_viewport()

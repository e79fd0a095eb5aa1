"""The search as readers use it: what they type, and where its first result leads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import yaml
from playwright.sync_api import expect

from docsite.plugin.search.words import words
from tests.browser.conftest import ROOT, build, forget, serve, watching

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.no_cover

LANGUAGES = {"en": "", "fr": "fr/"}
OTHER = {"en": "fr", "fr": "en"}
TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("queries.yml").read_text("utf-8"))


class Query(NamedTuple):
    """What is typed, and the ends of the addresses that its first result may have."""

    text: str
    targets: list[str]


QUERIES = {
    language: [Query(str(text), group["to"]) for group in groups for text in group["queries"]]
    for language, groups in TABLE.items()
}


ASK = """
async (query) => {
  const dialog = document.querySelector("[data-search-dialog]"), input = dialog.querySelector("input");
  input.value = query;
  input.dispatchEvent(new InputEvent("input", {bubbles: true}));
  while (dialog.dataset.shown !== query.trim()) await new Promise(resolve => setTimeout(resolve, 1));
  return [...dialog.querySelectorAll("[data-search-results] a")].map(link => link.href);
}
"""


def ask(page: Page, query: str) -> list[str]:
    """The addresses of the results, once they are those of the query."""
    found: list[str] = page.evaluate(ASK, query)
    return found


def opened(page: Page) -> Page:
    page.locator("[data-search-open]").click()
    expect(page.locator("[data-search-dialog] input")).to_be_focused()
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_result_is_right(guide: str, visit: Visit, language: str) -> None:
    queries = QUERIES[language]
    assert len({query.text for query in queries}) >= 80
    page = opened(visit(guide + LANGUAGES[language]))
    wrong = []
    for query in queries:
        found = ask(page, query.text)
        if not found or not found[0].endswith(tuple(query.targets)):
            wrong.append((query.text, found[:1]))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_in_the_other_language(guide: str, visit: Visit, language: str) -> None:
    page = opened(visit(guide + LANGUAGES[language]))
    home = re.compile(rf"{re.escape(guide)}{LANGUAGES[language]}(?!fr/)")
    for query in QUERIES[language] + QUERIES[OTHER[language]]:
        assert [link for link in ask(page, query.text) if not home.match(link)] == [], query.text


@pytest.mark.parametrize(
    ("language", "word"),
    [("en", "guillemets"), ("fr", "unauthorized"), ("fr", "pizza"), ("en", "xyzzy plugh"), ("en", "firebase")]
    + [(language, "whatsapp") for language in LANGUAGES],
)
def test_it_says_so_when_nothing_is_found(guide: str, visit: Visit, language: str, word: str) -> None:
    page = opened(visit(guide + LANGUAGES[language]))
    assert ask(page, word) == []
    expect(page.locator("[data-search-dialog] [role=status]")).to_contain_text(word)


def test_the_nearest_term_is_proposed(guide: str, visit: Visit) -> None:
    page = opened(visit(f"{guide}fr/"))
    assert ask(page, "glossiareee") == []
    page.get_by_role("button", name="Glossaire").click()
    expect(page.locator("[data-search-results] a").first).to_have_attribute("href", f"{guide}fr/glossary/")


def test_what_only_comes_close_is_said_to(guide: str, visit: Visit) -> None:
    page = opened(visit(guide))
    assert ask(page, "workspce")
    expect(page.locator("[data-search-dialog] [role=status]")).to_contain_text("close")
    assert ask(page, "workspace")
    expect(page.locator("[data-search-dialog] [role=status]")).not_to_contain_text("close")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_with_a_query_opens_it(guide: str, visit: Visit, language: str) -> None:
    for place in ("", "glossary/"):
        page = visit(f"{guide}{LANGUAGES[language]}{place}?q=rate%20limit")
        first = page.locator("[data-search-results] a").first
        expect(first).to_be_visible()
        expect(first).to_contain_text({"en": "rate limit", "fr": "limite de débit"}[language])


@pytest.mark.parametrize("key", ["Control+k", "/"])
def test_the_keyboard_does_everything(guide: str, visit: Visit, key: str) -> None:
    page = visit(f"{guide}fr/")
    page.keyboard.press(key)
    box = page.locator("[data-search-dialog] input")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    assert len(ask(page, "endpoint")) > 2
    results = page.locator("[data-search-results] a")
    for number in (0, 1):
        page.keyboard.press("ArrowDown")
        expect(results.nth(number)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-dialog]")).to_be_hidden()
    page.keyboard.press(key)
    expect(box).to_have_value("endpoint")
    page.keyboard.type("glossaire")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{guide}fr/glossary/")


def test_a_slash_can_be_typed(guide: str, visit: Visit) -> None:
    page = opened(visit(guide))
    page.keyboard.type("a/b")
    expect(page.locator("[data-search-dialog] input")).to_have_value("a/b")


def test_the_dialog_has_a_name_and_closes_on_a_result(guide: str, visit: Visit) -> None:
    page = opened(visit(f"{guide}glossary/"))
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    first = ask(page, "workspace")[0]
    page.locator("[data-search-results] a").first.click()
    page.wait_for_url(first)
    expect(page.locator("[data-search-dialog]")).to_be_hidden()


@pytest.mark.parametrize("place", ["nowhere/", "fr/nowhere/"])
def test_a_missing_page_can_search(guide: str, visit: Visit, place: str) -> None:
    page = opened(visit(guide + place, status=404))
    assert ask(page, "webhook")[0].endswith("glossary/#webhook")


def test_results_are_titles_with_their_sections(guide: str, visit: Visit) -> None:
    page = opened(visit(guide))
    ask(page, "engineers")
    expect(page.locator("[data-search-results] > li > a").first).not_to_be_empty()
    assert page.locator("[data-search-results] > li ol a").count() > 0
    assert page.locator("[data-search-results] mark").count() > 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_browser_and_index_spell_alike(guide: str, visit: Visit, language: str) -> None:
    """words.js against words.py, on all the text there is."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    texts += ["L’œuvre d'ÆTHER, naïve straße ﬁn ½ ™ don't rock'n'roll aujourd’hui", "a-b--c 'd' e'f'g ʼh _i_ 1.2 x²"]
    page = visit(guide + LANGUAGES[language])
    spelled = page.evaluate(
        """async ([texts, language, home]) => {
            const { words } = await import(`${home}assets/docsite/search/words.js`);
            return texts.map((text) => words(text, language));
        }""",
        [texts, language, guide],
    )
    assert spelled == [words(text, language, whole=False) for text in texts]


def test_a_large_index_comes_in_pieces(guide: str, visit: Visit) -> None:
    """Opening the search fetches its scripts and one list of words; a query fetches what it needs."""
    page = visit(guide)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(guide)))
    opened(page)
    expect(page.locator("[data-search-dialog]")).to_have_attribute("data-shown", "")
    assert [url for url in asked if url.endswith(".json")] == ["search/en/index.json"]
    ask(page, "workspace")
    pieces = [url for url in asked if url.endswith(".json")][1:]
    assert pieces
    assert all(re.match(r"search/en/(words|sections)-\d+\.\w{8}\.json$", piece) for piece in pieces)


@pytest.mark.parametrize("language", ["en", "fr", "pt-BR"])
def test_a_site_without_templates_of_its_own_has_it(tmp_path: Path, tab: Page, language: str) -> None:
    """In Material's header, also in a language whose pages do not name its region."""
    config = f"site_name: Tiny\ntheme: {{name: material, font: false, language: {language}}}\n"
    config += "plugins:\n  - search\n  - docsite: {search: true, security_headers: true}\n"
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Tiny\n\n## Ação\n\nTexto.\n", "utf-8")
    with serve(build(tmp_path / "site", tmp_path / "mkdocs.yml")) as address, watching(tab) as watch:
        watch.go(address)
        tab.goto(f"{address}?q=acao")
        expect(tab.locator("[data-search-results] a").first).to_have_attribute("href", re.compile("#a%C3%A7%C3%A3o$"))
        tab.keyboard.press("Escape")
        expect(tab.locator("label[for=__search].md-header__button")).to_be_hidden()
        forget(tab)
    assert watch.problems == []

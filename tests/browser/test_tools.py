"""The tools of the guide as readers use them: checklist, worksheet, message, glossary, terms."""

from __future__ import annotations

import csv
import io
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.no_cover

LANGUAGES = {"en": "", "fr": "fr/"}
BOXES = [box["id"] for box in yaml.safe_load((ROOT / "docs/data/checklist.yml").read_text("utf-8"))["boxes"]]

in_both = pytest.mark.parametrize("lang", LANGUAGES)


def said(lang: str, key: str, **values: object) -> str:
    """A text of the includes."""
    text: str = yaml.safe_load((ROOT / "docs/data/words.yml").read_text("utf-8"))[lang][key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def ticked(page: Page) -> list[str]:
    expect(page.locator("[data-box]").first).to_be_visible()  # its script is at work
    ids: list[str] = page.locator("[data-box]").evaluate_all(
        "all => all.filter(b => b.checked).map(b => b.dataset.box)"
    )
    return ids


def box(page: Page, name: str) -> Locator:
    return page.locator(f"[data-box={name}]")


def press(page: Page, lang: str, key: str) -> None:
    page.get_by_role("button", name=said(lang, key), exact=True).click()


def status(page: Page) -> Locator:
    return page.locator(".tool-bar [role=status]")


@pytest.fixture(scope="session")
def without_scripts(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def clipboard(tab: Page) -> Iterator[None]:
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield
    tab.context.clear_permissions()


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


# Steps

STEPS = [step["id"] for step in yaml.safe_load((ROOT / "docs/data/steps.yml").read_text("utf-8"))["steps"]]


@in_both
def test_steps_lead_from_one_to_the_next_and_back(guide: str, visit: Visit, lang: str) -> None:
    start = f"{guide}{LANGUAGES[lang]}steps/"
    page = visit(f"{start}{STEPS[0]}/", width=390)
    for before, step in pairwise(STEPS):
        assert page.locator(".step-rail [aria-current=step]").evaluate("link => link.href") == f"{start}{before}/"
        page.locator(".step-pages [rel=next]").click()
        page.wait_for_url(f"{start}{step}/")
    expect(page.locator(".step-pages [rel=next]")).to_have_count(0)
    for step in reversed(STEPS[:-1]):
        page.locator(".step-pages [rel=prev]").click()
        page.wait_for_url(f"{start}{step}/")
    expect(page.locator(".step-pages [rel=prev]")).to_have_count(0)
    assert page.locator(".step-rail a").evaluate_all("links => links.map(link => link.href)") == [
        f"{start}{step}/" for step in STEPS
    ]


# Checklist


@in_both
def test_ticks_stay_on_all_pages_and_in_both_languages(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}tools/checklist/", width=390)
    expect(page.locator("[data-box]:visible")).to_have_count(len(BOXES))
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.locator("label", has=box(page, "rate-limit")).click()
    expect(page.locator("#checklist-count")).to_have_text(said(lang, "ticked", n=2, all=len(BOXES)))
    assert ticked(page) == [BOXES[0], "rate-limit"]

    for other in LANGUAGES.values():
        page.goto(f"{guide}{other}tools/checklist/")
        assert ticked(page) == [BOXES[0], "rate-limit"]
        page.goto(f"{guide}{other}steps/before-you-send/")
        assert ticked(page) == ["rate-limit"]
    box(page, "rate-limit").uncheck()
    page.go_back()
    expect(box(page, "rate-limit")).not_to_be_checked()


@in_both
@pytest.mark.usefixtures("clipboard")
def test_checklist_travels_as_a_link(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}tools/checklist/")
    box(page, "naming").check()
    box(page, "sdk").check()
    press(page, lang, "copy_link")
    expect(status(page)).to_have_text(said(lang, "link_copied"))
    link = copied(page)

    # A reader who has ticked nothing takes the ticks; one who has is asked.
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    assert ticked(page) == ["sdk", "naming"]
    assert "#" not in page.url

    box(page, "email").check()
    page.goto(link)
    offer = page.get_by_text(said(lang, "offer", n=2, all=len(BOXES)))
    expect(offer).to_be_visible()
    assert len(ticked(page)) == 3
    press(page, lang, "offer_decline")
    expect(offer).to_be_hidden()
    assert len(ticked(page)) == 3

    page.goto(link)
    press(page, lang, "offer_accept")
    expect(offer).to_be_hidden()
    expect(status(page)).to_have_text(said(lang, "offer_accepted"))
    assert ticked(page) == ["sdk", "naming"]


@in_both
def test_checklist_travels_as_a_file(guide: str, visit: Visit, tmp_path: Path, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}tools/checklist/")
    box(page, "capacity").check()
    with page.expect_download() as download:
        press(page, lang, "save_file")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert json.loads(saved.read_text("utf-8")) == {"ticks": ["capacity"]}

    page.once("dialog", lambda dialog: dialog.accept())
    press(page, lang, "reset")
    expect(status(page)).to_have_text(said(lang, "was_reset"))
    assert ticked(page) == []

    with page.expect_file_chooser() as chooser:
        press(page, lang, "open_file")
    chooser.value.set_files(saved)
    expect(status(page)).to_have_text(said(lang, "file_opened"))
    assert ticked(page) == ["capacity"]

    saved.write_text('{"ticks": {"capacity": true}}')
    with page.expect_file_chooser() as chooser:
        press(page, lang, "open_file")
    chooser.value.set_files(saved)
    expect(status(page)).to_have_text(said(lang, "file_unreadable"))
    assert ticked(page) == ["capacity"]


def test_reset_asks_first(guide: str, visit: Visit) -> None:
    page = visit(f"{guide}tools/checklist/")
    box(page, "push").check()
    page.once("dialog", lambda dialog: dialog.dismiss())
    press(page, "en", "reset")
    assert ticked(page) == ["push"]


def test_strange_links_and_stores_do_no_harm(guide: str, visit: Visit) -> None:
    page = visit(f"{guide}tools/checklist/#ticks=nothing-of-ours,sdk")
    assert ticked(page) == ["sdk"]
    page.evaluate("localStorage.setItem('docsite.checklist', '{broken')")
    page.reload()
    assert ticked(page) == []
    box(page, "sdk").check()
    page.reload()
    assert ticked(page) == ["sdk"]


@in_both
def test_checklist_without_scripts_is_a_list(guide: str, without_scripts: Page, lang: str) -> None:
    without_scripts.goto(f"{guide}{LANGUAGES[lang]}tools/checklist/")
    expect(without_scripts.locator(".boxes li:visible")).to_have_count(len(BOXES))
    expect(without_scripts.locator(".boxes input:visible, .tool-bar:visible")).to_have_count(0)


def test_printed_checklist_shows_boxes_and_no_tools(guide: str, visit: Visit) -> None:
    page = visit(f"{guide}tools/checklist/")
    box(page, "sdk").check()
    page.emulate_media(media="print")
    try:
        expect(page.locator(".tool-bar")).to_be_hidden()
        expect(page.locator(".boxes input:visible")).to_have_count(len(BOXES))
        expect(box(page, "sdk")).to_be_checked()
    finally:
        page.emulate_media(media="screen")


# Worksheet


def cells(page: Page) -> Locator:
    return page.locator(".worksheet__table textarea")


@in_both
@pytest.mark.usefixtures("clipboard")
def test_worksheet_is_kept_copied_and_downloaded(guide: str, visit: Visit, tmp_path: Path, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}tools/worksheet/", width=390)
    expect(cells(page).first).to_be_visible()
    rows = cells(page).count() // 4
    typed = ["Réengager “les absents”", '=HYPERLINK("https://example.com")', "+1", "a;b,c\nd"]
    cells(page).first.focus()
    for text in typed:
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")
    press(page, lang, "add_row")
    expect(cells(page)).to_have_count(4 * rows + 4)
    expect(cells(page).nth(4 * rows)).to_be_focused()
    expect(cells(page).nth(4 * rows)).to_have_accessible_name(
        f"{said(lang, 'use_case')}, {said(lang, 'row', n=rows + 1)}"
    )

    page.goto(f"{guide}tools/worksheet/" if lang == "fr" else f"{guide}fr/tools/worksheet/")
    expect(cells(page).first).to_be_visible()
    assert cells(page).evaluate_all("all => all.slice(0, 4).map(cell => cell.value)") == typed
    page.goto(f"{guide}{LANGUAGES[lang]}tools/worksheet/")

    with page.expect_download() as download:
        press(page, lang, "download_csv")
    file = tmp_path / "sheet.csv"
    download.value.save_as(file)
    assert download.value.suggested_filename == said(lang, "worksheet_file")
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    separator = said(lang, "csv_separator")
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=separator))
    titles = [said(lang, key) for key in ("use_case", "event", "attribute", "tracking")]
    assert table == [titles, [typed[0], f"'{typed[1]}", "'+1", typed[3]]]

    press(page, lang, "copy_table")
    expect(status(page)).to_have_text(said(lang, "table_copied"))
    pasted = list(csv.reader(io.StringIO(copied(page), newline=""), delimiter="\t"))
    assert pasted == table


@in_both
def test_worksheet_rows_can_be_removed_and_all_be_emptied(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}tools/worksheet/")
    head = page.locator(".worksheet__table thead th").first.evaluate("cell => getComputedStyle(cell).backgroundColor")
    expect(page.locator(".worksheet__table thead .worksheet__tools")).to_have_css("background-color", head)
    expect(cells(page).first).to_be_visible()
    count = cells(page).count()
    cells(page).nth(0).fill("one")
    cells(page).nth(4).fill("two")
    press_row = page.get_by_role("button", name=said(lang, "remove_row", n=1), exact=True)
    press_row.focus()
    page.keyboard.press("Enter")
    expect(cells(page)).to_have_count(count - 4)
    expect(cells(page).first).to_have_value("two")
    expect(cells(page).first).to_be_focused()
    expect(status(page)).to_have_text(said(lang, "row_removed", n=1))

    page.once("dialog", lambda dialog: dialog.accept())
    press(page, lang, "empty_table")
    expect(cells(page)).to_have_count(count)
    assert page.evaluate("localStorage.getItem('docsite.worksheet')") == "[]"


@in_both
def test_worksheet_without_scripts_is_a_table_for_paper(guide: str, without_scripts: Page, lang: str) -> None:
    without_scripts.goto(f"{guide}{LANGUAGES[lang]}tools/worksheet/")
    expect(without_scripts.locator(".worksheet__table tbody tr:visible")).to_have_count(4)
    expect(without_scripts.locator(".worksheet .tool-bar")).to_be_hidden()


# Message


@in_both
@pytest.mark.usefixtures("clipboard")
def test_message_is_copied_as_text(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}tools/handover/")
    page.get_by_role("button", name=said(lang, "copy_message")).focus()
    page.keyboard.press("Enter")
    expect(status(page)).to_have_text(said(lang, "message_copied"))
    text = copied(page)
    source = (ROOT / f"docs/{lang}/tools/handover.md").read_text("utf-8")
    message = source.split("{% message %}\n")[1].split("\n{% endmessage %}")[0]
    assert text == message.replace("* ", "- ")


def test_message_is_selected_where_copying_is_not_allowed(guide: str, visit: Visit) -> None:
    page = visit(f"{guide}tools/handover/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    press(page, "en", "copy_message")
    expect(status(page)).to_have_text(said("en", "message_uncopied"))
    assert "SDK endpoint" in page.evaluate("getSelection().toString()")


# Glossary

GLOSSARY: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs/data/glossary.yml").read_text("utf-8"))["terms"]


@in_both
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("rate limit", "rate-limit"),
        ("LIMITE DE DEBIT", "rate-limit"),
        ("cle  api", "api-key"),
        ("point de terminaison", "sdk-endpoint"),
        ("groupe d'applications", "workspace"),
    ],
)
def test_glossary_is_filtered_in_either_language(guide: str, visit: Visit, lang: str, typed: str, found: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}glossary/", width=390)
    page.get_by_label(said(lang, "filter")).fill(typed)
    visible = page.locator(".glossary__table h3:visible").evaluate_all("all => all.map(h => h.id)")
    assert found in visible
    assert len(visible) < 4
    letters = page.locator(".glossary__letters a:visible").count()
    assert letters == page.locator(".glossary__letter:visible").count() <= len(visible)


@in_both
def test_glossary_says_when_nothing_is_found(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}glossary/")
    field = page.get_by_label(said(lang, "filter"))
    field.fill("zzz")
    expect(page.locator(".glossary [role=status]")).to_have_text(said(lang, "filter_none"))
    expect(page.locator(".glossary__table h3:visible")).to_have_count(0)
    page.locator("a[href='#sdk']").click()
    expect(field).to_have_value("")
    expect(page.locator("#sdk")).to_be_in_viewport()
    expect(page.locator(".glossary__table h3:visible")).to_have_count(len(GLOSSARY))


@in_both
def test_glossary_without_scripts(guide: str, without_scripts: Page, lang: str) -> None:
    without_scripts.goto(f"{guide}{LANGUAGES[lang]}glossary/")
    expect(without_scripts.locator(".glossary__table h3:visible")).to_have_count(len(GLOSSARY))
    expect(without_scripts.locator(".glossary__filter")).to_be_hidden()
    for letter in without_scripts.locator(".glossary__letters a").all():
        target = urlsplit(letter.get_attribute("href") or "").fragment
        expect(without_scripts.locator(f"#{target}")).to_have_count(1)


# Terms


def first_term(page: Page, name: str) -> Locator:
    return page.locator(f"a.term[href$='#{name}']")


def definition(lang: str, name: str) -> str:
    text: str = next(term for term in GLOSSARY if term["id"] == name)[lang]["definition"]
    return text.replace("_", "")


FOCUS_BEFORE = """
(link) => {
  const before = document.createElement("button");
  link.before(before);
  before.focus();
}
"""


@in_both
def test_definition_is_shown_to_the_mouse_and_the_keyboard(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}integration/")
    link, tip = first_term(page, "workspace"), page.get_by_role("tooltip")
    expect(link).to_have_count(0)  # it is a link to Braze already
    link = first_term(page, "push-token")
    expect(link).to_have_count(1)
    expect(page.locator("#term-tip")).to_be_attached()
    link.hover()
    expect(tip).to_have_text(definition(lang, "push-token"))
    tip.hover()
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()

    page.mouse.move(0, 0)
    link.evaluate(FOCUS_BEFORE)
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(tip).to_be_visible()
    expect(link).to_have_accessible_description(definition(lang, "push-token"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{guide}{LANGUAGES[lang]}glossary/#push-token")


@in_both
def test_definition_is_shown_to_a_finger(guide: str, browser: Browser, lang: str) -> None:
    context = browser.new_context(has_touch=True, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{guide}{LANGUAGES[lang]}integration/")
    link, tip = first_term(page, "push-token"), page.get_by_role("tooltip")
    expect(page.locator("#term-tip")).to_be_attached()
    link.tap()
    expect(tip).to_have_text(definition(lang, "push-token"))
    place = tip.bounding_box()
    assert place is not None
    assert place["x"] >= 0
    assert place["x"] + place["width"] <= 320
    page.locator("h1").tap()
    expect(tip).to_be_hidden()
    link.tap()
    link.tap()
    page.wait_for_url(f"{guide}{LANGUAGES[lang]}glossary/#push-token")
    context.close()


@in_both
def test_every_term_leads_to_the_pages_that_use_it(guide: str, visit: Visit, lang: str) -> None:
    page = visit(f"{guide}{LANGUAGES[lang]}glossary/")
    assert page.locator(".glossary__uses:visible").count() == len(GLOSSARY)
    uses = page.locator(".glossary__uses[data-term=canvas] a")
    expect(uses).to_have_count(1)
    uses.click()
    page.wait_for_url(f"{guide}{LANGUAGES[lang]}steps/data/")
    first_term(page, "canvas").click()
    page.wait_for_url(f"{guide}{LANGUAGES[lang]}glossary/#canvas")
    expect(page.locator("#canvas")).to_be_in_viewport()

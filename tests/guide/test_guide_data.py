"""The guide's own data: complete in both languages, and the same as what the pages say."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

DOCS = Path(__file__).resolve().parents[2] / "docs"
LANGUAGES = ("en", "fr")


def data(name: str) -> Any:
    return yaml.safe_load((DOCS / f"data/{name}.yml").read_text("utf-8"))


def front_matter(page: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load((DOCS / page).read_text("utf-8").split("---\n")[1])
    return values


STEPS = data("steps")["steps"]
BOXES = data("checklist")["boxes"]
TERMS = data("glossary")["terms"]


def test_includes_have_their_words_in_both_languages() -> None:
    words = data("words")
    assert set(words) == set(LANGUAGES)
    assert words["en"].keys() == words["fr"].keys()
    for key, text in words["en"].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", words["fr"][key]), key


def test_includes_use_all_their_words() -> None:
    used = {key for path in DOCS.glob("_includes/*") for key in re.findall(r"words\.(\w+)", path.read_text("utf-8"))}
    by_name = {who for step in STEPS for who in step["who"]}
    assert used | by_name == set(data("words")["en"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["id"])
def test_step_is_called_as_its_page(step: dict[str, Any], language: str) -> None:
    matter = front_matter(f"{language}/steps/{step['id']}.md")
    heading = re.search(r"^# (.*)$", (DOCS / f"{language}/steps/{step['id']}.md").read_text("utf-8"), re.MULTILINE)
    assert heading is not None
    title = step[language]["title"]
    assert (matter["nav_title"], matter["article_title"], heading[1]) == (title, title, title)
    assert title.casefold().endswith(step[language]["name"].casefold())


def test_steps_are_all_the_pages_of_their_folder_in_order() -> None:
    pages = sorted(DOCS.glob("en/steps/*.md"), key=lambda path: front_matter(f"en/steps/{path.name}")["page_order"])
    assert {path.stem for path in pages} == {"index", *(step["id"] for step in STEPS)}
    orders = [front_matter(f"en/steps/{step['id']}.md")["page_order"] for step in STEPS]
    assert orders == sorted(orders)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_has_boxes_on_its_page_and_on_the_checklist(language: str) -> None:
    assert {box["step"] for box in BOXES} == {step["id"] for step in STEPS}
    checklist = (DOCS / language / "tools/checklist.md").read_text("utf-8")
    for step in STEPS:
        include = f'{{% include boxes.html step="{step["id"]}" %}}'
        assert include in checklist
        assert include in (DOCS / language / f"steps/{step['id']}.md").read_text("utf-8")
        assert f"{{#{step['id']}}}" in checklist


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_share_one_template(language: str) -> None:
    """The same sections, head and foot on each page."""
    outlines = set()
    for step in STEPS:
        text = (DOCS / language / f"steps/{step['id']}.md").read_text("utf-8")
        outlines.add(tuple(re.findall(r"^## (.*)$", text, re.MULTILINE)))
        for include in ("step-head.html", "step-pages.html"):
            assert text.count(f'{{% include {include} step="{step["id"]}" %}}') == 1
    (outline,) = outlines
    assert len(outline) == 5


def test_boxes_have_names_of_their_own_and_texts() -> None:
    names = [box["id"] for box in BOXES]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)  # they stand in links
    assert all(box[language].endswith(".") for box in BOXES for language in LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_name_themselves_once(language: str) -> None:
    """The navigation, the title and the heading agree; the home page is called so."""
    for path in (DOCS / language).rglob("*.md"):
        name = path.relative_to(DOCS).as_posix()
        matter = front_matter(name)
        heading = re.search(r"^# (.*?)(?: \{#.*\})?$", path.read_text("utf-8"), re.MULTILINE)
        assert heading is not None
        assert heading[1] == matter["article_title"], name
        if path != DOCS / language / "index.md":
            assert heading[1] == matter["nav_title"], name


def test_terms_are_in_order() -> None:
    english = [term["en"]["term"].casefold() for term in TERMS]
    assert all(before <= after for before, after in pairwise(english))
    assert all(term["sort_fr"] == term["sort_fr"].casefold() and term["sort_fr"].isascii() for term in TERMS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_form_belongs_to_two_terms(language: str) -> None:
    forms = [form for term in TERMS for form in (term[language]["term"], *term[language].get("forms", ()))]
    assert len(forms) == len(set(forms))

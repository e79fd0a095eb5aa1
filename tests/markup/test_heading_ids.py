"""Ids of headings, and the slugs they are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.markup.heading_ids import Heading, HeadingText, ids_from_source_page, ids_from_text
from docsite.markup.inlines.inline_nodes import plain_text
from docsite.markup.inlines.inline_parser import parse_inlines
from docsite.markup.slugs import kramdown_heading_id

modest = options(deadline=None, max_examples=200, database=None)


def written(*headings: str) -> list[HeadingText]:
    """Headings given as in `## Text {#id}`."""
    result = []
    for heading in headings:
        marks, _, rest = heading.partition(" ")
        text, _, name = rest.partition(" {#")
        result.append(HeadingText(len(marks), text, name.removesuffix("}")))
    return result


def ids(headings: list[Heading]) -> list[tuple[str, tuple[str, ...]]]:
    return [(heading.id, heading.aliases) for heading in headings]


def test_ids_of_a_page_on_its_own() -> None:
    alone = ids_from_text(written("# A b", "## É à!", "## A b", "## C {#x}", "### A b"))
    assert ids(alone) == [("a-b", ()), ("é-à", ()), ("a-b-1", ()), ("x", ()), ("a-b-2", ())]


def test_a_translation_takes_the_ids_of_its_source() -> None:
    source = ids_from_text(written("# One", "## Two", "## Three {#three-x}"))
    twin = ids_from_source_page(written("# Un", "## Deux", "## Trois"), source)
    assert ids(twin) == [("one", ("un",)), ("two", ("deux",)), ("three-x", ("trois",))]


@pytest.mark.parametrize("headings", [("# Un",), ("# Un", "### Deux"), ("# Un", "## Deux", "## Trois"), ()])
def test_another_outline_keeps_its_own_ids(headings: tuple[str, ...]) -> None:
    source = ids_from_text(written("# One", "## Two"))
    assert ids_from_source_page(written(*headings), source) == ids_from_text(written(*headings))


def test_an_explicit_id_wins_and_keeps_that_of_the_source_beside_it() -> None:
    source = ids_from_text(written("# One", "## Two"))
    twin = ids_from_source_page(written("# Un {#mine}", "## Deux"), source)
    assert ids(twin) == [("mine", ("one",)), ("two", ("deux",))]


def test_a_slug_that_another_heading_has_as_its_id_is_no_anchor() -> None:
    source = ids_from_text(written("# One", "## Two", "## Three"))
    twin = ids_from_source_page(written("# Two", "## Three", "## Same"), source)
    assert ids(twin) == [("one", ()), ("two", ()), ("three", ("same",))]


@pytest.mark.no_cover
@modest
@given(
    st.lists(st.sampled_from(("One", "Two", "One b", "É")), min_size=1, max_size=6),
    st.lists(st.sampled_from(("One", "Deux", "Deux 1", "É", "Two-1")), min_size=6, max_size=6),
)
def test_no_anchor_occurs_twice_on_a_translated_page(source: list[str], translated: list[str]) -> None:
    twins = ids_from_text([HeadingText(2, text) for text in source])
    matched = ids_from_source_page([HeadingText(2, text) for text in translated[: len(source)]], twins)
    names = [name for heading in matched for name in (heading.id, *heading.aliases) if name]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Step 1: They *implement* the `SDK`", "step-1-they-implement-the-sdk"),
        ("Étape 1 : l’intégration", "étape-1--lintégration"),
        ("[Link](x.md) and ![i](y)", "link-and-"),
        ("a_b -- c", "a_b--c"),
        ("Q&amp;A&nbsp;!", "qa"),
        ("Étape <kbd>x</kbd>", "étape-x"),
        ("E\u0301tape", "étape"),
        ("", ""),
        ("!?", ""),
    ],
)
def test_slugs(text: str, wanted: str) -> None:
    assert kramdown_heading_id(plain_text(parse_inlines(text))) == wanted

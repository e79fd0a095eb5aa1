"""YAML with positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.config import yaml_document

modest = options(deadline=None, max_examples=200, database=None)


def test_places_of_keys_and_items() -> None:
    document = yaml_document.parse_yaml("a: 1\nb:\n  - x\n  - {c: é, d: 2}\n")
    assert document.data == {"a": 1, "b": ["x", {"c": "é", "d": 2}]}
    assert document.position(("b", 1, "d")) == (4, 12)
    assert document.position(("b", 0)) == (3, 5)
    assert document.position(("b", 7, "z")) == (2, 1)
    assert document.position(("zzz",)) == (1, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [", 1),
        ("'", 1),
        ("a: *b", 1),
        ("? [a]\n: b", 1),
        ("a: !!python/name:os x", 1),
        ("\t", 1),
        ("a: 1\na: 2", 2),
    ],
)
def test_problems_of_yaml(text: str, line: int) -> None:
    document = yaml_document.parse_yaml(text)
    assert [problem.kind for problem in document.problems] == ["syntax"]
    assert line <= document.problems[0].position.line <= line + 1


@pytest.mark.no_cover
@modest
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`\n\t ,?é<", max_size=40))
def test_any_yaml_gives_data_or_problems(text: str) -> None:
    document = yaml_document.parse_yaml(text)
    if not document.problems:
        list(yaml_document.validate(document, "front_matter"))


def test_an_empty_document_is_no_problem() -> None:
    for text in ("", "\n", "# only a comment\n"):
        assert yaml_document.parse_yaml(text) == yaml_document.YamlDocument(None)

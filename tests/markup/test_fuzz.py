"""Hostile pages come out, whatever they hold, and with no more work than their length asks for."""

from __future__ import annotations

import pytest

from tests.oracle.fuzz import calls, outcome, render_error

PARTS = 8
PAGES = 2000
PIECES = (
    *("{{", "{%", "{", "[", "](", "*a ", "`", "<", "<a ", "<div>\n", "> ", "- ", "|a", "``` x\n", "{: .a}\n", "(\n"),
    *("{% alert note %}a{% endalert %} ", "{% details a %}b{% enddetails %}"),
    *("[a](b\\) c ", "[a](b_(c\\)", "a\n{: .a\n .b\n", '<b markdown="1"><span markdown="0">'),
)


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_raises_and_no_placeholder_is_left(part: int) -> None:
    errors = {one.number: one.error for one in map(outcome, range(part, PAGES, PARTS)) if one.error}
    assert not errors, "python -m tests.oracle.fuzz --show NUMBER prints a page"


@pytest.mark.parametrize("piece", PIECES)
def test_work_grows_with_the_length_of_a_page(piece: str) -> None:
    few, many = (calls(piece * count) for count in (250, 1000))
    assert many < 6 * few


SLOW = {
    "outputs never closed": "{{" * 8000,
    "attribute lists never closed": "{: " * 5000,
    "loops in loops never closed": "{% for x in (1..9) %}- a\n" * 6,
    "comments in comments never closed": "{% comment %}{% if a %}b\n" * 300 + "{% endcomment %}",
}


@pytest.mark.parametrize("name", SLOW)
def test_what_is_never_closed_takes_little_work(name: str) -> None:
    assert render_error(SLOW[name]) == ""
    assert calls(SLOW[name]) < 20_000 + 15 * len(SLOW[name])


@pytest.mark.parametrize(
    "last", ['<p markdown="1">*b*</p>', '<p markdown="1"></p>', "<p>b</p>", "<hr>", "    b", "> b"]
)
def test_a_footnote_may_end_in_any_block(last: str) -> None:
    assert render_error(f"a[^1]\n\n[^1]: c\n\n    {last}\n") == ""


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\f", " ", "\t"])
def test_a_block_tag_behind_any_space_comes_to_an_end(space: str) -> None:
    text = f"- a\n\n      {space}{{% alert note %}}b\n      {{% endalert %}}\n\n    {space}{{% alert note %}}c"
    assert render_error(text) == ""

"""What docsite does to a single native page, or leaves alone."""

from __future__ import annotations

import markdown
import pytest

from docsite.markup.native.extension import NativeExtension
from docsite.markup.native.tagged_page import has_tags

OTHERS = [
    "{{% tab %}} of Hugo's {{% /tab %}} and {{< tab >}}",
    "`{% tab %}`",
    "${{ secrets.TOKEN }}",
    "{% macro tab(a) %}{{ a }}{% endmacro %}",
    "{%% tab %%}",
]


@pytest.mark.parametrize("text", OTHERS)
def test_what_looks_like_a_tag_is_left_alone(text: str) -> None:
    assert not has_tags(text, {"tab", "tabs"})


@pytest.mark.parametrize("text", ["{% tab A %}", "{%- tab A -%}", "a{%tab A%}", "{{ site.title }}"])
def test_tags_are_known(text: str) -> None:
    assert has_tags(text, {"tab", "tabs"})


@pytest.mark.parametrize("text", ["# A\n\n[b]() and *c*", "![]()\n\n- a", "[a](<>)\n\n---\n"])
def test_an_empty_address_that_is_reported_changes_nothing_else(text: str) -> None:
    extension = NativeExtension()
    extension.begin({"": ""})
    assert markdown.markdown(text, extensions=[extension]) == markdown.markdown(text)

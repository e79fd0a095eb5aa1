"""Code of a native page, by hand and against Python-Markdown."""

from __future__ import annotations

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsite.markup.native.code_spans import code_spans

CODE = [
    "`TAG`",
    "a `` ` TAG`` b",
    "```\nTAG\n```",
    "~~~ liquid\nTAG\n~~~",
    "```` md\n```\nTAG\n```\n````",
    "text\n\n    TAG\n    more TAG",
    "    TAG",
    "\tTAG",
    "- a\n\n    ```\n    TAG\n    ```",
    "<!-- TAG -->",
    "<pre>\nTAG\n</pre>",
    "> ```\n> TAG\n> ```",
    "# Head\n\n    TAG",
]
TEXT = [
    "TAG",
    "`a` TAG `b`",
    "```\nx\n```\nTAG",
    "- a\n\n    TAG",
    "1. a\n\n    TAG\n\n    TAG",
    "!!! note\n\n    TAG",
    "!!! note\n    TAG\n\n    TAG",
    '=== "One"\n\n    TAG',
    "[^1]:\n    TAG",
    "[^1]: a\n\n    TAG",
    "term\n\n:   a\n\n    TAG",
    "text\n    TAG",
    "\\`TAG`",
    "`a\n\nTAG`",
    "- a\n  TAG",
]


def tag_in_code(text: str) -> list[bool]:
    spans = code_spans(text)
    places = [at for at in range(len(text)) if text.startswith("TAG", at)]
    return [any(start <= at < stop for start, stop in spans) for at in places]


@pytest.mark.parametrize("text", CODE)
def test_code(text: str) -> None:
    assert all(tag_in_code(text))


@pytest.mark.parametrize("text", TEXT)
def test_text(text: str) -> None:
    assert not any(tag_in_code(text))


EXTENSIONS = ["admonition", "def_list", "footnotes", "pymdownx.superfences", "pymdownx.tabbed"]


@pytest.mark.no_cover
@settings(deadline=None, max_examples=150, database=None)
@given(blocks=st.lists(st.sampled_from([*CODE, *TEXT, "plain"]), min_size=1, max_size=4))
def test_it_agrees_with_python_markdown(blocks: list[str]) -> None:
    """Blocks side by side, each under a heading of its own, are code exactly where Python-Markdown makes them code."""
    parts = (block.replace("[^1]", f"[^{number}]") for number, block in enumerate(blocks))
    text = "\n\n".join(f"# Part\n\n{part}" for part in parts)
    named = text.replace("TAG", "T\ufffdG")
    count = named.count("T\ufffdG")
    for number in range(count):
        named = named.replace("T\ufffdG", f"TAG{number}X", 1)
    html = markdown.markdown(
        named, extensions=EXTENSIONS, extension_configs={"pymdownx.tabbed": {"alternate_style": True}}
    )
    spans = code_spans(named)
    for number in range(count):
        mark = f"TAG{number}X"
        at = named.index(mark)
        ours = any(start <= at < stop for start, stop in spans)
        before = html[: html.index(mark)]
        theirs = (
            before.count("<code") > before.count("</code")
            or before.count("<pre") > before.count("</pre")
            or before.count("<!--") > before.count("-->")
        )
        assert ours == theirs, named

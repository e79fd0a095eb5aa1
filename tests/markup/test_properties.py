"""Whatever a page holds, its errors come back as findings, and nothing of the dialect's own marks comes out.

`THOROUGH=20 pytest tests/markup/test_properties.py` tries twenty times as many pages.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import markdown
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from docsite.markup.markdown_extension import DialectExtension
from docsite.markup.placeholders import ANY_PLACEHOLDER, FOREIGN, FOREIGNED, MARKERS, TAB
from docsite.project.project import Project
from tests.golden_case import EXTENSIONS, OPTIONS
from tests.markup import case

pytestmark = pytest.mark.no_cover

THOROUGH = int(os.environ.get("THOROUGH", "1"))
modest = settings(
    deadline=None,
    max_examples=150 * THOROUGH,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
FOREIGN_MARK = re.compile(f"{FOREIGN}[a-z]+{FOREIGNED}")

# Pieces of pages. They need not fit together: most pages made of them are faulty, and that is the point.

NAMES = (
    "page",
    "site",
    "include",
    "forloop",
    "x",
    "site.baseurl",
    "page.nav_title",
    "site.data",
    "site.product",
    "nope",
)
FILTERS = (
    "upcase", "append: 'a'", "split: ''", "join: '-'", "size", "slice: 0", "slice: 1, 3", "truncate: 5",
    "replace: '0', '9'",
    "default: x", "date: '%Y'", "times: 9", "divided_by: 0", "modulo: 0", "plus: 'a'", "url_encode", "url_decode",
    "escape",
    "strip_html", "newline_to_br", "markdownify", "jsonify", "slugify", "relative_url", "array_to_sentence_string",
    "first",
    "sort", "map: 'a'", "where: 'a', 'b'", "reverse", "uniq", "concat: x", "round: 'a'", "number_of_words",
    "xml_escape",
    "base64_decode", "base64_encode", "sum", "nope", "append", "",
)  # fmt: skip
ENDS = (
    "alert",
    "tabs",
    "tab",
    "subtabs",
    "details",
    "panel",
    "if",
    "unless",
    "for",
    "case",
    "capture",
    "comment",
    "raw",
)
TAGS = (
    "alert note", "alert", "alert WARNING", "alret tip", "tabs", "tab One", "subtabs", "subtab Two",
    "details Title *x*",
    "panel", "if x", "if x == 1", "if", "unless x", "else", "elsif y", "case x", "when 1", "for x in (1..3)",
    "for x in y",
    "for", "capture x", "assign x = 'a'", "assign x", "assign x = site", "comment", "raw", "break", "continue",
    "cycle 'a', 'b'",
    "include name.md", "include name.md name=x", "include loop.md", "include nope", "include ../en/other.md", "include",
    "image_buster /assets/logo.svg", "image_buster", "increment x", "tablerow x in (1..2)", "nope", "", "# note", "-",
    "echo x",
    *(f"end{name}" for name in ENDS), "endnope",
)  # fmt: skip
MARKDOWN = (
    "# Title", "## Title {#id}", "### ", "Title\n===", "- item", "  - item", "1. item", "   2. item", "* a\n\n  b",
    "- - - x",
    "> quote", "> > quote", "| a | b |", "|---|---|", "| a | b |\n|---|---|\n| 1 | 2 |", "|a|", "```", "```python",
    "~~~", "    code",
    "\tcode", "---", "***", "{: .a #b}", "{: #b}", "{: .a", "{:ref: .x}", "{: ref}", "{:", "{::options /}",
    "*em*{: .x}", "[x](y.md){: .z}",
    "[a](other.md)", "[a]({{site.baseurl}}/other/#part-two)", "[a]({{site.baseurl}}/seul/)",
    "[a]: {{site.baseurl}}/other/", "[a]",
    "![i]({{site.baseurl}}/assets/logo.svg)", "[a](<b c>", "[a](b 'c", "](", "[^1]", "[^1]: note", "*[HTML]: x",
    "HTML", "Term\n: text",
    "<div>", "</div>", '<div markdown="1">', "<a href={{site.baseurl}}/seul/>",
    '<img srcset="a.png 1x, {{site.baseurl}}/b.png 2x">',
    "<!--", "-->", "<pre>", "</pre>", "<script>", "<", "&amp;", "&#xFDD0;", "\\", "`", "``", "**", "__", "~~", '"',
    "'", "...", "--",
    "/// note | x", "///", "/// tab | y", "/// html | div.x", "    new: true", "\\{", "{", "}", "{{", "}}", "{%",
    "%}", "{{${x}}}", "%}}", "{%-",
    "é", "🎉", "\u00a0", "\u2028", "\t", "\r", "\x00", "\x0b", "\ufdd0", "\ufdd10\ufdd2", "\ufdd3",
    "\ufdd4hidAA\ufdd5", "\x02", "\x03",
    "---\nnav_title: x\n---",
)  # fmt: skip

outputs = st.builds(
    lambda name, filters, dash: "{{" + dash + " " + " | ".join([name, *filters]) + " " + dash + "}}",
    st.sampled_from((*NAMES, "'a'", "1", "(1..3)", "x[0]", "x.", "")),
    st.lists(st.sampled_from(FILTERS), max_size=3),
    st.sampled_from(("", "-")),
)
tags = st.builds(
    lambda name, dash: "{%" + dash + " " + name + " " + dash + "%}", st.sampled_from(TAGS), st.sampled_from(("", "-"))
)
words = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=8)
joints = st.sampled_from(("\n", "\n\n", " ", "", "\n  ", "\n    ", "\n> ", "\r\n", " | "))
pieces = st.one_of(outputs, tags, st.sampled_from(MARKDOWN), words)
blocks = st.recursive(
    pieces,
    lambda inner: st.builds(
        lambda name, parts: (
            "{% " + name + " %}" + "".join(a + b for a, b in parts) + "{% end" + name.split()[0] + " %}"
        ),
        st.sampled_from(
            ("alert note", "tabs", "tab A", "details T", "panel", "if true", "for i in (1..2)", "capture c", "raw")
        ),
        st.lists(st.tuples(joints, inner), max_size=4),
    ),
    max_leaves=6,
)
pages = st.lists(st.tuples(st.one_of(pieces, blocks), joints), max_size=12).map(
    lambda parts: "".join(text + joint for text, joint in parts)
)
KEYS = ("nav_title", "page_order", "page_type", "aliases", "description", "nav_titel", "1", "null", "<<", "? [a]")
VALUES = (
    "x", "1", "[a, /b/]", "{a: b}", "'", '"', "&a [*a]", "*a", "!!python/name:os", "!ENV X", "2001-99-99", ".nan",
    ".inf", "9" * 400,
    '"\\uFDD1"', '"\\uFDD19\\uFDD2"', '"\\x00"', "|", "| \n  a", "- a", "", "é: b", "{{ x }}", "true", "\t", "%", "@",
    "`", "---",
)  # fmt: skip
front_matter = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=4).map(
    lambda pairs: "---\n" + "".join(f"{key}: {value}\n" for key, value in pairs) + "---\n"
)


def check(guide: Project, root: Path) -> None:
    """What holds for every guide: places inside their files, and no marks but those for the Markdown extension."""
    for finding in guide.findings:
        text = (root / finding.location.path).read_bytes().decode("utf-8-sig", "replace")
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= finding.location.line <= len(lines), finding
        assert 1 <= finding.location.column <= len(lines[finding.location.line - 1]) + 1, finding
        assert str(finding.message)
        assert not ANY_PLACEHOLDER.search(f"{finding.message}{finding.target}{finding.suggestion}"), finding
    for page in guide.pages.values():
        rest = FOREIGN_MARK.sub("", MARKERS.sub("", page.markdown)).replace(TAB, "")
        assert not ANY_PLACEHOLDER.search(rest), page.markdown


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each page replaces the one before, so that MkDocs is asked for the site only once."""
    return tmp_path_factory.mktemp("guide")


def load(root: Path, text: str) -> Project:
    loop = "a{% include loop.md %}"
    guide = case.load(root, {case.PAGE: text.encode("utf-8", "replace"), "docs/_includes/loop.md": loop})
    check(guide, root)
    return guide


CONVERTER = markdown.Markdown(extensions=[*EXTENSIONS, DialectExtension()], extension_configs=OPTIONS)


def html(text: str) -> str:
    return CONVERTER.reset().convert(text)


@modest
@given(st.text(max_size=200))
def test_any_text_gives_only_findings(root: Path, text: str) -> None:
    load(root, text)


@modest
@given(st.binary(max_size=100))
@example(b"\t\tcode\tx\x00")
def test_any_bytes_give_only_findings(root: Path, data: bytes) -> None:
    check(case.load(root, data), root)


@settings(modest, max_examples=400 * THOROUGH)
@given(pages)
def test_any_mixture_of_syntax_gives_only_findings(root: Path, text: str) -> None:
    load(root, text)


@modest
@given(pages)
def test_no_mark_comes_out_as_html(root: Path, text: str) -> None:
    assert not ANY_PLACEHOLDER.search(html(load(root, text).pages[case.PAGE].markdown))


@modest
@given(front_matter, st.sampled_from(("", "{{ page.nav_title }}", "{{ page.aliases | jsonify }}\n# Title")))
def test_any_front_matter_gives_only_findings(root: Path, head: str, body: str) -> None:
    load(root, head + body)


@modest
@given(pages)
def test_any_include_gives_only_findings(root: Path, text: str) -> None:
    page = "# A\n\n- x {% include any.md name='y' %}\n\n{% alert note %}{% include any.md %}{% endalert %}\n"
    check(case.load(root, {case.PAGE: page, "docs/_includes/any.md": text.encode("utf-8", "replace")}), root)


plain_words = st.lists(st.from_regex(r"[A-Za-zéàçœ]{1,9}", fullmatch=True), min_size=1, max_size=8).map(" ".join)
plain_blocks = st.one_of(
    plain_words,
    st.builds(lambda level, text: "#" * level + " " + text, st.integers(1, 6), plain_words),
    st.lists(plain_words, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(plain_words, min_size=1, max_size=4).map(lambda items: "\n".join(f"1. {item}" for item in items)),
    st.builds(lambda a, b: f"- {a}\n  - {b}", plain_words, plain_words),
    st.lists(plain_words, min_size=1, max_size=3).map(lambda items: "\n".join(f"> {item}" for item in items)),
    st.builds(lambda a, b, c, d: f"| {a} | {b} |\n|---|---|\n| {c} | {d} |", *[plain_words] * 4),
    st.builds(lambda a, b: f"```text\n{a}\n\n{b}\n```", plain_words, plain_words),
    st.builds(lambda a, b: f"**{a}** and *{b}* `{a}`", plain_words, plain_words),
)


@settings(modest, max_examples=100 * THOROUGH)
@given(st.lists(plain_blocks, min_size=1, max_size=6))
def test_a_plain_page_keeps_its_words(root: Path, parts: list[str]) -> None:
    text = "\n\n".join(parts) + "\n"
    guide = load(root, text)
    assert [finding for finding in guide.findings if finding.location.path == case.PAGE] == []
    tree = LexborHTMLParser(html(guide.pages[case.PAGE].markdown))
    assert tree.body is not None
    wanted = re.sub(r"^```text$", "", text, flags=re.MULTILINE)
    assert Counter(re.findall(r"[^\W\d]+", tree.body.text(separator=" "))) == Counter(re.findall(r"[^\W\d]+", wanted))

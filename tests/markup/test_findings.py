"""Every error of a page: its rule, its place, what it is about and the likely fix."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from docsite.diagnostics.rules import RULES, Severity
from docsite.markup.placeholders import ANY_PLACEHOLDER
from tests.golden_case import convert_text
from tests.markup import case
from tests.markup.test_properties import check, html

Error = tuple[str, int, int, str, str]
"""Rule, line, column, target, suggestion."""
Files = case.Files
RAW = "{% raw %}...{% endraw %}"
BASE = "{{site.baseurl}}"


def errors(root: Path, files: Files, path: str = case.PAGE) -> list[Error]:
    found = case.findings(root, files)
    assert [str(f) for f in found if f.location.path != path] == []
    return [(f.rule, f.location.line, f.location.column, f.target, f.suggestion) for f in found]


UNKNOWN = {
    "tag": ("{% alret note %}a{% endalret %}", ("liquid-unknown-tag", 1, 4, "alret", "alert")),
    "tag without block": ("x {% incldue name.md %}", ("liquid-unknown-tag", 1, 6, "incldue", "include")),
    "tag like nothing": ("{% qwzx %}", ("liquid-unknown-tag", 1, 4, "qwzx", "")),
    "tag of Liquid that Jekyll has not": ("{% render 'x' %}", ("liquid-unknown-tag", 1, 4, "render", "")),
    "declared block": ("{% panle %}a{% endpanle %}", ("liquid-unknown-tag", 1, 4, "panle", "panel")),
    "closing tag": ("{% alert note %}a{% endalret %}", ("liquid-unknown-tag", 1, 21, "endalret", "endalert")),
    "filter": ("a\n\n{{ 'a' | upcas }}", ("liquid-unknown-filter", 3, 10, "upcas", "upcase")),
    "second filter": ("{{ 'a' | upcase | dwncase }}", ("liquid-unknown-filter", 1, 19, "dwncase", "downcase")),
    "filter in assign": ("{% assign x = 'a' | upcas %}", ("liquid-unknown-filter", 1, 21, "upcas", "upcase")),
    "variable": ("{{ pge.url }}", ("liquid-unknown-variable", 1, 4, "pge", "page")),
    "variable like nothing": ("{{ zzzz }}", ("liquid-unknown-variable", 1, 4, "zzzz", "")),
    "key of site": ("{{ site.titel }}", ("liquid-unknown-variable", 1, 4, "site.titel", "site.title")),
    "key of the settings": ("{{ site.prodct }}", ("liquid-unknown-variable", 1, 4, "site.prodct", "site.product")),
    "key of page": ("{{ page.pth }}", ("liquid-unknown-variable", 1, 4, "page.pth", "page.path")),
    "variable in a loop": (
        "{% for i in (1..3) %}{{ nope }}{% endfor %}",
        ("liquid-unknown-variable", 1, 25, "nope", ""),
    ),
    "alert type": ("{% alert wraning %}a{% endalert %}", ("liquid-unknown-alert", 1, 4, "wraning", "warning")),
    "alert without type": ("{% alert %}a{% endalert %}", ("liquid-unknown-alert", 1, 4, "", "")),
}
STRUCTURE = {
    "unclosed alert": ("a\n\n  {% alert note %}\nb", ("liquid-unclosed", 3, 6, "alert", "")),
    "unclosed raw": ("a {% raw %} b", ("liquid-unclosed", 1, 6, "raw", "")),
    "unclosed comment": ("{% comment %} {% alret %}", ("liquid-unclosed", 1, 4, "comment", "")),
    "unclosed if": ("{% if true %}a", ("liquid-unclosed", 1, 4, "if", "")),
    "unclosed for": ("{% for i in (1..2) %}a", ("liquid-unclosed", 1, 4, "for", "")),
    "unclosed output": ("a {{ page.url\n\nb", ("liquid-unclosed", 1, 3, "{{", "")),
    "unclosed tag": ("a\n{% alert note\n\nb", ("liquid-unclosed", 2, 1, "{%", "")),
    "crossed": (
        "{% if true %}{% for i in (1..2) %}a{% endif %}",
        ("liquid-unclosed", 1, 17, "for", ""),
    ),
    "stray end": ("a {% endalert %}", ("liquid-crossed", 1, 6, "endalert", "")),
    "stray endraw": ("a {% endraw %}", ("liquid-crossed", 1, 6, "endraw", "")),
    "else outside": ("{% else %}", ("liquid-crossed", 1, 4, "else", "")),
    "when outside": ("{% when 1 %}", ("liquid-crossed", 1, 4, "when", "")),
    "elsif outside": ("{% elsif x %}", ("liquid-crossed", 1, 4, "elsif", "")),
    "tab outside tabs": ("{% tab A %}x{% endtab %}", ("liquid-crossed", 1, 4, "tab", "")),
    "subtab in tabs": (
        "{% tabs %}\n{% subtab A %}x{% endsubtab %}\n{% endtabs %}",
        ("liquid-crossed", 2, 4, "subtab", ""),
    ),
}
SYNTAX = {
    "not Liquid": ("Hi {{${first_name}}}", ("liquid-syntax", 1, 6, "$", RAW)),
    "not Liquid, spaced": ("Hi {{ ${first_name} | default: 'x' }}", ("liquid-syntax", 1, 7, "$", RAW)),
    "not Liquid, in a tag": ("a\n{% if ${x} == 1 %}a{% endif %}", ("liquid-syntax", 2, 7, "$", RAW)),
    "not Liquid, later": ("{{custom_attribute.${x}}}", ("liquid-syntax", 1, 20, "$", RAW)),
    "two values": ("{{ page.url site.title }}", ("liquid-syntax", 1, 13, "site", "")),
    "no operand": ("{{ | upcase }}", ("liquid-syntax", 1, 4, "|", "")),
    "tab without name": ("{% tabs %}{% tab %}x{% endtab %}{% endtabs %}", ("liquid-syntax", 1, 14, "tab", "")),
    "details without title": ("{% details %}x{% enddetails %}", ("liquid-syntax", 1, 4, "details", "")),
    "code in emphasis": (
        "**a {% highlight js %}x{% endhighlight %} b**",
        ("liquid-block-in-text", 1, 1, "highlight", ""),
    ),
    "code without language": ("{% highlight %}x{% endhighlight %}", ("liquid-syntax", 1, 4, "highlight", "")),
    "code with a bad option": (
        "{% highlight js l=-1 %}x{% endhighlight %}",
        ("liquid-syntax", 1, 4, "js l=-1", ""),
    ),
    "link without path": ("{% link %}", ("liquid-syntax", 1, 4, "link", "")),
    "image without path": ("{% image_buster %}", ("liquid-syntax", 1, 4, "image_buster", "")),
}
LEFT_OVER = {
    "stray closing": ("a %} b", ("liquid-left-over", 1, 3, "%}", "")),
    "in a value": ("{% assign x = '{{ y }}' %}\n{{ x }}", ("liquid-left-over", 2, 1, "{{ y }}", "")),
}
MISSING = {
    "include": ("a {% include nmae.md %}", ("liquid-missing-include", 1, 6, "nmae.md", "name.md")),
    "include upwards": ("{% include ../en/index.md %}", ("liquid-missing-include", 1, 4, "../en/index.md", "")),
    "include absolute": ("{% include /etc/passwd %}", ("liquid-missing-include", 1, 4, "/etc/passwd", "")),
    "include out and in": (
        "{% include ../../etc/passwd %}",
        ("liquid-missing-include", 1, 4, "../../etc/passwd", ""),
    ),
    "include of a folder": ("{% include . %}", ("liquid-missing-include", 1, 4, ".", "")),
    "include of a very long name": (
        "{% include " + "n" * 300 + " %}",
        ("liquid-missing-include", 1, 4, "n" * 300, ""),
    ),
    "page": ("[x](othr.md)", ("link-missing-page", 1, 5, "othr.md", "other.md")),
    "page, in a list of HTML in a cell": (
        "| a |\n|---|\n| <ul><li>[x](othr.md)</li></ul> |",
        ("link-missing-page", 3, 15, "othr.md", "other.md"),
    ),
    "based page": (f"[x]({BASE}/othr/)", ("link-missing-page", 1, 5, f"{BASE}/othr/", f"{BASE}/other/")),
    "based page upstream": (
        f"[x]({BASE}/api/kye/)",
        ("link-missing-page", 1, 5, f"{BASE}/api/kye/", f"{BASE}/api/key/"),
    ),
    "anchor": ("[x](other.md#part-tow)", ("link-missing-anchor", 1, 5, "other.md#part-tow", "#part-two")),
    "anchor, letter case": (
        f"[x]({BASE}/other/#Part-Two)",
        ("link-missing-anchor", 1, 5, f"{BASE}/other/#Part-Two", "#part-two"),
    ),
    "own anchor": ("# Title\n\n[x](#titel)", ("link-missing-anchor", 3, 5, "#titel", "#title")),
    "anchor upstream": (
        f"[x]({BASE}/api/key/#craete)",
        ("link-missing-anchor", 1, 5, f"{BASE}/api/key/#craete", "#create"),
    ),
    "asset": ("![x](../assets/lgoo.svg)", ("asset-missing", 1, 6, "../assets/lgoo.svg", "../assets/logo.svg")),
    "asset with a very long name": ("![x](" + "n" * 300 + ".svg)", ("asset-missing", 1, 6, "n" * 300 + ".svg", "")),
    "moved": (f"[x]({BASE}/old/)", ("link-moved", 1, 5, f"{BASE}/old/", f"{BASE}/new/")),
    "moved, with anchor": (f"[x]({BASE}/older/)", ("link-moved", 1, 5, f"{BASE}/older/", f"{BASE}/api/key/#create")),
    "raw HTML": (
        f'<a href="{BASE}/othr/">x</a>',
        ("link-missing-page", 1, 10, f"{BASE}/othr/", f"{BASE}/other/"),
    ),
    "raw HTML with > in an attribute": (
        f'<a title="a > b" href="{BASE}/othr/">x</a>',
        ("link-missing-page", 1, 24, f"{BASE}/othr/", f"{BASE}/other/"),
    ),
}
FRONT_MATTER = {
    "syntax": ("---\nnav_title: a: b\n---\n", ("front-matter-syntax", 2, 13, "", "")),
    "tab": ("---\n\tnav_title: a\n---\n", ("front-matter-syntax", 2, 1, "", "")),
    "unclosed": ("---\nnav_title: a\n\ntext\n", ("front-matter-unclosed", 1, 1, "", "")),
    "twice": ("---\nnav_title: a\nnav_title: b\n---\n", ("front-matter-syntax", 3, 1, "nav_title", "")),
    "wrong type": ("---\npage_order: first\n---\n", ("front-matter-type", 2, 1, "page_order", "")),
    "wrong type of text": ("---\nnav_title: [a]\n---\n", ("front-matter-type", 2, 1, "nav_title", "")),
    "wrong type of an item": ("---\naliases:\n  - /a/\n  - 5\n---\n", ("front-matter-type", 4, 5, "aliases.1", "")),
    "alias without slash": ("---\naliases: [old/]\n---\n", ("front-matter-type", 2, 11, "aliases.0", "")),
    "no mapping": ("---\n- a\n---\n", ("front-matter-type", 2, 1, "", "")),
    "not a number": ("---\npage_order: .nan\n---\n", ("front-matter-type", 2, 1, "page_order", "")),
    "unknown key": ("---\nnav_titel: a\n---\n", ("front-matter-unknown-key", 2, 1, "nav_titel", "nav_title")),
    "unknown key like nothing": ("---\nzzzz: a\n---\n", ("front-matter-unknown-key", 2, 1, "zzzz", "")),
    "page type": ("---\npage_type: refrence\n---\n", ("front-matter-type", 2, 12, "refrence", "reference")),
    "page type, French": ("---\npage_type: Tutoreil\n---\n", ("front-matter-type", 2, 12, "Tutoreil", "tutorial")),
    "of another Python": ("---\nnav_title: !!python/name:os.system\n---\n", ("front-matter-syntax", 2, 12, "", "")),
}
OTHER = {
    "attribute list": ("text\n{: .a =b}", ("attribute-list", 2, 7, "", "")),
    "undefined reference": ("text\n{: nope}", ("attribute-list", 2, 4, "", "")),
    "same id twice": ("# A {#x}\n\n# B {#x}", ("id-duplicate", 3, 3, "x", "")),
    "same id twice in HTML": ('# A {#x}\n\n<p id="x">b</p>', ("id-duplicate", 3, 8, "x", "")),
    "same id twice in attribute lists": ("a\n{: #x}\n\nb\n{: #x}", ("id-duplicate", 5, 1, "x", "")),
    "options of kramdown": ('text\n\n {::options x="y" /}', ("attribute-list", 3, 2, "", "")),
    "options of kramdown in a text": ('a {::options x="y" /}', ("attribute-list", 1, 3, "", "")),
    "attribute list of no block": ("text\n\n{: .a}", ("attribute-list-unused", 3, 1, "", "")),
    "attribute list behind text": ("a {: .b} c", ("attribute-list-unused", 1, 3, "", "")),
    "attribute list behind a space": ("[a](#)\n`b` {:.c}", ("attribute-list-unused", 2, 5, "", "")),
    "attribute list in a heading": ("a\n\n## B {:.c}", ("attribute-list-unused", 3, 6, "", "")),
    "attribute list in an item in a quote": ("> - a {: #b}", ("attribute-list-unused", 1, 7, "", "")),
    "attribute list in a cell": ("| a | b {: .c} |\n|---|---|", ("attribute-list-unused", 1, 9, "", "")),
    "attribute list without an end": ("> a\n> {: .b\n> c", ("attribute-list-unused", 2, 3, "", "")),
    "attribute list with a blank line in it": ("a\n\n{: .b\n\n}", ("attribute-list-unused", 3, 1, "", "")),
    "attribute list closed below text": ("a\n\n{: .b\n\nc\n\n}", ("attribute-list-unused", 3, 1, "", "")),
    "undefined name in a heading": ("a\n\n## *b*{: nope}", ("attribute-list", 3, 10, "", "")),
    "undefined reference in a heading": ("a\n\nb [c][nope]\n---", ("link-undefined", 3, 7, "nope", "")),
    "undefined footnote in a title": (
        "a\n{% details b[^c] %}\nd\n{% enddetails %}",
        ("link-undefined", 2, 13, "c", ""),
    ),
    "element never closed in a title": (
        "- a\n  {%-  details <b> -%}\n  d\n  {% enddetails %}",
        ("markup-unclosed-html", 2, 16, "b", ""),
    ),
    "file that is missing in a title": (
        "{% details [b](c.md) %}\nd\n{% enddetails %}",
        ("link-missing-page", 1, 16, "c.md", ""),
    ),
    "footnote defined twice": ("a[^b]\n\n[^b]: c\n\n[^b]: d", ("markup-duplicate-definition", 3, 1, "b", "")),
    "element never closed in text": ("a <b>c *d*", ("markup-unclosed-html", 1, 3, "b", "")),
    "alert in emphasis": ("a **b {% alert note %}c{% endalert %} d**", ("liquid-block-in-text", 1, 3, "alert", "")),
    "alert in a link": ("[b {% alert note %}c{% endalert %}](d.md)", ("liquid-block-in-text", 1, 1, "alert", "")),
    "alert in code in a line": ("a\nb `{% alert note %}c{% endalert %}`", ("liquid-block-in-text", 2, 3, "alert", "")),
    "details in emphasis in an item": (
        "- a *b {% details T %}\n  c\n  {% enddetails %} d*",
        ("liquid-block-in-text", 1, 5, "details", ""),
    ),
    "alert in emphasis in a heading": (
        "## A ~~b {% alert note %}c{% endalert %} d~~",
        ("liquid-block-in-text", 1, 6, "alert", ""),
    ),
    "alert in emphasis in a cell": (
        "| a |\n|---|\n| __b {% alert note %}c{% endalert %} d__ |",
        ("liquid-block-in-text", 3, 3, "alert", ""),
    ),
    "control character": ("a\x1bb", ("source-character", 1, 2, "", "")),
    "noncharacter": ("é🎉\ufdd0b", ("source-character", 1, 3, "", "")),
    "alert of several lines in a table cell": (
        "| a |\n|---|\n| {% alert note %}\nb\n\nc\n{% endalert %} |",
        ("liquid-block-in-table", 3, 6, "alert", ""),
    ),
    "alert with an alert in a table cell": (
        "| a |\n|---|\n| {% alert note %}b {% alert tip %}c{% endalert %}{% endalert %} |",
        ("liquid-block-in-table", 3, 6, "alert", ""),
    ),
}
SINGLE = {
    f"{group}: {name}": given
    for group, table in (
        ("unknown", UNKNOWN), ("structure", STRUCTURE), ("syntax", SYNTAX), ("left over", LEFT_OVER),
        ("missing", MISSING), ("front matter", FRONT_MATTER), ("other", OTHER),
    )
    for name, given in table.items()
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SINGLE.values(), ids=SINGLE)
def test_a_problem_is_found_where_it_is(tmp_path: Path, text: str, wanted: Error) -> None:
    assert errors(tmp_path, text) == [wanted]


def test_what_is_wrong_on_a_page_is_an_error_but_for_what_may_wait() -> None:
    groups = ("source", "front-matter", "liquid", "attribute-list", "id-duplicate", "asset", "link")
    warnings = {rule.id for rule in RULES.values() if rule.severity is Severity.WARNING and rule.id.startswith(groups)}
    of_links = {"link-moved", "link-fallback-page", "link-undefined", "link-above-root", "link-local"}
    assert warnings == {"front-matter-unknown-key", "attribute-list-unused", *of_links}


@pytest.mark.parametrize(("text", "severity"), [("[x]", Severity.ERROR), ("x", Severity.WARNING)])
def test_a_definition_that_nothing_uses_may_wait(tmp_path: Path, text: str, severity: Severity) -> None:
    (found,) = case.findings(tmp_path, f"{text}\n\n[x]: {BASE}/nowhere/\n")
    assert (found.rule, found.severity, found.location.line) == ("link-missing-page", severity, 3)


DETAILS = {
    "{% details Where is my **API key**? %}a{% enddetails %}": ["where-is-my-api-key"],
    "{% details Où donc, là %}a{% enddetails %}": ["o-donc-l"],
    "{% details A %}a{% enddetails %}\n\n{% details A %}b{% enddetails %}": ["a"],
    "## B\n\n{% details B %}a{% enddetails %}\n{% details c %}d{% enddetails %}": ["c"],
    "a\n{: #b}\n\n{% details B %}a{% enddetails %}": [],
    "{% details ? %}a{% enddetails %}": [],
}


@pytest.mark.parametrize("text", DETAILS)
def test_the_titles_of_details_are_anchors(tmp_path: Path, text: str) -> None:
    anchors = DETAILS[text]
    assert re.findall('<summary id="(.*?)">', convert_text(text, "en", "page.md").html) == anchors
    links = "".join(f"[x](#{name}) " for name in anchors)
    assert errors(tmp_path, f"{links}\n\n{text}\n") == []


def test_each_comment_that_nothing_closes_is_reported_but_for_those_shown_as_text(tmp_path: Path) -> None:
    text = "{% comment %} a\n{% raw %}{% comment %}{% endraw %}\n\n{% comment %}b\n"
    assert [error[:2] for error in errors(tmp_path, text)] == [("liquid-unclosed", 1), ("liquid-unclosed", 4)]


def test_comments_that_are_closed_stay_closed_below_many_that_are_not(tmp_path: Path) -> None:
    text = "{% comment %} a\n" * 12 + "{% comment %}\nhidden {{ nope }}\n{% endcomment %}\n"
    assert [error[:2] for error in errors(tmp_path, text)] == [("liquid-unclosed", line) for line in range(1, 13)]


# Errors of syntax at the end of an expression


@pytest.mark.parametrize(
    ("tag", "column"),
    [
        ("{% assign x %}", 4), ("{% assign x = %}", 4), ("{% include %}", 4), ("{% for %}{% endfor %}", 4),
        ("{% for i in %}{% endfor %}", 4), ("{% if page.url == %}{% endif %}", 4), ("{% case %}{% endcase %}", 4),
        ("{{ }}", 1), ("{{ page.url | }}", 1), ("{% capture %}{% endcapture %}", 4),
    ],
)  # fmt: skip
def test_an_unfinished_expression_is_found_on_its_line(tmp_path: Path, tag: str, column: int) -> None:
    found = errors(tmp_path, f"a\n\n  b {tag}\n")
    assert [error[0] for error in found] == ["liquid-syntax"]
    _, line, at, *_ = found[0]
    assert line == 3
    assert 4 + column <= at <= 4 + len(tag)


# Limits

LIMITS = {
    "loops": "{% for i in (1..200) %}{% for j in (1..200) %}x{% endfor %}{% endfor %}",
    "range": "{% for i in (1..100000000000) %}x{% endfor %}",
    "blocks in blocks": "{% if true %}" * 60 + "x" + "{% endif %}" * 60,
    "alerts in alerts": "{% alert note %}" * 60 + "x" + "{% endalert %}" * 60,
    "output": "{% capture a %}" + "x" * 3000 + "{% endcapture %}{% for i in (1..1000) %}{{ a }}{% endfor %}",
    "variables": "{% assign a = 'x' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}",
    "range made whole": "{{ (1..9999999999999) | join: '' }}",
}


@pytest.mark.parametrize("text", LIMITS.values(), ids=LIMITS)
def test_a_page_that_asks_for_too_much_is_stopped(tmp_path: Path, text: str) -> None:
    with case.within(20):
        (found,) = errors(tmp_path, f"\n{text}")
    assert found[0] == "liquid-limit"
    assert found[1] == 2


@pytest.mark.parametrize("other", ["loop.md", "back.md"])
def test_includes_that_lead_back_to_themselves_are_stopped(tmp_path: Path, other: str) -> None:
    files = {
        case.PAGE: "a\n{% include loop.md %}",
        "docs/_includes/loop.md": f"b {{% include {other} %}}",
        "docs/_includes/back.md": "c\n{% include loop.md %}",
    }
    (found,) = case.findings(tmp_path, files)
    assert found.rule == "liquid-limit"
    assert found.location.path.startswith("docs/_includes/")


NESTED = {
    "list markers": "- " * 1500 + "a",
    "quotes": "> " * 1500 + "a",
    "quotes without blanks": ">" * 3000 + "a",
    "HTML with Markdown": '<div markdown="1">\n' * 1500 + "a",
    "brackets": "[" * 3000,
    "emphasis": "*a " * 3000,
}


@pytest.mark.parametrize("text", NESTED.values(), ids=NESTED)
def test_deep_nesting_of_markdown_raises_nothing(tmp_path: Path, text: str) -> None:
    case.findings(tmp_path, text)


LAUGHS = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))


@pytest.mark.parametrize(
    "text", [f"a: &a [x]\n{LAUGHS}", "aliases: &a [*a]\n", "aliases: &a [*a, *a]\n", "nav_title: &a {b: *a, c: *a}\n"]
)
@pytest.mark.parametrize("path", [case.PAGE, "docs/data/more.yml", "docs/data/glossary.yml"])
def test_yaml_that_unfolds_without_end_is_a_finding(tmp_path: Path, text: str, path: str) -> None:
    page = "{{ page | jsonify }} {{ site.data | jsonify }}"
    text = f"---\n{text}---\n{page}" if path == case.PAGE else text
    with case.within(30):
        found = case.findings(tmp_path, {case.PAGE: page, path: text})
    assert found
    assert found[0].location.path == path


# Filters that fail, and marks made by Liquid

ALERT = "{% capture x %}{% alert note %}a{% endalert %}{% endcapture %}"
HOSTILE = {
    "sum of a text": "{{ page | upcase | sum }}",
    "base64 of accents": "{{ 'é' | base64_decode }}",
    "a number of many digits": "{% assign a = 9 %}{% for i in (1..200) %}{% assign a = a | times: "
    "99999999999999999999999999999999999999 %}{% endfor %}{{ a }}",
    "decoded marks": '{{ "%EF%B7%9199%EF%B7%92" | url_decode }}',
    "decoded marks from base64": '{{ "77eROTnvt5I=" | base64_decode }}',
    "changed marks of a capture": ALERT + '{{ x | replace: "0", "9" }}',
    "cut marks of a capture": ALERT + "{{ x | slice: 0 }}",
    "split marks of a capture": ALERT + "{{ x | split: '' | join: 'b' }}",
    "marks in the front matter": '---\nnav_title: "\\uFDD199\\uFDD2"\n---\n{{ page.nav_title }}',
    "a note in the front matter": '---\nnav_title: "\\uFDD4hidAA\\uFDD5"\n---\n# {{ page.nav_title }}',
    "marks in an entity": "[x](&#xFDD0;/other/)",
    "marks in an address": "[x](%EF%B7%90/other/)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_neither_filters_nor_made_up_marks_raise_anything(tmp_path: Path, text: str) -> None:
    check(case.load(tmp_path, text), tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ 'a' | slice }}", "The filter “slice” needs another argument."),
        ("{{ 'a' | upcase: 1, 2 }}", "The filter “upcase” has too many arguments."),
        ("{{ 1 | divided_by: 0 }}", "The filter “divided_by” cannot process this value."),
        ("{% for %}a{% endfor %}", "`for` needs something after its name."),
        (
            "{% if 'a' < 1 %}b{% endif %}",
            "“<” cannot compare these values: one is text, the other a number, or the like.",
        ),
        ("{% if a b %}c{% endif %}", "Found “b” where the end of the tag was expected."),
        ("{% assign x %}", "“x” is incomplete: “=” is missing at its end."),
        ("{% for i %}a{% endfor %}", "“i” is incomplete: “in” is missing at its end."),
        ("{{ 'a' | }}", "“|” is incomplete: a name is missing at its end."),
        ("Hi {{${first_name}}}", "“$” is not valid Liquid. To show it as it is, wrap it in raw."),
    ],
)
def test_messages_use_the_words_of_writers(tmp_path: Path, text: str, message: str) -> None:
    assert [str(finding.message) for finding in case.findings(tmp_path, text)] == [message]


# Several errors at once

MANY = f"""\
---
nav_titel: x
---
# Title {{{{ nope }}}}

{{% alret note %}}a{{% endalret %}}

- item {{{{ 'a' | upcas }}}}
  {{% alert nte %}}
  [x](nope.md) {{{{${{x}}}}}}
  {{% endalert %}}

{{% include nope.txt %}} and [y]({BASE}/zzz/zzz/)

{{% details Open %}}
[z](#nowhere)
"""


def test_every_problem_of_a_page_is_found_in_one_run(tmp_path: Path) -> None:
    assert [error[:4] for error in errors(tmp_path, MANY)] == [
        ("front-matter-unknown-key", 2, 1, "nav_titel"),
        ("liquid-unknown-variable", 4, 12, "nope"),
        ("liquid-unknown-tag", 6, 4, "alret"),
        ("liquid-unknown-filter", 8, 17, "upcas"),
        ("liquid-unknown-alert", 9, 6, "nte"),
        ("link-missing-page", 10, 7, "nope.md"),
        ("liquid-syntax", 10, 18, "$"),
        ("liquid-missing-include", 13, 4, "nope.txt"),
        ("link-missing-page", 13, 32, f"{BASE}/zzz/zzz/"),
        ("liquid-unclosed", 15, 4, "details"),
        ("link-missing-anchor", 16, 5, "#nowhere"),
    ]


def test_the_problems_of_all_pages_are_found_in_order(tmp_path: Path) -> None:
    files = {"docs/fr/other.md": "{{ nope }}", "docs/en/other.md": "\n{{ nope }}", case.PAGE: "[x](nope.md)"}
    found = [f"{finding.location}" for finding in case.findings(tmp_path, files)]
    assert found == ["docs/en/other.md:2:4", "docs/en/page.md:1:5", "docs/fr/other.md:1:4"]


# Places

FRONT = "---\nnav_title: x\n---\n"
PLACES: Mapping[str, tuple[Files, str]] = {
    "after front matter": (f"{FRONT}a {{{{ nope }}}}", "docs/en/page.md:4:6"),
    "after empty front matter": ("---\n---\n{{ nope }}", "docs/en/page.md:3:4"),
    "after a byte order mark": (b"\xef\xbb\xbf---\nnav_title: x\n---\n{{ nope }}", "docs/en/page.md:4:4"),
    "with CRLF": ("a\r\n\r\nb {{ nope }}\r\n", "docs/en/page.md:3:6"),
    "front matter with CRLF": ("---\r\nnav_title: x\r\nzzzz: y\r\n---\r\n", "docs/en/page.md:3:1"),
    "with CR": ("a\rb {{ nope }}\r", "docs/en/page.md:2:6"),
    "after tabs": ("a\n\t{{ nope }}", "docs/en/page.md:2:5"),
    "a link after tabs": ("- a\n\t- b\t[x](nope.md)", "docs/en/page.md:2:10"),
    "after accents": ("éàü [x](nope.md)", "docs/en/page.md:1:9"),
    "after emoji": ("🎉👩‍💻 {{ nope }}", "docs/en/page.md:1:9"),
    "after a combining accent": ("e\u0301 {{ nope }}", "docs/en/page.md:1:7"),
    "after a line separator": ("a\u2028b {{ nope }}", "docs/en/page.md:1:8"),
    "in an alert": ("{% alert note %}\né [x](nope.md)\n{% endalert %}", "docs/en/page.md:2:7"),
    "in an alert on one line": ("{% alert note %} é [x](nope.md) {% endalert %}", "docs/en/page.md:1:24"),
    "in an alert in a list": (
        "1. a\n   {% alert note %}\n   é [x](nope.md)\n   {% endalert %}",
        "docs/en/page.md:3:10",
    ),
    "in a tab": ("{% tabs %}\n{% tab A %}\n  [x](nope.md)\n{% endtab %}\n{% endtabs %}", "docs/en/page.md:3:7"),
    "in a quote": ("> a\n> > [x](nope.md)", "docs/en/page.md:2:9"),
    "in a table": ("| a | b |\n|---|---|\n| é | [x](nope.md) |", "docs/en/page.md:3:11"),
    "in a table cell's alert": ("| a |\n|---|\n| {% alert note %}[x](nope.md){% endalert %} |", "docs/en/page.md:3:23"),
    "in a heading": ("## a [x](nope.md) ##", "docs/en/page.md:1:10"),
    "in a loop": ("{% for i in (1..2) %}\n[x](nope.md)\n{% endfor %}", "docs/en/page.md:2:5"),
    "in a capture": ("{% capture c %}\n[x](nope.md)\n{% endcapture %}\n\n{{ c }}", "docs/en/page.md:2:5"),
    "in raw": ("{% raw %}\n{{ a }} [x](nope.md)\n{% endraw %}", "docs/en/page.md:2:13"),
    "after trimmed blanks": ("a\n\n  {%- if true -%}  \n\n  é [x](nope.md)\n{%- endif -%}", "docs/en/page.md:5:9"),
    "in a definition": ("[x]\n\n[x]: nope.md", "docs/en/page.md:3:6"),
    "of a link over two lines": ("[x\ny](nope.md\n'title')", "docs/en/page.md:2:4"),
    "in an include": (
        {case.PAGE: "a\n\n{% include part.md %}", "docs/_includes/part.md": "\né {{ nope }}"},
        "docs/_includes/part.md:2:6",
    ),
    "of a link in an include": (
        {case.PAGE: "- a\n  {% include part.md %}", "docs/_includes/part.md": "b\r\n\té [x](nope.md)"},
        "docs/_includes/part.md:2:8",
    ),
    "of a parameter": (
        {case.PAGE: "a\n{% include name.md name=nope %}"},
        "docs/en/page.md:2:25",
    ),
    "of an include in an include": (
        {case.PAGE: "{% include a.md %}", "docs/_includes/a.md": "x\n {% include nope.md %}"},
        "docs/_includes/a.md:2:5",
    ),
}


@pytest.mark.parametrize(("files", "place"), PLACES.values(), ids=PLACES)
def test_a_place_is_right(tmp_path: Path, files: Files, place: str) -> None:
    assert [str(finding.location) for finding in case.findings(tmp_path, files)] == [place]


def test_a_problem_in_an_include_used_twice_is_reported_once(tmp_path: Path) -> None:
    page = "{% include part.md %}\n\n{% include part.md %}"
    files = {case.PAGE: page, "docs/fr/page.md": page, "docs/_includes/part.md": "{{ nope }}"}
    assert len(case.findings(tmp_path, files)) == 1


def test_includes_of_the_same_text_are_reported_apart(tmp_path: Path) -> None:
    files = {
        case.PAGE: "{% include a.md %}{% include b.md %}{% include a.md %}",
        "docs/_includes/a.md": "{{ nope }}",
        "docs/_includes/b.md": "{{ nope }}",
    }
    places = [str(finding.location) for finding in case.findings(tmp_path, files)]
    assert places == ["docs/_includes/a.md:1:4", "docs/_includes/b.md:1:4"]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
@pytest.mark.parametrize("target", ["outside.md", "loop.md"])
def test_an_include_that_is_a_link_out_of_the_folder_is_refused(tmp_path: Path, target: str) -> None:
    (tmp_path / "outside.md").write_text("secret", "utf-8")
    (tmp_path / "docs/_includes").mkdir(parents=True)
    link = tmp_path / "docs/_includes/link.md"
    link.symlink_to(tmp_path / target if target == "outside.md" else link)
    found = errors(tmp_path, "{% include link.md %}")
    assert [error[0] for error in found] == ["liquid-missing-include"]
    assert "secret" not in case.markdown(tmp_path, "{% include link.md %}")


# What is no error

GOOD = {
    "tested variable": "{% if nope %}a{% endif %}{{ nope | default: 'b' }}{% for i in nope %}c{% endfor %}",
    "unknown things in raw": "{% raw %}{% alret %} {{ 'a' | upcas }} {{${x}}}{% endraw %}",
    "unknown things in a comment": "{% comment %}{% alret %} {{ nope }}{% endcomment %}",
    "braces": "a { b } c {: d } `{` $x$ 100%",
    "id of an attribute list": "Text.\n{: #here}\n\n[x](#here)",
    "id of a table": "| a |\n|---|\n| b |\n{: #here}\n\n[x](#here)",
    "id of a list": "- a\n{: #here}\n\n[x](#here)",
    "id of an inline list": "*a*{: #here} [x](#here)",
    "id and name on one anchor": '<a id="x" name="x"></a> [x](#x)',
    "names that are no ids": '<input type="radio" name="r"> <input type="radio" name="r">',
    "accordion": '<details name="a"><summary>x</summary></details>\n<details name="a"><summary>y</summary></details>',
    "mail address": "<me@example.net>",
    "page upstream with a dot": f"[x]({BASE}/notes/2024.1/)",
    "anchor encoded": "# Étape\n\n[x](#%C3%A9tape) [y](#étape) [z](#top) [t](#)",
    "text fragment": "[x](other.md#:~:text=two)",
    "address with .html": f"[x]({BASE}/other.html) [y]({BASE}/other/index.html#part-two)",
    "footnote behind brackets": "a [word][^n]\n\n[^n]: b",
    "break in an alert": "{% for i in (1..3) %}{% alert note %}{{ i }}{% break %}{% endalert %}{% endfor %}",
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_what_is_right_is_left_alone(tmp_path: Path, text: str) -> None:
    assert errors(tmp_path, text) == []


# Never silently wrong

SHOWN_LIQUID = {
    "title of details": "{% details See {{ page.url }} %}x{% enddetails %}",
    "name of a tab": "{% tabs %}{% tab {{ page.url }} %}x{% endtab %}{% endtabs %}",
}


@pytest.mark.parametrize("text", SHOWN_LIQUID.values(), ids=SHOWN_LIQUID)
def test_liquid_that_would_be_shown_to_readers_is_a_finding(tmp_path: Path, text: str) -> None:
    assert [error[0] for error in errors(tmp_path, text)] == ["liquid-left-over"]


PRINTED_LIQUID = {
    "value": '`{{ "{{" }} user.name }}`',
    "tag": "`{{ '{%' }} include x %}` and `{{ '{%' }} y %}`",
    "variable": "{% assign open = '{{' %}{{ open }} x }}",
}


@pytest.mark.parametrize("text", PRINTED_LIQUID.values(), ids=PRINTED_LIQUID)
def test_liquid_that_is_printed_on_purpose_is_none(tmp_path: Path, text: str) -> None:
    assert errors(tmp_path, text) == []


def test_each_printed_opening_pardons_one_closing(tmp_path: Path) -> None:
    text = "{{ '{%' }} x %}\n\ny %} {{ z }}"
    assert [error[0] for error in errors(tmp_path, text)] == ["liquid-left-over", "liquid-unknown-variable"]


@pytest.mark.parametrize(("opening", "closing"), [('<div class="x">', "</div>"), ("<td>", "</td>"), ("<div>", "")])
def test_an_alert_in_raw_html_is_an_alert_or_a_finding(tmp_path: Path, opening: str, closing: str) -> None:
    text = f"{opening}\n{{% alert note %}}\nHello *you*\n{{% endalert %}}\n{closing}\n"
    guide = case.load(tmp_path, text)
    if not guide.findings:
        result = html(guide.pages[case.PAGE].markdown)
        assert "///" not in result
        assert "<em>you</em>" in result


@pytest.mark.parametrize("text", ["Run <{}> now", "<{}>", "- <{}>", "| <{}> | b |\n| --- | --- |\n| c | d |"])
@pytest.mark.parametrize("word", ["your key", "command", "source", "link"])
def test_a_word_in_angle_brackets_is_shown(tmp_path: Path, text: str, word: str) -> None:
    assert f"&lt;{word}&gt;" in html(case.markdown(tmp_path, text.format(word)))


def test_an_element_that_its_attributes_make_one_stays(tmp_path: Path) -> None:
    assert '<link rel="me"' in html(case.markdown(tmp_path, '<link rel="me" href="https://example.com">'))


@pytest.mark.parametrize("text", ["<div>\n\n# Title\n", "<section>\n\ntext\n{: .a}\n", "<table>\n\n> - # Title {#a}\n"])
def test_no_note_comes_out_of_html_that_never_closes(tmp_path: Path, text: str) -> None:
    assert not ANY_PLACEHOLDER.search(html(case.markdown(tmp_path, text)))

"""Links of a text, with their exact positions.

In the texts « and » stand around each address; they are taken out before the text is read.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.links.link import LinkKind
from docsite.markup.placeholders import BASEURL
from tests.markup.markup_case import extract

modest = options(deadline=None, max_examples=200, database=None)

M, I, D, A, H = LinkKind.MARKDOWN, LinkKind.IMAGE, LinkKind.DEFINITION, LinkKind.AUTOLINK, LinkKind.HTML  # noqa: E741 - a table's heads
U = LinkKind.UNUSED
SCANNED: dict[str, tuple[str, list[tuple[LinkKind, str]]]] = {
    "plain": ("a [b](«c.md») d", [(M, "c.md")]),
    "two": ("[a](«b»)[c](«d»)", [(M, "b"), (M, "d")]),
    "double title": ('[a](«b» "t (1)")', [(M, "b")]),
    "single title": ("[a](«b» 't')", [(M, "b")]),
    "no title in parentheses": ("[a](«b (t)»)", [(M, "b (t)")]),
    "blanks around": ("[a](  «b»  )", [(M, "b")]),
    "line breaks around": ("[a](\n«b»\n't')", [(M, "b")]),
    "empty": ("[a](«»)", [(M, "")]),
    "angle brackets": ("[a](<«b c.md»> 't')", [(M, "b c.md")]),
    "angle brackets, parenthesis": ("[a](<«b)c»>)", [(M, "b)c")]),
    "angle brackets, no escape": (r"[a](<b\>c>)", []),
    "parentheses": ("[a](«b(c)d(e(f))»)", [(M, "b(c)d(e(f))")]),
    "escaped parenthesis": (r"[a](«b\)c»)", [(M, "b)c")]),
    "escaped punctuation": (r"[a](«b\_c\*d»)", [(M, "b_c*d")]),
    "backslash": (r"[a](«b\c»)", [(M, "b\\c")]),
    "entity": ("[a](«?b=1&amp;c=2»)", [(M, "?b=1&c=2")]),
    "accents": ("é🎉 [à](«ç.md») é [b](«🎉»)", [(M, "ç.md"), (M, "🎉")]),
    "marker": (f"[a](«{BASEURL}/b/#c»)", [(M, f"{BASEURL}/b/#c")]),
    "brackets in the text": ("[a [b] c](«d»)", [(M, "d")]),
    "escaped bracket in the text": (r"[a \] b](«c»)", [(M, "c")]),
    "code in the text": ("[`a](x)`](«b»)", [(M, "b")]),
    "emphasis in the text": ("[*a* **b**](«c»)", [(M, "c")]),
    "emphasis around": ("**[a](«b»)**", [(M, "b")]),
    "HTML in the text": ('[<b title="](x)">a</b>](«c»)', [(M, "c")]),
    "image": ("![a](«b.png»)", [(I, "b.png")]),
    "image with title": ("![a](«b.png» 't')", [(I, "b.png")]),
    "image in a link": ("[![a](«b.png»)](«c»)", [(I, "b.png"), (M, "c")]),
    "image without text": ("![](«b.png»)", [(I, "b.png")]),
    "definition": ("[a]\n\n[a]: «b» 't'\n", [(D, "b")]),
    "definition in angle brackets": ("[a]\n\n[a]: <«b c»>\n", [(D, "b c")]),
    "no definition on two lines": ("[a]:\n  b\n  't'\n", []),
    "definition nobody uses": ("[a]: «b»\n", [(U, "b")]),
    "definition used in an image": ("![c][ A ]\n\n[a]: «b»\n", [(D, "b")]),
    "no definition, brackets in the name": ("[a\\]b]: c\n", []),
    "definition, another of the name": ("[a]\n\n[a]: «b»\n[A]: «c»\n", [(D, "b"), (D, "c")]),
    "definition in a list": ("- [a]\n\n    [a]: «b»\n", [(D, "b")]),
    "definition in a quote": ("> [a]: «b»\n", [(U, "b")]),
    "reference is no address": ("[a][b] [c][] [d]\n", []),
    "footnote": ("a[^1]\n\n[^1]: see [b](«c»)\n", [(M, "c")]),
    "autolink": ("<«https://a.example/b»>", [(A, "https://a.example/b")]),
    "bare address": ("https://a.example/b", []),
    "escaped link": (r"\[a](b) [a\](b)", []),
    "no link": ("[a] (b) (c)[d]", []),
    "code": ("`[a](b)` ``[a](`b)``", []),
    "fence": ("```\n[a](b) <a href='c'>\n```\n", []),
    "tilde fence": ("~~~md\n[a](b)\n~~~\n", []),
    "indented code": ("a\n\n    [a](b)\n", []),
    "comment": ("<!-- [a](b) <a href='c'> -->", []),
    "inline comment": ("a <!-- [a](b) <a href='c'> --> [d](«e»)", [(M, "e")]),
    "comment over lines": ("<!--\n<a href='b'>\n-->\n\n[d](«e»)", [(M, "e")]),
    "table": ("| a | b |\n|---|---|\n| [c](«d») | é [e](«f») |\n", [(M, "d"), (M, "f")]),
    "escaped pipe in a table": ("| a | b |\n|---|---|\n| [c\\|d](«e») | f |\n", [(M, "e")]),
    "list": ("- [a](«b»)\n    - [c](«d»)\n\n        [e](«f»)\n", [(M, "b"), (M, "d"), (M, "f")]),
    "numbered list": ("1.  [a](«b»)\n    1.  [c](«d»)\n", [(M, "b"), (M, "d")]),
    "quote": ("> [a](«b»)\n> > [c\n> > d](«e»)\n", [(M, "b"), (M, "e")]),
    "heading": ("# [a](«b») #\n\n[c](«d»)\n===\n", [(M, "b"), (M, "d")]),
    "attributes after": ("[a](«b»){: .c } [d](«e»){ #f }", [(M, "b"), (M, "e")]),
    "href": ("<a href=\"«b»\">c</a>", [(H, "b")]),
    "href, single quotes": ("a <a href='«b»'>c</a>", [(H, "b")]),
    "href, no quotes": ("a <a href=«b»>c</a>", [(H, "b")]),
    "href, blanks": ("a <a\n  href = \"«b»\" >c</a>", [(H, "b")]),
    "href, capitals": ("a <A HREF=\"«b»\">c</A>", [(H, "b")]),
    "href, entity": ("<a href=\"«?a=1&amp;b=2»\">c</a>", [(H, "?a=1&b=2")]),
    "href after another attribute": ("<a title=\"href='x'\" href=\"«b»\">c</a>", [(H, "b")]),
    "href after > in an attribute": ("<a title=\"a > b\" href=\"«b»\">c</a>", [(H, "b")]),
    "href after < in an attribute": ("text <a title='a < b' href=\"«b»\">c</a>", [(H, "b")]),
    "no href": ("<a data-href='b' hreflang='c'>d</a> a href='e'", []),
    "src": ("<img src=\"«b.png»\" alt=\"src='c'\"><iframe src='«d»'></iframe>", [(H, "b.png"), (H, "d")]),
    "poster and data": ("<video poster='«a»'></video><object data='«b»'></object>", [(H, "a"), (H, "b")]),
    "srcset": ("<img srcset=\"«a.png» 1x, «b.png» 2x\">", [(H, "a.png"), (H, "b.png")]),
    "srcset, widths": ("<img srcset='«a.png» 320w,\n«b.png» 1.5x'>", [(H, "a.png"), (H, "b.png")]),
    "srcset, no descriptors": ("<img srcset='«a.png», «b.png»'>", [(H, "a.png"), (H, "b.png")]),
    "srcset, commas in the address": ("<img srcset='«a,b.png» 1x'>", [(H, "a,b.png")]),
    "formaction": ("<button formaction='«a»'>b</button>", [(H, "a")]),
    "background": ("<table background='«a.png»'></table>", [(H, "a.png")]),
    "xlink:href": ("<svg><use xlink:href='«a.svg#b»'/></svg>", [(H, "a.svg#b")]),
    "imagesrcset": ("<link rel=preload imagesrcset='«a.png» 1x, «b.png» 2x'>", [(H, "a.png"), (H, "b.png")]),
    "style": ("<p style='color: red; background: url( «a.png» )'>b</p>", [(H, "a.png")]),
    "style, quotes": ('<p style="background: url(\'«a b.png»\'), url(&quot;«c.png»&quot;)">d</p>', [
        (H, "a b.png"), (H, "c.png"),
    ]),
    "style, fragment": ("<path style='fill: url(#a)'/>", []),
    "style element": ("<style>\n@import '«a.css»';\n.b { background: url(«c.png») } /* url(d) */\n</style>", [
        (H, "a.css"), (H, "c.png"),
    ]),
    "refresh": ("<meta http-equiv='refresh' content='5; url=«../a/»'>", [(H, "../a/")]),
    "refresh, quotes": ('<META content="0;URL=\'«a»\'" HTTP-EQUIV=Refresh>', [(H, "a")]),
    "refresh of the page": ("<meta http-equiv='refresh' content='5'>", []),
    "refresh, malformed": ("<meta http-equiv='refresh' content='«soon»'>", [(H, "soon")]),
    "preview": ("<meta property='og:image' content='«a.png»'><meta name='author' content='b'>", [(H, "a.png")]),
    "HTML in a list": ("- a\n    <a href='«b»'>c</a>\n", [(H, "b")]),
    "HTML in a table": ("| a |\n|---|\n| <a href='«b»'>c</a> |\n", [(H, "b")]),
    "HTML block": ("<div>\n<p><a href='«b»'>c</a></p>\n[d](e)\n</div>\n", [(H, "b")]),
    "HTML block with Markdown": ("<div markdown='1'>\n[d](«e») <a href='«b»'>c</a>\n</div>\n", [(M, "e"), (H, "b")]),
    "escaped HTML": (r"\<a href='b'> &lt;a href='c'>", []),
    "HTML in code": ("`<a href='b'>`", []),
}  # fmt: skip


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A text without « and », and the places that they stood around."""
    places, clean = [], ""
    for part in text.split("«"):
        address, closing, rest = part.partition("»")
        if closing:
            places.append((len(clean), len(clean) + len(address)))
        clean += address + rest
    return clean, places


@pytest.mark.parametrize(("text", "wanted"), SCANNED.values(), ids=SCANNED)
def test_links_are_found_with_their_places(text: str, wanted: list[tuple[LinkKind, str]]) -> None:
    clean, places = unmarked(text)
    links = extract(clean).links
    assert [(link.kind, link.address) for link in links] == wanted
    assert [(link.start, link.stop) for link in links] == places


def test_the_language_that_an_attribute_list_names() -> None:
    links = extract('[a](b){: hreflang="fr" .c} [d](e) ![f](g){: hreflang="de"}').links
    assert [link.hreflang for link in links] == ["fr", "", "de"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('<label for="a">x</label> <p aria-labelledby=" b  c">x</p>', [("for", "a", 12), ("aria-labelledby", "b", 46)]),
        ('<img usemap="#m" src="x">', [("usemap", "m", 13)]),
        ("`<label for='a'>`", []),
    ],
)
def test_references_to_ids(text: str, wanted: list[tuple[str, str, int]]) -> None:
    assert extract(text).references[: len(wanted) or None] == wanted


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("a[^1]\n\n[^1]: b", []),
        ("a\n\n[^1]: b\n\n[^2]: c[^2]", ["1"]),
        ("`[^1]`\n\n[^1]: b\n", ["1"]),
        ("> a[^1]\n\n[^1]: b[^2]\n\n[^2]: c", []),
    ],
)
def test_footnotes_without_a_mark(text: str, unused: list[str]) -> None:
    assert [note.label for note in extract(text).unused_footnotes] == unused


@pytest.mark.parametrize("prefix", ["é\n\n", "> 🎉\n\n", "```\n[x](y)\n```\n\n"])
@pytest.mark.parametrize("name", ["plain", "srcset", "definition", "table", "HTML block with Markdown"])
def test_what_stands_before_moves_the_places(name: str, prefix: str) -> None:
    clean, places = unmarked(SCANNED[name][0])
    found = [(link.start, link.stop) for link in extract(prefix + clean).links]
    assert found == [(start + len(prefix), stop + len(prefix)) for start, stop in places]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ('<p id="a">b</p>', [("a", 7)]),
        ("a <span id='é'>b</span>", [("é", 12)]),
        ('<a name="old"></a>', [("old", 9)]),
        ("`<p id='a'>` <!-- <p id='b'> -->", []),
        ('<input name="a">', []),
        ('<details name="a"><summary>b</summary></details>', []),
        ('<meta name="a" content="b">', []),
        ('<p data-id="a" id="b">c</p>', [("b", 19)]),
    ],
)
def test_ids_of_raw_html(text: str, ids: list[tuple[str, int]]) -> None:
    assert extract(text).ids == ids


@pytest.mark.no_cover
@modest
@given(st.text(alphabet="[]()<>!\"'`\\ab:/#é🎉 \n|-=*&;", max_size=60))
def test_scanning_any_text_gives_places_inside_it(text: str) -> None:
    for link in extract(text).links:
        assert 0 <= link.start <= link.stop <= len(text)


addresses = st.text(alphabet="abcé🎉/.#?=&_-~%0", min_size=1, max_size=12)


@pytest.mark.no_cover
@modest
@given(st.text(alphabet="abé 🎉.,", max_size=10), addresses, st.text(alphabet="abé 🎉.,", max_size=10))
def test_a_link_is_found_wherever_it_stands(before: str, address: str, after: str) -> None:
    text = f"x{before}[a]({address}){after}"
    (link,) = extract(text).links
    assert text[link.start : link.stop] == address

"""Links: found with their exact places, resolved by arithmetic on paths; and the small modules that links rest on."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.config import settings, yaml_document
from docsite.config.site import Locale
from docsite.diagnostics.suggestions import closest_match
from docsite.links.inventory import Inventory, InventoryPage, normalize_path
from docsite.links.link import Link, LinkKind
from docsite.links.page_index import LinkTarget, PageIndex
from docsite.links.resolver import Resolved, Resolver, relative_url
from docsite.markup.heading_ids import Heading, HeadingText, ids_from_source_page, ids_from_text
from docsite.markup.inlines.nodes import plain_text
from docsite.markup.inlines.parser import parse_inlines
from docsite.markup.placeholders import BASEURL
from docsite.markup.slugs import kramdown_heading_id
from docsite.markup.source_map import MappedLine, MappedText, Segment, SourcePosition, TextChunk, split_lines
from tests.dialect import case
from tests.markup_case import extract

modest = options(deadline=None, max_examples=200, database=None)

# Scanning. In these texts « and » stand around each address; they are taken out before the text is scanned.

M, I, D, A, H = LinkKind.MARKDOWN, LinkKind.IMAGE, LinkKind.DEFINITION, LinkKind.AUTOLINK, LinkKind.HTML  # noqa: E741 - a table's heads
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
    "definition in angle brackets": ("[a]: <«b c»>\n", [(D, "b c")]),
    "no definition on two lines": ("[a]:\n  b\n  't'\n", []),
    "definition nobody uses": ("[a]: «b»\n", [(D, "b")]),
    "no definition, brackets in the name": ("[a\\]b]: c\n", []),
    "definition, another of the name": ("[a]\n\n[a]: «b»\n[A]: «c»\n", [(D, "b"), (D, "c")]),
    "definition in a list": ("- [a]\n\n    [a]: «b»\n", [(D, "b")]),
    "definition in a quote": ("> [a]: «b»\n", [(D, "b")]),
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


# Resolving


def target(locale: str, key: str, *ids: str) -> LinkTarget:
    root = "" if locale == "en" else f"{locale}/"
    stem = key.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    inner = folder if name == "index" else stem
    address = f"{root}{inner}/" if inner else root
    here = f"/{inner}/" if inner else "/"
    return LinkTarget(locale, key, f"{locale}/{key}", address, root, here, lambda: {one: one for one in ids})


TARGETS = [
    (target("en", "index.md", "home"), ()),
    (target("en", "a.md", "part", "étape"), ("/old/a/", "/was.html")),
    (target("en", "deep/b.md", "b"), ()),
    (target("en", "deep/index.md"), ()),
    (target("en", "only.md", "x"), ("/old/only/",)),
    (target("en", "v1.2/c.md"), ()),
    (target("fr", "index.md", "home"), ()),
    (target("fr", "a.md", "part"), ("/ancien/a/",)),
    (target("fr", "deep/b.md"), ()),
    (target("fr", "seul.md", "y"), ()),
]
BY_PATH = {one.path: one for one, _ in TARGETS}
UP = Inventory(
    {"en": "https://up.example/docs", "fr": "https://up.example/docs/fr"},
    {
        path: InventoryPage(path, only, anchors)
        for path, only, anchors in (
            ("/up/", "", {"en": frozenset({"k"}), "fr": frozenset({"é"})}),
            ("/news/2024.1/", "", {}),
            ("/new/", "", {}),
            ("/up-en/", "en", {}),
            ("/up-fr/", "fr", {}),
            ("/a/", "", {}),
        )
    },
    {"/moved/": "/new/", "/moved-anchor/": "/up/#k", "/gone/": "/nowhere/"},
)
ASSETS = {"assets/x.png", "en/local.png", "fr/local.png", "en/deep/d d.png"}


@cache
def resolver(*, fallback: bool = True) -> Resolver:
    """A resolver for a site that MkDocs was asked about."""
    config = case.CONFIG.replace("fallback_to_default: true", f"fallback_to_default: {str(fallback).lower()}")
    with TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for name, text in {"mkdocs.yml": config, **{f"docs/{path}": "" for path in (*BY_PATH, *ASSETS)}}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, "utf-8")
        site = settings.load_settings(root / "mkdocs.yml").mkdocs
    return Resolver(PageIndex(TARGETS, ("en", "fr")), UP, site)


def resolve(page: str, address: str, kind: LinkKind = M, *, fallback: bool = True) -> Resolved:
    shown = address.replace("~", BASEURL, 1) if address.startswith("~") else address
    link = Link(kind, shown, 0, len(shown), "href" if kind is H else "")
    return resolver(fallback=fallback).resolve(BY_PATH[page], link)


@pytest.mark.parametrize(
    ("page", "address", "written"),
    [
        ("en/index.md", "~/a/", "a.md"),
        ("en/index.md", "~/a", "a.md"),
        ("en/index.md", "~/a.html", "a.md"),
        ("en/index.md", "~/a/index.html", "a.md"),
        ("en/index.md", "~/a/#part", "a.md#part"),
        ("en/index.md", "~/a/?q=1&r=2#part", "a.md?q=1&r=2#part"),
        ("en/index.md", "~/a/#%C3%A9tape", "a.md#étape"),
        ("en/index.md", "~", "index.md"),
        ("en/index.md", "~/", "index.md"),
        ("en/index.md", "~/#home", "index.md#home"),
        ("en/index.md", "~/deep/", "deep/index.md"),
        ("en/index.md", "~/deep/b/", "deep/b.md"),
        ("en/deep/b.md", "~/a/", "../a.md"),
        ("en/deep/b.md", "~/deep/", "index.md"),
        ("en/deep/b.md", "~/deep/b/#b", "b.md#b"),
        ("en/deep/b.md", "~/", "../index.md"),
        ("en/index.md", "~/old/a/", "a.md"),
        ("en/index.md", "~/was.html", "a.md"),
        ("en/index.md", "~/v1.2/c/", "v1.2/c.md"),
        ("fr/deep/b.md", "~/a/#part", "../a.md#part"),
        ("fr/index.md", "~/ancien/a/", "a.md"),
        ("fr/index.md", "~/old/a/", "a.md"),
        ("en/index.md", "~/up/", "https://up.example/docs/up/"),
        ("en/index.md", "~/up#k", "https://up.example/docs/up/#k"),
        ("fr/index.md", "~/up/#é", "https://up.example/docs/fr/up/#é"),
        ("en/index.md", "~/up/?a=b#k", "https://up.example/docs/up/?a=b#k"),
        ("en/index.md", "~/up-en/", "https://up.example/docs/up-en/"),
        ("en/index.md", "~/news/2024.1/", "https://up.example/docs/news/2024.1/"),
        ("en/index.md", "~/news/2024.1", "https://up.example/docs/news/2024.1/"),
        ("en/index.md", "~/assets/x.png", "../assets/x.png"),
        ("en/deep/b.md", "~/assets/x.png", "../../assets/x.png"),
        ("en/deep/b.md", "~/local.png", "../local.png"),
        ("fr/index.md", "~/local.png", "local.png"),
        ("en/index.md", "~/deep/d%20d.png", "deep/d%20d.png"),
    ],
)  # fmt: skip
def test_an_address_behind_the_base_address(page: str, address: str, written: str) -> None:
    resolved = resolve(page, address)
    assert resolved == Resolved(written)


@pytest.mark.parametrize(
    ("page", "address", "written"),
    [
        ("en/index.md", "~/a/", "a/"),
        ("en/index.md", "~/", "./"),
        ("en/a.md", "~/", "../"),
        ("en/a.md", "~/a/#part", "./#part"),
        ("en/deep/b.md", "~/a/#part", "../../a/#part"),
        ("fr/a.md", "~/deep/b/", "../deep/b/"),
        ("fr/index.md", "~/", "./"),
        ("fr/a.md", "~/", "../"),
        ("en/a.md", "~/assets/x.png", "../assets/x.png"),
        ("fr/a.md", "~/assets/x.png", "../../assets/x.png"),
        ("fr/a.md", "~/local.png", "../local.png"),
        ("en/a.md", "~/local.png", "../local.png"),
        ("en/a.md", "~/deep/d%20d.png", "../deep/d%20d.png"),
        ("en/a.md", "~/up/", "https://up.example/docs/up/"),
    ],
)  # fmt: skip
def test_an_address_in_raw_html_is_one_of_the_built_site(page: str, address: str, written: str) -> None:
    assert resolve(page, address, H) == Resolved(written)


@pytest.mark.parametrize("fallback", [True, False])
@pytest.mark.parametrize(
    ("page", "address", "kind", "language", "built"),
    [
        ("en/a.md", "~/seul/#y", M, "fr", "../fr/seul/#y"),
        ("en/a.md", "~/seul/", H, "fr", "../fr/seul/"),
        ("en/deep/b.md", "~/seul/", D, "fr", "../../fr/seul/"),
        ("fr/a.md", "~/only/", H, "en", "../../only/"),
        ("en/a.md", "~/up-fr/", M, "fr", "https://up.example/docs/fr/up-fr/"),
        ("fr/a.md", "~/up-en/", H, "en", "https://up.example/docs/up-en/"),
    ],
)  # fmt: skip
def test_a_page_of_the_other_language_only(
    page: str, address: str, kind: LinkKind, language: str, built: str, *, fallback: bool
) -> None:
    resolved = resolve(page, address, kind, fallback=fallback)
    assert (resolved.address, resolved.foreign, resolved.problems) == (built, language, ())


@pytest.mark.parametrize("fallback", [True, False])
def test_an_untranslated_page_as_a_translated_one_links_to_it(*, fallback: bool) -> None:
    resolved = resolve("fr/a.md", "~/old/only/#x", fallback=fallback)
    assert resolved.foreign == "en"
    assert resolved.address == ("../en/only.md#x" if fallback else "../../only/#x")


@pytest.mark.parametrize(
    ("page", "address"),
    [
        ("en/index.md", "a.md"), ("en/index.md", "a.md#part"), ("en/deep/b.md", "../a.md"),
        ("en/deep/b.md", "./b.md#b"),
        ("en/index.md", "#home"), ("en/index.md", "#"), ("en/index.md", "#top"), ("en/index.md", ""),
        ("en/index.md", "https://a.example/~"), ("en/index.md", "//a.example/b"), ("en/index.md", "mailto:a@b.example"),
        ("en/index.md", "tel:+33"), ("en/index.md", "data:,x"), ("en/index.md", "../assets/x.png"),
        ("en/index.md", "local.png"),
        ("en/deep/b.md", "d%20d.png"), ("en/index.md", "javascript:void(0)"),
    ],
)  # fmt: skip
def test_what_mkdocs_or_others_understand_is_left_alone(page: str, address: str) -> None:
    assert resolve(page, address) == Resolved()


@pytest.mark.parametrize(
    ("page", "address", "kind", "rule", "suggestion"),
    [
        ("en/index.md", "aa.md", M, "link-missing-page", "a.md"),
        ("en/deep/b.md", "../onyl.md", M, "link-missing-page", "../only.md"),
        ("en/index.md", "~/onyl/", M, "link-missing-page", "{{site.baseurl}}/only/"),
        ("en/index.md", "~/qqqqqq/", M, "link-missing-page", ""),
        ("en/index.md", "~/onyl/", H, "link-missing-page", "{{site.baseurl}}/only/"),
        ("en/index.md", "~/a/#patr", M, "link-missing-anchor", "#part"),
        ("en/index.md", "~/a/#Part", M, "link-missing-anchor", "#part"),
        ("en/index.md", "~/a/#ÉTAPE", M, "link-missing-anchor", "#étape"),
        ("en/index.md", "a.md#patr", M, "link-missing-anchor", "#part"),
        ("en/index.md", "#hmoe", M, "link-missing-anchor", "#home"),
        ("en/index.md", "~/up/#K", M, "link-missing-anchor", None),
        ("fr/index.md", "~/up/#k", M, "link-missing-anchor", None),
        ("en/index.md", "~/moved/", M, "link-moved", "{{site.baseurl}}/new/"),
        ("en/index.md", "~/moved/#a", M, "link-moved", "{{site.baseurl}}/new/#a"),
        ("en/index.md", "~/moved-anchor/#a", M, "link-moved", "{{site.baseurl}}/up/#k"),
        ("en/index.md", "../assets/y.png", I, "asset-missing", "../assets/x.png"),
        ("en/index.md", "~/assets/y.png", I, "asset-missing", "{{site.baseurl}}/assets/x.png"),
        ("en/index.md", "~/assets/y.png", H, "asset-missing", "{{site.baseurl}}/assets/x.png"),
        ("fr/index.md", "../en/a.md", M, "link-wrong-locale", "a.md"),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere(page: str, address: str, kind: LinkKind, rule: str, suggestion: str | None) -> None:
    (problem,) = resolve(page, address, kind).problems
    assert problem.message.rule == rule
    if suggestion is not None:
        assert problem.suggestion == suggestion


@pytest.mark.parametrize("address", ["~/[", "http://[", "~//[x", "http://[::1", "~/a/#[", "a\x00.md", "~/%00.png"])
def test_an_address_that_cannot_be_read_raises_nothing(address: str) -> None:
    resolve("en/a.md", address)


@pytest.mark.no_cover
@modest
@given(
    st.sampled_from(sorted(BY_PATH)),
    st.text(alphabet="~/.#?%[]:a b\\é0é@\x00", max_size=14),
    st.sampled_from(list(LinkKind)),
)
def test_resolving_any_address_raises_nothing(page: str, address: str, kind: LinkKind) -> None:
    resolve(page, address, kind)


@pytest.mark.parametrize(
    ("given_path", "wanted"),
    [
        ("", "/"), ("/", "/"), ("/index.html", "/"), ("a", "/a/"), ("/a/", "/a/"), ("/a.html", "/a/"),
        ("/a/index.html", "/a/"), ("/reindex.html", "/reindex/"), ("/a.html/", "/a.html/"),
    ],
)  # fmt: skip
def test_one_form_of_an_address(given_path: str, wanted: str) -> None:
    assert normalize_path(given_path) == wanted


@pytest.mark.parametrize(
    ("here", "there", "wanted"),
    [
        ("", "", "./"), ("", "a/", "a/"), ("a/", "", "../"), ("a/", "a/", "./"), ("a/b/", "a/c/", "../c/"),
        ("a/", "x.png", "../x.png"), ("a.html", "b.html", "b.html"), ("d/a.html", "b.html", "../b.html"),
        ("a.html", "d/b.html", "d/b.html"), ("index.html", "index.html", "index.html"), ("a/", "b c/é/", "../b c/é/"),
    ],
)  # fmt: skip
def test_relative_addresses(here: str, there: str, wanted: str) -> None:
    assert relative_url(here, there) == wanted


# Origins

texts = st.text(alphabet="abé🎉 \t", max_size=12)
runs = st.lists(st.tuples(texts, st.integers(0, 99), st.sampled_from((0, 1))), min_size=1, max_size=4)


@st.composite
def lines(draw: st.DrawFn) -> MappedLine:
    """A line put together from stretches of files."""
    pieces = [TextChunk(text, f"f{n}", offset, step) for n, (text, offset, step) in enumerate(draw(runs))]
    return split_lines(pieces)[0]


def origins(line: MappedLine) -> list[SourcePosition]:
    return [line.origin(column) for column in range(len(line.text))]


@pytest.mark.no_cover
@modest
@given(lines(), st.integers(0, 50), st.integers(0, 50))
def test_cutting_keeps_the_origin_of_every_character(line: MappedLine, start: int, stop: int) -> None:
    part = line.cut(start, stop)
    first, last = min(start, len(line.text), stop), min(stop, len(line.text))
    assert part.text == line.text[first:last]
    assert origins(part) == origins(line)[first:last]


@pytest.mark.no_cover
@modest
@given(lines(), lines())
def test_adding_keeps_the_origins_of_both(one: MappedLine, other: MappedLine) -> None:
    both = one + other
    assert both.text == one.text + other.text
    assert origins(both) == origins(one) + origins(other)


@pytest.mark.no_cover
@modest
@given(lines(), texts)
def test_what_is_added_stands_for_the_end_of_the_line(line: MappedLine, text: str) -> None:
    both = line + text
    assert both.text == line.text + text
    assert origins(both)[: len(line.text)] == origins(line)
    assert len(set(origins(both)[len(line.text) :])) <= 1


@pytest.mark.no_cover
@modest
@given(lines(), st.sampled_from(("", "  ", "    ", "> ")))
def test_indenting_and_stripping_keep_origins(line: MappedLine, prefix: str) -> None:
    indented = line.indent(prefix)
    if line.text.strip():
        assert indented.text == prefix + line.text
        assert origins(indented)[len(prefix) :] == origins(line)
    start = len(line.text) - len(line.text.lstrip())
    stripped = line.strip()
    assert stripped.text == line.text.strip()
    if stripped.text:
        assert origins(stripped) == origins(line)[start : start + len(stripped.text)]


@pytest.mark.no_cover
@modest
@given(st.text(alphabet="abé🎉\n", max_size=60), st.integers(0, 60))
def test_lines_of_a_file_lead_back_to_it(text: str, base: int) -> None:
    traced = MappedText(split_lines([TextChunk(text, "f", base, 1)]))
    assert traced.text == text.removesuffix("\n")
    for offset in range(len(traced.text)):
        assert traced.origin(offset) == SourcePosition("f", base + offset)
    for number, line in enumerate(traced.lines):
        assert traced.text.startswith(line.text, traced.offset(number, 0))


@pytest.mark.no_cover
@modest
@given(st.lists(st.text(alphabet="ab\n", max_size=8), max_size=6))
def test_pieces_join_to_their_text(parts: list[str]) -> None:
    pieces = [TextChunk(text, f"f{n}", 0, 1) for n, text in enumerate(parts)]
    traced = MappedText(split_lines(pieces))
    assert traced.text == "".join(parts).removesuffix("\n")
    place = 0
    for number, text in enumerate(parts):
        for offset, character in enumerate(text):
            if character != "\n" and place < len(traced.text):
                assert traced.origin(place) == SourcePosition(f"f{number}", offset)
            place += 1


def test_a_place_outside_leads_to_the_nearest_one() -> None:
    traced = MappedText([MappedLine("ab", (Segment(0, "f", 5, 1),)), MappedLine("", (Segment(0, "g", 7, 0),))])
    assert traced.origin(-3).file == "f"
    assert traced.origin(99).file == "g"


# Outlines


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


def test_an_explicit_id_wins() -> None:
    source = ids_from_text(written("# One", "## Two"))
    assert ids(ids_from_source_page(written("# Un {#mine}", "## Deux"), source)) == [("mine", ()), ("two", ("deux",))]


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


# Suggestions


@pytest.mark.parametrize(
    ("wanted", "candidates", "found"),
    [
        ("alret", ["alert", "tabs", "if"], "alert"),
        ("nav_titel", ["nav_title", "article_title"], "nav_title"),
        ("/api/kye/", ["/p/", "/api/key/", "/"], "/api/key/"),
        ("site.titel", ["site", "page", "site.title"], "site.title"),
        ("page.pth", ["page", "page.path", "page.url"], "page.path"),
        ("a", ["page", "site", "include"], ""),
        ("nope", ["p", "other", "home"], ""),
        ("nope.md", ["en/p.md", "en/other.md"], ""),
        ("", ["a"], ""),
        ("x", [], ""),
        ("Étpae", ["étape", "étage"], "étape"),
    ],
)
def test_what_was_probably_meant(wanted: str, candidates: list[str], found: str) -> None:
    assert closest_match(wanted, candidates) == found


# Settings

I18N = (
    "{languages: [{locale: fr, name: Français}, {locale: en, name: English, default: true, site_name: Guide}, "
    "{locale: de, name: Deutsch, build: false}]}"
)


def load(folder: Path, text: str | bytes, **others: str) -> settings.Settings:
    (folder / "docs").mkdir(exist_ok=True)
    for name, content in others.items():
        (folder / f"{name}.yml").write_text(content, "utf-8")
    (folder / "mkdocs.yml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return settings.load_settings(folder / "mkdocs.yml")


@pytest.mark.parametrize(
    "text",
    [
        f"site_name: N\nplugins:\n  - search\n  - i18n: {I18N}\n",
        f"site_name: N\nplugins: {{search: {{}}, i18n: {I18N}}}\n",
        f"INHERIT: below.yml\nsite_name: N\nplugins: [{{i18n: {I18N}}}]\n",
        f"\ufeffsite_name: N\r\nplugins:\r\n  - i18n: {I18N}\r\n",
        f"site_name: N\nplugins: [{{i18n: {I18N}}}]\nx: !!python/name:os.system\ny: !relative $config_dir\n",
    ],
)
def test_the_languages_however_the_plugins_are_written(tmp_path: Path, text: str) -> None:
    loaded = load(tmp_path, text, below="plugins: [search]\nsite_name: B\n")
    assert loaded.locales == (
        Locale("en", "Guide", ""),
        Locale("fr", "N", "fr/"),
    )
    assert loaded.source.code == "en"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "en"),
        ("theme: material\n", "en"),
        ("theme: {name: material, language: fr}\n", "fr"),
        ("theme: {name: mkdocs, locale: fr}\n", "fr"),
        ("plugins: [search]\n", "en"),
    ],
)
def test_without_i18n_the_pages_fill_the_folder(tmp_path: Path, text: str, code: str) -> None:
    assert load(tmp_path, f"site_name: N\n{text}").locales == (Locale(code, "N", ""),)


def test_inherited_settings_merge(tmp_path: Path) -> None:
    below = "site_name: N\nextra: {docsite: {site: {a: 1, b: 1}, includes: parts}}\nuse_directory_urls: false\n"
    above = "INHERIT: below.yml\nextra: {docsite: {site: {b: 2}, liquid: {blocks: [x]}}}\n"
    loaded = load(tmp_path, above, below=below)
    assert dict(loaded.site) == {"a": 1, "b": 2}
    assert (loaded.includes.name, loaded.blocks, loaded.use_directory_urls) == ("parts", ("x",), False)


def test_the_environment_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCSITE_B", "from outside")
    monkeypatch.delenv("DOCSITE_A", raising=False)
    loaded = load(
        tmp_path,
        "site_name: !ENV [DOCSITE_A, DOCSITE_B, none]\nextra: {docsite: {site: {x: !ENV [DOCSITE_A, 5]}}}\n"
        "use_directory_urls: !ENV [DOCSITE_D, true]\nsite_url: !ENV DOCSITE_A\n",
    )
    assert loaded.source.site_name == "from outside"
    assert dict(loaded.site) == {"x": 5}
    assert (loaded.site_url, loaded.use_directory_urls) == ("", True)


def test_a_changed_environment_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "site_name: N\nuse_directory_urls: !ENV [DOCSITE_D, true]\n"
    assert load(tmp_path, text).use_directory_urls
    monkeypatch.setenv("DOCSITE_D", "false")
    assert not load(tmp_path, text).use_directory_urls


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("extra:\n  docsite:\n    inclueds: x\n", "3:5", "Did you mean includes?"),
        ("extra:\r\n  docsite:\r\n    inclueds: x\r\n", "3:5", "Did you mean includes?"),
        ("extra: {docsite: {liquid: {blcks: []}}}\n", "1:28", "Did you mean blocks?"),
        ("extra:\n  docsite:\n    includes: 5\n", "3:5", "includes"),
        ("extra: {docsite: {site: []}}\n", "1:19", "site"),
        ("extra: {docsite: {liquid: {blocks: [A]}}}\n", "1:37", "blocks"),
        ("extra: {docsite: x}\n", "1:9", ""),
        ("a: b: c\n", "1:5", ""),
        ("site_name: a\nsite_name: b\n", "2:1", "site_name"),
    ],
)
def test_a_fault_of_the_settings_names_its_place(tmp_path: Path, text: str, place: str, word: str) -> None:
    with pytest.raises(settings.SettingsError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"mkdocs.yml:{place}: ")
    assert word in str(caught.value)


def test_a_fault_of_inherited_settings_names_their_file(tmp_path: Path) -> None:
    with pytest.raises(settings.SettingsError, match=r"^below\.yml:3:5: .*inclueds"):
        load(tmp_path, "INHERIT: below.yml\n", below="extra:\n  docsite:\n    inclueds: x\n")


@pytest.mark.parametrize(
    "text",
    [
        "", "- a\n", "a\n", b"\xff", "INHERIT: nowhere.yml\n", "INHERIT: mkdocs.yml\n", "INHERIT: [a]\n",
        "extra: [a]\n", "extra: a\n",
        "plugins: 5\n", "plugins: [{i18n: true}]\n", "plugins: [{i18n: {languages: en}}]\n",
        "plugins: [{i18n: {languages: [en]}}]\n",
        "plugins: [{i18n: {languages: [{name: English}]}}]\n", "site_name: !ENV {a: b}\n", "a: &a [*a, *a]\n",
        "x: " + "[" * 3000,
        "extra: {docsite: {liquid: {blocks: [alert]}}}\n", "extra: {docsite: {liquid: {blocks: [raw]}}}\n",
        "docs_dir: nowhere\n",
        "plugins: [{i18n: {docs_structure: beside, languages: [{locale: en, name: E, default: true}]}}]\n",
    ],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_one_kind_of_error(tmp_path: Path, text: str | bytes) -> None:
    with case.within(5), pytest.raises(settings.SettingsError):
        load(tmp_path, text)


def test_missing_settings(tmp_path: Path) -> None:
    for path in (tmp_path / "mkdocs.yml", tmp_path):
        with pytest.raises(settings.SettingsError, match="cannot be read"):
            settings.load_settings(path)


def test_paths_are_shown_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    loaded = load(tmp_path, "site_name: N\n")
    assert loaded.shown(loaded.docs_dir / "en/a.md") == "docs/en/a.md"
    outside = loaded.root.parent / "other/a.md"
    assert loaded.shown(outside) in ("../other/a.md", outside.as_posix())


# YAML with places


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
def test_faults_of_yaml(text: str, line: int) -> None:
    document = yaml_document.parse_yaml(text)
    assert [fault.kind for fault in document.problems] == ["syntax"]
    assert line <= document.problems[0].position.line <= line + 1


@pytest.mark.no_cover
@modest
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`\n\t ,?é<", max_size=40))
def test_any_yaml_gives_data_or_faults(text: str) -> None:
    document = yaml_document.parse_yaml(text)
    if not document.problems:
        list(yaml_document.validate(document, "front_matter"))


def test_an_empty_document_is_no_fault() -> None:
    for text in ("", "\n", "# only a comment\n"):
        assert yaml_document.parse_yaml(text) == yaml_document.YamlDocument(None)

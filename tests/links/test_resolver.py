"""Links resolved by arithmetic on paths."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.config import settings
from docsite.diagnostics.likely_names import LikelyNames
from docsite.links.inventory import Inventory, InventoryPage, normalize_path
from docsite.links.link import Link, LinkKind
from docsite.links.page_index import LinkTarget, PageIndex
from docsite.links.resolved import Resolved
from docsite.links.resolver import Resolver
from docsite.links.urls import SiteBase, relative_url
from docsite.markup.placeholders import BASEURL
from tests.markup import case

modest = options(deadline=None, max_examples=200, database=None)
M, I, D, A, H = LinkKind.MARKDOWN, LinkKind.IMAGE, LinkKind.DEFINITION, LinkKind.AUTOLINK, LinkKind.HTML  # noqa: E741 - a table's heads


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
    return Resolver(PageIndex(TARGETS, ("en", "fr")), UP, site, base=SiteBase.of(site.site_url))


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
        ("en/index.md", f"~/a/#{unicodedata.normalize('NFD', 'étape')}", "a.md#étape"),
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
        ("en/index.md", "#home"), ("en/index.md", "#"), ("en/index.md", "#top"),
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
        ("en/index.md", "aa.md", M, "link-missing-page", ""),
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
        ("en/index.md", "../assets/y.png", I, "asset-missing", ""),
        ("en/index.md", "~/assets/y.png", I, "asset-missing", ""),
        ("en/index.md", "~/assets/y.png", H, "asset-missing", ""),
        ("fr/index.md", "../en/a.md", M, "link-wrong-locale", "a.md"),
        ("en/index.md", "a.html#part", M, "link-form", "a.md#part"),
        ("en/deep/b.md", "../only.htm", M, "link-form", "../only.md"),
        ("en/a.md", "deep/index.html", M, "link-form", "deep/index.md"),
        ("en/a.md", "index.html", D, "link-form", "index.md"),
        ("fr/a.md", "deep/b.html", M, "link-form", "deep/b.md"),
        ("en/a.md", "deep/", M, "link-missing-page", "deep/index.md"),
        ("en/a.md", "deep", M, "link-missing-page", "deep/index.md"),
        ("en/deep/index.md", "../only/", M, "link-form", "../only.md"),
        ("en/a.md", "nope.html", M, "asset-missing", ""),
    ],
)  # fmt: skip
def test_a_link_that_leads_nowhere(page: str, address: str, kind: LinkKind, rule: str, suggestion: str | None) -> None:
    (problem,) = resolve(page, address, kind).problems
    assert problem.message.rule == rule
    if suggestion is not None:
        assert problem.suggestion == suggestion


@pytest.mark.parametrize(
    ("page", "address", "hreflang", "fallback", "built", "rules"),
    [
        ("fr/index.md", "../en/a.md#part", "", True, "../a/#part", ["link-wrong-locale"]),
        ("fr/index.md", "../en/a.md#part", "en", True, "../a/#part", []),
        ("en/index.md", "../fr/a.md", "fr", False, "fr/a/", []),
        ("en/index.md", "../fr/a.md#no", "fr", False, "fr/a/#no", ["link-missing-anchor"]),
        ("fr/index.md", "../en/only.md#x", "", False, "../only/#x", []),
        ("fr/index.md", "only.md#x", "", True, None, []),
        ("fr/index.md", "only.md#x", "", False, "../only/#x", ["link-fallback-page"]),
        ("fr/deep/b.md", "../only.md?y", "", False, "../../../only/?y", ["link-fallback-page"]),
        ("en/index.md", "seul.md", "", False, "fr/seul/", ["link-fallback-page"]),
        ("fr/index.md", "only.md#no", "", False, "../only/#no", ["link-fallback-page", "link-missing-anchor"]),
        ("fr/index.md", "none.md", "", False, None, ["link-missing-page"]),
    ],
)
def test_a_link_to_another_language(
    page: str, address: str, hreflang: str, built: str | None, rules: list[str], *, fallback: bool
) -> None:
    link = Link(M, address, 0, len(address), hreflang=hreflang)
    resolved = resolver(fallback=fallback).resolve(BY_PATH[page], link)
    assert [problem.message.rule for problem in resolved.problems] == rules
    if built:
        assert resolved.address == built


ADDRESSES = {
    "http:/x": "link-syntax", "https:x": "link-syntax", "HTTPS://": "link-syntax", "https: //a.example/": "link-syntax",
    "https://exa]mple": "link-syntax", "https://a..example/": "link-syntax", "https://a b.example/": "link-syntax",
    "https://a.example:99999/": "link-syntax", "//": "link-syntax", "//exa]mple/": "link-syntax", "///x": "link-syntax",
    "mailto:": "link-syntax", "mailto: ": "link-syntax", "mailto:sales": "link-syntax", "tel:": "link-syntax",
    "tel:none": "link-syntax", "https://.a.example/": "link-syntax", "": "link-syntax", " ": "link-syntax",
    "http://localhost": "link-local", "https://127.0.0.1:8000/x": "link-local", "http://api.localhost/": "link-local",
    "http://[::1]/": "link-local", "//localhost/": "", "file:///tmp/x": "link-local", "C:\\x": "link-local",
    "mailto:a@": "link-syntax", "mailto:@b.example": "link-syntax",
    "mailto:%61@b%ZZ.example": "link-syntax", "mailto:?subject=a@b.example": "", "mailto:%61@b.example?body=50%": "",
    "https://docs.example.com/target/": "link-outside", "http://docs.example.com/": "link-outside",
    "//docs.example.com/guides/": "link-outside", "https://DOCS.example.com:443/x": "link-outside",
    "https://docs.example.com/guide/../x": "link-outside",
    "https://docs.example.com/guide/": "", "https://docs.example.com/guide": "",
    "https://docs.example.com/guide/1.0/": "",
    "http://docs.example.com:8080/": "", "https://example.com/docs": "", "mailto:?subject=x": "", "tel:+33 1": "",
    "ftp://x": "", "data:,": "", "https://é.example/ ": "", " https://a.example/x y": "",
}  # fmt: skip


@pytest.mark.parametrize("kind", [M, I, D, A, H])
@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_by_itself(address: str, kind: LinkKind) -> None:
    wanted = ADDRESSES[address] if address.strip() or kind is not H else ""  # an empty href is the page itself
    assert [problem.message.rule for problem in resolve("en/a.md", address, kind).problems] == [wanted][: bool(wanted)]


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


def test_a_link_is_resolved_once_and_a_fault_looked_up_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages have it, and whatever a build asks of it."""
    asked: Counter[tuple[str, ...]] = Counter()
    resolve, look_up = Resolver._resolve, LikelyNames._look_up

    def counted(self: Resolver, page: LinkTarget, link: Link) -> Resolved:
        asked["link", page.path, link.address] += 1
        return resolve(self, page, link)

    def counted_name(self: LikelyNames, wanted: Any) -> Any:
        asked["name", wanted.text] += 1
        return look_up(self, wanted)

    monkeypatch.setattr(Resolver, "_resolve", counted)
    monkeypatch.setattr(LikelyNames, "_look_up", counted_name)
    text = "# Page\n\n" + "[a](other.md#part-tow) [b]({{site.baseurl}}/othr/) [c](index.md)\n\n" * 3
    loaded = case.load(tmp_path, {f"docs/en/{number}.md": text for number in range(5)})
    for page in loaded.pages.values():
        assert page.markdown
        page.reported()
    assert set(asked.values()) == {1}
    assert len([key for key in asked if key[0] == "name"]) == 2


def test_what_is_wrong_with_an_address_may_depend_on_its_page_and_its_place(tmp_path: Path) -> None:
    """A page is never suggested to itself, and a redirect without a delay is none, whichever page comes first."""
    link, redirect = "[x]({{site.baseurl}}/othr/)", '<meta http-equiv="refresh" content="{{site.baseurl}}/page/">'
    pages = {
        "docs/en/other.md": f"# Other\n\n{link} <a href='{{{{site.baseurl}}}}/page/'>y</a>\n",
        case.PAGE: f"# Page\n\n{link}\n\n{redirect}\n",
    }
    found = [one for one in case.findings(tmp_path, pages) if one.rule.startswith("link-")]
    assert [(one.location.path, one.rule, one.suggestion) for one in found] == [
        ("docs/en/other.md", "link-missing-page", ""),
        (case.PAGE, "link-missing-page", "{{site.baseurl}}/other/"),
        (case.PAGE, "link-syntax", ""),
    ]
    assert str(found[-1].message).startswith("“{{site.baseurl}}/page/” is not a redirect.")

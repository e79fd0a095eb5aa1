"""What `check-site` says of a built tree: which kinds it knows, each once, where it stems from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from docsite.built_site.check_site import check_site
from docsite.config.settings import load_settings
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.rules import Severity
from tests.markup import case

Pages = Mapping[str, str]
HEAD = '<html lang="en"><body>'
SPRITE = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>'


def check(root: Path, built: Pages, sources: Pages = case.FILES) -> list[Finding]:
    """The findings about a small built site, all of whose pages are linked from its home page."""
    links = "".join(f'<a href="{name}" hreflang="x">x</a>' for name in built if name.endswith(".html"))
    home = {"index.html": f"{HEAD}{links}", "fr/index.html": '<html lang="fr"><body>'}
    for name, text in {**home, **built}.items():
        path = root / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return check_site(root / "site", load_settings(case.write(root, sources))).findings


def reported(findings: list[Finding]) -> list[str]:
    return [f"{one.location} {one.rule} {one.target}".strip() for one in findings]


KINDS: dict[str, tuple[str, list[str]]] = {
    "usemap": ('<img usemap="#m" src="a.svg"><map name="n"></map>', ["14 id-missing m"]),
    "for": ('<label for="x">x</label><input id="y">', ["13 id-missing x"]),
    "aria": ('<p id="a" aria-labelledby="a  b">x</p><p aria-controls=c>x</p>', [
        "31 id-missing b", "56 id-missing c",
    ]),
    "drawing": ('<svg><use href="a.svg#a"/><use xlink:href="a.svg#b"/></svg>', ["44 link-missing-anchor a.svg#b"]),
    "drawing of a color scheme": ('<img src="a.svg#only-dark"><img src="a.svg#gh-light-mode-only">', []),
    "an id of the theme": ('<label for="__toc">x</label>', []),
    "a page by its file": ('<a href="no.md">x</a><a href="no.txt">x</a>', [
        "10 link-missing-page no.md", "31 asset-missing no.txt",
    ]),
    "drawing in an image": ('<img src="a.svg#b"><img src="a.svg#svgView(viewBox(0,0,1,1))">', [
        "11 link-missing-anchor a.svg#b",
    ]),
    "drawing in a style": ('<p style="mask: url(a.svg#b)">x</p>', ["21 link-missing-anchor a.svg#b"]),
    "button": ('<button formaction="no/">x</button>', ["21 link-missing-page no/"]),
    "background": ('<table background="no.png"></table>', ["20 asset-missing no.png"]),
    "preview": ('<meta property="og:image" content="https://docs.example.com/guide/no.png">', [
        "36 asset-missing https://docs.example.com/guide/no.png",
    ]),
    "refresh": ('<meta http-equiv="refresh" content="soon">', ["37 link-syntax soon"]),
    "refresh without a content": ('<meta http-equiv="refresh">', ["19 link-syntax"]),
    "refresh of the page": ('<meta http-equiv="refresh" content="300">', []),
    "empty src": ('<a href="">x</a><img src="" alt="">', ["27 link-syntax"]),
    "values that are empty": ('<audio src=""></audio><img src=" "><iframe src></iframe><input type="image" src="">', [
        "13 link-syntax", "33 link-syntax", "44 link-syntax", "82 link-syntax",
    ]),
    "an empty file": ('<object data=""></object><link rel="stylesheet" href="">', ["15 link-syntax", "55 link-syntax"]),
    "a preview without a picture": ('<meta property="og:image"><meta name="author">', ["17 link-syntax"]),
    "an empty preview": ('<meta property="og:image" content=""><meta property="og:title" content="">', [
        "36 link-syntax",
    ]),
    "image map without #": ('<img usemap="n" src="a.svg"><img usemap="" src="a.svg"><map name="n"></map>', [
        "14 id-missing n", "42 id-missing",
    ]),
    "for of a script": ('<script for="x"></script><p list="x" headers="y">x</p>', []),
    "headers": ('<table><td headers="x">x</td></table><input list="y">', ["21 id-missing x", "51 id-missing y"]),
    "a file of the writer": ('<a href="file:///tmp/x">x</a><a href="C:\\x">x</a>', [
        "10 link-local file:///tmp/x", "39 link-local C:\\x",
    ]),
    "empty poster": ('<video poster=""></video>', []),
    "slashes": ('<a href="http:/x">x</a>', ["10 link-syntax http:/x"]),
    "host": ('<a href="https://exa]mple">x</a>', ["10 link-syntax https://exa]mple"]),
    "blank": ('<a href="https: //x">x</a>', ["10 link-syntax https: //x"]),
    "local": ('<a href="http://localhost:8000">x</a>', ["10 link-local http://localhost:8000"]),
    "mailbox": ('<a href="mailto:">x</a><a href="tel:">x</a>', ["10 link-syntax mailto:", "33 link-syntax tel:"]),
    "half a mailbox": ('<a href="mailto:a@">x</a><a href="mailto:@b.c">x</a><a href="mailto:A <a@b.c>">x</a>', [
        "10 link-syntax mailto:a@", "35 link-syntax mailto:@b.c",
    ]),
    "outside": ('<a href="/target/">x</a><a href="https://docs.example.com/target/">x</a>', [
        "10 link-outside /target/", "34 link-outside https://docs.example.com/target/",
    ]),
    "template": ('<template><a href="no/">x</a><img src=""></template>', []),
    "footnote": ('<li id="fn:x"><a href="#fnref:x">x</a></li>', ["24 markup-unused-footnote #fnref:x"]),
    "two links to one anchor": ('<a href="#no">x</a> <a class="y" href="#no">x</a>', [
        "10 link-missing-anchor #no", "40 link-missing-anchor #no",
    ]),
    "two links to one page": ('<a href="no/">x</a> <a href="./no/">x</a>', [
        "10 link-missing-page no/", "30 link-missing-page ./no/",
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_kinds_of_problems(name: str, tmp_path: Path) -> None:
    line, wanted = KINDS[name]
    found = check(tmp_path, {"p.html": f"{HEAD}\n{line}", "a.svg": SPRITE})
    assert reported(found) == [f"site/p.html:2:{one}" for one in wanted]


@pytest.mark.parametrize(
    ("page", "home", "level"), [("index.html", "fr/", Severity.ERROR), ("p/index.html", "../fr/", Severity.WARNING)]
)
def test_a_home_page_in_the_place_of_a_translation_is_a_warning(
    page: str, home: str, level: Severity, tmp_path: Path
) -> None:
    (found,) = check(tmp_path, {page: f'{HEAD}<link rel="alternate" hreflang="fr" href="{home}">'})
    assert (found.rule, found.severity) == ("alternate-one-way", level)


def test_a_page_of_the_site_whose_path_is_left_out_is_named(tmp_path: Path) -> None:
    links = "".join(
        f'<a href="{link}">x</a>' for link in ("/q.html", "https://docs.example.com/q.html", "/", "/r.html")
    )
    found = check(tmp_path, {"p.html": HEAD + links, "q.html": HEAD})
    assert [(one.rule, one.suggestion) for one in found] == [
        ("link-outside", one) for one in ("q.html", "q.html", "", "")
    ]
    assert "lacks the path of https://docs.example.com/guide/" in str(found[0])


def test_what_the_html_of_a_native_page_repeats_is_at_its_place_in_the_source(tmp_path: Path) -> None:
    text = '<input id="ip">\n\n<input id="ip">\n\n[^b]: z\n'
    config = case.CONFIG.replace("  docsite:\n", "  docsite:\n    dialect: markdown\n")
    config += "markdown_extensions: [footnotes]\n"
    built = {f"{name}/index.html": HEAD + text + '<a href="#fnref:b">' for name in ("x", "y")}
    found = check(tmp_path, built, {"mkdocs.yml": config, "docs/en/x.md": text, "docs/en/y.md": text})
    wanted = ("3:12 id-duplicate #ip", "5:1 markup-unused-footnote #fnref:b")
    assert [one for one in reported(found) if "page-orphan" not in one] == [
        f"docs/en/{name}.md:{one}" for name in ("x", "y") for one in wanted
    ]


def test_links_of_a_page_that_says_another_language_are_left_alone(tmp_path: Path) -> None:
    """As on the page that a plugin makes in the last language for all of them."""
    pages = {
        "print/index.html": '<html lang="fr"><a href="../fr/x/">x</a>',
        "x/index.html": HEAD,
        "fr/x/index.html": "",
    }
    found = check(tmp_path, pages)
    assert [one.rule for one in found] == ["translation-lang"]


def test_an_id_that_an_extension_repeats_stands_for_the_page(tmp_path: Path) -> None:
    config = case.CONFIG.replace("  docsite:\n", "  docsite:\n    dialect: markdown\n")
    built = {"x/index.html": f"{HEAD}<h1 id=x>X</h1><p id=x>"}
    found = check(tmp_path, built, {"mkdocs.yml": config, "docs/en/x.md": "# X\n"})
    assert "docs/en/x.md:1:1 id-duplicate #x" in reported(found)


def test_a_page_that_stands_in_for_a_translation_has_its_links_reported_once(tmp_path: Path) -> None:
    """In English the page is one that is in French alone, and on the page in its place in French it is missing."""
    text = '<a href="https://docs.example.com/guide/seul/">x</a>'
    built = {"x/index.html": HEAD + text, "fr/x/index.html": f'<html lang="fr">{text}', "fr/seul/index.html": ""}
    found = check(tmp_path, built, {**case.FILES, "docs/en/x.md": text})
    of_link = [one for one in reported(found) if "seul" in one]
    assert of_link == ["docs/en/x.md:1:10 link-fallback-page https://docs.example.com/guide/seul/"]


def test_redirects_of_the_host_are_followed(tmp_path: Path) -> None:
    """Links to what they are for, at the page where they end; and their own targets, at their lines in docs."""
    config = case.CONFIG.replace("https://docs.example.com/guide/", "https://docs.example.com/")
    redirects = "/old/* /:splat 301\n/far /gone/\n/near /p.html#no\n/out https://example.org/\n"
    links = ["/old/p.html", "/old/p.html#no", "/old/q.html", "/far", "/out", "/out#x", "/index.html"]
    page = HEAD + "".join(f'<a href="{link}">x</a>' for link in links)
    sources = {**case.FILES, "mkdocs.yml": config, "docs/_redirects": redirects}
    found = check(tmp_path, {"p.html": page, "_redirects": redirects}, sources)
    assert sorted(reported(found)) == [
        "docs/_redirects:2:6 link-missing-page /gone/",
        "docs/_redirects:3:7 link-missing-anchor /p.html#no",
        "site/p.html:1:116 link-missing-page /far",
        "site/p.html:1:59 link-missing-anchor /old/p.html#no",
        "site/p.html:1:89 link-missing-page /old/q.html",
    ]


def test_other_sites_on_the_same_host_are_not_checked(tmp_path: Path) -> None:
    config = case.CONFIG.replace("  docsite:\n", "  docsite:\n    other_sites: [/target/, /guide/api]\n")
    links = "/target/ https://docs.example.com/target/a ../target/ api/v1/ https://docs.example.com/guide/api /targets/"
    text = "".join(f'<a href="{link}">x</a>' for link in links.split())
    found = check(tmp_path, {"p.html": f"{HEAD}{text}"}, {**case.FILES, "mkdocs.yml": config})
    assert [one.target for one in found] == ["/targets/"]


def test_nothing_is_suggested_where_nothing_is_near(tmp_path: Path) -> None:
    """The home page has no name to be near to, and is no answer for every address."""
    found = check(tmp_path, {"setup/index.html": f'{HEAD}<a href="../DHIS2">x</a> <a href="../setpu/">x</a>'})
    assert [(one.target, one.suggestion) for one in found] == [("../DHIS2", ""), ("../setpu/", "")]


def test_other_files(tmp_path: Path) -> None:
    built = {
        "a.css": "/* url(no.png) */ .a { background: url(no.png) }\n.b { mask: url(a.svg#b) url(a.svg#a) }",
        "a.svg": SPRITE,
        "site.webmanifest": '{"name": "no.ico", "icons": [{"src": "a.svg"}, {"src": "no.ico"}]}',
        "latin.html": '<html lang="en"><meta charset="iso-8859-1"><a href="no/">\u00e9</a>',
        "404.html": HEAD,
        "5xx.html": HEAD,
        "fr/4xx/index.html": '<html lang="fr"><body>',
        "lonely/index.html": HEAD,
        "index.html": f'{HEAD}<a href="latin.html">x</a>',
    }
    (tmp_path / "site").mkdir()
    found = check(tmp_path, built)
    (tmp_path / "site/latin.html").write_bytes(built["latin.html"].encode("latin-1"))
    wanted = [
        "site/a.css:1:40 asset-missing no.png",
        "site/a.css:2:16 link-missing-anchor a.svg#b",
        "site/latin.html:1:53 link-missing-page no/",
        "site/lonely/index.html:1:1 page-orphan",
        "site/site.webmanifest:1:57 asset-missing no.ico",
    ]
    assert reported(found) == wanted
    assert reported(check_site(tmp_path / "site", load_settings(tmp_path / "mkdocs.yml")).findings) == wanted


def test_above_the_root_of_a_domain(tmp_path: Path) -> None:
    sources = {**case.FILES, "mkdocs.yml": case.CONFIG.replace("/guide/", "/")}
    (found,) = check(tmp_path, {"p/index.html": f'{HEAD}<a href="../../../p/">x</a>'}, sources)
    assert (found.rule, found.severity) == ("link-above-root", "warning")


FALLBACK = {
    "en/index.html": HEAD,
    "other/index.html": HEAD,
    "fr/other/index.html": '<html lang="fr"><article lang="en"><a href="../../fr/x/">x</a><a href="../../en/">x</a>',
    "only/index.html": HEAD,
}


def test_links_between_languages(tmp_path: Path) -> None:
    """A fallback page is silent, `hreflang` is honoured, a page without translation is the fallback rule."""
    links = '<a href="../../other/">1</a><a hreflang="en" href="../../other/">2</a><a href="../only/">3</a>'
    built = FALLBACK | {"x/index.html": HEAD, "fr/x/index.html": f'<html lang="fr"><body>\n{links}'}
    built |= {"fr/index.html": '<html lang="fr"><body><a href="x/">x</a><a href="../x/">x</a>'}
    found = check(tmp_path, built)
    assert reported(found) == [
        "docs/fr/other.md:1:1 translation-missing",
        "site/fr/index.html:1:50 link-wrong-locale ../x/",
        "site/fr/x/index.html:2:80 link-fallback-page ../only/",
    ]
    assert [one.severity for one in found] == ["warning", "error", "error"]


SOURCES = {
    **case.FILES,
    "docs/assets/a.css": "\n.a { background: url(no.png) }",
    "docs/assets/b.css": ".a { background: url(no.png) }",
    "docs/assets/site.webmanifest": '{"icons": [{"src": "no.png"}]}',
    "docs/assets/raw.html": f'{HEAD}<a href="no/">x</a>',
    case.PAGE: """---
nav_title: no.png in /old/
aliases: [/old/]
---

# Page

<p style="background: url('no.png')">x</p>

<style>
.a { background: url(no.css) }
</style>

<meta http-equiv="refresh" content="5; url=../no/">
<meta http-equiv="refresh" content="soon">

<label for="no">x</label> <img src="" alt=""> <a href="">x</a>

[a](#no) and [b](#no)

[^x]: Unused.
""",
}
BUILT = {
    "assets/a.css": SOURCES["docs/assets/a.css"],
    "assets/b.css": SOURCES["docs/assets/b.css"],
    "assets/site.webmanifest": SOURCES["docs/assets/site.webmanifest"],
    "assets/raw.html": SOURCES["docs/assets/raw.html"],
    "page/index.html": f"""{HEAD}<p style="background: url('no.png')">x</p>
<style>.a {{ background: url(no.css) }}</style>
<meta http-equiv="refresh" content="5; url=../no/"><meta http-equiv="refresh" content="soon">
<label for="no">x</label> <img src="" alt=""> <a href="">x</a> <a href="#no">a</a> and <a href="#no">b</a>
<a href="#fnref:x">x</a>""",
    "old/index.html": f'{HEAD}<meta http-equiv="refresh" content="0; url=../older/">',
    "older/index.html": f'{HEAD}<meta http-equiv="refresh" content="0; url=../page/">',
}


def test_places_are_those_of_the_sources(tmp_path: Path) -> None:
    assert reported(check(tmp_path, BUILT, SOURCES)) == [
        "docs/assets/a.css:2:22 asset-missing no.png",
        "docs/assets/b.css:1:22 asset-missing no.png",
        "docs/assets/raw.html:1:32 link-missing-page no/",
        "docs/assets/site.webmanifest:1:21 asset-missing no.png",
        "docs/en/page.md:3:11 redirect-chain ../older/",
        "docs/en/page.md:8:28 asset-missing no.png",
        "docs/en/page.md:11:22 asset-missing no.css",
        "docs/en/page.md:14:44 link-missing-page ../no/",
        "docs/en/page.md:15:37 link-syntax soon",
        "docs/en/page.md:17:13 id-missing no",
        "docs/en/page.md:17:37 link-syntax",
        "docs/en/page.md:19:5 link-missing-anchor #no",
        "docs/en/page.md:19:18 link-missing-anchor #no",
        "docs/en/page.md:21:1 markup-unused-footnote #fnref:x",
    ]


def test_a_page_that_stands_in_for_a_translation_repeats_nothing(tmp_path: Path) -> None:
    """A theme may not say what language a text is in: MkDocs does."""
    config = case.CONFIG.replace("  docsite:\n", "  docsite:\n    dialect: markdown\n")
    text = "# Page\n\n[a](#no) [b](https://docs.example.com/guide/other/)\n\n<img src='no.png'>\n"
    sources = {**case.FILES, "mkdocs.yml": config, case.PAGE: text}
    page = '<a href="#no">a</a> <a href="https://docs.example.com/guide/other/">b</a> <img src="no.png">'
    built = {"page/index.html": HEAD + page, "fr/page/index.html": f'<html lang="fr"><body>{page}'}
    built |= {"other/index.html": HEAD, "fr/other/index.html": '<html lang="fr"><body>'}
    found = check(tmp_path, built, sources)
    assert reported([one for one in found if one.rule != "page-orphan"]) == [
        "docs/en/page.md:3:5 link-missing-anchor #no",
        "docs/en/page.md:5:11 asset-missing no.png",
    ]


def test_templates_among_the_files_of_a_site(tmp_path: Path) -> None:
    template = '<html lang="en"><a href="{{ url }}">x</a><a href="no/">x</a>'
    sources = {**case.FILES, "docs/assets/main.html": template}
    (found,) = check(tmp_path, {"assets/main.html": template}, sources)
    assert found.target == "no/"


def test_a_sitemap_without_site_url_is_one_problem(tmp_path: Path) -> None:
    lines = "".join(f"<url><loc>None{name}/</loc></url>" for name in "abc")
    (found,) = check(tmp_path, {"sitemap.xml": f"<urlset>{lines}</urlset>"})
    assert (found.rule, found.severity, found.target) == ("sitemap-unreadable", "warning", "Nonea/")


TEMPLATES = {
    "the same file": '<img src="{up}no.png">',
    "another page": '<a href="{up}no/">x</a>',
    "an anchor": '<a href="#no">x</a>',
    "the page in a query": '<a href="/login?back=/guide/{page}">x</a>',
    "the page in an address": '<a href="https://docs.example.com/guide/login/?back=https://docs.example.com/guide/{page}#x">x</a>',
    "the page in a path": '<a href="/edit/{page}">x</a>',
    "the source of the page": '<a href="https://docs.example.com/edit/docs/{source}.md">x</a>',
    "an id": '<label for="no">x</label>',
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_problem_of_a_template_is_one(name: str, tmp_path: Path) -> None:
    pages = ("setup/", "setup/keys/", "fr/setup/", "a/b/c/")
    built = {
        f"{page}index.html": HEAD.replace('"en"', '"fr"' if page.startswith("fr") else '"en"')
        + TEMPLATES[name].format(page=page, up="../" * page.count("/"), source=page.rstrip("/"))
        for page in pages
    }
    (found,) = check(tmp_path, built)
    assert "This is on 4 pages" in str(found.message)


def test_problems_that_differ_stay_apart(tmp_path: Path) -> None:
    built = {
        f"{page}/index.html": f'{HEAD}<a href="../{page}-no/">x</a><a href="../no/?{page}s">x</a>' for page in "ab"
    }
    assert len(check(tmp_path, built)) == 4

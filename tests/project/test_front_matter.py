"""Front matter that only the site as a whole can judge, and the places of its values."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.diagnostics.repeated_findings import fold_findings
from tests.markup import case
from tests.plugin.test_site_build import build

LONG = "a" * 300
Reported = tuple[str, str, str]
"""Position, rule and suggestion."""

PAGES: dict[str, tuple[str, list[Reported]]] = {
    "icon": ("icon: material/alert-octagon", []),
    "icon, unknown": ("icon: material/alrt-octagon", [("2:7", "front-matter-type", "material/alert-octagon")]),
    "icon, above": ("icon: ../main.html#", [("2:7", "front-matter-type", "")]),
    "template": ("template: main.html", []),
    "template, unknown": ("template: 'mian.html'", [("2:12", "front-matter-type", "main.html")]),
    "alias of a page": ("aliases: [/new/, /other/]", [("2:18", "front-matter-alias", "")]),
    "alias of the page itself": ("aliases: [/page/, /page.html]", []),
    "alias of a file of MkDocs": ("aliases:\n- /sitemap.xml", [("3:3", "front-matter-alias", "")]),
    "alias below a file of MkDocs": ("aliases: ['/404.html/old/']", [("2:12", "front-matter-alias", "")]),
    "alias of the error page": ("aliases: [/404.html]", [("2:11", "front-matter-alias", "")]),
    "alias of an asset": ("aliases: [/assets/logo.svg]", [("2:11", "front-matter-alias", "")]),
    "alias below an asset": ("aliases: [/assets/logo.svg/a/b]", [("2:11", "front-matter-alias", "")]),
    "alias of a file of the theme": ("aliases: [/assets/images/favicon.png]", [("2:11", "front-matter-alias", "")]),
    "alias below an alias": ("aliases: [/a.html, /a.html/b/]", [("2:20", "front-matter-alias", "")]),
    "alias twice": ("aliases: [/a/, /a, /a/index.html]", []),
    "alias in the other language's folder": ("aliases: [/fr/seul/]", [("2:11", "front-matter-alias", "")]),
    "alias, long": (f"aliases: [/{LONG}/]", [("2:11", "front-matter-alias", "")]),
    "alias, many folders": (f"aliases: [/{'abc/' * 300}]", [("2:11", "front-matter-alias", "")]),
    "alias, up": ("aliases: [/../x/]", [("2:11", "front-matter-alias", "")]),
    "alias, encoded": ("aliases: ['/%C3%A9t%C3%A9/', /a%00b/]", [("2:30", "front-matter-alias", "")]),
    "boost": ("search: {boost: 2, exclude: false}", []),
    "boost, infinite": ("search: {boost: .inf}", [("2:10", "front-matter-type", "")]),
    "boost, not a number": ("search: {boost: .nan}", [("2:10", "front-matter-type", "")]),
    "boost, text": ("search: {boost: high}", [("2:10", "front-matter-type", "")]),
    "boost, too much": ("search: {boost: 1e300}", [("2:10", "front-matter-type", "")]),
    "boost, negative": ("search: {boost: -1}", [("2:10", "front-matter-type", "")]),
    "keywords": ("search: {keywords: [QA, 5 steps, 3]}", []),
    "keywords, text": ("search: {keywords: QA}", [("2:10", "front-matter-type", "")]),
    "search, misspelt": ("search: {boots: 1}", [("2:10", "front-matter-unknown-key", "boost")]),
    "numbers": ("nav_title: 2016\narticle_title: 1.5\ndescription: 3\ntitle: 2016-01-02", []),
    "empty texts": ('nav_title: ""\narticle_title: ""\ndescription: ""\ntitle: ""', []),
    "empty keys": (
        "".join(
            f"{key}:\n"
            for key in (
                *("nav_title", "article_title", "title", "description", "page_order", "page_type", "aliases", "tags"),
                *("hide", "search", "status", "icon", "template", "layout", "noindex", "translated_from"),
            )
        ).strip(),
        [],
    ),
    "page_type": ("nav_title: on tip calculus\npage_type: tip", [("3:12", "front-matter-type", "")]),
    "page_type in quotes": ('nav_title: on tip calculus\npage_type: "tip"', [("3:13", "front-matter-type", "")]),
    "page_type in a block": ("page_type: >-\n  tip", [("2:12", "front-matter-type", "")]),
    "alias named elsewhere": ("nav_title: /other/ x\naliases: [/other/]", [("3:11", "front-matter-alias", "")]),
    "next line": ('nav_title: "a\u0085b"\npage_type: tip\nkye: 1', [
        ("3:12", "front-matter-type", ""), ("4:1", "front-matter-unknown-key", ""),
    ]),
    "line separator": ('nav_title: "a\u2028b\u2029c"\n\nnav_titel: x', [
        ("4:1", "front-matter-unknown-key", "nav_title"),
    ]),
    "line separator, syntax": ('nav_title: "a\u2028b"\ntitle: a: b', [("3:9", "front-matter-syntax", "")]),
    "known to Jekyll": ("hidden: true\ntoc: true", [
        ("2:1", "front-matter-unknown-key", ""), ("3:1", "front-matter-unknown-key", ""),
    ]),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_what_is_wrong_with_front_matter(name: str, tmp_path: Path) -> None:
    text, wanted = PAGES[name]
    found = case.findings(tmp_path, f"---\n{text}\n---\n\n# Page\n")
    reported = [(f"{one.location.line}:{one.location.column}", one.rule, one.suggestion) for one in found]
    assert reported == wanted


def test_an_unknown_key_of_many_pages_is_one_line(tmp_path: Path) -> None:
    page = "---\nhidden: true\nnav_titel: x\n---\n\n# Page\n"
    files = {f"docs/en/p{number}.md": page for number in range(5)} | {"docs/en/q.md": "---\nother: 1\n---\n\n# Q\n"}
    found = fold_findings(case.findings(tmp_path, files))
    assert [(str(one.location), one.target, one.suggestion) for one in found] == [
        ("docs/en/p0.md:2:1", "hidden", ""),
        ("docs/en/p0.md:3:1", "nav_titel", "nav_title"),
        ("docs/en/q.md:2:1", "other", ""),
    ]
    assert str(found[0].message) == "Unknown key “hidden”, on 5 pages, first on this one."


def test_nothing_in_front_matter_ends_the_build(tmp_path: Path) -> None:
    files = {
        f"docs/en/p{number}.md": f"---\n{text}\n---\n\n# Page {number}\n"
        for number, (text, _) in enumerate(PAGES.values())
    }
    settings = case.CONFIG.replace("plugins:", "plugins:\n  - docsite") + "    search: true\n"
    config = case.write(tmp_path, {**files, "mkdocs.yml": settings})
    done = build(config, tmp_path / "built")
    assert done.code == 0, done.log
    assert len([*(done.site).glob("p[0-9]*/index.html")]) == len(PAGES)
    index = (path for path in done.site.rglob("*.json") if "NaN" in path.read_text() or "Infinity" in path.read_text())
    assert [*index] == []

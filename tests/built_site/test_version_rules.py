"""A published tree of several versions: each kind of error, planted alone in a tree that has none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from docsite.built_site import check_site, versions_json
from docsite.cli.main import main
from docsite.cli.options import FORMATS
from docsite.config import settings
from docsite.diagnostics.findings import Finding

URL = "https://docs.example.com/guide/"
CONFIG = f"""\
site_name: Guide
site_url: {URL}
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: fr, name: Français}}
"""
PAGES = ("", "setup/", "parts/keys/")
LANGUAGES = (("en", ""), ("fr", "fr/"))
VERSIONS = ("1.10", "1.9", "1.2", "dev")
ALIASES = {"1.10": ["latest"], "1.2": ["old"]}


def page(language: str, address: str, at: str = "latest", links: Sequence[str] = PAGES) -> str:
    """A page as it is when published: it says that it is in latest, and links to the pages of its version."""
    up = "../" * address.count("/")
    root = "fr/" if language == "fr" else ""
    notice = f"{up}{'../' if root else ''}../latest/{root}{address if at == 'latest' else ''}"
    listed = "".join(f'<a href="{up or "./"}{other}">{other}</a>\n' for other in links)
    return f"""<!doctype html>
<html lang="{language}">
<head>
<link rel="canonical" href="{URL}{at}/{root}{address}">
<link rel="alternate" hreflang="en" href="{URL}{at}/{address}">
<link rel="alternate" hreflang="fr" href="{URL}{at}/fr/{address}">
</head>
<body id="__top">
<aside><a href="{notice}" data-latest>The latest</a></aside>
<nav id="menu">{listed}</nav>
<article>
<h1 id="title-{address.strip("/").replace("/", "-")}">The {address or "home"} page</h1>
<h2 id="keys">Keys</h2><input id="__tabbed_1_1"><sup id="fnref:1"><a href="#fn:1">1</a></sup>
<svg id="drawing"><marker id="arrow"></marker></svg>
<p id="fn:1">Note.</p><a name="anchor"></a>
<p>Text of any version.</p>
</article>
</body>
</html>
"""


def stub(to: str) -> str:
    return f'<!doctype html>\n<html lang="en"><head><meta http-equiv="refresh" content="0; url={to}"></head></html>\n'


class Tree:
    """A published tree that a test changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tree"
        self.config = folder / "mkdocs.yml"
        self.config.write_text(CONFIG, "utf-8")
        (folder / "docs").mkdir()
        self.lay()
        for version in VERSIONS:
            self.write(f"{version}/404.html", f'<a href="/guide/{version}/">Home</a>')
            self.write(f"{version}/sitemap.xml", f"<urlset><url><loc>{URL}{version}/setup/</loc></url></urlset>")
            self.write(f"{version}/logo.svg", "<svg></svg>")
        self.link("latest", "1.10")
        self.link("old", "1.2")
        self.write("index.html", '<a href="latest/">English</a> <a href="latest/fr/" hreflang="fr">Français</a>')
        self.write("404.html", '<a href="/guide/latest/">Home</a> <a href="/guide/1.2/">1.2</a>')
        self.write("sitemap.xml", f"<sitemapindex><sitemap><loc>{URL}latest/sitemap.xml</loc></sitemap></sitemapindex>")
        self.enlist([(version, ALIASES.get(version, [])) for version in VERSIONS])

    def lay(self, lost: Sequence[str] = ()) -> None:
        """Write the pages of every version; the latest has not those that are lost."""
        for version in VERSIONS:
            links = [one for one in PAGES if version != "1.10" or one not in lost]
            for language, root in LANGUAGES:
                for address in PAGES:
                    name = f"{version}/{root}{address}index.html"
                    if address in links:
                        at = version if address in lost else "latest"
                        self.write(name, page(language, address, at, links))
                    else:
                        self.delete(name)

    def enlist(self, entries: list[tuple[str, list[str]]]) -> None:
        data = [{"version": version, "title": version, "aliases": aliases} for version, aliases in entries]
        self.write("versions.json", json.dumps(data, indent=2))

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert old in text
        self.write(name, text.replace(old, new, 1))

    def add(self, name: str, block: str) -> None:
        """Put something into the article of a page."""
        self.replace(name, "<p>Text of any version.</p>", f"<p>Text of any version.</p>\n{block}")

    def delete(self, name: str) -> None:
        path = self.folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()

    def link(self, name: str, to: str) -> None:
        (self.folder / name).symlink_to(to, target_is_directory=True)

    def alias_as(self, name: str, version: str, kind: str) -> None:
        """Let an alias be a copy of its version, or pages that redirect to it as mike makes them."""
        self.delete(name)
        if kind == "copy":
            shutil.copytree(self.folder / version, self.folder / name)
        for path in sorted((self.folder / version).rglob("*.html")) if kind == "redirect" else ():
            inner = path.relative_to(self.folder / version).as_posix()
            up = "../" * (inner.count("/") + 1)
            self.write(
                f"{name}/{inner}", f"<noscript>{stub(up + version + '/' + inner.removesuffix('index.html'))}</noscript>"
            )

    def check(self) -> list[Finding]:
        return check_site.check_site(self.folder, settings.load_settings(self.config)).findings


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path)


def reported(findings: list[Finding]) -> set[tuple[str, str, str]]:
    return {(one.rule, one.location.path.removeprefix("tree/"), one.target) for one in findings}


def suggestions(findings: list[Finding], rule: str) -> set[str]:
    return {one.suggestion for one in findings if one.rule == rule}


@pytest.mark.parametrize("kind", ["symlink", "copy", "redirect"])
def test_nothing_is_found_in_a_correct_tree(tree: Tree, kind: str) -> None:
    if kind != "symlink":
        tree.alias_as("latest", "1.10", kind)
        tree.write("latest/sitemap.xml", tree.text("1.10/sitemap.xml"))  # which redirects do not replace
        tree.alias_as("old", "1.2", kind)
    assert reported(tree.check()) == set()


def test_each_page_is_counted_once_whatever_shows_it(tree: Tree) -> None:
    known = settings.load_settings(tree.config)
    assert check_site.check_site(tree.folder, known).pages == 2 + len(VERSIONS) * 7
    tree.alias_as("latest", "1.10", "copy")
    assert check_site.check_site(tree.folder, known).pages == 2 + len(VERSIONS) * 7


# The list, its folders and aliases


def _entry(**changes: Any) -> dict[str, Any]:
    return {"version": "1.10", "title": "1.10", "aliases": ["latest"]} | changes


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "is not valid JSON"),
        ("{", "is not valid JSON"),
        ("[" * 100_000, "is not valid JSON"),
        ("{}", "does not contain a list"),
        ("[]", "is empty"),
        (json.dumps(["1.0"]), "has no `version`"),
        (json.dumps([_entry(version=1.0)]), "has no `version`"),
        (json.dumps([_entry(title=None)]), "has no `title`"),
        (json.dumps([_entry(aliases=None)]), "has no list of `aliases`"),
        (json.dumps([_entry(aliases="latest")]), "has no list of `aliases`"),
        (json.dumps([_entry(version="../x")]), "“../x” is not a valid folder name"),
        (json.dumps([_entry(aliases=["a/b"])]), "“a/b” is not a valid folder name"),
        (json.dumps([_entry(), _entry()]), "“1.10” is listed twice"),
        (
            json.dumps([_entry(aliases=["1.9"]), _entry(version="1.9", aliases=[])]),
            "“1.9” is a version, and an alias of 1.10 too",
        ),
        (json.dumps([_entry(), _entry(version="1.9")]), "“latest” is an alias of 1.10, and of 1.9 too"),
    ],
)
def test_a_list_that_cannot_be_used(tree: Tree, content: str, words: str) -> None:
    tree.write("versions.json", content)
    found = [one for one in tree.check() if one.rule == "version-list"]
    assert len(found) == 1
    assert words in str(found[0].message)
    assert found[0].location.path == "tree/versions.json"


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_without_a_list_the_folders_are_still_judged_as_versions(tree: Tree, content: str) -> None:
    tree.write("versions.json", content)
    tree.add("1.10/setup/index.html", '<a href="../nowhere/">x</a>')
    assert reported(tree.check()) == {
        ("version-list", "versions.json", ""),
        ("link-missing-page", "1.10/setup/index.html", "../nowhere/"),
    }


def test_a_list_beside_a_single_build_is_said_to_be_wrong_and_the_build_is_checked(tree: Tree) -> None:
    shutil.rmtree(tree.folder)
    tree.write("versions.json", "oops")
    tree.write("index.html", '<html lang="en"><a href="nowhere/">x</a></html>')
    assert reported(tree.check()) == {
        ("version-list", "versions.json", ""),
        ("link-missing-page", "index.html", "nowhere/"),
    }


def test_hostile_names_harm_nobody(tree: Tree) -> None:
    names = [
        "<script>alert(1)</script>",
        "\x1b[31mred",
        "\ud800",
        "9" * 5000,
        "a" * 300,
        "..",
        "",
        "/etc",
        "C:\\x",
        "\0",
    ]
    tree.enlist([("1.10", ["latest"]), ("1.9", []), ("1.2", ["old"]), ("dev", []), *((name, [name]) for name in names)])
    found = tree.check()
    assert {one.rule for one in found} == {"version-list", "version-missing", "version-alias"} - {"version-alias"}
    for form in FORMATS:
        report = tree.folder.parent / "report"
        arguments = ["check-site", str(tree.folder), "-f", str(tree.config), "--format", form, "--output", str(report)]
        assert main(arguments) == 1
        assert "\x1b" not in report.read_text("utf-8")


def test_ten_thousand_entries_are_all_reported(tree: Tree) -> None:
    tree.enlist(
        [*((version, ALIASES.get(version, [])) for version in VERSIONS), *((f"9.{n}", []) for n in range(10_000))]
    )
    found = tree.check()
    assert [one.rule for one in found] == ["version-missing"] * 10_000


def test_a_version_without_folder(tree: Tree) -> None:
    tree.enlist([("2.0", []), *((version, ALIASES.get(version, [])) for version in VERSIONS)])
    found = tree.check()
    assert reported(found) == {("version-missing", "versions.json", "2.0")}
    assert tree.text("versions.json").splitlines()[found[0].location.line - 1].strip() == '"version": "2.0",'
    tree.write("2.0", "a file")
    assert "its folder is a file" in str(tree.check()[0].message)


def test_a_folder_that_is_not_listed(tree: Tree) -> None:
    tree.enlist([(version, ALIASES.get(version, [])) for version in VERSIONS if version != "dev"])
    assert reported(tree.check()) == {("version-unlisted", "versions.json", "dev")}
    tree.write("dev/sitemap.xml", "<urlset></urlset>")
    tree.add("dev/setup/index.html", '<a href="../nowhere/">x</a>')
    assert reported(tree.check()) == {
        ("version-unlisted", "versions.json", "dev"),
        ("link-missing-page", "dev/setup/index.html", "../nowhere/"),
    }


def test_folders_that_are_no_versions_are_let_alone(tree: Tree) -> None:
    tree.write("assets/index.html", "<p>Not linked, and of no language.</p>")
    tree.write("3.0/readme.txt", "No page.")
    assert reported(tree.check()) == set()


def test_a_symlink_that_is_not_listed(tree: Tree) -> None:
    tree.link("stable", "1.9")
    found = tree.check()
    assert reported(found) == {("version-unlisted", "versions.json", "stable")}
    assert "“stable” shows 1.9" in str(found[0].message)


def _alias_missing(tree: Tree) -> None:
    tree.delete("old")


def _alias_circle(tree: Tree) -> None:
    tree.delete("old")
    tree.link("old", "older")
    tree.link("older", "old")


def _alias_outside(tree: Tree) -> None:
    tree.delete("old")
    tree.link("old", "/etc")


def _alias_file(tree: Tree) -> None:
    tree.delete("old")
    tree.write("old", "1.2")


def _alias_other(tree: Tree) -> None:
    tree.delete("old")
    tree.link("old", "1.9")


def _alias_deep(tree: Tree) -> None:
    tree.delete("old")
    tree.link("old", "1.2/setup")


def _copy_differs(tree: Tree) -> None:
    tree.alias_as("old", "1.2", "copy")
    tree.add("old/setup/index.html", "<p>Newer.</p>")


def _copy_lacks(tree: Tree) -> None:
    tree.alias_as("old", "1.2", "copy")
    tree.delete("old/logo.svg")


def _copy_has_more(tree: Tree) -> None:
    tree.alias_as("old", "1.2", "copy")
    tree.write("old/more.txt", "More.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_alias_missing, "is missing"),
        (_alias_circle, "is a broken symbolic link"),
        (_alias_outside, "is a broken symbolic link"),
        (_alias_file, "is a file"),
        (_alias_other, "shows 1.9"),
        (_copy_differs, "is a copy that differs in “setup/index.html”"),
        (_copy_lacks, "lacks “logo.svg”"),
        (_copy_has_more, "is a copy that differs in “more.txt”"),
    ],
)
def test_an_alias_that_does_not_show_its_version(tree: Tree, change: Callable[[Tree], None], words: str) -> None:
    change(tree)
    found = [one for one in tree.check() if one.rule != "file-unreadable"]
    assert reported(found) == {("version-alias", "versions.json", "old")}
    assert words in str(found[0].message)


def test_an_alias_inside_of_a_version(tree: Tree) -> None:
    _alias_deep(tree)
    assert "points to no version" in next(str(one.message) for one in tree.check() if one.rule == "version-alias")


# Languages, orphans and sitemaps within a version


def test_languages_and_twins_are_those_of_the_version(tree: Tree) -> None:
    tree.add("1.2/fr/setup/index.html", '<a href="../../parts/keys/">x</a>')
    found = tree.check()
    assert reported(found) == {("link-wrong-locale", "1.2/fr/setup/index.html", "../../parts/keys/")}
    assert found[0].suggestion == "../parts/keys/"


def test_a_link_from_another_version_spares_no_page_from_being_an_orphan(tree: Tree) -> None:
    tree.write("1.2/lonely/index.html", '<html lang="en"></html>')
    tree.add("1.9/setup/index.html", '<a href="../../1.2/lonely/" data-version="1.2">x</a>')
    assert reported(tree.check()) == {("page-orphan", "1.2/lonely/index.html", "")}


def test_a_dead_entry_of_a_sitemap_and_of_the_index(tree: Tree) -> None:
    tree.replace("sitemap.xml", "latest/", "newest/")
    tree.replace("1.9/sitemap.xml", "1.9/setup/", "1.9/setups/")
    assert reported(tree.check()) == {
        ("sitemap-missing-page", "sitemap.xml", f"{URL}newest/sitemap.xml"),
        ("sitemap-missing-page", "1.9/sitemap.xml", f"{URL}1.9/setups/"),
    }


# Canonical and hreflang


def test_a_page_that_latest_lacks_is_its_own_address(tree: Tree) -> None:
    for language, root in LANGUAGES:
        tree.write(f"1.2/{root}gone/index.html", page(language, "gone/", at="1.2"))
        tree.add(f"1.2/{root}setup/index.html", '<a href="../gone/">x</a>')
    assert reported(tree.check()) == set()


def test_a_translation_that_latest_lacks_stays_where_it_is(tree: Tree) -> None:
    """The French page of an old version names the English one in latest, which has no French one to name in turn."""
    for version in VERSIONS:
        for name in (f"{version}/setup/index.html", f"{version}/fr/setup/index.html"):
            french = f'<link rel="alternate" hreflang="fr" href="{URL}latest/fr/setup/">\n'
            own = "" if version == "1.10" else french.replace("latest", version)
            tree.replace(name, french, own)
        if version != "1.10":
            tree.replace(f"{version}/fr/setup/index.html", f"{URL}latest/fr/setup/", f"{URL}{version}/fr/setup/")
    text = tree.text("1.10/setup/index.html").replace("./", "../").replace('lang="en"', 'lang="fr"', 1)
    tree.write("1.10/fr/setup/index.html", text.replace("<article>", '<article lang="en">'))
    assert {one.rule for one in tree.check()} == {"translation-missing", "link-fallback-page"}


@pytest.mark.parametrize("role", ['rel="canonical"', 'rel="alternate" hreflang="en"'])
def test_a_canonical_or_alternate_of_a_third_version(tree: Tree, role: str) -> None:
    tree.replace("1.2/setup/index.html", f'{role} href="{URL}latest/', f'{role} href="{URL}1.9/')
    found = {one for one in reported(tree.check()) if one[0] != "alternate-one-way"}
    assert found == {("version-canonical", "1.2/setup/index.html", f"{URL}1.9/setup/")}


# Links between versions


@pytest.mark.parametrize(
    ("block", "target", "suggestion"),
    [
        ('<a href="../../1.2/parts/keys/#keys">x</a>', "../../1.2/parts/keys/#keys", "../parts/keys/#keys"),
        ('<a href="/guide/1.2/parts/keys/">x</a>', "/guide/1.2/parts/keys/", "/guide/1.9/parts/keys/"),
        (f'<a href="{URL}1.2/parts/keys/">x</a>', f"{URL}1.2/parts/keys/", f"{URL}1.9/parts/keys/"),
        ('<a href="../../latest/parts/keys/">x</a>', "../../latest/parts/keys/", "../parts/keys/"),
        ('<img src="../../1.2/logo.svg" alt="">', "../../1.2/logo.svg", "../logo.svg"),
        ('<a href="../../old/fr/setup/" hreflang="fr">x</a>', "../../old/fr/setup/", "../fr/setup/"),
    ],
)
def test_a_link_into_another_version(tree: Tree, block: str, target: str, suggestion: str) -> None:
    tree.add("1.9/setup/index.html", block)
    found = tree.check()
    assert reported(found) == {("version-link", "1.9/setup/index.html", target)}
    assert found[0].suggestion == suggestion
    line = tree.text("1.9/setup/index.html").splitlines()[found[0].location.line - 1]
    assert line[found[0].location.column - 1 :].startswith(target)


def test_a_page_that_only_the_other_version_has_is_no_suggestion(tree: Tree) -> None:
    tree.write("1.2/gone/index.html", '<html lang="en"></html>')
    tree.add("1.2/setup/index.html", '<a href="../gone/">x</a>')
    tree.add("1.9/setup/index.html", '<a href="../../1.2/gone/">x</a>')
    found = tree.check()
    assert reported(found) == {("version-link", "1.9/setup/index.html", "../../1.2/gone/")}
    assert found[0].suggestion == ""


def test_a_link_by_the_alias_of_its_own_version_holds_only_for_now(tree: Tree) -> None:
    tree.add("1.10/setup/index.html", '<a href="../../latest/parts/keys/">x</a>')
    assert reported(tree.check()) == {("version-link", "1.10/setup/index.html", "../../latest/parts/keys/")}


@pytest.mark.parametrize(
    ("name", "block"),
    [
        ("1.9/setup/index.html", '<a href="../../1.2/parts/keys/" data-version="1.2">as it was</a>'),
        ("1.9/setup/index.html", '<a href="../../latest/parts/keys/" data-latest>the latest</a>'),
        ("1.9/setup/index.html", '<a href="../../1.9/parts/keys/">own, the long way</a>'),
        ("1.9/setup/index.html", '<a href="https://elsewhere.example.com/guide/1.2/">another site</a>'),
        ("1.9/setup/index.html", '<a href="../../">the entrance</a>'),
    ],
)
def test_a_link_that_leads_where_it_should(tree: Tree, name: str, block: str) -> None:
    tree.add(name, block)
    assert reported(tree.check()) == set()


def test_a_link_to_another_version_that_is_meant_must_lead_somewhere(tree: Tree) -> None:
    tree.add("1.9/setup/index.html", '<a href="../../1.2/nowhere/" data-version="1.2">x</a>')
    assert reported(tree.check()) == {("link-missing-page", "1.9/setup/index.html", "../../1.2/nowhere/")}


@pytest.mark.parametrize(
    ("name", "address", "suggestion"),
    [
        ("1.9/setup/index.html", "../../parts/keys/#keys", "../parts/keys/#keys"),
        ("1.9/setup/index.html", "/guide/parts/keys/", "/guide/1.9/parts/keys/"),
        ("1.9/setup/index.html", f"{URL}fr/setup/", f"{URL}1.9/fr/setup/"),
        ("index.html", "setup/", "latest/setup/"),
        ("404.html", "/guide/setup/", "/guide/latest/setup/"),
    ],
)
def test_a_link_without_version(tree: Tree, name: str, address: str, suggestion: str) -> None:
    tree.write(name, f'{tree.text(name)}<a href="{address}">x</a>')
    found = tree.check()
    assert reported(found) == {("version-less-link", name, address)}
    assert found[0].suggestion == suggestion
    assert "See “latest/" in str(found[0].message)


def test_a_link_without_version_to_what_no_version_has_is_just_dead(tree: Tree) -> None:
    tree.add("1.9/setup/index.html", '<a href="../../nowhere/at/all/">x</a>')
    assert reported(tree.check()) == {("link-missing-page", "1.9/setup/index.html", "../../nowhere/at/all/")}


def test_a_suggestion_is_of_the_own_version(tree: Tree) -> None:
    tree.add("1.2/setup/index.html", '<a href="../parts/keyz/index.html">x</a>')
    assert suggestions(tree.check(), "link-missing-page") == {"../parts/keys/"}


# What the latest version has lost


def test_a_page_that_latest_has_lost(tree: Tree) -> None:
    tree.lay(lost=["parts/keys/"])
    found = tree.check()
    assert reported(found) == {
        ("version-lost-page", "1.9/parts/keys/index.html", "latest/parts/keys/"),
        ("version-lost-page", "1.9/fr/parts/keys/index.html", "latest/fr/parts/keys/"),
    }
    assert {one.severity.value for one in found} == {"warning"}
    assert "1.9 had that page" in str(found[0].message)
    assert "`aliases`" in str(found[0].message)


def test_a_lost_page_is_sought_by_title_name_and_address(tree: Tree) -> None:
    tree.lay(lost=["parts/keys/"])

    def place(address: str, title: str) -> None:
        for language, root in LANGUAGES:
            text = page(language, address, "1.10", ["", "setup/"])
            tree.write(f"1.10/{root}{address}index.html", text.replace(f"The {address} page", title))
            tree.add(f"1.10/{root}setup/index.html", f'<a href="../{address}">x</a>')

    def sought() -> set[str]:
        return suggestions(tree.check(), "version-lost-page")

    place("secrets/all/", "Quite another thing")
    assert sought() == {""}
    place("parts/key/", "Something else")
    assert sought() == {"latest/parts/key/", "latest/fr/parts/key/"}
    place("security/keys/", "Yet another thing")
    assert sought() == {"latest/security/keys/", "latest/fr/security/keys/"}
    place("secrets/all/", "The parts/keys/ page")
    assert sought() == {"latest/secrets/all/", "latest/fr/secrets/all/"}


def test_a_page_that_redirects_is_not_lost(tree: Tree) -> None:
    tree.lay(lost=["parts/keys/"])
    for root in ("", "fr/"):
        tree.write(f"1.10/{root}parts/keys/index.html", stub("../../setup/"))
    assert {one.rule for one in tree.check()} <= {"version-lost-anchor"}
    assert reported(tree.check()) == {
        ("version-lost-anchor", f"1.9/{root}parts/keys/index.html", "#title-parts-keys") for root in ("", "fr/")
    }


def test_a_redirect_of_the_version_before_must_not_be_lost_either(tree: Tree) -> None:
    tree.write("1.9/ancient/index.html", stub("../setup/"))
    found = tree.check()
    assert reported(found) == {("version-lost-page", "1.9/ancient/index.html", "latest/ancient/")}
    assert "1.9 redirected from there" in str(found[0].message)
    tree.write("1.10/ancient/index.html", stub("../setup/"))
    assert reported(tree.check()) == set()


def test_what_an_earlier_version_or_a_preview_had_is_nothing_new(tree: Tree) -> None:
    for version in ("1.2", "dev"):
        tree.write(f"{version}/ancient/index.html", stub("../setup/"))
        tree.add(f"{version}/setup/index.html", '<h2 id="ancient">Ancient</h2>')
    assert reported(tree.check()) == set()


@pytest.mark.parametrize(
    ("latest", "previous"),
    [("1.10", "1.9"), ("1.9", "1.2"), ("1.2", ""), ("dev", ""), ("v2", "1.10"), ("2.0.1", "1.10")],
)
def test_the_version_before_is_the_newest_older_release(latest: str, previous: str) -> None:
    assert versions_json.previous(VERSIONS, latest) == previous


def test_latest_may_be_an_earlier_release(tree: Tree) -> None:
    tree.delete("latest")
    tree.link("latest", "1.9")
    tree.enlist([("1.10", []), ("1.9", ["latest"]), ("1.2", ["old"]), ("dev", [])])
    tree.add("1.10/setup/index.html", '<h2 id="new">New</h2>')
    tree.add("1.2/setup/index.html", '<h2 id="older">Older</h2>')
    assert reported(tree.check()) == {("version-lost-anchor", "1.2/setup/index.html", "#older")}


def test_without_latest_the_newest_release_is_meant(tree: Tree) -> None:
    for version in VERSIONS:
        for path in sorted((tree.folder / version).rglob("*.html")):
            text = path.read_text("utf-8")
            path.write_text(text.replace("/latest/", f"/{version}/"), "utf-8")
    for name in ("index.html", "404.html", "sitemap.xml"):
        tree.write(name, tree.text(name).replace("latest/", "1.10/"))
    tree.delete("latest")
    tree.enlist([("1.10", []), ("1.9", []), ("1.2", ["old"]), ("dev", [])])
    tree.add("1.9/setup/index.html", '<h2 id="lost">Lost</h2>')
    found = tree.check()
    assert reported(found) == {("version-lost-anchor", "1.9/setup/index.html", "#lost")}
    assert "“1.10/setup/”" in str(found[0].message)


@pytest.mark.parametrize("markup", ['<h2 id="{}">x</h2>', "<p id={}>x</p>", '<a name="{}"></a>', '<a id="{}"></a>'])
def test_an_anchor_that_latest_has_lost(tree: Tree, markup: str) -> None:
    tree.add("1.9/setup/index.html", f"<b>y</b> {markup.format('api-keys')}")
    found = tree.check()
    assert reported(found) == {("version-lost-anchor", "1.9/setup/index.html", "#api-keys")}
    line = tree.text("1.9/setup/index.html").splitlines()[found[0].location.line - 1]
    assert line[found[0].location.column - 1 :].startswith("api-keys")
    assert found[0].severity.value == "warning"


@pytest.mark.parametrize(
    "block",
    [
        '<input id="__tabbed_9_9">',
        '<sup id="fnref:9"></sup><sup id="fnref2:9"></sup><p id="fn:9">x</p>',
        '<svg><marker id="point"></marker></svg>',
    ],
)
def test_an_anchor_that_nobody_links_to_may_go(tree: Tree, block: str) -> None:
    tree.add("1.9/setup/index.html", block)
    assert reported(tree.check()) == set()


def test_an_anchor_outside_of_the_article_is_the_themes(tree: Tree) -> None:
    tree.replace("1.9/setup/index.html", "</article>", '</article><p id="footer">x</p>')
    assert reported(tree.check()) == set()


def test_a_lost_anchor_is_sought_on_its_page_and_where_it_went(tree: Tree) -> None:
    tree.add("1.9/setup/index.html", '<h2 id="event-names">x</h2>')
    tree.add("1.10/setup/index.html", '<h2 id="events-names">x</h2>')
    assert suggestions(tree.check(), "version-lost-anchor") == {"latest/setup/#events-names"}
    tree.add("1.10/parts/keys/index.html", '<h2 id="event-names">x</h2>')
    assert suggestions(tree.check(), "version-lost-anchor") == {"latest/parts/keys/#event-names"}
    tree.add("1.9/parts/keys/index.html", '<h2 id="event-names">x</h2>')  # it has been there before
    assert suggestions(tree.check(), "version-lost-anchor") == {"latest/setup/#events-names"}


def test_an_anchor_is_sought_behind_redirects(tree: Tree) -> None:
    tree.write("1.9/first/index.html", page("en", "first/", at="1.9"))
    tree.write("1.10/first/index.html", stub("../second/"))
    tree.write("1.10/second/index.html", stub("../setup/"))
    found = [one for one in tree.check() if one.rule == "version-lost-anchor"]
    assert reported(found) == {("version-lost-anchor", "1.9/first/index.html", "#title-first")}


# Equal files


def test_a_problem_of_equal_files_is_reported_once_with_its_versions(tree: Tree) -> None:
    for version in ("1.10", "1.9", "1.2"):
        tree.add(f"{version}/setup/index.html", '<a href="../nowhere/">x</a>')
    found = tree.check()
    assert reported(found) == {("link-missing-page", "1.10/setup/index.html", "../nowhere/")}
    assert "The same file is in 1.9, 1.2." in str(found[0].message)


def test_equal_files_are_judged_by_what_is_around_them(tree: Tree) -> None:
    """The same link is dead in one version only."""
    for version in VERSIONS:
        tree.add(f"{version}/setup/index.html", '<a href="../extra.txt">x</a> <a href="../parts/keys/#more">y</a>')
        if version != "1.9":
            tree.write(f"{version}/extra.txt", "Extra.")
            tree.add(f"{version}/parts/keys/index.html", '<p id="more">x</p>')
    assert reported(tree.check()) == {
        ("asset-missing", "1.9/setup/index.html", "../extra.txt"),
        ("link-missing-anchor", "1.9/setup/index.html", "../parts/keys/#more"),
    }


def test_two_processes_find_what_one_finds(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    for version in ("1.10", "1.9", "1.2"):
        tree.add(f"{version}/setup/index.html", '<a href="../nowhere/">x</a> <a href="../../old/setup/">y</a>')
    tree.add("1.9/parts/keys/index.html", '<h2 id="lost">x</h2>')
    one = tree.check()
    monkeypatch.setattr("docsite.built_site.runner.MIN_PAGES_FOR_WORKERS", 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert tree.check() == one
    assert len(one) == 3


def test_two_processes_do_not_wait_for_each_other(tmp_path: Path) -> None:
    """What each has to tell is more than a pipe holds."""
    names = [f"p{number}" for number in range(402)]
    links = "".join(f'<a href="../{name}/">x</a>' for name in names)
    for number, name in enumerate(names):
        ids = "".join(f'<b id="{name}-of-a-long-page-{at}"></b>' for at in range(150))
        path = tmp_path / "site" / name / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(f'<html lang="en">{ids}{"" if number else links}</html>', "utf-8")
    last = tmp_path / "site/p401/index.html"
    last.write_text(last.read_text("utf-8") + '<a href="../p0/">x</a>', "utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "docs").mkdir()
    command = [sys.executable, "-m", "docsite", "check-site", "site"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60, encoding="utf-8")
    assert done.stdout.startswith("0 errors, 0 warnings in 402 pages"), done.stdout + done.stderr


# The command


def run(tree: Tree, *arguments: str) -> tuple[int, dict[str, Any]]:
    report = tree.folder.parent / "report.json"
    command = ["check-site", str(tree.folder), "-f", str(tree.config), "--format", "json", "--output", str(report)]
    code = main([*command, *arguments])
    return code, json.loads(report.read_text("utf-8"))


def test_the_options_of_every_check_hold_here_too(tree: Tree) -> None:
    tree.add("1.9/setup/index.html", '<h2 id="lost">x</h2>\n<a href="../../1.2/setup/">x</a>')
    code, report = run(tree)
    assert code == 1
    assert [one["rule"] for one in report["findings"]] == ["version-lost-anchor", "version-link"]
    assert run(tree, "--ignore", "version-link")[0] == 0
    assert [one["rule"] for one in run(tree, "--select", "version-lost")[1]["findings"]] == ["version-lost-anchor"]
    known = str(tree.folder.parent / "known.json")
    run(tree, "--baseline", known, "--update-baseline")
    code, report = run(tree, "--baseline", known)
    assert (code, report["findings"]) == (0, [])
    ignore = 'extra: {docsite: {ignore: {"tree/1.9/**": [version-link]}}}\n'
    tree.config.write_text(CONFIG + ignore, "utf-8")
    assert [one["rule"] for one in run(tree)[1]["findings"]] == ["version-lost-anchor"]

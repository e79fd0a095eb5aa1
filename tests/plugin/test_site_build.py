"""The tiny guide of tests/site, built, broken and previewed by the real MkDocs."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.commands import run_docsite, run_mkdocs

ROOT = Path(__file__).parents[2]
SITE = ROOT / "tests/site"
NONCHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


class Done(NamedTuple):
    """A run of MkDocs."""

    code: int
    log: str
    site: Path


def mkdocs(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", *map(str, arguments)]


def environment() -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "NO_COLOR": "1"}


def build(config_file: Path, site: Path, *options: str) -> Done:
    done = run_mkdocs("build", *options, "-f", config_file, "-d", site)
    return Done(done.returncode, done.stdout + done.stderr, site)


def copied(folder: Path) -> Path:
    """A copy of the tiny guide whose hooks and templates are still the real ones; returns its mkdocs.yml."""
    shutil.copytree(SITE, folder)
    config_file = folder / "mkdocs.yml"
    config_file.write_text(config_file.read_text("utf-8").replace("../../", f"{ROOT.as_posix()}/"), "utf-8")
    return config_file


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@dataclass(frozen=True)
class Html:
    """A page of the built site."""

    tree: LexborHTMLParser

    def one(self, selector: str) -> LexborNode:
        (found,) = self.tree.css(selector)
        return found

    def attribute(self, selector: str, name: str) -> str:
        value = self.one(selector).attributes.get(name)
        assert value is not None, (selector, name)
        return value

    def href(self, name: str) -> str:
        return self.attribute(f"article .{name}", "href")

    def src(self, name: str) -> str:
        return self.attribute(f"article .{name}", "src")

    def ids(self) -> list[str]:
        return [str(node.attributes["id"]) for node in self.tree.css("article [id]")]

    def words(self, selector: str = "article") -> str:
        return " ".join(self.one(selector).text(separator=" ").split())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """The tiny guide. Not strictly, so that what else is right can be seen; the log is tested for itself."""
    done = build(SITE / "mkdocs.yml", tmp_path_factory.mktemp("built") / "site", "--no-strict")
    assert done.code == 0, done.log
    return done


@pytest.fixture(scope="session")
def page(built: Done) -> Callable[[str], Html]:
    def read(address: str) -> Html:
        return Html(LexborHTMLParser((built.site / address / "index.html").read_text("utf-8")))

    return read


Read = Callable[[str], Html]


# The build as a whole


def test_nothing_but_moved_links_is_logged_as_a_warning(built: Done) -> None:
    logged = [line for line in built.log.splitlines() if line.startswith(("WARNING", "ERROR"))]
    # The French pages of this site are shorter than the English ones.
    logged = [line for line in logged if "[translation-" not in line]
    assert len(logged) == 3
    assert all(line.startswith("WARNING") and line.endswith("[link-moved]") for line in logged)
    assert "docs/en/links.md:41:11: warning: “/api/old_key/” has moved to “/api/key/”." in logged[0]


def test_a_strict_build_succeeds_and_logs_what_is_no_error_as_information(tmp_path: Path) -> None:
    done = build(SITE / "mkdocs.yml", tmp_path / "site")
    assert done.code == 0, done.log
    assert len([line for line in done.log.splitlines() if "[link-moved]" in line]) == 3
    assert not [line for line in done.log.splitlines() if line.startswith(("WARNING", "ERROR"))]


def test_no_mark_of_the_dialect_is_left_anywhere(built: Done) -> None:
    texts = [path for path in built.site.rglob("*") if path.suffix in {".html", ".json", ".xml", ".txt"}]
    assert len(texts) > 25
    assert [path for path in texts if NONCHARACTER.search(path.read_text("utf-8"))] == []


def test_no_liquid_is_left_outside_code_and_raw(page: Read) -> None:
    for address in ("", "fr", "links", "fr/links", "fr/constructs"):
        assert not re.search(r"\{[{%]|[}%]\}", page(address).words()), address


def test_includes_and_data_are_not_published(built: Done) -> None:
    names = {path.name for path in built.site.rglob("*")}
    assert not names & {"_includes", "data", "upstream.yml", "glossary.yml", "steps.yml", "greeting.md", "rows.md"}
    assert not any("greeting" in name or "rows" in name for name in names)
    assert "What a program shows to be let in." not in (built.site / "index.html").read_text("utf-8")
    index = json.loads((built.site / "search/search_index.json").read_text("utf-8"))
    assert not any("_includes" in entry["location"] for entry in index["docs"])


def test_every_internal_link_and_image_leads_to_something(built: Done) -> None:
    """Also on pages that stand in for a missing translation."""
    broken = []
    for path in built.site.rglob("*.html"):
        if path.name == "404.html":
            continue
        address = path.relative_to(built.site).as_posix().removesuffix("index.html")
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for node in tree.css("article [href], article [src], nav [href]"):
            link = str(node.attributes.get("href") or node.attributes.get("src") or "")
            target, fragment = urldefrag(urljoin(f"http://site/{address}", link))
            if not target.startswith("http://site/"):
                continue
            file = built.site / unquote(target.removeprefix("http://site/").partition("?")[0])
            file = file / "index.html" if file.is_dir() else file
            if not file.is_file():
                broken.append((address, link))
            elif fragment and not fragment.startswith("__"):
                ids = {n.attributes.get("id") for n in LexborHTMLParser(file.read_text("utf-8")).css("[id]")}
                if unquote(fragment) not in ids:
                    broken.append((address, link))
    assert broken == []


# Links

UP = "https://www.example.org/docs"


@pytest.mark.parametrize(
    ("address", "name", "href"),
    [
        ("links", "md-same", "../constructs/"),
        ("links", "md-anchor", "../constructs/#details"),
        ("links", "md-spaced", "../constructs/"),
        ("links", "md-bare", "../constructs/"),
        ("links", "md-deep", "../guides/advanced/deep/"),
        ("links", "md-section", "../guides/"),
        ("links", "md-home", "../"),
        ("links", "md-alias", "../constructs/"),
        ("links", "md-relative", "../constructs/#details"),
        ("links", "md-reference", "../constructs/"),
        ("links", "md-here", "#same-page"),
        ("links", "md-top", "#"),
        ("links", "up-page", f"{UP}/api/limits/"),
        ("links", "up-anchor", f"{UP}/api/key/#create-a-key"),
        ("links", "up-query", f"{UP}/api/limits/?tab=a&sort=b"),
        ("links", "up-moved", f"{UP}/api/key/#create-a-key"),
        ("links", "up-moved-anchor", f"{UP}/api/key/#create-a-key"),
        ("links", "up-own", f"{UP}/news/"),
        ("links", "html-same", "../constructs/#details"),
        ("links", "html-single", "../guides/"),
        ("links", "html-up", f"{UP}/api/limits/?tab=a&sort=b"),
        ("links", "html-inline", "../constructs/"),
        ("links", "ext", "https://example.net/a(b)"),
        ("links", "mail", "mailto:me@example.net"),
        ("fr/links", "md-same", "../constructs/"),
        ("fr/links", "md-anchor", "../constructs/#details"),
        ("fr/links", "md-alias-anchor", "../constructs/#details"),
        ("fr/links", "md-encoded-anchor", "../constructs/#details"),
        ("fr/links", "md-deep", "../guides/advanced/deep/"),
        ("fr/links", "md-home", "../"),
        ("fr/links", "md-own", "../seulement/"),
        ("fr/links", "md-here", "#same-page"),
        ("fr/links", "up-page", f"{UP}/fr/api/limits/"),
        ("fr/links", "up-anchor", f"{UP}/fr/api/key/#créer-une-clé"),
        ("fr/links", "up-moved", f"{UP}/fr/api/key/"),
        ("fr/links", "up-own", f"{UP}/fr/actualites/"),
        ("fr/links", "html-same", "../constructs/#details"),
        ("fr/links", "html-up", f"{UP}/fr/api/limits/"),
        ("", "md-none", ""),
        ("guides/advanced/deep", "md-far", "../../../links/#upstream"),
        ("guides/advanced/deep", "md-near", "../../b-first/"),
        ("guides/advanced/deep", "html-far", "../../../links/"),
        ("fr/guides/advanced/deep", "md-far", "../../../links/#upstream"),
        ("fr/guides/advanced/deep", "md-near", "../../b-first/"),
        ("fr/guides/advanced/deep", "html-far", "../../../links/"),
        ("guides", "md-home", "../"),
        ("guides", "md-deep", "advanced/deep/"),
        ("fr/untranslated", "md-same", "../links/"),
        ("fr/untranslated", "html-same", "../links/"),
    ],
)
def test_a_link_leads_to_its_place_in_its_language(page: Read, address: str, name: str, href: str) -> None:
    if name == "md-none":  # the home page names no classes: look at all of its links
        links = [str(a.attributes["href"]) for a in page(address).tree.css("article p a")]
        assert [unquote(link) for link in links] == ["links/#same-page", "guides/", f"{UP}/api/key/"]
        return
    assert unquote(page(address).href(name)) == href


def test_links_inside_the_language_have_no_hreflang(page: Read) -> None:
    for address in ("links", "fr/links"):
        for node in page(address).tree.css("article a[hreflang]"):
            assert "foreign" in str(node.attributes.get("class"))


@pytest.mark.parametrize(
    ("address", "name", "target", "language"),
    [
        ("links/", "md-foreign", "fr/seulement/#détail", "fr"),
        ("links/", "md-foreign-reference", "fr/seulement/", "fr"),
        ("links/", "html-foreign", "fr/seulement/", "fr"),
        ("links/", "html-inline-foreign", "fr/seulement/", "fr"),
        ("links/", "up-foreign", f"{UP}/fr/actualites/", "fr"),
        ("links/", "html-up-foreign", f"{UP}/fr/actualites/", "fr"),
        ("fr/links/", "up-foreign", f"{UP}/news/", "en"),
        ("fr/links/", "html-foreign", "untranslated/", "en"),
    ],
)
def test_a_link_to_the_other_language_goes_there_and_says_so(
    page: Read, address: str, name: str, target: str, language: str
) -> None:
    html = page(address)
    where = unquote(urljoin(f"http://site/{address}", html.href(name))).removeprefix("http://site/")
    assert where == target
    assert html.attribute(f"article .{name}", "hreflang") == language


def test_a_link_to_an_untranslated_page_says_that_it_is_in_english(page: Read) -> None:
    """Either address will do: the English page, or the page that stands in for its translation."""
    html = page("fr/links")
    assert html.href("md-foreign") in ("../untranslated/#detail", "../../untranslated/#detail")
    assert html.attribute("article .md-foreign", "hreflang") == "en"


@pytest.mark.parametrize(
    ("address", "name", "target"),
    [
        ("links/", "img-box", "assets/images/box.svg"),
        ("links/", "img-sketch", "assets/sketch.svg"),
        ("links/", "img-relative", "assets/images/box.svg"),
        ("links/", "img-busted", "assets/images/box.svg"),
        ("links/", "img-html", "assets/images/box.svg"),
        ("fr/links/", "img-box", "assets/images/box.svg"),
        ("fr/links/", "img-sketch", "fr/assets/sketch.svg"),
        ("fr/links/", "img-html", "assets/images/box.svg"),
        ("guides/advanced/deep/", "img-box", "assets/images/box.svg"),
        ("fr/guides/advanced/deep/", "img-box", "assets/images/box.svg"),
        ("untranslated/", "img-html", "assets/images/box.svg"),
        ("fr/untranslated/", "img-box", "assets/images/box.svg"),
        ("fr/untranslated/", "img-html", "assets/images/box.svg"),
    ],
)
def test_an_image_is_there(built: Done, page: Read, address: str, name: str, target: str) -> None:
    where = urljoin(f"http://site/{address}", page(address).src(name)).removeprefix("http://site/")
    assert where == target
    assert (built.site / where).is_file()


def test_a_srcset_is_resolved_address_by_address(page: Read) -> None:
    wanted = "../assets/images/box.svg 1x, ../assets/images/box.svg?big 2x"
    assert page("links").attribute("img.img-html", "srcset") == wanted


def test_code_keeps_the_text_of_a_link(page: Read) -> None:
    for address, base in (("links", "/docs"), ("fr/links", "/docs/fr")):
        assert f"[code]({base}/constructs/)" in page(address).words()


# Ids


def test_headings_have_the_same_ids_in_both_languages(page: Read) -> None:
    for key in ("constructs", "links"):
        english, french = (
            [str(node.attributes.get("id")) for node in page(address).tree.css("article :is(h1, h2, h3)")]
            for address in (key, f"fr/{key}")
        )
        assert english == french


def test_explicit_and_numbered_ids(page: Read) -> None:
    ids = page("constructs").ids()
    wanted = ["constructs", "details", "the-panel", "details-again", "details-1", "api-key", "sdk"]
    assert [name for name in ids if name in wanted] == wanted


def test_slugs_of_the_translation_stay_as_anchors(page: Read) -> None:
    html = page("fr/constructs")
    for heading, alias in (("details", "détails"), ("tabs", "onglets"), ("details-1", "détails-1")):
        assert html.one(f"[id='{heading}'] > [id='{alias}']").tag == "span"


def test_no_id_occurs_twice(page: Read) -> None:
    for address in ("constructs", "fr/constructs", "links", "fr/links"):
        ids = page(address).ids()
        assert len(ids) == len(set(ids)), address


# Old addresses


@pytest.mark.parametrize(
    ("old", "new", "title", "language"),
    [
        ("old/links/", "links/", "Links", "en"),
        ("older/links/", "links/", "Links", "en"),
        ("former/constructs/", "constructs/", "Constructs", "en"),
        ("old/untranslated/", "untranslated/", "Untranslated", "en"),
        ("fr/anciens/liens/", "fr/links/", "Liens", "fr"),
    ],
)
def test_an_old_address_redirects(page: Read, old: str, new: str, title: str, language: str) -> None:
    html = page(old)
    refresh = html.attribute("meta[http-equiv=refresh]", "content")
    to = refresh.partition("url=")[2]
    assert urljoin(f"http://site/{old}", to) == f"http://site/{new}"
    assert html.attribute("link[rel=canonical]", "href") == f"https://docs.example.com/tiny/{new}"
    assert html.attribute("html", "lang") == language
    assert html.attribute("body a", "href") == to
    assert html.one("title").text() == title
    assert "noindex" in html.attribute("meta[name=robots]", "content")


def test_old_addresses_are_not_in_the_sitemap(built: Done) -> None:
    text = (built.site / "sitemap.xml").read_text("utf-8")
    assert "https://docs.example.com/tiny/fr/links/" in text
    assert "old/links" not in text


# Navigation and head


def navigation(html: Html) -> list[str]:
    return [" ".join(node.text().split()) for node in html.tree.css(".md-nav--primary a.md-nav__link")]


def test_the_navigation_has_the_order_and_titles_that_pages_ask_for(page: Read) -> None:
    guides = ["Guides", "First", "Second", "Tie A", "Tie B", "Deep", "Last"]
    assert navigation(page("")) == ["Start", "Links", "Constructs", "Untranslated", *guides]
    guides = ["Modes d’emploi", "Premier", "Second", "Égal A", "Égal B", "Profond", "Dernier"]
    assert navigation(page("fr")) == ["Départ", "Liens", "Constructions", "Seulement", "Untranslated", *guides]


@pytest.mark.parametrize(("language", "title"), [("", "Guides"), ("fr", "Modes d’emploi")])
def test_a_section_has_the_title_of_its_index_page(page: Read, language: str, title: str) -> None:
    labels = page(language).tree.css(".md-nav__item--nested > nav > .md-nav__title")
    assert title in [" ".join(label.text().split()) for label in labels]


def test_pages_lead_to_the_next_one_in_that_order(page: Read) -> None:
    address, seen = "", []
    while True:
        seen.append(address)
        link = page(address).tree.css_first("link[rel=next]")
        if link is None:
            break
        address = urljoin(f"http://site/{address}", str(link.attributes["href"])).removeprefix("http://site/")
    expected = ["", "links/", "constructs/", "untranslated/", "guides/", "guides/b-first/", "guides/a-second/"]
    assert seen[: len(expected)] == expected
    assert seen[-2:] == ["guides/advanced/deep/", "guides/c-last/"]


@pytest.mark.parametrize(
    ("address", "title", "description", "label"),
    [
        ("", "The tiny guide - Tiny guide", "Where the tiny guide begins.", "Overview"),
        ("links", "Every kind of link - Tiny guide", "Links of every kind.", "Reference"),
        ("constructs", "Every construct - Tiny guide", "Every construct of the dialect.", "Tutorial"),
        ("guides", "Guides - Tiny guide", "The section of guides.", ""),
        ("guides/b-first", "First - Tiny guide", "A guide with one of everything.", ""),
        ("fr", "Le petit guide - Petit guide", "Où commence le petit guide.", "Présentation"),
        ("fr/links", "Toutes sortes de liens - Petit guide", "Des liens de toutes sortes.", "Référence"),
        (
            "fr/constructs",
            "Toutes les constructions - Petit guide",
            "Toutes les constructions du dialecte.",
            "Tutoriel",
        ),
        ("fr/guides/b-first", "Premier - Petit guide", "Un guide avec un peu de tout.", ""),
    ],
)
def test_title_description_and_type(page: Read, address: str, title: str, description: str, label: str) -> None:
    html = page(address)
    assert html.one("title").text() == title
    assert html.attribute("meta[name=description]", "content") == description
    assert html.attribute("meta[property='og:title']", "content") == title.rpartition(" - ")[0]
    assert [node.text() for node in html.tree.css(".page-type")] == ([label] if label else [])
    assert html.attribute("html", "lang") == ("fr" if address.startswith("fr") else "en")


# Constructs


def titles(html: Html, selector: str) -> list[str]:
    return [node.text().strip() for node in html.tree.css(f"article {selector}")]


def test_alerts_have_titles_in_the_language_of_the_page(page: Read) -> None:
    kinds = ("note", "warning", "tip", "important", "update", "info")
    found = {kind: titles(page("constructs"), f".admonition.{kind} > .admonition-title") for kind in kinds}
    wanted = ("Note", "Warning", "Tip", "Important", "Update", "Information")
    assert found == {kind: [title] for kind, title in zip(kinds, wanted, strict=True)}
    html = page("fr/constructs")
    assert titles(html, ".admonition-title") == ["Remarque", "Avertissement"]


def test_a_tight_list_stays_tight(page: Read) -> None:
    assert not page("links").tree.css("article ul > li > p")


def test_alerts_hold_markdown_and_each_other(page: Read) -> None:
    html = page("constructs")
    assert html.one(".admonition.note em").text() == "emphasis"
    assert titles(html, ".admonition.warning > ul > li") == ["one", "two"]
    assert html.tree.css_matches("article .admonition.warning .highlight code")
    assert html.tree.css_matches("article .admonition.warning > .admonition.tip")
    assert html.tree.css_matches("article ol > li .admonition.important")
    assert html.tree.css_matches("article .tabbed-block .admonition.info")
    assert html.tree.css_matches("article table.reset-td-br-1 td .admonition.update")


def test_tabs_and_subtabs(page: Read) -> None:
    html = page("constructs")
    outer = html.one("article > .tabbed-set")
    assert [node.text() for node in outer.css(".tabbed-labels > label")] == ["One", "Two", "Inner", "Other"]
    assert len(html.tree.css("article .tabbed-set .tabbed-set")) == 1
    assert titles(page("fr/constructs"), ".tabbed-labels > label") == ["Un", "Deux"]


def test_details_and_declared_blocks(page: Read) -> None:
    html = page("constructs")
    assert html.one("article details summary").text() == "More about it"
    assert html.tree.css_matches("article details summary em")
    assert html.href("in-details") == "../links/"
    assert html.one("article div.panel strong").text() == "settings"


def test_logic_includes_raw_and_data(page: Read) -> None:
    words = page("constructs").words()
    for wanted in ("CAPTURED ASSIGNED", "if-yes", "unless-yes", "case-yes", "{{${first_name}}} and {% alert %}"):
        assert wanted in words
    for unwanted in ("nonsense", "if-no", "case-no"):
        assert unwanted not in words
    assert "Included for Ann : limits" in words.replace(" :", " :")
    assert [node.text() for node in page("constructs").tree.css("article td")][1:] == ["Plan", "Build"]
    assert [node.text() for node in page("fr/constructs").tree.css("article td")] == ["Planifier", "Construire"]
    assert "Software development kit." in words
    assert "Ce qu’un programme présente pour entrer." in page("fr/constructs").words()
    assert page("").one("article h1").text().startswith("Welcome to Acme")


def test_attribute_lists(page: Read) -> None:
    html = page("constructs")
    lead = html.one("article p#lead")
    assert lead.attributes["class"] == "lead"
    assert lead.attributes["data-kind"] == "x"
    assert html.one("article ul.shared").text().strip() == "item"
    assert len(html.tree.css("article ul ul ul")) == 1


# Errors

FAULTS = {
    "docs/en/index.md": ("{{ site.product }}", "{{ site.prodcut }}\n\n{% alret note %}x{% endalret %}"),
    "docs/fr/index.md": ("{{ site.product }}", "{{ site.product | upcas }}"),
    "docs/en/links.md": ("/constructs/#details){: .md-anchor}", "/constructs/#nowhere){: .md-anchor}"),
    "docs/fr/links.md": ("{{site.baseurl}}/guides/advanced/deep/", "{{site.baseurl}}/guides/advanced/depe/"),
    "docs/_includes/greeting.md": ("{{ include.name }}", "{{ nam }}"),
    "docs/fr/guides/b-first.md": ("page_order: 1", "page_order: first"),
    "docs/en/guides/b-first.md": ("---\n\n", "\n"),
}
SHOWN = (
    ("docs/_includes/greeting.md:1:18: error: ", "[liquid-unknown-variable]"),
    ("docs/en/guides/b-first.md:1:1: error: ", "[front-matter-unclosed]"),
    ("docs/en/index.md:9:17: error: ", "[liquid-unknown-variable]"),
    ("docs/en/index.md:11:4: error: ", "Did you mean alert? [liquid-unknown-tag]"),
    ("docs/en/links.md:17:17: error: ", "[link-missing-anchor]"),
    ("docs/fr/guides/b-first.md:3:1: error: ", "[front-matter-type]"),
    ("docs/fr/index.md:9:36: error: ", "Did you mean upcase? [liquid-unknown-filter]"),
    ("docs/fr/links.md:19:13: error: ", "Did you mean {{site.baseurl}}/guides/advanced/deep/? [link-missing-page]"),
)


@pytest.mark.parametrize(("option", "level", "code"), [("--strict", "ERROR", 1), ("--no-strict", "WARNING", 0)])
def test_all_problems_of_all_pages_are_reported_in_one_run(tmp_path: Path, option: str, level: str, code: int) -> None:
    """Strict, they end the build; otherwise the site is built as far as it can be."""
    config_file = copied(tmp_path / "guide")
    for name, (old, new) in FAULTS.items():
        change(tmp_path / "guide" / name, old, new)
    done = build(config_file, tmp_path / "site", option)
    assert done.code == code, done.log
    logged = [line for line in done.log.splitlines() if line.startswith(level) and ": error: " in line]
    for place, rule in SHOWN:
        assert [line for line in logged if place in line and line.endswith(rule)], (place, done.log)
    assert len(logged) == len(SHOWN), logged
    assert ("Aborted with 8 errors in strict mode!" in done.log) == bool(code)
    assert "Traceback" not in done.log
    assert "<p>Nested.</p>" in (tmp_path / "site/constructs/index.html").read_text("utf-8")


def test_the_command_and_the_build_find_the_same(tmp_path: Path) -> None:
    config_file = copied(tmp_path / "guide")
    for name, (old, new) in FAULTS.items():
        change(tmp_path / "guide" / name, old, new)
    done = build(config_file, tmp_path / "site")
    checked = run_docsite("check", "--format", "json", "-f", config_file)
    assert checked.returncode == 1
    for finding in json.loads(checked.stdout)["findings"]:
        assert f"{finding['path']}:{finding['line']}:{finding['column']}: {finding['severity']}: " in done.log


# Other settings


def test_an_unknown_key_of_the_settings_is_a_clear_error(tmp_path: Path) -> None:
    config_file = copied(tmp_path / "guide")
    change(config_file, "  docsite:\n", "  docsite:\n    inclueds: parts\n")
    line = config_file.read_text("utf-8").splitlines().index("    inclueds: parts") + 1
    done = build(config_file, tmp_path / "site")
    assert done.code == 1
    assert f"mkdocs.yml:{line}:5: Unknown key “inclueds”. Did you mean includes?" in done.log
    assert "Traceback" not in done.log


PLAIN = """\
site_name: Plain
site_url: https://plain.example.com/
strict: true
hooks: [{root}/hooks/site_events.py]
theme: {{name: material, font: false{theme}}}
{more}
"""
PLAIN_PAGES = {
    "index.md": "# Home\n\n[other]({{site.baseurl}}/other/#part)\n\n{% alert note %}\nA *note*.\n{% endalert %}\n",
    "other.md": "---\naliases: [/former/]\n---\n# Other\n\n## Part\n\n<a class='raw' href='{{site.baseurl}}/'>x</a>\n",
}


def plain(folder: Path, more: str = "", theme: str = "") -> Path:
    """A guide in one language, whose mkdocs.yml says nothing of docsite."""
    for name, text in PLAIN_PAGES.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    config_file = folder / "mkdocs.yml"
    config_file.write_text(PLAIN.format(root=ROOT.as_posix(), more=more, theme=theme), "utf-8")
    return config_file


def parsed(path: Path) -> Html:
    return Html(LexborHTMLParser(path.read_text("utf-8")))


def test_a_guide_without_i18n_and_without_settings(tmp_path: Path) -> None:
    done = build(plain(tmp_path), tmp_path / "site")
    assert done.code == 0, done.log
    home = parsed(done.site / "index.html")
    assert home.attribute("article p a", "href") == "other/#part"
    assert home.one(".admonition.note > .admonition-title").text() == "Note"
    assert parsed(done.site / "other/index.html").href("raw") == "../"
    assert "../other/" in parsed(done.site / "former/index.html").attribute("meta[http-equiv=refresh]", "content")


def test_a_guide_in_french_only(tmp_path: Path) -> None:
    done = build(plain(tmp_path, theme=", language: fr"), tmp_path / "site")
    assert done.code == 0, done.log
    assert parsed(done.site / "index.html").one(".admonition.note > .admonition-title").text() == "Remarque"


def test_a_guide_without_directory_urls(tmp_path: Path) -> None:
    done = build(plain(tmp_path, "use_directory_urls: false"), tmp_path / "site")
    assert done.code == 0, done.log
    assert parsed(done.site / "index.html").attribute("article p a", "href") == "other.html#part"
    assert parsed(done.site / "other.html").href("raw") == "index.html"
    assert "../other.html" in parsed(done.site / "former/index.html").attribute("meta[http-equiv=refresh]", "content")


def test_the_tiny_guide_without_directory_urls(tmp_path: Path) -> None:
    config_file = copied(tmp_path / "guide")
    change(config_file, "strict: true", "use_directory_urls: false")
    done = build(config_file, tmp_path / "site")
    assert done.code == 0, done.log
    english, french = parsed(done.site / "links.html"), parsed(done.site / "fr/links.html")
    assert english.href("md-same") == english.href("html-inline") == "constructs.html"
    assert french.href("md-same") == "constructs.html"
    assert french.href("html-same") == "constructs.html#details"
    assert english.href("html-foreign") == "fr/seulement.html"
    assert parsed(done.site / "guides/advanced/deep.html").href("html-far") == "../../links.html"
    assert "../../links.html" in parsed(done.site / "old/links/index.html").attribute("body a", "href")


def test_an_old_address_that_ends_in_html_redirects_from_there(tmp_path: Path) -> None:
    config_file = plain(tmp_path)
    change(tmp_path / "docs/other.md", "[/former/]", "[/old/page.html, '/vieil%20été/']")
    change(tmp_path / "docs/index.md", "/other/#part", "/vieil%20été/#part")
    done = build(config_file, tmp_path / "site")
    assert done.code == 0, done.log
    assert "../other/" in (done.site / "old/page.html").read_text("utf-8")
    assert "../other/" in (done.site / "vieil été/index.html").read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
def test_a_guide_reached_through_a_symbolic_link(tmp_path: Path) -> None:
    """As on macOS, where /tmp is one."""
    copied(tmp_path / "guide")
    (tmp_path / "link").symlink_to(tmp_path / "guide", target_is_directory=True)
    done = build(tmp_path / "link/mkdocs.yml", tmp_path / "site", "--no-strict")
    assert done.code == 0, done.log
    names = {path.name for path in done.site.rglob("*")}
    assert not names & {"_includes", "data", "upstream.yml", "greeting"}
    assert parsed(done.site / "links/index.html").href("md-same") == "../constructs/"


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights there")
def test_a_page_that_is_a_symbolic_link(tmp_path: Path) -> None:
    config_file = plain(tmp_path)
    (tmp_path / "docs/other.md").rename(tmp_path / "elsewhere.md")
    (tmp_path / "docs/other.md").symlink_to(tmp_path / "elsewhere.md")
    done = build(config_file, tmp_path / "site")
    assert done.code == 0, done.log
    assert parsed(done.site / "other/index.html").href("raw") == "../"


# The live preview


class Preview:
    """`mkdocs serve` of a guide."""

    def __init__(self, process: subprocess.Popen[bytes], address: str, log: Path) -> None:
        self.process = process
        self.address = address
        self.log = log

    def get(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.address}{path}", timeout=5) as answer:
            text: str = answer.read().decode("utf-8")
            return text

    def wait(self, path: str, right: Callable[[str], bool], seconds: float = 40) -> str:
        """The page, once it is as wanted."""
        end, text = time.monotonic() + seconds, ""
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text("utf-8")
            try:
                text = self.get(path)
            except (urllib.error.URLError, OSError):
                text = ""
            if text and right(text):
                return text
            time.sleep(0.2)
        raise AssertionError(f"{path} never became right: {text[-2000:]}\n{self.log.read_text('utf-8')}")

    def wait_for_failure(self, path: str, seconds: float = 20) -> str:
        """What is shown once the site cannot be built."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                self.get(path)
            except urllib.error.HTTPError as failed:
                return failed.read().decode("utf-8")
            except OSError:
                pass
            time.sleep(0.2)
        raise AssertionError(self.log.read_text("utf-8"))


@contextmanager
def serving(config_file: Path, log: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = mkdocs("serve", "-f", config_file, "--dev-addr", f"127.0.0.1:{port}")
    temporary = Path(tempfile.mkdtemp(dir=log.parent))
    with log.open("wb") as output:
        variables = environment() | {"TMPDIR": str(temporary)}
        process = subprocess.Popen(command, env=variables, stdout=output, stderr=subprocess.STDOUT)
    try:
        path = "/tiny/" if "/tiny/" in config_file.read_text("utf-8") else "/"
        yield Preview(process, f"http://127.0.0.1:{port}{path}", log)
    finally:
        process.terminate()
        process.wait(timeout=20)
        assert [*temporary.iterdir()] == [], "what is built is left behind"
        assert "Traceback" not in log.read_text("utf-8")


def test_the_preview_shows_problems_on_the_page_and_goes_on(tmp_path: Path) -> None:
    config_file = copied(tmp_path / "guide")
    links = tmp_path / "guide/docs/en/links.md"
    good = links.read_text("utf-8")
    with serving(config_file, tmp_path / "log") as preview:
        text = preview.wait("links/", lambda text: "Every kind of link" in text)

        links.write_text(good.replace("# Links\n", "# Links {{ 'a' | upcas }}\n{% alret %}\n", 1), "utf-8")
        text = preview.wait("links/", lambda text: "Unknown tag “alret”" in text)
        assert "docs/en/links.md:12:18: error: Unknown filter “upcas”" in text
        assert "docs/en/links.md:13:4: error: Unknown tag “alret”. Did you mean alert?" in text
        assert "Same page" in text, "the rest of the page is still to be seen"
        assert "Unknown tag" not in preview.get("constructs/")

        links.write_text(good, "utf-8")
        text = preview.wait("links/", lambda text: "alret" not in text)
        assert "Same page" in text

        # Settings may be broken for a moment, too.
        settings = config_file.read_text("utf-8")
        config_file.write_text(settings.replace("  docsite:\n", "  docsite:\n    inclueds: x\n"), "utf-8")
        answer = preview.wait_for_failure("links/")
        assert "The site cannot be built" in answer
        assert "Unknown key “inclueds”." in answer
        assert "Unknown key “inclueds”." in preview.log.read_text("utf-8")
        config_file.write_text(settings, "utf-8")
        links.write_text(good.replace("# Links\n", "# Mended links\n", 1), "utf-8")
        preview.wait("links/", lambda text: "Mended links" in text)


def test_the_preview_starts_with_a_problem_on_the_page(tmp_path: Path) -> None:
    config_file = plain(tmp_path)
    change(tmp_path / "docs/index.md", "# Home", "# Home {{ nope }} <&")
    with serving(config_file, tmp_path / "log") as preview:
        preview.address = preview.address.removesuffix("tiny/")
        text = preview.wait("", lambda text: "Home" in text)
        assert "docs/index.md:1:11: error: The variable “nope” has no value. [liquid-unknown-variable]" in text

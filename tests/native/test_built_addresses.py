"""Addresses of the built site in MkDocs' own Markdown: MkDocs leaves them alone, and browsers follow them."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.config.settings import load_settings
from docsite.project.autofix import fix_project
from tests.markup import case

NATIVE = case.CONFIG.replace("  docsite:\n", "  docsite:\n    dialect: markdown\n")


def found(folder: Path, text: str, config: str = NATIVE) -> list[tuple[str, str]]:
    """The rule and the suggestion of each finding."""
    findings = case.findings(folder, {"mkdocs.yml": config, case.PAGE: f"# Page\n\n{text}\n"})
    return [(one.rule, one.suggestion) for one in findings]


SERVED = {
    "a page": ("[x](/guide/other/#part-two)", []),
    "a page without its slash": ("[x](/guide/other?a=b)", []),
    "a file": ("![x](/guide/assets/logo.svg) <img src='/guide/assets/logo.svg'>", []),
    "what MkDocs makes": ("[x](/guide/sitemap.xml) [y](/guide/404.html)", []),
    "the home page": ("[x](/guide/) [y](/guide)", []),
    "the page of another language alone": ("[x](/guide/fr/seul/)", []),
    "an anchor that is not there": ("[x](/guide/other/#part-tow)", [("link-missing-anchor", "#part-two")]),
    "no page": ("[x](/guide/othr/)", [("link-missing-page", "other.md")]),
    "no page by its file": ("[x](/guide/othr.md)", [("link-missing-page", "")]),
    "no file": ("![x](/guide/assets/no.svg)", [("asset-missing", "")]),
    "outside of where the site is served": ("[x](/elsewhere/)", [("link-outside", "")]),
    "a file of docs_dir": ("[x](/en/other.md)", [("link-outside", "other.md")]),
    "a page as if at the root": ("[x](/other/#part-two)", [("link-outside", "other.md")]),
    "a whole address as if at the root": ("<https://docs.example.com/other/>", [("link-outside", "other.md")]),
    "the root": ("[x](/)", [("link-outside", "")]),
    "the page of another language": ("[x](/guide/fr/other/)", [("link-wrong-locale", "other.md")]),
}


@pytest.mark.parametrize("name", SERVED)
def test_they_lead_to_what_is_served(name: str, tmp_path: Path) -> None:
    text, wanted = SERVED[name]
    assert found(tmp_path, text) == wanted


@pytest.mark.parametrize(
    ("others", "text", "is_other"),
    [
        ("/shop/", "[x](/shop/)", True), ("shop", "[x](/shop)", True), ("/shop", "[x](/shops/)", False),
        ("/shop/", "[x](https://docs.example.com/shop/a/)", True), ("/shop/", "<a href='/shop/'>x</a>", True),
        ("/shop/", "[x](../../../shop/#a)", True), ("/shop/", "[x](../../../shops/#a)", False),
        ("/", "[x](/) [x](/robots.txt) [x](https://docs.example.com#a)", True), ("/", "[x](/guide/gone/)", False),
        ("/", "[x](/shop/)", False), ("/", "[x](/shop)", False), ("/", "[x](/giude/other/)", False),
        ("/guide/api/", "[x](/guide/api/v1/)", True), ("/guide/api/", "[x](/guide/apis/)", False),
    ],
)  # fmt: skip
def test_other_sites_on_the_same_host_are_not_checked(others: str, text: str, is_other: bool, tmp_path: Path) -> None:
    config = NATIVE.replace("    dialect", f"    other_sites: [/{others.strip('/')}]\n    dialect")
    assert (found(tmp_path, text, config) == []) is is_other


@pytest.mark.parametrize(
    ("address", "setting"),
    [("/shop/a/", "/shop/"), ("/shop", "/shop/"), ("https://docs.example.com", "/"), ("/robots.txt", "/")],
)
def test_the_setting_for_another_site_is_named(address: str, setting: str, tmp_path: Path) -> None:
    (finding,) = case.findings(tmp_path, {"mkdocs.yml": NATIVE, case.PAGE: f"# Page\n\n[x]({address})\n"})
    assert f"`other_sites: [{setting}]`" in str(finding.message)


@pytest.mark.parametrize("setting", ["site_url", "warn"])
def test_they_are_reported_where_nobody_knows_what_is_served(setting: str, tmp_path: Path) -> None:
    unknown = NATIVE.replace("site_url: https://docs.example.com/guide/\n", "")
    strict = f"{NATIVE}validation: {{links: {{absolute_links: warn}}}}\n"
    config = unknown if setting == "site_url" else strict
    path = "/other/" if setting == "site_url" else "/guide/other/"
    assert found(tmp_path, f"[x]({path}#part-two)", config) == [("link-form", "other.md#part-two")]


IN_DOCS = {
    "a page": ("[x](/en/other.md#part-two)", []),
    "an anchor that is not there": ("[x](/en/other.md#part-tow)", [("link-missing-anchor", "#part-two")]),
    "a file": ("![x](/assets/logo.svg)", []),
    "no page": ("[x](/en/othr.md)", [("link-missing-page", "other.md")]),
    "an address that MkDocs does not know": ("[x](/other/)", [("link-form", "other.md")]),
    "an address of no page": ("[x](/en/other/)", [("link-missing-page", "other.md")]),
}


@pytest.mark.parametrize("name", IN_DOCS)
def test_they_are_relative_to_docs_dir_where_mkdocs_is_told_so(name: str, tmp_path: Path) -> None:
    text, wanted = IN_DOCS[name]
    assert found(tmp_path, text, f"{NATIVE}validation: {{links: {{absolute_links: relative_to_docs}}}}\n") == wanted


RELATIVE = {
    "a page": ("[x](../other/#part-two) [y](../other)", []),
    "an anchor that is not there": ("[x](../other/#part-tow)", [("link-missing-anchor", "#part-two")]),
    "no page": ("[x](../othr/)", [("link-missing-page", "other.md")]),
    "what MkDocs makes": ("[x](../sitemap.xml)", []),
}


@pytest.mark.parametrize("name", RELATIVE)
def test_relative_addresses_of_the_site_are_left_alone_too(name: str, tmp_path: Path) -> None:
    text, wanted = RELATIVE[name]
    assert found(tmp_path, text) == wanted


@pytest.mark.parametrize("address", ["../api_keys/#keys", "/api-keys/#keys"])
def test_a_fix_names_the_file(address: str, tmp_path: Path) -> None:
    files = {"mkdocs.yml": NATIVE, "docs/en/api-keys.md": "# Keys\n", case.PAGE: f"# Page\n\n[x]({address})\n"}
    fixed = fix_project(load_settings(case.write(tmp_path, files)), lambda _finding: True)
    assert [fix.new for fix in fixed.fixes] == ["api-keys.md#keys"]


def test_relative_addresses_of_the_site_are_reported_where_mkdocs_is_told_to(tmp_path: Path) -> None:
    config = f"{NATIVE}validation: {{links: {{unrecognized_links: warn}}}}\n"
    assert found(tmp_path, "[x](../other/)", config) == [("link-form", "other.md")]


def test_a_file_that_only_the_built_page_leads_to_is_there(tmp_path: Path) -> None:
    text = "# Page\n\n![x](../pics/a.svg#b) ![x](../pics/b.svg)\n"
    files = {"docs/en/deep/pics/a.svg": "<svg/>", "docs/en/deep/page.md": text}
    strict = case.findings(tmp_path, {"mkdocs.yml": NATIVE, **files})
    assert [(one.rule, one.suggestion) for one in strict] == [("link-form", "pics/a.svg#b"), ("asset-missing", "")]
    config = f"{NATIVE}validation: {{links: {{not_found: info}}}}\n"
    assert [one.rule for one in case.findings(tmp_path, {"mkdocs.yml": config, **files})] == ["asset-missing"]


def test_an_address_of_mail_needs_its_scheme(tmp_path: Path) -> None:
    assert found(tmp_path, "[x](me@example.com)") == [("asset-missing", "mailto:me@example.com")]

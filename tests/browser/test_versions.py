from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from docsite.built_site import version_pages
from docsite.built_site.canonical_urls import ALIAS
from tests.browser import versions
from tests.browser.conftest import SITE_URL
from tests.browser.test_guide import FAINT_TEXT, sideways
from tests.browser.test_search import ask
from tests.browser.version_matrix import address, exists, origins, walk
from tests.browser.versions import LANGUAGES, LATEST, VERSIONS
from tests.shared import made_once

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Visit

pytestmark = pytest.mark.no_cover


class Published(NamedTuple):
    """A branch after a complete publication; `built` is what mike alone put there."""

    built: Path
    tree: Path
    root: str


@pytest.fixture(scope="session")
def project(shared: Path) -> Path:
    return made_once(shared / "versions", versions.publish)


def published(project: Path, branch: str, folder: Path) -> Iterator[Published]:
    built = versions.check_out(project, branch, folder / "built")
    tree = folder / "tree"
    shutil.copytree(built, tree, symlinks=True)
    versions.complete(tree)
    with versions.serve(tree) as root:
        yield Published(built, tree, root)


@pytest.fixture(scope="session")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """`latest` is a symlink."""
    yield from published(project, "gh-pages", tmp_path_factory.mktemp("symlink"))


@pytest.fixture(scope="session")
def copies(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """`latest` is a copy."""
    yield from published(project, "copies", tmp_path_factory.mktemp("copy"))


def files(folder: Path) -> dict[str, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# Selectors


def check_walk(browser: Browser, root: str, folder: str) -> None:
    seen = walk(browser, root, origins([folder]))
    assert len(seen.steps) > 90
    assert [step for step in seen.steps if step.landed != step.expected] == []
    assert seen.problems == []


@pytest.mark.parametrize("folder", [*VERSIONS, ALIAS])
def test_every_selector_of_every_page_leads_right(site: Published, browser: Browser, folder: str) -> None:
    check_walk(browser, site.root, folder)


def test_every_selector_leads_right_where_the_alias_is_a_copy(copies: Published, browser: Browser) -> None:
    assert not (copies.tree / ALIAS).is_symlink()
    check_walk(browser, copies.root, ALIAS)


def choose(page: Page, version: str) -> None:
    page.locator(".version-select").hover()
    page.locator(".version-select a", has_text=version).click()


def test_no_tooltip_covers_the_list(site: Published, visit: Visit) -> None:
    """Material makes a tooltip of a title, if it is there in time."""
    page = visit(f"{site.root}{address('1.2', 'en', 'setup/start/')}")
    expect(page.locator(".version-select button")).to_have_accessible_name("Version 1.2 (latest)")
    assert page.locator(".version-select button").get_attribute("title") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_mouse_finds_the_place_in_another_version(site: Published, visit: Visit, language: str) -> None:
    page = visit(f"{site.root}{address('1.2', language, 'setup/start/')}#last")
    choose(page, "1.0")
    page.wait_for_url(f"{site.root}{address('1.0', language, 'setup/first/')}#last")
    choose(page, "1.2")
    page.wait_for_url(f"{site.root}{address('1.2', language, 'setup/start/')}#last")


@pytest.mark.parametrize("language", LANGUAGES)
def test_keyboard_reaches_the_versions(site: Published, visit: Visit, language: str) -> None:
    page = visit(f"{site.root}{address(ALIAS, language, 'setup/keys/')}")
    expect(page.locator(".version-select button")).to_have_accessible_name("Version 1.2 (latest)")
    page.locator(".version-select button").focus()
    for title in ("1.2 (latest)", "1.1"):
        page.keyboard.press("Tab")
        link = page.locator(".version-select a:focus")
        expect(link).to_have_text(title)
        expect(link).to_be_visible()
        current = "true" if title.startswith(LATEST) else None
        assert link.get_attribute("aria-current") == current
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.root}{address('1.1', language, 'setup/keys/')}")


def test_new_tab_shows_the_page_too(site: Published, visit: Visit) -> None:
    page = visit(f"{site.root}{address(ALIAS, 'fr', 'setup/keys/')}")
    page.locator(".version-select").hover()
    with page.context.expect_page() as opened:
        page.locator(".version-select a", has_text="1.0").click(modifiers=["ControlOrMeta"])
    opened.value.wait_for_url(f"{site.root}{address('1.0', 'fr', 'setup/keys/')}")
    assert page.url == f"{site.root}{address(ALIAS, 'fr', 'setup/keys/')}"


def test_home_links_of_a_missing_page_stay_in_the_version(site: Published, visit: Visit) -> None:
    for folder in (ALIAS, "1.0"):
        page = visit(f"{site.root}{folder}/fr/nowhere/", status=404)
        for language, home in LANGUAGES.items():
            page.goto(f"{site.root}{folder}/fr/nowhere/")
            page.locator(".version-select").wait_for()
            page.locator(f"section[lang={language}] > p a").click()
            page.wait_for_url(f"{site.root}{folder}/{home}")


def test_hidden_versions_are_not_offered(site: Published, visit: Visit, tmp_path: Path) -> None:
    shutil.copytree(site.tree, tmp_path, symlinks=True, dirs_exist_ok=True)
    listed = json.loads((tmp_path / "versions.json").read_text("utf-8"))
    for version in listed:
        version["properties"] = {"hidden": version["version"] != "1.2"}
    (tmp_path / "versions.json").write_text(json.dumps(listed), "utf-8")
    with versions.serve(tmp_path) as root:
        for folder, offered in (("latest", ["1.2 (latest)"]), ("1.1", ["1.2 (latest)", "1.1"])):
            page = visit(f"{root}{folder}/")
            page.locator(".version-select").wait_for()
            expect(page.locator(".version-select a")).to_have_text(offered)


def test_without_mike_no_version_is_spoken_of(guide: str, visit: Visit) -> None:
    page = visit(guide)
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-versions], [data-notice]")).to_have_count(0)


@pytest.mark.parametrize("width", [390, 320])
def test_selector_and_notice_fit_a_phone(site: Published, visit: Visit, width: int) -> None:
    for folder, page_address in (("1.0", "setup/old/detail/"), (ALIAS, "")):
        page = visit(site.root + address(folder, "fr", page_address), width=width)
        page.locator(".version-select").hover()
        expect(page.locator(".version-select a").first).to_be_in_viewport(ratio=1)
        assert sideways(page) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_selector_and_notice_are_legible(site: Published, visit: Visit, scheme: str) -> None:
    page = visit(f"{site.root}1.0/fr/", scheme="dark" if scheme == "dark" else "light")
    page.locator(".version-select").wait_for()
    assert page.evaluate(FAINT_TEXT) == []


# Search


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("folder", ["1.0", ALIAS])
def test_search_stays_inside_the_version(site: Published, visit: Visit, folder: str, language: str) -> None:
    version = LATEST if folder == ALIAS else folder
    page = visit(site.root + address(folder, language, "setup/keys/"))
    page.locator("[data-search-open]").click()
    inside = ask(page, f"wordof{version.replace('.', '')}")
    assert len(inside) > 5
    assert all(link.startswith(f"{site.root}{folder}/") for link in inside)
    assert ask(page, "wordof11") == []


# Addresses

# What a page says of itself: rel or property or hreflang, and the address.
SAID = re.compile(
    r'<(?:link rel="(canonical)"|meta property="(og:url)"|link rel="alternate " hreflang="([^"]+)") '
    r'(?:href|content)="([^"]+)"'
)


def said(tree: Path, folder: str, language: str, page: str) -> dict[str, str]:
    text = (tree / folder / LANGUAGES[language] / page / "index.html").read_text("utf-8")
    return {a or b or c: unquote(url) for a, b, c, url in SAID.findall(text)}


def every_page() -> Iterator[tuple[str, str, str]]:
    for origin in origins(VERSIONS):
        if not origin.missing:
            yield origin.folder, origin.language, origin.page


def test_a_build_speaks_of_its_own_version(site: Published) -> None:
    for version, language, page in every_page():
        urls = said(site.built, version, language, page)
        assert "canonical" in urls
        written = versions.PAGES[page][0].split()
        assert urls["canonical"] == f"{SITE_URL}{version}/{LANGUAGES[language if language in written else 'en']}{page}"
        assert {key: urls[key] for key in urls if key in LANGUAGES} == {
            key: f"{SITE_URL}{version}/{LANGUAGES[key]}{page}" for key in written
        }
    for version in VERSIONS:
        sitemap = (site.built / version / "sitemap.xml").read_text("utf-8")
        addresses = re.findall(r'<loc>([^<]*)|href="([^"]*)"', sitemap)
        assert len(addresses) > 20
        assert all("".join(both).startswith(f"{SITE_URL}{version}/") for both in addresses)
        missing = (site.built / version / "404.html").read_text("utf-8")
        assert f'"/integration/{version}/' in missing
        elsewhere = r"https://(?:github\.com|creativecommons\.org)/|#|data:"
        assert not re.search(rf'(?:href|src)="(?!/integration/|{elsewhere})', missing)


def test_canonical_addresses_are_in_latest_where_it_has_the_page(site: Published) -> None:
    now = {"setup/first/": "setup/start/"}
    for version, language, page in every_page():
        urls = said(site.tree, version, language, page)
        written = versions.PAGES[page][0].split()
        own = language if language in written else "en"
        there = now.get(page, page)
        home = f"{SITE_URL}{ALIAS}/" if exists(LATEST, own, there) else f"{SITE_URL}{version}/"
        shown = there if home.endswith(f"{ALIAS}/") else page
        assert urls["canonical"] == urls["og:url"] == f"{home}{LANGUAGES[own]}{shown}"
        for key in written:
            assert urls[key] == f"{home}{LANGUAGES[key]}{shown}"
    sitemap = (site.tree / ALIAS / "sitemap.xml").read_text("utf-8")
    assert f"<loc>{SITE_URL}{ALIAS}/fr/setup/keys/</loc>" in sitemap
    assert f"{SITE_URL}{LATEST}/" not in sitemap


NOTICES = {"en": "This version of the guide is out of date.", "fr": "Cette version du guide n’est plus à jour."}
LEADS = {
    "": "",
    "setup/keys/": "setup/keys/",
    "setup/first/": "setup/start/",
    "setup/old/detail/": "setup/",
    "setup/notes/": "setup/notes/",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_old_versions_say_so_and_lead_to_latest(site: Published, visit: Visit, language: str) -> None:
    for old, new in LEADS.items():
        page = visit(site.root + address("1.0", language, old))
        notice = page.locator(".version-notice:visible")
        expect(notice).to_contain_text(NOTICES[language])
        expect(page.locator("meta[name=robots]")).to_have_attribute("content", "noindex")
        notice.get_by_role("link").click()
        page.wait_for_url(site.root + address(ALIAS, language, new))
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".version-notice:visible")).to_have_count(0)
        expect(page.locator("meta[name=robots]")).to_have_count(0)


def test_copies_are_equal(site: Published, copies: Published) -> None:
    assert files(copies.tree / ALIAS) == files(copies.tree / LATEST)
    assert files(copies.tree / "1.0") == files(site.tree / "1.0")


def test_settling_again_and_rolling_back_leave_no_trace(site: Published, tmp_path: Path) -> None:
    shutil.copytree(site.tree, tmp_path, symlinks=True, dirs_exist_ok=True)
    first = files(tmp_path)
    versions.complete(tmp_path)
    assert files(tmp_path) == first
    versions.complete(tmp_path, "1.1")
    rolled_back = files(tmp_path)
    assert rolled_back != first
    assert b'data-notice="preview">' in rolled_back["1.2/setup/new/index.html"]
    assert b'data-notice="old" hidden>' in rolled_back["1.1/index.html"]
    versions.complete(tmp_path)
    assert files(tmp_path) == first


def test_each_version_carries_its_index(site: Published) -> None:
    for version in VERSIONS:
        pages = version_pages.load_version_pages((site.built / version / version_pages.FILE).read_bytes())
        planned = {unquote(address("", *rest)).lstrip("/") for at, *rest in every_page() if at == version}
        assert pages.pages == planned
        assert pages.borrowed == {"fr/setup/notes/"}
        moved = {f"{prefix}setup/first/": f"{prefix}setup/start/" for prefix in LANGUAGES.values()}
        assert pages.moved == ({} if version == "1.0" else moved)

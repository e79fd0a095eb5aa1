"""MkDocs and static-i18n decide which pages there are, where they are served and where links lead."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest

from docsite.cli.main import main
from docsite.config.config_file import SettingsError
from docsite.config.settings import load_settings
from docsite.diagnostics.findings import Finding
from docsite.project.project import Project, load_project

FOLDER = """\
site_name: Site
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: fr, name: Français}
"""
SUFFIX = FOLDER.replace("      docs_structure: folder\n", "")
NO_I18N = "site_name: Site\n"


def load(root: Path, config: str, files: Mapping[str, str]) -> Project:
    """A site of these files, as a check reads it."""
    for name, text in {"mkdocs.yml": config, **{f"docs/{name}": text for name, text in files.items()}}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return load_project(load_settings(root / "mkdocs.yml"))


def urls(project: Project) -> dict[str, str]:
    """Where each page is served."""
    return {page.target.path: page.target.address for page in project.pages.values()}


def reported(findings: list[Finding]) -> list[str]:
    """What is found, but for how the translations compare, which is nothing of these tests."""
    return [f"{one.location} {one.rule}" for one in findings if not one.rule.startswith("translation-")]


# Pages


@pytest.mark.parametrize("extension", ["md", "markdown", "mdown", "mkdn", "mkd"])
def test_each_extension_of_mkdocs_is_a_page(tmp_path: Path, extension: str) -> None:
    project = load(tmp_path, NO_I18N, {"index.md": "# Home\n", f"page.{extension}": "# Page\n\n{{ nope }}\n"})
    assert urls(project)[f"page.{extension}"] == "page/"
    assert reported(project.findings) == [f"docs/page.{extension}:3:4 liquid-unknown-variable"]


def test_a_link_to_a_page_of_another_extension(tmp_path: Path) -> None:
    files = {"index.md": "# Home\n\n[a](page.markdown) [b](pag.markdown)\n", "page.markdown": "# Page\n"}
    (finding,) = load(tmp_path, NO_I18N, files).findings
    assert (finding.rule, finding.suggestion) == ("link-missing-page", "page.markdown")


def test_pages_behind_a_symlinked_folder(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/page.md").write_text("# Page\n\n{{ nope }}\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/linked").symlink_to("../shared", target_is_directory=True)
    project = load(tmp_path, NO_I18N, {"index.md": "# Home\n\n[page](linked/page.md)\n"})
    assert urls(project) == {"index.md": "", "linked/page.md": "linked/page/"}
    assert reported(project.findings) == ["docs/linked/page.md:3:4 liquid-unknown-variable"]


def test_a_link_to_a_folder_above_itself_is_refused(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("one", "two"):
        (tmp_path / "docs" / name).symlink_to(".", target_is_directory=True)
    with pytest.raises(SettingsError, match="docs/one"):
        load(tmp_path, NO_I18N, {"index.md": "# Home\n"})


def test_names_that_are_not_quite_index(tmp_path: Path) -> None:
    names = ("index.md", "a/README.md", "b/readme.md", "c/Index.md")
    assert urls(load(tmp_path, NO_I18N, dict.fromkeys(names, "# Page\n"))) == {
        "index.md": "",
        "a/README.md": "a/",
        "b/readme.md": "b/readme/",
        "c/Index.md": "c/Index/",
    }


@pytest.mark.parametrize(("value", "url"), [("false", "page.html"), ("true", "page/"), (None, "page/")])
def test_use_directory_urls_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, url: str
) -> None:
    monkeypatch.delenv("FOLDERS", raising=False)
    if value:
        monkeypatch.setenv("FOLDERS", value)
    config = NO_I18N + "use_directory_urls: !ENV [FOLDERS, true]\n"
    assert urls(load(tmp_path, config, {"index.md": "# Home\n", "page.md": "# Page\n"}))["page.md"] == url


def test_pages_that_are_left_out_are_not_checked(tmp_path: Path) -> None:
    config = NO_I18N + "exclude_docs: /out/\ndraft_docs: draft.md\nnot_in_nav: hidden.md\n"
    names = ("index.md", "out/page.md", "draft.md", "hidden.md", ".dotted.md", "templates/page.md", "_includes/a.md")
    project = load(tmp_path, config, dict.fromkeys(names, "# Page\n"))
    assert set(urls(project)) == {"index.md", "hidden.md"}


# Structures


def test_the_structure_of_suffixes(tmp_path: Path) -> None:
    """The default of static-i18n."""
    files = {
        "index.md": "# Home\n\n[page](page.md#part) [only](only.md) ![a](shot.png)\n",
        "index.fr.md": "# Accueil\n\n[page](page.md#part) [only](only.md) ![a](shot.png) [x](page.md#nowhere)\n",
        "page.en.md": "# Page\n\n## Part\n",
        "page.fr.md": "# Page\n\n## Partie\n",
        "only.md": "# Only\n",
        "shot.png": "",
    }
    project = load(tmp_path, SUFFIX, files)
    assert urls(project) == {
        "index.md": "",
        "index.fr.md": "fr/",
        "page.en.md": "page/",
        "page.fr.md": "fr/page/",
        "only.md": "only/",
    }
    assert reported(project.findings) == ["docs/index.fr.md:3:57 link-missing-anchor"]
    assert project.pages["docs/page.fr.md"].ids["partie"] == "part"


def test_files_of_no_language_belong_to_the_default_one(tmp_path: Path) -> None:
    project = load(tmp_path, FOLDER, {"en/index.md": "# Home\n", "about.md": "# About\n\n{{ nope }}\n"})
    assert urls(project) == {"en/index.md": "", "about.md": "about/"}
    assert reported(project.findings) == ["docs/about.md:3:4 liquid-unknown-variable"]


def test_a_folder_that_only_looks_like_a_language_is_none_of_the_site(tmp_path: Path) -> None:
    project = load(tmp_path, FOLDER, {"en/index.md": "# Home\n", "de/index.md": "# Start\n"})
    assert urls(project) == {"en/index.md": ""}


@pytest.mark.parametrize("config", [FOLDER, SUFFIX, NO_I18N])
def test_a_site_without_pages_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str], config: str) -> None:
    load(tmp_path, config, {"data.txt": "x"})
    assert main(["check", "-f", str(tmp_path / "mkdocs.yml")]) == 2
    assert "docs: contains no page" in capsys.readouterr().err


def test_the_settings_may_be_among_the_pages_where_a_plugin_says_so(tmp_path: Path) -> None:
    files = {"mkdocs.yml": "site_name: x\ndocs_dir: .\nplugins: [same-dir]\nextra: {docsite: {dialect: none}}\n"}
    files |= {"index.md": "# Home\n", "more/a.md": "# A\n\n[x](../gone.md)\n", "site/index.md": "# Copy\n"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    project = load_project(load_settings(tmp_path / "mkdocs.yml"))
    assert sorted(project.pages) == ["index.md", "more/a.md"]
    assert reported(project.findings) == ["more/a.md:3:5 link-missing-page"]


# Links


LEFT_OUT = {
    "out.md": "exclude_docs",
    "draft.md": "draft_docs",
    ".hidden.png": "exclude_docs",
    "_includes/part.md": "extra.docsite.includes",
    "data/terms.yml": "extra.docsite.data",
}


@pytest.mark.parametrize("name", LEFT_OUT)
@pytest.mark.parametrize("form", ["[x]({})", "![x]({})", "[x][1]\n\n[1]: {}"])
def test_a_link_to_what_is_not_published(tmp_path: Path, name: str, form: str) -> None:
    config = NO_I18N + "exclude_docs: out.md\ndraft_docs: draft.md\n"
    files = {**dict.fromkeys(LEFT_OUT, ""), "data/terms.yml": "{}", "index.md": "# Home\n\n" + form.format(name) + "\n"}
    (finding,) = load(tmp_path, config, files).findings
    assert finding.rule == ("link-missing-page" if name.endswith(".md") else "asset-missing")
    assert str(finding.message) == f"“{name}” is not published: `{LEFT_OUT[name]}` leaves it out of the site."


def test_an_address_of_what_is_not_published(tmp_path: Path) -> None:
    files = {"index.md": "# Home\n\n[x]({{site.baseurl}}/data/terms.yml)\n", "data/terms.yml": "{}"}
    (finding,) = load(tmp_path, NO_I18N, files).findings
    assert "is not published" in str(finding.message)


def test_untranslated_pages_and_files_of_the_other_language(tmp_path: Path) -> None:
    """As static-i18n resolves them."""
    files = {
        "en/index.md": "# Home\n",
        "en/only.md": "# Only\n\n## Part\n",
        "en/shot.png": "",
        "en/page.md": "# Page\n",
        "fr/index.md": "# Accueil\n",
        "fr/page.md": "# Page\n\n[a](only.md#part) [b](only.md#nowhere) ![c](shot.png) ![d](../assets/e.png)\n",
        "assets/e.png": "",
    }
    project = load(tmp_path, FOLDER, files)
    assert reported(project.findings) == ["docs/fr/page.md:3:23 link-missing-anchor"]
    page = project.pages["docs/fr/page.md"]
    assert page.built == ["../only/#part", "../only/#nowhere", "../../shot.png", "../../assets/e.png"]


def test_without_fallback_the_page_of_the_other_language_is_shown_and_the_file_is_missing(tmp_path: Path) -> None:
    config = FOLDER.replace("folder\n", "folder\n      fallback_to_default: false\n")
    files = {
        "en/index.md": "# Home\n",
        "en/only.md": "# Only\n",
        "en/shot.png": "",
        "fr/index.md": "# Accueil\n\n[a](only.md) ![c](shot.png)\n",
    }
    project = load(tmp_path, config, files)
    assert reported(project.findings) == [
        "docs/fr/index.md:3:5 link-fallback-page",
        "docs/fr/index.md:3:19 asset-missing",
    ]
    assert project.pages["docs/fr/index.md"].built[0] == "../only/"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("config", [FOLDER, NO_I18N])
def test_accents_match_in_either_form(tmp_path: Path, config: str, form: Literal["NFC", "NFD"]) -> None:
    """macOS may decompose what people type composed."""
    other: Literal["NFC", "NFD"] = "NFD" if form == "NFC" else "NFC"
    folder = "en/" if config == FOLDER else ""
    page, shot = (unicodedata.normalize(form, name) for name in ("étape.md", "écran.png"))
    links = "# Home\n\n[a](étape.md) ![b](écran.png) [c]({{site.baseurl}}/étape/) ![d]({{site.baseurl}}/écran.png)\n"
    files = {f"{folder}index.md": unicodedata.normalize(other, links), folder + page: "# Page\n", folder + shot: ""}
    project = load(tmp_path, config, files)
    assert project.findings == []
    markdown = project.pages[f"docs/{folder}index.md"].markdown
    names = {unicodedata.normalize("NFC", name): name for name in (page, shot)}
    assert markdown.count(quote(names["étape.md"])) == 2
    assert markdown.count(quote(names["écran.png"])) == 2


# Conflicts


@pytest.mark.parametrize(
    ("config", "first", "second"),
    [
        (NO_I18N, "conflict.md", "conflict/index.md"),
        (NO_I18N, "raw.md", "raw/index.html"),
        (NO_I18N, "a/index.md", "a/README.md"),
        (FOLDER, "fr/index.md", "en/fr.md"),
        (FOLDER, "en/conflict.md", "en/conflict/index.md"),
        (SUFFIX, "conflict.md", "conflict/index.md"),
    ],
)
def test_two_sources_of_one_url(tmp_path: Path, config: str, first: str, second: str) -> None:
    home = "en/index.md" if config == FOLDER else "index.md"
    project = load(tmp_path, config, {home: "# Home\n", first: "# One\n", second: "# Two\n"})
    found = [finding for finding in project.findings if finding.rule == "page-conflict"]
    assert len(found) == 1
    assert f"docs/{first}" in str(found[0])
    assert f"docs/{second}" in str(found[0])


def test_one_page_written_twice_for_the_default_language(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, FOLDER, {"en/index.md": "# Home\n", "index.md": "# Home\n"})
    assert "index.md and en/index.md are the same page" in str(caught.value)


# The answer that is kept


def test_what_is_kept_follows_every_change(tmp_path: Path) -> None:
    load(tmp_path, NO_I18N, {"index.md": "# Home\n\n[a](page.md)\n"})
    assert len(load_project(load_settings(tmp_path / "mkdocs.yml")).findings) == 1
    (tmp_path / "docs/page.md").write_text("# Page\n", "utf-8")
    assert load_project(load_settings(tmp_path / "mkdocs.yml")).findings == []
    (tmp_path / "mkdocs.yml").write_text(NO_I18N + "exclude_docs: page.md\n", "utf-8")
    assert len(load_project(load_settings(tmp_path / "mkdocs.yml")).findings) == 1
    (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Site\n", "utf-8")
    (tmp_path / "base.yml").write_text("use_directory_urls: false\n", "utf-8")
    assert urls(load_project(load_settings(tmp_path / "mkdocs.yml")))["page.md"] == "page.html"
    (tmp_path / "base.yml").write_text("use_directory_urls: true\n", "utf-8")
    assert urls(load_project(load_settings(tmp_path / "mkdocs.yml")))["page.md"] == "page/"


def test_neither_mkdocs_nor_liquid_is_loaded_where_the_cache_has_all(tmp_path: Path) -> None:
    load(tmp_path, FOLDER, {"en/index.md": "# Home\n"})
    code = "import sys; from docsite.cli.main import main; main(sys.argv[1:]); print(*sys.modules)"
    command = [sys.executable, "-c", code, "check", "-f", str(tmp_path / "mkdocs.yml")]
    runs = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(2)]
    costly = {"mkdocs", "liquid"}  # `load` has asked MkDocs
    assert [costly & {*modules} for modules in runs] == [{"liquid"}, set()]


def test_plugins_and_hooks_are_not_run_by_a_check(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text("raise SystemExit('the hook was loaded')\n", "utf-8")
    config = NO_I18N + "hooks: [hook.py]\nplugins: [search, not-installed]\nmarkdown_extensions: [no.such.thing]\n"
    assert load(tmp_path, config, {"index.md": "# Home\n"}).findings == []


@pytest.mark.parametrize(
    "theme", ["{name: not-installed, language: fr}", "{name: mkdocs, custom_dir: nowhere, locale: fr}"]
)
def test_a_check_needs_no_theme(tmp_path: Path, theme: str) -> None:
    """As a hook of git, docsite is installed by itself."""
    project = load(tmp_path, NO_I18N + f"theme: {theme}\n", {"index.md": "# Home\n\n[a](nowhere.md)\n"})
    assert reported(project.findings) == ["docs/index.md:3:5 link-missing-page"]
    assert [locale.code for locale in project.settings.locales] == ["fr"]


def test_files_of_the_theme_can_be_linked_to(tmp_path: Path) -> None:
    config = NO_I18N + "theme: {name: mkdocs, custom_dir: theme}\n"
    files = {"index.md": "# Home\n\n![a](img/favicon.ico) ![b](own.svg)\n"}
    assert reported(load(tmp_path, config, files).findings) == ["docs/index.md:3:28 asset-missing"]
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/own.svg").write_text("", "utf-8")
    assert load(tmp_path, config, files).findings == []


@pytest.mark.parametrize(
    ("config", "place"),
    [
        ("site_name: Site\nplugins:\n  - i18n: {languages: []}\n", "mkdocs.yml:2:1: plugins: "),
        ("docs_dir: docs\n", "mkdocs.yml:1:1: site_name: "),
        ("site_name: Site\ndocs_dir: nowhere\n", "mkdocs.yml:2:1: docs_dir: the folder nowhere does not exist"),
        ("site_name: Site\nplugins: 5\n", "mkdocs.yml:2:1: plugins: "),
        ("site_name: Site\nplugins: [{i18n: {languages: [en]}}]\n", "mkdocs.yml:2:1: plugins: "),
    ],
)
def test_what_mkdocs_refuses_is_named_with_its_place(tmp_path: Path, config: str, place: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, config, {"index.md": "# Home\n"})
    assert str(caught.value).startswith(place)

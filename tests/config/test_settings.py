"""Settings from mkdocs.yml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docsite.cli.main import main
from docsite.config import config_file, settings
from docsite.config.config_file import SettingsError
from docsite.config.site import Locale
from tests.markup import case

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


def test_a_file_without_anything_may_be_inherited_from(tmp_path: Path) -> None:
    assert load(tmp_path, "site_name: x\nINHERIT: below.yml\n", below="# nothing yet\n").locales


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
        ("extra: {docsite: {severity: {404: error}}}\n", "1:30", "Unknown rule “404”"),
        ("extra: {docsite: {ignore: {2024: [lnik]}}}\n", "1:35", "Did you mean link?"),
        ("a: b: c\n", "1:5", ""),
        ("extra:\n  docsite:\n    site: {}\n    site: {}\n", "4:5", "site"),
        ("plugins:\n  - docsite:\n      site: {}\n      site: {}\n", "4:7", "site"),
    ],
)
def test_a_problem_of_the_settings_names_its_place(tmp_path: Path, text: str, place: str, word: str) -> None:
    with pytest.raises(config_file.SettingsError) as caught:
        load(tmp_path, text)
    assert str(caught.value).startswith(f"mkdocs.yml:{place}: ")
    assert word in str(caught.value)


def test_a_problem_of_inherited_settings_names_their_file(tmp_path: Path) -> None:
    with pytest.raises(config_file.SettingsError, match=r"^below\.yml:3:5: .*inclueds"):
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
    with case.within(20), pytest.raises(config_file.SettingsError):
        load(tmp_path, text)


def test_missing_settings(tmp_path: Path) -> None:
    for path in (tmp_path / "mkdocs.yml", tmp_path):
        with pytest.raises(config_file.SettingsError, match="cannot be read"):
            settings.load_settings(path)


def test_paths_are_shown_from_the_folder_of_the_settings(tmp_path: Path) -> None:
    loaded = load(tmp_path, "site_name: N\n")
    assert loaded.shown(loaded.docs_dir / "en/a.md") == "docs/en/a.md"
    outside = loaded.root.parent / "other/a.md"
    assert loaded.shown(outside) in ("../other/a.md", outside.as_posix())


@pytest.mark.parametrize("site_url", ["https://[x/", "https://x:99999999/", "https://exa mple/", "http:/x"])
def test_an_address_that_no_site_can_have(tmp_path: Path, site_url: str) -> None:
    config = case.write(tmp_path, {"mkdocs.yml": f"site_name: x\nsite_url: '{site_url}'\n"})
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:2:1: site_url: .*" + re.escape(site_url)):
        settings.load_settings(config)
    with pytest.raises(SystemExit) as ended:
        main(["check-site", str(tmp_path), "--site-url", site_url])
    assert ended.value.code == 2


def test_a_preview_on_this_machine_is_an_address(tmp_path: Path) -> None:
    config = case.write(tmp_path, {"mkdocs.yml": "site_name: x\nsite_url: http://localhost:8000/\n"})
    assert settings.load_settings(config).site_url == "http://localhost:8000/"


def test_settings_read_twice_name_one_cache(tmp_path: Path) -> None:
    """The cache is named by their text, in which a set would stand in another order in each process."""
    extensions = ("admonition", "pymdownx.tabbed", "pymdownx.details", "pymdownx.blocks.tab")
    known = load(tmp_path, f"site_name: N\nmarkdown_extensions: [{', '.join(extensions)}]\n")
    assert known.native_blocks == ("!!!", "///", "===", "???")
    assert "set({" not in repr(known)

"""Built strictly and checked: each structure of static-i18n and none, with files that only MkDocs used to know."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from docsite.built_site.check_site import check_site
from docsite.config.settings import load_settings

CONFIG = """\
site_name: Site
site_url: https://docs.example.com/
strict: true
theme: {{name: null, custom_dir: theme}}
plugins:
{i18n}
  - docsite
validation: {{links: {{not_found: warn, unrecognized_links: warn, anchors: warn}}}}
extra: {{docsite: {{site: {{product: Acme}}}}}}
"""
I18N = """\
  - i18n:
      docs_structure: {}
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: fr, name: Français}}
"""
THEME = """\
<html lang="{{ page.file.locale_alternate_of or 'en' }}"><h6>{{ page.title }}</h6>
<article lang="{{ page.file.locale or 'en' }}">{{ page.content }}</article>
{% for item in nav.pages %}<a href="{{ item.url | url }}" hreflang="{{ item.file.locale or 'en' }}">n</a>{% endfor %}
"""
TEXT = "# {{ site.product }}\n\n## Part {#part}\n\n"
LINKS = "[a](other.markdown#part) [b](linked/page.md#part) ![c](shot.png) [d](only.md#part) [e](#part)\n"
PAGES = {
    "index.md": TEXT + LINKS,
    "other.markdown": TEXT + "[home]({{site.baseurl}}/) ![c]({{site.baseurl}}/shot.png)\n",
    "only.md": TEXT,
    "shot.png": "",
}
STRUCTURES = {
    "none": ("", PAGES, ""),
    "folder": (
        I18N.format("folder"),
        {f"en/{name}": text for name, text in PAGES.items()}
        | {f"fr/{name}": PAGES[name] for name in ("index.md", "other.markdown")},
        "en/",
    ),
    "suffix": (
        I18N.format("suffix"),
        PAGES | {"index.fr.md": PAGES["index.md"], "other.fr.markdown": PAGES["other.markdown"]},
        "",
    ),
}


def write(root: Path, i18n: str, files: Mapping[str, str]) -> Path:
    written = {f"docs/{name}": text for name, text in files.items()}
    written |= {"mkdocs.yml": CONFIG.format(i18n=i18n), "theme/main.html": THEME}
    for name, text in written.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root / "mkdocs.yml"


def run(config_file: Path) -> Path:
    site = config_file.parent / "site"
    config = load_config(str(config_file), site_dir=str(site))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return site


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_what_is_built_is_what_was_checked(tmp_path: Path, structure: str, directory_urls: str) -> None:
    i18n, files, home = STRUCTURES[structure]
    config_file = write(tmp_path, i18n, files)
    with config_file.open("a") as file:
        file.write(f"use_directory_urls: {directory_urls}\n")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared/page.md").write_text(TEXT, "utf-8")
    (tmp_path / f"docs/{home}linked").symlink_to(tmp_path / "shared", target_is_directory=True)
    site = run(config_file)
    pages = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.html")}
    assert len(pages) == (4 if structure == "none" else 8)
    assert [name for name, text in pages.items() if "{{" in text or "<h6>Acme</h6>" not in text] == []
    found = check_site(site, load_settings(config_file)).findings
    assert [str(finding) for finding in found if finding.rule not in ("page-orphan", "translation-missing")] == []


@pytest.mark.parametrize(
    ("structure", "name"), [("none", "other/index.md"), ("folder", "en/fr.md"), ("suffix", "only/index.md")]
)
def test_two_sources_of_one_url_end_a_strict_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, structure: str, name: str
) -> None:
    i18n, files, home = STRUCTURES[structure]
    config_file = write(tmp_path, i18n, files | {name: TEXT, f"{home}linked/page.md": TEXT})
    with pytest.raises(Abort):
        run(config_file)
    (message,) = (text for text in caplog.messages if "page-conflict" in text)
    assert f"docs/{name}" in message


def test_one_page_written_twice_ends_a_build_with_both_names(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    i18n, files, _ = STRUCTURES["folder"]
    with pytest.raises(Abort):
        run(write(tmp_path, i18n, files | {"only.md": TEXT}))
    assert "only.md and en/only.md are the same page" in caplog.text


HOOK = """\
from mkdocs.structure.files import File


def on_files(files, config):
    files.append(File.generated(config, "made.md", content="# Made\\n\\n{{ kept }}\\n"))
    files.append(File.generated(config, "made.txt", content="text"))
"""


def test_what_a_plugin_adds_to_the_files_can_be_linked_to(tmp_path: Path) -> None:
    text = TEXT + "[page](made.md) [file](made.txt) [page](made.md#made)\n"
    config_file = write(tmp_path, "", {"index.md": text})
    (tmp_path / "hook.py").write_text(HOOK, "utf-8")
    with config_file.open("a") as file:
        file.write("hooks: [hook.py]\n")
    site = run(config_file)
    home = (site / "index.html").read_text("utf-8")
    assert home.count('href="made/') == 3
    assert 'href="made.txt"' in home
    assert "{{ kept }}" in (site / "made/index.html").read_text("utf-8")

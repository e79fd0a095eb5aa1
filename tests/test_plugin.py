"""docsite as a plugin of MkDocs: how a site takes it on, and where its settings may stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsite.config.settings import SettingsError, load_settings
from docsite.plugin.events import DocsiteConfig
from tests.test_site_build import build, parsed

PAGES = {
    "index.md": "# Home\n\n[other]({{site.baseurl}}/other/#part)\n\n{% alert note %}\nA *note*.\n{% endalert %}\n",
    "other.md": "# Other\n\n## Part\n\nText.\n",
}
SCHEMA = Path(__file__).parents[1] / "hooks/docsite/config/schemas/settings.json"


def site(folder: Path, config: str, pages: dict[str, str] = PAGES) -> Path:
    """A site of a few pages; returns its mkdocs.yml."""
    for name, text in pages.items():
        path = folder / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    config_file = folder / "mkdocs.yml"
    config_file.write_text(config, "utf-8")
    return config_file


def test_two_lines_adopt_it(tmp_path: Path) -> None:
    config_file = site(tmp_path, "site_name: Two\nstrict: true\nplugins:\n  - docsite\n")
    done = build(config_file, tmp_path / "built")
    assert done.code == 0, done.log
    home = parsed(done.site / "index.html")
    assert home.one(".admonition.note em").text() == "note"
    assert 'href="other/#part"' in (done.site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "config",
    [
        "plugins:\n  - docsite:\n      liquid:\n        blocks: [panel]\n",
        "plugins:\n  docsite:\n    liquid:\n      blocks: [panel]\n",
        "plugins: [docsite]\nextra:\n  docsite:\n    liquid:\n      blocks: [panel]\n",
        "plugins:\n  - docsite:\n      liquid: {blocks: [panel]}\nextra:\n  docsite:\n    liquid: {blocks: [panel]}\n",
        "plugins:\n  - docsite:\n      liquid: {blocks: [panel]}\nextra:\n  docsite:\n    data: facts\n",
    ],
)
def test_settings_stand_in_the_options_or_in_extra(tmp_path: Path, config: str) -> None:
    pages = PAGES | {"other.md": "# Other\n\n## Part\n\n{% panel %}\nInside.\n{% endpanel %}\n"}
    config_file = site(tmp_path, f"site_name: Options\nstrict: true\n{config}", pages)
    done = build(config_file, tmp_path / "built")
    assert done.code == 0, done.log
    assert parsed(done.site / "other/index.html").one("div.panel").text().strip() == "Inside."
    assert load_settings(config_file).blocks == ("panel",)


def test_a_setting_with_two_values_is_an_error_that_names_it(tmp_path: Path) -> None:
    config = "site_name: Two\nplugins:\n  - docsite: {data: facts}\nextra:\n  docsite: {data: figures}\n"
    config_file = site(tmp_path, config)
    with pytest.raises(SettingsError, match=r"“data” has two values"):
        load_settings(config_file)
    done = build(config_file, tmp_path / "built")
    assert done.code == 1
    assert "“data” has two values" in done.log
    assert "Traceback" not in done.log


def test_an_unknown_option_is_an_error_at_its_line(tmp_path: Path) -> None:
    config_file = site(tmp_path, "site_name: Typo\nplugins:\n  - search\n  - docsite:\n      dta: facts\n")
    with pytest.raises(SettingsError, match=r"mkdocs\.yml:5:7: .*“dta”.* Did you mean data\?"):
        load_settings(config_file)


def test_it_is_named_once_only(tmp_path: Path) -> None:
    hook = Path(__file__).parents[1] / "hooks/site_events.py"
    config_file = site(tmp_path, f"site_name: Twice\nplugins: [docsite]\nhooks: [{hook.as_posix()}]\n")
    done = build(config_file, tmp_path / "built")
    assert done.code == 1
    assert "docsite is named twice in mkdocs.yml" in done.log
    assert "Traceback" not in done.log


def test_mkdocs_knows_every_setting() -> None:
    known = json.loads(SCHEMA.read_text("utf-8"))["properties"]
    assert {name for name, _ in DocsiteConfig._schema} == set(known)


def test_the_tree_may_be_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """mkdocs.yml in one folder, the pages in another, and MkDocs run from a third."""
    site(tmp_path / "here", "")
    (tmp_path / "conf").mkdir()
    config_file = tmp_path / "conf/docs.yml"
    config_file.write_text("site_name: Far\nstrict: true\ndocs_dir: ../here/docs\nplugins: [docsite]\n", "utf-8")
    (tmp_path / "third").mkdir()
    monkeypatch.chdir(tmp_path / "third")
    done = build(config_file, tmp_path / "built")
    assert done.code == 0, done.log
    assert parsed(done.site / "index.html").one(".admonition.note em").text() == "note"

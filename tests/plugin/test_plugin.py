"""docsite as a plugin of MkDocs: how a site takes it on, and where its settings may stand."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from docsite.config.config_file import SettingsError
from docsite.config.settings import load_settings
from docsite.plugin.events import DocsiteConfig
from tests.commands import run_docsite
from tests.plugin.test_site_build import build, parsed

PAGES = {
    "index.md": "# Home\n\n[other]({{site.baseurl}}/other/#part)\n\n{% alert note %}\nA *note*.\n{% endalert %}\n",
    "other.md": "# Other\n\n## Part\n\nText.\n",
}
SCHEMA = Path(__file__).parents[2] / "hooks/docsite/config/schemas/settings.json"


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


def test_a_plugin_may_keep_pages_out_of_the_site_until_it_has_placed_them(tmp_path: Path) -> None:
    """As Material's blog does with its posts."""
    config = (
        "site_name: Blog\nstrict: true\ntheme: {name: material}\nplugins:\n  - blog\n  - docsite: {dialect: markdown}\n"
    )
    pages = {
        "index.md": "# Home\n\n[post](blog/posts/first.md#more)\n",
        "blog/index.md": "# Blog\n",
        "blog/posts/first.md": "---\ndate: 2024-01-31\n---\n# First\n\n## More\n\n[home](../../index.md)\n",
    }
    done = build(site(tmp_path, config, pages), tmp_path / "built")
    assert done.code == 0, done.log
    assert 'href="blog/2024/01/31/first/#more"' in (done.site / "index.html").read_text("utf-8")
    pages["blog/posts/first.md"] += "\n[gone](gone.md)\n"
    done = build(site(tmp_path, config, pages), tmp_path / "built")
    assert "docs/blog/posts/first.md:10:8: error: The page “gone.md” does not exist." in done.log


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
    hook = Path(__file__).parents[2] / "hooks/site_events.py"
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


# Strict decides, but of what is known nobody complains

OLD = {
    f"p{number}.md": f"# Page {number}\n\n" + "[a](gone.md), [b](other.md#nowhere), ![c](none.png)\n\n" * 10
    for number in range(20)
}
STRICT = """\
site_name: Old
strict: true
plugins:
  - docsite:
      baseline: known.json
validation:
  links: {not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}
"""


def test_a_site_with_600_old_problems_is_built_and_fails_on_new_ones(tmp_path: Path) -> None:
    config_file = site(tmp_path, STRICT, PAGES | OLD)
    missing = build(config_file, tmp_path / "built")
    assert missing.code == 1
    assert "known.json: cannot be read" in missing.log
    updated = run_docsite("check", "--update-baseline", "-f", config_file)
    assert updated.returncode == 0, updated.stderr
    assert run_docsite("check", "-f", config_file).returncode == 0

    old = build(config_file, tmp_path / "built")
    assert old.code == 0, old.log
    assert "known.json: 600 findings of the baseline not shown; 0 baseline entries obsolete." in old.log
    assert not [line for line in old.log.splitlines() if line.startswith(("WARNING", "ERROR"))]
    links = [node.attributes.get("href") for node in parsed(old.site / "p1/index.html").tree.css("p a")]
    assert links[:2] == ["gone.md", "../other/#nowhere"], "as MkDocs would have written them"

    page = tmp_path / "docs/p7.md"
    page.write_text(page.read_text("utf-8").replace("[a](gone.md)", "[a](other.md)", 1) + "[d](lost.md)\n", "utf-8")
    new = build(config_file, tmp_path / "built")
    assert new.code == 1
    assert [line for line in new.log.splitlines() if line.startswith("ERROR")] == [
        "ERROR   -  docsite: docs/p7.md:23:5: error: The page “lost.md” does not exist. [link-missing-page]"
    ]
    assert "600 findings of the baseline" not in new.log
    assert run_docsite("check", "-f", config_file).returncode == 1


def test_what_only_a_build_finds_has_a_part_of_the_baseline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = PAGES | {"raw.md": "# Raw\n\n> x\n{: cite='other.md'}\n\n[y](gone.md)\n"}
    config_file = site(tmp_path, STRICT, pages)
    monkeypatch.setenv("DOCSITE_UPDATE_BASELINE", "1")
    written = build(config_file, tmp_path / "built")
    assert written.code == 0, written.log
    assert "known.json: baseline updated: 2 findings." in written.log
    monkeypatch.delenv("DOCSITE_UPDATE_BASELINE")
    assert build(config_file, tmp_path / "built").code == 0
    assert run_docsite("check", "-f", config_file).returncode == 0
    assert {
        check: len(entries) for check, entries in json.loads((tmp_path / "known.json").read_text())["known"].items()
    } == {
        "build": 1,
        "check": 1,
    }


def test_a_comment_holds_for_mkdocs_too(tmp_path: Path) -> None:
    page = "# Home\n\n[a](gone.md) <!-- docsite: ignore link because it comes later -->\n"
    config = STRICT.replace("      baseline: known.json\n", "      data: data\n")
    done = build(site(tmp_path, config, {"index.md": page}), tmp_path / "built")
    assert done.code == 0, done.log


@pytest.mark.parametrize(
    ("severity", "strict", "code", "logged"),
    [
        ("{link-missing-page: warning}", True, 0, "INFO    -  docsite: docs/index.md:3:5: warning: "),
        ("{link: warning, link-missing-page: error}", True, 1, "ERROR   -  docsite: docs/index.md:3:5: error: "),
        ("{link: warning}", False, 0, "WARNING -  docsite: docs/index.md:3:5: warning: "),
        ("{translation: error}", False, 0, "WARNING -  docsite: docs/index.md:3:5: error: "),
    ],
)
def test_a_rule_has_the_severity_of_the_settings(
    severity: str, strict: bool, code: int, logged: str, tmp_path: Path
) -> None:
    config = f"site_name: S\nstrict: {str(strict).lower()}\nplugins:\n  - docsite:\n      severity: {severity}\n"
    config_file = site(tmp_path, config, {"index.md": "# Home\n\n[a](gone.md)\n"})
    done = build(config_file, tmp_path / "built")
    assert done.code == code, done.log
    assert logged in done.log
    assert run_docsite("check", "-f", config_file).returncode == ("warning" not in logged)


def test_an_unknown_severity_or_rule_is_an_error(tmp_path: Path) -> None:
    for severity, said in (
        ("{lnik: error}", "Unknown rule “lnik”. Did you mean link?"),
        ("{link: grave}", "one of"),
    ):
        config_file = site(tmp_path, f"site_name: S\nextra:\n  docsite:\n    severity: {severity}\n")
        with pytest.raises(SettingsError, match=re.escape(said)):
            load_settings(config_file)


def test_a_baseline_that_cannot_be_written_is_a_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config_file = site(tmp_path, STRICT.replace("known.json", "nowhere/known.json"))
    monkeypatch.setenv("DOCSITE_UPDATE_BASELINE", "1")
    done = build(config_file, tmp_path / "built")
    assert done.code == 1
    assert "known.json" in done.log
    assert "Traceback" not in done.log


def test_no_address_ends_a_build(tmp_path: Path) -> None:
    """What no library can cut is a finding, and stays on the page as it was written."""
    addresses = ("//ex[a", "https://exa]mple", "http:/x", "mailto:", "//", "http://localhost:8000/x")
    links = [f"[{number}]({address}) <a href='{address}'>x</a>" for number, address in enumerate(addresses)]
    pages = PAGES | {"other.md": "\n\n".join(["# Other", "## Part", *links, "<http://localhost:8000/y>"])}
    done = build(site(tmp_path, "site_name: Odd\nplugins: [docsite]\n", pages), tmp_path / "built")
    assert done.code == 0, done.log
    html = (done.site / "other/index.html").read_text("utf-8")
    assert [html.count(f'href="{address}"') + html.count(f"href='{address}'") for address in addresses] == [2] * 6
    assert 'href="http://localhost:8000/y"' in html


def test_an_option_of_another_type_is_reported_at_its_place(tmp_path: Path) -> None:
    done = build(site(tmp_path, "site_name: x\nplugins:\n  - docsite: {search: maybe}\n", PAGES), tmp_path / "built")
    assert done.code == 1
    assert "mkdocs.yml:3:15: “search” must be true or false." in done.log


SEARCH = "site_name: Search\ntheme: {name: material, font: false}\nplugins:\n"


def test_a_theme_that_shows_no_search_is_reported(tmp_path: Path) -> None:
    languages = "[{locale: en, name: English, default: true}, {locale: fr, name: Français}]"
    config_file = site(tmp_path, f"{SEARCH}  - i18n: {{languages: {languages}}}\n  - docsite: {{search: true}}\n")
    done = build(config_file, tmp_path / "built", "--strict")
    assert done.code == 1
    assert done.log.count("the theme shows no search. Add the plugin “search”") == 1


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs"])
def test_themes_other_than_material_show_the_search_by_a_template_of_the_site(theme: str, tmp_path: Path) -> None:
    config = f"site_name: Search\ntheme: {{name: {theme}, locale: fr, custom_dir: own}}\nplugins:\n  - search\n"
    (tmp_path / "own").mkdir()
    config_file = site(tmp_path, f"{config}  - docsite: {{search: true}}\n")
    done = build(config_file, tmp_path / "built", "--strict")
    assert "the theme shows no search." in done.log
    head = '{% extends "base.html" %}{% from "partials/docsite-search.html" import search %}'
    body = "{% block content %}{{ search() }}{{ super() }}{% endblock %}"
    (tmp_path / "own/main.html").write_text(f"{head}{body}", "utf-8")
    done = build(config_file, tmp_path / "built", "--strict")
    assert done.code == 0, done.log
    assert 'data-language="fr"' in (done.site / "index.html").read_text("utf-8")
    assert [path.name for path in (done.site / "search").iterdir() if path.is_dir()] == ["fr"]


BRACES = {
    "index.md": "# Home\n\n[other](other.md#prat)\n",
    "other.md": "# Other {{ x }}\n\n{% y %}\n\n## Part\n\nText.\n",
}
WITHOUT_TEMPLATES = {
    "nothing": "  - search\n",
    "plugins that read no text": "  - search\n  - mike\n",
}
WITH_TEMPLATES = {
    "a plugin that is not known": "  - macros\n",
    "a hook": "hooks: [hook.py]\n",
}


@pytest.mark.parametrize("more", [*WITHOUT_TEMPLATES, *WITH_TEMPLATES])
def test_braces_make_a_page_uncertain_only_where_something_reads_them(tmp_path: Path, more: str) -> None:
    """By the check, which loads no plugin, and the build."""
    lines = (WITHOUT_TEMPLATES | WITH_TEMPLATES)[more]
    config = "site_name: Braces\ntheme: material\nplugins:\n  - docsite: {dialect: markdown}\n"
    config_file = site(tmp_path, config + lines, BRACES)
    (tmp_path / "hook.py").write_text("def on_page_markdown(markdown, **_):\n    return markdown\n", "utf-8")
    wanted = more in WITHOUT_TEMPLATES
    assert ("link-missing-anchor" in run_docsite("check", "-f", config_file).stdout) == wanted
    if more != "a plugin that is not known" or find_spec("mkdocs_macros"):
        assert ("[link-missing-anchor]" in build(config_file, tmp_path / "built").log) == wanted

"""Settings that have no effect."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.config.settings import load_settings
from docsite.project.project import load_project
from tests.markup import case

PATTERNS = {
    "docs/en/other.md": None, "docs/**": None, "**/other.md": None, "docs/assets/*.svg": None,
    "docs/_includes/**": None, "site/gone/index.html": None, "1.0/**": None, "mkdocs.yml": None,
    "docs/en/othr.md": "", "docs/old/**": "", "**/gone.md": "",
    "en/**": "docs/en/**", "en/other.md": "docs/en/other.md",
}  # fmt: skip


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("plugin", ["", "  - gen-files\n"])
def test_a_pattern_that_matches_nothing(pattern: str, plugin: str, tmp_path: Path) -> None:
    options = f'    ignore: {{"{pattern}": [link]}}\n    dialect: none\n'
    config = case.CONFIG.replace("extra:\n", f"{plugin}extra:\n").replace("  docsite:\n", f"  docsite:\n{options}")
    found = case.findings(tmp_path, {"mkdocs.yml": config})
    wanted = PATTERNS[pattern] if not plugin else None  # which may add pages
    assert [(one.rule, one.target, one.suggestion) for one in found] == (
        [] if wanted is None else [("settings-unused", pattern, wanted)]
    )


@pytest.mark.parametrize("pattern", ["2024", "null", "2024-01-01", "true"])
def test_a_pattern_that_yaml_reads_as_no_text(pattern: str, tmp_path: Path) -> None:
    config = case.CONFIG.replace("  docsite:\n", f"  docsite:\n    ignore: {{{pattern}: [link]}}\n    dialect: none\n")
    assert case.findings(tmp_path, {"mkdocs.yml": config}) == []


def test_keys_of_mkdocs_that_occur_twice(tmp_path: Path) -> None:
    config = case.CONFIG.replace("theme:", "nav: [a.md]\nnav: [en/other.md]\ntheme:")
    (finding,) = case.findings(tmp_path, {"mkdocs.yml": config})
    assert (str(finding.location), finding.rule, finding.target) == ("mkdocs.yml:4:1", "settings-unused", "nav")


@pytest.mark.parametrize("key", ["includes", "data"])
@pytest.mark.parametrize("place", ["extra", "plugin", "INHERIT"])
def test_a_folder_that_does_not_exist(key: str, place: str, tmp_path: Path) -> None:
    extra = f"extra:\n  docsite:\n    dialect: markdown\n    {key}: parts\n"
    plugin = f"plugins:\n  - docsite:\n      dialect: markdown\n      {key}: parts\n"
    config = {"extra": extra, "plugin": plugin, "INHERIT": "INHERIT: base.yml\n"}[place]
    files = {"mkdocs.yml": f"site_name: x\n{config}", "base.yml": extra, "docs/index.md": "# Home\n"}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    where = {"extra": "mkdocs.yml:5:5", "plugin": "mkdocs.yml:5:7", "INHERIT": "base.yml:4:5"}[place]
    config_file = tmp_path / "mkdocs.yml"
    assert [str(one.location) for one in load_project(load_settings(config_file)).findings] == [where]
    (tmp_path / "docs/parts").mkdir()
    assert load_project(load_settings(config_file)).findings == []

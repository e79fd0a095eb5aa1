"""Each mkdocs.yml of contributing/adopting.md, built strictly and checked with a small tree of its kind."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands import run_docsite
from tests.document_case import sections
from tests.plugin.test_site_build import build
from tests.test_documents import DOCUMENTS, ROOT

TREES = {
    "docs_structure: folder": {
        "docs/en/index.md": "# Home\n\n[next](next.md)\n",
        "docs/en/next.md": "# Next\n\n[home](index.md)\n",
        "docs/fr/index.md": "# Accueil\n\n[suite](next.md)\n",
        "docs/fr/next.md": "# Suite\n\n[accueil](index.md)\n",
    },
    "docs_structure: suffix": {
        "docs/index.md": "# Home\n\n[next](next.md)\n",
        "docs/next.md": "# Next\n\n[home](index.md)\n",
        "docs/index.fr.md": "# Accueil\n\n[suite](next.md)\n",
        "docs/next.fr.md": "# Suite\n\n[accueil](index.md)\n",
    },
    "": {
        "docs/index.md": "# Home\n\n[next](next.md#part)\n",
        "docs/next.md": "# Next\n\n## Part\n\n{% alert tip %}\nA tip.\n{% endalert %}\n\n[home](index.md)\n",
        "_config.yml": "product: Acme\n",
        "known-problems.json": '{"version": 1, "known": {}}\n',
    },
}
CONFIGS = {
    f"{section.heading} {number}": fence.text.replace("hooks/site_events.py", f"{ROOT.as_posix()}/hooks/site_events.py")
    for section in sections(DOCUMENTS["contributing/adopting.md"])
    for number, fence in enumerate(section.fences)
    if fence.language == "yml" and re.search(r"^(plugins|hooks):", fence.text, re.MULTILINE)
}


def write(folder: Path, config: str) -> Path:
    tree = next(tree for sign, tree in TREES.items() if sign in config)
    for name, text in tree.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "mkdocs.yml").write_text(f"site_name: Adopted\nsite_url: https://docs.example.com/\n{config}", "utf-8")
    return folder / "mkdocs.yml"


def test_there_is_an_example_for_each_case() -> None:
    assert len(CONFIGS) >= 9


@pytest.mark.parametrize("heading", CONFIGS)
def test_an_example_works(heading: str, tmp_path: Path) -> None:
    config_file = write(tmp_path, CONFIGS[heading])
    done = build(config_file, tmp_path / "site", "--strict")
    assert done.code == 0, done.log
    for command in (["check"], ["check-site", str(tmp_path / "site")]):
        checked = run_docsite(*command, "-f", config_file)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    page = next((tmp_path / "site").rglob("next/index.html")).read_text("utf-8")
    tags = "{% alert" not in page
    assert tags == (not heading.startswith("Checks only")), page

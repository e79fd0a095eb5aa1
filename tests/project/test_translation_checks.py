"""What a page is compared with beyond its own source page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.markup import case


@pytest.mark.parametrize(("shown", "is_other"), [("ecran.svg", False), ("steps.svg", True), ("screen.svg", False)])
def test_an_image_of_the_translation_alone_stands_for_another(shown: str, is_other: bool, tmp_path: Path) -> None:
    image = "# {}\n\n![x](../assets/{})\n"
    files = {f"docs/assets/{name}.svg": "<svg/>" for name in ("ecran", "screen", "steps")}
    files |= {"docs/en/page.md": image.format("Page", "screen.svg"), "docs/fr/page.md": image.format("Page", shown)}
    files |= {
        "docs/en/other.md": image.format("Other", "steps.svg"),
        "docs/fr/other.md": image.format("Autre", "steps.svg"),
    }
    found = [str(one.location) for one in case.findings(tmp_path, files) if one.rule == "translation-image"]
    assert found == (["docs/fr/page.md:3:1"] if is_other else [])

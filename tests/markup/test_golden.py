"""Every golden input means what real Jekyll makes of it (see tests/oracle)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docsite.markup.placeholders import ANY_PLACEHOLDER
from tests.golden_case import GOLDEN, convert
from tests.oracle.facts import facts

CASES = sorted(GOLDEN.glob("*.md"))


def test_there_are_cases_in_both_languages() -> None:
    names = [path.stem for path in CASES]
    assert len(names) >= 60
    assert sum(name.endswith(".fr") for name in names) >= 25
    assert sum(name.endswith(".en") for name in names) >= 25


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_page_means_what_jekyll_makes_of_it(path: Path) -> None:
    result = convert(path)
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert result.findings == ()
    assert not ANY_PLACEHOLDER.search(result.html)
    assert facts(result.html) == wanted

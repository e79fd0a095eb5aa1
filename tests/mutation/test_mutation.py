"""Errors planted in a correct site are found, at their place, and nothing else is.

`MUTATION_SEED=7 pytest tests/mutation` plants others; `python -m tests.mutation` prints a table.
"""

from __future__ import annotations

import pytest

from docsite.diagnostics.rules import RULES
from tests.mutation import sources as in_sources
from tests.mutation import tree as in_tree
from tests.mutation.base import BETWEEN_LANGUAGES, Copy, check_sources, check_tree, verdicts
from tests.mutation.planted import SEED

pytestmark = pytest.mark.no_cover

EACH = 2
"""Mutants of a kind."""


def test_nothing_is_found_in_the_sources_as_they_are(sources: Copy) -> None:
    assert check_sources(sources) == []


def test_nothing_is_found_in_the_built_site_as_it_is(tree: Copy) -> None:
    assert check_tree(tree) == []


@pytest.mark.parametrize("kind", in_sources.kinds())
def test_a_problem_in_the_sources(kind: str, sources: Copy) -> None:
    wrong = verdicts(in_sources.mutants(kind, SEED, EACH), sources, check_sources)
    assert not any(wrong), _told(wrong)


@pytest.mark.parametrize("kind", in_tree.kinds())
def test_a_problem_in_the_built_tree(kind: str, tree: Copy) -> None:
    wrong = verdicts(in_tree.mutants(kind, SEED, EACH, tree), tree, check_tree)
    assert not any(wrong), _told(wrong)


def _told(wrong: list[str]) -> str:
    return "\n".join([f"MUTATION_SEED={SEED}", *filter(None, wrong)])


def test_there_are_enough_kinds() -> None:
    kinds = [*in_sources.kinds(), *in_tree.kinds()]
    assert len(kinds) == len(set(kinds))
    assert len(kinds) * EACH >= 500


def test_every_rule_is_planted(tree: Copy) -> None:
    planted = {
        one.rule
        for kind in in_sources.kinds()
        for mutant in in_sources.mutants(kind, SEED, 1)
        for one in mutant.expected
    }
    planted |= {
        one.rule
        for kind in in_tree.kinds()
        for mutant in in_tree.mutants(kind, SEED, 3, tree)
        for one in mutant.expected
    }
    of_the_build = {"link-not-built", "link-unseen"}  # see tests/built_site/test_link_parity.py
    unreadable = {"source-unreadable", "file-unreadable"}  # see test_broken_input.py
    of_versions = {rule for rule in RULES if rule.startswith("version-")}  # see tests/built_site/test_version_rules.py
    external = {rule for rule in RULES if rule.startswith("external-")}  # see tests/external/
    by_example = {
        "ignore-unknown",
        "link-above-root",
        "liquid-block-in-html",
        "markup-not-rendered",
        "page-conflict",
        "settings-unused",
        "translation-anchor",
    }  # see contributing/checks.md, tests/diagnostics/test_suppressions.py, tests/native/, tests/config/
    elsewhere = of_the_build | unreadable | of_versions | external | by_example | BETWEEN_LANGUAGES
    assert RULES.keys() - planted == elsewhere

"""Every message that the code makes exists, and gets the parameters that its template names."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from docsite.cli.usage_messages import USAGE
from docsite.config.settings_messages import SETTINGS
from docsite.diagnostics.baseline_messages import BASELINE
from docsite.diagnostics.messages import Message, make_message
from docsite.diagnostics.rules import RULES
from docsite.project.fix_messages import SKIPPED
from docsite.publish.publish_messages import ERRORS, NOTES

HOOKS = Path(__file__).parents[2] / "hooks/docsite"
CATALOGS = {
    "settings_message": SETTINGS,
    "publish_error": ERRORS,
    "error_message": ERRORS,
    "note": NOTES,
    "usage_error": USAGE,
    "argument_error": USAGE,
    "skip_reason": SKIPPED,
    "baseline_message": BASELINE,
}
Call = tuple[str, str, str, set[str]]


def fields(template: str) -> set[str]:
    """The names of the parameters of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def calls() -> Iterator[Call]:
    """Where the code makes a message whose rule, key and parameters are written out: place, rule, key, parameters."""
    for path in sorted(HOOKS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "make_message" and node.func.id not in CATALOGS:
                continue
            names = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if len(names) == len(node.args) and all(keyword.arg for keyword in node.keywords):
                rule, key = (names[0], names[1]) if len(names) == 2 else (node.func.id, names[0])
                place = f"{path.relative_to(HOOKS)}:{node.lineno}"
                yield place, str(rule), str(key), {str(keyword.arg) for keyword in node.keywords}


CALLS = list(calls())


@pytest.mark.parametrize(("place", "rule", "key", "given"), CALLS, ids=[call[0] for call in CALLS])
def test_a_message_exists_and_gets_its_parameters(place: str, rule: str, key: str, given: set[str]) -> None:
    messages = RULES[rule].messages if rule in RULES else CATALOGS[rule]
    assert key in messages, place
    assert given == fields(messages[key]), place


def test_most_messages_are_checked_above() -> None:
    assert len(CALLS) > 100


def test_a_message_is_formatted_when_it_is_shown() -> None:
    message = make_message("link-missing-page", "file", path="{a}.md")
    assert str(message) == "The page “{a}.md” does not exist."
    assert str(message.wrap("{message} And {count} more.", count=2)) == f"{message} And 2 more."
    assert message == Message("link-missing-page", "The page “{path}” does not exist.", (("path", "{a}.md"),))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_described_in_sentences(rule: str) -> None:
    assert RULES[rule].messages
    assert RULES[rule].summary.endswith(".")
    assert RULES[rule].fix.endswith(".")

"""docsite in French: the catalog is complete and compiled, and each way of asking for a language is heard."""

from __future__ import annotations

import argparse
import ast
import json
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from docsite._util.catalog import LANGUAGES, preferred_language, use_language
from docsite.cli.main import make_parser
from docsite.cli.translated_parser import translate_parser
from docsite.config.yaml_document import YamlDocument, load_schema, validate
from docsite.diagnostics.explanations import explain_rule
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import any_of, make_message, quote, system_reason
from docsite.diagnostics.reports import Report, Summary, github, junit, markdown, sarif
from docsite.diagnostics.reports import text as text_report
from tests import catalog
from tests.markup import case

NO_TEMPLATES = ("Écrivez {:", "Écrivez {{", "Entourez", "Donnez l’ancien", "Retirez un")
"""How texts begin that show braces and are never formatted."""
PAGE = "# Page\n\n[x](nowhere.md) {{ nope }}\n"


def placeholders(text: str) -> set[str]:
    if "%(" in text or "%s" in text:
        return set(re.findall(r"%\(\w+\)|%s", text))
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def forms(texts: object) -> list[str]:
    return [texts] if isinstance(texts, str) else [str(text) for text in texts]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_text_has_a_translation(language: str) -> None:
    known = catalog.read(language)
    for text in catalog.texts():
        message = known.get(text if isinstance(text, str) else text[0])
        assert message, f"run `python -m tests.catalog`, and translate {text!r}"
        assert all(forms(message.string)), text


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_translations_have_the_same_parameters(language: str) -> None:
    for message in catalog.read(language):
        for form in forms(message.string) if message.id else ():
            if not form.startswith(
                ("Écrivez {:", "Écrivez {{", "Entourez", "Donnez l’ancien", "Retirez un")
            ):  # no templates
                assert placeholders(form) == placeholders(forms(message.id)[0]), message.id


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_compiled_catalog_is_that_of_the_text(language: str) -> None:
    path = catalog.po_file(language)
    assert path.with_suffix(".mo").read_bytes() == catalog.mo(catalog.read(language))
    assert path.read_bytes() == catalog.po(catalog.update(language))


NOT_SAID = ("root_page_strings", "extension_strings", "labels", "html_elements", "patterns", "html", "filters")
"""Modules of texts that the site shows, or of words that are no texts."""


def test_no_sentence_stands_outside_the_catalog() -> None:
    """A text of four words and more that no call translates and no table holds is English whoever reads it."""
    known = {form for text in catalog.texts() for form in ([text] if isinstance(text, str) else text)}
    found = {
        text
        for path in sorted(catalog.CODE.rglob("*.py"))
        if path.stem not in NOT_SAID
        for text in literals(ast.parse(path.read_text("utf-8")))
        if text not in known
        and len(re.findall(r"[A-Za-z]{2,}", text)) >= 4
        and re.match(r"[{A-Z“].* .*[a-z}”)][.:?]?$", text)
    }
    assert found <= LIBRARIES_SAY


LIBRARIES_SAY = {
    "docsite {} with mike {}",
    "Roll back to {}\n\n{}",
    "{} with uncommitted changes",
    "Cannot find fragment",
}
"""Commit messages, which are English, and what other programs say, which is looked for."""


ENGLISH = re.compile(r"\b(?:the|is|not|of|must|has|with|be|are|this|that|which|what|its|a file|a list|and|or|to)\b")


def in_english(text: str) -> bool:
    """Whether a text is in English, apart from what it quotes."""
    return bool(ENGLISH.search(re.sub(r"«[^»]*»|`[^`]*`|<!--.*?-->|\S*[{%(/-]\S*", "", text)))


def test_no_translation_is_english() -> None:
    texts = [form for message in catalog.read("fr") if message.id for form in forms(message.string)]
    assert not [text for text in texts if in_english(text)]


@pytest.fixture
def french() -> Iterator[None]:
    use_language("fr")
    yield
    use_language("en")


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize("name", ["front_matter", "settings", "glossary", "upstream"])
def test_what_a_schema_says_is_french(name: str) -> None:
    """Every key of every schema with values of every type: messages, what keys are for, and the forms of values."""
    found = [str(problem.message) for document in misfits(name) for problem in validate(document, name)]
    assert found
    assert not [text for text in found if in_english(text)]


def misfits(name: str) -> Iterator[YamlDocument]:
    values: tuple[object, ...] = (
        3,
        -1,
        "",
        "a b?#",
        [],
        ["a", "a"],
        [3],
        {},
        {"A b": 3},
        {"a": "b"},
        {"a": []},
        True,
        None,
    )
    yield from (YamlDocument(value) for value in values)
    yield from (YamlDocument({key: value}) for key in keys(load_schema(name)) for value in values)


def keys(schema: dict[str, Any]) -> Iterator[str]:
    yield from schema.get("properties", {})
    yield "unheard-of"


@pytest.mark.usefixtures("french")
def test_help_is_french() -> None:
    commands = [translate_parser(make_parser())]
    for action in commands[0]._actions:
        commands += [*action.choices.values()] if isinstance(action, argparse._SubParsersAction) else []
    assert len(commands) > 8
    for command in commands:
        assert not [line for line in command.format_help().splitlines() if in_english(line)]
        assert not re.search(r"\b(?:FILE|PATH|DIR|NAME|RULE|TITLE|BRANCH|LANGUAGE)\b", command.format_help())


@pytest.mark.usefixtures("french")
def test_reasons_of_the_system_are_french() -> None:
    error = FileNotFoundError(2, "No such file or directory")
    assert str(system_reason(error)) == "fichier ou dossier introuvable"
    assert system_reason(error).in_english == "No such file or directory"
    assert str(system_reason(OSError(5, "Strange {reason}"))) == "Strange {reason}"


@pytest.mark.usefixtures("french")
def test_parts_of_messages_are_french() -> None:
    message = make_message("liquid-syntax", "expected", found=quote("|"), wanted=any_of(["`a`", quote("b")]))
    assert str(message) == "On attendait `a` ou «\u202fb\u202f» au lieu de «\u202f|\u202f»."
    assert message.in_english == "Found “|” where `a` or “b” was expected."


@pytest.mark.usefixtures("french")
def test_reports_are_french() -> None:
    finding = Finding(make_message("link-missing-page", "file", path="x.md"), Location("docs/fr/a.md"))
    report = Report([finding], Summary(1, 1, 1, 2, 0.1), lambda _path, _line: "")
    assert markdown.render(report).startswith("**1 erreur, 2 avertissements**\n")
    for module in (text_report, markdown, github, junit):
        assert not in_english(module.render(report).replace("::error file", "")), module.__name__
    rule = json.loads(sarif.render(report))["runs"][0]["tool"]["driver"]["rules"][0]
    assert not in_english(rule["shortDescription"]["text"] + rule["help"]["text"])


@pytest.mark.usefixtures("french")
def test_the_explanation_of_a_rule_is_french() -> None:
    shown = explain_rule("link-moved")
    assert shown.startswith("```markdown\n[API keys](")
    assert "se trouve désormais à" in shown
    assert "Écrivez la nouvelle adresse." in shown


def literals(tree: ast.AST) -> Iterator[str]:
    """Every string of a module but docstrings; what is filled in is {}."""
    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(value.value) if isinstance(value, ast.Constant) else "{}" for value in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
            yield node.value


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_MESSAGES": "fr_CA"}, "fr"),
        ({"LANG": "C.UTF-8", "DOCSITE_LANG": "fr"}, "fr"),
        ({"LANG": "fr", "DOCSITE_LANG": "en"}, "en"),
    ],
)
def test_the_environment_decides(environment: dict[str, str], language: str) -> None:
    assert preferred_language(environment) == language


@pytest.fixture
def root(tmp_path: Path) -> Path:
    case.write(tmp_path, {case.PAGE: PAGE})
    return tmp_path


def run(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DOCSITE_LANG": "en", **variables}
    command = [sys.executable, "-m", "docsite", *arguments]
    return subprocess.run(
        command, check=False, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (("--lang", "fr", "check"), {}),
        (("check", "--lang", "fr"), {}),
        (("check", "--lang=fr"), {}),
        (("check",), {"DOCSITE_LANG": "fr"}),
    ],
)
def test_a_check_in_french(root: Path, arguments: tuple[str, ...], variables: dict[str, str]) -> None:
    done = run(root, *arguments, "docs/en/page.md", **variables)
    assert done.returncode == 1
    assert "3:5 erreur La page «\u202fnowhere.md\u202f» n’existe pas. [link-missing-page]" in done.stdout
    assert "2 erreurs, 0 avertissement dans 1 page, 1 lien" in done.stdout


def test_other_commands_in_french(root: Path) -> None:
    assert "Vérifie un site généré" in run(root, "check-site", "--help", "--lang", "fr").stdout
    assert "utilisation" in run(root, "--lang", "fr", "nonsense").stderr
    assert "Correction\u00a0: Écrivez la nouvelle adresse." in run(root, "--lang", "fr", "rules", "link-moved").stdout
    assert "non traduites" in run(root, "--lang", "fr", "status").stdout
    assert "ce fichier ou ce dossier n’existe pas" in run(root, "--lang", "fr", "check", "nowhere").stderr


def test_only_the_environment_may_name_another_language(root: Path) -> None:
    assert "invalid choice: 'de' (choose from 'en', 'fr')" in run(root, "check", "--lang", "de").stderr
    assert "choix non valide\u00a0: 'de'" in run(root, "check", "--lang", "de", DOCSITE_LANG="fr").stderr
    assert "does not exist" in run(root, "check", DOCSITE_LANG="de").stdout


def test_numbers_are_french(root: Path) -> None:
    assert re.search(r" \(\d+,\d\d s\)$", run(root, "check", "--lang", "fr").stdout)
    assert re.search(r" \(\d+\.\d\d s\)$", run(root, "check", "--lang", "en").stdout)


def test_a_baseline_is_the_same_in_every_language(root: Path) -> None:
    assert run(root, "check", "--lang", "fr", "--baseline", "known.json", "--update-baseline").returncode == 0
    assert run(root, "check", "--lang", "en", "--baseline", "known.json").returncode == 0
    english = (root / "known.json").read_text("utf-8")
    run(root, "check", "--lang", "en", "--baseline", "known.json", "--update-baseline")
    assert (root / "known.json").read_text("utf-8") == english


def test_rules_and_severities_stay_words_for_programs(root: Path) -> None:
    report = json.loads(run(root, "check", "--lang", "fr", "--format", "json").stdout)
    assert {finding["severity"] for finding in report["findings"]} == {"error"}
    assert {finding["rule"] for finding in report["findings"]} == {"link-missing-page", "liquid-unknown-variable"}

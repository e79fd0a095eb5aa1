"""README, CONTRIBUTING, contributing/, ARCHITECTURE and CHANGELOG: what they say is true, and their links work.

The fenced examples of CONTRIBUTING.md and contributing/ are run. Each is written into a small guide, which is then
checked: with `docsite check-site` when the example is about `site/` or `published/`, with `docsite check` otherwise.
The check must print the `text` block right below the example, or nothing when there is none. A document with a French
counterpart has the same examples there, and what is found is printed in both languages.

- `markdown`, `yaml`, `html`, `xml`, `json` and `python` become a file: docs/en/example.md, or the one that a line such
  as "`docs/fr/exemple.md`:" above the example names. What is meant for mkdocs.yml is added to it.
- `sh` is run in the folder of mkdocs.yml.
- Files stay until the next heading. Fences of any other language are for people only.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import markdown
import pytest
import yaml

from docsite._util.catalog import use_language
from docsite.built_site.link_parity import link_differences
from docsite.cli.main import main
from docsite.config import settings, yaml_document
from docsite.diagnostics.findings import sort_findings
from docsite.diagnostics.reports import Report, Summary
from docsite.diagnostics.reports.text import render
from docsite.diagnostics.rules import RULES, Severity
from docsite.external.address_list import collect_addresses
from docsite.external.history import History, save_history
from docsite.external.lychee import Answer, Kind
from docsite.markup.markdown_extension import DialectExtension
from docsite.markup.slugs import unique_slugs
from docsite.markup.source_file import LineCache
from docsite.project import project
from tests.document_case import EXAMPLE, HEADING_OR_FENCE, Fence, Section, sections
from tests.example_site import ANSWERS, PUBLISHED, SITE
from tests.golden_case import EXTENSIONS, OPTIONS
from tests.markup.markup_case import extract

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ("CONTRIBUTING.md", *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("contributing/*.md")))
IN_FRENCH = tuple(sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("contributing/fr/*.md")))
NAMES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", *MANUAL, *IN_FRENCH)
DOCUMENTS = {name: (ROOT / name).read_text("utf-8") for name in NAMES}

OF_THE_BUILD = ("link-unseen",)
FRENCH_WORDS = {"error": "erreur", "warning": "avertissement"}


def headings(name: str) -> set[str]:
    """The anchors of a document, as GitHub and GitLab make them."""
    return set(unique_slugs(section.heading for section in sections(DOCUMENTS[name])))


def code(document: str) -> str:
    """Fenced blocks and inline code, a piece a line."""
    fenced = [fence.text for section in sections(document) for fence in section.fences]
    return "\n".join(fenced + re.findall(r"`([^`\n]+)`", HEADING_OR_FENCE.sub("", document)))


EXAMPLES = [section for name in MANUAL for section in sections(DOCUMENTS[name]) if section.fences]
CHECKS = sections(DOCUMENTS["contributing/checks.md"])
CHECKS_IN_FRENCH = sections(DOCUMENTS["contributing/fr/verification.md"])


# The examples


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for name, text in [*SITE.items(), *((f"published/{name}", text) for name, text in PUBLISHED.items())]:
        _write(tmp_path / name, text)
    (tmp_path / "published/latest").symlink_to("1.1", target_is_directory=True)
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def apply(fence: Fence, site: Path) -> None:
    """Do to the site what an example shows."""
    if fence.language == "sh":
        subprocess.run(["sh", "-euc", fence.text], cwd=site, check=True, stdin=subprocess.DEVNULL)
    elif fence.path == "mkdocs.yml":
        key = fence.text.partition(":")[0]
        kept = [line for line in SITE[fence.path].splitlines(keepends=True) if not line.startswith(f"{key}:")]
        _write(site / fence.path, "".join(kept) + fence.text)
    else:
        _write(site / fence.path, fence.text)


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """What commands are about to print, so that each language can print it."""
    kept: list[Report] = []

    def keep(report: Report) -> str:
        kept.append(report)
        return ""

    monkeypatch.setattr("docsite.diagnostics.reports.text.render", keep)
    return kept


def check(fence: Fence, site: Path, rule: str, reports: list[Report]) -> Report:
    """What the check of an example finds."""
    about = fence.text if fence.language == "sh" else f" {fence.path}"
    built = next((folder for folder in ("site", "published") if f" {folder}/" in about), "")
    command = ["check-site", str(site / built)] if built else ["check"]
    if rule.startswith("external-"):
        _answer(site)
        command = ["check-external", "--offline"]
    status = main([*command, "--config-file", str(site / "mkdocs.yml")])
    assert status in (0, 1), "wrong usage or settings; see stderr"
    return differing(site) if rule in OF_THE_BUILD else reports[-1]


def printed(report: Report, language: str) -> str:
    """A report in a language, without the figures of its last line."""
    use_language(language)
    *lines, _figures = render(report).splitlines()
    use_language("en")
    return "\n".join(lines).strip()


def _answer(site: Path) -> None:
    """Leave what a run would have found of every address: those of ANSWERS, and all others alive."""
    known = settings.load_settings(site / "mkdocs.yml")
    addresses = collect_addresses(project.load_project(known))
    history = History()
    for day in range(known.external.dead_runs):
        answers = {address: ANSWERS.get(address, Answer(Kind.ALIVE)) for address in addresses}
        history.record(answers, day * known.external.dead_days * 86_400)
    save_history(site / ".cache/docsite/external.json", history)


def differing(site: Path) -> Report:
    """What a build tells of a page whose sources are sound: its links that differ from those of its HTML."""
    known = settings.load_settings(site / "mkdocs.yml")
    page = project.load_project(known).pages[EXAMPLE]
    converter = markdown.Markdown(extensions=[*EXTENSIONS, DialectExtension()], extension_configs=OPTIONS)
    found = sort_findings(link_differences(page, converter.convert(page.markdown)))
    return Report(found, Summary(1, 1, len(found), 0, 0), LineCache(known.root))


def runs(section: Section) -> Iterator[tuple[Fence, str]]:
    """Each example of a section, and the output that is shown for it."""
    for fence, following in zip(section.fences, [*section.fences[1:], None], strict=True):
        if fence.language in ("markdown", "yaml", "html", "xml", "json", "python", "sh"):
            yield fence, following.text.strip() if following and following.language == "text" else ""


@pytest.mark.parametrize("section", EXAMPLES, ids=lambda section: section.heading)
def test_an_example_yields_what_is_shown(section: Section, site: Path, reports: list[Report]) -> None:
    if not shutil.which("sh") and any(fence.language == "sh" for fence in section.fences):
        pytest.skip("an example is a shell command")
    in_french = [one for one in CHECKS_IN_FRENCH if one.heading == section.heading in RULES]
    for (fence, shown), *others in zip(runs(section), *map(runs, in_french), strict=True):
        apply(fence, site)
        report = check(fence, site, section.heading, reports)
        compare(shown, printed(report, "en"), MANUAL)
        for _, shown_in_french in others:
            compare(shown_in_french, printed(report, "fr"), IN_FRENCH)


def compare(shown: str, new: str, names: Sequence[str]) -> None:
    """Compare what is shown with what is printed; with `UPDATE_EXAMPLES=1` and one worker, write it: read the diff."""
    if shown == new or not (shown and os.environ.get("UPDATE_EXAMPLES")):
        assert new == shown
        return
    for name in names:
        text = (ROOT / name).read_text("utf-8")
        (ROOT / name).write_text(text.replace(f"```text\n{shown}\n```", f"```text\n{new}\n```", 1), "utf-8")


def test_both_languages_have_the_same_sections_and_examples() -> None:
    """The headings that are rules are the same; what a writer writes is, and what is typed in a terminal."""
    for one, other in zip(map(outline, CHECKS), map(outline, CHECKS_IN_FRENCH), strict=True):
        assert other == one


def outline(section: Section) -> tuple[str, int, list[str]]:
    written = [
        "".join(re.findall(r"^\$.*\n", fence.text, re.MULTILINE)) if fence.language == "console" else fence.text
        for fence in section.fences
        if fence.language != "text"
    ]
    return section.heading if section.heading in RULES else "", section.level, written


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_section_with_its_message_and_fix(rule: str) -> None:
    severity = "warning" if RULES[rule].severity is Severity.INFO else RULES[rule].severity
    for document, word in ((CHECKS, severity), (CHECKS_IN_FRENCH, FRENCH_WORDS[severity])):
        section = next((section for section in document if section.heading == rule), None)
        assert section is not None, f"contributing/checks.md and its French counterpart need a heading `{rule}`"
        reports = [shown for _, shown in runs(section) if shown]
        assert reports, f"{rule}: show an example, and below it, in a `text` block, what `docsite check` prints"
        assert any(re.search(rf" {word} .*\[{rule}\]", shown) for shown in reports)


def test_no_section_explains_a_rule_that_is_gone() -> None:
    named = {section.heading for section in CHECKS if re.fullmatch(r"[a-z]+(-[a-z]+)+", section.heading)}
    assert named <= set(RULES)


# What else can be compared with the thing itself


@pytest.mark.parametrize(("schema", "heading"), [("front_matter", "Front matter"), ("settings", "Settings")])
def test_the_table_of_keys_is_that_of_the_schema(schema: str, heading: str) -> None:
    text = "".join(DOCUMENTS[name].partition(f"\n## {heading}\n")[2].partition("\n## ")[0] for name in MANUAL)
    named = {key for row in re.findall(r"^\| (`.*?) \|", text, re.MULTILINE) for key in re.findall(r"`([\w.]+)`", row)}
    properties = yaml_document.load_schema(schema)["properties"]
    known = {f"{key}.{inner}" for key, value in properties.items() for inner in value.get("properties", {})}
    assert named == known | {key for key, value in properties.items() if "properties" not in value}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_make_target_exists(name: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"^make ([a-z]+)", code(DOCUMENTS[name]), re.MULTILINE)) <= set(targets)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_docsite_command_exists(name: str) -> None:
    for command in sorted(set(re.findall(r"^(?:\$ )?docsite ([a-z][a-z-]*)", code(DOCUMENTS[name]), re.MULTILINE))):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0, command


def test_the_commands_without_make_are_those_that_ci_runs() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    commands = [step["run"] for step in workflow["jobs"]["without-make"]["steps"] if "run" in step]
    lines = dict.fromkeys(code(DOCUMENTS["README.md"]).splitlines())
    assert [line for line in lines if line in commands] == commands


def test_every_package_is_on_the_plan() -> None:
    package = ROOT / "hooks/docsite"
    packages = [path.name for path in package.iterdir() if not path.name.startswith(("_", "."))]
    assert [
        package for package in sorted(packages) if not re.search(rf"`{package}(`|/)", DOCUMENTS["ARCHITECTURE.md"])
    ] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_named_exists(name: str) -> None:
    """Paths in inline code, from the root or from one of our packages, except those that only stand for one."""
    prose = HEADING_OR_FENCE.sub("", DOCUMENTS[name])
    packages = [path.name for path in (ROOT / "hooks/docsite").iterdir() if path.is_dir()]
    paths = rf"`((?:docs|hooks|overrides|tests|{'|'.join(packages)})/[\w./-]*|[\w.-]+\.(?:py|yml|toml|json))`"
    folders = [
        ROOT,
        ROOT / "docs/data",
        ROOT / "hooks/docsite",
        *(ROOT / "hooks/docsite" / package for package in packages),
    ]
    for path in re.findall(paths, prose):
        stands_for_one = re.search(r"PATH|NAME|XX|/example\.md|/_redirects", path)
        assert stands_for_one or any((folder / path).exists() for folder in folders), path


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_inside_the_project_leads_somewhere(name: str) -> None:
    for link in extract(DOCUMENTS[name]).links:
        parts = urlsplit(link.address)
        if parts.scheme:
            continue
        target = (
            posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
        )
        assert (ROOT / target).exists(), link.address
        if parts.fragment:
            assert unquote(parts.fragment) in headings(target), link.address

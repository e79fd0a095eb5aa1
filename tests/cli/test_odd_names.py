"""Whatever files are called, no output drives a terminal or a CI service, and no command fails for it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docsite.cli.main import main
from docsite.cli.options import FORMATS
from tests.markup import case
from tests.plugin.test_site_build import environment

pytestmark = pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="files have no such names here")
NAMES = (
    *(b"bad-\xff", b"escape\x1b[31m", b"two\nlines", b"two\n::error::lines", b"::error::x", b"%0A::warning file=a::x"),
    *(b"return\r::error::x", b"turned\xe2\x80\xae", b"next\xc2\x85line", b"separator\xe2\x80\xa8x", b"comma,colon:x"),
    *(b"<b>&'\"", b"pipe|x", b"`tick`", b"##[error]x", b"folder\xfe/page", b"folder\n##[error]/page", b"\x7f\x9b31m"),
)
PAGE = b"# T\n\n[x](nowhere.md) {{ nope }} [old]({{site.baseurl}}/old/)\n"
HARM = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]")
COMMANDS_OF_CI = re.compile(r"^\s*(::|##\[)", re.MULTILINE)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A guide, and a built site, whose files are called so; the guide is the current folder."""
    root = tmp_path / "guide"
    case.write(root, {})
    for name in NAMES:
        for path, text in (
            (f"docs/en/{os.fsdecode(name)}.md", PAGE),
            (f"docs/fr/{os.fsdecode(name)}.md", PAGE),
            (
                f"site/{os.fsdecode(name)}.html",
                b"<html lang=en><title>x</title><a href='no\x1b/\xff'>x</a>",
            ),
        ):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text)
    monkeypatch.chdir(root)
    return root


def require_harmless(output: bytes, *, json: bool = False, commands: bool = False) -> None:
    text = output.decode()  # it is UTF-8
    assert text
    assert "Traceback" not in text
    if not json:  # JSON escapes what matters, and programs read it
        assert HARM.search(text) is None, ascii(HARM.search(text))
    if not commands:
        assert COMMANDS_OF_CI.search(text) is None


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("arguments", [("check", "--no-cache"), ("check-site", "site"), ("status",)], ids=" ".join)
@pytest.mark.usefixtures("root")
def test_reports(arguments: tuple[str, ...], form: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    if arguments == ("status",) and form in ("junit", "github", "sarif"):
        pytest.skip("status has no such form")
    main([*arguments, "--format", form])
    output, error = capfdbinary.readouterr()
    require_harmless(output, json=form == "json", commands=form == "github")
    if form == "github":  # each line is a command of its own
        assert all(re.match(rb"::(error|warning) file=|\d+ errors?, ", line) for line in output.splitlines() if line)
    assert HARM.search(error.decode()) is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("status", "--diff"),
        ("fix", "--diff"),
        ("fix",),
        ("check-external", "--offline"),
        ("check", "--baseline", "known.json", "--update-baseline"),
        ("check-site", "site", "--baseline", "known.json", "--update-baseline"),
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("root")
def test_what_else_commands_say(arguments: tuple[str, ...], capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    main([*arguments])
    output, error = capfdbinary.readouterr()
    require_harmless(output + error)
    if "--update-baseline" in arguments:
        assert main([*arguments[:-1]]) == 0, "what is recorded is recognized"
        require_harmless(b"".join(capfdbinary.readouterr()))


def test_git_applies_the_difference(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fix", "--diff"])
    difference = capsys.readouterr().out
    subprocess.run(["git", "apply", "-"], cwd=root, input=difference, text=True, check=True)
    main(["fix", "--diff"])
    assert capsys.readouterr().out == ""


def test_the_log_of_a_build(root: Path) -> None:
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins:\n", "plugins:\n  - docsite\n"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        env=environment() | {"NO_MKDOCS_2_WARNING": "1"},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    require_harmless(done.stdout)
    assert done.returncode == 0


def test_a_filter_of_the_log_keeps_colors_and_lines() -> None:
    import logging

    from docsite.plugin.log_filter import _clean

    record = logging.makeLogRecord({"msg": "\x1b[31m%s\x1b[0m\nsecond\n ::error::%s\x1b]0;x", "args": ("a\rb", "c")})
    assert _clean(record)
    assert record.getMessage() == "\x1b[31ma\ufffdb\x1b[0m\nsecond\n|  ::error::c\ufffd]0;x"


@pytest.mark.parametrize("place", ["site", "docs/en"])
def test_folders_in_folders_without_end(tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    case.write(tmp_path, {"site/index.html": "<html lang=en><title>x</title>"})
    monkeypatch.chdir(tmp_path / place)
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    Path("index.md" if place == "docs/en" else "index.html").write_text("<html lang=en><title>x</title>")
    monkeypatch.chdir(tmp_path)
    code = 2 if place == "docs/en" else 0  # MkDocs reads no folders that deep
    try:
        codes = [main(arguments) for arguments in (["check"], ["check-site", "site", "--no-cache"])]
    finally:
        subprocess.run(["rm", "-rf", f"{place}/d"], check=True)  # pytest could not
    assert set(codes) <= {0, code}

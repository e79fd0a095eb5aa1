"""Ctrl-C, `kill` and a closed terminal end every command: no traceback, nothing left behind, and the shell knows."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from docsite.cli.options import DEFAULT_CONFIG_FILE
from tests.markup import case
from tests.publish import case as publish_case
from tests.shared import unmeasured

pytestmark = [
    pytest.mark.no_cover,
    pytest.mark.skipif(os.name == "nt", reason="processes send each other no signals here"),
]
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
COMMANDS = (
    ("check",),
    ("check", "--no-cache", "--output", "out/report"),
    ("check-site", "site", "--output", "out/report"),
    ("check-external", "--offline"),
    ("status",),
    ("fix",),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A guide with enough pages for two processes, and its built site."""
    root = tmp_path_factory.mktemp("guide")
    page = "# Page\n\n" + 'Some "text" with a [link](other.md) and `code`.\n\n' * 40
    case.write(root, {f"docs/{language}/{n}.md": page for language in ("en", "fr") for n in range(40)})
    for n in range(200):
        (root / "site" / f"{n}").mkdir(parents=True)
        (root / "site" / f"{n}/index.html").write_text(f"<html lang=en><title>{n}</title>" + "<a href=../1/>x</a>" * 99)
    return root


START = """
import signal, sys
import docsite.cli.entry_point as command
begin = command.end_at_once_on_interrupt
def begin_and_tell():
    begin()
    print("ready", file=sys.stderr, flush=True)
command.end_at_once_on_interrupt = begin_and_tell
for number in {ignored}:
    signal.signal(number, signal.SIG_IGN)
sys.exit(command.run())
"""


def start(root: Path, temporary: Path, *arguments: str, ignored: Sequence[int] = ()) -> subprocess.Popen[str]:
    """A command that has begun; its temporary folders go into a folder of its own."""
    temporary.mkdir()
    code = START.format(ignored=[int(number) for number in ignored])
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments, "-f", str(root / DEFAULT_CONFIG_FILE)],
        cwd=root,
        env=unmeasured() | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr
    assert process.stderr.readline() == "ready\n"
    return process


def interrupt(process: subprocess.Popen[str], number: int, *, group: bool = False) -> None:
    """Send a signal, twice, as impatient people do; check how the process ends."""
    for _ in range(2):
        if process.poll() is None:
            (os.killpg if group else os.kill)(process.pid, number)
    _, error = process.communicate(timeout=30)
    assert process.returncode in (-number, 0, 1)  # it may have been done
    assert "Traceback" not in error
    assert "Exception ignored" not in error


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_ends_in_order(root: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    copy = shutil.copytree(root, tmp_path / "guide")
    (copy / "out").mkdir()
    before = {path: path.read_bytes() for path in copy.rglob("*.md")}
    signaled = False
    for number, delay in zip(SIGNALS, (0.0, 0.1, 0.3), strict=True):
        temporary = tmp_path / number.name
        process = start(copy, temporary, *arguments)
        time.sleep(delay)
        interrupt(process, number, group=number == signal.SIGINT)  # as terminals do
        signaled = signaled or process.returncode == -number
        assert [*temporary.iterdir()] == []
        assert [*copy.rglob(".docsite-*")] == []
    assert signaled
    assert {path for path in copy.rglob("*.md") if not path.read_bytes()} == set()
    if arguments != ("fix",):
        assert {path: path.read_bytes() for path in copy.rglob("*.md")} == before


@pytest.mark.parametrize("number", SIGNALS[:2])
def test_a_publication_leaves_no_folder(tmp_path: Path, number: int) -> None:
    settings = publish_case.git_settings(tmp_path)
    next(settings)
    guide = publish_case.make(tmp_path / "guide")
    temporary = tmp_path / "temporary"
    process = start(guide.root, temporary, "publish", "1.0")
    end = time.monotonic() + 120
    while not any(temporary.glob("docsite-*/site/*")) and time.monotonic() < end:
        time.sleep(0.01)
    interrupt(process, number, group=number == signal.SIGINT)
    assert process.returncode == -number
    assert [*temporary.iterdir()] == []
    assert guide.tip() == ""
    next(settings, None)


def test_what_is_ignored_stays_ignored(root: Path, tmp_path: Path) -> None:
    """As `nohup` has it for the signal of a closed terminal."""
    process = start(root, tmp_path / "temporary", "check", "--no-cache", ignored=[signal.SIGHUP])
    for _ in range(10):
        if process.poll() is None:
            process.send_signal(signal.SIGHUP)
            time.sleep(0.05)
    process.communicate(timeout=30)
    assert process.returncode in (0, 1)

"""Writing a file never replaces a device, a pipe or a link, and leaves no half of one."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from docsite._util.files import write_atomically

SITE = Path(__file__).parents[1] / "site" / "mkdocs.yml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_the_permissions_of_the_umask(folder: Path) -> None:
    for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0o002, 0o664)):
        before = os.umask(mask)
        try:
            write_atomically(folder / f"{mask}", "text")
        finally:
            os.umask(before)
        assert stat.S_IMODE((folder / f"{mask}").stat().st_mode) == mode


def test_an_existing_file_keeps_its_permissions(folder: Path) -> None:
    path = folder / "report"
    path.write_text("before")
    path.chmod(0o640)
    write_atomically(path, "after")
    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert names(folder) == ["report"]


def test_a_name_as_long_as_names_may_be(folder: Path) -> None:
    path = folder / ("x" * 255)
    write_atomically(path, "text")
    assert path.read_text() == "text"


def test_a_device_stays_a_device() -> None:
    leader, follower = os.openpty()
    try:
        device = Path(os.ttyname(follower))
        write_atomically(device, "report")
        assert os.read(leader, 100) == b"report"
        assert stat.S_ISCHR(device.stat().st_mode)
    finally:
        os.close(leader)
        os.close(follower)


def test_a_pipe_stays_a_pipe(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    heard: list[str] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_text()))
    reader.start()
    write_atomically(pipe, "report")
    reader.join()
    assert heard == ["report"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("there", [True, False])
def test_a_symbolic_link_stays_and_its_target_is_written(folder: Path, *, there: bool) -> None:
    target = folder / "target"
    if there:
        target.write_text("before")
    (folder / "link").symlink_to("target")
    write_atomically(folder / "link", "after")
    assert (folder / "link").is_symlink()
    assert target.read_text() == "after"
    assert names(folder) == ["link", "target"]


def test_a_link_to_a_device_stays(folder: Path) -> None:
    (folder / "link").symlink_to(os.devnull)
    write_atomically(folder / "link", "report")
    assert (folder / "link").is_symlink()
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_hard_links_stay_one_file(folder: Path) -> None:
    (folder / "one").write_text("before")
    (folder / "two").hardlink_to(folder / "one")
    write_atomically(folder / "one", "after")
    assert (folder / "two").read_text() == "after"


def test_what_cannot_be_written_stays_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "report"
    path.write_text("before")

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, "after")
    assert path.read_text() == "before"
    assert names(folder) == ["report"]


def test_a_report_goes_through_a_link_to_standard_output(folder: Path) -> None:
    (folder / "link").symlink_to("/dev/stdout")
    for name in ("/dev/stdout", folder / "link"):
        command = [sys.executable, "-m", "docsite", "check", "-f", str(SITE), "--output", str(name)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert "0 errors" in done.stdout
        assert Path("/dev/stdout").is_symlink()
        assert (folder / "link").is_symlink()

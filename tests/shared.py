"""What is dear to make, made once for all workers of pytest-xdist, and the order in which they take their work."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path

FIRST = (
    "tests/publishing/test_publish.py",
    "tests/browser/test_versions.py",
    "tests/publishing/",
    "tests/browser/",
    "tests/mutation/test_mutation.py",
    "tests/test_site_build.py",
    "tests/dialect/test_properties.py",
)
"""Where the work begins, so that no worker is left with it alone at the end."""

ALONE = ("test_every_selector",)
"""Tests so long that each is a part of the work by itself, as a file is for all others."""


def unmeasured() -> dict[str, str]:
    """The environment without what makes a process of ours measure its coverage, which doubles its time.

    tests/test_site_build.py measures builds with all there is in them.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder that the first process to ask makes, under another name at first, and the others wait for."""
    lock, failed = folder.with_name(f"{folder.name}.lock"), folder.with_name(f"{folder.name}.failed")
    try:
        lock.mkdir(parents=True)
    except FileExistsError:
        end = time.monotonic() + 120
        while not folder.exists() and not failed.exists() and time.monotonic() < end:
            time.sleep(0.05)
        if not folder.exists():
            told = failed.read_text("utf-8") if failed.exists() else f"{folder} is not made in time"
            raise RuntimeError(told) from None
        return folder
    making = folder.with_name(f"{folder.name}.making")
    try:
        make(making)
    except BaseException:
        failed.write_text(traceback.format_exc(), "utf-8")
        raise
    return making.rename(folder)


def part(nodeid: str) -> str:
    """The part of the work that a test belongs to: what one worker does in one go."""
    path, _, name = nodeid.partition("::")
    return nodeid if name.startswith(ALONE) else path


def turn(part: str) -> int:
    """When a part of the work is begun: small numbers first."""
    return next((number for number, start in enumerate(FIRST) if part.startswith(start)), len(FIRST))

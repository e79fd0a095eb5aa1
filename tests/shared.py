"""What is costly to make, made once for all workers of pytest-xdist."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import Message


def make_finding(rule: str, location: Location, text: str, target: str = "", suggestion: str = "") -> Finding:
    """A finding whose message is this text."""
    return Finding(Message(rule, "{text}", (("text", text),)), location, target, suggestion)


def unmeasured() -> dict[str, str]:
    """The environment without what makes a process of ours measure its coverage, which doubles its time.

    tests/plugin/test_site_build.py measures builds with all there is in them.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def made_once(folder: Path, make: Callable[[Path], object]) -> Path:
    """A folder that the first process to ask makes, under another name at first, while the others wait."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock"), timeout=300):
        if not folder.exists():
            making = folder.with_name(f"{folder.name}.making")
            shutil.rmtree(making, ignore_errors=True)  # another process may have failed
            make(making)
            making.rename(folder)
    return folder

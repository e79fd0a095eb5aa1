"""Times whole commands, side by side, so that a ratio holds when the machine's speed drifts."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True)
class Run:
    """One run: wall seconds, peak memory of its largest process in MB, and exit code."""

    seconds: float
    megabytes: float
    code: int


@dataclass(frozen=True)
class Series:
    """Runs of one command."""

    name: str
    runs: Sequence[Run]

    @property
    def median(self) -> float:
        return statistics.median(run.seconds for run in self.runs)

    def row(self) -> str:
        """Minimum, median and maximum."""
        seconds = sorted(run.seconds for run in self.runs)
        memory = max(run.megabytes for run in self.runs)
        codes = sorted({run.code for run in self.runs})
        spread = f"min {seconds[0]:7.2f}  median {self.median:7.2f}  max {seconds[-1]:7.2f} s"
        return f"{self.name:<42} {spread}  {memory:6.0f} MB  exit {codes}"


def once(command: Sequence[str], folder: Path) -> Run:
    """Run a command without its output."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COVERAGE_")}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_maxrss / 1024, process.returncode)


def in_turn(
    commands: Mapping[str, Sequence[str]],
    folder: Path,
    runs: int,
    before: Mapping[str, Callable[[], object]] = MappingProxyType({}),
) -> list[Series]:
    """Run commands A B A B ..., after one run of each that is not counted.

    Args:
        before: what to do ahead of each run of a command, outside its time.
    """
    found: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            before.get(name, _nothing)()
            run = once(command, folder)
            if number:
                found[name].append(run)
    return [Series(name, taken) for name, taken in found.items()]


def _nothing() -> None:
    pass


def ratio(one: Series, other: Series) -> float:
    """Median of the ratios of runs that followed each other."""
    return statistics.median(a.seconds / b.seconds for a, b in zip(one.runs, other.runs, strict=True))

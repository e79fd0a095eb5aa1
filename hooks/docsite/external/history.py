"""What was learned of each external address, kept in the cache folder from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from docsite._util.files import write_atomically
from docsite.external.lychee import Answer, Kind

VERSION = 1
_DAY = 86_400


class Entry(msgspec.Struct, frozen=True):
    """An address over time; times are seconds since 1970.

    Attributes:
        dead_since: when it was first found dead, with no other answer since; 0 for one that is not dead.
        dead_runs: how many runs have found it dead since then.
    """

    answer: Answer
    checked: float
    dead_since: float = 0
    dead_runs: int = 0

    def is_confirmed(self, runs: int, days: float) -> bool:
        """Whether the address was dead in enough runs, over enough days."""
        return self.dead_runs >= runs and self.checked - self.dead_since >= days * _DAY


class History(msgspec.Struct):
    """Entries by address."""

    version: int = VERSION
    entries: dict[str, Entry] = msgspec.field(default_factory=dict)

    def due(self, addresses: Iterable[str], now: float, max_age: float) -> list[str]:
        """The addresses to ask for: all but those found alive within `max_age` seconds."""
        return [address for address in addresses if not self._is_fresh(address, now, max_age)]

    def _is_fresh(self, address: str, now: float, max_age: float) -> bool:
        entry = self.entries.get(address)
        return entry is not None and entry.answer.kind is Kind.ALIVE and 0 <= now - entry.checked < max_age

    def record(self, answers: Mapping[str, Answer], now: float) -> None:
        """Take in the answers of a run. An address whose answer is unknown keeps its record of being dead."""
        for address, answer in answers.items():
            before = self.entries.get(address)
            since, runs = (before.dead_since, before.dead_runs) if before else (0, 0)
            if answer.kind is Kind.DEAD:
                since, runs = since or now, runs + 1
            elif answer.kind is not Kind.UNKNOWN:
                since, runs = 0, 0
            self.entries[address] = Entry(answer, now, since, runs)

    def keep_only(self, addresses: Iterable[str]) -> None:
        """Forget addresses that nothing uses."""
        self.entries = {address: self.entries[address] for address in addresses if address in self.entries}


def load_history(path: Path) -> History:
    """The history; an empty one where there is none, or none that this version can read."""
    try:
        history = msgspec.json.decode(path.read_bytes(), type=History)
    except (OSError, msgspec.MsgspecError, RecursionError):
        return History()
    return history if history.version == VERSION else History()


def save_history(path: Path, history: History) -> None:
    """Write the history, in an order that makes differences readable.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, msgspec.json.format(msgspec.json.encode(history, order="sorted")) + b"\n")

"""A second process for half of the work, forked so that it has all that this one has."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from docsite._util.catalog import translate
from docsite._util.errors import WorkerError
from docsite._util.exit_reason import exit_reason
from docsite._util.interruption import ENDING_SIGNALS

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_EXIT_SECONDS = 5


def workers_available() -> bool:
    """Whether a second process can be forked, and has a processor of its own."""
    return (os.cpu_count() or 1) > 1 and hasattr(os, "fork")


class _Failure(NamedTuple):
    """What the task raised, as text: an exception may not survive the way between processes."""

    report: str


class Channel:
    """One end of the line between two processes. Of two that send at once, each may wait for the other for ever."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, value: object) -> None:
        self._connection.send(value)

    def receive(self) -> Any:
        """What the other process sent."""
        return self._connection.recv()


class Worker:
    """A process that runs a task. Used as a context, it is gone at the end, whatever happened."""

    def __init__(self, task: Callable[[Channel], object]) -> None:
        import multiprocessing  # costly to load, and of no use for little work

        context = multiprocessing.get_context("fork")
        self._connection, there = context.Pipe()
        with _signals_held() as mask:  # until the new process has its own way with them
            self._process = context.Process(target=_run, args=(task, self._connection, there, mask), daemon=True)
            self._process.start()
        there.close()

    def send(self, value: object) -> None:
        """Send a value to the task.

        Raises:
            WorkerError: the process has ended.
        """
        try:
            self._connection.send(value)
        except OSError:
            self.receive()  # the task's own error, or that the process died

    def receive(self) -> Any:
        """The next value that the task sends.

        Raises:
            WorkerError: the task raised, or its process died.
        """
        try:
            value = self._connection.recv()
        except (EOFError, OSError):
            raise WorkerError(self._death()) from None
        if isinstance(value, _Failure):
            raise WorkerError(translate("A worker process failed."), value.report.rstrip())
        return value

    def _death(self) -> str:
        self._process.join(_EXIT_SECONDS)
        ended = translate("A worker process ended before its work was done ({reason}).")
        return ended.format(reason=exit_reason(self._process.exitcode or 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self._connection.close()
        if kind is not None:
            self._process.kill()
        self._process.join(_EXIT_SECONDS)


@contextmanager
def _signals_held() -> Iterator[set[int]]:
    """Let the signals that end a process wait; gives those that were waiting before."""
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)
    try:
        yield mask
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _run(task: Callable[[Channel], object], parents: Connection, connection: Connection, mask: set[int]) -> None:
    parents.close()  # so that this process notices when the other ends
    for number in ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    try:
        task(Channel(connection))
    except (BrokenPipeError, EOFError, ConnectionResetError):
        return  # the other process has ended, and nobody waits for the result
    except BaseException:  # noqa: BLE001 - whatever it is, the other process is to know
        connection.send(_Failure(traceback.format_exc()))

"""A second process for half of the work, forked so that it has all that this one has."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from docsite.errors import WorkerError

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
        self._process = context.Process(target=_run, args=(task, self._connection, there), daemon=True)
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
            raise WorkerError(f"A worker process failed.\n{value.report.rstrip()}")
        return value

    def _death(self) -> str:
        self._process.join(_EXIT_SECONDS)
        code = self._process.exitcode
        if code is not None and code < 0:
            hint = "; the machine may be out of memory" if -code == signal.SIGKILL else ""
            return f"A worker process was ended by signal {-code} ({signal.strsignal(-code)}){hint}."
        return f"A worker process ended before its work was done (exit code {code})."

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, place: TracebackType | None
    ) -> None:
        self._connection.close()
        if kind is not None:
            self._process.kill()
        self._process.join(_EXIT_SECONDS)


def _run(task: Callable[[Channel], object], parents: Connection, connection: Connection) -> None:
    parents.close()  # so that this process notices when the other ends
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both processes; the other one ends this one
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    try:
        task(Channel(connection))
    except (BrokenPipeError, EOFError, ConnectionResetError):
        return  # the other process has ended, and nobody waits for the result
    except BaseException:  # noqa: BLE001 - whatever it is, the other process is to know
        connection.send(_Failure(traceback.format_exc()))

"""Signals that ask a process to end: it ends at once, and where there is something to tidy up, after that."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import current_thread, main_thread
from typing import NoReturn

ENDING_SIGNALS = [signal.Signals[name] for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""Ctrl-C, `kill`, and a terminal that was closed, as far as the system has them."""


class Interrupted(KeyboardInterrupt):
    """A signal asks the process to end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def tidied() -> Iterator[None]:
    """Within the block the first signal raises `Interrupted`, so that `finally` is reached; later ones do nothing.

    Signals that are ignored, as `nohup` has it, stay ignored.
    """
    before = {number: signal.getsignal(number) for number in ENDING_SIGNALS}
    if current_thread() is not main_thread() or {_raise, _do_nothing} & {*before.values()}:
        yield
        return
    raise_on_signals()
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone after the block, whatever happens."""
    with tidied(), TemporaryDirectory(prefix="docsite-") as name:
        yield Path(name).resolve()


def raise_on_signals() -> None:
    """Let signals raise `Interrupted` in the main thread from now on, as in a block of `tidied`."""
    for number in ENDING_SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _raise)


def _raise(number: int, _frame: object) -> NoReturn:
    for other in ENDING_SIGNALS:
        if signal.getsignal(other) is _raise:
            signal.signal(other, _do_nothing)
    raise Interrupted(number)


def _do_nothing(_number: int, _frame: object) -> None:
    """Unlike SIG_IGN, this is not handed down to the programs that a process starts."""


def end_at_once_on_interrupt() -> None:
    """Let Ctrl-C end the process as other signals do, where Python would raise KeyboardInterrupt.

    Raised in the midst of anything, that has crashed extension modules.
    """
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def end_by_signal(number: int) -> int:
    """End the process as the signal would have done, which shells and supervisors look at.

    Returns:
        the exit code that stands for it, on systems where a process cannot send itself signals.
    """
    if os.name != "nt":
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    return 128 + number

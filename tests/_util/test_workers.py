"""Work in a second process: its errors come back whole, and its death is reported plainly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from docsite._util.errors import WorkerError
from docsite._util.workers import Channel, Worker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no two processes here")


def test_both_talk_in_turn() -> None:
    def task(channel: Channel) -> None:
        channel.send("first")
        channel.send(channel.receive() * 2)

    with Worker(task) as worker:
        assert worker.receive() == "first"
        worker.send(21)
        assert worker.receive() == 42


def test_an_error_comes_back_whole() -> None:
    class Unpicklable(Exception):
        def __reduce__(self) -> str:
            raise TypeError

    def inner() -> None:
        raise Unpicklable("no page “é”")

    def task(_channel: Channel) -> None:
        inner()

    with Worker(task) as worker, pytest.raises(WorkerError) as caught:
        worker.receive()
    assert "in inner" in str(caught.value)
    assert "no page “é”" in str(caught.value)


def test_an_error_is_reported_when_the_task_no_longer_listens() -> None:
    def send_until_told(worker: Worker) -> None:
        for _ in range(1000):
            worker.send("x" * 10_000)
            time.sleep(0.01)

    with Worker(lambda _channel: 1 // 0) as worker, pytest.raises(WorkerError, match="ZeroDivisionError"):
        send_until_told(worker)


@pytest.mark.parametrize(
    ("end", "message"),
    [
        (lambda _channel: os.kill(os.getpid(), signal.SIGKILL), r"ended by SIGKILL; .* out of memory"),
        (lambda _channel: os._exit(3), r"exit code 3"),
    ],
)
def test_a_process_that_dies_is_reported_plainly(end: Callable[[Channel], object], message: str) -> None:
    with Worker(end) as worker, pytest.raises(WorkerError, match=message):
        worker.receive()


def test_none_is_left_when_this_process_fails() -> None:
    def sleep(channel: Channel) -> None:
        channel.send(os.getpid())
        time.sleep(60)

    def fail() -> None:
        with Worker(sleep) as worker:
            processes.append(worker.receive())
            raise RuntimeError

    processes: list[int] = []
    with pytest.raises(RuntimeError):
        fail()
    assert not _runs(processes[0])


def test_none_is_left_when_this_process_is_killed() -> None:
    code = (
        "import os, signal\n"
        "from docsite._util.workers import Worker\n"
        "worker = Worker(lambda channel: (channel.send(os.getpid()), channel.receive()))\n"
        "print(worker.receive(), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    process = int(done.stdout)
    end = time.monotonic() + 10
    while _runs(process) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _runs(process)
    assert done.stderr == ""


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True

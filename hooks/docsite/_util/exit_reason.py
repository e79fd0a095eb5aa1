"""Why a process ended, in words that go behind its name."""

from __future__ import annotations

import signal

from docsite._util.catalog import translate


def exit_reason(code: int) -> str:
    """What an exit code says, as `subprocess` gives it: a negative one is a signal."""
    if code >= 0:
        return translate("exit code {code}").format(code=code)
    name = signal.Signals(-code).name if -code in [*signal.Signals] else str(-code)
    if name == "SIGKILL":  # nobody but the system is likely to have sent it
        return translate("ended by {signal}; the machine may be out of memory").format(signal=name)
    return translate("ended by {signal}").format(signal=name)

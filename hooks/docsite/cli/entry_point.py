"""Where the `docsite` command begins: signals are looked after before anything else is loaded."""

from __future__ import annotations

import sys
from contextlib import suppress

from docsite._util.interruption import Interrupted, end_at_once_on_interrupt, end_by_signal


def run() -> int:
    """Run the command; returns the exit code. A signal ends it without a traceback, once what it began is tidied up."""
    end_at_once_on_interrupt()
    from docsite.cli.main import main  # late, since loading it may be interrupted too

    try:
        return main()
    except Interrupted as signal:
        with suppress(OSError, ValueError):  # the terminal may be gone
            sys.stdout.flush()
        return end_by_signal(signal.number)

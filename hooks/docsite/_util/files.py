"""The one way in which docsite writes a file: whole or not at all, and never in the place of what is no file."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from docsite._util.interruption import tidied

_KERNEL = ("/dev/", "/proc/")
"""Names here stand for what a process has open, so that nothing beside them may be renamed over them."""


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write beside the file, then rename over it: bytes, or text as UTF-8 with its newlines as they are.

    An existing file keeps its permissions; a new one gets those of the umask. A symbolic link stays, and what it points
    to is written. A device, a pipe and a file with several hard links are written through, since a rename would replace
    them.

    Raises:
        OSError: it cannot be written; what was there before is untouched, unless it was written through.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        state = path.stat()
    except FileNotFoundError:
        state = None
    if state and stat.S_ISREG(state.st_mode) and state.st_nlink > 1:
        _overwrite(path, data)
        return
    if (state and not stat.S_ISREG(state.st_mode)) or f"{path.absolute()}".startswith(_KERNEL):
        with path.open("wb") as file:
            file.write(data)
        return
    mode = stat.S_IMODE(state.st_mode) if state else 0o666 & ~_umask()
    _replace(Path(os.path.realpath(path)), data, mode)


def _overwrite(path: Path, data: bytes) -> None:
    """Write over a file without emptying it first, so that as little as can be is lost where that is cut short."""
    with path.open("r+b", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        file.truncate()


def _replace(path: Path, data: bytes, mode: int) -> None:
    with tidied():
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".docsite-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    """The umask of this process, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask

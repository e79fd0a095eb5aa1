"""Files of the cache, `.cache/docsite/` beside mkdocs.yml: all of them can be made again, and none is needed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import docsite
from docsite._util.files import write_atomically
from docsite._util.hashing import content_hash

_CHECKSUM = 16
"""Bytes of the checksum that stands before the rest."""


def cache_dir(root: Path) -> Path:
    """Where a site, given the folder of its mkdocs.yml, keeps its cache."""
    return root / ".cache" / "docsite"


def cache_file(config_file: Path, kind: str) -> Path:
    """The file for what is kept of a site."""
    return cache_dir(config_file.parent) / f"{kind}-{content_hash(str(config_file))[:8]}.msgpack"


def read_cache(path: Path) -> bytes:
    """What was kept; nothing, where it cannot be read or is damaged."""
    try:
        data = path.read_bytes()
    except OSError:
        return b""
    body = data[_CHECKSUM:]
    return body if data[:_CHECKSUM] == _checksum(body) else b""


def write_cache(path: Path, data: bytes) -> None:
    """Keep something. Of two that write, one wins; where nothing can be written, nothing is kept."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (path.parent / ".gitignore").exists():
            write_atomically(path.parent / ".gitignore", "*\n")
        write_atomically(path, _checksum(data) + data)


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_CHECKSUM).digest()


@cache
def code_fingerprint() -> str:
    """A fingerprint of the program, by the state of its files, of Python, and of every package that is installed.

    Found once: a process goes on with the code that it began with.
    """
    own = ((path, path.stat()) for path in _files(Path(docsite.__file__).parent))
    files = (f"{path} {state.st_size} {state.st_mtime_ns}" for path, state in own)
    return content_hash(sys.version, *files, *_distributions())


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        yield from (Path(place, name) for name in sorted(names))


def _distributions() -> Iterator[str]:
    """Name and version of each installed package, as the folders of their metadata have them."""
    for place in sys.path:
        with suppress(OSError):
            yield from sorted(name for name in os.listdir(place) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208 - of the names alone

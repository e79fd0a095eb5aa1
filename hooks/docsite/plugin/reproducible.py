"""Two builds of one commit are the same, byte by byte."""

from __future__ import annotations

import gzip
from pathlib import Path

from docsite._util.files import write_atomically


def forget_build_time(site_dir: str) -> None:
    """Take the time of the build out of sitemap.xml.gz, the only file in which MkDocs writes it."""
    path = Path(site_dir, "sitemap.xml.gz")
    if path.is_file():
        write_atomically(path, gzip.compress(gzip.decompress(path.read_bytes()), mtime=0))

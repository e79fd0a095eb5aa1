"""The files of a built site."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from docsite.links.host_redirects import FILE, HostRedirect, follow_redirects, parse_redirects

INDEX = "index.html"
VERSIONS = "versions.json"
"""mike's list of versions, at the root of a published tree."""
_ERROR_PAGE = re.compile(r"(?:.*/)?[45](?:\d\d|xx)(?:/index)?\.html?", re.IGNORECASE)


@dataclass(frozen=True)
class FileTree:
    """What a folder holds, symlinks that stay inside it followed.

    Attributes:
        files: paths relative to the root, with forward slashes.
        folders: likewise, the root being "".
        unreadable: folders that could not be listed, symlinks that lead outside or in a circle, and what is no regular
            file: to read a pipe would never end.
        other_names: folders at the root that only show another one, which alone is in `files`.
    """

    root: Path
    files: frozenset[str]
    folders: frozenset[str]
    unreadable: tuple[str, ...] = field(default=())
    other_names: Mapping[str, str] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """The file of a name in `files`."""
        return self.root / name

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            OSError: it cannot be read.
        """
        with open(f"{self.root}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - Path takes twice as long
            return file.read()

    def served(self, path: str) -> str | None:
        """The file a static server sends for a path of the site, in the end; None when there is none."""
        found = self._file(path)
        return found if found or not self.redirects else follow_redirects(self.redirects, path, self._file)

    @cached_property
    def redirects(self) -> Sequence[HostRedirect]:
        """What the server redirects where it has no file."""
        if FILE not in self.files:
            return ()
        with suppress(OSError):
            return parse_redirects(self.read(FILE).decode("utf-8", "replace"))
        return ()

    def _file(self, path: str) -> str | None:
        name = self.real(path.lstrip("/"))
        if name in self.files:
            return name
        if name == "" or name.endswith("/") or name in self.folders:
            index = f"{name.rstrip('/')}/{INDEX}".lstrip("/")
            return index if index in self.files else None
        return None

    def real(self, name: str) -> str:
        """The name of a file or folder under the folder that it is in."""
        if not self.other_names:
            return name
        first, slash, rest = name.partition("/")
        return f"{self.other_names.get(first, first)}{slash}{rest}"

    @cached_property
    def by_lower_case(self) -> dict[str, str]:
        """A name for each lower-cased name of a file or folder."""
        return {name.lower(): name for name in (*self.folders, *self.files)}

    def pages(self) -> list[str]:
        """The HTML files."""
        return sorted(name for name in self.files if name.endswith((".html", ".htm")))


def scan_tree(root: Path) -> FileTree:
    """List a folder. Symlinks are followed while they stay inside, and each real folder only once on a way down."""
    root = root.resolve()
    found = _Found(set(), {""}, [])
    _walk(root, found)
    return FileTree(root, frozenset(found.files), frozenset(found.folders), tuple(found.unreadable))


class _Found(NamedTuple):
    files: set[str]
    folders: set[str]
    unreadable: list[str]


class _Folder(NamedTuple):
    """A folder to be read.

    Attributes:
        prefix: of the names of what is in it.
        above: the folders that links have led to on the way.
    """

    path: str
    prefix: str
    above: frozenset[Path]


def _walk(root: Path, found: _Found) -> None:
    left = [_Folder(str(root), "", frozenset({root}))]
    while left:  # no recursion, since folders may be nested deeper than Python's calls
        folder = left.pop()
        try:
            entries = sorted(os.scandir(folder.path), key=lambda entry: entry.name)
        except OSError:
            found.unreadable.append(folder.prefix.rstrip("/"))
            continue
        inner = [inside for entry in entries if entry.name != ".git" for inside in _entry(root, entry, folder, found)]
        left += reversed(inner)


def _entry(root: Path, entry: os.DirEntry[str], folder: _Folder, found: _Found) -> Iterator[_Folder]:
    """Note what is in a folder; the folders in it are given back."""
    name = folder.prefix + entry.name
    if entry.is_symlink():
        yield from _link(root, Path(entry.path), name, folder.above, found)
    elif entry.is_dir(follow_symlinks=False):
        found.folders.add(name)
        yield _Folder(entry.path, f"{name}/", folder.above)
    elif entry.is_file(follow_symlinks=False):
        found.files.add(name)
    else:
        found.unreadable.append(name)


def _link(root: Path, path: Path, name: str, above: frozenset[Path], found: _Found) -> Iterator[_Folder]:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        found.unreadable.append(name)
        return
    if not target.is_relative_to(root) or target in above or path.parent.resolve().is_relative_to(target):
        found.unreadable.append(name)
    elif target.is_dir():
        found.folders.add(name)
        yield _Folder(str(target), f"{name}/", above | {target})
    elif target.is_file():
        found.files.add(name)
    else:
        found.unreadable.append(name)


def folders_above(path: str) -> list[str]:
    """The folder of a path, and every folder above it up to the root."""
    folders = [path[: path.rfind("/") + 1]]
    while folders[-1]:
        folders.append(folders[-1][: folders[-1].rfind("/", 0, -1) + 1])
    return folders


def is_error_page(path: str) -> bool:
    """Whether a page is sent for errors only, such as 404.html or 5xx.html: in every language, and linked by none."""
    return bool(_ERROR_PAGE.fullmatch(path))


def address_of(name: str) -> str:
    """A page by its address, so that the names of files do not count."""
    return name.removesuffix("index.html").removesuffix(".html")

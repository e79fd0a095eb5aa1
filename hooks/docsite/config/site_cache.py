"""What MkDocs says of a site, kept in `.cache/docsite/`: to ask it takes longer than a whole check does."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from docsite._util.cache_files import cache_file, code_fingerprint, read_cache, write_cache
from docsite._util.hashing import content_hash
from docsite.config.site import MkDocsSite


class _Answer(msgspec.Struct, array_like=True):
    """What is kept.

    Attributes:
        key: what the answer follows from.
        folders: whose files are part of the key: docs_dir, and those of the theme.
    """

    key: str
    folders: tuple[str, ...]
    site: MkDocsSite


def load_site(config_file: Path, config: str, private: Mapping[str, str], *, cached: bool = True) -> MkDocsSite:
    """What MkDocs says of a site, now or when it was last asked.

    Args:
        config: all that is configured: mkdocs.yml with what it inherits and with the environment it names.
        private: folders that are left out of the site, and the settings that say so.

    Raises:
        ConfigRefused: MkDocs or static-i18n would not build it.
    """
    kept = cache_file(config_file, "mkdocs")
    answer = _read(kept) if cached else None
    if answer is not None and answer.key == _key(config, answer.folders):
        return answer.site
    from docsite.config.mkdocs_site import ask_mkdocs  # costly to load: MkDocs, the theme, static-i18n

    site, folders = ask_mkdocs(config_file, private)
    if cached:
        with suppress(UnicodeEncodeError):  # a file's name may be no text
            write_cache(kept, msgspec.msgpack.encode(_Answer(_key(config, folders), folders, site)))
    return site


def _read(path: Path) -> _Answer | None:
    try:
        return msgspec.msgpack.decode(read_cache(path), type=_Answer)
    except (msgspec.MsgspecError, RecursionError):
        return None


def _key(config: str, folders: Sequence[str]) -> str:
    """A name for all that the answer follows from: of files their names count, and where links lead."""
    listings = (_listing(folder, hidden=number == 0) for number, folder in enumerate(folders))
    return content_hash(config, *folders, code_fingerprint(), *(line for listing in listings for line in listing))


def _listing(folder: str, *, hidden: bool) -> Iterator[str]:
    """Every name below a folder, and what it is. Links are followed, as MkDocs does, but not in circles."""
    left: list[tuple[str, str, frozenset[str]]] = [(folder, os.path.realpath(folder), frozenset())]
    while left:  # no recursion, since folders may be nested deeper than Python's calls
        place, real, above = left.pop()
        if real in above:
            continue
        try:
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError:
            continue
        yield place
        for entry in entries:
            if hidden or entry.name[0] != ".":
                target = Path(entry.path).readlink() if entry.is_symlink() else ""
                is_folder = os.path.isdir(entry.path) if target else entry.is_dir()  # noqa: PTH112 - raises for no link
                yield f"{entry.name} {is_folder} {target}"
                if is_folder:
                    inner = os.path.realpath(entry.path) if target else os.path.join(real, entry.name)  # noqa: PTH118
                    left.append((entry.path, inner, above | {real}))

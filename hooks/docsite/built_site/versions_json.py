"""What versions.json says: which versions a published tree has, and the other names they bear.

A text is read and judged here; nothing looks at the disk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

_RELEASE = re.compile(r"v?\d+(\.\d+)*", re.ASCII)
_NO_FOLDER = re.compile(r"[/\\\0]")


class VersionsProblem(NamedTuple):
    """Something wrong with the list, and the name it is about, or ""."""

    message: str
    name: str = ""


@dataclass(frozen=True)
class ListedVersion:
    """A version of the list, by the name of its folder."""

    name: str
    aliases: tuple[str, ...] = ()


def is_release(name: str) -> bool:
    """Whether a version is a release, such as 1.2 or v1.2; `dev` is a preview."""
    return bool(_RELEASE.fullmatch(name))


def version_sort_key(name: str) -> tuple[int, ...]:
    """What releases sort by; nothing is older than a version without a number."""
    return tuple(map(int, name.removeprefix("v").split("."))) if is_release(name) else ()


def newest(names: Iterable[str]) -> str:
    """The newest release of some versions; "" when there is none."""
    return max(filter(is_release, names), key=version_sort_key, default="")


def previous(names: Iterable[str], latest: str) -> str:
    """The newest release that is older than the latest; "" when there is none."""
    return newest(name for name in names if version_sort_key(name) < version_sort_key(latest))


def parse_versions(data: bytes) -> tuple[list[ListedVersion], list[VersionsProblem]]:
    """The versions that can be used, each once, and all that is wrong with the list."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return [], [VersionsProblem("The list of versions is not JSON.")]
    if not isinstance(content, list):
        return [], [VersionsProblem("The list of versions is not a list.")]
    wrong: list[VersionsProblem] = [] if content else [VersionsProblem("The list of versions is empty.")]
    listed = [version for entry in content if (version := _entry(entry, wrong)) is not None]
    return list(_each_name_once(listed, wrong)), wrong


def _entry(entry: Any, wrong: list[VersionsProblem]) -> ListedVersion | None:
    """A version, for whose selector Material needs a title and a list of aliases too."""
    name = entry.get("version") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        wrong.append(VersionsProblem("An entry of the list has no `version`."))
        return None
    if not _can_be_folder(name):
        wrong.append(VersionsProblem(f"“{name}” cannot be the name of a folder.", name))
        return None
    if not isinstance(entry.get("title"), str):
        wrong.append(VersionsProblem(f"The version “{name}” has no `title`.", name))
    aliases = entry.get("aliases")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        wrong.append(VersionsProblem(f"The version “{name}” has no list of `aliases`.", name))
        aliases = []
    wrong += [
        VersionsProblem(f"“{alias}” cannot be the name of a folder.", alias)
        for alias in aliases
        if not _can_be_folder(alias)
    ]
    return ListedVersion(name, tuple(filter(_can_be_folder, aliases)))


def _can_be_folder(name: str) -> bool:
    return name not in ("", ".", "..") and not _NO_FOLDER.search(name)


def _each_name_once(listed: list[ListedVersion], wrong: list[VersionsProblem]) -> Iterator[ListedVersion]:
    """Keep the first that claims a name; a version comes before an alias."""
    owners: dict[str, str] = {}
    for version in listed:
        if version.name in owners:
            wrong.append(VersionsProblem(f"The version “{version.name}” is listed twice.", version.name))
        owners.setdefault(version.name, version.name)
    done: set[str] = set()
    for version in listed:
        if version.name in done:
            continue
        done.add(version.name)
        aliases = []
        for alias in dict.fromkeys(version.aliases):
            owner = owners.setdefault(alias, f"an alias of {version.name}")
            if owner == f"an alias of {version.name}":
                aliases.append(alias)
            else:
                what = "a version" if owner == alias else owner
                wrong.append(VersionsProblem(f"“{alias}” is {what}, and an alias of {version.name} too.", alias))
        yield ListedVersion(version.name, tuple(aliases))

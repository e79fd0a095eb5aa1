"""What versions.json says: which versions a published tree has, and the other names they bear.

A text is read and checked here, without access to the disk.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from docsite.diagnostics.messages import Message, make_message

_RELEASE = re.compile(r"v?\d+(\.\d+)*", re.ASCII)
_NO_FOLDER = re.compile(r"[/\\\0]")


class VersionsProblem(NamedTuple):
    """Something wrong with the list, and the name it is about, or ""."""

    message: Message
    name: str = ""


@dataclass(frozen=True)
class ListedVersion:
    """A version of the list, by the name of its folder."""

    name: str
    aliases: tuple[str, ...] = ()


def _problem(key: str, name: str = "", /, **params: str) -> VersionsProblem:
    return VersionsProblem(make_message("version-list", key, name=name, **params), name)


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
        return [], [_problem("not-json")]
    if not isinstance(content, list):
        return [], [_problem("not-list")]
    wrong: list[VersionsProblem] = [] if content else [_problem("empty")]
    listed = [version for entry in content if (version := _entry(entry, wrong)) is not None]
    return list(_each_name_once(listed, wrong)), wrong


def _entry(entry: Any, wrong: list[VersionsProblem]) -> ListedVersion | None:
    """A version, for whose selector Material needs a title and a list of aliases too."""
    name = entry.get("version") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        wrong.append(_problem("no-version"))
        return None
    if not _can_be_folder(name):
        wrong.append(_problem("not-folder", name))
        return None
    if not isinstance(entry.get("title"), str):
        wrong.append(_problem("no-title", name))
    aliases = entry.get("aliases")
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        wrong.append(_problem("no-aliases", name))
        aliases = []
    wrong += [_problem("not-folder", alias) for alias in aliases if not _can_be_folder(alias)]
    return ListedVersion(name, tuple(filter(_can_be_folder, aliases)))


def _can_be_folder(name: str) -> bool:
    return name not in ("", ".", "..") and not _NO_FOLDER.search(name)


def _each_name_once(listed: list[ListedVersion], wrong: list[VersionsProblem]) -> Iterator[ListedVersion]:
    """Keep the first that claims a name; a version comes before an alias."""
    owners: dict[str, str] = {}
    names: set[str] = set()
    for version in listed:
        if version.name in names:
            wrong.append(_problem("listed-twice", version.name))
        names.add(version.name)
    done: set[str] = set()
    for version in listed:
        if version.name in done:
            continue
        done.add(version.name)
        aliases = []
        for alias in dict.fromkeys(version.aliases):
            owner = owners.setdefault(alias, version.name)
            if alias in names:
                wrong.append(_problem("alias-is-version", alias, version=version.name))
            elif owner == version.name:
                aliases.append(alias)
            else:
                wrong.append(_problem("alias-taken", alias, owner=owner, version=version.name))
        yield ListedVersion(version.name, tuple(aliases))

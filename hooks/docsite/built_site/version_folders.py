"""Which folders of a published tree are versions, which only show one, and what is wrong with that."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from docsite.built_site import versions_json
from docsite.built_site.canonical_urls import ALIAS
from docsite.built_site.file_tree import VERSIONS, FileTree
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.versions_json import ListedVersion
from docsite.diagnostics.messages import Message, make_message

_STUB = re.compile(rb"""http-equiv=["']?refresh""")
_HEAD = 2048
_SIGNS = ("pages.json", "sitemap.xml", "versions.json", "objects.inv")


@dataclass(frozen=True)
class VersionFolders:
    """The folders of a published tree.

    Attributes:
        versions: the folders that are versions, newest first.
        copies: further folders with pages of their own, such as an alias that differs from its version, and the
            version that each was to show, or "".
        stubs: those of them whose pages redirect to that version.
        aliases: the version that each other name shows.
        latest: the version that outside links lead to; "" where there is no release.
        previous: the release before it, or "".
        entrance: the folder by which `latest` is reached.
    """

    versions: tuple[str, ...]
    copies: Mapping[str, str] = field(default_factory=dict)
    stubs: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    latest: str = ""
    previous: str = ""
    entrance: str = ""

    @property
    def folders(self) -> tuple[str, ...]:
        """Every folder with pages of its own."""
        return (*self.versions, *self.copies)

    @property
    def names(self) -> frozenset[str]:
        """Every folder that is, or shows, a version."""
        return frozenset((*self.folders, *self.aliases))


@dataclass(frozen=True)
class VersionFoldersResult:
    """What a tree with a list of versions turned out to be.

    Attributes:
        layout: None where nothing is, or looks like, a version: the tree is the build of one.
        tree: what it was, without what is there twice.
    """

    layout: VersionFolders | None
    tree: FileTree
    problems: list[SiteProblem]


def find_version_folders(tree: FileTree, data: bytes) -> VersionFoldersResult:
    """The layout of a tree.

    Args:
        data: of versions.json.
    """
    listed, wrong = versions_json.parse_versions(data)
    problems = [_problem(message, name) for message, name in wrong]
    there = [version for version in listed if version.name in tree.folders]
    problems += [_no_folder(tree, version.name) for version in listed if version.name not in tree.folders]
    named = {name for version in listed for name in (version.name, *version.aliases)}
    others = [name for name in _top(tree) if name not in named]
    alike = [name for name in others if _looks_like_version(tree, name)]
    shows = {name: to for name in others if (to := _link_to(tree, name, [*(one.name for one in there), *alike]))}
    if listed:
        problems += [_unlisted(name, shows.get(name, "")) for name in others if name in shows or name in alike]
    if not there and not alike:
        return VersionFoldersResult(None, tree, problems)
    layout, found = _aliases(tree, there or [ListedVersion(name) for name in alike], shows)
    layout = replace(layout, copies={**layout.copies, **dict.fromkeys(alike if there else (), "")})
    problems += found
    return VersionFoldersResult(layout, _without(tree, layout, {problem.address for problem in problems}), problems)


def _problem(message: Message, name: str) -> SiteProblem:
    return SiteProblem(message, VERSIONS, name)


def _no_folder(tree: FileTree, name: str) -> SiteProblem:
    return _problem(make_message("version-missing", _absence(tree, name, "unreadable"), name=name), name)


def _absence(tree: FileTree, name: str, unreadable: str) -> str:
    """Why a name is not a folder of the tree, as a key of messages; `unreadable` is the key for what cannot be read."""
    if name in tree.files:
        return "file"
    return unreadable if name in tree.unreadable else "missing"


def _unlisted(name: str, shows: str) -> SiteProblem:
    message = make_message("version-unlisted", "looks", name=name)
    if shows:
        message = make_message("version-unlisted", "shows", name=name, version=shows)
    return SiteProblem(message, VERSIONS, name, placed=True)


def _top(tree: FileTree) -> list[str]:
    return sorted(name for name in tree.folders if name and "/" not in name)


def _link_to(tree: FileTree, name: str, among: Iterable[str]) -> str:
    """The version that a symlink leads to; "" for what is none."""
    if not tree.path(name).is_symlink():
        return ""
    real = tree.path(name).resolve()
    return next((version for version in among if version != name and tree.path(version).resolve() == real), "")


def _looks_like_version(tree: FileTree, name: str) -> bool:
    if f"{name}/index.html" not in tree.files or tree.path(name).is_symlink():
        return False
    return versions_json.is_release(name) or any(f"{name}/{sign}" in tree.files for sign in _SIGNS)


def _aliases(
    tree: FileTree, there: list[ListedVersion], shows: dict[str, str]
) -> tuple[VersionFolders, list[SiteProblem]]:
    """Compare each alias with its version."""
    names = [version.name for version in there]
    aliases, copies, stubs, problems = dict(shows), {}, set(), []
    for version in there:
        for alias in version.aliases:
            shown, problem = _alias(tree, alias, version.name, names)
            if problem:
                problems.append(_problem(problem, alias))
            if shown:
                aliases[alias] = shown
            elif alias in tree.folders:
                copies[alias] = version.name
                stubs |= set() if problem else {alias}
    bearer = next((version.name for version in there if ALIAS in version.aliases), "")
    latest = aliases.get(ALIAS) or bearer or versions_json.newest(names)
    entrance = ALIAS if ALIAS in (*aliases, *copies) else latest
    ordered = sorted(names, key=lambda name: (versions_json.version_sort_key(name), name), reverse=True)
    layout = VersionFolders(
        tuple(ordered), copies, frozenset(stubs), aliases, latest, versions_json.previous(names, latest), entrance
    )
    return layout, problems


def _alias(tree: FileTree, alias: str, version: str, names: list[str]) -> tuple[str, Message | None]:
    """The version that an alias shows, where it is nothing but another name of it, and what is wrong with the alias."""
    if alias not in tree.folders:
        return "", _alias_message(_absence(tree, alias, "broken"), alias, version)
    if tree.path(alias).is_symlink():
        shown = _link_to(tree, alias, [version, *names])
        if not shown:
            return "", _alias_message("no-version", alias, version)
        return shown, None if shown == version else _alias_message("other-version", alias, version, shown=shown)
    return _copy(tree, alias, version)


def _alias_message(key: str, alias: str, version: str, /, **params: str | int) -> Message:
    return make_message("version-alias", key, alias=alias, version=version, **params)


def _copy(tree: FileTree, alias: str, version: str) -> tuple[str, Message | None]:
    own, others = (_inner(tree, folder) for folder in (version, alias))
    lacks = sorted(name for name in own - others if name.endswith(".html"))
    if lacks:
        return "", _files_message("lacks", alias, version, lacks)
    differing = [name for name in sorted(others) if name not in own or not _equal(tree, version, alias, name)]
    if not differing:
        return (version, None) if own == others else ("", _files_message("lacks", alias, version, sorted(own - others)))
    if all(_is_stub(tree, f"{alias}/{name}") for name in differing):
        return "", None
    return "", _files_message("differs", alias, version, differing)


def _files_message(key: str, alias: str, version: str, files: list[str]) -> Message:
    """A message that names the first of some files, and the number of the others."""
    if len(files) == 1:
        return _alias_message(key, alias, version, file=files[0])
    return _alias_message(f"{key}-several", alias, version, file=files[0], more=len(files) - 1)


def _equal(tree: FileTree, one: str, other: str, name: str) -> bool:
    try:
        return filecmp.cmp(tree.path(f"{one}/{name}"), tree.path(f"{other}/{name}"), shallow=False)
    except OSError:
        return False


def _inner(tree: FileTree, folder: str) -> frozenset[str]:
    start = len(folder) + 1
    return frozenset(name[start:] for name in tree.files if name.startswith(f"{folder}/"))


def _is_stub(tree: FileTree, name: str) -> bool:
    try:
        with tree.path(name).open("rb") as file:
            return bool(_STUB.search(file.read(_HEAD)))
    except OSError:
        return False


def _without(tree: FileTree, layout: VersionFolders, reported: Iterable[str]) -> FileTree:
    """The tree in which an alias is another name of its version, and not a second copy of each file.

    Args:
        reported: names at the root whose problems are reported already.
    """

    def kept(name: str) -> bool:
        return name.partition("/")[0] not in layout.aliases

    return replace(
        tree,
        files=frozenset(filter(kept, tree.files)),
        folders=frozenset(filter(kept, tree.folders)),
        unreadable=tuple(name for name in tree.unreadable if kept(name) and name not in reported),
        other_names=layout.aliases,
    )

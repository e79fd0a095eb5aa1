"""Which versions there are, and what names they may bear."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from mike.commands import versions_file
from mike.git_utils import GitError as MikeGitError
from mike.versions import VersionInfo, Versions

from docsite.built_site import canonical_urls
from docsite.built_site.canonical_urls import VersionStatus
from docsite.built_site.versions_json import is_release, version_sort_key
from docsite.publish.git import Repository
from docsite.publish.publish_messages import publish_error

LATEST = canonical_urls.ALIAS


def read_versions(repository: Repository, commit: str) -> Versions:
    """The versions that a commit of the published branch lists.

    mike takes a list that it cannot read for none, and would then forget every version.

    Raises:
        PublishError: the list is not as mike writes it.
    """
    if not commit or not repository("ls-tree", commit, versions_file):
        return Versions()
    try:
        return Versions.loads(repository("show", f"{commit}:{versions_file}"))
    except (ValueError, KeyError, TypeError):
        raise publish_error("list-unreadable", file=versions_file) from None


def versions_to_json(versions: Versions) -> str:
    """The list as mike writes it, but for aliases in the same order each time."""
    data = [version | {"aliases": sorted(version["aliases"])} for version in versions.to_json()]
    return json.dumps(data, indent=2) + "\n"


def version_names(versions: Versions) -> list[str]:
    """Every folder of the branch that shows a version, aliases included."""
    return [name for version in versions for name in (str(version.version), *sorted(version.aliases))]


def shown_versions(versions: Versions) -> dict[str, str]:
    """The version that each alias shows."""
    return {alias: str(version.version) for version in versions for alias in sorted(version.aliases)}


def default_version(versions: Versions) -> str:
    """The folder that readers are led to: `latest`, or else the newest version."""
    return LATEST if LATEST in version_names(versions) else str(next(iter(versions)).version)


def default_aliases(versions: Versions, version: str) -> list[str]:
    """`latest` for a release, such as 1.2, unless a newer release bears it."""
    return (
        [LATEST]
        if is_release(version) and version_sort_key(version) >= version_sort_key(latest_version(versions))
        else []
    )


def latest_version(versions: Versions) -> str:
    """The version that bears `latest`; "" for none."""
    return next((str(version.version) for version in versions if LATEST in version.aliases), "")


def version_statuses(versions: Versions, version: VersionInfo) -> VersionStatus:
    """How a version stands to the latest: what is no release, or newer, is a preview."""
    if LATEST in version.aliases:
        return VersionStatus.LATEST
    name = str(version.version)
    old = is_release(name) and version_sort_key(name) < version_sort_key(latest_version(versions))
    return VersionStatus.OLD if old else VersionStatus.PREVIEW


def require_version(versions: Versions, name: str) -> VersionInfo:
    """The version of a name or alias.

    Raises:
        PublishError: there is none.
    """
    found = versions.find(name)
    if found is None:
        names = ", ".join(version_names(versions))
        raise publish_error("no-version", name=name, names=names) if names else publish_error("no-versions", name=name)
    return versions[found[0]]


def require_free_aliases(versions: Versions, version: str, aliases: Sequence[str]) -> None:
    """Raise for names that cannot be given to a version.

    Raises:
        PublishError: an alias is a version's name, or two names differ in capitals alone, which some disks and servers
            take for one.
    """
    own = {str(other.version) for other in versions} | {version}
    for name in aliases:
        if name in own:
            raise publish_error("is-version", name=name)
    seen: dict[str, str] = {}
    for name in (*version_names(versions), version, *aliases):
        other = seen.setdefault(name.lower(), name)
        if other != name:
            raise publish_error("same-letters", name=name, other=other)


@contextmanager
def convert_mike_errors() -> Iterator[None]:
    """Turn what mike raises into a PublishError."""
    try:
        yield
    except (ValueError, MikeGitError) as error:
        raise publish_error("mike", reason=str(error)) from None

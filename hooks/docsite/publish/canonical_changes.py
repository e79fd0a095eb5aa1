"""What each page says of its version, after any change of the versions: a page of 1.1 changes when 1.2 comes."""

from __future__ import annotations

from collections.abc import Iterator

from mike.git_utils import FileInfo
from mike.versions import VersionInfo, Versions

from docsite.built_site import version_pages
from docsite.built_site.canonical_urls import PublishedSite, PublishedVersion, VersionStatus, rewrite_file
from docsite.publish import mike_versions
from docsite.publish.git import Repository
from docsite.publish.publish_messages import publish_error
from docsite.publish.scratch_repo import BRANCH


def canonical_changes(copy: Repository, site_url: str, versions: Versions) -> Iterator[FileInfo]:
    """The files of all versions that have to change, as they are to be."""
    site = PublishedSite(site_url, _latest(copy, versions))
    for version in versions:
        facts = _facts(versions, version)
        for folder in (facts.name, *_copies(copy, version)):
            for file in copy.files(f"{BRANCH}:{folder}", ".html", "sitemap.xml", "sitemap.xml.gz"):
                data = rewrite_file(file.name, file.data, facts, site)
                if data != file.data:
                    yield FileInfo(f"{folder}/{file.name}", data, file.mode)


def _facts(versions: Versions, version: VersionInfo) -> PublishedVersion:
    """Previews stay out of search engines, unless the version's property `noindex` says otherwise."""
    status = mike_versions.version_statuses(versions, version)
    noindex = (version.properties or {}).get("noindex", status == VersionStatus.PREVIEW)
    return PublishedVersion(str(version.version), status, bool(noindex))


def _copies(copy: Repository, version: VersionInfo) -> list[str]:
    """The aliases that are no symlinks."""
    return [alias for alias in sorted(version.aliases) if copy.asked("ls-tree", f"{BRANCH}:{alias}")]


def _latest(copy: Repository, versions: Versions) -> version_pages.VersionPages | None:
    """The pages of the latest version; None where no version is, or where it has no index."""
    text = copy.asked("show", f"{BRANCH}:{mike_versions.latest_version(versions)}/{version_pages.FILE}")
    try:
        return version_pages.load_version_pages(text) if text else None
    except ValueError:
        latest = mike_versions.latest_version(versions)
        raise publish_error("pages-unreadable", file=f"{latest}/{version_pages.FILE}", version=latest) from None

"""Which versions search engines are to know."""

from __future__ import annotations

from mike.versions import VersionInfo, Versions
from selectolax.lexbor import LexborHTMLParser

from docsite.built_site import sitemap
from docsite.publish.git import Repository
from docsite.publish.scratch_repo import BRANCH


def render_sitemap_index(copy: Repository, site_url: str, versions: Versions) -> list[str]:
    """A folder for each version with a sitemap of its own and a home page that wants to be found."""
    folders = [_folder(copy, site_url, version) for version in versions]
    return [folder for folder in folders if folder]


def _folder(copy: Repository, site_url: str, version: VersionInfo) -> str:
    """The folder, among those of a version, whose addresses its sitemap gives: it may list no others."""
    name = str(version.version)
    home = LexborHTMLParser(copy.asked("show", f"{BRANCH}:{name}/index.html"))
    robots = home.css_first("meta[name=robots]")
    if robots is not None and "noindex" in str(robots.attributes.get("content")):
        return ""
    addresses, _ = sitemap.entries(copy.asked("show", f"{BRANCH}:{name}/sitemap.xml").encode())
    first = addresses[0] if addresses else ""
    return next((one for one in (name, *sorted(version.aliases)) if first.startswith(f"{site_url}{one}/")), "")

"""What a page says of its version: canonical address, hreflang, noindex, the notice that it is old.

No build can know which version will be the latest. So a build speaks of itself alone, and whoever publishes sends every
file of every version through `rewrite_file`. The result depends on the versions and not on what was published before:
a version that was old and is the latest again gets its first bytes back.
"""

from __future__ import annotations

import gzip
import html
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, unquote

from docsite.built_site.version_pages import VersionPages, url_of

ALIAS = "latest"


class VersionStatus(StrEnum):
    """How a version stands to the latest one."""

    LATEST = "latest"
    OLD = "old"
    PREVIEW = "preview"


class PublishedVersion(NamedTuple):
    """A version, by the name of its folder (never that of an alias)."""

    name: str
    status: VersionStatus
    noindex: bool = False


@dataclass(frozen=True)
class PublishedSite:
    """What all versions share.

    Attributes:
        url: the address of the versions' common root, with a slash at its end.
        latest: the index of the latest version; None when no version is called so.
        alias: the folder through which the latest version is reached.
    """

    url: str
    latest: VersionPages | None
    alias: str = ALIAS

    @cached_property
    def _after_url(self) -> re.Pattern[str]:
        return re.compile(rf"{re.escape(self.url)}([^/]+)/(.*)", re.DOTALL)

    def split(self, url: str) -> tuple[str, str] | None:
        """The folder of an address of this site, and the rest."""
        match = self._after_url.fullmatch(url)
        return (match[1], match[2]) if match else None


def rewrite_file(name: str, data: bytes, version: PublishedVersion, site: PublishedSite) -> bytes:
    """A file of a version as it has to be published.

    Args:
        name: its path in the version, as `fr/setup/index.html`.
    """
    if name.endswith(".html"):
        text = rewrite_html(data.decode("utf-8", "surrogateescape"), name, version, site)
        return text.encode("utf-8", "surrogateescape")
    if name == "sitemap.xml":
        return _sitemap(data, version, site)
    if name == "sitemap.xml.gz":
        return gzip.compress(_sitemap(gzip.decompress(data), version, site), mtime=0)
    return data


def rewrite_html(text: str, name: str, version: PublishedVersion, site: PublishedSite) -> str:
    """The HTML of a page as it has to be published."""
    head, end, body = text.partition("</head>")
    head = _ADDRESS.sub(lambda tag: _readdressed(tag, version, site), head)
    head = _robots(head, version)
    return head + end + _notices(body, url_of(name), version, site)


_ADDRESS = re.compile(
    r"""(?P<start><(?:link\ rel="canonical"|link\ rel="alternate\ ?"\ hreflang="[^"]*"|meta\ property="og:url")
    \ (?:href|content)=")(?P<url>[^"]*)"(?:\ data-moved-from="(?P<was>[^"]*)")?>""",
    re.VERBOSE,
)


def _readdressed(tag: re.Match[str], version: PublishedVersion, site: PublishedSite) -> str:
    """The tag with its page in latest, if latest has the page, or else in the version."""
    parts = site.split(html.unescape(tag["url"]))
    if parts is None or parts[0] not in (version.name, site.alias):
        return tag[0]
    page = html.unescape(tag["was"]) if tag["was"] is not None else unquote(parts[1])
    there = site.latest.own(page) if site.latest else None
    moved = there is not None and there != page
    url = f"{site.url}{version.name}/{quote(page)}" if there is None else f"{site.url}{site.alias}/{quote(there)}"
    # The way back, for the day when another version becomes the latest.
    was = f' data-moved-from="{html.escape(page)}"' if moved else ""
    return f'{tag["start"]}{html.escape(url)}"{was}>'


_NOINDEX = '<meta name="robots" content="noindex"'
_OUR_NOINDEX = f"{_NOINDEX} data-version>"
_CHARSET = re.compile(r'<meta charset="[^"]*">\s*')


def _robots(head: str, version: PublishedVersion) -> str:
    head = head.replace(_OUR_NOINDEX, "")
    if not version.noindex or _NOINDEX in head:
        return head
    return _CHARSET.sub(lambda charset: charset[0] + _OUR_NOINDEX, head, count=1)


_NOTICE = re.compile(r'(<aside class="[^"]*" data-notice="(\w+)")( hidden)?>')
_TO_LATEST = re.compile(r'<a href="[^"]*" data-latest>')


def _notices(body: str, address: str, version: PublishedVersion, site: PublishedSite) -> str:
    """Show the notice that fits the version, and lead it to the page in latest."""
    if "data-notice" not in body:
        return body

    def shown(notice: re.Match[str]) -> str:
        return f"{notice[1]}>" if site.latest and notice[2] == version.status else f"{notice[1]} hidden>"

    up = "../" * address.count("/")
    to = "./"
    if site.latest and version.status != VersionStatus.LATEST:
        to = f"{up}../{quote(site.alias)}/{quote(site.latest.nearest(address))}"
    return _TO_LATEST.sub(f'<a href="{html.escape(to)}" data-latest>', _NOTICE.sub(shown, body))


def _sitemap(data: bytes, version: PublishedVersion, site: PublishedSite) -> bytes:
    """The sitemap of the latest version names its pages by the alias, as their canonical addresses do."""
    own, common = (html.escape(f"{site.url}{folder}/").encode() for folder in (version.name, site.alias))
    if site.latest and version.status == VersionStatus.LATEST:
        return data.replace(own, common)
    return data.replace(common, own)

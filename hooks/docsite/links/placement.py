"""The addresses that a built page carries, once MkDocs has placed links to files."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from docsite.config.site import RELATIVE_TO_DOCS, MkDocsSite
from docsite.links.address_forms import quoted, split_address, tail_of
from docsite.links.link import Link, LinkKind
from docsite.links.page_index import LinkTarget
from docsite.links.resolved import Resolved
from docsite.links.urls import relative_url


def built_address(site: MkDocsSite, page: LinkTarget, link: Link, resolved: Resolved) -> str:
    """The address that the built page carries for a link."""
    address = resolved.address if resolved.address is not None else link.address
    return address if link.kind is LinkKind.HTML else placed_address(site, page, address)


def placed_address(site: MkDocsSite, page: LinkTarget, address: str) -> str:
    """What MkDocs makes of an address in Markdown: one that names a file becomes that of the built file."""
    parts = split_address(address)
    if parts is None or parts.scheme or parts.netloc or not parts.path:
        return address
    path = unquote(parts.path)
    inner = path.lstrip("/") if site.link_level("absolute_links") == RELATIVE_TO_DOCS else path
    file = posixpath.normpath(inner if inner != path else posixpath.join(page.folder, path))
    found = site.find(page.locale, file)
    if found is None:
        return address
    own = found.source == page.path and parts.fragment
    return ("" if own else quoted(relative_url(page.address, found.url))) + tail_of(parts.query, parts.fragment)

"""Which pages a version has: what a selector, a notice or a canonical address may lead to.

Every version carries its index as `pages.json`, because a static host cannot be asked for a page without a request
that fails when there is none. Addresses are decoded and relative to the version's root: "" is its home, then
"setup/", "fr/", "fr/setup/".
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from docsite.links.urls import SiteBase, refresh_url, resolve_url

FILE = "pages.json"
_NO_PAGE = "404.html"
_HEAD = 16_384
"""Bytes from the start of a page, within which it says where it redirects and what its canonical address is."""
_REFRESH = re.compile(r"""<meta http-equiv=["']?refresh["']? content="([^"]*)">""")
_CANONICAL = re.compile(r"""<link rel="canonical" href="([^"]*)\"""")


@dataclass(frozen=True)
class VersionPages:
    """The pages of one version.

    Attributes:
        pages: every page.
        borrowed: the pages that show the text of another language, for want of a translation.
        moved: old addresses that redirect, and where.
    """

    pages: frozenset[str] = frozenset()
    borrowed: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)

    def find(self, address: str) -> str | None:
        """Where a page is: at its address, or where it moved; None when the version has it no more."""
        return next((at for at in (address, self.moved.get(address)) if at in self.pages), None)

    def own(self, address: str) -> str | None:
        """As `find`, but only for a page whose text is in the language of its place."""
        found = self.find(address)
        return None if found in self.borrowed else found

    def nearest(self, address: str) -> str:
        """Where a page is, or else the nearest page above it. The home of its language lies above all its pages."""
        found = next((at for at in map(self.find, (address, *parent_paths(address))) if at is not None), "")
        return found or ""


def parent_paths(address: str) -> Iterator[str]:
    """The folders a page lies in, from the nearest to the root."""
    while address:
        address = re.sub(r"[^/]*/?$", "", address)
        yield address


def url_of(name: str) -> str:
    """The address of an HTML file: an index is its folder."""
    return re.sub(r"(^|/)index\.html$", r"\1", name)


def build_version_pages(files: Iterable[tuple[str, bytes]]) -> VersionPages:
    """The index of a version, from the names and contents of its files, of which only HTML counts."""
    pages, borrowed, moved = set(), set(), {}
    for name, data in files:
        if not name.endswith(".html") or name.rpartition("/")[2] == _NO_PAGE:
            continue
        head = data[:_HEAD].decode("utf-8", "replace")
        address = url_of(name)
        redirect = _REFRESH.search(head)
        if redirect:
            moved[address] = _target(html.unescape(redirect[1]), name)
            continue
        pages.add(address)
        canonical = _CANONICAL.search(head)
        if canonical and not unquote(html.unescape(canonical[1])).endswith(f"/{address}"):
            borrowed.add(address)
    return VersionPages(frozenset(pages), frozenset(borrowed), {old: new for old, new in moved.items() if new in pages})


def _target(content: str, name: str) -> str | None:
    to = resolve_url(refresh_url(content), name, SiteBase("", "/"))
    return url_of(to.path) if to and not to.outside else None


def encode_version_pages(index: VersionPages) -> str:
    """The text of `pages.json`; the same for equal indexes."""
    content = {
        "pages": sorted(index.pages),
        "borrowed": sorted(index.borrowed),
        "moved": dict(sorted(index.moved.items())),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"


def load_version_pages(text: str | bytes) -> VersionPages:
    """Read `pages.json`.

    Raises:
        ValueError: it is not what `dump` writes.
    """
    content = json.loads(text)
    try:
        return VersionPages(frozenset(content["pages"]), frozenset(content["borrowed"]), dict(content["moved"]))
    except (TypeError, KeyError) as error:
        raise ValueError(f"{FILE} lacks {error}.") from None

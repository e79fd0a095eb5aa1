"""Addresses as they are written: in Markdown, in a built page, in a message."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, urlsplit

from docsite.links.page_index import LinkTarget
from docsite.links.urls import relative_path


def based_form(path: str) -> str:
    """An address as writers give it."""
    return f"{{{{site.baseurl}}}}{path}"


def path_from(page: LinkTarget, path: str) -> str:
    """A file of docs_dir as a page links to it; "" for ""."""
    return relative_path(page.folder, path) if path else ""


def split_address(address: str) -> SplitResult | None:
    """The parts of an address; None if it has a malformed host."""
    try:
        return urlsplit(address)
    except ValueError:
        return None


def tail_of(query: str, fragment: str) -> str:
    """What stands behind the path of an address."""
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def escaped(path: str) -> str:
    """A path as people write it in an address: accents stay, what would end the path does not."""
    return re.sub(r"[%?# ]", lambda sign: f"%{ord(sign[0]):02X}", path)


def quoted(path: str) -> str:
    """A path as a built page holds it."""
    return quote(path, safe="/~!$&'*+,;=:@-._")

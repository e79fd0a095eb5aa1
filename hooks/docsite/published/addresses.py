"""Where an address in a built file leads: arithmetic on paths, without a look at the disk."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BLANKS = re.compile(r"[\t\n\r]")


class Place(NamedTuple):
    """A place in the tree.

    Attributes:
        path: decoded, from the root of the tree and without a slash in front; "" is the root itself.
        fragment: decoded; None where the address has none.
        outside: whether the path climbs out of the tree.
    """

    path: str
    fragment: str | None
    outside: bool = False


class Base(NamedTuple):
    """Where the tree is served: `https://host` and the path of its root, which begins and ends with a slash."""

    origin: str
    path: str

    @classmethod
    def of(cls, site_url: str) -> Base:
        """The base of a site_url; without one, the root of any host."""
        parts = urlsplit(site_url)
        path = f"/{parts.path.strip('/')}/" if parts.path.strip("/") else "/"
        return cls(f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else "", path)


def place(address: str, page: str, base: Base) -> Place | None:
    """The place an address on a page leads to; None for what lies elsewhere.

    Args:
        page: path of the file, or of its `<base>`, relative to the root of the tree.

    Rules: https://url.spec.whatwg.org/ as far as static sites meet them: blanks at the ends and newlines inside go,
    the query is no part of the file's name, percent-encoding is decoded.
    """
    address = _BLANKS.sub("", address.strip(" \t\n\r\f"))
    if _SCHEME.match(address) or address.startswith("//"):
        inner = _own(address, base)
        if inner is None:
            return None
        address = inner
    rest, mark, fragment = address.partition("#")
    path = unquote(rest.partition("?")[0].replace("\\", "/"))
    wanted = unquote(fragment) if mark else None
    if not path:
        return Place(page, wanted)
    if path.startswith("/"):
        return _absolute(path, wanted, base)
    return _joined(posixpath.dirname(page), path, wanted)


def _own(address: str, base: Base) -> str | None:
    """The part behind the host of an absolute address of this very site."""
    if not base.origin:
        return None
    scheme, host = base.origin.split("//", 1)
    for prefix in (base.origin, f"//{host}", f"http://{host}" if scheme == "https:" else base.origin):
        rest = address[len(prefix) :]
        if address[: len(prefix)].lower() == prefix and (not rest or rest[0] in "/?#"):
            return rest if rest.startswith("/") else f"/{rest}"
    return None


def _absolute(path: str, fragment: str | None, base: Base) -> Place | None:
    normal = _clean(path)
    if f"{normal}/" == base.path:
        normal += "/"
    if not normal.startswith(base.path):
        return None
    return Place(normal[len(base.path) :], fragment)


def _joined(folder: str, path: str, fragment: str | None) -> Place:
    normal = _clean(posixpath.join("/", folder, path))
    depth = len([part for part in folder.split("/") if part])
    lowest = 0
    for part in path.split("/"):
        depth += -1 if part == ".." else 1 if part not in ("", ".") else 0
        lowest = min(lowest, depth)
    return Place(normal.lstrip("/"), fragment, outside=lowest < 0)


def _clean(path: str) -> str:
    """The path without `.` and `..`; a slash at the end stays."""
    normal = "/" + posixpath.normpath(path).lstrip("/")
    folder = path.endswith(("/", "/.", "/..")) and normal != "/"
    return f"{normal}/" if folder else normal


def candidates(srcset: str) -> list[str]:
    """The addresses of a srcset, as https://html.spec.whatwg.org/#parse-a-srcset-attribute cuts it."""
    found = []
    at = 0
    while match := re.compile(r"[\s,]*([^\s]+)").match(srcset, at):
        address = match[1]
        at = match.end()
        if address.endswith(","):
            found.append(address.rstrip(","))
            continue
        found.append(address)
        comma = re.compile(r"(?:[^,(]|\([^)]*\))*").match(srcset, at)
        at = comma.end() if comma else len(srcset)
    return [address for address in found if address]


_URL = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]+))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def in_css(text: str) -> list[str]:
    """The addresses of `url()` and `@import`."""
    matches = _URL.finditer(_CSS_COMMENT.sub(" ", text))
    return [next(group for group in match.groups() if group is not None) for match in matches]


def in_refresh(content: str) -> str:
    """The address of a meta refresh, or ""."""
    match = re.match(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?(.*)$", content, re.IGNORECASE | re.DOTALL)
    return match[1].strip().strip("\"'") if match else ""

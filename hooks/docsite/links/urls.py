"""Where an address in a built file leads: arithmetic on paths, without a look at the disk."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BLANKS = re.compile(r"[\t\n\r]")
BLANK = " \t\n\r\f"
_ABSOLUTE = re.compile(r"(?:(https?):)?[/\\]{2}([^/\\?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_PORTS = {"http": ":80", "https": ":443"}

_REFERENCES_ON = {
    "for": frozenset({"label", "output"}),
    "list": frozenset({"input"}),
    "headers": frozenset({"td", "th"}),
}
ID_REFERENCES = _REFERENCES_ON.keys() | frozenset(
    {"aria-activedescendant", "aria-controls", "aria-describedby", "aria-details"}
    | {"aria-errormessage", "aria-flowto", "aria-labelledby", "aria-owns"}
)
"""Attributes that name ids of their own page, separated by blanks; some do so on certain elements only."""


def names_ids(attribute: str, tag: str) -> bool:
    """Whether an attribute of an element names ids."""
    return attribute in ID_REFERENCES and tag in _REFERENCES_ON.get(attribute, (tag,))


class ResolvedUrl(NamedTuple):
    """A place in the tree.

    Attributes:
        path: decoded, from the root of the tree and without a slash in front; "" is the root itself.
        fragment: decoded; None where the address has none.
        outside: whether the path leads out of the tree.
        clamped: whether it climbs above the root of the server, where browsers stop.
    """

    path: str
    fragment: str | None
    outside: bool = False
    clamped: bool = False


class SiteBase(NamedTuple):
    """Where the tree is served: `https://host` and the path of its root, which begins and ends with a slash.

    `others` are such paths, too: of other sites on the same host. Of these, `/` is no more than the root itself and the
    files in it: everything on the host is below it, and an address with a typing error would pass for another site.
    """

    origin: str
    path: str
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, site_url: str, others: Iterable[str] = ()) -> SiteBase:
        """The base of a site_url; without one, the root of any host."""
        parts = urlsplit(site_url)
        scheme = parts.scheme.lower()
        path, *inner = (f"/{one.strip('/')}/".replace("//", "/") for one in (parts.path, *others))
        return cls(f"{scheme}://{_host(scheme, parts.netloc)}" if parts.netloc else "", path, tuple(inner))

    def is_other_site(self, path: str) -> bool:
        """Whether a path from the root of the host is one of another site, be that above this one or within it."""
        folder, whole = folder_at_root(path), f"{path}/"
        within = (other for other in self.others if (whole.startswith(other) if other != "/" else folder == "/"))
        longest = max(within, key=len, default="")
        return bool(longest) and (len(longest) > len(self.path) or not f"{path}/".startswith(self.path))


def folder_at_root(path: str) -> str:
    """The folder in the root of the host that a path leads to, as `/shop/`; `/` for the root and the files in it."""
    first, slash, _ = path.lstrip("/").partition("/")
    return f"/{first}/" if first and (slash or "." not in first) else "/"


def resolve_url(address: str, page: str, base: SiteBase) -> ResolvedUrl | None:
    """The place an address on a page leads to; None for what lies on another server, or in another site on this one.

    Args:
        page: path of the file, or of its `<base>`, relative to the root of the tree.

    Rules: https://url.spec.whatwg.org/ as far as static sites meet them: blanks at the ends and newlines inside go,
    the query is no part of the file's name, percent-encoding is decoded.
    """
    address = _BLANKS.sub("", address.strip(BLANK))
    if _SCHEME.match(address) or address[:2].replace("\\", "/") == "//":
        inner = _own(address, base)
        if inner is None:
            return None
        address = inner
    rest, mark, fragment = address.partition("#")
    path = unquote(rest.partition("?")[0].replace("\\", "/"))
    wanted = unquote(fragment) if mark else None
    if not path:
        return ResolvedUrl(page, wanted)
    if path.startswith("/"):
        return _absolute(path, wanted, base)
    return _joined(posixpath.dirname(page), path, wanted, base)


def _own(address: str, base: SiteBase) -> str | None:
    """The part behind the host of an absolute address of this very site."""
    parts = _ABSOLUTE.fullmatch(address)
    if not base.origin or not parts:
        return None
    own, host = base.origin.split("://", 1)
    scheme = (parts[1] or own).lower()
    if _host(scheme, parts[2]) != host or scheme not in (own, "http"):
        return None
    return parts[3] if parts[3][:1] in ("/", "\\") else f"/{parts[3]}"


def _host(scheme: str, written: str) -> str:
    """A host and its port, unless that is the one of the scheme."""
    return written.lower().removesuffix(_PORTS.get(scheme, ":")).removesuffix(":")


def _absolute(path: str, fragment: str | None, base: SiteBase) -> ResolvedUrl | None:
    normal = _clean(path)
    if base.is_other_site(normal):
        return None
    if f"{normal}/" == base.path:
        normal += "/"
    if not normal.startswith(base.path):
        return ResolvedUrl(normal, fragment, outside=True)
    return ResolvedUrl(normal[len(base.path) :], fragment)


def _joined(folder: str, path: str, fragment: str | None, base: SiteBase) -> ResolvedUrl | None:
    if base.others and base.is_other_site(_clean(posixpath.join(base.path, folder, path))):
        return None
    normal = _clean(posixpath.join("/", folder, path))
    depth = len([part for part in folder.split("/") if part])
    lowest = 0
    for part in path.split("/"):
        depth += -1 if part == ".." else 1 if part not in ("", ".") else 0
        lowest = min(lowest, depth)
    at_root = bool(base.origin) and base.path == "/"
    return ResolvedUrl(normal.lstrip("/"), fragment, outside=lowest < 0 and not at_root, clamped=lowest < 0 and at_root)


def _clean(path: str) -> str:
    """The path without `.` and `..`; a slash at the end stays."""
    normal = "/" + posixpath.normpath(path).lstrip("/")
    folder = path.endswith(("/", "/.", "/..")) and normal != "/"
    return f"{normal}/" if folder else normal


def relative_path(folder: str, path: str) -> str:
    """A normalized path as a folder, given without slash at the end, reaches it; "." for the folder itself."""
    here = [part for part in folder.split("/") if part not in ("", ".")]
    there = [part for part in path.split("/") if part not in ("", ".")]
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([*([".."] * (len(here) - shared)), *there[shared:]]) or "."


def relative_url(here: str, there: str) -> str:
    """The address of `there` as a page served at `here` links to it; both relative to the root of the site."""
    folder = here if here.endswith("/") or not here else posixpath.dirname(here)
    path = relative_path(folder.rstrip("/"), there.rstrip("/"))
    return f"{path}/" if there.endswith("/") or not there else path


_CANDIDATE = re.compile(r"[\s,]*+([^\s]+)")
_DESCRIPTOR = re.compile(r"(?:[^,(]|\([^)]*+(?:\)|\Z))*+")


def srcset_urls(srcset: str) -> list[str]:
    """The addresses of a srcset, as https://html.spec.whatwg.org/#parse-a-srcset-attribute cuts it."""
    found = []
    at = 0
    while match := _CANDIDATE.match(srcset, at):
        address = match[1]
        at = match.end()
        if address.endswith(","):
            found.append(address.rstrip(","))
            continue
        found.append(address)
        descriptor = _DESCRIPTOR.match(srcset, at)
        at = descriptor.end() if descriptor else len(srcset)
    return [address for address in found if address]


_STRING = r""""((?:[^"\\\n]|\\.)*+)"|'((?:[^'\\\n]|\\.)*+)'"""
_CSS = re.compile(  # the look ahead is what each alternative begins with: it passes over all other text quickly
    rf"""(?=[/u@"'i()]) (?: /\*.*?(?:\*/|\Z) | url\(\s*+(?:{_STRING})\s*+\) | url\(\s*+((?:[^"'()\\\s]|\\.)++)\s*+\)
    | @import\s*+(?:{_STRING}) | (?P<string>{_STRING}) | (?P<set>image-set\() | (?P<bracket>[()]) )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(\n)|(.))", re.DOTALL)


class CssUrl(NamedTuple):
    """An address in a stylesheet, and where it stands."""

    address: str
    start: int
    stop: int


def css_urls(text: str) -> list[str]:
    """The addresses of `url()`, `@import` and `image-set()`."""
    return [found.address for found in find_css_urls(text)]


def find_css_urls(text: str) -> Iterator[CssUrl]:
    """The same with their places."""
    depth = 0  # of brackets within image-set(): a string at 1 is an address, one at 2 is the argument of type()
    for token in _CSS.finditer(text):
        if token["set"]:
            depth = 1
        elif token["bracket"]:
            depth = max(0, depth + (1 if token["bracket"] == "(" else -1)) if depth else 0
        elif token["string"] is None or depth == 1:
            group = next((number for number in (1, 2, 3, 4, 5, 7, 8) if token[number]), 0)
            if group:
                yield CssUrl(_CSS_ESCAPE.sub(_unescaped, token[group]), *token.span(group))


def _unescaped(escape: re.Match[str]) -> str:
    code = int(escape[1], 16) if escape[1] else 0
    return chr(code) if 0 < code < 0xD800 or 0xDFFF < code < 0x110000 else escape[3] or ""


_REFRESH = re.compile(r"\s*[\d.]+(?:\s*[;,]|\s)\s*(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL)


def refresh_url(content: str) -> str:
    """The address of a meta refresh, or ""."""
    found = find_refresh_url(content)
    return content[found[0] : found[1]] if found else ""


def find_refresh_url(content: str) -> tuple[int, int] | None:
    """Where the address of a meta refresh stands in it; None where there is none."""
    match = _REFRESH.fullmatch(content)
    if not match:
        return None
    start, stop = match.span(1)
    quote = match[1][:1]
    if quote and quote in "\"'":
        start, stop = start + 1, start + 1 + len(match[1][1:].partition(quote)[0])
    inner = content[start:stop]
    start, stop = start + len(inner) - len(inner.lstrip()), stop - len(inner) + len(inner.rstrip())
    return (start, stop) if start < stop else None


def is_refresh(content: str) -> bool:
    """Whether a meta refresh leads somewhere, or loads its own page again."""
    return bool(refresh_url(content)) or content.replace(".", "", 1).isdigit()


_SHARED = {"og:url": "canonical", "og:image": "asset", "og:image:url": "asset", "og:video": "asset"}
_SHARED |= {"og:audio": "asset", "og:image:secure_url": "asset", "twitter:image": "asset", "twitter:image:src": "asset"}
"""What a page tells those who show a preview of it, and what its addresses are for."""


def shared_role(attributes: Mapping[str, str]) -> str:
    """What the address in a meta element for previews is for; "" for any other."""
    return _SHARED.get(attributes.get("property", "") or attributes.get("name", ""), "")


def manifest_urls(data: bytes) -> list[str]:
    """The addresses of a manifest of a web application; none of what is no manifest."""
    try:
        manifest = json.loads(data)
    except ValueError:
        return []
    if not isinstance(manifest, dict):
        return []
    listed = [manifest.get(key) for key in ("icons", "screenshots", "shortcuts")]
    entries = [entry for group in listed if isinstance(group, list) for entry in group if isinstance(entry, dict)]
    entries += [entry for parent in entries for entry in parent.get("icons", []) if isinstance(entry, dict)]
    found = [manifest.get("start_url"), *(entry.get(key) for entry in entries for key in ("src", "url"))]
    return [address for address in found if isinstance(address, str) and address]

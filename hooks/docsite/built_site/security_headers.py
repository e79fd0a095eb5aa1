"""The Content-Security-Policy of the built site: its own files, the inline scripts and styles that it has, by hash, and
the hosts that its pages take files from.

`extra.docsite.security_headers: true` writes it, with the other headers that are advisable, into `_headers`, in the
form of Netlify and Cloudflare Pages. contributing/publishing.md says how other hosts are told.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from docsite._util.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE = "_headers"
POLICY = "Content-Security-Policy"
SCRIPT_TYPES = frozenset(("", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"))
_HOST = re.compile(r"(https?:)?//([\w.-]+(?::\d+)?)", re.IGNORECASE)
_GOOGLE_FONTS = "https://fonts.googleapis.com", "https://fonts.gstatic.com"
"""Where Material takes fonts from unless `theme.font` is false: styles there, and what these load."""

_MEDIA = "video[src], audio[src], source[src]"

OTHERS = {
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def write_security_headers(site_dir: str) -> None:
    """Write the headers of a complete site."""
    policy = content_security_policy(path.read_text("utf-8") for path in sorted(Path(site_dir).rglob("*.html")))
    write_atomically(Path(site_dir, FILE), _render(policy))


def merge_security_headers(files: Iterable[str], pages: Iterable[str]) -> str:
    """The headers of several sites on one host, which reads one file: all that any of the sites allows.

    Args:
        files: the sites' own files of headers.
        pages: HTML beside the sites.
    """
    policies = [content_security_policy(pages)]
    policies += (line.partition(":")[2] for file in files for line in file.splitlines() if POLICY in line)
    allowed: dict[str, dict[str, None]] = {}
    for directive in filter(None, (part.split() for policy in policies for part in policy.split(";"))):
        allowed.setdefault(directive[0], {}).update(dict.fromkeys(directive[1:]))
    return _render("; ".join(" ".join((name, *sources)) for name, sources in allowed.items()))


def _render(policy: str) -> str:
    headers = {POLICY: policy} | OTHERS
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in headers.items())]) + "\n"


def content_security_policy(pages: Iterable[str]) -> str:
    """The strictest policy that lets these pages work."""
    scripts: set[str] = set()
    styles: set[str] = set()
    attributes: set[str] = set()
    images: set[str] = set()
    frames: set[str] = set()
    media: set[str] = set()
    manifests: set[str] = set()
    fetched: set[str] = set()
    for page in pages:
        tree = LexborHTMLParser(page)
        scripts |= _hosts(tree, "script[src]", "src")
        styles |= _hosts(tree, "link[rel~=stylesheet][href]", "href")
        images |= _hosts(tree, "img[src]", "src")
        frames |= _hosts(tree, "iframe[src]", "src")
        media |= _hosts(tree, _MEDIA, "src") | ({"'self'"} if tree.css_first(_MEDIA) else set())
        manifests |= {"'self'"} if tree.css_first("link[rel=manifest]") else set()
        fetched |= {_repository_facts(host) for host in _hosts(tree, "[data-md-component=source]", "href")}
        scripts |= {_hash(node.text()) for node in tree.css("script:not([src])") if _runs(node.attributes.get("type"))}
        styles |= {_hash(node.text()) for node in tree.css("style")}
        attributes |= {_hash(node.attributes.get("style") or "") for node in tree.css("[style]")}
    inline = ["'unsafe-hashes'", *sorted(attributes)] if attributes else []
    fonts = [_GOOGLE_FONTS[1]] if _GOOGLE_FONTS[0] in styles else []
    optional = {"media-src": media, "manifest-src": manifests, "frame-src": frames}
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *sorted(scripts))),
            " ".join(("style-src 'self'", *sorted(styles), *inline)),
            " ".join(("img-src 'self' data:", *sorted(images))),
            " ".join(("font-src 'self'", *fonts)),
            " ".join(("connect-src 'self'", *sorted(fetched))),
            *(" ".join((name, *sorted(found))) for name, found in optional.items() if found),
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _hosts(tree: LexborHTMLParser, selector: str, attribute: str) -> set[str]:
    """The hosts that elements take files from, with their schemes."""
    addresses = (node.attributes.get(attribute) or "" for node in tree.css(selector))
    found = (_HOST.match(address.strip()) for address in addresses)
    return {f"{host[1] or 'https:'}//{host[2]}".lower() for host in found if host}


def _repository_facts(host: str) -> str:
    """Where Material's header asks for the stars and forks of the repository that it links to."""
    return "https://api.github.com" if host == "https://github.com" else host


def _runs(kind: str | None) -> bool:
    """Whether a browser runs a script of that type; other types are data."""
    return (kind or "").strip().lower() in SCRIPT_TYPES


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

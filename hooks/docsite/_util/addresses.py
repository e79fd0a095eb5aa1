"""What can be said of an address by itself."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_NO_HOST = re.compile(r"""[\x00-\x20"<>\[\]^`{|}%\\\x7f]""")
_MAILBOX = re.compile(r"[^\s@,<]@[^\s@,>]")
_HALF_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LOCAL = re.compile(r"(?:.*\.)?localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|::1", re.IGNORECASE)


_PLAIN = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z]+(?<!localhost)(?:[/?#].*)?", re.DOTALL)
"""Most addresses, of which nothing more needs to be asked."""


class AddressProblem(NamedTuple):
    """The rule that an address breaks, and the key of its message."""

    rule: str
    key: str


def find_address_problem(address: str) -> AddressProblem | None:
    """What is wrong with an address, whatever page it stands on."""
    if _PLAIN.fullmatch(address):
        return None
    match = _SCHEME.fullmatch(address)
    if not match:
        problem = _web_problem(address) if address.startswith("//") else ""
        return AddressProblem("link-syntax", problem) if problem else None
    scheme, rest, problem = match[1].lower(), match[2].rstrip(), ""
    if scheme in ("http", "https"):
        problem = _web_problem(rest)
        if not problem and _LOCAL.fullmatch(urlsplit(f"{scheme}:{rest}").hostname or ""):
            return AddressProblem("link-local", "local")
    elif scheme == "file" or len(scheme) == 1:  # a letter is a drive of Windows
        return AddressProblem("link-local", "file")
    elif scheme == "mailto" and not _has_mailbox(rest):
        problem = "no-mailbox"
    elif scheme == "tel" and not any(sign.isdigit() for sign in unquote(rest)):
        problem = "no-number"
    return AddressProblem("link-syntax", problem) if problem else None


def _has_mailbox(rest: str) -> bool:
    """Whether a mailto: says to whom, or leaves that to the reader and says something else."""
    to = rest.partition("?")[0].strip()
    return (not to and "?" in rest) or bool(_MAILBOX.search(unquote(to)) and not _HALF_ESCAPE.search(to))


def _web_problem(rest: str) -> str:
    """The key for what is wrong with an http address behind its scheme, or ""."""
    if not rest.startswith("//"):
        return "slashes"
    try:
        parts = urlsplit(f"http:{rest}")
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "bad-host"
    if not host:
        return "no-host"
    return "bad-host" if _NO_HOST.search(host) or ".." in host or host.startswith(".") else ""

"""Addresses as a page and its translation share them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from docsite.markup.placeholders import BASEURL

_LONGEST_CODE = len("fil-PH")
_COUNTRY = re.compile(r"[a-z]{2}", re.IGNORECASE)
_ENDING = re.compile(r"\.(?:md|markdown|html?)$")


@lru_cache(maxsize=50_000)
def comparable_address(address: str, languages: tuple[str, ...]) -> str:
    """What is the same of an address in every language.

    Of a page of the site that is its name, since one language may link to it by a relative path and the other by an
    absolute one; of an address outside, host and path. Languages, fragments and the form of the path are left out.
    """
    if address.startswith("#"):
        return "#"
    try:
        parts = urlsplit(address.replace(BASEURL, ""))
    except ValueError:
        return address
    suffixes = tuple(f".{language}" for language in languages)
    names = [name for name in parts.path.split("/") if name not in ("", ".", "..") and not name.endswith(suffixes)]
    names = [_without_language(_bare(name), suffixes) for name in names]
    names = [name for name in names if not _names_language(name, languages)]
    names = [name for name in names if name.lower() not in ("index", "readme", "")]
    host = parts.netloc.lower().removeprefix("www.")
    if not host:
        return names[-1] if names else "/"
    first, _, rest = host.partition(".")
    if first in languages:
        return f"*.{rest}"
    is_local = names and _COUNTRY.fullmatch(names[0])  # such as /jp/, which is no language
    return "/".join([host, *(names[1:] if is_local else names)])


def _without_language(name: str, suffixes: tuple[str, ...]) -> str:
    """The name of a file without a language, as in `page.fr.md` and `screen.fr.png`."""
    stem, ending = posixpath.splitext(name)
    if ending in suffixes:
        return stem
    known = next((suffix for suffix in suffixes if stem.endswith(suffix)), "")
    return stem.removesuffix(known) + ending if known else name


def is_in_language(address: str, language: str) -> bool:
    """Whether an address outside the site says itself that the page there is in a language."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    labels = parts.netloc.lower().split(".")
    code = language.lower().partition("-")[0]
    named = any(_names_language(part, (code,)) for part in parts.path.split("/"))
    return bool(parts.netloc) and (named or code in (labels[0], labels[-1]) or parts.query.endswith(f"={code}"))


def _names_language(part: str, languages: Collection[str]) -> bool:
    """Whether a part of an address is a language of the site, also with a region: `fr`, `fr-CA`, `en_us`."""
    if len(part) > _LONGEST_CODE:
        return False
    language, _, region = part.lower().replace("_", "-").partition("-")
    known = any(language == code.lower().partition("-")[0] for code in languages)
    return known and (not region or (len(region) == 2 and region.isalpha()))


def _bare(name: str) -> str:
    """The name of a page without the ending of its file."""
    return _ENDING.sub("", unquote(name))

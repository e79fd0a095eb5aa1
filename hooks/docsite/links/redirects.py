"""The files that redirect from the addresses a page had before."""

from __future__ import annotations

import posixpath
from collections.abc import Callable

from docsite.diagnostics.messages import Message, make_message
from docsite.links.inventory import normalize_path
from docsite.markup.source_file import FORBIDDEN_CHARACTERS

_LONGEST_NAME = 255
"""Bytes that file systems allow in a name."""

_LONGEST_PATH = 1000
"""Bytes that all of them allow in a path, with some left for the folder of the site."""


def redirect_file(root: str, alias: str) -> str:
    """The file that redirects from an alias, relative to the root of the site.

    Args:
        root: where the page's language is served, such as `fr/`.
    """
    if alias.endswith(".html"):
        return root + alias.lstrip("/")
    return f"{root}{normalize_path(alias).lstrip('/')}index.html"


def find_alias_problem(alias: str, file: str, is_taken: Callable[[str], bool]) -> Message | None:
    """Why a redirect cannot be written; None where it can.

    Args:
        file: that redirects, as `redirect_file` names it.
        is_taken: whether another file of the site has a path.
    """
    parts = file.split("/")
    if ".." in parts or FORBIDDEN_CHARACTERS.search(file) or posixpath.normpath(file) != file:
        return make_message("front-matter-alias", "no-address", alias=alias)
    if len(file.encode()) > _LONGEST_PATH or any(len(part.encode()) > _LONGEST_NAME for part in parts):
        return make_message("front-matter-alias", "too-long", alias=alias, limit=_LONGEST_NAME)
    above = ("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    other = next((path for path in above if is_taken(path)), "")
    return make_message("front-matter-alias", "file", alias=alias, file=other) if other else None

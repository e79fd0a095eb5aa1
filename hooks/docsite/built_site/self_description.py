"""What a built site says of itself, for a check without mkdocs.yml: its address and its languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docsite.built_site.built_page import BuiltPage, PageParser
from docsite.built_site.file_tree import INDEX, VERSIONS, FileTree
from docsite.built_site.site_index import Language, same_language

_LIKE_A_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


class SelfDescription(NamedTuple):
    """The address of the site, "" where no page says it, and its languages."""

    site_url: str
    languages: list[Language]


def read_self_description(tree: FileTree, codes: Iterable[str] = ()) -> SelfDescription:
    """Read a few pages of a site: its home page and those of its languages.

    Args:
        codes: of the languages, the one at the root of the site first, for a site whose pages do not say them.
    """
    part = _first_version(tree)
    home = _read(tree, f"{part}{INDEX}")
    return SelfDescription("" if part else _address(home), _given(codes) or list(_said(tree, part, home)))


def _given(codes: Iterable[str]) -> list[Language]:
    return [Language(code, f"{code}/" if number else "") for number, code in enumerate(codes)]


def _first_version(tree: FileTree) -> str:
    """The folder of one version, where the tree has several; each has the same languages."""
    if VERSIONS not in tree.files:
        return ""
    folders = sorted({name.partition("/")[0] for name in tree.files if name.count("/") == 1 and name.endswith(INDEX)})
    return next((f"{name}/" for name in folders if not _LIKE_A_LANGUAGE.fullmatch(name)), "")


def _said(tree: FileTree, part: str, home: BuiltPage | None) -> Iterator[Language]:
    """The language of the home page, and of each folder that is called like the language of its own home page."""
    if home and home.lang and not home.refresh:
        yield Language(home.lang, "")
    inner = (name.removeprefix(part) for name in tree.files if name.startswith(part) and name.endswith(f"/{INDEX}"))
    for name in sorted(name.removesuffix(f"/{INDEX}") for name in inner if name.count("/") == 1):
        page = _read(tree, f"{part}{name}/{INDEX}") if _LIKE_A_LANGUAGE.fullmatch(name) else None
        if page and page.lang and same_language(page.lang, name.replace("_", "-")):
            yield Language(page.lang, f"{name}/")


def _read(tree: FileTree, name: str) -> BuiltPage | None:
    if name not in tree.files:
        return None
    try:
        return PageParser().page(name, tree.read(name))
    except OSError:
        return None


def _address(home: BuiltPage | None) -> str:
    canonical = home.canonical if home else ""
    return canonical if canonical.startswith(("https://", "http://")) else ""

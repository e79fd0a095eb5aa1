"""A check of a built site: problems of the tree, at the positions in Markdown that cause them."""

from __future__ import annotations

import filecmp
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docsite.built_site import file_tree
from docsite.built_site.reader import decode_text
from docsite.built_site.runner import TreeCheckResult, check_tree
from docsite.built_site.site_index import Language
from docsite.config.settings import Settings
from docsite.diagnostics.findings import Finding, sort_findings
from docsite.diagnostics.suppressions import Suppressions
from docsite.links.urls import SiteBase

if TYPE_CHECKING:
    from docsite.project.cache import PageCache


@dataclass(frozen=True)
class SiteCheckResult:
    """What was found, and how many pages and links were looked at."""

    findings: list[Finding]
    pages: int
    links: int


def check_site(
    folder: Path, settings: Settings, names_from: Path | None = None, *, remember: bool = False
) -> SiteCheckResult:
    """Check a built site, or a published tree of several versions.

    The sources are read only when something is wrong; those of a published tree are of another time, and never, nor is
    there anything to read without mkdocs.yml.

    Args:
        names_from: what the names of files in findings are relative to; default: the folder of mkdocs.yml.
        remember: whether to use, and keep, what was found in the sources.
    """
    languages = [Language(locale.code, locale.root) for locale in settings.locales]
    root, base = folder.resolve(), SiteBase.of(settings.site_url, settings.other_sites)

    result = check_tree(file_tree.scan_tree(folder), base, languages)

    def shown(page: str) -> str:
        return Path(os.path.relpath(root / page, names_from)).as_posix() if names_from else settings.shown(root / page)

    found = _traced(result, settings, root, shown, remember=remember) if result.problems else []
    return SiteCheckResult(sort_findings(found), result.pages, result.links)


def _memory(settings: Settings) -> PageCache:
    from docsite.project.cache import PageCache  # costly to load, and of no use for a small site without problems

    return PageCache(settings)


def _traced(
    result: TreeCheckResult, settings: Settings, root: Path, shown: Callable[[str], str], *, remember: bool
) -> list[Finding]:
    """What was found, at the places it stems from, but for what is accepted."""
    from docsite.built_site import (
        source_mapping,  # costly to load, like the sources, and only needed once something is wrong
    )
    from docsite.built_site.source_lookup import SourceLookup

    def read(page: str) -> str:
        path = root / page
        return decode_text(path.read_bytes()) if path.is_file() else ""

    base = SiteBase.of(settings.site_url, settings.other_sites)
    if result.versions or not settings.mkdocs.files:
        found = source_mapping.SourceMapper(lambda _built: None, shown, read, base).findings(result.problems)
        return Suppressions(settings.ignore, settings.severities).filter(found)
    sources = SourceLookup(settings, _memory(settings) if remember else None)
    copies = sources.copied_files()
    with_problems = {problem.page for problem in result.problems} & copies.keys()
    copied = {page: copies[page] for page in with_problems if _is_same(root / page, settings.docs_dir / copies[page])}

    def shown_source(page: str) -> str:
        return settings.shown(settings.docs_dir / copied[page]) if page in copied else shown(page)

    def read_source(page: str) -> str:
        path = settings.docs_dir / copied[page] if page in copied else root / page
        return decode_text(path.read_bytes()) if path.is_file() else ""

    mapper = source_mapping.SourceMapper(sources, shown_source, read_source, base, copied.__contains__)
    return sources.filter_suppressed(mapper.findings(result.problems))


def _is_same(built: Path, source: Path) -> bool:
    """Whether a built file is its source as it is, so that places in one are places in the other."""
    try:
        return filecmp.cmp(built, source, shallow=False)
    except OSError:
        return False

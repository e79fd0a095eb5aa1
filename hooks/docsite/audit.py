"""A built site held against its sources: faults of the tree, at the places in Markdown they stem from."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from docsite.acceptance import Acceptance
from docsite.findings import Finding, in_order
from docsite.published import tree
from docsite.published.addresses import Base
from docsite.published.run import Result, run
from docsite.published.site import Language
from docsite.settings import Settings

if TYPE_CHECKING:
    from docsite.memory import Memory
    from docsite.published.recall import Recall


@dataclass(frozen=True)
class Audit:
    """What was found, and how many pages and links were looked at."""

    findings: list[Finding]
    pages: int
    links: int


def site(folder: Path, settings: Settings, names_from: Path | None = None, *, remember: bool = False) -> Audit:
    """Check a built site, or a published tree of several versions.

    The sources are read only when something is wrong; those of a published tree are of another time, and never.

    Args:
        names_from: what the names of files in findings are relative to; default: the folder of mkdocs.yml.
        remember: whether to use, and keep, what was found in the tree and in the sources.
    """
    languages = [Language(x.code, "" if x.served_at_root else f"{x.code}/") for x in settings.locales]
    root, base = folder.resolve(), Base.of(settings.site_url)

    def recall() -> Recall | None:
        known = _memory(settings) if remember else None
        return known.of_tree(root) if known else None

    result = run(tree.read(folder), base, languages, recall)

    def shown(page: str) -> str:
        return Path(os.path.relpath(root / page, names_from)).as_posix() if names_from else settings.shown(root / page)

    found = _traced(result, settings, root, shown, remember=remember) if result.faults else []
    return Audit(in_order(found), result.pages, result.links)


def _memory(settings: Settings) -> Memory:
    from docsite.memory import Memory  # costly to load, and of no use for a small site without faults

    return Memory(settings)


def _traced(
    result: Result, settings: Settings, root: Path, shown: Callable[[str], str], *, remember: bool
) -> list[Finding]:
    """What was found, at the places it stems from, but for what is accepted."""
    from docsite.published import trace  # costly to load, like the sources, and only needed once something is wrong
    from docsite.sources import Sources

    def read(page: str) -> str:
        path = root / page
        return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""

    base = Base.of(settings.site_url)
    if result.versions:
        found = trace.findings(result.faults, lambda _built: None, shown, read, base)
        return Acceptance(settings.ignore).keep(found)
    sources = Sources(settings, _memory(settings) if remember else None)
    return sources.unaccepted(trace.findings(result.faults, sources, shown, read, base))

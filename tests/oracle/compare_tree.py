"""Render every page of a documentation tree both ways, and tell where they part.

    python -m tests.oracle.compare_tree DIR --against jekyll      (needs Jekyll)
    python -m tests.oracle.compare_tree DIR --against markdown    (DIR holds mkdocs.yml)

A page is equal, differs with a finding of ours, on purpose (see `deliberate`), or in silence: of the last kind there
should be none.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Any

from tests.oracle import mkdocs_tree
from tests.oracle.compare import Given, compare
from tests.oracle.deliberate import reason_of
from tests.oracle.differences import parallel
from tests.oracle.facts import facts
from tests.oracle.jekyll_tree import tree_documents
from tests.oracle.stored import shortened
from tests.oracle.update import pretty, render_documents


@dataclass(frozen=True)
class Page:
    """A page of the tree after both renderings; facts hold only what differs.

    Attributes:
        reason: the kind of deliberate difference, or "".
    """

    name: str
    rules: tuple[str, ...] = ()
    reason: str = ""
    wanted: Mapping[str, Any] | None = None
    found: Mapping[str, Any] | None = None
    raised: str = ""

    @property
    def equal(self) -> bool:
        return self.wanted == self.found and not self.raised


def against_jekyll(folder: Path, pattern: str) -> Iterator[Page]:
    """Each page beside Jekyll's, by way of the harness of the generated documents."""
    documents = tree_documents(folder, pattern)
    html = render_documents(documents)
    given: list[Given] = [(document, shortened(facts(html[document.name]))) for document in documents]
    for (document, wanted), difference in zip(given, parallel(compare, given), strict=True):
        if not difference:
            yield Page(document.name)
        elif difference.facts == ("raises",):
            yield Page(document.name, raised=difference.rules[0])
        else:
            reason = reason_of(document, wanted, difference)
            yield Page(document.name, difference.rules, reason, *_differing(wanted, difference.found))


def against_markdown(folder: Path, pattern: str) -> Iterator[Page]:
    """Each page beside what MkDocs makes of it without us."""
    plain, ours = (mkdocs_tree.build(folder, hooks=hooks) for hooks in (False, True))
    for name in sorted({*plain.pages, *ours.pages}):
        if pattern in name:
            pages = [shortened(facts(built.pages.get(name, ""))) for built in (plain, ours)]
            yield Page(name, tuple(ours.rules.get(name, ())), "", *_differing(*pages))


def _differing(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in {**wanted, **found} if wanted.get(name) != found.get(name)]
    return {name: wanted.get(name) for name in names}, {name: found.get(name) for name in names}


def _diff(page: Page) -> Iterator[str]:
    if page.raised:
        yield f"raises {page.raised}"
    wanted, found = page.wanted or {}, page.found or {}
    for name in wanted:
        before, after = (pretty(side.get(name) or [], " ").splitlines() for side in (wanted, found))
        lines = unified_diff(before, after, "theirs", "ours", n=0, lineterm="")
        yield f"{name}:"
        yield from (f"    {line[:220]}" for line in list(lines)[2:12] if not line.startswith("@@"))


def _kind(page: Page) -> str:
    if page.equal:
        return "equal"
    if page.rules:
        return "differ with a finding"
    return "differ on purpose" if page.reason else "differ in silence"


def report(pages: Iterable[Page], limit: int) -> None:
    """Count the kinds and show the first pages that differ in silence."""
    kinds: Counter[str] = Counter()
    shown = 0
    for page in pages:
        kind = _kind(page)
        kinds[kind] += 1
        if kind == "differ in silence" and shown < limit:
            shown += 1
            print(f"\n======== {page.name}", *_diff(page), sep="\n")
    print(f"\n{sum(kinds.values())} pages:", ", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", choices=("jekyll", "markdown"), required=True)
    parser.add_argument("--only", default="", metavar="TEXT", help="pages with this in their path")
    parser.add_argument("--limit", type=int, default=10, help="how many pages to show")
    options = parser.parse_args()
    against = against_jekyll if options.against == "jekyll" else against_markdown
    report(against(options.folder.resolve(), options.only), options.limit)


if __name__ == "__main__":
    main()

"""What a check of a tree found, kept so that the next one need only read the pages that have changed.

A page is judged by its own text, by which files there are, and by what other pages say of themselves (`site.Card`). So
as long as the files are the same, a change of one page concerns another only through its card; and where more than ids
has changed there, or an id that others link to is gone, nothing is recalled.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

import msgspec

from docsite._util.files import write_atomically
from docsite.built_site.site_index import MOST_SUGGESTIONS, BuiltPageSummary, SiteIndex, SiteProblem
from docsite.built_site.site_rules import PagesResult, check_pages

_TICK = 20_000_000
"""Nanoseconds within which a clock of a file system may not move on."""

_COARSE_TICK = 2_000_000_000
"""The same for those that count whole seconds."""


class Stamp(NamedTuple):
    """The state of a file: it cannot change, and keep them all."""

    size: int
    modified: int
    changed: int
    inode: int


class CachedSiteCheck(msgspec.Struct, array_like=True, gc=False):
    """What was found in a tree.

    Attributes:
        key: the program, the tree and its settings.
        files: a name for which files there are.
        began: when the pages began to be read, in nanoseconds.
        faults, linked, links, wanted: what `check.of_pages` gave.
    """

    key: str
    files: str
    began: int
    stamps: dict[str, Stamp]
    cards: dict[str, BuiltPageSummary]
    faults: list[SiteProblem]
    linked: dict[str, str]
    links: dict[str, int]
    wanted: dict[str, set[str]]

    @property
    def part(self) -> PagesResult:
        """What the check of the pages gave."""
        return PagesResult(self.faults, self.linked, self.links, self.wanted)


@dataclass(frozen=True)
class Recall:
    """A place to keep what was found.

    Attributes:
        key: what makes it worthless when it is another.
    """

    file: Path
    key: str

    def load(self) -> CachedSiteCheck | None:
        """What was kept; None where nothing is, or nothing of use."""
        try:
            found = msgspec.msgpack.decode(self.file.read_bytes(), type=CachedSiteCheck)
        except (OSError, msgspec.MsgspecError, RecursionError):
            return None
        return found if found.key == self.key else None

    def keep(self, found: CachedSiteCheck) -> None:
        """Write what was found. Two that write leave what one of them wrote."""
        try:
            write_atomically(self.file, msgspec.msgpack.encode(found))
        except (OSError, UnicodeEncodeError):  # a check works without it
            return


def listing(site: SiteIndex) -> str:
    """A name for which files there are."""
    tree = site.tree
    names = [*sorted(tree.files), "/", *sorted(tree.folders), "/", *tree.unreadable]
    return blake2b("\0".join(names).encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def stamps(site: SiteIndex) -> dict[str, Stamp]:
    """The state of each page."""
    return dict(_stamps(str(site.tree.root), site.tree.pages()))


def _stamps(root: str, names: Iterable[str]) -> Iterator[tuple[str, Stamp]]:
    for name in names:
        try:
            state = os.stat(f"{root}/{name}")  # noqa: PTH116 - Path takes four times as long
        except OSError:
            continue
        yield name, Stamp(state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino)


def found_in(site: SiteIndex, key: str, began: int, now: dict[str, Stamp], part: PagesResult) -> CachedSiteCheck:
    """What is to be kept of a check."""
    return CachedSiteCheck(
        key=key,
        files=listing(site),
        began=began,
        stamps=now,
        cards=site.cards,
        faults=part.faults,
        linked=part.linked,
        links=part.links,
        wanted=part.wanted,
    )


def again(site: SiteIndex, before: CachedSiteCheck, now: dict[str, Stamp]) -> PagesResult | None:
    """What a check of all pages would give, found by reading those that changed; None where all have to be read.

    On return the site has every card.
    """
    names = site.tree.pages()
    changed = [name for name in names if not _same(before, now, name)]
    if before.files != listing(site) or _suggested(before) >= MOST_SUGGESTIONS:
        return None
    site.cards.update(before.cards)
    pages = site.read(changed)
    differing = [name for name in changed if site.cards[name].ids != before.cards[name].ids]
    if any(_concerns_others(site.cards[name], before, name) for name in changed):
        return None
    asking = {fault.page for fault in before.faults if fault.rule == "link-missing-anchor"} if differing else set()
    pages += site.read(sorted(asking.difference(changed)))
    return _joined(before.part, check_pages(site, pages), {page.path for page in pages})


def _same(before: CachedSiteCheck, now: dict[str, Stamp], name: str) -> bool:
    """Whether a page is as it was, beyond doubt: what changed just as it was read may bear the same stamp."""
    stamp = now.get(name)
    if stamp is None or stamp != before.stamps.get(name):
        return False
    latest = max(stamp.changed, stamp.modified)
    return latest + (_TICK if latest % 1_000_000_000 else _COARSE_TICK) < before.began


def _suggested(before: CachedSiteCheck) -> int:
    """How many faults there were that ask for a suggestion, of which only so many get one."""
    return sum(fault.link is not None for fault in before.faults)


def _concerns_others(card: BuiltPageSummary, before: CachedSiteCheck, name: str) -> bool:
    """Whether a page now says something else of itself that others have been judged by."""
    old = before.cards[name]
    return card._replace(ids=old.ids) != old or not before.wanted.get(name, set()).isdisjoint(old.ids - card.ids)


def _joined(before: PagesResult, part: PagesResult, read: set[str]) -> PagesResult | None:
    """All there is to know, some of it read again; None if a link is gone that no other page is known to have."""
    if any(page in read and name not in part.linked for name, page in before.linked.items()):
        return None
    wanted = {name: set(fragments) for name, fragments in before.wanted.items()}
    for name, fragments in part.wanted.items():
        wanted.setdefault(name, set()).update(fragments)
    return PagesResult(
        [*(fault for fault in before.faults if fault.page not in read), *part.faults],
        {**{name: page for name, page in before.linked.items() if page not in read}, **part.linked},
        before.links | part.links,
        wanted,
    )

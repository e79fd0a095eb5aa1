"""What the text of one page says, whatever stands on the others: the part of a check that can be remembered."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from docsite.acceptance import Accept
from docsite.findings import Finding, Location
from docsite.links.link import Link


class Spot(NamedTuple):
    """A place: the index of its file in `Facts.files`, its line and its column."""

    file: int
    line: int
    column: int


class HeadingFact(NamedTuple):
    """A heading as written; `id` is the explicit one, or ""."""

    level: int
    text: str
    id: str
    spot: Spot


class LinkFact(NamedTuple):
    """A link, and where its address was written."""

    link: Link
    spot: Spot


class IdFact(NamedTuple):
    """An id that the text sets otherwise than by a heading, and where."""

    name: str
    spot: Spot


class Facts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a page says.

    Attributes:
        files: every file that took part, as findings name them; the page's own first.
        findings: what is wrong with it, links aside.
        aliases: addresses it had before.
        ids: of raw HTML and attribute lists, in the order in which they stand; `other_ids` need no place, being
            those of footnotes, tabs and the like.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    accepts: tuple[Accept, ...]
    aliases: tuple[str, ...]
    headings: tuple[HeadingFact, ...]
    links: tuple[LinkFact, ...]
    ids: tuple[IdFact, ...]
    other_ids: tuple[str, ...]

    def location(self, spot: Spot) -> Location:
        """A place as findings have it."""
        return Location(self.files[spot.file], spot.line, spot.column)


def dump(known: dict[str, Facts]) -> bytes:
    """Facts by name, to be kept or sent."""
    return msgspec.msgpack.encode(known)


def load(data: bytes) -> dict[str, Facts]:
    """Read what `dump` wrote.

    Raises:
        ValueError: it did not write this.
    """
    try:
        return msgspec.msgpack.decode(data, type=dict[str, Facts])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None

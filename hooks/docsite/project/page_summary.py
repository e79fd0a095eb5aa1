"""What the text of one page says, whatever stands on the others: the part of a check that can be remembered."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.position import Position
from docsite.diagnostics.suppressions import Suppression
from docsite.links.link import Link
from docsite.project.front_matter import FrontMatterValue
from docsite.translation.section_content import SectionContent

MetaValue = str | int | float | bool | None
"""A value of the front matter, as far as it can be kept."""


class HeadingSummary(NamedTuple):
    """A heading as written; `id` is the explicit one, or ""."""

    level: int
    text: str
    id: str
    position: Position


class LinkSummary(NamedTuple):
    """A link, and where its address was written."""

    link: Link
    position: Position


class IdSummary(NamedTuple):
    """An id that the text sets otherwise than by a heading, and where."""

    name: str
    position: Position


class ReferenceSummary(NamedTuple):
    """An id that an attribute of raw HTML names, or a `footnote` without a mark, and where."""

    attribute: str
    name: str
    position: Position


class PageSummary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a page says.

    Attributes:
        files: every file that took part, as findings name them; the page's own first.
        findings: what is wrong with it, links aside.
        aliases: addresses it had before, and their places.
        theme_files: files of the theme that it names.
        ids: of raw HTML and attribute lists, in the order in which they stand; `other_ids` need no place, being
            those of footnotes, tabs and the like.
        references: ids that attributes of raw HTML name.
        meta: the keys of the front matter that are compared with those of a translation, and their positions.
        content: what a translation must keep; empty on a site of one language.
        included_at: of each included file, by path, the tags of the page that bring it in.
        inputs: what the page depends on besides its own text and the settings (see `LiquidEnvironment.inputs`).
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...]
    aliases: tuple[FrontMatterValue, ...]
    headings: tuple[HeadingSummary, ...]
    links: tuple[LinkSummary, ...]
    ids: tuple[IdSummary, ...]
    other_ids: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]
    meta: dict[str, MetaValue] = {}
    meta_positions: dict[str, Position] = {}
    content: tuple[SectionContent, ...] = ()
    included_at: dict[str, tuple[Position, ...]] = {}
    theme_files: tuple[FrontMatterValue, ...] = ()
    references: tuple[ReferenceSummary, ...] = ()

    def key_location(self, key: str) -> Location:
        """Where a key of the front matter stands; the beginning of the page for one that does not."""
        return self.location(self.meta_positions.get(key, Position(0, 1, 1)))

    def tags(self, path: str) -> tuple[Location, ...]:
        """The tags of the page that bring an included file in; none for the page itself."""
        return tuple(self.location(position) for position in self.included_at.get(path, ()))

    def location(self, position: Position) -> Location:
        """A place as findings have it."""
        return Location(self.files[position.file], position.line, position.column)


def encode_summaries(known: dict[str, PageSummary]) -> bytes:
    """Summaries by key."""
    return msgspec.msgpack.encode(known)


def decode_summaries(data: bytes) -> dict[str, PageSummary]:
    """Read what `encode_summaries` wrote.

    Raises:
        ValueError: it did not write this.
    """
    try:
        return msgspec.msgpack.decode(data, type=dict[str, PageSummary])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ValueError(str(error)) from None

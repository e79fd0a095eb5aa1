"""Faults of built pages as findings about the Markdown they stem from.

A fault that no Markdown explains is the template's or the navigation's: it is reported once, with the number of pages
that show it.
"""

from __future__ import annotations

import html
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from docsite.findings import Finding, Location
from docsite.published.check import Fault


@dataclass(frozen=True)
class SourceLink:
    """A link of a Markdown page.

    Attributes:
        addresses: every form in which the built page may carry it.
        location: finds the place of the link; costly, so only asked for a fault.
    """

    addresses: tuple[str, ...]
    location: Callable[[], Location]


@dataclass(frozen=True)
class SourcePage:
    """The Markdown behind a built page.

    Attributes:
        ids: place of each id that its text sets, later ones last.
    """

    path: str
    links: Sequence[SourceLink]
    ids: Callable[[], Mapping[str, Location]]


Sources = Callable[[str], SourcePage | None]
"""Leads from the path of a built file to its Markdown."""


def findings(
    faults: Iterable[Fault], sources: Sources, shown: Callable[[str], str], read: Callable[[str], str]
) -> list[Finding]:
    """Findings for faults.

    Args:
        shown: names a built file as findings do.
        read: the text of a built file.
    """
    found: list[Finding] = []
    templates: dict[tuple[str, str], list[Fault]] = {}
    for fault in faults:
        source = sources(fault.page)
        location = _in_source(fault, source)
        if location is None and fault.address and fault.rule not in _OF_PAGE:
            templates.setdefault((fault.rule, _resolved(fault)), []).append(fault)
            continue
        location = location or (Location(source.path) if source else _in_built(fault, shown, read))
        found.append(_finding(fault, location, fault.message))
    for group in templates.values():
        found += _of_template(group, shown, read)
    return found


_OF_PAGE = frozenset({"translation-lang", "translation-missing", "page-orphan", "redirect-loop", "redirect-chain"})


def _finding(fault: Fault, location: Location, message: str) -> Finding:
    return Finding(fault.rule, location, message, fault.address, fault.suggestion)


def _in_source(fault: Fault, source: SourcePage | None) -> Location | None:
    if source is None:
        return None
    if fault.rule == "id-duplicate":
        return source.ids().get(fault.address[1:])
    if fault.rule in _OF_PAGE:
        return Location(source.path)
    wanted = _plain(fault.address)
    link = next((link for link in source.links if any(_plain(a) == wanted for a in link.addresses)), None)
    return link.location() if link else None


def _plain(address: str) -> str:
    """An address in one form, whatever Markdown and MkDocs encode in it."""
    return unquote(html.unescape(address)).removeprefix("./")


def _resolved(fault: Fault) -> str:
    """The address from the root of the site, so that one link of a template is one fault on every page."""
    if fault.address.startswith("#") or "://" in fault.address:
        return fault.address
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(fault.page), fault.address))


def _in_built(fault: Fault, shown: Callable[[str], str], read: Callable[[str], str]) -> Location:
    """The place in the built file, where no Markdown explains a fault."""
    wanted = fault.address.removeprefix("#") if fault.rule == "id-duplicate" else fault.address
    line, column = _position(read(fault.page), wanted) if wanted else (1, 1)
    return Location(shown(fault.page), line, column)


def _of_template(group: list[Fault], shown: Callable[[str], str], read: Callable[[str], str]) -> Iterator[Finding]:
    first = group[0]
    line, column = _position(read(first.page), first.address)
    pages = f" On {len(group)} pages, first on this one: the cause is a template, the theme or the navigation."
    yield _finding(first, Location(shown(first.page), line, column), first.message + (pages if len(group) > 1 else ""))


def _position(text: str, address: str) -> tuple[int, int]:
    """Line and column of an address in a built file."""
    at = max(0, text.find(address), text.find(html.escape(address)))
    before = text[:at]
    return before.count("\n") + 1, at - before.rfind("\n")

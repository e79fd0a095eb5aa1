"""One built page: its links, ids, language and where it redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docsite._util.addresses import find_address_problem
from docsite.built_site import reader
from docsite.built_site.reader import EncodingProblem, Tag
from docsite.built_site.tag_links import (
    UNSHARED,
    PageLink,
    link_role,
    make_reference,
    malformed_refreshes,
    tag_links,
)
from docsite.diagnostics.messages import Message, make_message, system_reason
from docsite.links.urls import BLANK, names_ids, refresh_url

_SPECIAL = frozenset({"html", "article", "base", "meta", "map"})


class LinkGroup:
    """Links that begin with the same number of `../`, and so lead to the same places from all pages of one depth.

    Known by itself, not by what it holds, so that to look it up costs next to nothing.
    """

    __slots__ = ("links", "ups")

    def __init__(self, ups: int, links: Sequence[PageLink]) -> None:
        self.ups = ups
        self.links = links


class IdReference(NamedTuple):
    """An attribute of a tag that names an id, or a map, of its own page."""

    name: str
    kind: str


class InvalidValue(NamedTuple):
    """A value that is not a valid address and should be one; `link` is what it stands for."""

    message: Message
    link: PageLink


class _TagFacts(NamedTuple):
    """What a tag says, whichever page it stands on; `more` is whether that is more than the first three."""

    group: LinkGroup | None = None
    fragment: PageLink | None = None
    id: str = ""
    more_groups: tuple[LinkGroup, ...] = ()
    alternates: tuple[PageLink, ...] = ()
    references: tuple[IdReference, ...] = ()
    invalid: tuple[InvalidValue, ...] = ()
    special: Tag | None = None
    more: bool = False


@dataclass
class BuiltPage:
    """What a check needs to know of a page.

    Attributes:
        groups: the addresses with a path, but for alternates.
        links: the number of links of every kind.
        alternates: addresses of the page in other languages.
        fragments: links within the page.
        references: ids that other attributes name.
        invalid: values that are not valid addresses and should be.
        ids: every id, in order; `names` are the names of anchors, `maps` those of image maps.
        base: the address of its `<base>`, or "".
        text_lang: the language of its article, where that says one.
        refresh: where it redirects, or "".
        canonical: the address that it names as its own, or "".
    """

    path: str
    groups: list[LinkGroup] = field(default_factory=list)
    links: int = 0
    alternates: list[PageLink] = field(default_factory=list)
    fragments: list[PageLink] = field(default_factory=list)
    references: list[IdReference] = field(default_factory=list)
    invalid: list[InvalidValue] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    base: str = ""
    lang: str = ""
    text_lang: str = ""
    refresh: str = ""
    canonical: str = ""
    noindex: bool = False
    problems: tuple[reader.EncodingProblem, ...] = ()


class PageParser:
    """Reads pages of one site. Pages repeat their header, navigation and footer: what a tag says is worked out once."""

    def __init__(self) -> None:
        self._known: dict[reader.Key, _TagFacts] = {}

    def page(self, path: str, data: bytes) -> BuiltPage:
        """The page in a file's bytes."""
        text, problems = reader.decode_page(data)
        known = self._known
        found = [known.get(key) or self._learn(key) for key in reader.read_tags(text)]
        page = BuiltPage(path, [facts.group for facts in found if facts.group is not None], problems=problems)
        page.ids = [facts.id for facts in found if facts.id]
        page.fragments = [facts.fragment for facts in found if facts.fragment is not None]
        page.links = sum([len(group.links) for group in page.groups]) + len(page.fragments)
        for facts in found:
            if facts.more:
                _add(facts, page)
        return page

    def _learn(self, key: reader.Key) -> _TagFacts:
        facts = self._known[key] = _tag_facts(reader.parse_tag(key))
        return facts


_PLAIN_TAGS = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "div", "span", "sup", "section", "input"})


def _tag_facts(tag: Tag) -> _TagFacts:
    attributes = tag.attributes
    if tag.name in _PLAIN_TAGS and attributes.keys() == {"id"}:  # quick for most tags there are
        return _TagFacts(id=attributes["id"])
    found = tag_links(tag)
    links = [link for link in found if link.address.strip(BLANK)]
    within = next((link for link in links if link.rest.startswith("#") and len(link.rest) > 1 and not link.ups), None)
    outward = [link for link in links if _is_outward(link)]
    alternates = tuple([link for link in outward if link.role == "alternate"])
    groups = _groups(link for link in outward if link.role != "alternate")
    rare = (groups[1:], alternates, tuple(_references(tag)), tuple(_invalid_values(tag, found)))
    special = tag if _is_special(tag) else None
    first = groups[0] if groups else None
    return _TagFacts(first, within, attributes.get("id", ""), *rare, special, more=any(rare) or special is not None)


def _groups(links: Iterable[PageLink]) -> tuple[LinkGroup, ...]:
    by_ups: dict[int, list[PageLink]] = {}
    for link in links:
        by_ups.setdefault(link.ups, []).append(link)
    return tuple([LinkGroup(ups, group) for ups, group in by_ups.items()])


def _is_special(tag: Tag) -> bool:
    return tag.name in _SPECIAL or (tag.name == "a" and "name" in tag.attributes) or link_role(tag) == "canonical"


def _is_outward(link: PageLink) -> bool:
    """Whether a link needs more than a look at the ids of its own page."""
    if link.ups == UNSHARED:
        return "#" in link.rest
    return link.ups > 0 or link.rest[:1] not in ("", "#")


def _add(facts: _TagFacts, page: BuiltPage) -> None:
    page.groups += facts.more_groups
    page.alternates += facts.alternates
    page.links += len(facts.alternates) + sum(len(group.links) for group in facts.more_groups)
    page.references += facts.references
    page.invalid += facts.invalid
    if facts.special is not None:
        _add_special(facts.special, page)


def _add_special(tag: Tag, page: BuiltPage) -> None:
    attributes = tag.attributes
    if tag.name == "html":
        page.lang = attributes.get("lang", "")
    elif tag.name == "article":
        page.text_lang = page.text_lang or attributes.get("lang", "")
    elif tag.name == "base":
        page.base = page.base or attributes.get("href", "")
    elif tag.name == "link":
        page.canonical = page.canonical or attributes.get("href", "")
    elif tag.name == "map":
        page.maps.append(attributes.get("name", ""))
    elif tag.name == "a":
        page.names.append(attributes["name"])
    elif attributes.get("http-equiv", "").lower() == "refresh":
        page.refresh = page.refresh or refresh_url(attributes.get("content", ""))
    elif attributes.get("name", "").lower() == "robots":
        page.noindex = "noindex" in attributes.get("content", "").lower()


def _references(tag: Tag) -> Iterator[IdReference]:
    for kind in sorted(kind for kind in tag.attributes if names_ids(kind, tag.name)):
        yield from (IdReference(name, kind) for name in tag.attributes[kind].split())
    named = tag.attributes.get("usemap", "")
    if len(named) > 1 and named.startswith("#"):
        yield IdReference(named[1:], "usemap")


_NEVER_EMPTY = {
    "src": frozenset({"img", "script", "iframe", "frame", "source", "embed", "video", "audio", "track", "input"}),
    "data": frozenset({"object"}),
    "href": frozenset({"link"}),
    "content": frozenset({"meta"}),
}
"""Attributes that load or name a file, and the elements that do nothing without it."""


def _invalid_values(tag: Tag, links: Iterable[PageLink]) -> Iterator[InvalidValue]:
    for link in links:
        if not link.address.strip(BLANK):
            if tag.name in _NEVER_EMPTY.get(link.kind, ()):
                yield InvalidValue(make_message("link-syntax", "empty", attribute=link.kind), link)
        elif problem := find_address_problem(link.address):
            yield InvalidValue(make_message(*problem, address=link.address), link)
    usemap = tag.attributes.get("usemap", "#map")
    if len(usemap) < 2 or not usemap.startswith("#"):
        reference = make_reference(usemap.removeprefix("#"), "usemap")
        yield InvalidValue(make_message("id-missing", "no-map", value=usemap), reference)
    for link in malformed_refreshes(tag):
        yield InvalidValue(make_message("link-syntax", "refresh", content=link.address), link)


def read_ids(data: bytes) -> Iterator[str]:
    """The ids in a file of HTML or SVG."""
    tags = reader.read_tags(data)
    return (value for _, _, *attributes in tags for name, value in attributes if name == "id" and value)


def unreadable_page(name: str, error: OSError) -> BuiltPage:
    """What is known of a page whose file cannot be read."""
    message = make_message("html-unreadable", "os-error", reason=system_reason(error))
    return BuiltPage(name, problems=(EncodingProblem(message),))

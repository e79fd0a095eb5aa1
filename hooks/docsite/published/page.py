"""One built page: its links, ids, language and where it redirects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from docsite.published import html
from docsite.published.addresses import BLANK, candidates, in_css, in_refresh
from docsite.published.html import Tag

_PLAIN = ("href", "src", "poster", "data", "action", "formaction", "cite")
_FOLLOWED = frozenset({"a", "area", "form", "iframe", "q", "blockquote", "del", "ins", "button", "input"})
_FOLLOWED_RELS = frozenset({"prev", "next", "alternate", "help", "author", "license", "search"})
_HINT_RELS = frozenset({"dns-prefetch", "preconnect"})
_OTHER_VERSION = frozenset({"data-latest", "data-version"})
_SPECIAL = frozenset({"html", "article", "base", "meta"})


UNSHARED = 1 << 20
"""As many `../` as no path has: what `?query` leads to is another place on every page."""


class Link(NamedTuple):
    """An address on a page.

    Attributes:
        kind: the attribute, or `refresh`, or `css` for a style element or file.
        role: `page` for something to follow, `asset` for something to load, `alternate` or `canonical`; `version` for
            something to follow that says that it leads to another version.
        hreflang: as the tag says.
        ups: how many `../` it begins with, and `rest` what follows them.
    """

    address: str
    kind: str
    role: str
    hreflang: str
    ups: int
    rest: str


def link(address: str, kind: str, role: str, hreflang: str = "") -> Link:
    """A link, cut so that pages of one depth can share what is known of it."""
    rest, ups = address.strip(BLANK), 0
    while rest.startswith("../"):
        rest, ups = rest[3:], ups + 1
    if ups == 0 and rest.startswith("?"):
        ups = UNSHARED
    return Link(address, kind, role, hreflang, ups, rest)


class _Entry(NamedTuple):
    """What a tag says, whichever page it stands on."""

    links: tuple[Link, ...]
    alternates: tuple[Link, ...]
    fragment: str
    id: str
    special: Tag | None
    sure: bool


@dataclass
class BuiltPage:
    """What a check needs to know of a page.

    Attributes:
        links: addresses with a path, but for alternates.
        alternates: addresses of the page in other languages.
        fragments: of links within the page, as written and without `#`.
        ids: every id, in order; `names` are the names of anchors.
        base: the address of its `<base>`, or "".
        text_lang: the language of its article, where that says one.
        refresh: where it redirects, or "".
    """

    path: str
    links: list[Link] = field(default_factory=list)
    alternates: list[Link] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    base: str = ""
    lang: str = ""
    text_lang: str = ""
    refresh: str = ""
    noindex: bool = False
    faults: tuple[html.Flaw, ...] = ()


class Reader:
    """Reads pages of one site, and remembers each different tag."""

    def __init__(self) -> None:
        self._entries: dict[bytes, _Entry] = {}
        self._ids: dict[bytes, str] = {}
        self._telling: dict[bytes, _Entry] = {}

    def page(self, path: str, data: bytes) -> BuiltPage:
        """The page in a file's bytes."""
        faults = html.faults(data)
        data = data[: html.LONGEST]
        pieces = html.CUT.findall(data)
        different = dict.fromkeys(pieces)
        known = self._entries
        for piece in [piece for piece in different if piece not in known]:
            self._learn(piece)
        telling = self._telling
        entries = [telling[piece] for piece in different if piece in telling]
        ids = self._ids
        named = [ids[piece] for piece in pieces if piece in ids]
        if faults or not all(entry.sure for entry in entries):
            tags = (written.tag for written in html.read_exactly(data.decode("utf-8", "replace")))
            entries = [entry for entry in map(_entry, tags) if entry != _NOTHING]
            named = [entry.id for entry in entries if entry.id]
        return _page(path, entries, named, faults)

    def _learn(self, piece: bytes) -> None:
        tag = html.parse(piece)
        entry = _entry(tag) if tag else _NOTHING._replace(sure=False)
        self._entries[piece] = entry
        if entry != _NOTHING:
            self._telling[piece] = entry
        if entry.id:
            self._ids[piece] = entry.id


_NOTHING = _Entry((), (), "", "", None, sure=True)


def links_of(tag: Tag) -> list[Link]:
    """The links of a tag."""
    return list(_links(tag))


def _entry(tag: Tag) -> _Entry:
    links = links_of(tag)
    fragment = next((found.rest[1:] for found in links if found.rest.startswith("#") and not found.ups), "")
    outward = [found for found in links if _is_outward(found)]
    alternates = tuple(found for found in outward if found.role == "alternate")
    plain = tuple(found for found in outward if found.role != "alternate")
    special = tag if tag.name in _SPECIAL or (tag.name == "a" and "name" in tag.attributes) else None
    return _Entry(plain, alternates, fragment, tag.attributes.get("id", ""), special, sure=True)


def _is_outward(found: Link) -> bool:
    """Whether a link needs more than a look at the ids of its own page."""
    if found.ups == UNSHARED:
        return "#" in found.rest
    return found.ups > 0 or found.rest[:1] not in ("", "#")


def _page(path: str, entries: Iterable[_Entry], ids: list[str], faults: tuple[html.Flaw, ...]) -> BuiltPage:
    page = BuiltPage(path, ids=ids, faults=faults)
    for entry in entries:
        if entry.links:
            page.links += entry.links
        if entry.alternates:
            page.alternates += entry.alternates
        if entry.fragment:
            page.fragments.append(entry.fragment)
        if entry.special:
            _special(entry.special, page)
    return page


def _special(tag: Tag, page: BuiltPage) -> None:
    attributes = tag.attributes
    if tag.name == "html":
        page.lang = attributes.get("lang", "")
    elif tag.name == "article":
        page.text_lang = page.text_lang or attributes.get("lang", "")
    elif tag.name == "base":
        page.base = page.base or attributes.get("href", "")
    elif tag.name == "a":
        page.names.append(attributes["name"])
    elif attributes.get("http-equiv", "").lower() == "refresh":
        page.refresh = in_refresh(attributes.get("content", ""))
    elif attributes.get("name", "").lower() == "robots":
        page.noindex = "noindex" in attributes.get("content", "").lower()


def _links(tag: Tag) -> Iterator[Link]:
    attributes = tag.attributes
    role = _role(tag)
    for kind in _PLAIN:
        if role and kind in attributes and (kind != "cite" or tag.name in _FOLLOWED):
            yield link(attributes[kind], kind, role, attributes.get("hreflang", ""))
    if role and "xlink:href" in attributes and "href" not in attributes:
        yield link(attributes["xlink:href"], "xlink:href", role)
    for kind in ("srcset", "imagesrcset"):
        if kind in attributes:
            yield from (link(address, kind, "asset") for address in candidates(attributes[kind]))
    for kind, style in (("style", attributes.get("style", "")), ("css", tag.text)):
        if style:
            yield from (link(address, kind, "asset") for address in in_css(style))
    if attributes.get("http-equiv", "").lower() == "refresh" and in_refresh(attributes.get("content", "")):
        yield link(in_refresh(attributes["content"]), "refresh", "page")


def _role(tag: Tag) -> str:
    """What the addresses of a tag are for; "" when nobody follows them."""
    if tag.name in ("base", "!"):
        return ""
    if tag.name == "a" and not _OTHER_VERSION.isdisjoint(tag.attributes):
        return "version"
    if tag.name in _FOLLOWED:
        return "page" if "src" not in tag.attributes or tag.name == "iframe" else "asset"
    if tag.name != "link":
        return "asset"
    rels = set(tag.attributes.get("rel", "").lower().split())
    if rels & _HINT_RELS:
        return ""
    if "canonical" in rels:
        return "canonical"
    if "alternate" in rels and tag.attributes.get("hreflang"):
        return "alternate"
    return "page" if rels & _FOLLOWED_RELS else "asset"

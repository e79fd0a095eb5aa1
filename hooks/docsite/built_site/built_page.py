"""One built page: its links, ids, language and where it redirects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from docsite.built_site import reader
from docsite.built_site.reader import Tag
from docsite.built_site.urls import BLANK, css_urls, refresh_url, srcset_urls

_PLAIN = ("href", "src", "poster", "data", "action", "formaction", "cite")
_FOLLOWED = frozenset({"a", "area", "form", "iframe", "q", "blockquote", "del", "ins", "button", "input"})
_FOLLOWED_RELS = frozenset({"prev", "next", "alternate", "help", "author", "license", "search"})
_HINT_RELS = frozenset({"dns-prefetch", "preconnect"})
_OTHER_VERSION = frozenset({"data-latest", "data-version"})
_SPECIAL = frozenset({"html", "article", "base", "meta"})


UNSHARED = 1 << 20
"""As many `../` as no path has: what `?query` leads to is another place on every page."""


class PageLink(NamedTuple):
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


def make_link(address: str, kind: str, role: str, hreflang: str = "") -> PageLink:
    """A link, cut so that pages of one depth can share what is known of it."""
    rest, ups = address.strip(BLANK), 0
    while rest.startswith("../"):
        rest, ups = rest[3:], ups + 1
    if ups == 0 and rest.startswith("?"):
        ups = UNSHARED
    return PageLink(address, kind, role, hreflang, ups, rest)


class LinkGroup:
    """Links that begin with the same number of `../`, and so lead to the same places from all pages of one depth.

    Known by itself, not by what it holds, so that to look it up costs next to nothing.
    """

    __slots__ = ("links", "ups")

    def __init__(self, ups: int, links: Sequence[PageLink]) -> None:
        self.ups = ups
        self.links = links


class _Stretch(NamedTuple):
    """What a tag or a stretch of tags says, whichever page it stands on; `more` is whether that is more than links."""

    groups: tuple[LinkGroup, ...] = ()
    links: int = 0
    alternates: tuple[PageLink, ...] = ()
    fragments: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    special: tuple[Tag, ...] = ()
    more: bool = False


_NOTHING = _Stretch()
_UNSURE = _Stretch(links=-1)
"""Stands for what cannot be read on its own."""


@dataclass
class BuiltPage:
    """What a check needs to know of a page.

    Attributes:
        groups: the addresses with a path, but for alternates.
        links: the number of links of every kind.
        alternates: addresses of the page in other languages.
        fragments: of links within the page, as written and without `#`.
        ids: every id, in order; `names` are the names of anchors.
        base: the address of its `<base>`, or "".
        text_lang: the language of its article, where that says one.
        refresh: where it redirects, or "".
        canonical: the address that it names as its own, or "".
    """

    path: str
    groups: list[LinkGroup] = field(default_factory=list)
    links: int = 0
    alternates: list[PageLink] = field(default_factory=list)
    fragments: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    base: str = ""
    lang: str = ""
    text_lang: str = ""
    refresh: str = ""
    canonical: str = ""
    noindex: bool = False
    problems: tuple[reader.EncodingProblem, ...] = ()


class PageParser:
    """Reads pages of one site.

    Pages repeat their header, navigation and footer. So a page is cut at each `</a>`, and a stretch that has been on a
    page before is learnt, and known from then on. Where that cut may be wrong, as inside a comment or a script, the
    page is read as a whole.
    """

    def __init__(self) -> None:
        self._known: dict[bytes, _Stretch] = {}
        self._met: set[bytes] = set()
        self._tags: dict[bytes, _Stretch] = {}

    def page(self, path: str, data: bytes) -> BuiltPage:
        """The page in a file's bytes."""
        found: list[_Stretch] = []
        new: list[bytes] = []
        known, met = self._known, self._met
        for piece in data.split(_CUT):
            stretch = known.get(piece)
            if stretch is None and piece in met:
                stretch = known[piece] = _joined(self._read(piece))
            if stretch is None:
                met.add(piece)
                new.append(piece)
                continue
            if new:
                found += self._read(_CUT.join(new))
                new = []
            found.append(stretch)
        found += self._read(_CUT.join(new))
        return self._whole(path, data) if _UNSURE in found or len(data) > reader.MAX_BYTES else _page(path, found)

    def _whole(self, path: str, data: bytes) -> BuiltPage:
        """A page that cannot be read in stretches."""
        problems = reader.encoding_problems(data)
        data = data[: reader.MAX_BYTES]
        stretches = [self._tags.get(piece) or self._tag(piece) for piece in reader.TAG_PATTERN.findall(data)]
        if problems or _UNSURE in stretches:
            tags = (written.tag for written in reader.tokenize_html(data.decode("utf-8", "replace")))
            stretches = list(map(_of_tag, tags))
        return _page(path, stretches, problems)

    def _read(self, data: bytes) -> list[_Stretch]:
        """The tags of a text behind which a tag begins; unsure if it ends within something that would hide that tag."""
        *pieces, last = reader.TAG_PATTERN.findall(data + _SENTINEL)
        if last != _SENTINEL or reader.encoding_problems(data):
            return [_UNSURE]
        known = self._tags
        tags = [known.get(piece) or self._tag(piece) for piece in pieces]
        return [tag for tag in tags if tag is not _NOTHING]

    def _tag(self, piece: bytes) -> _Stretch:
        plain = _LINK.fullmatch(piece)
        if plain and piece.isascii():
            found = _of_links([make_link(plain[1].decode(), "href", "page")])
        else:
            tag = reader.parse_tag(piece)
            found = _of_tag(tag) if tag else _UNSURE
        self._tags[piece] = found
        return found


_CUT = b"</a>"
_SENTINEL = b"<a >"
_LINK = re.compile(rb'<a href="([^"&]*)">')
"""The most frequent tag of all, which takes no parser."""


def _joined(stretches: Sequence[_Stretch]) -> _Stretch:
    if len(stretches) < 2:
        return stretches[0] if stretches else _NOTHING
    if _UNSURE in stretches:
        return _UNSURE
    return _Stretch(
        groups=tuple([group for tag in stretches for group in tag.groups]),
        links=sum([tag.links for tag in stretches]),
        alternates=tuple([link for tag in stretches for link in tag.alternates]),
        fragments=tuple([fragment for tag in stretches for fragment in tag.fragments]),
        ids=tuple([name for tag in stretches for name in tag.ids]),
        special=tuple([tag for stretch in stretches for tag in stretch.special]),
        more=any(tag.more for tag in stretches),
    )


def tag_links(tag: Tag) -> list[PageLink]:
    """The links of a tag."""
    return list(_links(tag))


def _of_tag(tag: Tag) -> _Stretch:
    found = _of_links(tag_links(tag))
    name = tag.attributes.get("id", "")
    special = tag.name in _SPECIAL or (tag.name == "a" and "name" in tag.attributes) or _role(tag) == "canonical"
    if not (name or special):
        return found
    return found._replace(ids=(name,) if name else (), special=(tag,) if special else (), more=True)


def _of_links(links: Sequence[PageLink]) -> _Stretch:
    """What a tag says by its links."""
    fragment = next((found.rest[1:] for found in links if found.rest.startswith("#") and not found.ups), "")
    outward = [found for found in links if _is_outward(found)]
    if not (outward or fragment):
        return _NOTHING
    alternates = tuple([found for found in outward if found.role == "alternate"])
    by_ups: dict[int, list[PageLink]] = {}
    for found in outward:
        if found.role != "alternate":
            by_ups.setdefault(found.ups, []).append(found)
    return _Stretch(
        groups=tuple([LinkGroup(ups, group) for ups, group in by_ups.items()]),
        links=len(outward) + bool(fragment),
        alternates=alternates,
        fragments=(fragment,) if fragment else (),
        more=bool(alternates or fragment),
    )


def _is_outward(found: PageLink) -> bool:
    """Whether a link needs more than a look at the ids of its own page."""
    if found.ups == UNSHARED:
        return "#" in found.rest
    return found.ups > 0 or found.rest[:1] not in ("", "#")


def _page(path: str, stretches: Iterable[_Stretch], problems: tuple[reader.EncodingProblem, ...] = ()) -> BuiltPage:
    stretches = [stretch for stretch in stretches if stretch is not _NOTHING]
    groups = [group for stretch in stretches for group in stretch.groups]
    page = BuiltPage(path, groups, sum([stretch.links for stretch in stretches]), problems=problems)
    for stretch in [stretch for stretch in stretches if stretch.more]:
        page.alternates += stretch.alternates
        page.fragments += stretch.fragments
        page.ids += stretch.ids
        for tag in stretch.special:
            _special(tag, page)
    return page


def _special(tag: Tag, page: BuiltPage) -> None:
    attributes = tag.attributes
    if tag.name == "html":
        page.lang = attributes.get("lang", "")
    elif tag.name == "article":
        page.text_lang = page.text_lang or attributes.get("lang", "")
    elif tag.name == "base":
        page.base = page.base or attributes.get("href", "")
    elif tag.name == "link":
        page.canonical = page.canonical or attributes.get("href", "")
    elif tag.name == "a":
        page.names.append(attributes["name"])
    elif attributes.get("http-equiv", "").lower() == "refresh":
        page.refresh = refresh_url(attributes.get("content", ""))
    elif attributes.get("name", "").lower() == "robots":
        page.noindex = "noindex" in attributes.get("content", "").lower()


def _links(tag: Tag) -> Iterator[PageLink]:
    attributes = tag.attributes
    role = _role(tag)
    for kind in _PLAIN:
        if role and kind in attributes and (kind != "cite" or tag.name in _FOLLOWED):
            yield make_link(attributes[kind], kind, role, attributes.get("hreflang", ""))
    if role and "xlink:href" in attributes and "href" not in attributes:
        yield make_link(attributes["xlink:href"], "xlink:href", role)
    for kind in ("srcset", "imagesrcset"):
        if kind in attributes:
            yield from (make_link(address, kind, "asset") for address in srcset_urls(attributes[kind]))
    for kind, style in (("style", attributes.get("style", "")), ("css", tag.text)):
        if style:
            yield from (make_link(address, kind, "asset") for address in css_urls(style))
    if attributes.get("http-equiv", "").lower() == "refresh" and refresh_url(attributes.get("content", "")):
        yield make_link(refresh_url(attributes["content"]), "refresh", "page")


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

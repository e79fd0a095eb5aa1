"""The addresses in a tag of a built page, and what they are for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from docsite.built_site import reader
from docsite.built_site.reader import Tag
from docsite.links.urls import BLANK, css_urls, is_refresh, refresh_url, shared_role, srcset_urls

_FOLLOWED = frozenset({"a", "area", "form", "iframe", "frame", "q", "blockquote", "del", "ins", "button", "input"})
_ONLY_ON = {
    "poster": frozenset({"video"}),
    "data": frozenset({"object"}),
    "action": frozenset({"form"}),
    "formaction": frozenset({"button", "input"}),
    "cite": frozenset({"q", "blockquote", "del", "ins"}),
}
_PLAIN = ("href", "src", *_ONLY_ON, "background")
_FOLLOWED_RELS = frozenset({"prev", "next", "alternate", "help", "author", "license", "search"})
_HINT_RELS = frozenset({"dns-prefetch", "preconnect"})
_OTHER_VERSION = frozenset({"data-latest", "data-version"})

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


def make_reference(name: str, attribute: str) -> PageLink:
    """The name of an id, or of an image map, in an attribute, for those who look for its place."""
    return PageLink(name, attribute, "reference", "", 0, name)


def tag_links(tag: Tag) -> list[PageLink]:
    """The links of a tag."""
    return list(_links(tag))


def _links(tag: Tag) -> Iterator[PageLink]:
    attributes = tag.attributes
    role = link_role(tag)
    for kind in _PLAIN:
        if role and kind in attributes and tag.name in _ONLY_ON.get(kind, (tag.name,)):
            yield make_link(attributes[kind], kind, role, attributes.get("hreflang", ""))
    if role and "xlink:href" in attributes and "href" not in attributes:
        yield make_link(attributes["xlink:href"], "xlink:href", role)
    for kind in ("srcset", "imagesrcset"):
        if kind in attributes:
            yield from (make_link(address, kind, "asset") for address in srcset_urls(attributes[kind]))
    for kind, style in (("style", attributes.get("style", "")), ("css", tag.text)):
        if style:
            yield from (make_link(address, kind, "asset") for address in css_urls(style))
    if tag.name == "meta":
        yield from _meta_links(attributes)


def _meta_links(attributes: dict[str, str]) -> Iterator[PageLink]:
    content, shared = attributes.get("content", ""), shared_role(attributes)
    if shared:
        yield make_link(content, "content", shared)
    if attributes.get("http-equiv", "").lower() == "refresh" and refresh_url(content):
        yield make_link(refresh_url(content), "refresh", "page")


def malformed_refreshes(tag: Tag) -> Iterator[PageLink]:
    """A redirect that leads nowhere, with all that it says for an address."""
    content = tag.attributes.get("content", "").strip(BLANK)
    if tag.name == "meta" and tag.attributes.get("http-equiv", "").lower() == "refresh" and not is_refresh(content):
        yield make_link(content, "refresh", "page")


def link_role(tag: Tag) -> str:
    """What the addresses of a tag are for; "" when nobody follows them."""
    if tag.name == "base":
        return ""
    if tag.name == "a" and not _OTHER_VERSION.isdisjoint(tag.attributes):
        return "version"
    if tag.name in _FOLLOWED:
        return "page" if "src" not in tag.attributes or tag.name in ("iframe", "frame") else "asset"
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


def links_of_html(text: str) -> Iterable[PageLink]:
    """The links of a piece of HTML."""
    return (link for key in reader.read_tags(text) for link in tag_links(reader.parse_tag(key)))

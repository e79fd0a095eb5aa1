"""Where in a built file an address is written. Made once for a file, however many problems it has."""

from __future__ import annotations

import html as entities
import re
from bisect import bisect_right
from collections.abc import Iterator

from docsite.built_site.html_tokens import TagWithSpans, tokenize_html
from docsite.built_site.reader import KEPT_ATTRIBUTES
from docsite.built_site.tag_links import PageLink, make_link, make_reference, malformed_refreshes, tag_links
from docsite.links.urls import find_css_urls, names_ids

_WORD = re.compile(r"""[^\s"'()<>]+""")
_IN_MANIFEST = re.compile(r'"(?:src|url|start_url)"\s*+:\s*+"([^"]*+)"')
_SPAN_OF = {"refresh": "content"}


class AddressPositions:
    """The places of a file's addresses."""

    def __init__(self, name: str, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._known: dict[str, list[tuple[PageLink | None, int]]] = {}
        for address, link, offset in _addresses(name, text):
            self._known.setdefault(address, []).append((link, offset))

    def find(self, address: str, link: PageLink | None = None) -> tuple[int, int]:
        """Line and column of an address, best of this very link; of the start when it is nowhere."""
        return self.find_all(address, link)[0]

    def find_all(self, address: str, link: PageLink | None = None) -> list[tuple[int, int]]:
        """The same for every place of the address."""
        known = self._known.get(address, [])
        offsets = [at for other, at in known if link is None or other == link]
        return list(map(self._position, offsets or [known[0][1] if known else 0]))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def _addresses(name: str, text: str) -> Iterator[tuple[str, PageLink | None, int]]:
    if name.endswith((".html", ".htm")):
        return _of_html(text)
    if name.endswith(".css"):
        return ((found.address, make_link(found.address, "css", "asset"), found.start) for found in find_css_urls(text))
    if name.endswith(("manifest.json", ".webmanifest")):
        return ((_plain(found[1]), None, found.start(1)) for found in _IN_MANIFEST.finditer(text))
    return _of_words(text)


def _plain(text: str) -> str:
    """A string of JSON, whose slashes may be escaped."""
    return text.replace("\\/", "/")


def _of_words(text: str) -> Iterator[tuple[str, None, int]]:
    for match in _WORD.finditer(text):
        yield entities.unescape(match[0]), None, match.start()


def _of_html(text: str) -> Iterator[tuple[str, PageLink | None, int]]:
    """Every link, and every id as `#id`; of the latter, the second is the one too many."""
    for written in tokenize_html(text):
        if written.tag.name == "html" and "lang" in written.spans:
            yield written.tag.attributes["lang"], None, written.spans["lang"][0]
        if "id" in written.spans:
            yield f"#{written.tag.attributes['id']}", None, written.spans["id"][0]
        for kind in filter(lambda kind: names_ids(kind, written.tag.name), written.spans):
            start, stop = written.spans[kind]
            for word in re.finditer(r"\S+", text[start:stop]):
                yield word[0], make_reference(word[0], kind), start + word.start()
        if "usemap" in written.spans:
            name = written.tag.attributes["usemap"].removeprefix("#")
            yield name, make_reference(name, "usemap"), written.spans["usemap"][0]
        for link in (*tag_links(written.tag), *malformed_refreshes(written.tag)):
            yield link.address, link, _offset(text, written, link)


def _offset(text: str, written: TagWithSpans, link: PageLink) -> int:
    spans = written.spans  # without the attribute: what makes the tag want it, as `property` of a preview does
    start, end = spans.get(_SPAN_OF.get(link.kind, link.kind)) or next(iter(spans.values()))
    if link.kind in KEPT_ATTRIBUTES and link.kind not in ("style", "srcset", "imagesrcset"):
        return start
    if link.kind in ("style", "css"):
        places = (one.start for one in find_css_urls(text[start:end]) if one.address == link.address)
        at = next(places, -1)
        if at >= 0:
            return start + at
    found = re.search(rf"(?:(?<=[\s,\"'(=;])|^){re.escape(link.address)}(?![^\s,\"');])", text[start:end])
    return start + (found.start() if found else max(0, text.find(link.address, start, end) - start))

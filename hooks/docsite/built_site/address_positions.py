"""Where in a built file an address is written. Made once for a file, however many problems it has."""

from __future__ import annotations

import html as entities
import re
from bisect import bisect_right
from collections.abc import Iterator

from docsite.built_site.built_page import PageLink, tag_links
from docsite.built_site.html_tokens import TagWithSpans, tokenize_html
from docsite.built_site.reader import KEPT_ATTRIBUTES

_WORD = re.compile(r"""[^\s"'()<>]+""")
_SPAN_OF = {"refresh": "content"}


class AddressPositions:
    """The places of a file's addresses."""

    def __init__(self, name: str, text: str) -> None:
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._known: dict[str, list[tuple[PageLink | None, int]]] = {}
        for address, link, offset in _of_html(text) if name.endswith((".html", ".htm")) else _of_words(text):
            self._known.setdefault(address, []).append((link, offset))

    def find(self, address: str, link: PageLink | None = None) -> tuple[int, int]:
        """Line and column of an address, best of this very link; of the start when it is nowhere."""
        known = self._known.get(address, [])
        offset = next((at for other, at in known if link is None or other == link), None)
        if offset is None:
            offset = known[0][1] if known else self._anywhere(address)
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def _anywhere(self, address: str) -> int:
        return max(0, self._text.find(entities.escape(address)), self._text.find(address))


def _of_words(text: str) -> Iterator[tuple[str, None, int]]:
    for match in _WORD.finditer(text):
        yield entities.unescape(match[0]), None, match.start()


def _of_html(text: str) -> Iterator[tuple[str, PageLink | None, int]]:
    """Every link, and every id as `#id`; of the latter, the second is the one too many."""
    for written in tokenize_html(text):
        if "id" in written.spans:
            yield f"#{written.tag.attributes['id']}", None, written.spans["id"][0]
        for link in tag_links(written.tag):
            yield link.address, link, _offset(text, written, link)


def _offset(text: str, written: TagWithSpans, link: PageLink) -> int:
    start, end = written.spans[_SPAN_OF.get(link.kind, link.kind)]
    if link.kind in KEPT_ATTRIBUTES and link.kind not in ("style", "srcset", "imagesrcset"):
        return start
    found = re.search(rf"(?:(?<=[\s,\"'(=;])|^){re.escape(link.address)}(?![^\s,\"');])", text[start:end])
    return start + (found.start() if found else max(0, text.find(link.address, start, end) - start))

"""Every link of a page's Markdown, with the place of its address; code is left alone.

pulldown-cmark (by pyromark) parses the Markdown; it reads what `dialect.layout` writes as Python-Markdown does.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote

import pyromark


class Kind(StrEnum):
    """How a link is written."""

    MARKDOWN = "markdown"
    IMAGE = "image"
    DEFINITION = "definition"
    AUTOLINK = "autolink"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Link:
    """An address in a text.

    Attributes:
        address: decoded: escapes and entities are read.
        start, stop: where the address stands in the text.
        attribute: for raw HTML, the name of the attribute.
    """

    kind: Kind
    address: str
    start: int
    stop: int
    attribute: str = ""


@dataclass
class Scan:
    """Links of a text, and the ids that its raw HTML sets (with their offsets)."""

    links: list[Link] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)


OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
ADDRESS_ATTRIBUTES = ("href", "src", "srcset", "poster", "data", "action", "cite")
_CONTINUED = re.compile(rb"[\x80-\xbf]")
_TAG = re.compile(r"<[A-Za-z][\w-]*(?:\s+[^<>]*?|/)?>", re.DOTALL)
_ATTRIBUTE = re.compile(r"""(?<=[\s"'])([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKDOWN_INSIDE = re.compile(r"<[A-Za-z][\w-]*\b[^>]*\bmarkdown\s*=[^>]*>")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def scan(text: str) -> Scan:
    """Find every link of a Markdown text."""
    found = Scan()
    if "(" in text or "<" in text or "]:" in text:
        _Scanner(text, 0, found).run()
    found.links.sort(key=lambda link: link.start)
    return found


class _Scanner:
    """Goes through the events of one text; `shift` is where the text begins in the page."""

    def __init__(self, text: str, shift: int, found: Scan) -> None:
        self.text = text
        self.raw = text.encode()
        self.shift = shift
        self.found = found
        self._wide = [] if len(self.raw) == len(text) else [m.start() for m in _CONTINUED.finditer(self.raw)]
        self._inner_end = 0

    def _at(self, offset: int) -> int:
        """A character offset for a byte offset."""
        return offset - bisect_left(self._wide, offset)

    def run(self) -> None:
        opened: list[tuple[Kind, int, dict[str, Any]]] = []
        for event, span in pyromark.events_with_range(self.text, options=OPTIONS):
            if not isinstance(event, dict):
                self._inner_end = span["end"]
                continue
            (name, value), start, end = next(iter(event.items())), span["start"], span["end"]
            if name == "Start" and isinstance(value, dict) and ("Link" in value or "Image" in value):
                self._inner_end = start + (1 if "Link" in value else 2)
                what, details = next(iter(value.items()))
                opened.append((Kind.MARKDOWN if what == "Link" else Kind.IMAGE, start, details))
            elif name == "End" and value in ("Link", "Image"):
                kind, begin, details = opened.pop()
                self._link(kind, begin, end, details)
                self._inner_end = end
            elif name == "Start" and value == "HtmlBlock":
                self._html(self._at(start), self._at(end), block=True)
            elif name == "InlineHtml":
                self._html(self._at(start), self._at(end), block=False)
                self._inner_end = end
            elif name not in ("Start", "Html"):
                self._inner_end = end
        self._definitions()

    def _link(self, kind: Kind, begin: int, end: int, details: dict[str, Any]) -> None:
        if details["link_type"] == "Inline":
            opening = self.raw.find(b"](", max(begin, self._inner_end - 1), end)
            if opening >= 0:
                self._address(kind, self._at(opening + 2), self._at(end) - 1)
        elif details["link_type"] in ("Autolink", "Email"):
            self._add(Kind.AUTOLINK, details["dest_url"], self._at(begin) + 1, self._at(end) - 1)

    def _address(self, kind: Kind, start: int, stop: int) -> None:
        """Read the address that begins, after blanks, at `start`."""
        while start < stop and self.text[start].isspace():
            start += 1
        end = _angled(self.text, start, stop) if self.text.startswith("<", start) else _bare(self.text, start, stop)
        start += self.text.startswith("<", start)
        self._add(kind, html.unescape(_ESCAPE.sub(r"\1", self.text[start:end])), start, end)

    def _add(self, kind: Kind, address: str, start: int, stop: int, attribute: str = "") -> None:
        self.found.links.append(Link(kind, address, start + self.shift, stop + self.shift, attribute))

    def _definitions(self) -> None:
        if "]:" not in self.text:
            return
        for definition in pyromark.reference_definitions(self.text, options=OPTIONS).values():
            start, stop = self._at(definition["span"]["start"]), self._at(definition["span"]["end"])
            colon = re.compile(r"(?<!\\)\]:\s*").search(self.text, start, stop)
            if colon:
                self._address(Kind.DEFINITION, colon.end(), stop)

    def _html(self, start: int, stop: int, *, block: bool) -> None:
        text = self.text[start:stop]
        comments = [(m.start(), m.end()) for m in _COMMENT.finditer(text)]
        for tag in _TAG.finditer(text):
            if any(a <= tag.start() < b for a, b in comments):
                continue
            for name, value, at in _attributes(tag[0]):
                self._attribute(name, value, start + tag.start() + at)
        if block and (inside := _MARKDOWN_INSIDE.search(text)):
            inner = text[inside.end() :]
            _Scanner(inner, self.shift + start + inside.end(), self.found).run_markdown_only()

    def run_markdown_only(self) -> None:
        """Scan for Markdown links only, where the raw HTML around was already read."""
        before = len(self.found.links), len(self.found.ids)
        self.run()
        self.found.links[before[0] :] = [x for x in self.found.links[before[0] :] if x.kind is not Kind.HTML]
        del self.found.ids[before[1] :]

    def _attribute(self, name: str, value: str, at: int) -> None:
        if name in ("id", "name") and value:
            self.found.ids.append((html.unescape(value), at + self.shift))
        elif name == "srcset":
            for candidate in re.finditer(r"[^\s,][^\s]*(?=\s|,|$)", value):
                if not re.fullmatch(r"[\d.]+[wx]", candidate[0]):
                    address = candidate[0].rstrip(",")
                    begin = at + candidate.start()
                    self._add(Kind.HTML, html.unescape(address), begin, begin + len(address), name)
        elif name in ADDRESS_ATTRIBUTES:
            self._add(Kind.HTML, html.unescape(value), at, at + len(value), name)


def _attributes(tag: str) -> Iterator[tuple[str, str, int]]:
    """Name, value and place of the value of each attribute of a tag."""
    for match in _ATTRIBUTE.finditer(tag):
        group = next(n for n in (2, 3, 4) if match[n] is not None)
        yield match[1].lower(), match[group], match.start(group)


def _angled(text: str, start: int, stop: int) -> int:
    at = start + 1
    while at < stop and text[at] != ">":
        at += 2 if text[at] == "\\" else 1
    return min(at, stop)


def _bare(text: str, start: int, stop: int) -> int:
    """The end of an address without angle brackets: a blank, or a parenthesis that none inside opened."""
    depth, at = 0, start
    while at < stop and not text[at].isspace():
        if text[at] == "\\":
            at += 1
        elif text[at] == "(":
            depth += 1
        elif text[at] == ")":
            if depth == 0:
                break
            depth -= 1
        at += 1
    return min(at, stop)


def decoded(fragment: str) -> str:
    """A fragment as browsers compare it with ids: percent-decoded, letter case kept."""
    return unquote(fragment)

"""Every link of a page's Markdown, with the place of its address; code is left alone.

pulldown-cmark (by pyromark) parses the Markdown; it reads what `dialect.layout` writes as Python-Markdown does.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pyromark
from markdown.util import BLOCK_LEVEL_ELEMENTS

from docsite.links.link import ADDRESS_ATTRIBUTES, Link, LinkKind


@dataclass
class ExtractedLinks:
    """Links of a text, ids of its raw HTML and its inline attribute lists (with offsets), and where code stands."""

    links: list[Link] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)
    listed: list[tuple[str, int]] = field(default_factory=list)
    code: list[tuple[int, int]] = field(default_factory=list)


OPTIONS = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_STRIKETHROUGH
_CONTINUED = re.compile(rb"[\x80-\xbf]")
_TAG = re.compile(r"""<[A-Za-z][\w-]*(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_DEFINITION = re.compile(
    r"^(?:[ \t]|>|[*+-][ \t]|\d+[.)][ \t])*"
    r"\[(?!\^)(?:\\.|[^\[\]\\\n])+\]:[ \t]*(?:\n[ >\t]*)?(?=\S)",
    re.MULTILINE,
)
_LIST = re.compile(r"\{:(?: \.\S+)* #([A-Za-z][\w:-]*)[^{}\n]*\}")
"""An attribute list with an id, as `dialect` writes it."""
_DEPTH = 20
"""Levels of Markdown in HTML that are read: deeper is no page, and would take for ever."""
_ATTRIBUTE = re.compile(r"""(?<=[\s"'])([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>`]+))""")
_BARE = re.compile(r"\smarkdown(?=[\s/>])")
"""The attribute without a value, which md_in_html takes too."""
_LITERAL = re.compile(r"(<(script|style|textarea)\b[^<>]*>)(.*?)(?=</\2\b|\Z)", re.DOTALL | re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def extract_links(text: str) -> ExtractedLinks:
    """Find every link of a Markdown text."""
    found = ExtractedLinks()
    if any(sign in text for sign in ("(", "<", "]:", "[^", "{", "/// ")):
        _Scanner(text, 0, found).run()
    found.links.sort(key=lambda link: link.start)
    return found


def mask_spans(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with stretches, given in order, blanked out; every place stays."""
    parts, at = [], 0
    for start, stop in stretches:
        if start >= at:
            parts += [text[at:start], _blanks(text[start:stop])]
            at = stop
    return "".join([*parts, text[at:]])


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _comments(text: str) -> Iterator[tuple[int, int]]:
    start = text.find("<!--")
    while start >= 0 and (stop := text.find("-->", start)) >= 0:
        yield start, stop + 3
        start = text.find("<!--", stop + 3)


class _Scanner:
    """Goes through the events of one text; `shift` is where the text begins in the page."""

    def __init__(self, text: str, shift: int, found: ExtractedLinks, depth: int = 0) -> None:
        self.text = text
        self.raw = text.encode()
        self.shift = shift
        self.found = found
        self.depth = depth
        self._hidden: list[tuple[int, int]] = []
        self._wide = [] if len(self.raw) == len(text) else [m.start() for m in _CONTINUED.finditer(self.raw)]
        self._inner_end = 0
        self._ends: set[int] | None = set() if "{:" in text else None

    def _at(self, offset: int) -> int:
        """A character offset for a byte offset."""
        return offset - bisect_left(self._wide, offset)

    def run(self) -> None:
        opened: list[tuple[LinkKind, int, dict[str, Any]]] = []
        for event, span in pyromark.events_with_range(self.text, options=OPTIONS):
            if not isinstance(event, dict):
                self._inner_end = span["end"]
                continue
            (name, value), start, end = next(iter(event.items())), span["start"], span["end"]
            if name == "Start" and isinstance(value, dict) and ("Link" in value or "Image" in value):
                self._inner_end = start + (1 if "Link" in value else 2)
                what, details = next(iter(value.items()))
                opened.append((LinkKind.MARKDOWN if what == "Link" else LinkKind.IMAGE, start, details))
            elif name == "End" and value in ("Link", "Image"):
                kind, begin, details = opened.pop()
                self._link(kind, begin, end, details)
                self._end(end)
            elif name == "Start" and isinstance(value, dict) and "CodeBlock" in value:
                self._code(start, end)
            elif name == "Start" and value == "HtmlBlock":
                self._hidden.append((self._at(start), self._at(end)))
                self._html(self._at(start), self._at(end), block=True)
            elif name == "InlineHtml":
                self._html(self._at(start), self._at(end), block=False)
                self._inner_end = end
            elif name not in ("Start", "Html"):
                if name == "Code":
                    self._code(start, end)
                if name in ("Code", "End"):
                    self._end(end)
                self._inner_end = end
        self._definitions()
        self._lists()

    def _end(self, end: int) -> None:
        """Note the end of what an attribute list may stand behind."""
        self._inner_end = end
        if self._ends is not None:
            self._ends.add(self._at(end))

    def _lists(self) -> None:
        """Ids of attribute lists right behind links, emphasis, code and the like."""
        for found in _LIST.finditer(self.text) if self._ends else ():
            if self._ends and found.start() in self._ends:
                self.found.listed.append((found[1], found.start() + self.shift))

    def _code(self, start: int, end: int) -> None:
        place = self._at(start), self._at(end)
        self._hidden.append(place)
        self.found.code.append((place[0] + self.shift, place[1] + self.shift))

    def _link(self, kind: LinkKind, begin: int, end: int, details: dict[str, Any]) -> None:
        if details["link_type"] == "Inline":
            opening = self.raw.find(b"](", max(begin, self._inner_end - 1), end)
            if opening >= 0:
                self._address(kind, self._at(opening + 2), self._at(end) - 1)
        elif details["link_type"] == "Autolink":
            self._add(LinkKind.AUTOLINK, details["dest_url"], self._at(begin) + 1, self._at(end) - 1)

    def _address(self, kind: LinkKind, start: int, stop: int) -> None:
        """Read the address that begins, after blanks, at `start`."""
        while start < stop and self.text[start].isspace():
            start += 1
        end = _angled(self.text, start, stop) if self.text.startswith("<", start) else _bare(self.text, start, stop)
        start += self.text.startswith("<", start)
        self._add(kind, html.unescape(_ESCAPE.sub(r"\1", self.text[start:end])), start, end)

    def _add(self, kind: LinkKind, address: str, start: int, stop: int, attribute: str = "") -> None:
        self.found.links.append(Link(kind, address, start + self.shift, stop + self.shift, attribute))

    def _definitions(self) -> None:
        if "]:" not in self.text:
            return
        text = mask_spans(self.text, self._hidden)
        for definition in _DEFINITION.finditer(text):
            stop = text.find("\n", definition.end())
            self._address(LinkKind.DEFINITION, definition.end(), stop if stop >= 0 else len(text))

    def _html(self, start: int, stop: int, *, block: bool) -> None:
        text = self.text[start:stop]
        lead = _inline_lead(text) if block else 0
        inside = 0
        text = mask_spans(text, _comments(text))
        for tag in _TAG.finditer(_LITERAL.sub(lambda m: m[1] + _blanks(m[3]), text)):
            attributes = list(_attributes(tag[0]))
            self._tag(tag[0], attributes, start + tag.start())
            if not inside and (_BARE.search(tag[0]) or any(n == "markdown" and v != "0" for n, v, _ in attributes)):
                inside = tag.end()
        if not block or self.depth >= _DEPTH or not (inside or lead):
            return
        begin = lead or inside
        if lead and not text[lead:].lstrip(" ").startswith("<"):
            # It begins a paragraph, so what follows is no code, however far it is indented.
            begin, text = 0, "x" * lead + text[lead:]
        _Scanner(text[begin:], self.shift + start + begin, self.found, self.depth + 1).run_markdown_only()

    def _tag(self, tag: str, attributes: list[tuple[str, str, int]], at: int) -> None:
        """Read a tag; `name` is an anchor on `a` and `map` only, and none of its own beside an equal id."""
        anchor = re.match(r"<(?:a|map)\b", tag, re.IGNORECASE)
        own = {value for name, value, _ in attributes if name == "id"}
        for name, value, place in attributes:
            if name != "name" or (anchor and value not in own):
                self._attribute(name, value, at + place)

    def run_markdown_only(self) -> None:
        """Scan for Markdown links only, where the raw HTML around was already read."""
        before = len(self.found.links), len(self.found.ids)
        self.run()
        self.found.links[before[0] :] = [x for x in self.found.links[before[0] :] if x.kind is not LinkKind.HTML]
        del self.found.ids[before[1] :]

    def _attribute(self, name: str, value: str, at: int) -> None:
        if name in ("id", "name") and value:
            self.found.ids.append((html.unescape(value), at + self.shift))
        elif name == "srcset":
            for candidate in re.finditer(r"([^\s,]\S*)(?:(?<!,)[^,]*)?", value):
                address, begin = candidate[1].rstrip(","), at + candidate.start()
                self._add(LinkKind.HTML, html.unescape(address), begin, begin + len(address), name)
        elif name in ADDRESS_ATTRIBUTES:
            self._add(LinkKind.HTML, html.unescape(value), at, at + len(value), name)


def _inline_lead(text: str) -> int:
    """The end of what Python-Markdown takes for inline HTML though it begins a block in CommonMark; 0 if none does.

    These are comments, and tags of no block: behind them, on their line and below, stands Markdown.
    """
    tag = _TAG.match(text, len(text) - len(text.lstrip()))
    if tag:
        name = re.split(r"[\s/>]", tag[0][1:], maxsplit=1)[0].lower()
        return 0 if name in BLOCK_LEVEL_ELEMENTS or name == "textarea" else tag.end()
    return next((stop for start, stop in _comments(text) if not text[:start].strip() and text[stop:].strip()), 0)


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

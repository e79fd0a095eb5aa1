"""Every link and id of a page, with the place where it is written; code is left alone.

Offsets are those of `Document.text`.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from docsite.links.link import ADDRESS_ATTRIBUTES, NO_REFRESH, Link, LinkKind
from docsite.links.urls import find_css_urls, find_refresh_url, is_refresh, names_ids, shared_role
from docsite.markup.blocks import tree
from docsite.markup.blocks.tree import normalized_label
from docsite.markup.inlines import inline_nodes
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.markup.inlines.entities import decoded
from docsite.markup.inlines.html_tags import tag_attributes

_TAG = re.compile(r"""<[A-Za-z][\w-]*(?=[\s/>])(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>""")
_LITERAL = re.compile(r"(<(script|style|textarea)\b[^<>]*>)(.*?)(?=</\2\b|\Z)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|pre|code|kbd|samp)\b.*?(?:</\1\b|\Z)|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
"""What a reader sees of raw HTML is what this leaves."""
_MARKDOWN_LINK = re.compile(r"\[[^\[\]\n]+\]\(<?([^\s()<>]+)[^()\n]*\)")


@dataclass
class ExtractedLinks:
    """What a page links to, and what can be linked to in it.

    Attributes:
        ids: of raw HTML and of attribute lists in running text, with their offsets.
        generated_ids: those that Python-Markdown makes for footnotes and tabs.
        references: ids that other attributes name: the attribute, the id, and the offset.
        unused_footnotes: definitions that no mark of the page names.
        unread: Markdown links inside raw HTML, where they stay text, with the offsets of their addresses.
    """

    links: list[Link] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)
    generated_ids: list[str] = field(default_factory=list)
    references: list[tuple[str, str, int]] = field(default_factory=list)
    unused_footnotes: list[tree.FootnoteDefinition] = field(default_factory=list)
    unread: list[tuple[str, int]] = field(default_factory=list)


def extract_links(inlines: DocumentInlines) -> ExtractedLinks:
    """Find the links and ids of a page."""
    extractor = _Extractor(inlines)
    extractor.run()
    return extractor.found


class _Extractor:
    def __init__(self, inlines: DocumentInlines) -> None:
        self.inlines = inlines
        self.found = ExtractedLinks()
        self._marks: Counter[str] = Counter()
        self._tab_sets = 0
        self._defined: list[tuple[int, str]] = []
        self._used: set[str] = set()

    def run(self) -> None:
        _ = self.inlines.document.text  # gives the leaves their offsets
        for block in self.inlines.document.walk():
            if isinstance(block, tree.InlineLeaf):
                self._nodes(self.inlines.nodes(block), block.start)
            elif isinstance(block, tree.HtmlBlock):
                self._html(block.text, block.start)
                if not block.literal:
                    self._unread(block.text, block.start)
            elif isinstance(block, tree.LinkDefinition):
                address = decoded(block.destination_text)
                self._defined.append((len(self.found.links), normalized_label(block.label)))
                self._add(LinkKind.DEFINITION, address, block.start + block.destination, block.start + block.stop)
            elif isinstance(block, tree.Details):
                self.found.generated_ids += [block.anchor] if block.anchor else []
            elif isinstance(block, tree.Tabs):
                self._tab_sets += 1
                numbers = range(1, len(block.children) + 1)
                self.found.generated_ids += [f"__tabbed_{self._tab_sets}_{number}" for number in numbers]
        for number, label in self._defined:
            if label not in self._used:
                self.found.links[number] = self.found.links[number]._replace(kind=LinkKind.UNUSED)
        for note in self.inlines.footnotes:
            if not self._marks[note.label]:
                self.found.unused_footnotes.append(note)
            self.found.generated_ids += _footnote_ids(note.label, self._marks[note.label])

    def _nodes(self, found: Iterable[inline_nodes.Node], shift: int) -> None:
        for node in inline_nodes.walk(list(found)):
            if node.attributes is not None and node.attributes.id:
                self.found.ids.append((node.attributes.id, node.stop + shift))
            if isinstance(node, inline_nodes.InlineLink):
                self._link(node, shift)
            elif isinstance(node, inline_nodes.InlineHtml):
                self._html(node.value, node.start + node.lead + shift)
                if not node.lead:
                    self._unread(node.value, node.start + shift)
            elif isinstance(node, inline_nodes.FootnoteMark):
                self._marks[node.label] += 1

    def _link(self, link: inline_nodes.InlineLink, shift: int) -> None:
        self._used.add(normalized_label(link.label))
        if link.address_start >= 0:
            found = Link(_kind(link), link.address, link.address_start + shift, link.address_stop + shift)
            language = link.attributes.pairs.get("hreflang", "") if link.attributes else ""
            self.found.links.append(found._replace(hreflang=language))

    def _add(self, kind: LinkKind, address: str, start: int, stop: int, attribute: str = "") -> None:
        self.found.links.append(Link(kind, address, start, stop, attribute))

    def _html(self, text: str, shift: int) -> None:
        """Read the tags of raw HTML; what stands in comments, scripts and styles are none."""
        text = _COMMENT.sub(lambda found: _blanks(found[0]), text)
        for style in _LITERAL.finditer(text):
            if style[2].lower() == "style":
                self._css(style[3], style.start(3) + shift, "css")
        text = _LITERAL.sub(lambda found: found[1] + _blanks(found[3]), text)
        for tag in _TAG.finditer(text):
            self._tag(tag[0], tag.start() + shift)

    def _unread(self, text: str, shift: int) -> None:
        if "](" in text:
            shown = _NO_TEXT.sub(lambda found: _blanks(found[0]), text)
            self.found.unread += [(found[1], shift + found.start(1)) for found in _MARKDOWN_LINK.finditer(shown)]

    def _tag(self, tag: str, at: int) -> None:
        """Read a tag; `name` is an anchor on `a` and `map` only, and none of its own beside an equal id."""
        attributes = list(tag_attributes(tag))
        own = {value for name, value, _ in attributes if name == "id"}
        element = re.split(r"[\s/>]", tag[1:], maxsplit=1)[0].lower()
        for name, value, place in attributes:
            if name == "id" or (name == "name" and element in ("a", "map") and value not in own):
                if value:
                    self.found.ids.append((html.unescape(value), at + place))
            elif names_ids(name, element):
                self._references(name, value, at + place)
            elif name == "usemap":
                self.found.references.append((name, value.removeprefix("#"), at + place))
            elif name in ("srcset", "imagesrcset"):
                self._srcset(value, at + place, name)
            elif name == "style":
                self._css(_plain_quotes(value), at + place, name)
            elif name == "content" and element == "meta":
                self._meta(value, at + place, {key: html.unescape(said) for key, said, _ in attributes})
            elif name in ADDRESS_ATTRIBUTES:
                self._add(LinkKind.HTML, html.unescape(value), at + place, at + place + len(value), name)

    def _references(self, attribute: str, value: str, at: int) -> None:
        for name in re.finditer(r"\S+", value):
            self.found.references.append((attribute, html.unescape(name[0]), at + name.start()))

    def _css(self, value: str, at: int, attribute: str) -> None:
        for address, start, stop in find_css_urls(value):
            blanks = len(value[start:stop]) - len(value[start:stop].lstrip())
            if not address.strip().startswith("#"):
                self._add(LinkKind.HTML, html.unescape(address.strip()), at + start + blanks, at + stop, attribute)

    def _meta(self, value: str, at: int, attributes: dict[str, str]) -> None:
        """The address that a meta element redirects to, or that it names for previews."""
        whole = (0, len(value)) if value.strip() else None
        if attributes.get("http-equiv", "").lower() == "refresh":
            found, kind = find_refresh_url(value), "refresh"
            if not found and not is_refresh(value.strip()):
                found, kind = whole, NO_REFRESH
        else:
            found, kind = whole if shared_role(attributes) else None, "content"
        if found:
            self._add(LinkKind.HTML, html.unescape(value[slice(*found)]), at + found[0], at + found[1], kind)

    def _srcset(self, value: str, at: int, attribute: str) -> None:
        for candidate in re.finditer(r"([^\s,]\S*)(?:(?<!,)[^,]*)?", value):
            address, begin = candidate[1].rstrip(","), at + candidate.start()
            self._add(LinkKind.HTML, html.unescape(address), begin, begin + len(address), attribute)


_QUOTES = {"&quot;": '"     ', "&apos;": "'     ", "&#39;": "'    ", "&#34;": '"    '}


def _plain_quotes(value: str) -> str:
    """The value of an attribute with its quotes as they are meant, each character in its place."""
    for written, meant in _QUOTES.items():
        value = value.replace(written, meant)
    return value


def _footnote_ids(label: str, uses: int) -> Iterator[str]:
    yield f"fn:{label}"
    yield from (f"fnref{number if number > 1 else ''}:{label}" for number in range(1, uses + 1))


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _kind(link: inline_nodes.InlineLink) -> LinkKind:
    if link.image:
        return LinkKind.IMAGE
    return LinkKind.AUTOLINK if link.autolink else LinkKind.MARKDOWN

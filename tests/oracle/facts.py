"""What must be equal between two renderings of one page.

Jekyll and MkDocs dress the same content differently. `facts` reads either dress
into one plain tree, then lists what a reader, a link or a style sheet depends on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from textwrap import dedent
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Json = str | int | bool | list["Json"] | dict[str, "Json"]
Facts = dict[str, Json]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _words(
    "address alert article aside blockquote dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6"
    " hr li main nav ol p pre section summary tab table tabs tbody td tfoot th thead tr ul"
)
HEADINGS = _words("h1 h2 h3 h4 h5 h6")
MARKS = _words("b del em i ins kbd mark s strong sub sup u")
LISTS = _words("ul ol")

# Links and titles a theme adds; a reader does not count them as the page's text.
CHROME = _words("headerlink heading-alias admonition-title footnote-backref reversefootnote")
THEME_CLASS = re.compile(
    r"highlight|highlighter-rouge|codehilite|language-.*|admonition.*|tabbed-.*|alert.*"
    r"|(sub)?tabs?|task-list.*|footnote.*"
)
THEME_ID = re.compile(r"__.*|fn(ref)?\d*:.*")
STRUCTURAL = _words("align alt checked class data-lang data-title disabled for href id markdown role src start")
ALIGN = re.compile(r"\s*text-align:\s*(\w+);?\s*")
# HTML's own white space only: U+00A0 and U+202F are the writer's typography.
SPACES = re.compile(r"[ \t\n\r\f]+")
BREAK = "\v"
# Stands before the link back to the text, which is at the end of a paragraph or below it.
_BACK = re.compile(r"[\u00a0 ]+$|\u00a0(?= )")


@dataclass
class Element:
    """A node in the common vocabulary: HTML's, plus alert, tabs, tab and footnotes."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self, *, until: frozenset[str] = frozenset()) -> Iterator[Element]:
        """Descendants in reading order, not looking inside the tags of `until`."""
        for child in self.elements():
            yield child
            if child.tag not in until:
                yield from child.walk(until=until)

    def find(self, *tags: str) -> list[Element]:
        return [element for element in self.walk() if element.tag in tags]


# --- Reading HTML into the common tree ---------------------------------------


def _attrs(node: LexborNode) -> dict[str, str]:
    """Attributes; `open="open"` is `open`."""
    return {name: value if value and value != name else "" for name, value in node.attributes.items()}


def _read(node: LexborNode) -> Element | str | None:
    if node.tag == "-text":
        return node.text_content or ""
    if node.tag is None or not node.tag[0].isalpha() or node.tag in ("script", "style"):
        return None
    classes = set(_attrs(node).get("class", "").split())
    if classes & CHROME:
        return None
    return _read_element(node, classes)


def _read_element(node: LexborNode, classes: set[str]) -> Element:
    if node.tag == "pre" or (node.tag == "div" and _is_code_wrapper(node, classes)):
        return _read_code(node)
    if "tabbed-set" in classes:
        return _read_material_tabs(node)
    element = Element(node.tag or "", _attrs(node), _read_children(node))
    return _rename(element, classes)


def _read_children(node: LexborNode) -> list[Element | str]:
    read = (_read(child) for child in node.iter(include_text=True))
    return [child for child in read if child is not None]


def _rename(element: Element, classes: set[str]) -> Element:
    if element.tag != "div":
        return element
    if "alert" in classes or "admonition" in classes:
        return _alert(element)
    if classes & {"tabs", "subtabs"}:
        element.tag = "tabs"
    elif classes & {"tab", "subtab"}:
        element.tag = "tab"
        element.attrs["title"] = element.attrs.get("data-title", "")
    elif classes & {"footnote", "footnotes"}:
        element.tag = "footnotes"
    return element


def _alert(element: Element) -> Element:
    """`alert alert-note x` and `admonition note x` are a note with the class x."""
    names = [name.removeprefix("alert-") for name in element.classes]
    kind, *rest = [name for name in names if name not in ("alert", "admonition")] or [""]
    attrs = element.attrs | {"class": " ".join(rest), "kind": kind.lower()}
    return Element("alert", attrs, element.children)


def _is_code_wrapper(node: LexborNode, classes: set[str]) -> bool:
    return bool(classes & {"highlight", "highlighter-rouge"}) and node.css_first("pre") is not None


def _read_code(node: LexborNode) -> Element:
    """The wrappers of one code block as a single `pre`, with the attributes of all."""
    merged: dict[str, str] = {}
    for part in [node, *node.css("div, pre, code")]:
        attrs = _attrs(part)
        attrs["class"] = f"{merged.get('class', '')} {attrs.get('class', '')}"
        merged |= attrs
    # kramdown keeps a space of a fence that stands deeper than its list item.
    inner = node.css_first("code") or node  # and not the title that the theme puts above it
    text = dedent(inner.text()).strip("\n")
    return Element("pre", merged, [text])


def _read_material_tabs(node: LexborNode) -> Element:
    labels = [label.text().strip() for label in node.css("label")]
    body = next(child for child in node.iter() if "tabbed-content" in _attrs(child).get("class", ""))
    # Labels come before the content, so nested sets' labels are at the end.
    tabs: list[Element | str] = [
        Element("tab", _attrs(block) | {"title": title}, _read_children(block))
        for title, block in zip(labels, body.iter(), strict=False)
    ]
    return Element("tabs", {name: value for name, value in _attrs(node).items() if name != "data-tabs"}, tabs)


# --- Text ---------------------------------------------------------------------


def _blocks(element: Element, skip: frozenset[str] = frozenset()) -> list[str]:
    """The text, one string a block, without what lies inside the tags of `skip`."""
    parts: list[str] = [""]
    _gather(element, parts, skip | {"footnotes"})
    # kramdown puts U+00A0 into an empty table cell.
    return [text for text in map(_tidy, parts) if text.strip(" \u00a0")]


def _gather(element: Element, parts: list[str], skip: frozenset[str]) -> None:
    for child in element.children:
        if isinstance(child, str):
            parts[-1] += child
        elif child.tag == "br":
            parts[-1] += BREAK
        elif child.tag == "input":
            parts[-1] += _tick(child)
        elif child.tag in BLOCKS or child.tag in skip:
            parts.append("")
            if child.tag not in skip:
                _gather(child, parts, skip)
            parts.append("")
        else:
            _gather(child, parts, skip)


def _tick(element: Element) -> str:
    if element.attrs.get("type") != "checkbox":
        return ""
    return "[x] " if "checked" in element.attrs else "[ ] "


def _tidy(text: str) -> str:
    collapsed = SPACES.sub(" ", text).strip(" ")
    return re.sub(rf" ?{BREAK} ?", "\n", collapsed)


def _text(element: Element, skip: frozenset[str] = frozenset()) -> str:
    return " ".join(_blocks(element, skip))


# --- The facts ------------------------------------------------------------------


def _is_footnote_link(link: Element) -> bool:
    return link.attrs.get("href", "").startswith("#fn")


def _links(page: Element) -> Json:
    links = [link for link in page.find("a") if "href" in link.attrs]
    return [[_text(a), a.attrs["href"]] for a in links if not _is_footnote_link(a)]


def _images(page: Element) -> Json:
    return [[img.attrs.get("alt", ""), img.attrs.get("src", "")] for img in page.find("img")]


def _headings(page: Element) -> Json:
    return [[int(h.tag[1]), _text(h), h.attrs.get("id", "")] for h in page.find(*HEADINGS)]


def _tables(page: Element) -> Json:
    return [_table(table) for table in page.find("table")]


def _table(table: Element) -> Json:
    rows = [[cell for cell in row.elements() if cell.tag in ("td", "th")] for row in table.find("tr")]
    return {
        "classes": [*sorted(table.classes)],
        "header": bool(rows) and all(cell.tag == "th" for cell in rows[0]),
        "align": [_align(cell) for cell in rows[0]] if rows else [],
        "rows": [[_text(cell) for cell in row] for row in rows],
    }


def _align(cell: Element) -> str:
    style = ALIGN.fullmatch(cell.attrs.get("style", ""))
    return style[1] if style else cell.attrs.get("align", "")


def _outer_lists(element: Element) -> Iterator[Element]:
    hidden = LISTS | {"footnotes"}
    return (found for found in element.walk(until=hidden) if found.tag in LISTS)


def _lists(element: Element) -> list[Json]:
    return [_list(found) for found in _outer_lists(element)]


def _list(found: Element) -> Json:
    items: list[Json] = [_item(item) for item in found.elements() if item.tag == "li"]
    return {"type": found.tag, "start": int(found.attrs.get("start") or 1), "items": items}


def _item(item: Element) -> Json:
    """A leaf is its text; an item with lists inside keeps them beside its own text."""
    lists = _lists(item)
    text = _text(item, LISTS)
    return {"text": text, "lists": lists} if lists else text


def _definitions(page: Element) -> Json:
    return [[found.tag, _text(found)] for found in page.find("dt", "dd")]


def _rules(page: Element) -> Json:
    return len([found for found in page.walk(until=_words("footnotes")) if found.tag == "hr"])


def _code(page: Element) -> Json:
    spans: list[Json] = [_text(code) for code in page.find("code")]
    blocks: list[Json] = [[_language(pre), str(pre.children[0])] for pre in page.find("pre")]
    return {"spans": spans, "blocks": blocks}


def _language(pre: Element) -> str:
    for name in pre.classes:
        language = name.removeprefix("language-")
        if language != name:
            return "" if language in ("plaintext", "text") else language
    return ""


def _marks(page: Element) -> Json:
    found = [mark for mark in page.walk() if mark.tag in MARKS]
    return [[m.tag, _text(m)] for m in found if not THEME_ID.fullmatch(m.attrs.get("id", ""))]


def _classes(page: Element) -> Json:
    described = (_describe(element) for element in page.walk())
    return [found for found in described if found is not None]


def _describe(element: Element) -> Json | None:
    """What a writer hung on an element; an ordinary heading's id is a heading fact."""
    classes = sorted({name for name in element.classes if not THEME_CLASS.fullmatch(name)})
    identity = element.attrs.get("id", "")
    if element.tag in HEADINGS or element.tag == "summary" or THEME_ID.fullmatch(identity):
        identity = ""
    others = {n: v for n, v in sorted(element.attrs.items()) if _is_authored(element, n, v)}
    if not (classes or identity or others):
        return None
    return [element.tag, [*classes], identity, {**others}]


def _is_authored(element: Element, name: str, value: str) -> bool:
    if name in STRUCTURAL or element.tag == "input":
        return False
    if name == "style" and element.tag in ("td", "th"):
        return not ALIGN.fullmatch(value)
    if (name, element.tag) in (("title", "tab"), ("kind", "alert")):
        return False
    return not (element.tag == "a" and name == "rel" and value == "footnote")


def _alerts(page: Element) -> Json:
    return [[alert.attrs["kind"], _text(alert)] for alert in page.find("alert")]


def _tabs(page: Element) -> Json:
    """One list a set, so that a tab in the wrong set shows."""
    return [
        [[tab.attrs["title"], _text(tab)] for tab in tabs.elements() if tab.tag == "tab"] for tabs in page.find("tabs")
    ]


def _details(page: Element) -> Json:
    return [
        [" ".join(map(_text, _summaries(details))), _text(details, _words("summary"))]
        for details in page.find("details")
    ]


def _summaries(details: Element) -> list[Element]:
    return [child for child in details.elements() if child.tag == "summary"]


def _quotes(page: Element) -> Json:
    return [_text(quote) for quote in page.find("blockquote")]


def _footnotes(page: Element) -> Json:
    notes = [item for found in page.find("footnotes") for item in found.find("li")]
    return [_BACK.sub("", _text(note)) for note in notes]


EXTRACTORS: dict[str, Callable[[Element], Json]] = {
    "text": lambda page: [*_blocks(page)],
    "headings": _headings,
    "links": _links,
    "images": _images,
    "tables": _tables,
    "lists": _lists,
    "definitions": _definitions,
    "rules": _rules,
    "code": _code,
    "marks": _marks,
    "quotes": _quotes,
    "alerts": _alerts,
    "tabs": _tabs,
    "details": _details,
    "footnotes": _footnotes,
    "classes": _classes,
}


def facts(html: str) -> Facts:
    """The facts of an HTML fragment, whichever of the two made it."""
    body = LexborHTMLParser(html).body
    page = Element("body", {}, _read_children(body) if body else [])
    return {name: extract(page) for name, extract in EXTRACTORS.items()}

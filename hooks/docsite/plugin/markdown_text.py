"""A built page as plain Markdown, which readers paste elsewhere and programs read: Liquid and links are resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from html_to_markdown import ConversionOptions, convert
from selectolax.lexbor import LexborHTMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

LEFT_OUT = (
    ".headerlink, .heading-alias, .footnote-backref, .tabbed-labels, .tabbed-set > input, [hidden], "
    "[data-search-exclude], script, style, template, button, select, textarea, input:not([type=checkbox])"
)
OPTIONS = ConversionOptions(
    bullets="-",
    br_in_tables=True,
    compact_tables=True,
    include_blockquote_citations=False,
    extract_metadata=False,
)
# The converter would make plain spaces of those that keep French punctuation and its word on one line.
KEEP_SPACES = {0x00A0: 0xE000, 0x202F: 0xE001}
GIVE_SPACES_BACK = {kept: space for space, kept in KEEP_SPACES.items()}


def page_markdown(html: str, title: str, url: str) -> str:
    """The Markdown of a page.

    Args:
        title: the page's title, for a page whose text does not begin with it.
        url: the page's own address; links become absolute with it, or stay as they are if it is "".
    """
    tree = LexborHTMLParser(f"<body>{html}</body>")
    for node in tree.css(".tabbed-set"):
        _label_tabs(tree, node)
    for node in tree.css(LEFT_OUT):
        node.decompose()
    for node in tree.css("svg"):
        _describe_drawing(tree, node)
    for node in tree.css(".admonition"):
        _quote(tree, node)
    for node in tree.css("[class*=language-] code"):
        _name_language(node)
    if url:
        _complete_links(tree, url)
    heading = "" if tree.css_first("h1") else f"# {title}\n\n"
    marked = (tree.html or "").replace("&nbsp;", "\u00a0").translate(KEEP_SPACES)
    text = (convert(marked, OPTIONS).content or "").strip().translate(GIVE_SPACES_BACK)
    return "\n".join(_apart(f"{heading}{text}".split("\n"))) + "\n"


def _apart(lines: list[str]) -> Iterator[str]:
    """Set quotes apart from the paragraph before, which the converter does not."""
    before, fenced = "", False
    for line in lines:
        fenced ^= line.lstrip().startswith("```")
        if line.startswith(">") and before and not before.startswith(">") and not fenced:
            yield ""
        yield line
        before = line


def _made(tree: LexborHTMLParser, tag: str, text: str) -> LexborNode:
    node = tree.create_node(tag)
    node.insert_child(text)
    return node


def _describe_drawing(tree: LexborHTMLParser, drawing: LexborNode) -> None:
    """Say what a drawing shows, once for those of one figure, and keep its links."""
    names = [node.text().strip() for node in drawing.css("title, desc")]
    seen = drawing.parent is not None and drawing.parent.css_first("[data-described]")
    if names and not seen:
        text = tree.create_node("div")
        text.attrs["data-described"] = ""
        text.insert_child(_made(tree, "p", ". ".join(name.rstrip(".") for name in names) + "."))
        text.insert_child(_links(tree, drawing))
        drawing.insert_before(text)
    drawing.decompose()


def _links(tree: LexborHTMLParser, drawing: LexborNode) -> LexborNode:
    items = tree.create_node("ul")
    for link in drawing.css("a[href]"):
        copy = _made(tree, "a", link.attributes.get("aria-label") or " ".join(link.text(separator=" ").split()))
        copy.attrs["href"] = link.attributes.get("href") or ""
        item = tree.create_node("li")
        item.insert_child(copy)
        items.insert_child(item)
    return items


def _label_tabs(tree: LexborHTMLParser, tabs: LexborNode) -> None:
    """Set each tab's name above its text."""
    labels = _children(tabs, "tabbed-labels")
    for label, block in zip(labels, _children(tabs, "tabbed-content"), strict=False):
        if block.first_child is not None:
            paragraph = tree.create_node("p")
            paragraph.insert_child(_made(tree, "strong", label.text().strip()))
            block.first_child.insert_before(paragraph)


def _children(node: LexborNode, class_name: str) -> list[LexborNode]:
    """The elements inside the child of that class."""
    inner = next((child for child in node.iter() if class_name in (child.attributes.get("class") or "")), None)
    return list(inner.iter()) if inner is not None else []


def _quote(tree: LexborHTMLParser, alert: LexborNode) -> None:
    quote = tree.create_node("blockquote")
    for child in list(alert.iter(include_text=True)):
        if "admonition-title" in (child.attributes.get("class") or ""):
            strong = _made(tree, "strong", child.text().strip())
            paragraph = tree.create_node("p")
            paragraph.insert_child(strong)
            quote.insert_child(paragraph)
        else:
            quote.insert_child(child)
    alert.insert_before(quote)
    alert.decompose()


def _name_language(code: LexborNode) -> None:
    """Move the language from the box of a code block to its code, where converters look for it."""
    node = code.parent
    while node is not None and "language-" not in (node.attributes.get("class") or ""):
        node = node.parent
    names = (node.attributes.get("class") or "").split() if node is not None else ()
    code.attrs["class"] = " ".join(name for name in names if name.startswith("language-"))


def _complete_links(tree: LexborHTMLParser, url: str) -> None:
    for name in ("href", "src"):
        for node in tree.css(f"[{name}]"):
            node.attrs[name] = urljoin(url, node.attributes.get(name) or "")

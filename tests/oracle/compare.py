"""Our rendering of a generated document beside Jekyll's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from typing import Any

from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from docsite.markup.blocks.html_elements import OPTIONAL_END
from docsite.markup.blocks.tree import InlineLeaf
from docsite.markup.render import Rendered
from tests.golden_case import Result, convert_text
from tests.oracle.documents import Document
from tests.oracle.facts import facts
from tests.oracle.stored import shortened

FRONT_MATTER = "---\nnav_title: Document\n---\n"
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "wbr"})
_NAME = re.compile(r"[\w+#.-]*")
_WORD = re.compile(r"\w+")


Given = tuple[Document, Mapping[str, Any]]
"""A document, and the facts of the page that Jekyll makes of it."""


@dataclass(frozen=True)
class Difference:
    """What of a document is not as Jekyll has it.

    Attributes:
        facts: names of the facts that differ; "unbalanced" when ours leaves elements open, "raises" when ours is no
            page at all, "finding" when an error is reported about a page that comes out right.
        rules: of the findings about the document.
        found: our facts.
    """

    facts: tuple[str, ...]
    rules: tuple[str, ...] = ()
    found: Mapping[str, Any] = field(default_factory=dict)
    ours: str = ""


def render(document: Document) -> Result:
    """Our page of a document."""
    source = FRONT_MATTER + document.text
    return convert_text(source, document.language, f"{document.name}.md", native=document.native)


def compare(given: Given) -> Difference | None:
    """The difference between our page of a document and the facts of Jekyll's; None where they are equal."""
    document, wanted = given
    try:
        result = render(document)
    except Exception as error:  # noqa: BLE001 - whatever it is, the page of a writer must not end the build
        return Difference(("raises",), (type(error).__name__,))
    found = shortened(facts(result.html))
    rules = {finding.rule for finding in result.findings}
    differing = [name for name in sorted({*wanted, *found}) if not _equal(name, wanted.get(name), found.get(name))]
    names = (*_markup(result.html), *differing)
    if not names and any(finding.severity == "error" for finding in result.findings):
        names = ("finding",)
    if not names:
        return None
    return Difference(names, tuple(sorted(rules | _rules_of_text(result.rendered))), found, result.html)


def _rules_of_text(rendered: Rendered) -> set[str]:
    """Rules that a check applies to the running text of the page."""
    for leaf in rendered.document.leaves():
        if isinstance(leaf, InlineLeaf):
            rendered.inlines.nodes(leaf)
    found = {
        "link-undefined": rendered.inlines.unknown_labels,
        "attribute-list": rendered.inlines.invalid_parts,
        "markup-unclosed-html": rendered.inlines.unclosed,
    }
    return {rule for rule, places in found.items() if places}


def _markup(html: str) -> tuple[str, ...]:
    """Elements that the page leaves open, or closes without having opened them, change what comes after the page."""
    balance = _Balance()
    balance.feed(html)
    return ("unbalanced",) if {*balance.open} - OPTIONAL_END or balance.stray else ()


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.stray = False

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, *_: object) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open[-1] in OPTIONAL_END and self.open[-1] != tag:
            self.open.pop()
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.stray = True


def _equal(name: str, wanted: Any, found: Any) -> bool:
    if name != "code" or not (wanted and found):
        return bool(wanted == found)
    texts = [[text for _, text in side["blocks"]] for side in (wanted, found)]
    languages = zip(wanted["blocks"], found["blocks"], strict=False)
    return (
        wanted["spans"] == found["spans"]
        and texts[0] == texts[1]
        and all(ours in _languages(theirs) for (theirs, _), (ours, _) in languages)
    )


@cache
def _languages(name: str) -> tuple[str, ...]:
    """What a fence of that info string may be highlighted as: Jekyll prints any word, we print what Pygments knows."""
    word = _NAME.findall(name.lstrip("{."))[0].lower()
    known = tuple(given for given in (name, name.lower(), word) if given and _known(given))
    return (*known, "") if name.startswith("{") else known or ("",)


def _known(language: str) -> bool:
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return False
    return language != "text"


def lost(wanted: Mapping[str, Any], found: Mapping[str, Any], changed: Callable[[str], str] = str) -> tuple[str, ...]:
    """Words of Jekyll's page that ours lacks; `changed` reads both texts first."""
    missing = _words(wanted, changed) - _words(found, changed)
    return tuple(sorted(missing))


def lost_elements(
    wanted: Mapping[str, Any], found: Mapping[str, Any], changed: Callable[[str], str] = str
) -> Counter[str]:
    """Elements of Jekyll's page that ours lacks, by their tag: those that mean something to a reader or a link."""
    missing = _elements(wanted, changed) - _elements(found, changed)
    return Counter(tag for tag, _ in missing.elements())


def _elements(given: Mapping[str, Any], changed: Callable[[str], str]) -> Counter[tuple[str, str]]:
    """Each element with its words, or what it leads to; of lists, quotes and definitions only how many there are."""
    code = given.get("code") or {"spans": [], "blocks": []}
    named = [
        *(("a", address) for _, address in given.get("links", ())),
        *(("img", address) for _, address in given.get("images", ())),
        *((f"h{level}", _bare(changed(text))) for level, text, _ in given.get("headings", ())),
        *(("code", _bare(text)) for text in code["spans"]),
        *(("pre", _bare(changed(text))) for _, text in code["blocks"]),
        *((tag, _bare(changed(text))) for tag, text in given.get("marks", ())),
        *(("td", _bare(changed(cell))) for table in given.get("tables", ()) for row in table["rows"] for cell in row),
        *(("id", name) for *_, name in given.get("headings", ()) if name),
        *(("id", name) for _, _, name, _ in given.get("classes", ()) if name),
        *((tag, "") for tag, _ in given.get("definitions", ())),
        *(("blockquote", "") for _ in given.get("quotes", ())),
        *(("li", "") for _ in _items(given.get("lists", ()))),
    ]
    return Counter(named)


def _items(lists: Any) -> Iterator[Any]:
    for item in (item for found in lists for item in found["items"]):
        yield item
        if isinstance(item, dict):
            yield from _items(item["lists"])


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(text))


def _words(given: Mapping[str, Any], changed: Callable[[str], str]) -> Counter[str]:
    texts = [*given.get("text", ()), *given.get("footnotes", ())]
    texts += [title for tabs in given.get("tabs", ()) for title, _ in tabs]
    return Counter(_WORD.findall(changed(" ".join(texts))))

"""Where a page deliberately differs from Jekyll's: which documents, why, and what the writer is told.

The test fails for a document that differs and is not here, and for an entry that no document needs any more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.compare import Difference, lost
from tests.oracle.documents import Document

Applies = Callable[[Document, Mapping[str, Any], Difference], bool]
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FOOTNOTE_LABEL = re.compile(r"\[\^\w+\]")
_LABEL = re.compile(r"\[(\w*)\]|\*\[\w+\]:")
_INDENTED_HTML = re.compile(r"<div[^>\n]* markdown[^>\n]*>\n+ {4}")
_TWO_WORDS = re.compile(r"^[ \t>]*(?:```+|~~~+) *[^\s`]+ +[^`\n]+$", re.MULTILINE)


@dataclass(frozen=True)
class Deliberate:
    """A kind of document that comes out differently on purpose.

    Attributes:
        reason: why ours is better, or why theirs cannot be had.
        example: a document of this kind.
        applies: whether this difference is of this kind; Jekyll's facts are given.
        finding: the rule that reports it; without one, no word of the page may be lost.
        read: what both texts are put through before their words are compared.
    """

    reason: str
    example: str
    applies: Applies
    finding: str = ""
    read: Callable[[str], str] = str


def _text(facts: Mapping[str, Any]) -> str:
    return "\n".join([*facts.get("text", ()), *facts.get("footnotes", ())])


def _printed(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (Counter(_TAG.findall(_text(facts))) for facts in (wanted, difference.found))
    return bool(theirs - ours) and "unbalanced" not in difference.facts


def _indented_in_html(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (len(facts.get("code", {}).get("blocks", ())) for facts in (wanted, difference.found))
    return bool(_INDENTED_HTML.search(document.text)) and theirs > 0 and ours >= 0


def _spaces_in_code(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    if difference.facts != ("code",):
        return False
    theirs, ours = ([text.split() for _, text in side["code"]["blocks"]] for side in (wanted, difference.found))
    return theirs == ours


def _kept(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    return difference.facts == ("classes",) and all(
        one in difference.found.get("classes", ()) for one in wanted.get("classes", ())
    )


def _across(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    label = re.search(r"\[\^\w+\]|\]\[\w*\]|\*\[\w+\]:", _text(wanted))
    return "{%" in document.text and label is not None and label[0] not in _text(difference.found)


def _in_brackets(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (Counter(_TAG.findall(_text(facts))) for facts in (wanted, difference.found))
    return bool(ours - theirs) and "unbalanced" not in difference.facts


def _nameless(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    return difference.facts == ("headings",) and [name for *_, name in wanted["headings"] if not name] != []


def _info(document: Document, _: Mapping[str, Any], difference: Difference) -> bool:
    return bool(_TWO_WORDS.search(document.text)) and "code" in difference.facts


def _in_html(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    if difference.facts != ("headings",) or "<" not in document.text:
        return False
    pairs = zip(wanted["headings"], difference.found["headings"], strict=False)
    return all(theirs[:2] == ours[:2] and theirs[2] == _ascii(ours[2]) for theirs, ours in pairs if theirs != ours)


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", text).lstrip("-0123456789")


def _finds(rule: str) -> Applies:
    return lambda _, __, difference: rule in difference.rules


DELIBERATE: Mapping[str, Deliberate] = {
    "fence-info": Deliberate(
        "A fence with more than one word after it (`js title`) is no fence for kramdown, which runs its lines "
        "together. Here it is code.",
        "top/fence-two-words/bb-",
        _info,
        read=lambda text: re.sub(r'\bjs title(="a\.js")?', "", text),
    ),
    "heading-id-in-html": Deliberate(
        "Inside HTML with `markdown`, kramdown makes heading ids by other rules, without accents. Here a heading has "
        "the same id wherever it stands.",
        "html-md/setext-1/bbp",
        _in_html,
    ),
    "tabs-in-tabs": Deliberate(
        "Tabs of `===` right inside a tab of `///`: Python-Markdown takes all for one set. Here they are two.",
        "native/block-tab/tabs-fence/tt",
        lambda document, _, difference: document.native and difference.facts == ("tabs",),
    ),
    "indented-in-html": Deliberate(
        "Text in HTML with `markdown`, indented by four or more spaces, is code for Jekyll. Here the indentation of "
        "its first line is taken off, as writers indent what stands in HTML.",
        "html-md5/ul-fence-flush/bb-",
        _indented_in_html,
        read=lambda text: re.sub(r"\{:[^}\n]*\}|```\w*", " ", _TAG.sub(" ", text)),
    ),
    "spaces-in-code": Deliberate(
        "A line of text right under indented code in a list: Jekyll runs it into the code and keeps its indentation.",
        "numbered4/code-then-text/bb-",
        _spaces_in_code,
    ),
    "tag-in-code": Deliberate(
        "A block tag in code, where Jekyll prints its HTML, is an error.",
        "top4/quote-alert-ial/bb-",
        _finds("liquid-block-in-code"),
        "liquid-block-in-code",
    ),
    "tag-printed-as-text": Deliberate(
        "A block tag or block HTML in the middle of a line, or indented as code is: Jekyll shows its HTML to the "
        "reader. Here it is the block the writer meant.",
        "quote7/alert-html/0bg",
        _printed,
        read=lambda text: _TAG.sub(" ", text).replace("&#10;", " "),
    ),
    "word-in-brackets": Deliberate(
        "A word in angle brackets that is no element of HTML, such as `<your key>`: Jekyll makes an element of it, "
        "which browsers do not show. Here it is text.",
        "inline/placeholder/end",
        _in_brackets,
    ),
    "attributes-kept": Deliberate(
        "An attribute list where Jekyll drops it: on the text of a list item without paragraphs, for instance. Here it "
        "goes to the element that holds the text.",
        "item/footnote/0tf",
        _kept,
    ),
    "definition-across-tags": Deliberate(
        "A reference, footnote or abbreviation in an alert, tab or details whose definition stands outside: Jekyll "
        "renders the block alone and shows the brackets. Here the definition is found.",
        "pair/fence-html/alert-reference/t",
        _across,
        read=lambda text: _LABEL.sub(" ", _FOOTNOTE_LABEL.sub("1", text)),
    ),
    "heading-without-letters": Deliberate(
        "A heading of signs only has no id in Jekyll. Here it has a number, as every heading needs an id.",
        "pair/math-like/atx-punctuation/t",
        _nameless,
    ),
    "unclosed-fence": Deliberate(
        "A fence that is never closed is text, as in Jekyll, and an error.",
        "top/fence-unclosed/bta",
        _finds("markup-unclosed-fence"),
        "markup-unclosed-fence",
    ),
    "table-of-contents": Deliberate(
        "`{:toc}` makes Jekyll put a table of contents there. Here every page has one beside it, and the list is an "
        "error.",
        "pair/ul-nested-tab/ul-toc/t",
        lambda document, _, __: "{:toc}" in document.text,
        "attribute-list",
    ),
}


def reason_of(document: Document, wanted: Mapping[str, Any], difference: Difference) -> str:
    """The name of the kind of deliberate difference, or ""."""
    if difference.facts == ("raises",):
        return ""
    return next((name for name, kind in DELIBERATE.items() if _is(kind, document, wanted, difference)), "")


def _is(kind: Deliberate, document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    if not kind.applies(document, wanted, difference):
        return False
    return kind.finding in difference.rules or not lost(wanted, difference.found, kind.read)

"""Where a page deliberately differs from Jekyll's: which documents, why, and what the writer is told.

The test fails for a document that differs and is not here, and for an entry that no document needs any more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from tests.oracle.compare import Difference, lost, lost_elements
from tests.oracle.documents import Document

Applies = Callable[[Document, Mapping[str, Any], Difference], bool]
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FOOTNOTE_LABEL = re.compile(r"\[\^\w+\]")
_LABEL = re.compile(r"\[(\w*)\]|\*\[\w+\]:")
_INDENTED_HTML = re.compile(r"<div[^>\n]* markdown[^>\n]*>\n+ ")
_MARKDOWN = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]*\)"
    r"|\{[:#][^}\n]*\}|```\w*|(?<!\S)\d+\.(?=\s)|\]\([^)\n]*\)|\[\^\w+\]:?|\[\w*\](?!\():? ?(?:https?:\S+)?"
)
_NOTE_NUMBER = re.compile(r"(?<=[^\W\d_])\d+")
_COMMENT = re.compile(r"<!(?:–|--).*?(?:–|--)>", re.DOTALL)
_TIGHT_TABLE = re.compile(r"\|[^\n]*\n[ >\t]*(?:\{%|</)|^[^\n]*\|[^\n]*\n[ >\t]*(?:\{%|</)", re.MULTILINE)
_LIST_ABOVE_RULE = re.compile(r"^[ >\t]*\{:[^}\n]*\}\n[ >\t]*-[- ]*$", re.MULTILINE)
_SPACE_ABOVE_MEANING = re.compile(r"\n[ \t]+\n\s*: ")
_TWO_WORDS = re.compile(r"^[ \t>]*(?:```+|~~~+) *[^\s`]+ +[^`\n]+$", re.MULTILINE)


@dataclass(frozen=True)
class Deliberate:
    """A kind of document that comes out differently on purpose.

    Attributes:
        reason: why ours is better, or why theirs cannot be had.
        example: a document of this kind.
        applies: whether this difference is of this kind; Jekyll's facts are given.
        finding: the rule that reports it; without one, no word and no element of the page may be lost.
        read: what both texts are put through before their words are compared.
        mistaken: tags of elements that Jekyll makes by mistake, so that ours may lack them.
    """

    reason: str
    example: str
    applies: Applies
    finding: str = ""
    read: Callable[[str], str] = str
    mistaken: frozenset[str] = frozenset()


def _text(facts: Mapping[str, Any]) -> str:
    return "\n".join([*facts.get("text", ()), *facts.get("footnotes", ())])


def _printed(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (Counter(_TAG.findall(_text(facts))) for facts in (wanted, difference.found))
    return bool(theirs - ours) and "unbalanced" not in difference.facts


def _indented_in_html(document: Document, _: Mapping[str, Any], difference: Difference) -> bool:
    return bool(_INDENTED_HTML.search(document.text)) and "unbalanced" not in difference.facts


def _kept(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    ours = difference.found.get("classes", ())
    return difference.facts == ("classes",) and all(
        any(_said(one) <= _said(other) for other in ours) for one in wanted.get("classes", ())
    )


def _said(element: tuple[str, list[str], str, Mapping[str, str]]) -> set[tuple[str, str]]:
    """What an element of the fact `classes` is and has."""
    tag, classes, name, others = element
    return {("", tag), ("#", name), *((".", one) for one in classes), *others.items()}


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
    if difference.facts != ("headings",) or ("<" not in document.text and "[^" not in document.text):
        return False
    pairs = zip(wanted["headings"], difference.found["headings"], strict=False)
    return all(theirs[:2] == ours[:2] and theirs[2] == _ascii(ours[2]) for theirs, ours in pairs if theirs != ours)


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", text).lstrip("-0123456789") or "section"


def _has(pattern: re.Pattern[str], *facts: str) -> Applies:
    """Documents with a pattern in their text, and a difference in these facts."""
    return lambda document, _, difference: bool(pattern.search(document.text)) and {*facts} <= {*difference.facts}


def _quoted(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (len(facts.get("quotes", ())) for facts in (wanted, difference.found))
    in_quote = re.search(r"^[\s>*\d.-]*>.*\{%", document.text, re.MULTILINE)
    return in_quote is not None and (theirs >= ours or "> " in _text(wanted))


def _reordered(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    def lines(value: Any) -> set[str]:
        return {_NOTE_NUMBER.sub("", str(one)) for one in (value["blocks"] if isinstance(value, dict) else value or ())}

    same = (lines(wanted.get(name)) == lines(difference.found.get(name)) for name in difference.facts)
    return "[^" in document.text and all(same)


def _within(text: str) -> str:
    """What a reader sees of Markdown and HTML, whether it was read or not."""
    without_tags = _TAG.sub(" ", unescape(unescape(text)))
    return _NOTE_NUMBER.sub("", _MARKDOWN.sub(" ", without_tags))


def _finds(rule: str) -> Applies:
    return lambda _, __, difference: rule in difference.rules


DELIBERATE: Mapping[str, Deliberate] = {
    "fence-info": Deliberate(
        "A fence with more than one word after it (`js title`) is no fence for kramdown, which runs its lines "
        "together. Here it is code.",
        "top/fence-two-words/bb-",
        _info,
        read=lambda text: re.sub(r'\bjs( title(="a\.js")?)?', "", text),
        mistaken=frozenset({"code", "pre"}),
    ),
    "heading-id-in-html": Deliberate(
        "Inside HTML with `markdown` and in footnotes, kramdown makes heading ids without accents. Here a heading has "
        "the same id wherever it stands.",
        "html-md/setext-1/bbp",
        _in_html,
        mistaken=frozenset({"id"}),
    ),
    "tabs-in-tabs": Deliberate(
        "Tabs of `===` right inside a tab of `///`: Python-Markdown takes all for one set. Here they are two.",
        "native/block-tab/tabs-fence/tt",
        lambda document, _, difference: document.native and difference.facts == ("tabs",),
    ),
    "indented-in-html": Deliberate(
        "Text in HTML with `markdown` that is indented: Jekyll reads no heading there, and code from four spaces on. "
        "Here the indentation is taken off, as writers indent what stands in HTML.",
        "html-md5/ul-fence-flush/bb-",
        _indented_in_html,
        read=_within,
        mistaken=frozenset({"blockquote", "id", "pre"}),
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
        read=lambda text: _within(text.replace("&#10;", " ")),
        mistaken=frozenset({"b", "blockquote", "code", "em", "pre"}),
    ),
    "word-in-brackets": Deliberate(
        "A word in angle brackets that is no element of HTML, such as `<your key>`: Jekyll makes an element of it, "
        "which browsers do not show. Here it is text.",
        "inline/placeholder/end",
        _in_brackets,
        read=_within,
        mistaken=frozenset({"id"}),
    ),
    "table-above-tag": Deliberate(
        "A table right above a block tag or the end of its HTML: Jekyll wants a blank line between, and prints the "
        "bars. Here it is a table.",
        "pair/table-no-pipes/alert-upper/t",
        _has(_TIGHT_TABLE, "tables", "text"),
        read=lambda text: re.sub(r"\\\|", "|", text),
    ),
    "list-above-rule": Deliberate(
        "An attribute list right above `---`: Jekyll takes the list for the text of a heading. Here it belongs to the "
        "rule or to the list.",
        "tab/hr-dashes/0bf",
        _has(_LIST_ABOVE_RULE, "headings"),
        read=_within,
        mistaken=frozenset({"h2", "id"}),
    ),
    "meaning-below-blank": Deliberate(
        "A definition below a blank line with spaces or a tab in it: Jekyll prints the colon. Here it is a definition, "
        "as below any blank line.",
        "item-tab/dl-loose/bba",
        _has(_SPACE_ABOVE_MEANING, "definitions"),
    ),
    "indented-comment": Deliberate(
        "A comment of several lines that is indented: Jekyll prints it. Here it is a comment.",
        "indented/html-comment-lines/2b",
        _has(re.compile(r"^[ >\t]+ <!--[^\n]*\n", re.MULTILINE), "text"),
        read=lambda text: _COMMENT.sub(" ", text),
        mistaken=frozenset({"em", "id", "li"}),
    ),
    "marks-in-tags": Deliberate(
        "A block tag in a quote: for Jekyll the marks in front of its lines are part of its text, and make further "
        "quotes. Here the marks belong to the quote around the tag.",
        "quote-quote/api/tb-",
        _quoted,
        read=_within,
        mistaken=frozenset({"blockquote", "id", "pre"}),
    ),
    "footnotes-of-tags": Deliberate(
        "A footnote inside a block tag: Jekyll prints it at the end of the tag, among the text. Here all footnotes "
        "stand at the end of the page.",
        "nested/178",
        _reordered,
        read=lambda text: " ".join({*_NOTE_NUMBER.sub("", text).split()}),  # of notes in notes there are two facts
        mistaken=frozenset({"blockquote"}),
    ),
    "footnote-in-footnote": Deliberate(
        "A footnote defined in another one: Python-Markdown drops it. Here it stands below the first.",
        "native/footnote/footnote/tb",
        lambda document, _, difference: document.native and difference.facts == ("footnotes",),
    ),
    "options-of-blocks": Deliberate(
        "Text indented by four spaces right below `/// name` is no block for Python-Markdown, nor here, but the lines "
        "are parted.",
        "native/block-html/code/tt",
        lambda document, _, difference: (
            document.native and "\n///\n" in document.text and difference.facts == ("text",)
        ),
    ),
    "order-in-blocks": Deliberate(
        "`!!!` right below `///`: Python-Markdown puts the first behind the block. Here it stays inside.",
        "native/block-note/note-twice/tt",
        _has(re.compile(r"^/// .*\n!!! ", re.MULTILINE), "alerts"),
    ),
    "attribute-list-unknown": Deliberate(
        "A name in an attribute list that nothing defines: Jekyll drops it. Here it is an error.",
        "inline/attribute-like/item",
        lambda _, __, difference: difference.facts == ("finding",) and "attribute-list" in difference.rules,
        "attribute-list",
    ),
    "footnote-twice": Deliberate(
        "A footnote that is defined twice: the last definition counts, also where Jekyll keeps that of a block tag "
        "apart. A warning says so.",
        "nested/99",
        _finds("markup-duplicate-definition"),
        "markup-duplicate-definition",
    ),
    "unclosed-html": Deliberate(
        "HTML that is never closed: for Jekyll all below is HTML. Here it is Markdown, and there is a warning.",
        "pair/html-unclosed/tasks/t",
        _finds("markup-unclosed-html"),
        "markup-unclosed-html",
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
        read=lambda text: _LABEL.sub(" ", re.sub(r"\d", "", _FOOTNOTE_LABEL.sub("", text))),
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
    if kind.finding in difference.rules:
        return True
    elements = lost_elements(wanted, difference.found, kind.read)
    return not lost(wanted, difference.found, kind.read) and not elements.keys() - kind.mistaken

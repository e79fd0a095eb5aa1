"""What makes a document one that differs from Jekyll's on purpose."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from unicodedata import normalize

from tests.oracle.compare import Difference
from tests.oracle.documents import Document

Applies = Callable[[Document, Mapping[str, Any], Difference], bool]
_TAG = re.compile(r"""</?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*'|["'])*?>""")
FOOTNOTE_LABEL = re.compile(r"\[\^\w+\]")
LABEL = re.compile(r"\[(\w*)\]|\*\[\w+\]:")
_INDENTED_HTML = re.compile(r"<div[^>\n]* markdown[^>\n]*>\n+[ \t]")
_MARKDOWN = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]*\)"
    r"|\{[:#][^}\n]*\}|``` python\b|```\w*"
    r"|(?<!\S)\d+\.(?=\s)|\]\([^)\n]*\)|\[\^\w+\]:?|\[\w*\](?!\():? ?(?:https?:\S+)?"
)
NOTE_NUMBER = re.compile(r"(?<=[^\W\d_])\d+")
COMMENT = re.compile(r"<!(?:–|--).*?(?:–|--)>", re.DOTALL)
TIGHT_TABLE = re.compile(r"\|[^\n]*\n[ >\t]*(?:\{%|</)|^[^\n]*\|[^\n]*\n[ >\t]*(?:\{%|</)", re.MULTILINE)
LIST_ABOVE_RULE = re.compile(r"^[ >\t]*\{:[^}\n]*\}\n[ >\t]*-[- ]*$", re.MULTILINE)
SPACE_ABOVE_MEANING = re.compile(r"\n[ \t]+\n\s*: ")
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


def _shown_text(facts: Mapping[str, Any]) -> str:
    return "\n".join([*facts.get("text", ()), *facts.get("footnotes", ())])


def tags_printed(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (Counter(_TAG.findall(_shown_text(facts))) for facts in (wanted, difference.found))
    return bool(theirs - ours) and "unbalanced" not in difference.facts


def indented_in_html(document: Document, _: Mapping[str, Any], difference: Difference) -> bool:
    return bool(_INDENTED_HTML.search(document.text)) and "unbalanced" not in difference.facts


def attributes_kept(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    ours = difference.found.get("classes", ())
    return difference.facts == ("classes",) and all(
        any(_said(one) <= _said(other) for other in ours) for one in wanted.get("classes", ())
    )


def _said(element: tuple[str, list[str], str, Mapping[str, str]]) -> set[tuple[str, str]]:
    """What an element of the fact `classes` is and has."""
    tag, classes, name, others = element
    return {("", tag), ("#", name), *((".", one) for one in classes), *others.items()}


def defined_across(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    label = re.search(r"\[\^\w+\]|\]\[\w*\]|\*\[\w+\]:", _shown_text(wanted))
    return "{%" in document.text and label is not None and label[0] not in _shown_text(difference.found)


def words_in_brackets(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (Counter(_TAG.findall(_shown_text(facts))) for facts in (wanted, difference.found))
    return bool(ours - theirs) and "unbalanced" not in difference.facts


def headings_nameless(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    return difference.facts == ("headings",) and [name for *_, name in wanted["headings"] if not name] != []


def has_two_words(document: Document, _: Mapping[str, Any], difference: Difference) -> bool:
    return bool(_TWO_WORDS.search(document.text)) and "code" in difference.facts


def ids_in_html(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    if difference.facts != ("headings",) or ("<" not in document.text and "[^" not in document.text):
        return False
    pairs = zip(wanted["headings"], difference.found["headings"], strict=False)
    return all(theirs[:2] == ours[:2] and theirs[2] == _ascii(ours[2]) for theirs, ours in pairs if theirs != ours)


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", text).lstrip("-0123456789") or "section"


def has_pattern(pattern: re.Pattern[str], *facts: str) -> Applies:
    """Documents with a pattern in their text, and a difference in these facts."""
    return lambda document, _, difference: bool(pattern.search(document.text)) and {*facts} <= {*difference.facts}


def marks_quoted(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    theirs, ours = (len(facts.get("quotes", ())) for facts in (wanted, difference.found))
    in_quote = re.search(r"^[\s>*\d.-]*>.*\{%", document.text, re.MULTILINE)
    return in_quote is not None and (theirs >= ours or "> " in _shown_text(wanted))


def notes_reordered(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    def lines(value: Any) -> set[str]:
        return {NOTE_NUMBER.sub("", str(one)) for one in (value["blocks"] if isinstance(value, dict) else value or ())}

    same = (lines(wanted.get(name)) == lines(difference.found.get(name)) for name in difference.facts)
    return "[^" in document.text and all(same)


def without_signs(text: str) -> str:
    """What a reader sees of Markdown and HTML, whether it was read or not."""
    without_tags = _TAG.sub(" ", unescape(unescape(text)))
    return NOTE_NUMBER.sub("", _MARKDOWN.sub(" ", without_tags))


def has_finding(rule: str) -> Applies:
    return lambda _, __, difference: rule in difference.rules


def ids_numbered(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    """Whether only ids of headings in tags differ, by the number behind them."""
    if difference.facts != ("headings",) or "{%" not in document.text:
        return False
    pairs = zip(wanted["headings"], difference.found["headings"], strict=False)
    return all(
        theirs[:2] == ours[:2] and theirs[2] == re.sub(r"-\d+$", "", ours[2])
        for theirs, ours in pairs
        if theirs != ours
    )


def accents_composed(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    if difference.facts != ("headings",):
        return False
    composed = [[*heading[:2], normalize("NFC", heading[2])] for heading in wanted["headings"]]
    return composed == [list(heading) for heading in difference.found["headings"]]


def code_uncolored(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    ours = difference.found.get("classes", ())
    missing = [one for one in wanted.get("classes", ()) if one not in ours]
    return "`{:" in document.text and difference.facts == ("classes",) and all(one[0] == "span" for one in missing)


def as_many_links(pattern: str) -> Applies:
    """Documents with a pattern in their text, on whose pages no link is missing."""

    def applies(document: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
        theirs, ours = wanted.get("links", ()), difference.found.get("links", ())
        return (
            re.search(pattern, document.text) is not None and "links" in difference.facts and len(ours) >= len(theirs)
        )

    return applies


def formulas_parted(_: Document, wanted: Mapping[str, Any], difference: Difference) -> bool:
    ours = " ".join(difference.found.get("text", ()))
    return difference.facts == ("text",) and "\\[" in ours and " ".join(wanted["text"]) == ours

"""Where a page deliberately differs from Jekyll's: which documents, why, and what the writer is told.

The test fails for a document that differs and is not here, and for an entry that no document needs any more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.oracle.compare import Difference
from tests.oracle.documents import Document

Applies = Callable[[Document, Mapping[str, Any], Difference], bool]


@dataclass(frozen=True)
class Deliberate:
    """A kind of document that comes out differently on purpose.

    Attributes:
        reason: why ours is better, or why theirs cannot be had.
        example: a document of this kind.
        applies: whether this difference is of this kind; Jekyll's facts are given.
        finding: the rule that reports it; without one, no word of the page may be lost.
    """

    reason: str
    example: str
    applies: Applies
    finding: str = ""


def _printed(document: Document, wanted: Mapping[str, Any], _: Difference) -> bool:
    printed = " ".join([*wanted.get("text", ()), *wanted.get("footnotes", ())])
    return "{%" in document.text and any(f in printed for f in ('<div class="', "<details>", "</div>"))


DELIBERATE: Mapping[str, Deliberate] = {
    "tag-printed-as-text": Deliberate(
        "A block tag in the middle of a line, or indented as code is: Jekyll shows the reader the block's HTML as "
        "text. Here it is the block the writer meant.",
        "quote7/alert-html/0bg",
        _printed,
    ),
}


def reason_of(document: Document, wanted: Mapping[str, Any], difference: Difference) -> str:
    """The name of the kind of deliberate difference, or ""."""
    if difference.facts == ("raises",):
        return ""
    for name, kind in DELIBERATE.items():
        told = kind.finding in difference.rules if kind.finding else not difference.words_lost
        if told and kind.applies(document, wanted, difference):
            return name
    return ""

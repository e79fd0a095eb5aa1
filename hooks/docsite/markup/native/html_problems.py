"""What is wrong with the HTML that Python-Markdown makes of a page, where the page itself says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from docsite.diagnostics.messages import Message, make_message
from docsite.markup.native.code_spans import Span, mask_spans
from docsite.markup.native.page_html import PageHtml

_BACK = "#fnref:"
"""How a footnote begins the address of its mark, which is nowhere when the text has none."""


class HtmlProblem(NamedTuple):
    """A problem, what it is about, and the offset in the text that makes it."""

    message: Message
    target: str
    offset: int


def find_html_problems(text: str, html: PageHtml, code: list[Span]) -> Iterator[HtmlProblem]:
    """Ids that two elements have, and footnotes without a mark.

    What the text does not say comes from an extension or another file, and is nobody's to correct here.
    """
    missing = {one for one in html.addresses if one.startswith(_BACK) and one[1:] not in html.ids}
    if not (missing or html.repeated):
        return
    masked = mask_spans(text, code)
    for name in html.repeated:
        if places := [match.end() - len(name) for match in _written_id(name).finditer(masked)]:
            # Of two that are written the second is one too many; of one, the other is that of a heading.
            yield HtmlProblem(make_message("id-duplicate", "source", id=name), name, places[:2][-1])
    for label in sorted(one.removeprefix(_BACK) for one in missing):
        if note := re.search(rf"^[ \t]*(\[\^{re.escape(label)}\]:)", masked, re.MULTILINE):
            yield HtmlProblem(make_message("markup-unused-footnote", "unused", label=label), label, note.start(1))


def _written_id(name: str) -> re.Pattern[str]:
    """An id in an attribute list, as `#name` or `id=name`, or in HTML."""
    return re.compile(rf"""(?:\{{[^{{}}\n]*?#|\bid\s*=\s*["']?){re.escape(name)}(?![\w:.-])""")

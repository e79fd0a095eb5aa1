"""Blocks of raw HTML, as kramdown and Python-Markdown bound them: from a block-level tag to its closing tag."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_BLOCK_TAGS = (
    "address|article|aside|blockquote|body|canvas|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure"
    "|footer|form|frameset|h[1-6]|header|hgroup|hr|html|iframe|legend|li|link|main|map|math|menu|meta|nav|noscript"
    "|ol|p|pre|script|section|style|summary|svg|table|tbody|td|template|textarea|tfoot|th|thead|tr|ul|video"
)
_OPENING = re.compile(rf"<(?P<tag>{_BLOCK_TAGS})(?=[\s/>]|$)(?P<rest>[^>]*)(?P<end>/?>)?", re.IGNORECASE)
_COMMENT = "<!--"
_VOID = {"hr", "link", "meta"}


@dataclass(frozen=True)
class HtmlBlock:
    """A block of HTML that begins on a line.

    Attributes:
        markdown: whether its inside is Markdown, by a `markdown` attribute.
    """

    tag: str
    markdown: bool

    @classmethod
    def at(cls, text: str) -> HtmlBlock | None:
        """The block that a line begins, if it begins one."""
        if text.startswith(_COMMENT):
            return cls(_COMMENT, markdown=False)
        opening = _OPENING.match(text)
        if opening is None:
            return cls("/", markdown=False) if re.match(r"</\w+[^>]*>\s*$", text) else None
        return cls(opening["tag"].lower(), bool(re.search(r"\bmarkdown\s*=", opening["rest"])))

    def length(self, lines: Sequence[str]) -> int:
        """How many lines belong to it untouched; only the first when the inside is Markdown or it never closes."""
        if self.markdown or self.tag in ("/", *_VOID):
            return 1
        if self.tag == _COMMENT:
            return next((n for n, line in enumerate(lines, 1) if "-->" in line), 1)
        depth = 0
        edge = re.compile(rf"<(/?){self.tag}(?=[\s/>]|$)", re.IGNORECASE)
        for number, line in enumerate(lines, 1):
            for found in edge.finditer(line):
                depth += -1 if found[1] else 1
            if depth <= 0:
                return number
        return 1

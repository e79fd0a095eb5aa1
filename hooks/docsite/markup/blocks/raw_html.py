"""Blocks of raw HTML, as kramdown and Python-Markdown bound them: from a block-level tag to its closing tag."""

from __future__ import annotations

import re
from collections.abc import Iterable
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

    @property
    def closes(self) -> bool:
        """Whether an end is to be looked for: not when the inside is Markdown, nor for a tag without inside."""
        return not self.markdown and self.tag not in ("/", *_VOID)

    def length(self, lines: Iterable[str]) -> tuple[int, bool]:
        """How many lines belong to it untouched, and whether it ends; only the first when it never does."""
        if self.tag == _COMMENT:
            end = next((n for n, line in enumerate(lines, 1) if "-->" in line), 0)
            return end or 1, bool(end)
        depth = 0
        edge = re.compile(rf"<(/?){self.tag}(?=[\s/>]|$)", re.IGNORECASE)
        for number, line in enumerate(lines, 1):
            for found in edge.finditer(line):
                depth += -1 if found[1] else 1
            if depth <= 0:
                return number, True
        return 1, False

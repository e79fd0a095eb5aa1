"""Where what begins in a text ends. Whatever is looked for through the whole text is looked for once."""

from __future__ import annotations

import re

from docsite.markup.blocks.html_elements import MARKDOWN_ELEMENTS, TAG, VOID_ELEMENTS, is_placeholder
from docsite.markup.inlines.html_tags import AUTOLINK, COMMENT

_MARKDOWN = re.compile(r"""\smarkdown\s*=\s*["']?(\w+)""")
_BRACKETS = re.compile(r"\\[\s\S]|`+|<|\[|\]")
SPACES = frozenset(" \t\n\v\f\r")
"""What keeps a sign from beginning or ending anything; a no-break space does not, as in `**Note :**`."""


class TextEnds:
    """The ends of code, raw HTML, emphasis and brackets in one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pairs: dict[int, int] | None = None
        self._open_code: dict[int, int] = {}
        self._last: dict[str, int] = {}

    def code_end(self, at: int, stop: int) -> tuple[int, int] | None:
        """The length of the backticks at an offset and where those that close them begin."""
        length = 1
        while at + length < stop and self.text[at + length] == "`":
            length += 1
        alone = at == 0 or self.text[at - 1] in SPACES
        if length == 1 and alone and self.text[at + 1 : at + 2] in SPACES:
            return None
        if at >= self._open_code.get(length, stop):
            return None
        end = self.text.find("`" * length, at + length, stop)
        if end < 0:
            if stop == len(self.text):
                self._open_code[length] = at
            return None
        return length, end

    def tag_end(self, at: int, stop: int) -> int:
        """Where the raw HTML that begins at an offset ends; -1 if none begins."""
        if self.text.startswith("<!--", at):
            if at > self.last_of("-->"):
                return -1
            comment = COMMENT.match(self.text, at, stop)
            return comment.end() if comment else -1
        tag = TAG.match(self.text, at, stop)
        if tag is None:
            return -1
        name = (tag["name"] or "").lower()
        if name and is_placeholder(tag[0], name) and f"</{name}" not in self.text[tag.end() :].lower():
            return -1
        if not name or name in VOID_ELEMENTS or tag["closed"]:
            return tag.end()
        setting = _MARKDOWN.search(tag[0])
        if setting[1] == "span" if setting and setting[1] in ("0", "span") else name in MARKDOWN_ELEMENTS:
            return tag.end()
        return self._raw_end(name, tag.end(), stop)

    def _raw_end(self, name: str, at: int, stop: int) -> int:
        """Where an element ends that holds no Markdown: behind its closing tag, or else its opening tag."""
        depth = 1
        if at <= self.last_of("</"):
            edge = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*?(/?)>", re.IGNORECASE)
            for found in edge.finditer(self.text, at, stop):
                depth += -1 if found[1] else not found[2]
                if depth == 0:
                    return found.end()
        return at

    def last_closing(self, mark: str) -> int:
        """The last offset at which emphasis may end."""
        if mark not in self._last:
            end = self.text.rfind(mark)
            while end > 0 and self.text[end - 1] in SPACES:
                end = self.text.rfind(mark, 0, end)
            self._last[mark] = end
        return self._last[mark]

    def last_of(self, sign: str) -> int:
        """The last offset of a sign that ends something."""
        if sign not in self._last:
            self._last[sign] = self.text.rfind(sign)
        return self._last[sign]

    def matching(self, at: int) -> int:
        """The bracket that closes the one at an offset; -1 if none does."""
        if self._pairs is None:
            self._pairs = self._bracket_pairs()
        return self._pairs.get(at, -1)

    def _bracket_pairs(self) -> dict[int, int]:
        pairs: dict[int, int] = {}
        opened: list[int] = []
        at, stop = 0, len(self.text)
        while found := _BRACKETS.search(self.text, at, stop):
            sign, at = found[0], found.end()
            if sign == "[":
                opened.append(found.start())
            elif sign == "]":
                if opened:
                    pairs[opened.pop()] = found.start()
            elif sign[0] == "`":
                code = self.code_end(found.start(), stop)
                at = code[0] + code[1] if code else at
            elif sign == "<":
                auto = AUTOLINK.match(self.text, found.start())
                at = auto.end() if auto else max(at, self.tag_end(found.start(), stop))
        return pairs

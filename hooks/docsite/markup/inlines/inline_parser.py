"""The one parser of running text, as kramdown reads it: text of a leaf into nodes."""

from __future__ import annotations

import re

from docsite.markup.blocks.attribute_lists import parse_attribute_list
from docsite.markup.blocks.kramdown_extensions import is_for_html
from docsite.markup.blocks.patterns import OPTIONS
from docsite.markup.blocks.tree import normalized_label
from docsite.markup.inlines.entities import decoded, read_entity, unescape
from docsite.markup.inlines.html_tags import AUTOLINK
from docsite.markup.inlines.inline_attributes import EXTENSION, LIST, attributed_node, shown_list
from docsite.markup.inlines.inline_nodes import (
    Code,
    Emphasis,
    FootnoteMark,
    InlineHtml,
    InlineLink,
    LineBreak,
    Node,
    Text,
)
from docsite.markup.inlines.inline_scope import Scope
from docsite.markup.inlines.link_syntax import find_destination, read_autolink
from docsite.markup.inlines.open_tags import OpenedNames, close_tags, note_element
from docsite.markup.inlines.raw_parts import append_parts, raw_parts
from docsite.markup.inlines.references import EMPTY, Context
from docsite.markup.inlines.signs import curl, read_escaped, read_sign
from docsite.markup.inlines.text_ends import SPACES, TextEnds

_SPECIAL = re.compile(r"""<< ?|[*_`<\[!\\&{$"']|~~|--|\.\.\.| ?>>|  \n""")
_ESCAPED_BREAK = re.compile(r"\\(?:\\)?\n")
_FOOTNOTE = re.compile(r"\[\^(\w[\w-]*)\]")
_UNDEFINED_FOOTNOTE = re.compile(r"\[(\^\w[\w -]*)\]")
_REFERENCE = re.compile(r"\s*?\[([^\]]+)?\]")
_VAIN = 8
"""Searches in one leaf for an end that is not there, after which signs stand for themselves."""


def parse_inlines(text: str, context: Context = EMPTY) -> list[Node]:
    """Read the text of a leaf."""
    return InlineParser(text, context).parse()


class InlineParser:
    """Reads one text.

    Attributes:
        unknown_labels: references with a label of their own that nothing defines, with their places; those of
            footnotes begin with `^`.
        invalid_parts: parts of attribute lists that say nothing, and lists that are text, with their places.
        unclosed: names of HTML elements that are never closed, with their places.
    """

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.unknown_labels: list[tuple[str, int]] = []
        self.invalid_parts: list[tuple[str, int]] = []
        self.unclosed: list[tuple[str, int]] = []
        self._ends = TextEnds(text)
        self._vain = 0
        self._opened = OpenedNames()

    def parse(self) -> list[Node]:
        """The nodes of the text."""
        if not _SPECIAL.search(self.text):
            return [Text(0, len(self.text), self.text)] if self.text else []
        nodes = self._read(0, len(self.text), "", frozenset())[0]
        if "<" in self.text and nodes:
            self.unclosed += close_tags(nodes)
        return nodes

    def _read(self, at: int, stop: int, close: str, around: frozenset[str]) -> tuple[list[Node], int, bool]:
        """Nodes up to `stop`, or to what closes them; where that is, and whether it was found."""
        scope = Scope(stop, close, around, edge=at)
        while at < stop:
            special = _SPECIAL.search(self.text, at, stop)
            if special is None:
                break
            begin = special.start()
            scope.add(self.text[at:begin], at)
            if close and self._closes(scope, begin):
                scope.flush(begin)
                return scope.nodes, begin, True
            at = self._special(scope, begin, special[0])
        if at < stop:
            scope.add(self.text[at:stop], at)
        scope.flush(stop)
        return scope.nodes, stop, False

    def _plain(self, scope: Scope, at: int) -> int:
        """Add a sign that means nothing here: it stands before the next quotation mark as a letter does."""
        scope.add(self.text[at], at)
        return at + 1

    def _special(self, scope: Scope, at: int, sign: str) -> int:
        """Read what begins at a sign; returns where to go on."""
        first = sign[0]
        if first in "*_":
            return self._emphasis(scope, at)
        if first in "\"'":
            curled, end = curl(self.text, at, scope.stop, self.text[at - 1] if at > scope.edge else "")
            return scope.sign(curled, at, end)
        if first == "`":
            return self._code(scope, at)
        if first in "[!":
            return self._bracket(scope, at)
        if sign == "<":
            return self._angle(scope, at)
        if first == "\\":
            return self._backslash(scope, at)
        if first == "{":
            return self._brace(scope, at)
        if sign == "~~":
            return self._strikethrough(scope, at)
        if sign == "  \n":
            return self._break(scope, at, at + 3)
        read = read_entity if sign == "&" else read_sign
        shown = read(self.text, at, scope.stop)
        return scope.sign(shown[0], at, shown[1]) if shown else self._plain(scope, at)

    def _break(self, scope: Scope, at: int, end: int) -> int:
        scope.append(LineBreak(at, end))
        scope.add("\n", end - 1)
        return end

    def _backslash(self, scope: Scope, at: int) -> int:
        if lines := _ESCAPED_BREAK.match(self.text, at, scope.stop):
            return self._break(scope, at, lines.end())
        shown, end = read_escaped(self.text, at, scope.stop)
        return scope.sign(shown, at, end)

    # Code and raw HTML.

    def _code(self, scope: Scope, at: int) -> int:
        found = self._ends.code_end(at, scope.stop)
        if found is None:
            end = at
            while end < scope.stop and self.text[end] == "`":
                end += 1
            return scope.sign(self.text[at:end], at, end)
        length, end = found
        value = self.text[at + length : end]
        if length > 1:
            value = value.removeprefix(" ").removesuffix(" ")
        return scope.append(Code(at, end + length, value))

    def _angle(self, scope: Scope, at: int) -> int:
        if auto := AUTOLINK.match(self.text, at, scope.stop):
            return scope.append(read_autolink(auto))
        end = self._ends.tag_end(at, scope.stop)
        if end < 0:
            return self._plain(scope, at)
        whole = self.text[at:end]
        if self._opened.is_closed_in_vain(whole):
            return scope.sign(whole, at, end)
        if parts := raw_parts(whole):
            return append_parts(scope, whole, at, parts, self._read)
        note_element(scope.elements, whole, lambda closing: end <= self._ends.last_of(closing))
        return scope.append(InlineHtml(at, end, whole))

    # Emphasis.

    def _closes(self, scope: Scope, at: int) -> bool:
        """Whether the emphasis that is open ends here."""
        close = scope.close
        if not self.text.startswith(close, at) or at + len(close) > scope.stop or self.text[at - 1] in SPACES:
            return False
        if close == "~~":
            return self.text[at - 1] != "~"
        if scope.elements or not (scope.nodes or scope.text):
            return False
        sign, behind = close[0], at + len(close)
        if len(close) == 1 and self.text.startswith(sign * 2, at) and not self.text.startswith(sign * 3, at):
            return False
        return sign != "_" or not self.text[behind : behind + 1].isalnum()

    def _emphasis(self, scope: Scope, at: int) -> int:
        sign = self.text[at]
        mark = sign * 2 if self.text.startswith(sign * 2, at) and at + 2 <= scope.stop else sign
        tag = "strong" if len(mark) == 2 else "em"
        inside_word = sign == "_" and re.search(r"[^\W\d_]-?\Z", self.text[max(0, at - 2) : at])
        if inside_word or self.text[at + len(mark) : at + len(mark) + 1] in SPACES or tag in scope.around:
            return scope.sign(mark, at, at + len(mark))
        found = self._emphasized(scope, at, mark, tag)
        if found is None and tag == "strong" and "em" not in scope.around:
            found = self._emphasized(scope, at, sign, "em")
        return scope.append(found) if found else scope.sign(mark, at, at + len(mark))

    def _emphasized(self, scope: Scope, at: int, mark: str, tag: str) -> Emphasis | None:
        begin = at + len(mark)
        if self._vain > _VAIN or begin >= self._ends.last_closing(mark):
            return None
        unknown = len(self.unknown_labels)
        nodes, end, closed = self._read(begin, scope.stop, mark, scope.around | {tag})
        if closed:
            return Emphasis(at, end + len(mark), tag, nodes)
        del self.unknown_labels[unknown:]
        self._vain += 1
        return None

    def _strikethrough(self, scope: Scope, at: int) -> int:
        following = self.text[at + 2 : at + 3]
        if "del" not in scope.around and following and following not in SPACES | {"~"}:
            found = self._emphasized(scope, at, "~~", "del")
            if found:
                return scope.append(found)
        return self._plain(scope, at)

    # Links.

    def _bracket(self, scope: Scope, at: int) -> int:
        image = self.text[at] == "!"
        begin = at + image
        if image and not self.text.startswith("[", begin):
            return self._plain(scope, at)
        note = _FOOTNOTE.match(self.text, begin, scope.stop)
        if note and note[1] in self.context.footnotes:
            if image:
                scope.sign("!", at, begin)
            return scope.append(FootnoteMark(begin, note.end(), note[1]))
        end = self._ends.matching(begin) if image or "a" not in scope.around else -1
        link = self._link(at, begin, end, scope) if begin < end < scope.stop else None
        if link:
            return scope.append(link)
        if mark := _UNDEFINED_FOOTNOTE.match(self.text, begin, scope.stop):
            self.unknown_labels.append((mark[1], begin))
        return scope.sign(self.text[at : begin + 1], at, begin + 1)

    def _link(self, at: int, begin: int, end: int, scope: Scope) -> InlineLink | None:
        """The link or image whose text stands between two brackets."""
        reference = _REFERENCE.match(self.text, end + 1, scope.stop)
        if reference or not self.text.startswith("(", end + 1):
            label = (reference[1] if reference else None) or self.text[begin + 1 : end]
            known = self.context.references.get(normalized_label(label))
            if known is None:
                if reference and reference[1] and reference.start(1) == end + 2 and reference[1][0] != "^":
                    self.unknown_labels.append((label, reference.start(1)))
                return None
            stop = reference.end() if reference else end + 1
            target = decoded(known.address), -1, -1, known.title
            link = self._made(at, stop, target, begin, end, scope, label)
            if known.attributes is not None:
                link.add_attributes(known.attributes)
            return link
        if self._vain > _VAIN:
            return None
        found = find_destination(self.text, end + 1, scope.stop)
        if found is None:
            self._vain += 1
            return None
        start, stop, title, after = found
        address = decoded(self.text[start:stop])
        return self._made(at, after, (address, start, stop, title), begin, end, scope, "")

    def _made(
        self, at: int, stop: int, target: tuple[str, int, int, str], begin: int, end: int, scope: Scope, label: str
    ) -> InlineLink:
        image = begin > at
        address, start, behind, title = target
        if image:
            children: list[Node] = [Text(begin + 1, end, decoded(self.text[begin + 1 : end]))]
        else:
            children = self._read(begin + 1, end, "", scope.around | {"a"})[0]
        return InlineLink(at, stop, address, start, behind, unescape(title), children, image=image, label=label)

    # Attribute lists and extensions of kramdown's.

    def _extension(self, scope: Scope, at: int) -> int:
        """Read an extension of kramdown's; returns where to go on, or the offset given if none begins there."""
        in_vain = at >= max(self._ends.last_of("{:/"), self._ends.last_of("/}"))
        extension = None if in_vain else EXTENSION.match(self.text, at, scope.stop)
        if extension is None:
            return at
        if extension[1] == "options":
            self.invalid_parts.append((OPTIONS, at))
        if extension[1] == "nomarkdown" and extension["body"] and is_for_html(extension["attributes"]):
            lead = extension.start("body") - at
            return scope.append(InlineHtml(at, extension.end(), extension["body"], lead))
        scope.edge = extension.end()
        return extension.end()

    def _brace(self, scope: Scope, at: int) -> int:
        if self.text.startswith("{::", at) and (end := self._extension(scope, at)) > at:
            return end
        target = attributed_node(scope.nodes) if at < self._ends.last_of("}") and not scope.text else None
        listed = LIST.match(self.text, at, scope.stop) if target else None
        if listed is None or target is None:
            shown = shown_list(self.text, at, scope.stop, self.context.definitions)
            self.invalid_parts += [(shown, at)] if shown else []
            return scope.sign("{", at, at + 1) if self.text.startswith("{:", at) else self._plain(scope, at)
        found = parse_attribute_list(listed[1])
        found.resolve(self.context.definitions)
        self.invalid_parts += [(part, at + max(0, listed[0].find(part))) for part in found.invalid]
        target.add_attributes(found)
        scope.edge = listed.end()
        return listed.end()

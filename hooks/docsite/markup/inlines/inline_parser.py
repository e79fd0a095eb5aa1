"""The one parser of running text, as kramdown reads it: text of a leaf into nodes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from html.entities import html5

from docsite.markup.blocks.attribute_lists import AttributeList, parse_attribute_list
from docsite.markup.blocks.html_elements import MARKDOWN_ELEMENTS, TAG, VOID_ELEMENTS, is_placeholder
from docsite.markup.blocks.kramdown_extensions import is_for_html
from docsite.markup.blocks.patterns import OPTIONS
from docsite.markup.blocks.tree import normalized_label
from docsite.markup.inlines.html_tags import AUTOLINK, COMMENT
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
from docsite.markup.inlines.open_tags import close_tags, note_element
from docsite.markup.inlines.quotes import curl
from docsite.markup.inlines.references import EMPTY, Context

_SPECIAL = re.compile(r"""[*_`<\[!\\&{$"']|~~|--|\.\.\.| ?>>|  \n""")
_ESCAPED = frozenset("\\.*_+`<>()[]{}#!:|\"'$=-~")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_MARKDOWN = re.compile(r"""\smarkdown\s*=\s*["']?(\w+)""")
_FOOTNOTE = re.compile(r"\[\^(\w[\w-]*)\]")
_UNDEFINED_FOOTNOTE = re.compile(r"\[(\^\w[\w -]*)\]")
_LIST = re.compile(r"\{:(?!:)((?:\\\}|[^}])+)\}")
_EXTENSION = re.compile(
    r"\{::(comment|nomarkdown|options)(?:\s(?P<attributes>[^}]*?))?(?:/\}|\}(?P<body>[\s\S]*?)\{:/\1?\})"
)
_REFERENCE = re.compile(r"\s*?\[([^\]]+)?\]")
_POINTED = re.compile(r"\(<([^\n]*?)>")
_PARENTHESES = re.compile(r"""\\[\s\S]|\(|\)|\s(?=['"])""")
_TITLE = re.compile(r"""\s*?(["'])([\s\S]+?)\1\s*?\)""")
_BRACKETS = re.compile(r"\\[\s\S]|`+|<|\[|\]")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SPACES = frozenset(" \t\n\v\f\r")
"""What keeps a sign from beginning or ending anything; a no-break space does not, as in `**Note :**`."""
_DASHES = {"---": "—", "--": "–"}
_VAIN = 8
"""Searches in one leaf for an end that is not there, after which signs stand for themselves."""


def decode_address(text: str) -> str:
    """An address as it is meant: without escapes and entities."""
    return _unescape(_ESCAPE.sub(r"\1", text))


def _unescape(text: str) -> str:
    """Text without entities; `&copy=` of a query is none."""
    return _ENTITY.sub(lambda found: _entity(found[0]), text)


def _entity(text: str) -> str:
    """The sign that an entity stands for; an unknown one as it is, whatever its name begins with."""
    return html.unescape(text) if text[1] == "#" or text[1:] in html5 else text


def parse_inlines(text: str, context: Context = EMPTY) -> list[Node]:
    """Read the text of a leaf."""
    return InlineParser(text, context).parse()


@dataclass(slots=True)
class _Scope:
    """A part being read: where it ends, what closes it, the elements around it, and those of raw HTML open in it."""

    stop: int
    close: str
    around: frozenset[str]
    nodes: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_start: int = 0
    edge: int = 0
    elements: list[str] = field(default_factory=list)


class InlineParser:
    """Reads one text.

    Attributes:
        unknown_labels: references with a label of their own that nothing defines, with their places; those of
            footnotes begin with `^`.
        invalid_parts: parts of attribute lists that say nothing, with their places.
        unclosed: names of HTML elements that are never closed, with their places.
    """

    def __init__(self, text: str, context: Context) -> None:
        self.text = text
        self.context = context
        self.unknown_labels: list[tuple[str, int]] = []
        self.invalid_parts: list[tuple[str, int]] = []
        self.unclosed: list[tuple[str, int]] = []
        self._vain = 0
        self._pairs: dict[int, int] | None = None
        self._open_code: dict[int, int] = {}
        self._last: dict[str, int] = {}
        self._opened: set[str] = set()

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
        scope = _Scope(stop, close, around, text_start=at, edge=at)
        while at < stop:
            special = _SPECIAL.search(self.text, at, stop)
            if special is None:
                break
            begin = special.start()
            self._add(scope, self.text[at:begin], at)
            if close and self._closes(scope, begin):
                self._flush(scope, begin)
                return scope.nodes, begin, True
            at = self._special(scope, begin, special[0])
        if at < stop:
            self._add(scope, self.text[at:stop], at)
        self._flush(scope, stop)
        return scope.nodes, stop, False

    def _add(self, scope: _Scope, text: str, at: int) -> None:
        if text:
            if not scope.text:
                scope.text_start = at
            scope.text.append(text)

    def _sign(self, scope: _Scope, text: str, at: int, end: int) -> int:
        """Add text for a sign, behind which nothing stands for the next quotation mark; returns where to go on."""
        self._add(scope, text, at)
        scope.edge = end
        return end

    def _plain(self, scope: _Scope, at: int) -> int:
        """Add a sign that means nothing here: it stands before the next quotation mark as a letter does."""
        self._add(scope, self.text[at], at)
        return at + 1

    def _flush(self, scope: _Scope, end: int) -> None:
        if scope.text:
            scope.nodes.append(Text(scope.text_start, end, "".join(scope.text)))
            scope.text = []

    def _node(self, scope: _Scope, node: Node) -> int:
        self._flush(scope, node.start)
        scope.nodes.append(node)
        scope.edge = node.stop
        return node.stop

    def _special(self, scope: _Scope, at: int, sign: str) -> int:
        """Read what begins at a sign; returns where to go on."""
        first = sign[0]
        if first in "*_":
            return self._emphasis(scope, at)
        if first in "\"'":
            previous = self.text[at - 1] if at > scope.edge else ""
            curled, end = curl(self.text, at, scope.stop, previous)
            return self._sign(scope, curled, at, end)
        if first == "`":
            return self._code(scope, at)
        if first in "[!":
            return self._bracket(scope, at)
        if first == "<":
            return self._angle(scope, at)
        if first == "\\":
            return self._backslash(scope, at)
        if first == "&":
            return self._entity(scope, at)
        if first == "{":
            return self._brace(scope, at)
        if sign == "  \n":
            return self._break(scope, at, at + 3)
        return self._typography(scope, at, sign)

    def _typography(self, scope: _Scope, at: int, sign: str) -> int:
        if sign == "--":
            dash = "---" if self.text.startswith("---", at) and at + 3 <= scope.stop else "--"
            return self._sign(scope, _DASHES[dash], at, at + len(dash))
        if sign == "...":
            return self._sign(scope, "…", at, at + 3)
        if sign in (" >>", ">>"):
            return self._sign(scope, "\u00a0»" if sign[0] == " " else "»", at, at + len(sign))
        if sign == "~~":
            return self._strikethrough(scope, at)
        end = self.text.find("$$", at + 2, scope.stop) if self.text.startswith("$$", at) else -1
        if end > 0:  # mathematics, which Jekyll leaves to a script of the page
            return self._sign(scope, f"\\({self.text[at + 2 : end].strip()}\\)", at, end + 2)
        return self._plain(scope, at)

    def _break(self, scope: _Scope, at: int, end: int) -> int:
        self._node(scope, LineBreak(at, end))
        self._add(scope, "\n", end - 1)
        return end

    def _backslash(self, scope: _Scope, at: int) -> int:
        following = self.text[at + 1 : scope.stop]
        if following.startswith("\n"):
            return self._break(scope, at, at + 2)
        if following.startswith("\\\n"):
            return self._break(scope, at, at + 3)
        if following.startswith(("<<", ">>")):
            return self._sign(scope, following[:2], at, at + 3)
        if following[:1] in _ESCAPED and following:
            return self._sign(scope, following[0], at, at + 2)
        return self._sign(scope, "\\", at, at + 1)

    def _entity(self, scope: _Scope, at: int) -> int:
        found = _ENTITY.match(self.text, at, scope.stop)
        value = _entity(found[0]) if found else "&"
        if found is None or (value == found[0]):
            return self._plain(scope, at)
        return self._sign(scope, value, at, found.end())

    # Code and raw HTML.

    def _code_end(self, at: int, stop: int) -> tuple[int, int] | None:
        """The length of the backticks at an offset and where those that close them begin."""
        length = 1
        while at + length < stop and self.text[at + length] == "`":
            length += 1
        alone = at == 0 or self.text[at - 1] in _SPACES
        if length == 1 and alone and self.text[at + 1 : at + 2] in _SPACES:
            return None
        if at >= self._open_code.get(length, stop):
            return None
        end = self.text.find("`" * length, at + length, stop)
        if end < 0:
            if stop == len(self.text):
                self._open_code[length] = at
            return None
        return length, end

    def _code(self, scope: _Scope, at: int) -> int:
        found = self._code_end(at, scope.stop)
        if found is None:
            end = at
            while end < scope.stop and self.text[end] == "`":
                end += 1
            return self._sign(scope, self.text[at:end], at, end)
        length, end = found
        value = self.text[at + length : end]
        if length > 1:
            value = value.removeprefix(" ").removesuffix(" ")
        return self._node(scope, Code(at, end + length, value))

    def _tag_end(self, at: int, stop: int) -> int:
        """Where the raw HTML that begins at an offset ends; -1 if none begins."""
        if self.text.startswith("<!--", at):
            if at > self._last_of("-->"):
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
        if at <= self._last_of("</"):
            edge = re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*?(/?)>", re.IGNORECASE)
            for found in edge.finditer(self.text, at, stop):
                depth += -1 if found[1] else not found[2]
                if depth == 0:
                    return found.end()
        return at

    def _angle(self, scope: _Scope, at: int) -> int:
        auto = AUTOLINK.match(self.text, at, scope.stop)
        if auto:
            address = _unescape(auto[1] if ":" in auto[1] or "@" not in auto[1] else f"mailto:{auto[1]}")
            shown = _unescape(auto[1].removeprefix("mailto:"))
            text = Text(auto.start(1), auto.end(1), shown)
            link = InlineLink(at, auto.end(), address, auto.start(1), auto.end(1), "", [text], autolink=True)
            return self._node(scope, link)
        if self.text.startswith("<<", at) and at + 2 <= scope.stop:
            space = self.text.startswith("<< ", at) and at + 3 <= scope.stop
            return self._sign(scope, "«\u00a0" if space else "«", at, at + 2 + space)
        end = self._tag_end(at, scope.stop)
        if end < 0:
            return self._plain(scope, at)
        if self._closes_nothing(at, end):
            return self._sign(scope, self.text[at:end], at, end)
        note_element(scope.elements, self.text[at:end], lambda closing: end <= self._last_of(closing))
        return self._node(scope, InlineHtml(at, end, self.text[at:end]))

    def _closes_nothing(self, at: int, end: int) -> bool:
        """Whether a tag closes an element that was not opened in this text; notes what is opened."""
        name = re.match(r"</?([\w.:-]+)", self.text[at:end])
        if name is None:
            return False
        if self.text[at + 1] != "/":
            self._opened.add(name[1].lower())
            return False
        return name[1].lower() not in self._opened

    # Emphasis.

    def _closes(self, scope: _Scope, at: int) -> bool:
        """Whether the emphasis that is open ends here."""
        close = scope.close
        if not self.text.startswith(close, at) or at + len(close) > scope.stop or self.text[at - 1] in _SPACES:
            return False
        if close == "~~":
            return self.text[at - 1] != "~"
        if scope.elements or not (scope.nodes or scope.text):
            return False
        sign, behind = close[0], at + len(close)
        if len(close) == 1 and self.text.startswith(sign * 2, at) and not self.text.startswith(sign * 3, at):
            return False
        return sign != "_" or not self.text[behind : behind + 1].isalnum()

    def _emphasis(self, scope: _Scope, at: int) -> int:
        sign = self.text[at]
        mark = sign * 2 if self.text.startswith(sign * 2, at) and at + 2 <= scope.stop else sign
        tag = "strong" if len(mark) == 2 else "em"
        inside_word = sign == "_" and re.search(r"[^\W\d_]-?\Z", self.text[max(0, at - 2) : at])
        if inside_word or self.text[at + len(mark) : at + len(mark) + 1] in _SPACES or tag in scope.around:
            return self._sign(scope, mark, at, at + len(mark))
        found = self._emphasized(scope, at, mark, tag)
        if found is None and tag == "strong" and "em" not in scope.around:
            found = self._emphasized(scope, at, sign, "em")
        return self._node(scope, found) if found else self._sign(scope, mark, at, at + len(mark))

    def _emphasized(self, scope: _Scope, at: int, mark: str, tag: str) -> Emphasis | None:
        begin = at + len(mark)
        if self._vain > _VAIN or begin >= self._last_closing(mark):
            return None
        unknown = len(self.unknown_labels)
        nodes, end, closed = self._read(begin, scope.stop, mark, scope.around | {tag})
        if closed:
            return Emphasis(at, end + len(mark), tag, nodes)
        del self.unknown_labels[unknown:]
        self._vain += 1
        return None

    def _last_closing(self, mark: str) -> int:
        """The last offset at which emphasis may end."""
        if mark not in self._last:
            end = self.text.rfind(mark)
            while end > 0 and self.text[end - 1] in _SPACES:
                end = self.text.rfind(mark, 0, end)
            self._last[mark] = end
        return self._last[mark]

    def _last_of(self, sign: str) -> int:
        """The last offset of a sign that ends something."""
        if sign not in self._last:
            self._last[sign] = self.text.rfind(sign)
        return self._last[sign]

    def _strikethrough(self, scope: _Scope, at: int) -> int:
        following = self.text[at + 2 : at + 3]
        if "del" not in scope.around and following and following not in _SPACES | {"~"}:
            found = self._emphasized(scope, at, "~~", "del")
            if found:
                return self._node(scope, found)
        return self._plain(scope, at)

    # Links.

    def _bracket(self, scope: _Scope, at: int) -> int:
        image = self.text[at] == "!"
        begin = at + image
        if image and not self.text.startswith("[", begin):
            return self._plain(scope, at)
        note = _FOOTNOTE.match(self.text, begin, scope.stop)
        if note and note[1] in self.context.footnotes:
            if image:
                self._sign(scope, "!", at, begin)
            return self._node(scope, FootnoteMark(begin, note.end(), note[1]))
        end = self._matching(begin) if image or "a" not in scope.around else -1
        link = self._link(at, begin, end, scope) if begin < end < scope.stop else None
        if link:
            return self._node(scope, link)
        if mark := _UNDEFINED_FOOTNOTE.match(self.text, begin, scope.stop):
            self.unknown_labels.append((mark[1], begin))
        return self._sign(scope, self.text[at : begin + 1], at, begin + 1)

    def _matching(self, at: int) -> int:
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
                code = self._code_end(found.start(), stop)
                at = code[0] + code[1] if code else at
            elif sign == "<":
                auto = AUTOLINK.match(self.text, found.start())
                at = auto.end() if auto else max(at, self._tag_end(found.start(), stop))
        return pairs

    def _link(self, at: int, begin: int, end: int, scope: _Scope) -> InlineLink | None:
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
            target = decode_address(known.address), -1, -1, known.title
            link = self._made(at, stop, target, begin, end, scope, label)
            if known.attributes is not None:
                link.attributes = AttributeList()
                link.attributes.add(known.attributes)
            return link
        if self._vain > _VAIN:
            return None
        found = self._destination(end + 1, scope.stop)
        if found is None:
            self._vain += 1
            return None
        start, stop, title, after = found
        address = decode_address(self.text[start:stop])
        return self._made(at, after, (address, start, stop, title), begin, end, scope, "")

    def _made(
        self, at: int, stop: int, target: tuple[str, int, int, str], begin: int, end: int, scope: _Scope, label: str
    ) -> InlineLink:
        image = begin > at
        address, start, behind, title = target
        if image:
            text = _ESCAPE.sub(r"\1", self.text[begin + 1 : end])
            children: list[Node] = [Text(begin + 1, end, _unescape(text))]
        else:
            children = self._read(begin + 1, end, "", scope.around | {"a"})[0]
        return InlineLink(at, stop, address, start, behind, _unescape(title), children, image=image, label=label)

    def _destination(self, at: int, stop: int) -> tuple[int, int, str, int] | None:
        """Where the address in parentheses begins and ends, its title, and where the parentheses end."""
        if pointed := _POINTED.match(self.text, at, stop):
            start, end = pointed.span(1)
            behind = pointed.end()
            if self.text.startswith(")", behind) and behind < stop:
                return start, end, "", behind + 1
        else:
            start, depth = at + 1, 0
            for found in _PARENTHESES.finditer(self.text, at, stop):
                depth += {"(": 1, ")": -1}.get(found[0], 0)
                if depth == 0 or found[0].isspace():
                    break
            else:
                return None
            start, end = self._stripped(start, found.start())
            behind = found.start()
            if depth == 0:
                return start, end, "", found.end()
        title = _TITLE.match(self.text, behind, stop)
        return (start, end, title[2], title.end()) if title else None

    def _stripped(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    # Attribute lists and extensions of kramdown's.

    def _brace(self, scope: _Scope, at: int) -> int:
        extension = None
        if self.text.startswith("{::", at) and at < max(self._last_of("{:/"), self._last_of("/}")):
            extension = _EXTENSION.match(self.text, at, scope.stop)
        if extension:
            if extension[1] == "options":
                self.invalid_parts.append((OPTIONS, at))
            if extension[1] == "nomarkdown" and extension["body"] and is_for_html(extension["attributes"]):
                lead = extension.start("body") - at
                return self._node(scope, InlineHtml(at, extension.end(), extension["body"], lead))
            scope.edge = extension.end()
            return extension.end()
        target = _attributed(scope.nodes) if at < self._last_of("}") and not scope.text else None
        listed = _LIST.match(self.text, at, scope.stop) if target else None
        if listed is None or target is None:
            return self._sign(scope, "{", at, at + 1) if self.text.startswith("{:", at) else self._plain(scope, at)
        found = parse_attribute_list(listed[1])
        found.resolve(self.context.definitions)
        self.invalid_parts += [(part, at + max(0, listed[0].find(part))) for part in found.invalid]
        if target.attributes is None:
            target.attributes = AttributeList()
        target.attributes.add(found)
        scope.edge = listed.end()
        return listed.end()


def _attributed(nodes: list[Node]) -> Node | None:
    """What an attribute list behind nodes belongs to: behind a closing tag, the element's opening one."""
    last = nodes[-1] if nodes else None
    tag = TAG.fullmatch(last.value) if isinstance(last, InlineHtml) else None
    if tag is None:
        return None if isinstance(last, Text) else last
    if tag["name"]:
        return last if tag["closed"] or tag["name"].lower() in VOID_ELEMENTS else None
    depth = 0
    for node in reversed(nodes):
        found = TAG.fullmatch(node.value) if isinstance(node, InlineHtml) else None
        if found and (found["name"] or found[0][2:-1].strip()).lower() == tag[0][2:-1].strip().lower():
            depth += -1 if found["name"] else 1
            if depth == 0:
                return node
    return None

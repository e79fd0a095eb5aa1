"""The rule for blocks of raw HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from docsite.diagnostics.messages import make_message
from docsite.markup.blocks.containers import atom_blocks
from docsite.markup.blocks.html_balance import balance
from docsite.markup.blocks.html_elements import OPTIONAL_END, VOID_ELEMENTS, is_placeholder
from docsite.markup.blocks.level import Blank, Level
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import ATOM, ATOM_SIGN, SPAN_TAGS, is_blank, names
from docsite.markup.blocks.tree import Block, HtmlBlock, HtmlElement, Paragraph
from docsite.markup.source_map import MappedLine, edit_line

_TAG = re.compile(
    r"""[ ]{0,3}<(?P<name>[A-Za-z_][\w.:-]*)"""
    r"""(?P<attributes>(?:\s+[A-Za-z_:@][\w.:@-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*)\s*(?P<closed>/)?>"""
)
_CLOSING = re.compile(r" {0,3}</([A-Za-z_][\w.:-]*)\s*>")
_MARKDOWN = re.compile(r"""\smarkdown(?:\s*=\s*["']?(?P<value>\w*)["']?)?(?=[\s/>]|$)""")
_SPANS = names("dt em h1 h2 h3 h4 h5 h6 legend optgroup p summary th tt caption")
"""Elements in which `markdown="1"` stands for running text."""
_RAW = names("script style math option textarea pre code kbd samp var")
_LITERAL = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|pre|textarea)\b.*?(?:</\1\b|\Z)", re.DOTALL | re.IGNORECASE)
"""What holds no tags, or none that say anything of Markdown."""
_TAG_LINES = 30
"""Lines that one opening tag may take."""


def html_block(parser: BlockParser, level: Level) -> bool:
    """A comment, or an element that stands outside of running text."""
    text = level.line.text
    if text.lstrip(" ").startswith("<!--"):
        return _comment(parser, level)
    if closing := _CLOSING.match(text):
        return closing[1].lower() not in SPAN_TAGS and _ending(level, closing[1].lower(), closing.end())
    tag, lines = _opening(level)
    if tag is None or tag["name"].lower() in SPAN_TAGS:
        return False
    name = tag["name"].lower()
    if tag["closed"] or name in VOID_ELEMENTS:
        if is_placeholder(tag[0], name):
            return False
        _append_raw(parser, level, lines, _column(tag), blank=True)
        return True
    return _element(parser, level, tag, lines, name)


def _ending(level: Level, name: str, end: int) -> bool:
    """The closing tag of an element that holds block tags or was closed too late; any other is text, as in kramdown."""
    opening = next((item for item in reversed(level.opened) if item[0] == name), None)
    if opening is None:
        return False
    level.opened.remove(opening)
    line = level.line
    closing = HtmlBlock(line, line, [line.cut(0, end)])
    level.append(closing)
    level.ended = closing, opening[1]
    level.replace(1, line.cut(end))
    return True


def _opening(level: Level) -> tuple[re.Match[str] | None, int]:
    """The opening tag, and the lines it takes."""
    if tag := _TAG.match(level.line.text):
        return tag, 1
    if not re.match(r" {0,3}<[A-Za-z_][\w.:-]*(?:\s|$)", level.line.text):
        return None, 0
    text = level.line.text
    for number in range(1, min(_TAG_LINES, len(level.lines) - level.at)):
        following = level.text_at(level.at + number)
        if is_blank(following):
            break
        text = f"{text}\n{following}"
        if ">" in following and (tag := _TAG.match(text)):
            return tag, number + 1
    return None, 0


def _column(tag: re.Match[str]) -> int:
    """The column behind a tag on its last line."""
    return tag.end() - (tag[0].rfind("\n") + 1)


def _comment(parser: BlockParser, level: Level) -> bool:
    if parser.gives_up("<!--"):
        return False
    begin = level.line.text.index("<!--") + 4
    for at in range(level.at, len(level.lines)):
        end = level.lines[at].text.find("-->", begin if at == level.at else 0)
        if end >= 0:
            _append_raw(parser, level, at + 1 - level.at, end + 3)
            return True
    parser.gives_up("<!--", found=False)
    parser.report(make_message("markup-unclosed-html", "comment"), level.line, begin - 4)
    return False


def _element(parser: BlockParser, level: Level, tag: re.Match[str], lines: int, name: str) -> bool:
    end = _closing(parser, level, lines - 1, _column(tag), name)
    if end is None:
        if is_placeholder(tag[0], name):
            return False
        if name not in OPTIONAL_END:
            message = make_message("markup-unclosed-html", "element", name=name)
            parser.report(message, level.line, tag.start("name") - 1, name)
        opening = _append_raw(parser, level, lines, _column(tag))
        if name not in OPTIONAL_END:
            level.opened.append((name, opening))
        return True
    model = _content_model(tag, name)
    if not model:
        column = _balance(parser, level, end[0] + 1, end[2])
        _append_raw(parser, level, end[0] + 1, column, blank=name in ("script", "style"))
        return True
    _append_markdown(parser, level, tag, lines, end, name, span=model == "span")
    return True


def _content_model(tag: re.Match[str], name: str) -> str:
    """What an element holds by its attribute `markdown`: `block`, `span`, or "" for no Markdown."""
    setting = _MARKDOWN.search(tag["attributes"])
    value = (setting["value"] or "1") if setting else "0"
    if value in ("block", "span"):
        return value
    if value != "1" or name in _RAW:
        return ""
    return "span" if name in _SPANS or name in SPAN_TAGS else "block"


def _closing(parser: BlockParser, level: Level, line: int, column: int, name: str) -> tuple[int, int, int] | None:
    """The line, counted from the first, and the columns of the closing tag of an element."""
    if parser.gives_up(name):
        return None
    edge = re.compile(
        rf"<!--.*?(?:-->|$)|<(?P<slash>/?){re.escape(name)}(?=[\s/>]|$)[^<>]*?(?P<self>/?)(?:>|$)", re.IGNORECASE
    )
    depth = 1
    for number in range(line, len(level.lines) - level.at):
        text = level.text_at(level.at + number)
        if "<" not in text:
            continue
        for found in edge.finditer(text, column if number == line else 0):
            if found["slash"] is None or found["self"]:
                continue
            depth += -1 if found["slash"] else 1
            if depth == 0:
                return number, found.start(), found.end()
    parser.gives_up(name, found=False)
    return None


def _balance(parser: BlockParser, level: Level, count: int, column: int) -> int:
    """Close what an element leaves open inside; returns the column where the element now ends on its last line."""
    lines = level.lines[level.at : level.at + count]
    if _inner_markdown(lines) is not None:
        return column
    before = sum(len(line.text) + 1 for line in lines[:-1])
    found = balance("\n".join(line.text for line in lines)[: before + column])
    starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))
    for name, at in found.unclosed:
        number = bisect_right(starts, at) - 1
        message = make_message("markup-unclosed-html", "element", name=name)
        parser.report(message, lines[number], at - starts[number], name)
    edits: dict[int, dict[tuple[int, int], str]] = {}
    for start, stop, text in found.edits:
        number = bisect_right(starts, start) - 1
        changes, place = edits.setdefault(number, {}), (start - starts[number], stop - starts[number])
        changes[place] = changes.get(place, "") + text
    for number, changes in edits.items():
        line = edit_line(lines[number], [(*place, text) for place, text in changes.items()])
        level.lines[level.at + number] = line
        if number == count - 1:
            column += len(line.text) - len(lines[number].text)
    return column


def _append_raw(parser: BlockParser, level: Level, lines: int, column: int, *, blank: bool = False) -> Block:
    """Take lines, the last up to a column, as they are; block tags in them stay blocks. Returns the first block.

    Args:
        blank: whether the end of the last line counts as a blank line, as for kramdown behind some elements.
    """
    *whole, last = level.lines[level.at : level.at + lines]
    raw = [*whole, last.cut(0, column)]
    made = _raw_blocks(parser, raw, level.depth)
    for block in made:
        level.append(block)
    level.ended = made[-1], made[0]
    if blank and last.cut(column).blank:
        level.append(Blank(last, last))
    level.replace(lines, last.cut(column))
    return made[0]


class _Inner(NamedTuple):
    """A tag inside raw HTML that says its element holds Markdown."""

    line: int
    column: int
    tag: re.Match[str]
    model: str


def _inner_markdown(lines: list[MappedLine]) -> _Inner | None:
    """The first such tag."""
    if not any("markdown" in line.text for line in lines):
        return None
    text = _LITERAL.sub(lambda found: re.sub(r"\S", " ", found[0]), "\n".join(line.text for line in lines))
    for number, line in enumerate(text.split("\n")):
        for start in re.finditer("<(?=[A-Za-z])", line) if "markdown" in line else ():
            tag = _TAG.match(line[start.start() :])
            if tag and not tag["closed"] and (model := _content_model(tag, tag["name"].lower())):
                return _Inner(number, start.start(), tag, model)
    return None


def _raw_blocks(parser: BlockParser, lines: list[MappedLine], depth: int) -> list[Block]:
    """Raw HTML with the elements in it that hold Markdown, and with block tags, as blocks of their own."""
    blocks: list[Block] = []
    while (inner := _inner_markdown(lines)) is not None:
        name, line = inner.tag["name"].lower(), lines[inner.line]
        level = Level([line.cut(inner.column), *lines[inner.line + 1 :]], depth)
        end = _closing(parser, level, 0, inner.tag.end(), name)
        if end is None:
            break
        before = line.cut(0, inner.column)
        blocks += _with_tags(parser, [*lines[: inner.line], *([] if before.blank else [before])], depth)
        _append_markdown(parser, level, inner.tag, 1, end, name, span=inner.model == "span")
        blocks += level.blocks
        lines = level.lines[level.at :]
    return [*blocks, *_with_tags(parser, lines, depth)]


def _with_tags(parser: BlockParser, lines: list[MappedLine], depth: int) -> list[Block]:
    if not lines:
        return []
    if not any(ATOM_SIGN in line.text for line in lines):
        return [HtmlBlock(lines[0], lines[-1], lines)]
    blocks: list[Block] = []
    before: list[MappedLine] = []
    for line in lines:
        rest = line
        while found := ATOM.search(rest.text):
            before.append(rest.cut(0, found.start()))
            blocks += [
                HtmlBlock(before[0], before[-1], before),
                *atom_blocks(parser, parser.atoms[int(found[1])], depth),
            ]
            before, rest = [], rest.cut(found.end())
        before.append(rest)
    return [*blocks, HtmlBlock(before[0], before[-1], before)]


def _append_markdown(
    parser: BlockParser,
    level: Level,
    tag: re.Match[str],
    lines: int,
    end: tuple[int, int, int],
    name: str,
    *,
    span: bool,
) -> None:
    """An element with Markdown inside."""
    first, at = level.lines[level.at], level.at
    head = [*level.lines[at : at + lines - 1], level.lines[at + lines - 1].cut(0, _column(tag))]
    inner = level.lines[at + lines - 1 : at + end[0] + 1]
    inner[-1] = inner[-1].cut(0, end[1])
    inner[0] = inner[0].cut(_column(tag))
    opening = HtmlBlock(head[0], head[-1], head)
    last = level.lines[at + end[0]]
    inner = [line for line in inner[:1] if not line.blank] + _dedented(inner[1:])
    if span:
        text = [line.strip() for line in inner if not line.blank]
        children: list[Block] = [Paragraph(text[0], text[-1], text, bare=True)] if text else []
    else:
        children = parser.read(inner, level.depth + 1)
    level.append(HtmlElement(first, last, children, opening, name))
    level.replace(end[0] + 1, last.cut(end[2]))


def _dedented(lines: list[MappedLine]) -> list[MappedLine]:
    """Lines without the indentation they share."""
    margin = min((len(line.text) - len(line.text.lstrip(" ")) for line in lines if not line.blank), default=0)
    return [line if line.blank else line.cut(margin) for line in lines] if margin else lines

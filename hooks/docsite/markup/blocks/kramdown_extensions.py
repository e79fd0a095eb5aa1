"""Rules for what kramdown adds to Markdown: its extensions `{::name}`, mathematics between `$$`, and the sign `^`."""

from __future__ import annotations

import re
from html import escape

from docsite.markup.blocks.attribute_blocks import invalid_attribute
from docsite.markup.blocks.attribute_lists import parse_attribute_list
from docsite.markup.blocks.leaves import unfolded
from docsite.markup.blocks.level import Boundary, Level
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import (
    ATOM_SIGN,
    BOUNDARY_MARKER,
    EXTENSION,
    EXTENSION_END,
    LIST_LINE,
    OPTIONS,
    is_blank,
)
from docsite.markup.blocks.tree import HtmlBlock
from docsite.markup.source_map import MappedLine, edit_line

_MATH = re.compile(r" {0,3}(?P<escape>\\)?\$\$")


def extension(parser: BlockParser, level: Level) -> bool:
    """`{::comment}` hides text, `{::nomarkdown}` holds HTML, `{::options ... /}` says how to read the page."""
    found = EXTENSION.match(level.line.text)
    if found is None or found[1] not in ("comment", "nomarkdown", "options"):
        return False
    end = level.at
    if not found[3]:
        closing = re.compile(EXTENSION_END.format(found[1]))
        after = range(level.at + 1, len(level.lines))
        end = next((at for at in after if closing.match(level.lines[at].text)), -1)
        if end < 0:
            return False
    if found[1] == "options":
        parser.report(invalid_attribute(OPTIONS), level.line, level.line.text.index("{"))
    body = level.lines[level.at + 1 : end]
    if found[1] == "nomarkdown" and body and is_for_html(found[2]):
        level.append(HtmlBlock(level.line, level.lines[end], unfolded(parser, body), literal=True))
    level.append(Boundary(level.line, level.line), end + 1 - level.at)
    return True


def is_for_html(attributes: str | None) -> bool:
    """Whether `{::nomarkdown}` with such attributes is meant for web pages: with `type="latex"` it is not."""
    return "html" in parse_attribute_list(attributes or "").pairs.get("type", "html").split()


def boundary_marker(_: BlockParser, level: Level) -> bool:
    """`^` alone on a line parts two blocks."""
    if BOUNDARY_MARKER.match(level.line.text) is None:
        return False
    level.append(Boundary(level.line, level.line, marker=True), 1)
    return True


def mathematics(parser: BlockParser, level: Level) -> bool:
    """`$$ ... $$` in a block of its own, which Jekyll leaves to a script of the page."""
    found = _MATH.match(level.line.text)
    if found is None or not level.after_boundary:
        return False
    end = _closing_dollars(parser, level, found.end())
    if end is None:
        return False
    if found["escape"]:
        level.replace(1, level.line.cut(found.end("escape")))
        return False
    first, last = level.line, level.lines[end[0]]
    rest = last.cut(end[1] + 2)
    below = level.whole_text(end[0] + 1) if rest.blank else rest.text
    if not (is_blank(below) or LIST_LINE.match(below) or BOUNDARY_MARKER.match(below)):
        return False
    body = [*level.lines[level.at : end[0]], last.cut(0, end[1])]
    body[0] = body[0].cut(found.end())
    body = [_escaped(line) for line in body if not line.blank]
    if not body:
        return False
    body[0] = first.made("<div>\\[") + body[0].cut(len(body[0].text) - len(body[0].text.lstrip()))
    body[-1] = body[-1].cut(0, len(body[-1].text.rstrip())) + "\\]</div>"
    level.append(HtmlBlock(first, last, body))
    level.replace(end[0] + 1 - level.at, rest)
    return True


def _closing_dollars(parser: BlockParser, level: Level, begin: int) -> tuple[int, int] | None:
    """The line and column of the signs that close mathematics, if nothing but attributes follows them there."""
    if parser.gives_up("$$"):
        return None
    for at in range(level.at, len(level.lines)):
        text = level.lines[at].text
        end = text.find("$$", begin if at == level.at else 0)
        if end >= 0:
            plain = not any(ATOM_SIGN in line.text for line in level.lines[level.at : at + 1])
            ends = is_blank(text[end + 2 :]) or LIST_LINE.match(text, end + 2)
            return (at, end) if ends and plain else None
    parser.gives_up("$$", found=False)
    return None


def _escaped(line: MappedLine) -> MappedLine:
    """The line as text of HTML."""
    signs = re.finditer("[&<>]", line.text)
    return edit_line(line, [(found.start(), found.end(), escape(found[0])) for found in signs])

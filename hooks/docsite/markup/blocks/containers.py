"""Rules for blocks that hold blocks, lists and HTML aside."""

from __future__ import annotations

import re

from docsite.diagnostics.messages import make_message
from docsite.markup.blocks.folding import Atom
from docsite.markup.blocks.leaves import unfolded
from docsite.markup.blocks.level import Blank, Level
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import (
    ATOM,
    FOOTNOTE,
    INDENT,
    NATIVE_ADMONITION,
    NATIVE_DETAILS,
    NATIVE_GENERIC,
    NATIVE_TAB,
    QUOTE,
    ends_lazily,
    is_blank,
)
from docsite.markup.blocks.tree import (
    Admonition,
    Alert,
    Block,
    CodeBlock,
    DeclaredBlock,
    Details,
    FootnoteDefinition,
    GenericBlock,
    NativeBlock,
    Quote,
    Tab,
    Tabs,
    Title,
)
from docsite.markup.source_map import MappedLine, Segment

_CODE = 4
"""Spaces from which on an indented line is code."""
_BLANKS = re.compile(r"\s*")


def quote(parser: BlockParser, level: Level) -> bool:
    """`> text`, and the lines below that carry it on."""
    if not QUOTE.match(level.line.text):
        return False
    start = level.at
    end = start + 1
    while end < len(level.lines) and not ends_lazily(level.whole_text(end)):
        end += 1
    inner = [_unquoted(line) for line in level.lines[start:end]]
    children = parser.read(inner, level.depth + 1)
    level.append(Quote(level.lines[start], level.lines[end - 1], children), end - start)
    return True


def _unquoted(line: MappedLine) -> MappedLine:
    mark = QUOTE.match(line.text)
    return line.cut(mark.end()) if mark else line


def footnote(parser: BlockParser, level: Level) -> bool:
    """`[^1]: text`, and indented lines below."""
    found = FOOTNOTE.match(level.line.text)
    if found is None:
        return False
    start = level.at
    end = _indented_end(level, start + 1)
    inner = [level.line.cut(found.start(2)), *(_indented_less(line) for line in level.lines[start + 1 : end])]
    children = parser.read(inner, level.depth + 1)
    level.append(FootnoteDefinition(level.line, level.lines[end - 1], children, found[1]), end - start)
    return True


def _indented_end(level: Level, at: int) -> int:
    """The line behind the indented lines from `at` on, and behind those that carry them on."""
    end, lazy = at, False
    while at < len(level.lines):
        text = level.whole_text(at)
        if INDENT.match(text) and not is_blank(text):
            lazy, end = True, at + 1
        elif is_blank(text):
            lazy = False
        elif lazy and not ends_lazily(text):
            end = at + 1
        else:
            break
        at += 1
    return end


def _indented_less(line: MappedLine) -> MappedLine:
    indent = INDENT.match(line.text)
    return line.cut(indent.end()) if indent else line


# Block tags of Liquid.


def atom(parser: BlockParser, level: Level) -> None:
    """A block tag; what follows it on its line is read as a line of its own."""
    line = level.line
    found = ATOM.search(line.text)
    if found is None:  # what looks like a placeholder comes of text that was cut
        level.replace(1, line.made("\ufffd"))
        return
    for block in atom_blocks(parser, parser.atoms[int(found[1])], level.depth):
        level.append(block)
    _unindent_below(level, len(line.text) - len(line.text.lstrip(" ")))
    level.replace(1, line.cut(found.end()))


def _unindent_below(level: Level, margin: int) -> None:
    """Take the indentation of a tag, where it is that of code, off the text right below, which goes on with it."""
    at = level.at + 1
    while margin >= _CODE and at < len(level.lines) and not level.lines[at].blank:
        line = level.lines[at]
        level.lines[at] = line.cut(min(margin, len(line.text) - len(line.text.lstrip(" "))))
        at += 1


def atom_blocks(parser: BlockParser, atom: Atom, depth: int) -> list[Block]:
    """The block of a tag; before it, what stands between tabs and in none of them."""
    tag = atom.tag
    first, last = atom.opening, atom.lines[-1] if atom.lines else atom.opening
    if tag.kind == "code":
        return [CodeBlock(first, last, unfolded(parser, atom.lines), info=tag.name, fenced=True)]
    children = parser.read(list(atom.lines), depth + 1)
    if tag.kind == "tabs":
        tabs: list[Block] = [child for child in children if isinstance(child, Tab)]
        stray = [child for child in children if not isinstance(child, Tab)]
        return [*stray, Tabs(first, last, tabs)] if tabs else stray
    if tag.kind == "block":
        return [DeclaredBlock(first, last, children, tag.name)]
    title = Title(first, first, [_title_line(atom)], literal=tag.kind == "tab") if tag.title else None
    if tag.kind == "tab":
        return [Tab(first, last, children, title)]
    if tag.kind == "details":
        return [Details(first, last, children, title)]
    return [Alert(first, last, children, title, tag.name)]


def _title_line(atom: Atom) -> MappedLine:
    """The title of a tag. That of details is Markdown, so each character of it stands for its own place."""
    title, token = atom.tag.title, atom.tag.token
    blanks = _BLANKS.match(token.source, token.start_index + len(token.value))
    at = blanks.end() if blanks else 0
    if atom.tag.kind != "details" or not token.source.startswith(title, at):
        return atom.opening.made(title)
    file, offset = atom.opening.origin(0)
    return MappedLine(title, (Segment(0, file, offset + at - token.start_index, 1),))


# Containers of Python-Markdown.


def admonition(parser: BlockParser, level: Level) -> bool:
    """`!!! note "Title"` and `??? note "Title"`, with an indented body."""
    line, lead = _head(level)
    found, opened = None, None
    if "!!!" in parser.native and (found := NATIVE_ADMONITION.match(line.text)):
        classes, title = found[1], found[2]
    elif "???" in parser.native and (found := NATIVE_DETAILS.match(line.text)):
        classes, title, opened = found[2] or found[4] or "", found[3], bool(found[1])
    else:
        return False
    classes = re.sub(r" +", " ", classes.lower())
    if title is None:
        title = classes.split(" ")[0].capitalize()
    at = max(line.text.find(f'"{title}"') + 1, 0)
    text = line.cut(at, at + len(title)) if at else line.made(title)
    heading = Title(line, line, [text]) if title else None
    inner, last = _body(level, lead)
    level.append(Admonition(line, last, parser.read(inner, level.depth + 1), heading, classes, opened))
    return True


def native_tabs(parser: BlockParser, level: Level) -> bool:
    """`=== "Title"` with an indented body; tabs right below each other are a set."""
    line, lead = _head(level)
    found = NATIVE_TAB.match(line.text) if "===" in parser.native else None
    if found is None:
        return False
    title = Title(line, line, [line.cut(found.start(2), found.end(2))])
    inner, last = _body(level, lead)
    flags = found[1] or ""
    tab = Tab(line, last, parser.read(inner, level.depth + 1), title, selected="+" in flags)
    before = next((block for block in reversed(level.blocks) if not isinstance(block, Blank)), None)
    if isinstance(before, Tabs) and "!" not in flags:
        before.children.append(tab)
        before.last = last
    else:
        level.append(Tabs(line, last, [tab]))
    return True


def _head(level: Level) -> tuple[MappedLine, int]:
    """The line that opens a container, and how far it is indented: Python-Markdown's items are four columns wide."""
    line = level.line
    lead = len(line.text) - len(line.text.lstrip(" ")) if level.depth else 0
    return line.cut(lead), lead


def _body(level: Level, lead: int) -> tuple[list[MappedLine], MappedLine]:
    """The indented lines below a head, which are stepped over, and the last of them."""
    start = level.at + 1
    end = at = start
    while at < len(level.lines):
        text = level.lines[at].text
        if INDENT.match(text) and not is_blank(text):
            end = at + 1
        elif not is_blank(text):
            break
        at += 1
    level.at = end
    return [_without(_indented_less(line), lead) for line in level.lines[start:end]], level.lines[end - 1]


def _without(line: MappedLine, lead: int) -> MappedLine:
    return line.cut(min(lead, len(line.text) - len(line.text.lstrip(" ")))) if lead else line


def generic_block(parser: BlockParser, level: Level) -> bool:
    """`/// NAME | argument`, options, and a body up to as many slashes."""
    found = NATIVE_GENERIC.match(level.line.text) if "///" in parser.native else None
    if found is None:
        return False
    start, slashes = level.at, found[1]
    end = _closing_slashes(parser, level, slashes)
    if end is None:
        message = make_message("markup-unclosed-block", "block", slashes=slashes)
        parser.report(message, level.line, found.start(1), found[2])
        return False
    body = start + 1
    while body < end and INDENT.match(level.lines[body].text):
        body += 1
    head = NativeBlock(level.line, level.lines[body - 1], level.lines[start:body])
    children = parser.read(level.lines[body:end], level.depth + 1)
    level.append(GenericBlock(level.line, level.lines[end], children, head, slashes), end + 1 - start)
    return True


def _closing_slashes(parser: BlockParser, level: Level, slashes: str) -> int | None:
    """The line that closes a block, past blocks inside it that are closed by as many slashes."""
    if parser.gives_up(slashes):
        return None
    depth = 1
    for at in range(level.at + 1, len(level.lines)):
        text = level.lines[at].text.strip(" ")
        if text == slashes:
            depth -= 1
            if depth == 0:
                return at
        elif (inner := NATIVE_GENERIC.match(text)) and inner[1] == slashes:
            depth += 1
    parser.gives_up(slashes, found=False)
    return None

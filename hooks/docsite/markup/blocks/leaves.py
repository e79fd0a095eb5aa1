"""Rules for blocks that hold text: headings, paragraphs, code, rules, definitions of links and abbreviations."""

from __future__ import annotations

import re

from docsite.diagnostics.messages import make_message
from docsite.markup.blocks.level import Level
from docsite.markup.blocks.parsing import BlockParser
from docsite.markup.blocks.patterns import (
    ABBREVIATION,
    ATOM,
    ATOM_SIGN,
    FENCE,
    HEADING,
    HEADING_END,
    HEADING_ID,
    INDENT,
    LINK_DEFINITION,
    RULE,
    UNDERLINE,
    begins_native,
    ends_lazily,
    ends_paragraph,
    is_blank,
)
from docsite.markup.blocks.tree import (
    Abbreviation,
    CodeBlock,
    HeadingBlock,
    LinkDefinition,
    Paragraph,
    ThematicBreak,
)
from docsite.markup.source_map import BLANKS, MappedLine

_NO_BREAK = re.compile("[\u00a0\u202f]")
_LOOKS_LIKE_BLOCK = re.compile("(#{1,6}|[-*+]|\\d+\\.|>)(?P<space>[\u00a0\u202f])(?=\\S)")


# Code.


def indented_code(parser: BlockParser, level: Level) -> None:
    """Lines indented by four columns, and those that carry the last of them on."""
    start, end = level.at, level.at
    body: list[MappedLine] = []
    while not level.done:
        text = level.line.text
        if is_blank(text):
            body.append(level.line.cut(0, 0))
        elif (indent := INDENT.match(text)) and not text.lstrip(" \t").startswith(ATOM_SIGN):
            body.append(level.line.cut(indent.end()))
            end = level.at + 1
        elif level.at == start or is_blank(level.text_at(level.at - 1)) or ends_lazily(level.whole_text(level.at)):
            break
        else:
            if text.lstrip(" ")[0] == "\t":
                body.append(level.line)
            else:
                body[-1] = body[-1] + " " + level.line
            end = level.at + 1
        level.at += 1
    while body and is_blank(body[-1].text):
        body.pop()
    level.at = end
    level.append(CodeBlock(level.lines[start], level.lines[end - 1], unfolded(parser, body)))


def fence(parser: BlockParser, level: Level) -> bool:
    """Code between two fences."""
    opening = FENCE.match(level.line.text)
    if opening is None or ("`" in opening[2] and opening[1][0] == "`"):
        return False
    end = _closing_fence(parser, level, opening[1])
    if end is None:
        message = make_message("markup-unclosed-fence", "fence", fence=opening[1])
        parser.report(message, level.line, opening.start(1))
        return False
    body = level.lines[level.at + 1 : end]
    margin = min([opening.start(1), *(_lead(line) for line in body if not line.blank)])
    body = [line.cut(min(margin, _lead(line))) if margin else line for line in body]
    for line, at in ((level.line, opening.end(1)), (level.lines[end], len(level.lines[end].text.rstrip()))):
        if _NO_BREAK.match(line.text, at):
            parser.report_no_break_space(line, at, opening[1])
    info = opening[2].strip()
    code = CodeBlock(level.line, level.lines[end], unfolded(parser, body), info=info, fenced=True)
    level.append(code, end + 1 - level.at)
    return True


def _closing_fence(parser: BlockParser, level: Level, mark: str) -> int | None:
    if parser.gives_up(mark):
        return None
    closing = re.compile(rf" {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}\s*$")
    for at in range(level.at + 1, len(level.lines)):
        if closing.match(level.lines[at].text):
            return at
    parser.gives_up(mark, found=False)
    return None


def _lead(line: MappedLine) -> int:
    return len(line.text) - len(line.text.lstrip(" "))


def unfolded(parser: BlockParser, lines: list[MappedLine]) -> list[MappedLine]:
    """Code with the text of block tags in their place: no block can stand in code."""
    result: list[MappedLine] = []
    for line in lines:
        found = ATOM.search(line.text) if ATOM_SIGN in line.text else None
        if found is None:
            result.append(line)
            continue
        atom = parser.atoms[int(found[1])]
        name = atom.tag.token.value
        parser.report(make_message("liquid-block-in-code", "code", tag=name), atom.opening, target=name)
        result += unfolded(parser, [line.cut(0, found.start()), *atom.lines, line.cut(found.end())])
    return result


# Headings and text.


def heading(parser: BlockParser, level: Level) -> bool:
    """`## A heading`."""
    line = level.line
    found = HEADING.match(line.text)
    if found is None or found[2].startswith(ATOM_SIGN):
        return False
    rest = _before_atom(line, found.start(2))
    text, name = _heading_text(rest.text[found.start(2) :])
    text = HEADING_END.sub("", text).rstrip(BLANKS)
    if not text:
        return False
    begin = found.start(2) + len(found[2]) - len(found[2].lstrip(BLANKS))
    content = line.cut(begin, begin + len(text.lstrip(BLANKS)))
    parser.note_parted([content], line.text[len(rest.text) :])
    level.append(HeadingBlock(line, line, [content], len(found[1]), name))
    level.replace(1, line.cut(len(rest.text)))
    return True


def underlined_heading(_: BlockParser, level: Level) -> bool:
    """A line of text underlined by `===` or `---`."""
    line = level.line
    if level.at + 1 >= len(level.lines) or not level.after_boundary or ATOM_SIGN in line.text:
        return False
    under = UNDERLINE.match(level.text_at(level.at + 1))
    if under is None:
        return False
    text, name = _heading_text(line.text)
    if not text.strip():
        return False
    begin = len(text) - len(text.lstrip(BLANKS))
    content = line.cut(begin, len(text))
    made = HeadingBlock(line, level.lines[level.at + 1], [content], 1 if under[1][0] == "=" else 2, name)
    level.append(made, 2)
    return True


def _heading_text(text: str) -> tuple[str, str]:
    """The text of a heading and its explicit id."""
    text = text.rstrip(BLANKS)
    named = HEADING_ID.search(text)
    return (text[: named.start()].rstrip(BLANKS), named[1]) if named else (text, "")


def thematic_break(_: BlockParser, level: Level) -> bool:
    """A rule across the page."""
    if RULE.match(level.line.text) is None:
        return False
    level.append(ThematicBreak(level.line, level.line, [level.line.cut(0, 0)]), 1)
    return True


def paragraph(parser: BlockParser, level: Level) -> None:
    """Whatever nothing else is; text right below a paragraph belongs to it."""
    first, start = level.line, level.at
    lines: list[MappedLine] = []
    while True:
        line = level.line
        kept = _before_atom(line, 0)
        _warn_of_no_break_space(parser, kept)
        lines.append(kept)
        if len(kept.text) < len(line.text):
            parser.note_parted([*lines], line.text[len(kept.text) :])
            level.replace(1, line.cut(len(kept.text)))
            break
        level.at += 1
        if level.done or _ends(parser, level.whole_text(level.at)):
            break
    before = level.last
    lines[-1] = lines[-1].cut(0, len(lines[-1].text.rstrip(BLANKS)))
    if isinstance(before, Paragraph):
        broken = start > 0 and level.text_at(start - 1).endswith("  ")
        above = [*before.lines[:-1], before.lines[-1] + "  "] if broken else before.lines
        before.lines = [*above, *lines]
        before.last = lines[-1]
        return
    lines[0] = lines[0].cut(len(lines[0].text) - len(lines[0].text.lstrip(BLANKS)))
    level.append(Paragraph(first, lines[-1], lines))


def _ends(parser: BlockParser, text: str) -> bool:
    return ends_paragraph(text) or begins_native(parser.native, text)


def _before_atom(line: MappedLine, begin: int) -> MappedLine:
    """The line up to a block tag in it, which is a block of its own."""
    at = line.text.find(ATOM_SIGN, begin)
    return line if at < 0 else line.cut(0, at)


def _warn_of_no_break_space(parser: BlockParser, line: MappedLine) -> None:
    """A no-break space where Markdown wants a space makes text of what was to be a block, and nobody sees why."""
    if not _NO_BREAK.search(line.text):
        return
    found = _LOOKS_LIKE_BLOCK.match(line.text.lstrip(" "))
    if found:
        parser.report_no_break_space(line, len(line.text) - len(line.text.lstrip(" ")) + found.start("space"), found[1])


# Definitions.


def abbreviation(_: BlockParser, level: Level) -> bool:
    """`*[HTML]: HyperText Markup Language`."""
    found = ABBREVIATION.match(level.line.text)
    if found is None or ATOM_SIGN in level.line.text:
        return False
    level.append(Abbreviation(level.line, level.line, [level.line], found[1], found[2].strip()), 1)
    return True


def link_definition(_: BlockParser, level: Level) -> bool:
    """`[label]: address "title"`; the title may stand on the next line."""
    line = level.line
    following = level.lines[level.at + 1] if level.at + 1 < len(level.lines) else None
    text = f"{line.text}\n{following.text}" if following is not None else line.text
    found = LINK_DEFINITION.match(text)
    if found is None or ATOM_SIGN in found[0]:
        return False
    lines = [line, following] if following is not None and "\n" in found[0] else [line]
    address = 2 if found[2] is not None else 3
    title = found[4] or found[5] or found[6] or ""
    made = LinkDefinition(line, lines[-1], lines, found[1], found.start(address), found.end(address), title)
    level.append(made, len(lines))
    return True

"""What a single line of kramdown can be, and small changes to one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docsite.markup.blocks import attribute_lists
from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.source_map import MappedLine, Segment

MARKER = re.compile(r"([*+-]|\d+\.)([ \t]+|$)")
FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*)$")
HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")
EXPLICIT_ID = re.compile(r"[ \t]+\{#([A-Za-z][\w:-]*)\}[ \t]*$")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
RULE = re.compile(r"([*_-])(?:[ \t]*\1){2,}[ \t]*$")
BLOCK_EDGE = re.compile(r"(/{3,})(?:[ \t]+[\w-]+(?: \| )?|$)")
TABLE_RULE = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
QUOTE = re.compile(r"> ?")
HARD_BREAK = re.compile(r"(?<=\S)\\{1,2}$")
EXTENSION = re.compile(
    r"\{::(comment|nomarkdown|options)\b[^}]*?(/?)\}[ \t]*$|\{:/(?:comment|nomarkdown|options)?\}[ \t]*$"
)
"""An extension of kramdown's on lines of its own: `{::comment}` hides text, the others only say how to read it."""

CODE_INDENT = 4
WIDTH = 4
"""Columns by which Python-Markdown nests."""


def is_table(lines: Sequence[MappedLine], index: int, text: str) -> bool:
    follower = lines[index + 1].text.strip() if index + 1 < len(lines) else ""
    if "|" not in text:
        return False
    return ("|" in follower and bool(TABLE_RULE.match(follower))) or text.startswith("|")


def fence_length(lines: Sequence[MappedLine], index: int) -> int:
    """How many lines a fence takes; 0 when it never closes, and so is text."""
    opening = FENCE.search(lines[index].text)
    mark = opening[1] if opening else "```"
    closing = re.compile(rf"[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    return next((at - index + 1 for at in range(index + 1, len(lines)) if closing.match(lines[at].text)), 0)


def extension_length(lines: Sequence[MappedLine], index: int, opening: re.Match[str]) -> int:
    """How many lines an extension takes out of the page: a comment all of it, any other its own marks."""
    if opening[1] != "comment" or opening[2]:
        return 1
    ends = ("{:/}", "{:/comment}")
    return next((at - index + 1 for at in range(index, len(lines)) if lines[at].text.strip() in ends), 1)


def quote_body(lines: Sequence[MappedLine], index: int) -> list[MappedLine]:
    """The inside of the quote that begins on a line: quoted lines, and those that lazily carry on its text."""
    inner: list[MappedLine] = []
    for at in range(index, len(lines)):
        line = lines[at]
        bare = line.strip() if inner else line.cut(len(line.text) - len(line.text.lstrip(" ")))
        if bare.text.startswith(">"):
            inner.append(line.cut(line.text.index(">") + quote_mark(bare)))
        elif bare.blank or inner[-1].blank or starts_block(bare.text):
            break
        else:
            inner.append(bare)
    return inner


def starts_block(text: str) -> bool:
    """Whether a line ends the paragraph above it by beginning a block of its own."""
    starts = (MARKER, FENCE, HEADING, BLOCK_EDGE, RULE, attribute_lists.LIST_LINE)
    return text.startswith(">") or any(pattern.match(text) for pattern in starts)


def quote_mark(line: MappedLine) -> int:
    """Columns that a quote mark takes, with the blank behind it but without the mark's own place."""
    mark = QUOTE.match(line.text)
    return mark.end() if mark else 0


def edit_line(line: MappedLine, edits: Sequence[tuple[int, int, str]]) -> MappedLine:
    """The line with stretches of it replaced, in one go, since a line may have thousands."""
    parts: list[MappedLine] = []
    at = 0
    for start, stop, text in sorted(edits):
        parts += [line.cut(at, start), line.made(text, start)]
        at = stop
    return join_lines([*parts, line.cut(at)])


def join_lines(parts: Sequence[MappedLine]) -> MappedLine:
    """Lines one after the other as one line."""
    runs: list[Segment] = []
    column = 0
    for part in parts:
        if part.text:
            runs += [run._replace(column=run.column + column) for run in part.runs]
            column += len(part.text)
    return MappedLine("".join(part.text for part in parts), tuple(runs) or parts[0].runs)


def dedent_line(line: MappedLine, margin: int) -> MappedLine:
    indent = len(line.text) - len(line.text.lstrip(" "))
    return line.cut(min(indent, margin))


def expand_tabs(line: MappedLine) -> MappedLine:
    """The line with spaces for the tabs of its indentation."""
    indent = line.text[: len(line.text) - len(line.text.lstrip(" \t"))]
    return line.made(indent.expandtabs(4)) + line.cut(len(indent)) if "\t" in indent else line


def fence_head(line: MappedLine, own: AttributeList) -> MappedLine:
    """The head of a fence with attributes, as superfences reads it: the language is the first class."""
    mark, info = FENCE.findall(line.text)[0]
    language = next(iter(info.split()), "")
    classes = [name.removeprefix("language-") for name in own.classes if name.startswith("language-")]
    rest = AttributeList(own.id, [name for name in own.classes if not name.startswith("language-")], own.pairs)
    first = language or (classes[0] if classes else "text")
    return line.made(f"{mark} {{ .{first} {rest.markup()} }}")


def collect_definitions(lines: Sequence[MappedLine]) -> dict[str, AttributeList]:
    """Every `{:name: ...}` of a page, wherever it stands; one may build on those before it."""
    found: dict[str, AttributeList] = {}
    for line in lines:
        listed = attribute_lists.LIST_LINE.match(line.text) if "{:" in line.text else None
        named = attribute_lists.parse_definition(listed[1]) if listed else None
        if named:
            found.setdefault(named[0], AttributeList()).add(attribute_lists.parse_attribute_list(named[1], found))
    return found

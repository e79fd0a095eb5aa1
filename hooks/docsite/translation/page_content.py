"""What a translation must keep of a page: its sections, and in each the code, links, tables and names.

All of it follows from the block tree of one page, so it is kept with the page's summary.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from docsite.diagnostics.position import Position
from docsite.markup.blocks import tree
from docsite.markup.inlines import inline_nodes
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.markup.placeholders import BASEURL, BASEURL_TAG
from docsite.translation.comparable_address import comparable_address
from docsite.translation.section_content import Item, SectionContent

_TEXT_LANGUAGES = ("", "text", "txt", "plain", "plaintext", "console", "mermaid", "output", "markdown", "md")
"""Languages of code whose text may be prose."""

_PROSE_IN_CODE = re.compile(
    r"""
    \"{3}[\s\S]*?\"{3} | (?P<string>\"[^\"\n]*\" | '[^'\n]*' | `[^`]*`)
    | /\*[\s\S]*?\*/ | <!--[\s\S]*?-->
    | (?:^|(?<=\s))(?:\#|//|(?:--|;|%|(?i:REM)|\.{3})[ \t]).*$  # comments, and what is left out of an example
    | (?<=[>}])[^<>{};=]*(?=[<{])  # between the tags of HTML and its kin
    | \b(?i:your|my|votre|vos|mon|ma|mes)[-_][\w-]+  # names that a reader replaces
    """,
    re.MULTILINE | re.VERBOSE,
)
"""What a translator translates in code."""

_PLACEHOLDER = re.compile(r"<[^<>\n]+>")
_SHELLS = ("sh", "bash", "shell", "zsh", "fish", "powershell", "bat", "cmd")
"""Languages of commands, in which `<name>` stands for what a reader has to fill in."""


def read_content(
    document: tree.Document,
    inlines: DocumentInlines,
    languages: Collection[str],
    locate: Callable[[int], Position],
) -> tuple[SectionContent, ...]:
    """The sections of a page.

    Args:
        languages: of the site; addresses are compared without them.
        locate: gives the position of an offset in the text of the document.
    """
    has_text = bool(document.text.text)  # which also gives the leaves their offsets
    return tuple(_ContentReader(inlines, languages, locate if has_text else _locate_nothing).read(document))


def add_includes(
    sections: Sequence[SectionContent], included_at: Mapping[str, Sequence[Position]], languages: Collection[str]
) -> tuple[SectionContent, ...]:
    """The sections with the includes of the page, each in the section in which its tag stands.

    Args:
        included_at: of each included file, by path, the tags of the page that bring it in, outer files first.
        languages: of the site; a file may be named for one of them.
    """
    languages_in_names = re.compile(rf"[._-](?:{'|'.join(map(re.escape, languages))})(?=\.)", re.IGNORECASE)
    tags = {tag: path for path, places in reversed([*included_at.items()]) for tag in places}
    own = [number for number, section in enumerate(sections) if section.position.file == 0]
    items: dict[int, tuple[Item, ...]] = {}
    for tag, path in sorted(tags.items()):
        name = PurePosixPath(path).name
        number = max((number for number in own if sections[number].position <= tag), default=0)
        items[number] = (*items.get(number, ()), Item("include", languages_in_names.sub("", name), name, tag, 0))
    return tuple(
        section._replace(items=(*section.items, *items.get(number, ()))) for number, section in enumerate(sections)
    )


def _locate_nothing(_offset: int) -> Position:
    return Position(0, 1, 1)


class _ContentReader:
    def __init__(self, inlines: DocumentInlines, languages: Collection[str], locate: Callable[[int], Position]) -> None:
        self._inlines = inlines
        self._languages = tuple(languages)
        self._locate = locate
        self._items: list[Item] = []
        self._blocks: list[str] = [""]

    def read(self, document: tree.Document) -> Iterator[SectionContent]:
        level, title, name, offset = 0, "", "", 0
        for block in document.children:
            if isinstance(block, tree.HeadingBlock):
                yield self._section(level, title, name, offset)
                level, name, offset = block.level, block.id, block.start
                self._inline(block)
                title = self._blocks[0].strip()
            else:
                self._blocks.append("")
                for part in block.walk():
                    self._block(part)
        yield self._section(level, title, name, offset)

    def _section(self, level: int, title: str, name: str, offset: int) -> SectionContent:
        section = SectionContent(level, title, name, self._locate(offset), tuple(self._items), tuple(self._blocks))
        self._items, self._blocks = [], [""]
        return section

    def _add(self, kind: str, value: str, shown: str, offset: int, size: int = 0) -> None:
        self._items.append(Item(kind, value, shown, self._locate(offset), len(self._blocks) - 1, size))

    def _block(self, block: tree.Block) -> None:
        if isinstance(block, tree.CodeBlock):
            self._add("code", _code_value(block), _first_line(block.text), block.start)
        elif isinstance(block, tree.InlineLeaf):
            self._inline(block)
        elif isinstance(block, tree.Alert | tree.Admonition):
            kind = block.kind if isinstance(block, tree.Alert) else block.classes.partition(" ")[0]
            self._add("alert", kind, kind, _first_offset(block))
        elif isinstance(block, tree.Table):
            rows = block.rows()
            size = f"{len(rows)} × {len(rows[0].children) if rows else 0}"
            self._add("table", size, size, _first_offset(block))
        elif isinstance(block, tree.List):
            count = f"{len(block.children)}"
            self._add("list", count, count, _first_offset(block))
        elif isinstance(block, tree.Tabs):
            count = f"{len(block.children)}"
            self._add("tabs", count, count, _first_offset(block))

    def _inline(self, leaf: tree.InlineLeaf) -> None:
        found = self._inlines.nodes(leaf)
        self._blocks[-1] += f"{inline_nodes.plain_text(found)}\n"
        for node in inline_nodes.walk(found):
            offset = leaf.start + node.start
            if isinstance(node, inline_nodes.Code):
                name = " ".join(node.value.split())
                self._add("name", name, name, offset)
            elif isinstance(node, inline_nodes.InlineLink):
                address, size = node.address.replace(BASEURL, ""), len(inline_nodes.plain_text(node.children))
                value = comparable_address(node.address, self._languages)
                self._add("image" if node.image else "link", value, address, offset, size)


def _code_value(block: tree.CodeBlock) -> str:
    """Code without what is translated and without blanks; "" for a language whose text may be prose."""
    language = block.language.strip().lower()
    if language in _TEXT_LANGUAGES:
        return ""
    text = _PLACEHOLDER.sub("", block.text) if language in _SHELLS else block.text
    bare = _PROSE_IN_CODE.sub(lambda match: '""' if match["string"] else "", text)
    return re.sub(r"\s+", "", bare)


def _first_line(text: str) -> str:
    text = text.replace(BASEURL, BASEURL_TAG)
    return next((line.strip() for line in text.splitlines() if line.strip()), "")[:60]


def _first_offset(block: tree.Block) -> int:
    return next((part.start for part in block.walk() if isinstance(part, tree.Leaf)), 0)

"""The text that `writer` writes, read back into blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from docsite.markup.blocks.attribute_lists import AttributeList
from docsite.markup.placeholders import MARKER_START, MARKERS, TAB, decode_marker


@dataclass(slots=True)
class WrittenBlock:
    """A block.

    Attributes:
        kind: the name of its class in `tree`, in small letters.
        fields: what the writer noted of it.
    """

    kind: str
    attributes: AttributeList | None
    fields: list[Any]
    text: str = ""
    children: list[WrittenBlock] = field(default_factory=list)

    def walk(self) -> Iterator[WrittenBlock]:
        """This block and all inside it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def walk_up(self) -> Iterator[WrittenBlock]:
        """This block and all inside it, containers after what they hold."""
        for child in self.children:
            yield from child.walk_up()
        yield self


@dataclass(slots=True)
class WrittenPage:
    """The blocks of a page, and its attribute lists with a name."""

    blocks: list[WrittenBlock]
    definitions: Mapping[str, AttributeList]

    def walk(self) -> Iterator[WrittenBlock]:
        for block in self.blocks:
            yield from block.walk()

    def walk_up(self) -> Iterator[WrittenBlock]:
        for block in self.blocks:
            yield from block.walk_up()

    def footnotes(self, marks: Callable[[str], Iterable[str]]) -> dict[str, WrittenBlock]:
        """Footnotes by label, in the order in which the text names them; those it does not name come last.

        Args:
            marks: the labels that running text names.
        """
        meant = {block.fields[0]: block for block in self.walk_up() if block.kind == "footnotedefinition"}
        ordered: dict[str, WrittenBlock] = {}
        named = list(_named_labels(self.blocks, marks)) if meant else []
        for label in named:
            if label in meant and label not in ordered:
                ordered[label] = meant[label]
                named += _named_labels(meant[label].children, marks)
        return ordered | meant


def _named_labels(blocks: Iterable[WrittenBlock], marks: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Labels of footnotes in the text of blocks, other footnotes aside."""
    for block in blocks:
        if block.kind not in ("footnotedefinition", "codeblock", "htmlblock"):
            yield from marks(block.text) if "[^" in block.text else ()
            yield from _named_labels(block.children, marks)


_CONTAINERS = frozenset(
    (
        *("list", "listitem", "quote", "row", "cellblocks", "table", "definitionlist", "definition"),
        *("footnotedefinition", "htmlelement", "alert", "tabs", "tab", "details", "declaredblock", "admonition"),
        "genericblock",
    )
)


def is_written(text: str) -> bool:
    """Whether a text was written by `writer`."""
    return text.startswith(f"{MARKER_START}page")


def read_written(lines: list[str]) -> WrittenPage:
    """Read a page. Lines that another plugin put between blocks are text of the block above."""
    page = WrittenPage([], {})
    opened: list[list[WrittenBlock]] = [page.blocks]
    leaf: WrittenBlock | None = None
    text: list[str] = []
    for line in lines:
        found = MARKERS.match(line)
        if found is None:
            text.append(line)
            continue
        _finish(leaf, text)
        leaf, text = None, [line[found.end() :]]
        payload = decode_marker(found[2]) if found[1] != "end" else None
        if found[1] == "page":
            page.definitions = {name: read_attributes(said) for name, said in (payload or {}).items()}
        elif found[1] == "end":
            if len(opened) > 1:
                opened.pop()
        elif isinstance(payload, list) and payload:
            block = WrittenBlock(found[1], read_attributes(payload[0]) if payload[0] else None, payload[1:])
            opened[-1].append(block)
            if block.kind in _CONTAINERS:
                opened.append(block.children)
            else:
                leaf = block
    _finish(leaf, text)
    return page


def _finish(leaf: WrittenBlock | None, text: list[str]) -> None:
    if leaf is not None:
        leaf.text = "\n".join(text[:-1] if len(text) > 1 and not text[-1] else text).replace(TAB, "\t")


def read_attributes(payload: list[Any]) -> AttributeList:
    """Read what `AttributeList.payload` gives."""
    return AttributeList(payload[0], payload[1], payload[2])

"""The nodes of a part of running text while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from docsite.markup.inlines.inline_nodes import Node, Text


@dataclass(slots=True)
class Scope:
    """A part being read.

    Attributes:
        stop: where it ends.
        close: what closes it.
        around: the elements around it.
        edge: where the last node or sign ends, behind which the next quotation mark stands as at the beginning.
        elements: closing tags of the elements of raw HTML that are open in it.
    """

    stop: int
    close: str
    around: frozenset[str]
    edge: int
    nodes: list[Node] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    text_start: int = 0
    elements: list[str] = field(default_factory=list)

    def add(self, text: str, at: int) -> None:
        """Add text as it is shown."""
        if text:
            if not self.text:
                self.text_start = at
            self.text.append(text)

    def sign(self, text: str, at: int, end: int) -> int:
        """Add text for a sign, behind which nothing stands for the next quotation mark; returns where to go on."""
        self.add(text, at)
        self.edge = end
        return end

    def flush(self, end: int) -> None:
        """Make a node of the text added."""
        if self.text:
            self.nodes.append(Text(self.text_start, end, "".join(self.text)))
            self.text = []

    def append(self, node: Node) -> int:
        """Add a node; returns where to go on."""
        self.flush(node.start)
        self.nodes.append(node)
        self.edge = node.stop
        return node.stop

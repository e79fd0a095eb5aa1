"""What Python-Markdown alone makes of a page: the ids it sets and the addresses it holds."""

from __future__ import annotations

import traceback
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markdown import Extension, Markdown
from selectolax.lexbor import LexborHTMLParser

from docsite.markup.native.taken_files import CLOCK, watch_snippets

_ATTRIBUTES = ("href", "src")


@dataclass(frozen=True)
class PageHtml:
    """The HTML of a page.

    Attributes:
        ids: every id it sets, and every `<a name>`.
        repeated: ids that more than one element has.
        addresses: of links and images, in order.
        failed: the extension that fails on the page, of which nothing is known then; else "".
        inputs: what else than its text it follows from: `file PATH`, or `CLOCK` where that cannot be said.
    """

    ids: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    failed: str = ""
    inputs: frozenset[str] = frozenset()


@dataclass
class MarkdownRenderer:
    """Python-Markdown as a site configures it."""

    extensions: Sequence[str | Extension]
    configs: Mapping[str, Mapping[str, Any]]
    _markdown: Markdown | None = None
    _inputs: set[str] = field(default_factory=set)

    def render(self, text: str) -> PageHtml:
        """Render a page, unless an extension fails, as it may without MkDocs."""
        self._inputs.clear()
        try:
            if self._markdown is None:
                self._markdown = Markdown(extensions=list(self.extensions), extension_configs=dict(self.configs))
                watch_snippets(self._markdown, self._inputs)
            html = self._markdown.reset().convert(text)
        except Exception as error:  # noqa: BLE001 - extensions raise what they like
            self._markdown = None
            return PageHtml(failed=self._module_of(error), inputs=frozenset([CLOCK]))
        return replace(_read(html), inputs=frozenset(self._inputs))

    def _module_of(self, error: Exception) -> str:
        """The innermost extension in which an error was raised, or else the innermost module that does not import."""
        names = [one if isinstance(one, str) else type(one).__module__ for one in self.extensions]
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        modules = [str(frame.f_globals.get("__name__", "")) for frame in reversed(frames)]
        found = (name for module in modules for name in names if f".{module}".endswith(f".{name}"))
        return next(found, next(module for module in modules if not module.startswith("importlib")))


def _read(html: str) -> PageHtml:
    tree = LexborHTMLParser(html)
    ids = [name for node in tree.css("[id]") if (name := node.attributes.get("id"))]
    names = (name for node in tree.css("a[name]") if (name := node.attributes.get("name")))
    repeated = tuple(name for name, times in Counter(ids).items() if times > 1)
    nodes = tree.css(", ".join(f"[{name}]" for name in _ATTRIBUTES))
    addresses = (node.attributes.get(name) for node in nodes for name in _ATTRIBUTES)
    written = tuple(address for address in addresses if address is not None)
    return PageHtml((*ids, *names), repeated, written)

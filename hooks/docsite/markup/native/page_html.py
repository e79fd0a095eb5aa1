"""What Python-Markdown alone makes of a page: the ids it sets and the addresses it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown import Extension, Markdown
from selectolax.lexbor import LexborHTMLParser

_ATTRIBUTES = ("href", "src")


@dataclass(frozen=True)
class PageHtml:
    """The HTML of a page.

    Attributes:
        ids: every id it sets, and every `<a name>`.
        addresses: of links and images, in order.
        complete: whether that is all, which it is not where an extension fails outside a build.
    """

    ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    complete: bool = True


@dataclass
class MarkdownRenderer:
    """Python-Markdown as a site configures it."""

    extensions: Sequence[str | Extension]
    configs: Mapping[str, Mapping[str, Any]]
    _markdown: Markdown | None = None

    def render(self, text: str) -> PageHtml:
        """Render a page; what an extension cannot do without MkDocs leaves the result incomplete."""
        try:
            if self._markdown is None:
                self._markdown = Markdown(extensions=list(self.extensions), extension_configs=dict(self.configs))
            html = self._markdown.reset().convert(text)
        except Exception:  # noqa: BLE001 - extensions raise what they like, and MkDocs will report it
            self._markdown = None
            return PageHtml(complete=False)
        return _read(html)


def _read(html: str) -> PageHtml:
    tree = LexborHTMLParser(html)
    ids = [node.attributes.get("id") for node in tree.css("[id]")]
    ids += (node.attributes.get("name") for node in tree.css("a[name]"))
    nodes = tree.css(", ".join(f"[{name}]" for name in _ATTRIBUTES))
    addresses = (node.attributes.get(name) for node in nodes for name in _ATTRIBUTES)
    return PageHtml(tuple(filter(None, ids)), tuple(address for address in addresses if address is not None))

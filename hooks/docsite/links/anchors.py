"""Fragments of links: whether a page has them, and which to write."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import make_message
from docsite.links.link_problem import LinkProblem
from docsite.links.link_suggestions import LinkSuggestions
from docsite.links.page_index import ANY_ID, LinkTarget


class AnchorResolver:
    """Resolves the fragments of links to the pages of one site."""

    def __init__(self, suggestions: LinkSuggestions) -> None:
        self._suggestions = suggestions
        self._resolved: dict[tuple[str, str], tuple[tuple[LinkProblem, ...], str]] = {}

    def resolve(self, target: LinkTarget, fragment: str) -> tuple[tuple[LinkProblem, ...], str]:
        """What is wrong with a fragment, and the fragment to write; the same on every page that links there."""
        key = (target.path, fragment)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(target, fragment)
        return self._resolved[key]

    def _resolve(self, target: LinkTarget, fragment: str) -> tuple[tuple[LinkProblem, ...], str]:
        """The same, looked up.

        A fragment is compared as browsers do: decoded, letter case kept; accents match in either Unicode form. A
        further anchor of a heading gives way to the heading's id.
        """
        wanted = unquote(fragment.partition(":~:")[0])
        ids = target.ids()
        if not wanted or wanted.lower() == "top" or ANY_ID in ids:
            return (), fragment
        if wanted not in ids and not wanted.isascii():
            composed = unicodedata.normalize("NFC", wanted)
            wanted = next((name for name in ids if unicodedata.normalize("NFC", name) == composed), wanted)
        if wanted in ids:
            return (), fragment if ids[wanted] == wanted and wanted == fragment else ids[wanted]
        plain = _plain_id(wanted)
        meant = ids.get(plain if plain in ids else LikelyNames(ids).find(wanted), "")
        message = make_message("link-missing-anchor", "page", page=target.path, anchor=wanted)
        sure = self._suggestions.sure(wanted, ids, lambda found: f"#{ids[found]}")
        return (LinkProblem(message, f"#{meant}" if meant else "", sure),), fragment


def _plain_id(anchor: str) -> str:
    """An anchor as Python-Markdown makes ids of headings unless a site says otherwise: without what is not ASCII."""
    return unicodedata.normalize("NFKD", anchor.lower()).encode("ascii", "ignore").decode()

"""Links to pages upstream, by the inventory of these."""

from __future__ import annotations

from urllib.parse import SplitResult, unquote

from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import make_message
from docsite.links.address_forms import based_form, escaped, quoted, tail_of
from docsite.links.inventory import Inventory, normalize_path
from docsite.links.link_problem import LinkProblem
from docsite.links.link_suggestions import LinkSuggestions
from docsite.links.page_index import LinkTarget
from docsite.links.resolved import Resolved
from docsite.markup.placeholders import BASEURL


class UpstreamResolver:
    """Resolves links to the pages of an inventory."""

    def __init__(self, upstream: Inventory, suggestions: LinkSuggestions) -> None:
        self._upstream = upstream
        self._suggestions = suggestions

    def resolve(self, page: LinkTarget, locale: str, path: str, parts: SplitResult) -> Resolved | None:
        """The page upstream, if it is known and exists in the language."""
        problems: list[LinkProblem] = []
        wanted, fragment = normalize_path(path), parts.fragment
        if wanted in self._upstream.moved:
            new, _, anchor = self._upstream.moved[wanted].partition("#")
            fragment, wanted = anchor or fragment, normalize_path(new)
            tail = tail_of(parts.query, fragment)
            message = make_message("link-moved", "moved", old=path, new=new)
            problems.append(LinkProblem(message, based_form(new + tail), BASEURL + escaped(new) + tail))
        known = self._upstream.pages.get(wanted)
        if known is None or locale not in self._upstream.base or known.only not in ("", locale):
            return None
        anchors = known.anchors.get(locale)
        if fragment and anchors is not None and unquote(fragment) not in anchors:
            message = make_message("link-missing-anchor", "external", page=known.path, anchor=fragment)
            meant = LikelyNames(anchors).find(unquote(fragment))
            sure = self._suggestions.sure(unquote(fragment), anchors, lambda found: f"#{found}")
            problems.append(LinkProblem(message, f"#{meant}" if meant else "", sure))
        address = self._upstream.base[locale] + quoted(known.path) + tail_of(parts.query, fragment)
        return Resolved(address, locale if locale != page.locale else "", tuple(problems))

    def address(self, locale: str, path: str, tail: str) -> str:
        """The address of a path upstream, whether there is such a page or not."""
        return self._upstream.base.get(locale, "") + quoted(path) + tail

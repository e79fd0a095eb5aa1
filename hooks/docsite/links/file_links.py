"""Relative links to files that are no pages, where the file that they name is not in docs."""

from __future__ import annotations

import posixpath
import re

from docsite.config.site import WARN, MkDocsSite
from docsite.diagnostics.messages import make_message
from docsite.links.address_forms import escaped, path_from
from docsite.links.link_problem import LinkProblem
from docsite.links.link_suggestions import LinkSuggestions
from docsite.links.page_index import LinkTarget
from docsite.links.resolved import Resolved


class FileResolver:
    """Tells files that only the built page leads to from those that nobody has."""

    def __init__(self, site: MkDocsSite, suggestions: LinkSuggestions, *, native: bool) -> None:
        self._site = site
        self._suggestions = suggestions
        self._native = native

    def resolve(self, page: LinkTarget, path: str, tail: str) -> Resolved:
        """A path relative to a page that names no file of docs."""
        problem = self._suggestions.built_page(page, path, tail) or self._missing(page, path, tail)
        return self._built(page, path, tail) or Resolved(problems=(problem,))

    def _built(self, page: LinkTarget, path: str, tail: str) -> Resolved | None:
        """An address that leads to a file from the built page: browsers find it there, and MkDocs does not."""
        where = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.address), path)).lstrip("/")
        file = self._site.at_url(where)
        is_left_alone = self._native and self._site.link_level("not_found") < WARN
        if where in self._site.theme_pages or (file and is_left_alone):
            return Resolved()
        if file is None or file.is_page or file.added:
            return None
        meant, message = path_from(page, file.source), make_message("link-form", "built-file", path=path)
        return Resolved(problems=(LinkProblem(message, meant + tail, escaped(meant) + tail),))

    def _missing(self, page: LinkTarget, path: str, tail: str) -> LinkProblem:
        wanted = posixpath.normpath(posixpath.join(page.folder, path))
        known = [file.source for file in self._suggestions.static_files(page.locale)]
        meant = path_from(page, self._suggestions.likely_files(page.locale).find(wanted))
        meant = f"mailto:{path}" if re.fullmatch(r"[^/@]+@[^/@]+\.[a-z]+", path) else meant
        sure = self._suggestions.sure(wanted, known, lambda found: escaped(path_from(page, found)) + tail)
        return LinkProblem(make_message("asset-missing", "file", path=path), meant, sure)

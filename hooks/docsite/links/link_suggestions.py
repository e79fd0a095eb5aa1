"""What was probably meant by a link that leads nowhere, and what must have been meant."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator

from docsite.config.site import MkDocsSite, SiteFile
from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.suggestions import unambiguous_match
from docsite.links.address_forms import based_form, escaped, path_from
from docsite.links.inventory import Inventory, normalize_path
from docsite.links.link_problem import LinkProblem
from docsite.links.page_index import LinkTarget, PageIndex
from docsite.markup.placeholders import BASEURL


class LinkSuggestions:
    """Looks for pages and files like those that links of one site name.

    Attributes:
        with_fixes: whether to look for what is sure, which costs time.
        native: whether pages are written in MkDocs' own Markdown, where links name files.
    """

    def __init__(
        self, pages: PageIndex, upstream: Inventory, site: MkDocsSite, *, with_fixes: bool, native: bool
    ) -> None:
        self.pages = pages
        self.upstream = upstream
        self.site = site
        self.with_fixes = with_fixes
        self.native = native
        self._likely: dict[tuple[str, str], LikelyNames] = {}

    def static_files(self, locale: str) -> Iterator[SiteFile]:
        files = self.site.files[locale].values()
        return (file for file in files if not (file.is_page or file.left_out or file.added))

    def nearest_page(self, page: LinkTarget, path: str) -> str:
        key = ("address", page.locale)
        if key not in self._likely:
            self._likely[key] = LikelyNames(self._known_pages(page.locale))
        meant = self._likely[key].find(normalize_path(path), but=page.path_in_language)
        if not meant:
            return ""
        return self._file(page, meant) or based_form(meant)

    def file_of_built(self, page: LinkTarget, path: str) -> str:
        """The link to the Markdown file that `page.html`, `page/` and `page` would be built from; "" for none."""
        inner = posixpath.normpath(posixpath.join(page.folder, path))
        stem = re.sub(r"(?:/(?:index|README))?\.html?\Z|/(?:index|README)\Z", "", inner)
        named = (f"{stem}{end}" for end in (".md", "/index.md", "/README.md"))
        files = (self.site.find_equivalent(page.locale, name) for name in named)
        found = next((file for file in files if file and file.is_page and file.source in self.pages.by_path), None)
        return path_from(page, found.source) if found else ""

    def built_page(self, page: LinkTarget, path: str, tail: str) -> LinkProblem | None:
        """What is wrong with a link to `page.html` where there is `page.md`."""
        file = self.file_of_built(page, path) if path.endswith((".htm", ".html")) else ""
        message = make_message("link-form", "built", path=path)
        return LinkProblem(message, file + tail, escaped(file) + tail) if file else None

    def _file(self, page: LinkTarget, address: str) -> str:
        """The file of a page by its address, as native pages link to it; "" for none."""
        found = self.pages.find(page.locale, address) if self.native else None
        return path_from(page, found.path) if found else ""

    def likely_files(self, locale: str, *, pages: bool = False, keys: bool = False) -> LikelyNames:
        """The pages of a language, or its other files, by path or by key."""
        key = (f"{pages} {keys}", locale)
        if key not in self._likely:
            own = (path for path, page in self.pages.by_path.items() if page.locale == locale)
            files = (file.key if keys else file.source for file in self.static_files(locale))
            self._likely[key] = LikelyNames(own if pages else files)
        return self._likely[key]

    def sure_page(self, page: LinkTarget, path: str, tail: str) -> str:
        def address(found: str) -> str:
            file = self._file(page, found)
            return (escaped(file) if file else BASEURL + escaped(found)) + tail

        return self.sure(normalize_path(path), self._known_pages(page.locale), address)

    def _known_pages(self, locale: str) -> list[str]:
        return [*self.pages.addresses(locale), *self.upstream.pages, *self.upstream.moved]

    def sure(self, wanted: str, candidates: Iterable[str], address: Callable[[str], str]) -> str:
        """The address of the candidate that must be meant; "" when there is any doubt, or nobody asks."""
        found = unambiguous_match(wanted, candidates) if self.with_fixes else ""
        return address(found) if found else ""

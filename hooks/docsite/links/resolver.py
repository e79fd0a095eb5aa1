"""Where a link leads: a page of the guide, a page upstream, or nowhere. The one place that decides it.

Three kinds of address are ours: `{{site.baseurl}}/path/#anchor`, relative paths to Markdown files and assets, and bare
fragments. Anything with a scheme or a host is somebody else's and passes untouched.
"""

from __future__ import annotations

import posixpath
from urllib.parse import SplitResult, quote, unquote

from docsite.config.site import RELATIVE_TO_DOCS, WARN, MkDocsSite, SiteFile
from docsite.diagnostics.messages import make_message
from docsite.links.address_forms import based_form, escaped, path_from, quoted, split_address, tail_of
from docsite.links.anchors import AnchorResolver
from docsite.links.file_links import FileResolver
from docsite.links.inventory import Inventory, normalize_path
from docsite.links.link import Link, LinkKind
from docsite.links.link_problem import LinkProblem, find_invalid, left_out, outside_message
from docsite.links.link_suggestions import LinkSuggestions
from docsite.links.page_index import LinkTarget, PageIndex
from docsite.links.resolved import Resolved
from docsite.links.upstream_links import UpstreamResolver
from docsite.links.urls import SiteBase, relative_path, relative_url, resolve_url
from docsite.markup.placeholders import BASEURL

_NOWHERE = SiteBase("", "/")


class Resolver:
    """Resolves the links of one site.

    Attributes:
        site: where MkDocs serves the files that links name.
        base: where the site is served, with all of its versions.
        native: whether MkDocs alone places the links of Markdown, and leaves absolute ones as they are.
    """

    def __init__(
        self,
        pages: PageIndex,
        upstream: Inventory,
        site: MkDocsSite,
        *,
        with_fixes: bool = False,
        base: SiteBase = _NOWHERE,
        native: bool = False,
    ) -> None:
        """Take what the links of a site may lead to.

        Args:
            with_fixes: whether problems are to say what is sure, which costs time.
        """
        self.pages = pages
        self.upstream = upstream
        self.site = site
        self.base = base
        self.native = native
        self._suggestions = LinkSuggestions(pages, upstream, site, with_fixes=with_fixes, native=native)
        self._anchors = AnchorResolver(self._suggestions)
        self._files = FileResolver(site, self._suggestions, native=native)
        self._upstream = UpstreamResolver(upstream, self._suggestions)
        self._resolved: dict[tuple[str, ...], Resolved] = {}

    def resolve(self, page: LinkTarget, link: Link) -> Resolved:
        """Where a link on a page leads; that is found out once, however often it is asked."""
        served = page.served if page.served != page.address else ""
        key = (page.path, page.locale, served, link.kind, link.address, link.attribute, link.hreflang)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(page, link)
        return self._resolved[key]

    def _resolve(self, page: LinkTarget, link: Link) -> Resolved:
        if message := find_invalid(link):
            return Resolved(problems=(LinkProblem(message),))
        if link.address.startswith(BASEURL):
            return self._based(page, link)
        parts = split_address(link.address)
        if parts is None:
            return Resolved(problems=(LinkProblem(make_message("link-syntax", "invalid")),))
        if self.base.others and resolve_url(link.address, page.address, self.base) is None:
            return Resolved()  # another site
        if parts.scheme or parts.netloc:
            return self._full(page, link.address)
        if parts.path.startswith("/"):
            return self._native_absolute(page, link, parts) if self.native else self._absolute(page, parts)
        if not parts.path:
            return self._within(page, parts.fragment)
        return self._relative(page, link, parts)

    def _full(self, page: LinkTarget, address: str) -> Resolved:
        """An address with a host: another server's, or one of the site, which must not be beside what is built."""
        where = resolve_url(address, "", self.base)
        if where is None or not where.outside:
            return Resolved()
        meant = self._from_docs(page, where.path)
        return Resolved(
            problems=(LinkProblem(outside_message(address, where, self.base, is_inside=bool(meant)), meant),)
        )

    def _within(self, page: LinkTarget, fragment: str) -> Resolved:
        problems, anchor = self._anchors.resolve(page, fragment)
        return Resolved(None if anchor == fragment else f"#{anchor}", problems=problems)

    def _absolute(self, page: LinkTarget, parts: SplitResult) -> Resolved:
        """An address from the root of the server, which only holds as long as the site is served there."""
        path = unquote(parts.path)
        base = self.upstream.base_path(page.locale)
        inner = path.removeprefix(base) if base and path.startswith(f"{base}/") else path
        found = self.pages.find(page.locale, inner) or normalize_path(inner) in self.upstream.pages
        found = found or self._static_file(page.locale, inner.strip("/")) is not None
        if not found and (translation := self._translation_served(page, inner)):
            found, inner = translation, f"/{translation.address.removeprefix(translation.root)}"
        tail = tail_of(parts.query, parts.fragment)
        message = make_message("link-form", "absolute", path=path)
        meant, sure = (based_form(inner + tail), BASEURL + escaped(inner) + tail) if found else ("", "")
        return Resolved(problems=(LinkProblem(message, meant, sure),))

    def _native_absolute(self, page: LinkTarget, link: Link, parts: SplitResult) -> Resolved:
        """An address from the root of the server, or of docs_dir if `validation.links` says so.

        It is right where it leads to what is served there; where that is, only `site_url` says.
        """
        path, tail = unquote(parts.path), tail_of(parts.query, parts.fragment)
        if self.site.link_level("absolute_links") == RELATIVE_TO_DOCS and link.kind is not LinkKind.HTML:
            inner = quote(relative_path(page.folder, path))
            return self._relative(page, link, parts._replace(path=f"{inner}/" if path.endswith("/") else inner))
        where = resolve_url(link.address, "", SiteBase.of(self.site.site_url, self.base.others))
        file = self.site.at_url(where.path) if where else None
        if where and where.path in self.site.theme_pages and not where.outside:
            return Resolved()
        if where is None or not self.base.origin or self.site.link_level("absolute_links") == WARN:
            meant = self._from_docs(page, path) if file is None or file.added else path_from(page, file.source)
            message = make_message("link-form", "absolute", path=path)
            return Resolved(problems=(LinkProblem(message, meant and meant + tail, meant and escaped(meant) + tail),))
        if where.outside or file is None:
            message, meant = make_message("link-missing-page", "address", address=path), self._from_docs(page, path)
            sure = escaped(meant) + tail if meant and link.kind is not LinkKind.HTML else ""
            if where.outside:
                message = outside_message(path, where, self.base, is_inside=bool(meant))
            elif posixpath.splitext(path)[1] not in ("", ".html", *self.site.page_extensions):
                message = make_message("asset-missing", "file", path=path)
            meant = meant or ("" if where.outside else self._suggestions.nearest_page(page, where.path))
            return Resolved(problems=(LinkProblem(message, meant, sure),))
        target = self.pages.by_path.get(file.source)
        return Resolved(problems=self._to_file(page, target, link, parts).problems if target else ())

    def _from_docs(self, page: LinkTarget, path: str) -> str:
        """The link to what a path would lead to from docs_dir, or from the root of the site; "" for nothing."""
        inner = path.strip("/")
        file = (self.site.find_equivalent(page.locale, inner) or self.site.at_url(inner)) if inner else None
        return path_from(page, file.source) if file and not file.added else ""

    def _translation_served(self, page: LinkTarget, inner: str) -> LinkTarget | None:
        """The translation, in the language of a page, of the page at an address from the root of the site."""
        for locale in self.pages.locales:
            other = self.pages.find(locale, inner.removeprefix(f"/{locale}"))
            if other and inner.startswith(f"/{locale}/") and other.root == f"{locale}/":
                return self.pages.translation(other, page.locale)
        return None

    def _relative(self, page: LinkTarget, link: Link, parts: SplitResult) -> Resolved:
        path = unquote(parts.path)
        wanted = posixpath.normpath(posixpath.join(page.folder, path))
        tail = tail_of(parts.query, parts.fragment)
        target = self._named_page(page, wanted)
        if target:
            return self._to_file(page, target, link, parts)
        file = self.site.find_equivalent(page.locale, wanted)
        if file and file.left_out and link.kind is not LinkKind.HTML:
            return Resolved(problems=(left_out(path, file),))
        if file and link.kind is not LinkKind.HTML:  # no page of docs_dir: one that a plugin adds, or another file
            exact = self.site.find(page.locale, wanted) is not None
            return Resolved(None if exact else quoted(path_from(page, file.source)) + tail)
        if other := self._untranslated(page, wanted):
            return self._to_untranslated(page, other, link, parts)
        if path.endswith(self.site.page_extensions):
            meant = path_from(page, self._suggestions.likely_files(page.locale, pages=True).find(wanted, but=page.path))
            paths = (known for known, other in self.pages.by_path.items() if other.locale == page.locale)
            sure = self._suggestions.sure(wanted, paths, lambda found: escaped(path_from(page, found)) + tail)
            return Resolved(problems=(LinkProblem(make_message("link-missing-page", "file", path=path), meant, sure),))
        if link.kind is LinkKind.HTML:
            return Resolved()  # raw HTML holds addresses of the built site: `check-site` sees to them
        if path.endswith("/") or not posixpath.splitext(path)[1]:
            return self._built_form(page, link, path, parts)
        return self._files.resolve(page, path, tail)

    def _named_page(self, page: LinkTarget, path: str) -> LinkTarget | None:
        """The page that a path names: the one of another language, too, where the path says so."""
        named, found = self.pages.by_path.get(path), self.site.find_equivalent(page.locale, path)
        if named and (found is None or named.key != path):
            return named
        return self.pages.by_path.get(found.source) if found else None

    def _untranslated(self, page: LinkTarget, path: str) -> LinkTarget | None:
        """The page of another language that a path would name if it were translated."""
        folder = page.path.removesuffix(page.key)
        key = path.removeprefix(folder) if folder and path.startswith(folder) else ""
        others = (self.pages.find_key(locale, key) for locale in self.pages.locales if key and locale != page.locale)
        return next((other for other in others if other), None)

    def _to_untranslated(self, page: LinkTarget, other: LinkTarget, link: Link, parts: SplitResult) -> Resolved:
        """A relative link to a translation that does not exist: it leads to the page that does."""
        problems, anchor = self._anchors.resolve(other, parts.fragment)
        message = make_message("link-fallback-page", "other", address=unquote(parts.path), language=other.locale)
        own, tail = path_from(page, other.path), tail_of(parts.query, anchor)
        untranslated = LinkProblem(message, own + tail, escaped(own) + tail)
        return self._to_page(page, other, link.kind, tail, (untranslated, *problems))

    def _static_file(self, locale: str, path: str) -> SiteFile | None:
        """The file, and no page, that an address from the root of the site leads to in a language."""
        file = self.site.find_equivalent(locale, path)
        return file if file and not file.is_page and not file.left_out else None

    def _to_file(self, page: LinkTarget, target: LinkTarget, link: Link, parts: SplitResult) -> Resolved:
        """A relative link to a Markdown file."""
        problems, anchor = self._anchors.resolve(target, parts.fragment)
        translation = self.pages.translation(target, page.locale)
        if target.locale == page.locale:
            wanted = posixpath.normpath(posixpath.join(page.folder, unquote(parts.path)))
            exact = self.site.find(page.locale, wanted) is not None
            path = parts.path if exact else quoted(path_from(page, target.path))
            same = exact and anchor == parts.fragment
            return Resolved(None if same else path + tail_of(parts.query, anchor), problems=problems)
        if translation and not link.hreflang:
            languages = {"there": target.locale, "here": page.locale}
            message = make_message("link-wrong-locale", "exists", page=target.path, **languages)
            own, tail = path_from(page, translation.path), tail_of(parts.query, parts.fragment)
            problems = (LinkProblem(message, own + tail, escaped(own) + tail), *problems)
        return self._to_page(page, target, LinkKind.MARKDOWN, tail_of(parts.query, anchor), problems)

    def _built_form(self, page: LinkTarget, link: Link, path: str, parts: SplitResult) -> Resolved:
        """A relative address of the built site in Markdown, where MkDocs wants the file or leaves it as it is."""
        whole = posixpath.normpath(posixpath.join("/", page.address, path))
        served, tail = whole.removeprefix(f"/{page.root}"), tail_of(parts.query, parts.fragment)
        target = self.pages.find(page.locale, served) or self._translation_served(page, f"{whole}/")
        if target is None:
            file = self._suggestions.file_of_built(page, path)
            meant = file + tail if file else self._suggestions.nearest_page(page, served)
            sure = escaped(file) + tail if file else self._suggestions.sure_page(page, served, tail)
            missing = make_message("link-missing-page", "address", address=path)
            return Resolved(problems=(LinkProblem(missing, meant, sure),))
        is_left_alone = self.site.link_level("unrecognized_links") < WARN and not link.address.startswith("/")
        if self.native and is_left_alone:
            return Resolved(problems=self._to_file(page, target, link, parts).problems)
        message = make_message("link-form", "built", path=path)
        file = path_from(page, target.path)
        return Resolved(problems=(LinkProblem(message, file + tail, escaped(file) + tail),))

    # {{site.baseurl}}/path/#anchor

    def _based(self, page: LinkTarget, link: Link) -> Resolved:
        parts = split_address(link.address.removeprefix(BASEURL))
        if parts is None:
            return Resolved("#", problems=(LinkProblem(make_message("link-syntax", "invalid")),))
        path = unquote(parts.path) or "/"
        for locale in (page.locale, *(other for other in self.pages.locales if other != page.locale)):
            if target := self.pages.find(locale, path):
                problems, anchor = self._anchors.resolve(target, parts.fragment)
                return self._to_page(page, target, link.kind, tail_of(parts.query, anchor), problems)
            if found := self._upstream.resolve(page, locale, path, parts):
                return found
        tail = tail_of(parts.query, parts.fragment)
        is_file = self._static_file(page.locale, path.strip("/")) is not None
        if is_file or (not path.endswith("/") and posixpath.splitext(path)[1] not in ("", ".html")):
            return self._asset(page, link, path, tail)
        message = make_message("link-missing-page", "unknown", path=path)
        sure = self._suggestions.sure_page(page, path, tail)
        problem = LinkProblem(message, self._suggestions.nearest_page(page, path), sure)
        return Resolved(self._upstream.address(page.locale, path, tail), problems=(problem,))

    def _to_page(
        self, page: LinkTarget, target: LinkTarget, kind: LinkKind, tail: str, problems: tuple[LinkProblem, ...]
    ) -> Resolved:
        """A page of the guide: by its file where MkDocs knows it in this language, else by its address."""
        foreign = target.locale if target.locale != page.locale else ""
        known = not foreign or target.path in self.site.files[page.locale]
        if known and kind is not LinkKind.HTML:
            return Resolved(quoted(path_from(page, target.path)) + tail, foreign, problems)
        direct = bool(foreign) and kind is not LinkKind.HTML
        return Resolved(quoted(relative_url(page.address, target.address)) + tail, foreign, problems, direct)

    def _asset(self, page: LinkTarget, link: Link, path: str, tail: str) -> Resolved:
        inner = path.strip("/")
        found = self._static_file(page.locale, inner)
        if found and link.kind is LinkKind.HTML:
            return Resolved(quoted(relative_url(page.served or page.address, found.url)) + tail)
        if found:
            return Resolved(quoted(path_from(page, found.source)) + tail)
        known = [file.key for file in self._suggestions.static_files(page.locale)]
        meant = self._suggestions.likely_files(page.locale, keys=True).find(inner)
        sure = self._suggestions.sure(inner, known, lambda found: f"{BASEURL}/{escaped(found)}{tail}")
        shown = based_form(f"/{meant}") if meant else ""
        file = self.site.find_equivalent(page.locale, inner)
        missing = LinkProblem(make_message("asset-missing", "file", path=path), shown, sure)
        problem = left_out(path, file) if file and file.left_out else missing
        return Resolved(self._upstream.address(page.locale, path, tail), problems=(problem,))

"""Where a link leads: a page of the guide, a page upstream, or nowhere. The one place that decides it.

Three kinds of address are ours: `{{site.baseurl}}/path/#anchor`, relative paths to Markdown files and assets, and bare
fragments. Anything with a scheme or a host is somebody else's and passes untouched.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, unquote, urlsplit

from docsite.config.site import RELATIVE_TO_DOCS, WARN, MkDocsSite, SiteFile
from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.suggestions import unambiguous_match
from docsite.links.inventory import Inventory, normalize_path
from docsite.links.link import Link, LinkKind
from docsite.links.link_problem import LinkProblem, find_invalid, left_out
from docsite.links.page_index import ANY_ID, LinkTarget, PageIndex
from docsite.links.urls import SiteBase, relative_path, relative_url, resolve_url
from docsite.markup.placeholders import BASEURL, DIRECT_LINK, FOREIGN, FOREIGNED


@dataclass(frozen=True)
class Resolved:
    """What to write for a link, and what is wrong with it.

    Attributes:
        address: the new address; None leaves the link as it is.
        foreign: the language it leads to, when that is another than the page's.
        direct: whether the address is one of the built site, which MkDocs must leave alone.
    """

    address: str | None = None
    foreign: str = ""
    problems: tuple[LinkProblem, ...] = ()
    direct: bool = False


_NOWHERE = SiteBase("", "/")


@dataclass(frozen=True)
class Resolver:
    """Resolves the links of one site.

    Attributes:
        site: where MkDocs serves the files that links name.
        with_fixes: whether problems are to say what is sure, which costs time.
        base: where the site is served, with all of its versions.
        native: whether MkDocs alone places the links of Markdown, and leaves absolute ones as they are.
    """

    pages: PageIndex
    upstream: Inventory
    site: MkDocsSite
    with_fixes: bool = False
    base: SiteBase = _NOWHERE
    native: bool = False
    _resolved: dict[tuple[str, ...], Resolved] = field(default_factory=dict, init=False, compare=False, repr=False)
    _anchors: dict[tuple[str, str], tuple[tuple[LinkProblem, ...], str]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _likely: dict[tuple[str, str], LikelyNames] = field(default_factory=dict, init=False, compare=False, repr=False)

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
        parts = _split(link.address)
        if parts is None:
            return Resolved(problems=(LinkProblem(make_message("link-syntax", "invalid")),))
        if self.base.others and resolve_url(link.address, page.address, self.base) is None:
            return Resolved()  # another site
        if parts.scheme or parts.netloc:
            return self._full(link.address)
        if parts.path.startswith("/"):
            return self._native_absolute(page, link, parts) if self.native else self._absolute(page, parts)
        if not parts.path:
            return self._within(page, parts.fragment)
        return self._relative(page, link, parts)

    def built(self, page: LinkTarget, link: Link, resolved: Resolved) -> str:
        """The address that the built page carries for a link, once MkDocs has placed links to files."""
        address = resolved.address if resolved.address is not None else link.address
        return address if link.kind is LinkKind.HTML else self.placed(page, address)

    def placed(self, page: LinkTarget, address: str) -> str:
        """What MkDocs makes of an address in Markdown: one that names a file becomes that of the built file."""
        parts = _split(address)
        if parts is None or parts.scheme or parts.netloc or not parts.path:
            return address
        path = unquote(parts.path)
        inner = path.lstrip("/") if self.site.link_level("absolute_links") == RELATIVE_TO_DOCS else path
        file = posixpath.normpath(inner if inner != path else posixpath.join(page.folder, path))
        found = self.site.find(page.locale, file)
        if found is None:
            return address
        own = found.source == page.path and parts.fragment
        return ("" if own else _quoted(relative_url(page.address, found.url))) + _tail(parts.query, parts.fragment)

    def _full(self, address: str) -> Resolved:
        """An address with a host: another server's, or one of the site, which must not be beside what is built."""
        where = resolve_url(address, "", self.base)
        if where is None or not where.outside:
            return Resolved()
        message = make_message("link-outside", "base", address=address, base=f"{self.base.origin}{self.base.path}")
        return Resolved(problems=(LinkProblem(message),))

    def _within(self, page: LinkTarget, fragment: str) -> Resolved:
        problems, anchor = self._anchor(page, fragment)
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
        tail = _tail(parts.query, parts.fragment)
        message = make_message("link-form", "absolute", path=path)
        meant, sure = (_based_form(inner + tail), BASEURL + _escaped(inner) + tail) if found else ("", "")
        return Resolved(problems=(LinkProblem(message, meant, sure),))

    def _native_absolute(self, page: LinkTarget, link: Link, parts: SplitResult) -> Resolved:
        """An address from the root of the server, or of docs_dir if `validation.links` says so.

        It is right where it leads to what is served there; where that is, only `site_url` says.
        """
        path, tail = unquote(parts.path), _tail(parts.query, parts.fragment)
        if self.site.link_level("absolute_links") == RELATIVE_TO_DOCS and link.kind is not LinkKind.HTML:
            inner = quote(relative_path(page.folder, path))
            return self._relative(page, link, parts._replace(path=f"{inner}/" if path.endswith("/") else inner))
        where = resolve_url(link.address, "", SiteBase.of(self.site.site_url, self.base.others))
        file = self.site.at_url(where.path) if where else None
        if where is None or not self.base.origin or self.site.link_level("absolute_links") == WARN:
            meant = self._from_docs(page, path) if file is None or file.added else _from(page, file.source)
            message = make_message("link-form", "absolute", path=path)
            return Resolved(problems=(LinkProblem(message, meant and meant + tail, meant and _escaped(meant) + tail),))
        if where.outside or file is None:
            message = make_message("link-missing-page", "address", address=path)
            if where.outside:
                base = f"{self.base.origin}{self.base.path}"
                message = make_message("link-outside", "base", address=path, base=base)
            elif posixpath.splitext(path)[1] not in ("", ".html"):
                message = make_message("asset-missing", "file", path=path)
            meant = self._from_docs(page, path) or ("" if where.outside else self._nearest_page(page, where.path))
            return Resolved(problems=(LinkProblem(message, meant),))
        target = self.pages.by_path.get(file.source)
        return Resolved(problems=self._to_file(page, target, link, parts).problems if target else ())

    def _from_docs(self, page: LinkTarget, path: str) -> str:
        """The link to the file that an absolute path would name in docs_dir; "" for none."""
        file = self.site.find_equivalent(page.locale, path.strip("/"))
        return _from(page, file.source) if file else ""

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
        tail = _tail(parts.query, parts.fragment)
        target = self._named_page(page, wanted)
        if target:
            return self._to_file(page, target, link, parts)
        file = self.site.find_equivalent(page.locale, wanted)
        if file and file.left_out and link.kind is not LinkKind.HTML:
            return Resolved(problems=(left_out(path, file),))
        if file and link.kind is not LinkKind.HTML:  # no page of docs_dir: one that a plugin adds, or another file
            exact = self.site.find(page.locale, wanted) is not None
            return Resolved(None if exact else _quoted(_from(page, file.source)) + tail)
        if other := self._untranslated(page, wanted):
            return self._to_untranslated(page, other, link, parts)
        if path.endswith(self.site.page_extensions):
            meant = _from(page, self._likely_files(page.locale, pages=True).find(wanted, but=page.path))
            own = (known for known, other in self.pages.by_path.items() if other.locale == page.locale)
            sure = self._sure(wanted, own, lambda found: _escaped(_from(page, found)) + tail)
            message = make_message("link-missing-page", "file", path=path)
            return Resolved(problems=(LinkProblem(message, meant, sure),))
        if link.kind is LinkKind.HTML:
            return Resolved()  # raw HTML holds addresses of the built site: `check-site` sees to them
        if path.endswith("/") or not posixpath.splitext(path)[1]:
            return self._built_form(page, link, path, parts)
        known = [file.source for file in self._static_files(page.locale)]
        meant = _from(page, self._likely_files(page.locale).find(wanted))
        meant = f"mailto:{path}" if re.fullmatch(r"[^/@]+@[^/@]+\.[a-z]+", path) else meant
        sure = self._sure(wanted, known, lambda found: _escaped(_from(page, found)) + tail)
        return Resolved(problems=(LinkProblem(make_message("asset-missing", "file", path=path), meant, sure),))

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
        problems, anchor = self._anchor(other, parts.fragment)
        message = make_message("link-fallback-page", "other", address=unquote(parts.path), language=other.locale)
        own, tail = _from(page, other.path), _tail(parts.query, anchor)
        untranslated = LinkProblem(message, own + tail, _escaped(own) + tail)
        return self._to_page(page, other, link.kind, tail, (untranslated, *problems))

    def _static_files(self, locale: str) -> Iterator[SiteFile]:
        files = self.site.files[locale].values()
        return (file for file in files if not (file.is_page or file.left_out or file.added))

    def _static_file(self, locale: str, path: str) -> SiteFile | None:
        """The file, and no page, that an address from the root of the site leads to in a language."""
        file = self.site.find_equivalent(locale, path)
        return file if file and not file.is_page and not file.left_out else None

    def _to_file(self, page: LinkTarget, target: LinkTarget, link: Link, parts: SplitResult) -> Resolved:
        """A relative link to a Markdown file."""
        problems, anchor = self._anchor(target, parts.fragment)
        translation = self.pages.translation(target, page.locale)
        if target.locale == page.locale:
            wanted = posixpath.normpath(posixpath.join(page.folder, unquote(parts.path)))
            exact = self.site.find(page.locale, wanted) is not None
            path = parts.path if exact else _quoted(_from(page, target.path))
            same = exact and anchor == parts.fragment
            return Resolved(None if same else path + _tail(parts.query, anchor), problems=problems)
        if translation and not link.hreflang:
            languages = {"there": target.locale, "here": page.locale}
            message = make_message("link-wrong-locale", "exists", page=target.path, **languages)
            own, tail = _from(page, translation.path), _tail(parts.query, parts.fragment)
            problems = (LinkProblem(message, own + tail, _escaped(own) + tail), *problems)
        return self._to_page(page, target, LinkKind.MARKDOWN, _tail(parts.query, anchor), problems)

    def _built_form(self, page: LinkTarget, link: Link, path: str, parts: SplitResult) -> Resolved:
        """A relative address of the built site in Markdown, where MkDocs wants the file or leaves it as it is."""
        whole = posixpath.normpath(posixpath.join("/", page.address, path))
        served, tail = whole.removeprefix(f"/{page.root}"), _tail(parts.query, parts.fragment)
        target = self.pages.find(page.locale, served) or self._translation_served(page, f"{whole}/")
        if target is None:
            meant, sure = self._nearest_page(page, served), self._sure_page(page.locale, served, tail)
            missing = make_message("link-missing-page", "address", address=path)
            return Resolved(problems=(LinkProblem(missing, meant, sure),))
        is_left_alone = self.site.link_level("unrecognized_links") < WARN and not link.address.startswith("/")
        if self.native and is_left_alone:
            return Resolved(problems=self._to_file(page, target, link, parts).problems)
        message = make_message("link-form", "built", path=path)
        file = _from(page, target.path)
        return Resolved(problems=(LinkProblem(message, file + tail, _escaped(file) + tail),))

    # {{site.baseurl}}/path/#anchor

    def _based(self, page: LinkTarget, link: Link) -> Resolved:
        parts = _split(link.address.removeprefix(BASEURL))
        if parts is None:
            return Resolved("#", problems=(LinkProblem(make_message("link-syntax", "invalid")),))
        path = unquote(parts.path) or "/"
        for locale in (page.locale, *(other for other in self.pages.locales if other != page.locale)):
            if target := self.pages.find(locale, path):
                problems, anchor = self._anchor(target, parts.fragment)
                return self._to_page(page, target, link.kind, _tail(parts.query, anchor), problems)
            if found := self._upstream(page, locale, path, parts):
                return found
        is_file = self._static_file(page.locale, path.strip("/")) is not None
        if is_file or (not path.endswith("/") and posixpath.splitext(path)[1] not in ("", ".html")):
            return self._asset(page, link, path, _tail(parts.query, parts.fragment))
        message = make_message("link-missing-page", "unknown", path=path)
        sure = self._sure_page(page.locale, path, _tail(parts.query, parts.fragment))
        problem = LinkProblem(message, self._nearest_page(page, path), sure)
        return Resolved(self._unknown(page, path, parts), problems=(problem,))

    def _to_page(
        self, page: LinkTarget, target: LinkTarget, kind: LinkKind, tail: str, problems: tuple[LinkProblem, ...]
    ) -> Resolved:
        """A page of the guide: by its file where MkDocs knows it in this language, else by its address."""
        foreign = target.locale if target.locale != page.locale else ""
        known = not foreign or target.path in self.site.files[page.locale]
        if known and kind is not LinkKind.HTML:
            return Resolved(_quoted(_from(page, target.path)) + tail, foreign, problems)
        direct = bool(foreign) and kind is not LinkKind.HTML
        return Resolved(_quoted(relative_url(page.address, target.address)) + tail, foreign, problems, direct)

    def _upstream(self, page: LinkTarget, locale: str, path: str, parts: SplitResult) -> Resolved | None:
        """The page upstream, if it is known and exists in the language."""
        problems: list[LinkProblem] = []
        wanted, fragment = normalize_path(path), parts.fragment
        if wanted in self.upstream.moved:
            new, _, anchor = self.upstream.moved[wanted].partition("#")
            fragment, wanted = anchor or fragment, normalize_path(new)
            tail = _tail(parts.query, fragment)
            message = make_message("link-moved", "moved", old=path, new=new)
            problems.append(LinkProblem(message, _based_form(new + tail), BASEURL + _escaped(new) + tail))
        known = self.upstream.pages.get(wanted)
        if known is None or locale not in self.upstream.base or known.only not in ("", locale):
            return None
        anchors = known.anchors.get(locale)
        if fragment and anchors is not None and unquote(fragment) not in anchors:
            message = make_message("link-missing-anchor", "external", page=known.path, anchor=fragment)
            meant = LikelyNames(anchors).find(unquote(fragment))
            sure = self._sure(unquote(fragment), anchors, lambda found: f"#{found}")
            problems.append(LinkProblem(message, f"#{meant}" if meant else "", sure))
        address = self.upstream.base[locale] + _quoted(known.path) + _tail(parts.query, fragment)
        return Resolved(address, locale if locale != page.locale else "", tuple(problems))

    def _asset(self, page: LinkTarget, link: Link, path: str, tail: str) -> Resolved:
        inner = path.strip("/")
        found = self._static_file(page.locale, inner)
        if found and link.kind is LinkKind.HTML:
            return Resolved(_quoted(relative_url(page.served or page.address, found.url)) + tail)
        if found:
            return Resolved(_quoted(_from(page, found.source)) + tail)
        known = [file.key for file in self._static_files(page.locale)]
        meant = self._likely_files(page.locale, keys=True).find(inner)
        sure = self._sure(inner, known, lambda found: f"{BASEURL}/{_escaped(found)}{tail}")
        shown = _based_form(f"/{meant}") if meant else ""
        file = self.site.find_equivalent(page.locale, inner)
        missing = LinkProblem(make_message("asset-missing", "file", path=path), shown, sure)
        problem = left_out(path, file) if file and file.left_out else missing
        return Resolved(self.upstream.base.get(page.locale, "") + _quoted(path) + tail, problems=(problem,))

    def _unknown(self, page: LinkTarget, path: str, parts: SplitResult) -> str:
        """What to write for a link to no known page: the address upstream, where it would most likely be."""
        return self.upstream.base.get(page.locale, "") + _quoted(path) + _tail(parts.query, parts.fragment)

    def _nearest_page(self, page: LinkTarget, path: str) -> str:
        key = ("address", page.locale)
        if key not in self._likely:
            self._likely[key] = LikelyNames(self._known_pages(page.locale))
        meant = self._likely[key].find(normalize_path(path), but=page.path_in_language)
        if not meant:
            return ""
        found = self.pages.find(page.locale, meant) if self.native else None
        return _from(page, found.path) if found else _based_form(meant)

    def _likely_files(self, locale: str, *, pages: bool = False, keys: bool = False) -> LikelyNames:
        """The pages of a language, or its other files, by path or by key."""
        key = (f"{pages} {keys}", locale)
        if key not in self._likely:
            own = (path for path, page in self.pages.by_path.items() if page.locale == locale)
            files = (file.key if keys else file.source for file in self._static_files(locale))
            self._likely[key] = LikelyNames(own if pages else files)
        return self._likely[key]

    def _sure_page(self, locale: str, path: str, tail: str) -> str:
        return self._sure(
            normalize_path(path), self._known_pages(locale), lambda found: BASEURL + _escaped(found) + tail
        )

    def _known_pages(self, locale: str) -> list[str]:
        return [*self.pages.addresses(locale), *self.upstream.pages, *self.upstream.moved]

    def _sure(self, wanted: str, candidates: Iterable[str], address: Callable[[str], str]) -> str:
        """The address of the candidate that must be meant; "" when there is any doubt, or nobody asks."""
        found = unambiguous_match(wanted, candidates) if self.with_fixes else ""
        return address(found) if found else ""

    def _anchor(self, target: LinkTarget, fragment: str) -> tuple[tuple[LinkProblem, ...], str]:
        """What is wrong with a fragment, and the fragment to write; the same on every page that links there."""
        key = (target.path, fragment)
        if key not in self._anchors:
            self._anchors[key] = self._find_anchor(target, fragment)
        return self._anchors[key]

    def _find_anchor(self, target: LinkTarget, fragment: str) -> tuple[tuple[LinkProblem, ...], str]:
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
        sure = self._sure(wanted, ids, lambda found: f"#{ids[found]}")
        return (LinkProblem(message, f"#{meant}" if meant else "", sure),), fragment


def _plain_id(anchor: str) -> str:
    """An anchor as Python-Markdown makes ids of headings unless a site says otherwise: without what is not ASCII."""
    return unicodedata.normalize("NFKD", anchor.lower()).encode("ascii", "ignore").decode()


def _based_form(path: str) -> str:
    """An address as writers give it."""
    return f"{{{{site.baseurl}}}}{path}"


def _from(page: LinkTarget, path: str) -> str:
    """A file of docs_dir as a page links to it; "" for ""."""
    return relative_path(page.folder, path) if path else ""


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _tail(query: str, fragment: str) -> str:
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _escaped(path: str) -> str:
    """A path as people write it in an address: accents stay, what would end the path does not."""
    return re.sub(r"[%?# ]", lambda sign: f"%{ord(sign[0]):02X}", path)


def _quoted(path: str) -> str:
    return quote(path, safe="/~!$&'*+,;=:@-._")


def with_placeholders(resolved: Resolved, kind: LinkKind) -> str:
    """The address to write into Markdown; one in another language carries marks for the Markdown extension."""
    address = resolved.address or ""
    if kind is LinkKind.HTML:
        return address
    foreign = f"{FOREIGN}{resolved.foreign}{FOREIGNED}" if resolved.foreign else ""
    return f"{foreign}{DIRECT_LINK if resolved.direct else ''}{address}"

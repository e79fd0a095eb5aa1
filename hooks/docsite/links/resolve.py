"""Where a link leads: a page of the guide, a page upstream, or nowhere. The one place that decides it.

Three kinds of address are ours: `{{site.baseurl}}/path/#anchor`, relative paths to Markdown files and assets, and bare
fragments. Anything with a scheme or a host is somebody else's and passes untouched.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from docsite.dialect.marks import BASEURL, DIRECT, FOREIGN, FOREIGNED
from docsite.links.pages import Map, Target
from docsite.links.scan import Kind, Link
from docsite.links.upstream import Upstream, normal
from docsite.suggest import nearest


@dataclass(frozen=True)
class Problem:
    """What is wrong with a link."""

    rule: str
    message: str
    suggestion: str = ""


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
    problems: tuple[Problem, ...] = ()
    direct: bool = False


@dataclass(frozen=True)
class Resolver:
    """Resolves the links of one site.

    Attributes:
        assets: whether a file, given relative to docs_dir, exists.
        known_assets: all of them, asked for only to suggest one.
        fallback: whether a page without translation is served in every language.
    """

    pages: Map
    upstream: Upstream
    assets: Callable[[str], bool]
    known_assets: Callable[[], Iterable[str]]
    fallback: bool

    def resolve(self, page: Target, link: Link) -> Resolved:
        """Where a link on a page leads."""
        if link.address.startswith(BASEURL):
            return self._based(page, link)
        parts = _split(link.address)
        if parts is None:
            return Resolved(problems=(Problem("link-syntax", "The address cannot be read."),))
        if parts.scheme or parts.netloc:
            return Resolved()
        if parts.path.startswith("/"):
            return self._absolute(page, parts)
        if not parts.path:
            return self._within(page, parts.fragment)
        return self._relative(page, link, parts)

    def built(self, page: Target, link: Link, resolved: Resolved) -> str:
        """The address that the built page carries for a link, once MkDocs has placed links to Markdown files."""
        address = resolved.address if resolved.address is not None else link.address
        parts = _split(address)
        if parts is None or parts.scheme or link.kind is Kind.HTML or not parts.path.endswith(".md"):
            return address
        target = self.pages.by_path.get(posixpath.normpath(posixpath.join(page.folder, unquote(parts.path))))
        if target is None:
            return address
        shown_at = page.root + target.address if target.locale != page.locale else target.address
        own = target is page and parts.fragment
        return ("" if own else _quoted(relative(page.address, shown_at))) + _tail(parts.query, parts.fragment)

    def _within(self, page: Target, fragment: str) -> Resolved:
        problems, anchor = self._anchor(page, fragment)
        return Resolved(None if anchor == fragment else f"#{anchor}", problems=problems)

    def _absolute(self, page: Target, parts: SplitResult) -> Resolved:
        """An address from the root of the server, which only holds as long as the site is served there."""
        path = unquote(parts.path)
        base = self.upstream.base_path(page.locale)
        inner = path.removeprefix(base) if base and path.startswith(f"{base}/") else path
        found = self.pages.find(page.locale, inner) or normal(inner) in self.upstream.pages
        found = found or self.assets(inner.strip("/"))
        meant = _based_form(inner + _tail(parts.query, parts.fragment)) if found else ""
        message = f"“{path}” begins at the root of the server, and the site may be served elsewhere."
        return Resolved(problems=(Problem("link-form", message, meant),))

    def _relative(self, page: Target, link: Link, parts: SplitResult) -> Resolved:
        path = unquote(parts.path)
        wanted = posixpath.normpath(posixpath.join(page.folder, path))
        target = self.pages.by_path.get(wanted)
        if target:
            return self._to_file(page, target, parts)
        if path.endswith(".md"):
            meant = _from(page, nearest(wanted, self.pages.by_path))
            return Resolved(problems=(Problem("link-missing-page", f"There is no page “{path}”.", meant),))
        if link.kind is Kind.HTML or self.assets(wanted):
            return Resolved()  # raw HTML holds addresses of the built site: `check-site` sees to them
        if path.endswith("/") or not posixpath.splitext(path)[1]:
            return self._built_form(page, path, parts)
        meant = _from(page, nearest(wanted, self.known_assets()))
        return Resolved(problems=(Problem("asset-missing", f"There is no file “{path}”.", meant),))

    def _to_file(self, page: Target, target: Target, parts: SplitResult) -> Resolved:
        """A relative link to a Markdown file."""
        problems, anchor = self._anchor(target, parts.fragment)
        twin = self.pages.twin(target, page.locale)
        if target.locale == page.locale:
            address = None if anchor == parts.fragment else parts.path + _tail(parts.query, anchor)
            return Resolved(address, problems=problems)
        if twin:
            message = f"The page “{target.path}” is in {target.locale}, and exists in {page.locale} too."
            wrong = Problem("link-wrong-locale", message, _from(page, twin.path) + _tail(parts.query, parts.fragment))
            return Resolved(problems=(wrong, *problems))
        return self._to_page(page, target, Kind.MARKDOWN, _tail(parts.query, anchor), problems)

    def _built_form(self, page: Target, path: str, parts: SplitResult) -> Resolved:
        """A relative address of the built site in Markdown, where MkDocs wants the file."""
        served = posixpath.normpath(posixpath.join("/", page.address, path)).removeprefix(f"/{page.root}")
        target = self.pages.find(page.locale, served)
        meant = _from(page, target.path) + _tail(parts.query, parts.fragment) if target else ""
        if target is None:
            meant = self._nearest_page(page.locale, served)
            return Resolved(problems=(Problem("link-missing-page", f"“{path}” leads to no page.", meant),))
        message = f"“{path}” is an address of the built site; a link names the Markdown file."
        return Resolved(problems=(Problem("link-form", message, meant),))

    # {{site.baseurl}}/path/#anchor

    def _based(self, page: Target, link: Link) -> Resolved:
        parts = _split(link.address.removeprefix(BASEURL))
        if parts is None:
            return Resolved("#", problems=(Problem("link-syntax", "The address cannot be read."),))
        path = unquote(parts.path) or "/"
        if posixpath.splitext(path.rstrip("/"))[1] not in ("", ".html"):
            return self._asset(page, link, path, _tail(parts.query, parts.fragment))
        for locale in (page.locale, *(other for other in self.pages.locales if other != page.locale)):
            if target := self.pages.find(locale, path):
                problems, anchor = self._anchor(target, parts.fragment)
                return self._to_page(page, target, link.kind, _tail(parts.query, anchor), problems)
            if found := self._upstream(page, locale, path, parts):
                return found
        message = f"“{path}” is neither a page of this guide nor a known page upstream."
        problem = Problem("link-missing-page", message, self._nearest_page(page.locale, path))
        return Resolved(self._unknown(page, path, parts), problems=(problem,))

    def _to_page(self, page: Target, target: Target, kind: Kind, tail: str, problems: tuple[Problem, ...]) -> Resolved:
        """A page of the guide: by its file where MkDocs knows it in this language, else by its address."""
        foreign = target.locale if target.locale != page.locale else ""
        known = not foreign or (self.fallback and target.locale == self.pages.locales[0])
        if known and kind is not Kind.HTML:
            return Resolved(_quoted(_from(page, target.path)) + tail, foreign, problems)
        direct = bool(foreign) and kind is not Kind.HTML
        return Resolved(_quoted(relative(page.address, target.address)) + tail, foreign, problems, direct)

    def _upstream(self, page: Target, locale: str, path: str, parts: SplitResult) -> Resolved | None:
        """The page upstream, if it is known and exists in the language."""
        problems: list[Problem] = []
        wanted, fragment = normal(path), parts.fragment
        if wanted in self.upstream.moved:
            new, _, anchor = self.upstream.moved[wanted].partition("#")
            fragment, wanted = anchor or fragment, normal(new)
            meant = _based_form(new + _tail(parts.query, fragment))
            problems.append(Problem("link-moved", f"“{path}” has moved to “{new}”.", meant))
        known = self.upstream.pages.get(wanted)
        if known is None or locale not in self.upstream.base or known.only not in ("", locale):
            return None
        anchors = known.anchors.get(locale)
        if fragment and anchors is not None and unquote(fragment) not in anchors:
            message = f"The page “{known.path}” upstream has no known anchor “{fragment}”."
            meant = nearest(unquote(fragment), sorted(anchors))
            problems.append(Problem("link-missing-anchor", message, f"#{meant}" if meant else ""))
        address = self.upstream.base[locale] + _quoted(known.path) + _tail(parts.query, fragment)
        return Resolved(address, locale if locale != page.locale else "", tuple(problems))

    def _asset(self, page: Target, link: Link, path: str, tail: str) -> Resolved:
        inner = path.strip("/")
        locale_folder = page.path[: len(page.path) - len(page.key)]
        for wanted in (locale_folder + inner, inner):
            if self.assets(wanted):
                if link.kind is Kind.HTML:
                    return Resolved(_quoted(relative(page.address, _published(wanted, locale_folder, page))) + tail)
                return Resolved(_quoted(_from(page, wanted)) + tail)
        meant = nearest(inner, self.known_assets())
        problem = Problem("asset-missing", f"There is no file “{path}”.", _based_form(f"/{meant}") if meant else "")
        return Resolved(self.upstream.base.get(page.locale, "") + _quoted(path) + tail, problems=(problem,))

    def _unknown(self, page: Target, path: str, parts: SplitResult) -> str:
        """What to write for a link to no known page: the address upstream, where it would most likely be."""
        return self.upstream.base.get(page.locale, "") + _quoted(path) + _tail(parts.query, parts.fragment)

    def _nearest_page(self, locale: str, path: str) -> str:
        known = [*self.pages.addresses(locale), *self.upstream.pages, *self.upstream.moved]
        meant = nearest(normal(path), known)
        return _based_form(meant) if meant else ""

    def _anchor(self, target: Target, fragment: str) -> tuple[tuple[Problem, ...], str]:
        """What is wrong with a fragment, and the fragment to write.

        A fragment is compared as browsers do: decoded, letter case kept. A further anchor of a heading gives way to
        the heading's id.
        """
        wanted = unquote(fragment.partition(":~:")[0])
        ids = target.ids()
        if not wanted or wanted.lower() == "top":
            return (), fragment
        if wanted in ids:
            return (), fragment if ids[wanted] == wanted and wanted == fragment else ids[wanted]
        same_letters = next((name for name in ids if name.casefold() == wanted.casefold()), "")
        meant = ids.get(same_letters or nearest(wanted, ids), "")
        message = f"The page “{target.path}” has no anchor “{wanted}”."
        return (Problem("link-missing-anchor", message, f"#{meant}" if meant else ""),), fragment


def _based_form(path: str) -> str:
    """An address as writers give it."""
    return f"{{{{site.baseurl}}}}{path}"


def _from(page: Target, path: str) -> str:
    """A file of docs_dir as a page links to it; "" for ""."""
    return between(page.folder, path) if path else ""


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _tail(query: str, fragment: str) -> str:
    return (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _quoted(path: str) -> str:
    return quote(path, safe="/~!$&'*+,;=:@-._")


def _published(path: str, locale_folder: str, page: Target) -> str:
    """Where a file of docs_dir is served: those of a language go with its pages."""
    if locale_folder and path.startswith(locale_folder):
        return page.root + path.removeprefix(locale_folder)
    return path


def between(folder: str, path: str) -> str:
    """A normalised path as a folder, given without slash at the end, reaches it; "." for the folder itself."""
    here = [part for part in folder.split("/") if part not in ("", ".")]
    there = [part for part in path.split("/") if part not in ("", ".")]
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([*([".."] * (len(here) - shared)), *there[shared:]]) or "."


def relative(here: str, there: str) -> str:
    """The address of `there` as a page served at `here` links to it; both relative to the root of the site."""
    folder = here if here.endswith("/") or not here else posixpath.dirname(here)
    path = between(folder.rstrip("/"), there.rstrip("/"))
    return f"{path}/" if there.endswith("/") or not there else path


def marked(resolved: Resolved, kind: Kind) -> str:
    """The address to write into Markdown; one in another language carries marks for the Markdown extension."""
    address = resolved.address or ""
    if not resolved.foreign or kind is Kind.HTML:
        return address
    return f"{FOREIGN}{resolved.foreign}{FOREIGNED}{DIRECT if resolved.direct else ''}{address}"

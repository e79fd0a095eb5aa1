"""Where a link leads: a page of the guide, a page upstream, or nowhere. The one place that decides it.

Three kinds of address are ours: `{{site.baseurl}}/path/#anchor`, relative paths to Markdown files and assets, and bare
fragments. Anything with a scheme or a host, or from the root of the server, is somebody else's and passes untouched.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urlsplit

from docsite.dialect.marks import BASEURL, FOREIGN, FOREIGNED
from docsite.links.scan import Kind, Link
from docsite.links.upstream import Upstream, normal
from docsite.suggest import nearest

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True)
class Target:
    """A page that links can lead to.

    Attributes:
        path: of the Markdown file, relative to docs_dir, with forward slashes.
        address: where it is served, relative to the root of the site, such as `fr/integration/`.
        root: where its language is served, such as `fr/`; "" for the root of the site.
        ids: every id on the page.
    """

    locale: str
    key: str
    path: str
    address: str
    root: str
    ids: Callable[[], Collection[str]]


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
    """

    address: str | None = None
    foreign: str = ""
    problems: tuple[Problem, ...] = ()


class Map:
    """Every page of the guide by language and address, old addresses included."""

    def __init__(self, targets: Iterable[tuple[Target, Iterable[str]]], locales: Iterable[str]) -> None:
        self.locales = tuple(locales)
        self.by_path: dict[str, Target] = {}
        self._by_address: dict[tuple[str, str], Target] = {}
        for target, aliases in targets:
            self.by_path[target.path] = target
            self._by_address[target.locale, normal(unquote(_inner(target)))] = target
            for alias in aliases:
                self._by_address.setdefault((target.locale, normal(alias)), target)

    def find(self, locale: str, path: str) -> Target | None:
        """The page served, now or once, at a path in a language."""
        return self._by_address.get((locale, normal(path)))

    def addresses(self, locale: str) -> Iterator[str]:
        """Every address of a language."""
        return (address for known, address in self._by_address if known == locale)


def _inner(target: Target) -> str:
    """The page's address inside its language."""
    stem = target.key.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    return f"/{folder}/" if name.lower() in ("index", "readme") else f"/{stem}/"


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
        if parts is None or parts.scheme or parts.netloc or parts.path.startswith("/"):
            return Resolved()
        if not parts.path:
            return Resolved(problems=self._anchor(page, parts.fragment)) if "#" in link.address else Resolved()
        return self._relative(page, link, unquote(parts.path), parts.fragment)

    def built(self, page: Target, link: Link, resolved: Resolved) -> str:
        """The address that the built page carries for a link, once MkDocs has placed links to Markdown files."""
        address = resolved.address if resolved.address is not None else link.address
        path, mark, tail = address.partition("#")
        path, question, query = path.partition("?")
        if link.kind is Kind.HTML or not path.endswith(".md") or _SCHEME.match(path):
            return address
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
        target = self.pages.by_path.get(wanted)
        if target is None:
            return address
        served = relative(page.address, page.root + target.address if target.locale != page.locale else target.address)
        return (_quoted(served) if target is not page or not mark else "") + question + query + mark + tail

    def _relative(self, page: Target, link: Link, path: str, fragment: str) -> Resolved:
        if link.kind is Kind.HTML and not path.endswith(".md"):
            return Resolved()  # an address of the built site: `check-site` sees to it
        wanted = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path))
        target = self.pages.by_path.get(wanted)
        if target:
            return Resolved(problems=self._anchor(target, fragment))
        if path.endswith(".md"):
            meant = nearest(wanted, self.pages.by_path)
            meant = posixpath.relpath(meant, posixpath.dirname(page.path) or ".") if meant else ""
            return Resolved(problems=(Problem("link-missing-page", f"There is no page “{path}”.", meant),))
        if path.endswith("/") or not posixpath.splitext(path)[1] or self.assets(wanted):
            return Resolved()
        meant = nearest(wanted, self.known_assets())
        meant = posixpath.relpath(meant, posixpath.dirname(page.path) or ".") if meant else ""
        return Resolved(problems=(Problem("asset-missing", f"There is no file “{path}”.", meant),))

    # {{site.baseurl}}/path/#anchor

    def _based(self, page: Target, link: Link) -> Resolved:
        parts = _split(link.address.removeprefix(BASEURL))
        if parts is None:
            return Resolved(problems=(Problem("link-missing-page", "The address cannot be read."),))
        path, tail = unquote(parts.path) or "/", _tail(parts.query, parts.fragment)
        if posixpath.splitext(path.rstrip("/"))[1] not in ("", ".html"):
            return self._asset(page, link, path, tail)
        for locale in (page.locale, *(other for other in self.pages.locales if other != page.locale)):
            if target := self.pages.find(locale, path):
                return self._in_guide(page, link, target, parts.fragment, tail)
            if found := self._upstream(page, locale, path, parts.fragment, tail):
                return found
        meant = self._nearest_page(page.locale, path)
        message = f"“{path}” is neither a page of this guide nor a known page upstream."
        return Resolved(self._fallback_address(page, path, tail), "", (Problem("link-missing-page", message, meant),))

    def _in_guide(self, page: Target, link: Link, target: Target, fragment: str, tail: str) -> Resolved:
        problems = self._anchor(target, fragment)
        foreign = target.locale if target.locale != page.locale else ""
        through_mkdocs = link.kind is not Kind.HTML and (not foreign or self.fallback)
        if through_mkdocs:
            address = posixpath.relpath(target.path, posixpath.dirname(page.path) or ".")
        else:
            address = relative(page.address, target.address)
        return Resolved(_quoted(address) + tail, foreign, problems)

    def _upstream(self, page: Target, locale: str, path: str, fragment: str, tail: str) -> Resolved | None:
        """The page upstream, if it is known and exists in the language."""
        problems: list[Problem] = []
        wanted = normal(path)
        if wanted in self.upstream.moved:
            new = self.upstream.moved[wanted]
            kept = "" if "#" in new else tail
            problems.append(
                Problem("link-moved", f"“{path}” has moved to “{new}”.", f"{{{{site.baseurl}}}}{new}{kept}")
            )
            path, _, moved_fragment = new.partition("#")
            tail = f"#{moved_fragment}" if moved_fragment else tail
            fragment, wanted = moved_fragment or fragment, normal(path)
        known = self.upstream.pages.get(wanted)
        if known is None or locale not in self.upstream.base or known.only not in ("", locale):
            return None
        anchors = known.anchors.get(locale)
        if fragment and anchors is not None and unquote(fragment) not in anchors:
            message = f"The page “{path}” upstream has no known anchor “{fragment}”."
            problems.append(Problem("link-missing-anchor", message, nearest(unquote(fragment), anchors)))
        foreign = locale if locale != page.locale else ""
        return Resolved(self.upstream.base[locale] + _quoted(known.path) + tail, foreign, tuple(problems))

    def _asset(self, page: Target, link: Link, path: str, tail: str) -> Resolved:
        inner = path.strip("/")
        locale_folder = page.path[: len(page.path) - len(page.key)]
        for wanted in (locale_folder + inner, inner):
            if self.assets(wanted):
                if link.kind is Kind.HTML:
                    return Resolved(relative(page.address, _published(wanted, locale_folder, page)) + tail)
                return Resolved(_quoted(posixpath.relpath(wanted, posixpath.dirname(page.path) or ".")) + tail)
        meant = nearest(inner, self.known_assets())
        meant = f"{{{{site.baseurl}}}}/{meant}" if meant else ""
        return Resolved(
            self._fallback_address(page, path, tail),
            problems=(Problem("asset-missing", f"There is no file “{path}”.", meant),),
        )

    def _fallback_address(self, page: Target, path: str, tail: str) -> str:
        return self.upstream.base.get(page.locale, "") + _quoted(path) + tail

    def _nearest_page(self, locale: str, path: str) -> str:
        known = [*self.pages.addresses(locale), *self.upstream.pages, *self.upstream.moved]
        meant = nearest(normal(path), known)
        return f"{{{{site.baseurl}}}}{meant}" if meant else ""

    def _anchor(self, target: Target, fragment: str) -> tuple[Problem, ...]:
        """Whether a fragment leads to something, as browsers decide: decoded, letter case kept."""
        wanted = unquote(fragment.partition(":~:")[0])
        if not wanted or wanted.lower() == "top":
            return ()
        ids = target.ids()
        if wanted in ids:
            return ()
        meant = next((name for name in ids if name.casefold() == wanted.casefold()), "") or nearest(wanted, ids)
        where = f"“{target.path}” has no anchor “{wanted}”."
        return (Problem("link-missing-anchor", where, f"#{meant}" if meant else ""),)


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


def relative(here: str, there: str) -> str:
    """The address of `there` as a page served at `here` links to it; both relative to the root of the site."""
    folder = here if here.endswith("/") or not here else posixpath.dirname(here)
    path = posixpath.relpath("/" + there, "/" + folder)
    return path + "/" if there.endswith("/") or not there else path


def marked(resolved: Resolved, kind: Kind) -> str:
    """The address to write into Markdown; one in another language carries a mark for the Markdown extension."""
    address = resolved.address or ""
    if resolved.foreign and kind is not Kind.HTML:
        return f"{FOREIGN}{resolved.foreign}{FOREIGNED}{address}"
    return address

"""What outside links lose when a new version becomes the latest: pages, and places within pages."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator, Mapping
from functools import cached_property

from docsite.built_site.html_tokens import tokenize_html
from docsite.built_site.reader import decode_text
from docsite.built_site.site_index import MOST_SUGGESTIONS, SiteIndex
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.version_folders import VersionFolders
from docsite.built_site.version_pages import url_of
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.suggestions import closest_match

_NOT_LINKED = re.compile(r"__|fn(?:ref)?\d*:")
"""Ids that the theme numbers again on every build, and those of footnotes."""

_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL | re.IGNORECASE)
_NOISE = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>', re.DOTALL)
_ARTICLE = re.compile(r"<(/?)(article|main)\b", re.IGNORECASE)
_SVG = re.compile(r"<svg\b.*?(?:</svg\s*>|\Z)", re.DOTALL | re.IGNORECASE)


def removed_since(site: SiteIndex, layout: VersionFolders) -> Iterator[SiteProblem]:
    """What the latest version has lost of the release before it."""
    if layout.latest and layout.previous:
        yield from _Comparison(site, layout).problems()


class _Comparison:
    """The latest version compared with the one before."""

    def __init__(self, site: SiteIndex, layout: VersionFolders) -> None:
        self.site = site
        self.old, self.new = f"{layout.previous}/", f"{layout.latest}/"
        self.shown = f"{layout.entrance}/"
        self._asked = 0

    def problems(self) -> Iterator[SiteProblem]:
        for name in sorted(name for name in self.site.cards if name.startswith(self.old)):
            inner = name.removeprefix(self.old)
            served = self.site.tree.served(self.new + url_of(inner))
            if served is None and inner.rpartition("/")[2] != "404.html":
                yield self._page(name, inner)
            elif served is not None and not self.site.cards[name].redirect and not self.site.is_fallback(name):
                yield from self._anchors(name, self.site.last(served))

    # Pages

    def _page(self, name: str, inner: str) -> SiteProblem:
        address = self.shown + url_of(inner)
        key = "redirect" if self.site.cards[name].redirect else "page"
        message = make_message("version-lost-page", key, address=address, old=self.old[:-1], new=self.new[:-1])
        meant = self._likely_page(name, inner)
        suggestion = self.shown + url_of(meant.removeprefix(self.new)) if meant else ""
        return SiteProblem(message, name, address, suggestion, placed=True)

    def _likely_page(self, name: str, inner: str) -> str:
        """The page that took the place of another: of the same title, or name, or else of a like address."""
        candidates = self._candidates(name)
        fresh = [path for path in candidates if self.old + path.removeprefix(self.new) not in self.site.cards]
        titles = self._titles
        title = _title(self._text(name))
        alike = [path for path in fresh if title and titles.get(path, "").casefold() == title.casefold()]
        alike = alike or [path for path in fresh if _last(path) == _last(inner)]
        if len(alike) == 1:
            return alike[0]
        if not self._may_ask():
            return ""
        found = closest_match(inner, [path.removeprefix(self.new) for path in candidates])
        by_title = {titles[path]: path for path in fresh if path in titles}
        return self.new + found if found else by_title.get(closest_match(title, list(by_title)), "")

    def _candidates(self, name: str) -> list[str]:
        """The pages of the latest version in the language of an old one."""
        own = self.site.language(name)
        code = own.code if own else ""
        return [
            path
            for path, card in sorted(self.site.cards.items())
            if path.startswith(self.new)
            and not card.redirect
            and not path.endswith("404.html")
            and (language := self.site.language(path)) is not None
            and language.code == code
        ]

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The title of each page of the latest version that the one before did not have."""
        pages = [path for path in self.site.cards if path.startswith(self.new)]
        fresh = [path for path in pages if self.old + path.removeprefix(self.new) not in self.site.cards]
        return {path: title for path in fresh if (title := _title(self._text(path)))}

    # Anchors

    def _anchors(self, name: str, served: str) -> Iterator[SiteProblem]:
        if served not in self.site.cards:
            return
        gone = {
            one for one in self.site.cards[name].ids - self.site.cards[served].ids if one and not _NOT_LINKED.match(one)
        }
        if not gone:
            return
        address = self.shown + url_of(name.removeprefix(self.old))
        for wanted, line, column in _places(self._text(name), gone):
            message = make_message("version-lost-anchor", "anchor", address=address, anchor=wanted, old=self.old[:-1])
            suggestion = self._likely_anchor(name, served, wanted)
            yield SiteProblem(message, name, f"#{wanted}", suggestion, line=line, column=column, placed=True)

    def _likely_anchor(self, name: str, served: str, wanted: str) -> str:
        """The one other page that the id has moved to, or else the id of the page that is most like it."""
        moved = [path for path in self._candidates(name) if path != served and self._came(path, wanted)]
        if len(moved) == 1:
            return f"{self.shown}{url_of(moved[0].removeprefix(self.new))}#{wanted}"
        known = [one for one in sorted(self.site.cards[served].ids) if not _NOT_LINKED.match(one)]
        found = closest_match(wanted, known) if self._may_ask() else ""
        return f"{self.shown}{url_of(served.removeprefix(self.new))}#{found}" if found else ""

    def _came(self, path: str, wanted: str) -> bool:
        """Whether a page has an id that it had not in the version before."""
        before = self.site.cards.get(self.old + path.removeprefix(self.new))
        return wanted in self.site.cards[path].ids and (before is None or wanted not in before.ids)

    def _may_ask(self) -> bool:
        """Whoever has lost so much that guessing takes long needs no guess for each."""
        self._asked += 1
        return self._asked <= MOST_SUGGESTIONS

    def _text(self, name: str) -> str:
        return decode_text(self.site.data(name))


def _title(text: str) -> str:
    found = _TITLE.search(text)
    return " ".join(entities.unescape(_NOISE.sub("", found[1])).split()) if found else ""


def _last(path: str) -> str:
    """The last part of a page's address."""
    return url_of(path).rstrip("/").rpartition("/")[2]


def _places(text: str, wanted: set[str]) -> Iterator[tuple[str, int, int]]:
    """Ids and their places in the article of a page, but for those inside of drawings."""
    marks = [(match.start(), match[1]) for match in _ARTICLE.finditer(text)]
    start = next((at for at, slash in marks if not slash), 0)
    end = next((at for at, slash in reversed(marks) if slash and at > start), len(text))
    drawings = [match.span() for match in _SVG.finditer(text)]
    for written in tokenize_html(text):
        for key in ("id", "name") if written.tag.name == "a" else ("id",):
            at = written.spans.get(key, (-1, -1))[0]
            value = written.tag.attributes.get(key, "")
            drawn = written.tag.name != "svg" and any(first < at < last for first, last in drawings)
            if value in wanted and start <= at < end and not drawn:
                wanted = wanted - {value}
                yield value, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)

"""A tree of several versions: each is checked as a site of its own, and so are the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from urllib.parse import quote

from docsite.built_site import removed_urls
from docsite.built_site.built_page import BuiltPage, PageParser, unreadable_page
from docsite.built_site.file_tree import FileTree
from docsite.built_site.site_index import Language, LinkResolution, SiteIndex
from docsite.built_site.site_problem import SiteProblem
from docsite.built_site.site_rules import relative_link
from docsite.built_site.tag_links import PageLink
from docsite.built_site.version_folders import VersionFolders
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.rules.versions import IN_OTHER_VERSIONS
from docsite.links.urls import ResolvedUrl, SiteBase

_ONE_OF_EACH = frozenset({"version-lost-page", "version-lost-anchor"})


class VersionedSite(SiteIndex):
    """A published tree.

    Args:
        languages: of each version.
        problems: of the list of versions.
    """

    def __init__(
        self,
        tree: FileTree,
        base: SiteBase,
        languages: Iterable[Language],
        layout: VersionFolders,
        problems: Iterable[SiteProblem],
    ) -> None:
        own = list(languages)
        of_each = [Language(one.code, f"{folder}/{one.root}") for folder in layout.folders for one in own]
        super().__init__(tree, base, of_each)
        self.layout = layout
        self._problems = list(problems)
        self._parts = {folder: f"{folder}/" for folder in layout.folders}
        self._languages: dict[str, list[Language]] = {}
        for language in self.languages:
            self._languages.setdefault(self.part(language.root), []).append(language)
        self._digests: dict[str, bytes] = {}

    # Reading

    def halves(self, names: list[str]) -> tuple[list[str], list[str]]:
        """Equal pages of several versions come into the same half."""
        ordered = sorted(names, key=lambda name: name.removeprefix(self.part(name)))
        inner = dict.fromkeys(name.removeprefix(self.part(name)) for name in ordered)
        first = set(list(inner)[::2])
        return (
            [name for name in ordered if name.removeprefix(self.part(name)) in first],
            [name for name in ordered if name.removeprefix(self.part(name)) not in first],
        )

    def read(self, names: Iterable[str]) -> list[BuiltPage]:
        """Read pages, equal ones of several versions once."""
        reader = PageParser()
        by_content: dict[tuple[str, bytes], BuiltPage] = {}
        pages = []
        for name in names:
            try:
                data = self.tree.read(name)
            except OSError as error:
                equal, page = None, unreadable_page(name, error)
            else:
                key = (name.removeprefix(self.part(name)), _digest(data))
                equal = by_content.get(key)
                page = replace(equal, path=name) if equal else reader.page(name, data)
                by_content.setdefault(key, page)
            self.cards[name] = self._card(page)
            if equal is not None:  # one set of ids for all, which is quick to send to the other process
                self.cards[name] = self.cards[name]._replace(ids=self.cards[equal.path].ids)
            pages.append(page)
        return pages

    # What a plain site asks

    def part(self, path: str) -> str:
        return self._parts.get(path.partition("/")[0], "")

    def language(self, path: str) -> Language | None:
        if path not in self._language:
            found = (one for one in self._languages.get(self.part(path), ()) if path.startswith(one.root))
            self._language[path] = next(found, None)
        return self._language[path]

    def landing(self, page: BuiltPage, address: str) -> str | None:
        return self._behind_stub(super().landing(page, address))

    def _behind_stub(self, served: str | None) -> str | None:
        """The page of a version that a page of an alias redirects to."""
        folder, _, rest = (served or "").partition("/")
        real = f"{self.layout.copies[folder]}/{rest}" if folder in self.layout.stubs else served
        return real if real in self.tree.files else served

    def is_home(self, path: str) -> bool:
        part = self.part(path)
        homes = {f"{language.root}index.html" for language in self._languages.get(part, ())}
        return not part or path in homes or path.partition("/")[0] in self.layout.stubs

    def _at(self, where: ResolvedUrl, start: str, folder: str | None) -> LinkResolution:
        """A link that climbs out of a version has to be resolved again for each version."""
        landing = super()._at(where, start, folder)
        if folder == "" or self._named(where) != start.partition("/")[0]:
            return landing._replace(doubtful=True)
        return landing

    def _named(self, where: ResolvedUrl) -> str:
        """The folder at the root that an address names."""
        return where.path.partition("/")[0]

    # Rules

    def of_link(self, page: BuiltPage, link: PageLink, where: ResolvedUrl, served: str | None) -> Iterator[SiteProblem]:
        own, there = page.path.partition("/")[0], self._named(where)
        if own not in self._parts or served is None or not self.part(served):
            return
        if link.role in ("canonical", "alternate"):
            if self.part(self._behind_stub(served) or "") not in (f"{own}/", f"{self.layout.latest}/"):
                message = make_message("version-canonical", "other", address=link.address, there=self._version(there))
                yield SiteProblem(message, page.path, link.address, link=link)
        elif (
            there not in (own, self.layout.copies.get(own)) and link.role != "version" and own not in self.layout.stubs
        ):
            yield self._crossing(page, link, where, served)

    def _crossing(self, page: BuiltPage, link: PageLink, where: ResolvedUrl, served: str) -> SiteProblem:
        own, there = page.path.partition("/")[0], self._named(where)
        same_page = self.tree.served(f"{own}/{served.removeprefix(self.part(served))}")
        key = "exists" if same_page else "other"
        message = make_message("version-link", key, address=link.address, own=own, there=self._version(there))
        suggestion = self._written(page, link, same_page, where.fragment) if same_page else ""
        return SiteProblem(message, page.path, link.address, suggestion, link)

    def _version(self, name: str) -> str:
        shown = self.layout.aliases.get(name)
        return f"{name} ({shown})" if shown else name

    def of_missing(self, page: BuiltPage, link: PageLink, where: ResolvedUrl) -> SiteProblem | None:
        """An address that lacks the version's folder: the page is in the latest version, or in the page's own."""
        if where.outside or self._named(where) in self.layout.names:
            return None
        own = page.path.partition("/")[0] if self.part(page.path) else ""
        folders = [folder for folder in (self.layout.entrance, own) if folder]
        served = [(folder, file) for folder in folders if (file := self.tree.served(f"{folder}/{where.path}"))]
        if not served or not where.path:
            return None
        folder, _ = served[0]
        there = f"{folder}/{where.path}"
        message = make_message("version-less-link", "no-version", address=link.address, there=there)
        in_own = next((file for at, file in served if at == own), there)
        suggestion = self._written(page, link, in_own, where.fragment)
        return SiteProblem(message, page.path, link.address, suggestion, link)

    def _written(self, page: BuiltPage, link: PageLink, path: str, fragment: str | None) -> str:
        """An address of the tree in the form of a link, full or relative."""
        mark = "" if fragment is None else f"#{fragment}"
        folder = path.removesuffix("index.html") if path.endswith("/index.html") else path
        if "://" in link.address:
            return f"{self.base.origin}{self.base.path}{quote(folder)}{mark}"
        if link.address.startswith("/"):
            return f"{self.base.path}{quote(folder)}{mark}"
        return f"{relative_link(page.path, path)}{mark}"

    def of_all(self) -> Iterator[SiteProblem]:
        yield from self._problems
        yield from removed_urls.removed_since(self, self.layout)

    # Equal files

    def deduplicate(self, problems: Iterable[SiteProblem]) -> list[SiteProblem]:
        """Problems that equal pages of several versions share, each once."""
        groups: dict[tuple[object, ...], list[SiteProblem]] = {}
        for problem in problems:
            part = self.part(problem.page)
            if not part or problem.rule in _ONE_OF_EACH:
                groups[id(problem),] = [problem]
                continue
            where = (problem.page.removeprefix(part), self._digest(problem.page), problem.line, problem.column)
            groups.setdefault((problem.rule, problem.address, problem.link, *where), []).append(problem)
        return [self._merged(group) for group in groups.values()]

    def _digest(self, name: str) -> bytes:
        if name not in self._digests:
            self._digests[name] = _digest(self.data(name))
        return self._digests[name]

    def _merged(self, group: list[SiteProblem]) -> SiteProblem:
        order = {f"{folder}/": number for number, folder in enumerate(self.layout.folders)}
        first, *others = sorted(group, key=lambda problem: order.get(self.part(problem.page), -1))
        names = dict.fromkeys(self.part(problem.page)[:-1] for problem in others if problem.page != first.page)
        if not names:
            return first
        return replace(first, message=first.message.wrap(IN_OTHER_VERSIONS, versions=", ".join(names)))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()

"""The whole guide, from the files on disk to Markdown ready for MkDocs, and everything wrong with it.

`hooks/site_events.py` and the command line both walk this one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docsite import outline, source
from docsite.acceptance import Acceptance
from docsite.dialect.marks import ANY, BASEURL, heading_note
from docsite.facts import Facts, LinkFact
from docsite.findings import Edit, Finding, Location, in_order
from docsite.gathering import Gathering
from docsite.links import upstream
from docsite.links.link import Kind, Link
from docsite.links.mend import mended
from docsite.links.pages import Map, Target
from docsite.links.resolve import Problem, Resolved, Resolver, marked
from docsite.links.upstream import Upstream
from docsite.memory import Memory
from docsite.outline import Heading
from docsite.settings import Locale, Settings
from docsite.source import SourceFile

if TYPE_CHECKING:
    from docsite.text import Text

_BASEURL = "{{site.baseurl}}"
"""What BASEURL stands for, as writers give it."""


@dataclass
class GuidePage:
    """A page of the guide on its way to MkDocs.

    Attributes:
        headings: with their final ids.
        findings: all that is wrong in the files this page is made of, and that nobody accepts.
        resolver: of the site's links; None until all pages are read.
        base_path: what `site.baseurl` prints.
    """

    file: SourceFile
    locale: Locale
    key: str
    facts: Facts
    target: Target
    gathering: Gathering
    headings: list[Heading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    resolver: Resolver | None = None
    base_path: str = ""

    @cached_property
    def text(self) -> Text:
        """The page's text, which a check alone may not need."""
        return self.gathering.text(self.file, self.locale, self.key)

    @property
    def meta(self) -> Mapping[str, Any]:
        """The front matter."""
        return self.text.page.meta

    @cached_property
    def markdown(self) -> str:
        """The page for MkDocs."""
        return self.markdown_at(self.target.address)

    def markdown_at(self, address: str) -> str:
        """The page as it is served at an address, which is another language's where it stands in for a translation."""
        target = replace(self.target, served=address)
        rendered = self.text.rendered
        edits: list[tuple[int, int, str]] = []
        for link, _ in self.facts.links if self.resolver else ():
            edits += _link_edits(link, self.resolver.resolve(target, link)) if self.resolver else ()
        for heading, written in zip(self.headings, rendered.headings, strict=True):
            if heading.id:
                edits.append((written.offset, written.offset, heading_note(heading.id, heading.aliases)))
        return edited(rendered.text.text, edits).replace(BASEURL, self.base_path)

    @cached_property
    def built(self) -> list[str]:
        """The address that the built page is to carry for each link of the facts."""
        if self.resolver is None:
            return []
        known = self.resolver
        return [known.built(self.target, link, known.resolve(self.target, link)) for link, _ in self.facts.links]

    def problems(self, link: Link) -> tuple[Problem, ...]:
        """What is wrong with a link of the page."""
        return self.resolver.resolve(self.target, link).problems if self.resolver else ()

    @property
    def path(self) -> str:
        return self.file.path

    @cached_property
    def ids(self) -> dict[str, str]:
        """Every id on the page that its text sets, leading to the one that links are to carry; headings first."""
        ids = {heading.id: heading.id for heading in self.headings if heading.id}
        for heading in self.headings:
            ids |= dict.fromkeys(heading.aliases, heading.id)
        facts = self.facts
        others = (*(name for name, _ in facts.ids), *facts.other_ids)
        return {name: name for name in others} | ids

    def placed_ids(self) -> Iterator[tuple[str, Location]]:
        """Ids with their places: of headings, which keep theirs, and then those of everything else."""
        facts = self.facts
        for heading, written in zip(self.headings, facts.headings, strict=True):
            for name in (heading.id, *heading.aliases):
                if name:
                    yield name, facts.location(written.spot)
        yield from ((name, facts.location(spot)) for name, spot in facts.ids)

    @property
    def title(self) -> str:
        """The page's name in the navigation."""
        first = next((heading.text for heading in self.headings), self.key)
        return str(self.meta.get("nav_title") or self.meta.get("title") or first)


@dataclass
class Guide:
    """A site read and resolved.

    Attributes:
        pages: by path as findings name it.
        findings: everything wrong that nobody accepts, in order.
        links: how many links were looked at.
        acceptance: what is accepted.
    """

    settings: Settings
    pages: Mapping[str, GuidePage]
    findings: list[Finding]
    links: int
    acceptance: Acceptance

    def page_at(self, path: Path) -> GuidePage | None:
        """The page of a file."""
        return self.pages.get(self.settings.shown(path))


def load(
    settings: Settings,
    read: source.Reader = source.read,
    *,
    mending: bool = False,
    memory: Memory | None = None,
    texts: bool = False,
) -> Guide:
    """Read every page of a site, render its dialect and resolve its links.

    Args:
        read: reads a page or an include.
        mending: whether findings are to carry the edits that mend them, where these are sure.
        memory: what pages said before, for those who need few of their texts.
        texts: whether all texts will be asked for.
    """
    return _Loader(settings, read, memory, mending=mending, texts=texts).run()


class _Loader:
    def __init__(
        self, settings: Settings, read: source.Reader, memory: Memory | None, *, mending: bool, texts: bool
    ) -> None:
        self.settings = settings
        self.mending = mending
        self.acceptance = Acceptance(settings.ignore)
        self.findings: list[Finding] = []
        if memory:
            memory.look()
        self.upstream, data = self._data()
        self.gathering = Gathering(settings, data, read, memory, texts=texts)
        self._told: dict[tuple[str, Kind, str], tuple[Problem, ...]] = {}

    def run(self) -> Guide:
        pages = [
            GuidePage(file, locale, key, facts, self._target(locale, key), self.gathering, findings=[*facts.findings])
            for file, locale, key, facts in self.gathering.pages()
        ]
        for page in pages:
            page.target = replace(page.target, ids=lambda page=page: page.ids)  # type: ignore[misc] # binds `page` now
        self._outlines(pages)
        resolver = self._resolver(pages)
        for page in pages:
            self._resolve(page, resolver)
        self.findings += self._aliases(pages)
        findings = in_order(self._accept(pages))
        links = sum(len(page.facts.links) for page in pages)
        return Guide(self.settings, {page.path: page for page in pages}, findings, links, self.acceptance)

    def _accept(self, pages: Iterable[GuidePage]) -> list[Finding]:
        """Every finding of the guide and its pages that nobody accepts."""
        for page in pages:
            self.acceptance.add(page.facts.accepts)
        for page in pages:
            page.findings = self.acceptance.keep(page.findings)
        kept = self.acceptance.keep(self.findings)
        return [*kept, *(f for page in pages for f in page.findings), *self.acceptance.unused("sources")]

    def _data(self) -> tuple[Upstream, dict[str, Any]]:
        """The inventory of upstream pages, and `site.data`."""
        known, data = Upstream(), {}
        for path in sorted(self.settings.data.glob("*.y*ml")):
            file = source.read(path, self.settings.shown(path))
            if path.stem == "upstream":
                known, findings = upstream.read(file)
            else:
                schema = "glossary" if path.stem == "glossary" else "data"
                document, findings = upstream.read_data(file, schema)
                data[path.stem] = document.data
            self.findings += findings
        return known, data

    def _target(self, locale: Locale, key: str) -> Target:
        root = "" if locale.served_at_root else f"{locale.code}/"
        inner = source.address(key).lstrip("/")
        if not self.settings.use_directory_urls:
            inner = key.removesuffix(".md") + ".html" if inner else "index.html"
        folder = f"{locale.folder}/" if locale.folder else ""
        return Target(locale.code, key, folder + key, root + inner, root, dict)

    def _outlines(self, pages: Iterable[GuidePage]) -> None:
        """Give headings their ids, in the source language first."""
        source_code = self.settings.source.code
        by_key: dict[str, GuidePage] = {}
        for page in sorted(pages, key=lambda p: p.locale.code != source_code):
            written = page.facts.headings
            twin = by_key.get(page.key)
            if page.locale.code == source_code or twin is None:
                page.headings = outline.standing_alone(written)
            else:
                page.headings = outline.like_source(written, twin.headings)
            if page.locale.code == source_code:
                by_key[page.key] = page
            page.findings += _duplicates(page)

    # Links.

    def _resolver(self, pages: Iterable[GuidePage]) -> Resolver:
        docs_dir = self.settings.docs_dir
        private = [self.settings.includes, self.settings.data]

        def exists(path: str) -> bool:
            full = docs_dir / path
            try:
                return full.is_file() and full.resolve().is_relative_to(docs_dir)
            except OSError:  # a name longer than any file's
                return False

        def known() -> list[str]:
            found = (p for p in docs_dir.rglob("*") if p.is_file() and p.suffix != ".md")
            return [p.relative_to(docs_dir).as_posix() for p in found if not set(private) & set(p.parents)]

        locales = [locale.code for locale in self.settings.locales]
        targets = Map(((page.target, page.facts.aliases) for page in pages), locales)
        return Resolver(targets, self.upstream, exists, known, self.settings.fallback, self.mending)

    def _resolve(self, page: GuidePage, resolver: Resolver) -> None:
        """Note what is wrong with the page's links."""
        page.resolver, page.base_path = resolver, self.upstream.base_path(page.target.locale)
        for fact in page.facts.links:
            problems = self._problems(page, fact.link, resolver)
            if problems:
                page.findings += self._faults(page, fact, problems, resolver)

    def _problems(self, page: GuidePage, link: Link, resolver: Resolver) -> tuple[Problem, ...]:
        """What is wrong with a link; an address from the root of the site means the same on all pages of a language."""
        if not link.address.startswith(BASEURL):
            return resolver.resolve(page.target, link).problems
        same = (page.locale.code, link.kind, link.address)
        if same not in self._told:
            self._told[same] = resolver.resolve(page.target, link).problems
        return self._told[same]

    def _faults(
        self, page: GuidePage, fact: LinkFact, problems: Iterable[Problem], resolver: Resolver
    ) -> Iterator[Finding]:
        link = fact.link
        sure = _edits(page.text, link, mended(resolver, page.target, link)) if self.mending else ()
        shown = link.address.replace(BASEURL, _BASEURL)
        for problem in problems:
            message = ANY.sub("\ufffd", problem.message)  # percent-encoding may spell a mark
            yield Finding(problem.rule, page.facts.location(fact.spot), message, shown, problem.suggestion, sure)

    def _aliases(self, pages: Iterable[GuidePage]) -> Iterator[Finding]:
        """Addresses that two pages of one language claim."""
        owners: dict[tuple[str, str], GuidePage] = {}
        for page in pages:
            owners[page.locale.code, upstream.normal(source.address(page.key))] = page
        for page in pages:
            for alias in page.facts.aliases:
                owner = owners.setdefault((page.locale.code, upstream.normal(alias)), page)
                if owner is not page:
                    message = f"“{alias}” is already the address of {owner.path}."
                    yield Finding("front-matter-alias", page.text.in_front_matter(alias), message, alias)


def _link_edits(link: Link, resolved: Resolved) -> Iterator[tuple[int, int, str]]:
    """The changes to a text that write where a link leads."""
    if resolved.address is not None:
        yield link.start, link.stop, _written(marked(resolved, link.kind), link.kind)
        if resolved.foreign and link.kind is Kind.HTML and link.attribute == "href":
            yield link.stop + 1, link.stop + 1, f' hreflang="{resolved.foreign}"'


def _edits(text: Text, link: Link, address: str) -> tuple[Edit, ...]:
    """The edit that writes an address for a link's; the writer's own `{{ site.baseurl }}` stays as it is."""
    shared = BASEURL if link.address.startswith(BASEURL) and address.startswith(BASEURL) else ""
    start = link.start + len(shared)
    at = text.copied(start, link.stop) if address else None
    file = text.file(start)
    new = address.removeprefix(shared)
    if at is None or file != text.file(link.start) or (BASEURL in new and file.in_raw(at)):
        return ()
    return (Edit(at, at + link.stop - start, new.replace(BASEURL, _BASEURL)),)


def _duplicates(page: GuidePage) -> Iterator[Finding]:
    """Ids that the text of a page sets twice: headings keep theirs, of others the first does."""
    seen: set[str] = set()
    for name, place in page.placed_ids():
        if name in seen:
            yield Finding("id-duplicate", place, f"The id “{name}” is on this page already.", name)
        seen.add(name)


def _written(address: str, kind: Kind) -> str:
    """An address as it may stand in Markdown or in an attribute."""
    if kind is Kind.HTML:
        return address.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with stretches of it replaced."""
    parts: list[str] = []
    at = 0
    for start, stop, replacement in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[at:start], replacement]
        at = max(at, stop)
    return "".join([*parts, text[at:]])

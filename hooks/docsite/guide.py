"""The whole guide, from the files on disk to Markdown ready for MkDocs, and everything wrong with it.

`hooks/site_events.py` and the command line both walk this one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from docsite import outline, source
from docsite.acceptance import Acceptance
from docsite.dialect import words
from docsite.dialect.liquid import Dialect
from docsite.dialect.marks import ANY, BASEURL
from docsite.dialect.render import Rendered, heading_note, render
from docsite.findings import Edit, Finding, Location, in_order
from docsite.links import upstream
from docsite.links.mend import mended
from docsite.links.pages import Map, Target
from docsite.links.resolve import Resolved, Resolver, marked
from docsite.links.scan import Kind, Link, Scan, scan, without
from docsite.links.upstream import Upstream
from docsite.outline import Heading
from docsite.settings import Locale, Settings
from docsite.source import Page, SourceFile
from docsite.suggest import nearest

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

    page: Page
    target: Target
    rendered: Rendered
    scan: Scan
    headings: list[Heading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    resolver: Resolver | None = None
    base_path: str = ""

    @cached_property
    def markdown(self) -> str:
        """The page for MkDocs."""
        return self.markdown_at(self.target.address)

    def markdown_at(self, address: str) -> str:
        """The page as it is served at an address, which is another language's where it stands in for a translation."""
        target = replace(self.target, served=address)
        edits: list[tuple[int, int, str]] = []
        for link in self.scan.links if self.resolver else ():
            edits += _link_edits(link, self.resolver.resolve(target, link)) if self.resolver else ()
        for heading, written in zip(self.headings, self.rendered.headings, strict=True):
            if heading.id:
                edits.append((written.offset, written.offset, heading_note(heading.id, heading.aliases)))
        return edited(self.rendered.text.text, edits).replace(BASEURL, self.base_path)

    @cached_property
    def built(self) -> list[str]:
        """The address that the built page is to carry for each link of `scan`."""
        if self.resolver is None:
            return []
        known = self.resolver
        return [known.built(self.target, link, known.resolve(self.target, link)) for link in self.scan.links]

    @property
    def path(self) -> str:
        return self.page.file.path

    @cached_property
    def ids(self) -> dict[str, str]:
        """Every id on the page that its text sets, leading to the one that links are to carry; headings first."""
        ids = {heading.id: heading.id for heading in self.headings if heading.id}
        for heading in self.headings:
            ids |= dict.fromkeys(heading.aliases, heading.id)
        others = (*(name for name, _ in self.scan.ids), *self._listed_ids(), *outline.other_ids(self._prose))
        return {name: name for name in others} | ids

    @property
    def _prose(self) -> str:
        """The text without code."""
        return without(self.rendered.text.text, sorted(self.scan.code))

    def _listed_ids(self) -> Iterator[str]:
        """Ids of attribute lists of blocks."""
        return (name for name, _ in self.rendered.ids)

    def placed_ids(self) -> Iterator[tuple[str, int]]:
        """Ids of headings, then of raw HTML and inline attribute lists, each with its offset in the rendered text."""
        for heading, written in zip(self.headings, self.rendered.headings, strict=True):
            for name in (heading.id, *heading.aliases):
                if name:
                    yield name, written.offset
        yield from sorted([*self.scan.ids, *self.scan.listed], key=lambda placed: placed[1])

    def location(self, offset: int) -> Location:
        """Where the character at an offset of the rendered text was written."""
        origin = self.rendered.text.origin(offset)
        return self.rendered.files[origin.file].location(origin.offset)

    def file(self, offset: int) -> SourceFile:
        """The file that the character at an offset of the rendered text was written in."""
        return self.rendered.files[self.rendered.text.origin(offset).file]

    def copied(self, start: int, stop: int) -> int | None:
        """The offset, in `file(start)`, that a stretch of the rendered text was copied from whole."""
        text = self.rendered.text
        at = text.origin(start).offset
        return at if self.file(start).text.startswith(text.text[start:stop], at) else None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Addresses the page had before."""
        given = self.page.meta.get("aliases")
        return tuple(unquote(alias) for alias in given if isinstance(alias, str)) if isinstance(given, list) else ()

    @property
    def title(self) -> str:
        """The page's name in the navigation."""
        first = next((heading.text for heading in self.headings), self.page.key)
        return str(self.page.meta.get("nav_title") or self.page.meta.get("title") or first)


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


def load(settings: Settings, read: source.Reader = source.read, *, mending: bool = False) -> Guide:
    """Read every page of a site, render its dialect and resolve its links.

    Args:
        read: reads a page or an include.
        mending: whether findings are to carry the edits that mend them, where these are sure.
    """
    return _Loader(settings, read, mending=mending).run()


class _Loader:
    def __init__(self, settings: Settings, read: source.Reader, *, mending: bool) -> None:
        self.settings = settings
        self.read = read
        self.mending = mending
        self.acceptance = Acceptance(settings.ignore)
        self.findings: list[Finding] = []
        self.upstream, self.data = self._data()
        self.dialect = Dialect(settings.includes, settings.blocks, settings.shown, read)

    def run(self) -> Guide:
        pages = [self._page(path, locale, key) for path, locale, key in source.pages(self.settings)]
        self._outlines(pages)
        resolver = self._resolver(pages)
        for page in pages:
            self._resolve(page, resolver)
        self.findings += self._aliases(pages)
        findings = in_order(self._accept(pages))
        links = sum(len(page.scan.links) for page in pages)
        return Guide(self.settings, {page.path: page for page in pages}, findings, links, self.acceptance)

    def _accept(self, pages: Iterable[GuidePage]) -> list[Finding]:
        """Every finding of the guide and its pages that nobody accepts."""
        for page in pages:
            self.acceptance.add(page.rendered.accepts)
        for page in pages:
            page.findings = self.acceptance.keep(page.findings)
        kept = self.acceptance.keep(self.findings)
        return [*kept, *(f for page in pages for f in page.findings), *self.acceptance.unused("sources")]

    # Data files.

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

    # Pages.

    def _page(self, path: Path, locale: Locale, key: str) -> GuidePage:
        page = source.page(self.read(path, self.settings.shown(path)), locale, key)
        rendered = render(self.dialect, page.file, page.body, self._variables(page), locale.code)
        findings = [*page.findings, *_page_type(page), *rendered.findings]
        made = GuidePage(page, self._target(page), rendered, scan(rendered.text.text), findings=findings)
        made.target = replace(made.target, ids=lambda: made.ids)
        return made

    def _target(self, page: Page) -> Target:
        root = "" if page.locale.served_at_root else f"{page.locale.code}/"
        inner = page.address.lstrip("/")
        if not self.settings.use_directory_urls:
            inner = page.key.removesuffix(".md") + ".html" if inner else "index.html"
        folder = f"{page.locale.folder}/" if page.locale.folder else ""
        return Target(page.locale.code, page.key, folder + page.key, root + inner, root, dict)

    def _variables(self, page: Page) -> dict[str, Any]:
        """What `site` and `page` hold, as in Jekyll."""
        settings = self.settings
        site = {
            "baseurl": BASEURL,
            "url": settings.site_url.rstrip("/"),
            "title": page.locale.site_name,
            "language": page.locale.code,
            "data": self.data,
            **settings.site,
        }
        own = {"url": page.address, "path": page.file.path, "name": Path(page.key).name, "lang": page.locale.code}
        titled = {"title": page.meta.get("article_title") or page.meta.get("nav_title")}
        named = {key: value for key, value in (titled | own).items() if value is not None}
        return {"site": site, "page": named | page.meta}

    def _outlines(self, pages: Iterable[GuidePage]) -> None:
        """Give headings their ids, in the source language first."""
        source_code = self.settings.source.code
        by_key: dict[str, GuidePage] = {}
        for page in sorted(pages, key=lambda p: p.page.locale.code != source_code):
            written = page.rendered.headings
            twin = by_key.get(page.page.key)
            if page.page.locale.code == source_code or twin is None:
                page.headings = outline.standing_alone(written)
            else:
                page.headings = outline.like_source(written, twin.headings)
            if page.page.locale.code == source_code:
                by_key[page.page.key] = page
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
        targets = Map(((page.target, page.aliases) for page in pages), locales)
        return Resolver(targets, self.upstream, exists, known, self.settings.fallback, self.mending)

    def _resolve(self, page: GuidePage, resolver: Resolver) -> None:
        """Note what is wrong with the page's links."""
        page.resolver, page.base_path = resolver, self.upstream.base_path(page.target.locale)
        for link in page.scan.links:
            resolved = resolver.resolve(page.target, link)
            sure = _edits(page, link, mended(resolver, page.target, link)) if resolved.problems and self.mending else ()
            for problem in resolved.problems:
                shown = link.address.replace(BASEURL, _BASEURL)
                location = page.location(link.start)
                message = ANY.sub("\ufffd", problem.message)  # percent-encoding may spell a mark
                page.findings.append(Finding(problem.rule, location, message, shown, problem.suggestion, sure))

    def _aliases(self, pages: Iterable[GuidePage]) -> Iterator[Finding]:
        """Addresses that two pages of one language claim."""
        owners: dict[tuple[str, str], GuidePage] = {}
        for page in pages:
            owners[page.target.locale, upstream.normal(page.page.address)] = page
        for page in pages:
            for alias in page.aliases:
                owner = owners.setdefault((page.target.locale, upstream.normal(alias)), page)
                if owner is not page:
                    message = f"“{alias}” is already the address of {owner.path}."
                    yield Finding("front-matter-alias", _of_text(page.page, alias), message, alias)


def _link_edits(link: Link, resolved: Resolved) -> Iterator[tuple[int, int, str]]:
    """The changes to a text that write where a link leads."""
    if resolved.address is not None:
        yield link.start, link.stop, _written(marked(resolved, link.kind), link.kind)
        if resolved.foreign and link.kind is Kind.HTML and link.attribute == "href":
            yield link.stop + 1, link.stop + 1, f' hreflang="{resolved.foreign}"'


def _edits(page: GuidePage, link: Link, address: str) -> tuple[Edit, ...]:
    """The edit that writes an address for a link's; the writer's own `{{ site.baseurl }}` stays as it is."""
    shared = BASEURL if link.address.startswith(BASEURL) and address.startswith(BASEURL) else ""
    start = link.start + len(shared)
    at = page.copied(start, link.stop) if address else None
    file = page.file(start)
    text = address.removeprefix(shared)
    if at is None or file != page.file(link.start) or (BASEURL in text and file.in_raw(at)):
        return ()
    return (Edit(at, at + link.stop - start, text.replace(BASEURL, _BASEURL)),)


def _page_type(page: Page) -> Iterator[Finding]:
    value = page.meta.get("page_type")
    if isinstance(value, str) and words.page_type(value) is None:
        labels = [name for kind, said in words.PAGE_TYPES.items() for name in (kind, *said.values())]
        message = f"There is no page_type “{value}”: use {', '.join(words.PAGE_TYPES)}."
        place = _of_text(page, value)
        yield Finding("front-matter-type", place, message, value, nearest(value, labels))


def _of_text(page: Page, text: str) -> Location:
    """Where a value stands in the front matter."""
    places = (page.file.text.find(form, 0, page.body) for form in (text, quote(text)))
    return page.file.location(max(0, *places))


def _duplicates(page: GuidePage) -> Iterator[Finding]:
    """Ids that the text of a page sets twice: headings keep theirs, of others the first does."""
    seen: set[str] = set()
    files = page.rendered.files
    placed = [(name, page.location(offset)) for name, offset in page.placed_ids()]
    heads = len(placed) - len(page.scan.ids) - len(page.scan.listed)
    others = [*placed[heads:], *((name, files[at.file].location(at.offset)) for name, at in page.rendered.ids)]
    others.sort(key=lambda one: (one[1].path != page.path, one[1].path, one[1].line, one[1].column))
    for name, place in (*placed[:heads], *others):
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

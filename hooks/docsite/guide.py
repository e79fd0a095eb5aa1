"""The whole guide, from the files on disk to Markdown ready for MkDocs, and everything wrong with it.

`hooks/site_events.py` and the command line both walk this one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from docsite import outline, source
from docsite.dialect import words
from docsite.dialect.liquid import Dialect
from docsite.dialect.marks import BASEURL
from docsite.dialect.render import Rendered, heading_note, render
from docsite.findings import Finding, Location, in_order
from docsite.links import upstream
from docsite.links.pages import Map, Target
from docsite.links.resolve import Resolver, marked
from docsite.links.scan import Kind, Scan, scan
from docsite.links.upstream import Upstream
from docsite.outline import Heading
from docsite.settings import Locale, Settings
from docsite.source import Page
from docsite.suggest import nearest


@dataclass
class GuidePage:
    """A page of the guide on its way to MkDocs.

    Attributes:
        headings: with their final ids.
        findings: all that is wrong in the files this page is made of.
        built: the address that the built page is to carry for each link of `scan`.
    """

    page: Page
    target: Target
    rendered: Rendered
    scan: Scan
    headings: list[Heading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    markdown: str = ""
    built: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.page.file.path

    @cached_property
    def ids(self) -> dict[str, str]:
        """Every id on the page that its text sets, leading to the one that links are to carry; headings first."""
        ids = {heading.id: heading.id for heading in self.headings if heading.id}
        for heading in self.headings:
            ids |= dict.fromkeys(heading.aliases, heading.id)
        others = (*(name for name, _ in self.scan.ids), *outline.other_ids(self.rendered.text.text))
        return {name: name for name in others} | ids

    def placed_ids(self) -> Iterator[tuple[str, int]]:
        """Ids of headings and raw HTML, each with its offset in the rendered text."""
        for heading, written in zip(self.headings, self.rendered.headings, strict=True):
            for name in (heading.id, *heading.aliases):
                if name:
                    yield name, written.offset
        yield from self.scan.ids

    def location(self, offset: int) -> Location:
        """Where the character at an offset of the rendered text was written."""
        origin = self.rendered.text.origin(offset)
        return self.rendered.files[origin.file].location(origin.offset)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Addresses the page had before."""
        given = self.page.meta.get("aliases")
        return tuple(alias for alias in given if isinstance(alias, str)) if isinstance(given, list) else ()

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
        findings: everything wrong, in order.
        links: how many links were looked at.
    """

    settings: Settings
    pages: Mapping[str, GuidePage]
    findings: list[Finding]
    links: int

    def page_at(self, path: Path) -> GuidePage | None:
        """The page of a file."""
        return self.pages.get(self.settings.shown(path))


def load(settings: Settings) -> Guide:
    """Read every page of a site, render its dialect and resolve its links."""
    return _Loader(settings).run()


class _Loader:
    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.findings: list[Finding] = []
        self.upstream, self.data = self._data()
        self.dialect = Dialect(settings.includes, settings.blocks, settings.shown)

    def run(self) -> Guide:
        pages = [self._page(path, locale, key) for path, locale, key in source.pages(self.settings)]
        self._outlines(pages)
        resolver = self._resolver(pages)
        for page in pages:
            self._resolve(page, resolver)
        self.findings += self._aliases(pages)
        for page in pages:
            self.findings += page.findings
        links = sum(len(page.scan.links) for page in pages)
        return Guide(self.settings, {page.path: page for page in pages}, in_order(self.findings), links)

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
        page = source.page(source.read(path, self.settings.shown(path)), locale, key)
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
            return full.is_file() and full.resolve().is_relative_to(docs_dir)

        def known() -> list[str]:
            found = (p for p in docs_dir.rglob("*") if p.is_file() and p.suffix != ".md")
            return [p.relative_to(docs_dir).as_posix() for p in found if not set(private) & set(p.parents)]

        locales = [locale.code for locale in self.settings.locales]
        targets = Map(((page.target, page.aliases) for page in pages), locales)
        return Resolver(targets, self.upstream, exists, known, self.settings.fallback)

    def _resolve(self, page: GuidePage, resolver: Resolver) -> None:
        """Write the page's links, and note what is wrong with them."""
        edits: list[tuple[int, int, str]] = []
        for link in page.scan.links:
            resolved = resolver.resolve(page.target, link)
            for problem in resolved.problems:
                shown = link.address.replace(BASEURL, "{{site.baseurl}}")
                location = page.location(link.start)
                page.findings.append(Finding(problem.rule, location, problem.message, shown, problem.suggestion))
            page.built.append(resolver.built(page.target, link, resolved))
            if resolved.address is not None:
                edits.append((link.start, link.stop, _written(marked(resolved, link.kind), link.kind)))
                if resolved.foreign and link.kind is Kind.HTML and link.attribute == "href":
                    edits.append((link.stop + 1, link.stop + 1, f' hreflang="{resolved.foreign}"'))
        for heading, written in zip(page.headings, page.rendered.headings, strict=True):
            if heading.id:
                edits.append((written.offset, written.offset, heading_note(heading.id, heading.aliases)))
        text = edited(page.rendered.text.text, edits)
        page.markdown = text.replace(BASEURL, self.upstream.base_path(page.target.locale))

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


def _page_type(page: Page) -> Iterator[Finding]:
    value = page.meta.get("page_type")
    if isinstance(value, str) and words.page_type(value) is None:
        labels = [name for kind, said in words.PAGE_TYPES.items() for name in (kind, *said.values())]
        message = f"There is no page_type “{value}”: use {', '.join(words.PAGE_TYPES)}."
        place = _of_text(page, value)
        yield Finding("front-matter-type", place, message, value, nearest(value, labels))


def _of_text(page: Page, text: str) -> Location:
    """Where a value stands in the front matter."""
    at = page.file.text.find(text, 0, page.body)
    return page.file.location(max(0, at))


def _duplicates(page: GuidePage) -> Iterator[Finding]:
    """Ids that the text of a page sets twice."""
    seen: set[str] = set()
    for name, offset in page.placed_ids():
        if name in seen:
            yield Finding("id-duplicate", page.location(offset), f"The id “{name}” is on this page already.", name)
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

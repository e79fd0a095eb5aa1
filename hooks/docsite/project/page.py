"""A page's text, rendered and scanned, and the facts that a check takes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Union

from docsite.config.dialect import Dialect
from docsite.config.settings import Settings
from docsite.config.site import Locale, SiteFile, path_in_language
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.position import Position
from docsite.diagnostics.suggestions import closest_match
from docsite.links.extractor import ExtractedLinks, extract_links
from docsite.markup import labels, source_file
from docsite.markup.blocks.attribute_blocks import invalid_attribute
from docsite.markup.blocks.tree import Block, Document, HeadingBlock
from docsite.markup.inlines.inline_nodes import plain_text
from docsite.markup.placeholders import BASEURL, BASEURL_TAG
from docsite.markup.render import Rendered, render_page
from docsite.markup.source_file import PageSource, SourceFile
from docsite.markup.source_map import SourcePosition
from docsite.project.front_matter import read_aliases, read_theme_files
from docsite.project.page_summary import HeadingSummary, IdSummary, LinkSummary, PageSummary, ReferenceSummary
from docsite.project.site_liquid import make_liquid
from docsite.project.translatable import TranslatableReader, compared_meta

if TYPE_CHECKING:
    from docsite.markup.native.page_html import MarkdownRenderer
    from docsite.project.native_page import NativePage


@dataclass(frozen=True)
class RenderedPage:
    """A page on its way to MkDocs, before its links are resolved."""

    page: PageSource
    rendered: Rendered
    translatable: TranslatableReader

    native: ClassVar[Literal[False]] = False

    @cached_property
    def scan(self) -> ExtractedLinks:
        """The links and ids of the page, which a build finds in the cache."""
        return extract_links(self.rendered.inlines)

    def location(self, offset: int) -> Location:
        """Where the character at an offset of the rendered text was written."""
        return self._written(self.rendered.text.origin(offset))

    def _written(self, origin: SourcePosition) -> Location:
        return self.rendered.files[origin.file].location(origin.offset)

    def file(self, offset: int) -> SourceFile:
        """The file that the character at an offset of the rendered text was written in."""
        return self.rendered.files[self.rendered.text.origin(offset).file]

    def copied(self, start: int, stop: int) -> int | None:
        """The offset, in `file(start)`, that a part of the rendered text was copied from whole."""
        text = self.rendered.text
        at = text.origin(start).offset
        return at if self.file(start).text.startswith(text.text[start:stop], at) else None

    @property
    def facts(self) -> PageSummary:
        """What the page says."""
        rendered, found = self.rendered, self.scan
        files = tuple(dict.fromkeys([self.page.file.path, *rendered.files]))
        index = {path: number for number, path in enumerate(files)}

        def position(origin: SourcePosition) -> Position:
            at = self._written(origin)
            return Position(index[at.path], at.line, at.column)

        origin = rendered.text.origin
        ids = [IdSummary(name, position(origin(at))) for name, at in found.ids]
        ids += [IdSummary(name, position(at)) for name, at in _block_ids(rendered.document)]
        reader, document, inlines = self.translatable, rendered.document, rendered.inlines
        inputs = {**rendered.inputs, **({"data": ""} if reader.uses_glossary else {})}
        language = reader.findings(self.page.locale.code, document, inlines, rendered.files)
        included_at = {path: tuple(map(position, tags)) for path, tags in rendered.included_at.items()}
        return PageSummary(
            files=files,
            findings=(
                *self.page.findings,
                *rendered.findings,
                *self._of_links(),
                *self._of_attributes(),
                *self._of_html(),
                *reader.title_findings(self.page),
                *language,
            ),
            suppressions=rendered.suppressions,
            aliases=read_aliases(self.page),
            theme_files=read_theme_files(self.page),
            headings=tuple(
                HeadingSummary(h.level, plain_text(rendered.inlines.nodes(h)), h.id, position(h.position(0)))
                for h in rendered.document.headings()
            ),
            links=tuple([LinkSummary(link, position(origin(link.start))) for link in found.links]),
            references=(
                *(ReferenceSummary(kind, name, position(origin(at))) for kind, name, at in found.references),
                *(
                    ReferenceSummary("footnote", note.label, position(_beginning(note)))
                    for note in found.unused_footnotes
                ),
            ),
            ids=tuple(sorted(ids, key=lambda fact: fact.position)),
            inputs=tuple(inputs.items()),
            other_ids=tuple(found.generated_ids),
            meta=compared_meta(self.page),
            meta_positions={key: Position(0, *at) for key, at in self.page.key_positions.items()},
            content=reader.content(document, inlines, lambda offset: position(origin(offset)), included_at),
            included_at=included_at,
        )

    def _of_links(self) -> Iterator[Finding]:
        """Links in Markdown that are none: in raw HTML, and references without a definition."""
        labels = [definition.label for definition in self.rendered.inlines.definitions]
        notes = [note.label for note in self.rendered.inlines.footnotes]
        for label, at in self.rendered.inlines.unknown_labels:
            kind, known = ("footnote", notes) if label[0] == "^" else ("label", labels)
            name = label.removeprefix("^")
            yield Finding(
                make_message("link-undefined", kind, label=name), self.location(at), name, closest_match(name, known)
            )
        for note in self.scan.unused_footnotes:
            message = make_message("markup-unused-footnote", "unused", label=note.label)
            yield Finding(message, self._written(_beginning(note)), note.label)
        for address, at in self.scan.unread:
            shown = address.replace(BASEURL, BASEURL_TAG)
            yield Finding(make_message("link-not-built", "text", address=shown), self.location(at), shown)

    def _of_attributes(self) -> Iterator[Finding]:
        """Parts of attribute lists in running text that say nothing."""
        for part, at in self.rendered.inlines.invalid_parts:
            yield Finding(invalid_attribute(part), self.location(at))

    def _of_html(self) -> Iterator[Finding]:
        """Elements in running text that are never closed."""
        for name, at in self.rendered.inlines.unclosed:
            yield Finding(make_message("markup-unclosed-html", "element", name=name), self.location(at), name)


def _beginning(block: Block) -> SourcePosition:
    """Where a block begins, behind its indentation."""
    line = block.first
    return line.origin(len(line.text) - len(line.text.lstrip()))


def _block_ids(document: Document) -> Iterator[tuple[str, SourcePosition]]:
    """Ids that attribute lists give to blocks other than headings, with the place of the list."""
    for block in document.walk():
        said = block.attributes
        if said is not None and said.id and said.line is not None and not isinstance(block, HeadingBlock):
            yield said.id, said.line.origin(0)


PageText = Union["RenderedPage", "NativePage"]
PageReader = Callable[[SourceFile, Locale, SiteFile], PageText]
"""Reads the text of a page, given its file, its language and what MkDocs says of it."""


def make_reader(
    settings: Settings,
    data: Mapping[str, Any],
    read: source_file.SourceReader,
    markdown: MarkdownRenderer | None = None,
) -> PageReader:
    """A reader for the pages of a site.

    Args:
        data: what `site.data` holds.
        read: reads an include.
        markdown: Python-Markdown as a build has configured it; default: as mkdocs.yml says.
    """
    if settings.dialect is not Dialect.JEKYLL:
        return _native_reader(settings, data, read, markdown)
    liquid, more = make_liquid(settings, read)
    additions = settings.additions
    translatable = _translatable_reader(settings, data)
    types = {**labels.PAGE_TYPES, **additions.page_types}

    def text(file: SourceFile, locale: Locale, served: SiteFile) -> RenderedPage:
        address = path_in_language(served, locale)
        page = source_file.parse_page(file, locale, served.key, address, more=additions.front_matter)
        page = replace(page, findings=(*page.findings, *_page_type(page, types)))
        variables = _variables(settings, data, page, more)
        rendered = render_page(liquid, file, page.body, variables, locale.code, frozenset(settings.native_blocks))
        return RenderedPage(page, rendered, translatable)

    return text


def _native_reader(
    settings: Settings, data: Mapping[str, Any], read: source_file.SourceReader, markdown: MarkdownRenderer | None
) -> PageReader:
    from docsite.markup.native.page_html import MarkdownRenderer as Renderer  # costly to load: Python-Markdown
    from docsite.project.native_page import NativeReader

    if markdown is None:
        from docsite.config.mkdocs_config import load_extensions  # costly to load: MkDocs

        markdown = Renderer(*load_extensions(settings.config_file))
    liquid, more = make_liquid(settings, read)
    translatable = _translatable_reader(settings, data)
    reader = NativeReader(
        settings.dialect,
        liquid,
        markdown,
        lambda page: _variables(settings, data, page, more),
        translatable,
        settings.mkdocs.has_templates,
    )

    def text(file: SourceFile, locale: Locale, served: SiteFile) -> NativePage:
        address = path_in_language(served, locale)
        return reader.read(source_file.parse_page(file, locale, served.key, address, schema=""), locale)

    return text


def _translatable_reader(settings: Settings, data: Mapping[str, Any]) -> TranslatableReader:
    return TranslatableReader([locale.code for locale in settings.locales], data.get("glossary"))


def _variables(
    settings: Settings, data: Mapping[str, Any], page: PageSource, more: Mapping[str, Any]
) -> dict[str, Any]:
    """What `site`, with what the site's own code adds, and `page` hold, as in Jekyll."""
    site = {
        "url": settings.site_url.rstrip("/"),
        "title": page.locale.site_name,
        "language": page.locale.code,
        "data": data,
        **more,
        **settings.site,
        "baseurl": BASEURL,  # whatever folder a Jekyll configuration names: the site is where `site_url` says
    }
    own = {"url": page.address, "path": page.file.path, "name": Path(page.key).name, "lang": page.locale.code}
    titled = {"title": page.meta.get("article_title") or page.meta.get("nav_title")}
    named = {key: value for key, value in (titled | own).items() if value is not None}
    return {"site": site, "page": named | page.meta}


def _page_type(page: PageSource, types: labels.PageTypes) -> Iterator[Finding]:
    value = page.meta.get("page_type")
    if isinstance(value, str) and labels.page_type_id(value, types) is None:
        known = [name for kind, said in types.items() for name in (kind, *said.values())]
        message = make_message("front-matter-type", "page-type", value=value, types=", ".join(types))
        location = Location(page.file.path, *page.value_position(("page_type",)))
        yield Finding(message, location, value, closest_match(value, known))

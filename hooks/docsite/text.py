"""A page's text, rendered and scanned, and the facts that a check takes from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from docsite import outline, source
from docsite.dialect import words
from docsite.dialect.liquid import Dialect
from docsite.dialect.marks import BASEURL
from docsite.dialect.render import Rendered, render
from docsite.facts import Facts, HeadingFact, IdFact, LinkFact, Spot
from docsite.findings import Finding, Location
from docsite.links.scan import Scan, scan, without
from docsite.origin import Origin
from docsite.settings import Locale, Settings
from docsite.source import Page, SourceFile
from docsite.suggest import nearest


@dataclass(frozen=True)
class Text:
    """A page on its way to MkDocs, before its links are resolved."""

    page: Page
    rendered: Rendered
    scan: Scan

    def location(self, offset: int) -> Location:
        """Where the character at an offset of the rendered text was written."""
        return self._written(self.rendered.text.origin(offset))

    def _written(self, origin: Origin) -> Location:
        return self.rendered.files[origin.file].location(origin.offset)

    def file(self, offset: int) -> SourceFile:
        """The file that the character at an offset of the rendered text was written in."""
        return self.rendered.files[self.rendered.text.origin(offset).file]

    def copied(self, start: int, stop: int) -> int | None:
        """The offset, in `file(start)`, that a stretch of the rendered text was copied from whole."""
        text = self.rendered.text
        at = text.origin(start).offset
        return at if self.file(start).text.startswith(text.text[start:stop], at) else None

    def in_front_matter(self, value: str) -> Location:
        """Where a value stands in the front matter."""
        return _of_text(self.page, value)

    @property
    def facts(self) -> Facts:
        """What the page says."""
        rendered, found = self.rendered, self.scan
        files = tuple(dict.fromkeys([self.page.file.path, *rendered.files]))
        index = {path: number for number, path in enumerate(files)}

        def spot(origin: Origin) -> Spot:
            at = self._written(origin)
            return Spot(index[at.path], at.line, at.column)

        origin = rendered.text.origin
        ids = [IdFact(name, spot(origin(at))) for name, at in (*found.ids, *found.listed)]
        ids += [IdFact(name, spot(at)) for name, at in rendered.ids]
        return Facts(
            files=files,
            findings=(*self.page.findings, *_page_type(self.page), *rendered.findings),
            accepts=rendered.accepts,
            aliases=_aliases(self.page),
            headings=tuple([HeadingFact(h.level, h.text, h.id, spot(origin(h.offset))) for h in rendered.headings]),
            links=tuple([LinkFact(link, spot(origin(link.start))) for link in found.links]),
            ids=tuple(sorted(ids, key=lambda fact: fact.spot)),
            other_ids=tuple(outline.other_ids(without(rendered.text.text, sorted(found.code)))),
        )


Reader = Callable[[SourceFile, Locale, str], Text]
"""Reads the text of a page, given its file, language and key."""


def reader(settings: Settings, data: Mapping[str, Any], read: source.Reader) -> Reader:
    """A reader for the pages of a site.

    Args:
        data: what `site.data` holds.
        read: reads an include.
    """
    dialect = Dialect(settings.includes, settings.blocks, settings.shown, read)

    def text(file: SourceFile, locale: Locale, key: str) -> Text:
        page = source.page(file, locale, key)
        rendered = render(dialect, file, page.body, _variables(settings, data, page), locale.code)
        return Text(page, rendered, scan(rendered.text.text))

    return text


def _variables(settings: Settings, data: Mapping[str, Any], page: Page) -> dict[str, Any]:
    """What `site` and `page` hold, as in Jekyll."""
    site = {
        "baseurl": BASEURL,
        "url": settings.site_url.rstrip("/"),
        "title": page.locale.site_name,
        "language": page.locale.code,
        "data": data,
        **settings.site,
    }
    own = {"url": page.address, "path": page.file.path, "name": Path(page.key).name, "lang": page.locale.code}
    titled = {"title": page.meta.get("article_title") or page.meta.get("nav_title")}
    named = {key: value for key, value in (titled | own).items() if value is not None}
    return {"site": site, "page": named | page.meta}


def _aliases(page: Page) -> tuple[str, ...]:
    given = page.meta.get("aliases")
    return tuple(unquote(alias) for alias in given if isinstance(alias, str)) if isinstance(given, list) else ()


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

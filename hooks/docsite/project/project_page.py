"""A page of the site on its way to MkDocs: its ids, and the edits that write where its links lead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from docsite.config.site import Locale, SiteFile
from docsite.diagnostics.findings import Edit, Finding, Location
from docsite.links.link import Link, LinkKind
from docsite.links.link_problem import LinkProblem
from docsite.links.page_index import LinkTarget
from docsite.links.placement import built_address, placed_address
from docsite.links.resolved import with_placeholders
from docsite.links.resolver import Resolver
from docsite.markup.heading_ids import Heading
from docsite.markup.placeholders import BASEURL, BASEURL_TAG
from docsite.markup.source_file import SourceFile
from docsite.project.page_loader import PageLoader
from docsite.project.page_summary import PageSummary

if TYPE_CHECKING:
    from docsite.project.page import PageText


@dataclass
class ProjectPage:
    """A page of the guide on its way to MkDocs.

    Attributes:
        headings: with their final ids.
        findings: all that is wrong in the files this page is made of, and that nobody accepts.
        resolver: of the site's links; None until all pages are read.
        base_path: what `site.baseurl` prints.
    """

    file: SourceFile
    locale: Locale
    served: SiteFile
    facts: PageSummary
    target: LinkTarget
    loader: PageLoader
    headings: list[Heading] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    resolver: Resolver | None = None
    base_path: str = ""

    @cached_property
    def text(self) -> PageText:
        """The page's text, which a check alone may not need."""
        return self.loader.text(self.file, self.locale, self.served)

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
        edits: list[tuple[int, int, str]] = []
        for link, _ in self.facts.links if self.resolver else ():
            if not self.text.native or link.address.startswith(BASEURL):  # MkDocs places all other links itself
                edits += _link_edits(link, target, self.resolver) if self.resolver else ()
        if self.text.native:
            return _apply_edits(self.text.text.text, edits).replace(BASEURL, self.base_path)
        ids = [(heading.id, heading.aliases) for heading in self.headings]
        return self.text.rendered.markdown(ids, edits, self.base_path)

    @cached_property
    def built(self) -> list[str]:
        """The address that the built page is to carry for each link of the facts."""
        if self.resolver is None:
            return []
        known = self.resolver
        return [
            built_address(known.site, self.target, link, known.resolve(self.target, link))
            for link, _ in self.facts.links
        ]

    def reported(self) -> dict[str, str]:
        """The links with problems: by address, the one that the built page is to carry."""
        pairs = zip(self.facts.links, self.built, strict=True)
        return {fact.link.address: built for fact, built in pairs if self.problems(fact.link)}

    def placed(self, address: str) -> str:
        """What MkDocs makes of an address that it reads as one of Markdown, as it does of HTML within Markdown."""
        return placed_address(self.resolver.site, self.target, address) if self.resolver else address

    def problems(self, link: Link) -> tuple[LinkProblem, ...]:
        """What is wrong with a link of the page."""
        return self.resolver.resolve(self.target, link).problems if self.resolver else ()

    def address_edits(self, link: Link, address: str) -> tuple[Edit, ...]:
        """The edits of its file that write an address for a link's; none where the text was put together."""
        return _edits(self.text, link, address)

    def named(self, finding: Finding) -> Finding:
        """A finding of the page; one in an included file names the tags that bring it in."""
        tags = self.facts.tags(finding.location.path)
        return replace(finding, included_at=tags) if tags else finding

    @property
    def path(self) -> str:
        return self.file.path

    @property
    def key(self) -> str:
        """What its translations share."""
        return self.served.key

    def find_ids(self) -> Mapping[str, str]:
        """The ids, for whoever may never need them."""
        return self.ids

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
                    yield name, facts.location(written.position)
        yield from ((name, facts.location(position)) for name, position in facts.ids)

    @property
    def title(self) -> str:
        """What the page sorts by: nearly the title that MkDocs makes once it has rendered the page."""
        first = self.headings[0].text if self.headings and self.headings[0].level == 1 else self.key
        meta = self.meta
        return str(meta.get("nav_title") or meta.get("article_title") or meta.get("title") or first)


def _link_edits(link: Link, page: LinkTarget, resolver: Resolver) -> Iterator[tuple[int, int, str]]:
    """The changes to a text that write where a link leads.

    A link with a problem carries the address of the built site, so that MkDocs does not report it again, which no
    comment and no baseline could prevent.
    """
    resolved = resolver.resolve(page, link)
    if resolved.problems and link.kind not in (LinkKind.HTML, LinkKind.AUTOLINK):
        resolved = replace(resolved, address=built_address(resolver.site, page, link, resolved), direct=True)
    if resolved.address is not None:
        yield link.start, link.stop, _written(with_placeholders(resolved, link.kind), link.kind)
        if resolved.foreign and link.kind is LinkKind.HTML and link.attribute == "href":
            yield link.stop + 1, link.stop + 1, f' hreflang="{resolved.foreign}"'


def _edits(text: PageText, link: Link, address: str) -> tuple[Edit, ...]:
    """The edit that writes an address for a link's; the writer's own `{{ site.baseurl }}` stays as it is."""
    shared = BASEURL if link.address.startswith(BASEURL) and address.startswith(BASEURL) else ""
    start = link.start + len(shared)
    at = text.copied(start, link.stop) if address else None
    file = text.file(start)
    new = address.removeprefix(shared)
    if at is None or file != text.file(link.start) or (BASEURL in new and file.in_raw(at)):
        return ()
    if not shared and file.text[max(0, at - 2) : at] in ("}}", "%}"):  # what was to be printed there is the problem
        return ()
    return (Edit(at, at + link.stop - start, new.replace(BASEURL, BASEURL_TAG)),)


def _written(address: str, kind: LinkKind) -> str:
    """An address as it may stand in Markdown or in an attribute."""
    if kind is LinkKind.HTML:
        return address.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#39;")
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _apply_edits(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with parts of it replaced."""
    parts: list[str] = []
    at = 0
    for start, stop, replacement in sorted(edits, key=lambda edit: edit[:2]):
        parts += [text[at:start], replacement]
        at = max(at, stop)
    return "".join([*parts, text[at:]])

"""The links of a page's Markdown, compared with those of the HTML that was built from it.

Links are found in the sources as CommonMark has them, and the page is built by Python-Markdown. These differ where
Markdown and raw HTML meet: there a link may stay text, or come about unseen.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from docsite.built_site.source_lookup import to_source_page
from docsite.built_site.source_mapping import normalize_url
from docsite.built_site.tag_links import links_of_html
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.links.link import ADDRESS_ATTRIBUTES, LinkKind
from docsite.markup.placeholders import BASEURL, BASEURL_TAG
from docsite.project.project_page import ProjectPage

_OF_THE_SITE = re.compile(r"(?!#|//|[A-Za-z][A-Za-z0-9+.-]*:)")

_DEFINITIONS = (LinkKind.DEFINITION, LinkKind.UNUSED)


def link_differences(page: ProjectPage, html: str) -> Iterator[Finding]:
    """Links that only the Markdown has, and links that only the HTML has."""
    own = posixpath.basename(page.target.address)

    def form(address: str) -> str:
        """An address in one form; MkDocs names the page's own file where there are no folders for pages."""
        same = normalize_url(address)
        return same.removeprefix(own) if own and same[len(own) :][:1] in ("#", "?") else same

    there = {form(link.address) for link in links_of_html(html) if link.kind in ADDRESS_ATTRIBUTES}
    known = {form(fact.link.address) for fact in page.facts.links}
    for fact, link in zip(page.facts.links, to_source_page(page).links, strict=True):
        forms = {form(address) for address in link.addresses}
        known |= forms
        plain = fact.link.kind not in _DEFINITIONS and fact.link.attribute in ("", *ADDRESS_ATTRIBUTES)
        if plain and forms.isdisjoint(there) and not page.problems(fact.link):
            shown = fact.link.address.replace(BASEURL, BASEURL_TAG)
            yield page.named(Finding(make_message("link-not-built", "text", address=shown), link.location(), shown))
    for address in sorted(there - known):
        if address and _OF_THE_SITE.match(address):
            yield Finding(make_message("link-unseen", "hidden", address=address), _likely(page, address), address)


def _likely(page: ProjectPage, address: str) -> Location:
    """Where an address was probably written: where the longest end of it stands."""
    text = page.file.text
    ends = (address[at:] for at in [0, *(match.start() for match in re.finditer(r"(?<=/)|(?=[/?#])", address))])
    at = next((text.find(end) for end in ends if end and end in text), 0)
    return page.file.location(at)

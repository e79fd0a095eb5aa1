"""What to write for a faulty link, where there is no doubt about it."""

from __future__ import annotations

import re

from docsite.links.link import Link
from docsite.links.page_index import LinkTarget
from docsite.links.resolver import LinkProblem, Resolver

_STEPS = 4
"""Mends of one address in a row: a misspelt page may have moved, and the anchor be misspelt too."""

_PLAIN = re.compile(r"[\w./~?=+:,;@%#!\ufdd0-]*")
"""An address that is the same in Markdown, in HTML and in a table cell."""


def fixed_address(resolver: Resolver, page: LinkTarget, link: Link) -> str:
    """The address that mends a link; "" when none is sure, or when something else would be wrong with it."""
    address, before = link.address, _told(resolver, page, link)
    problems = before
    for _ in range(_STEPS):
        sure = next((problem.sure for problem in problems if problem.sure), "")
        if not sure:
            break
        address = address.partition("#")[0] + sure if sure.startswith("#") else sure
        problems = _told(resolver, page, link._replace(address=address))
    better = {(p.rule, p.message) for p in problems} < {(p.rule, p.message) for p in before}
    return address if better and _PLAIN.fullmatch(address) else ""


def _told(resolver: Resolver, page: LinkTarget, link: Link) -> tuple[LinkProblem, ...]:
    return resolver.resolve(page, link).problems

"""What to write for a broken link, where there is no doubt about it."""

from __future__ import annotations

import re

from docsite.links.link import Link
from docsite.links.link_problem import LinkProblem
from docsite.links.page_index import LinkTarget
from docsite.links.resolver import Resolver

_STEPS = 4
"""Fixes of one address in a row: a misspelt page may have moved, and the anchor be misspelt too."""

_PLAIN = re.compile(r"[\w./~?=+:,;@%#!\ufdd0-]*")
"""An address that is the same in Markdown, in HTML and in a table cell."""


def fixed_address(resolver: Resolver, page: LinkTarget, link: Link) -> str:
    """The address that fixes a link; "" when there is any doubt, or when something else would be wrong with it."""
    address, before = link.address, _problems(resolver, page, link)
    problems = before
    for _ in range(_STEPS):
        safe = next((problem.safe_fix for problem in problems if problem.safe_fix), "")
        if not safe:
            break
        address = address.partition("#")[0] + safe if safe.startswith("#") else safe
        problems = _problems(resolver, page, link._replace(address=address))
    better = {problem.message for problem in problems} < {problem.message for problem in before}
    return address if better and _PLAIN.fullmatch(address) else ""


def _problems(resolver: Resolver, page: LinkTarget, link: Link) -> tuple[LinkProblem, ...]:
    return resolver.resolve(page, link).problems

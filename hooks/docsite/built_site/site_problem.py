"""What is wrong with a built site."""

from __future__ import annotations

from dataclasses import dataclass

from docsite.built_site.tag_links import PageLink
from docsite.diagnostics.messages import Message
from docsite.diagnostics.rules import Severity


@dataclass(frozen=True)
class SiteProblem:
    """Something wrong with a page, before its place in the sources is known.

    Attributes:
        page: path of the built file.
        address: the address that is wrong, as the page has it, or "".
        link: the link that is wrong, where it is one.
        line, column: position of what is not an address.
        level: the severity, where it is not that of the rule.
        placed: whether they hold for what has an address too.
    """

    message: Message
    page: str
    address: str = ""
    suggestion: str = ""
    link: PageLink | None = None
    line: int = 1
    column: int = 1
    placed: bool = False
    level: Severity | None = None

    @property
    def rule(self) -> str:
        return self.message.rule

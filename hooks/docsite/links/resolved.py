"""The answer of the resolver for a link, and how the Markdown carries it."""

from __future__ import annotations

from dataclasses import dataclass

from docsite.links.link import LinkKind
from docsite.links.link_problem import LinkProblem
from docsite.markup.placeholders import DIRECT_LINK, FOREIGN, FOREIGNED


@dataclass(frozen=True)
class Resolved:
    """What to write for a link, and what is wrong with it.

    Attributes:
        address: the new address; None leaves the link as it is.
        foreign: the language it leads to, when that is another than the page's.
        direct: whether the address is one of the built site, which MkDocs must leave alone.
    """

    address: str | None = None
    foreign: str = ""
    problems: tuple[LinkProblem, ...] = ()
    direct: bool = False


def with_placeholders(resolved: Resolved, kind: LinkKind) -> str:
    """The address to write into Markdown; one in another language carries marks for the Markdown extension."""
    address = resolved.address or ""
    if kind is LinkKind.HTML:
        return address
    foreign = f"{FOREIGN}{resolved.foreign}{FOREIGNED}" if resolved.foreign else ""
    return f"{foreign}{DIRECT_LINK if resolved.direct else ''}{address}"

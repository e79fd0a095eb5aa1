"""What can be wrong with a link."""

from __future__ import annotations

from dataclasses import dataclass

from docsite._util.addresses import find_address_problem
from docsite.config.site import SiteFile
from docsite.diagnostics.messages import Message, make_message
from docsite.links.link import NO_REFRESH, Link, LinkKind
from docsite.links.urls import ResolvedUrl, SiteBase, folder_at_root
from docsite.markup.placeholders import BASEURL, BASEURL_TAG


@dataclass(frozen=True)
class LinkProblem:
    """What is wrong with a link.

    Attributes:
        safe_fix: the address, or only its fragment from # on, that must be meant; "" when there is any doubt.
    """

    message: Message
    suggestion: str = ""
    safe_fix: str = ""


def find_invalid(link: Link) -> Message | None:
    """What is wrong with an address, wherever it leads."""
    if link.attribute == NO_REFRESH:
        return make_message("link-syntax", "refresh", content=link.address.replace(BASEURL, BASEURL_TAG))
    if not link.address.strip() and (link.kind is not LinkKind.HTML or link.attribute in ("src", "data")):
        return make_message("link-syntax", "no-address")
    problem = find_address_problem(link.address)
    return make_message(*problem, address=link.address) if problem else None


def outside_message(address: str, where: ResolvedUrl, base: SiteBase, *, is_inside: bool = False) -> Message:
    """What is wrong with an address on the host of the site, but beside it, and the setting for another site there.

    Args:
        is_inside: whether the site itself has what the address names, at its own path.
    """
    if is_inside:
        return make_message("link-outside", "no-base", address=address, base=f"{base.origin}{base.path}")
    served, other = f"{base.origin}{base.path}", folder_at_root(where.path)
    return make_message("link-outside", "base", address=address, base=served, other=other)


def left_out(path: str, file: SiteFile) -> LinkProblem:
    """What is wrong with a link to a file that is not published."""
    rule = "link-missing-page" if file.is_page else "asset-missing"
    return LinkProblem(make_message(rule, "left-out", path=path, setting=file.left_out))

"""A page read in stretches says what the exact reading of it says, whatever was read before."""

from __future__ import annotations

import random

import pytest

from docsite.built_site import reader
from docsite.built_site.built_page import BuiltPage, PageParser, tag_links

PIECES = (
    '<a href="a/">x</a>', "<a href=x?a=1&b=2>y</a>", "<a href=#k=v>z</a>", "<a href='b/'>", "</a>", "</a ", "<p>",
    "text",
    '<img alt="x" src="../c.png">', "<img src=d.png/>", '<h2 id="one">', "<h2 id=two>", '<a name="three">',
    "<A HREF=UP>",
    "<!-- <a href=no> -->", "<!-- </a> -->", '<script>"</a><a href=no>"</script>', '<p title="</a>">',
    '<p title="a > b">',
    "<textarea></a><a href=no></textarea>", "<br/>", "<style>a{background:url(e.png)}</style>",
    '<link rel="x" href="f">',
    "<!--", "-->", "<script>", "</script>", '"', "<", ">", "&amp;", "\n", "é",
)  # fmt: skip


def told(page: BuiltPage) -> tuple[list[str], list[str], list[str]]:
    """Addresses, ids and fragments."""
    addresses = sorted({link.address for group in page.groups for link in group.links})
    return addresses, sorted(page.ids), sorted(set(page.fragments))


def exact(text: str) -> tuple[list[str], list[str], list[str]]:
    tags = [written.tag for written in reader.tokenize_html(text)]
    links = [link for tag in tags for link in tag_links(tag)]
    within = {link.rest[1:] for link in links if link.rest.startswith("#") and len(link.rest) > 1}
    outward = {link.address for link in links if link.rest[:1] not in ("", "#") or link.ups}
    return sorted(outward), sorted(tag.attributes["id"] for tag in tags if tag.attributes.get("id")), sorted(within)


@pytest.mark.parametrize("seed", range(60))
def test_stretches_and_the_exact_reading_agree(seed: int) -> None:
    dice = random.Random(seed)
    reader = PageParser()
    for _ in range(60):
        text = "".join(dice.choices(PIECES, k=dice.randint(1, 14)))
        assert told(reader.page("x.html", text.encode())) == exact(text), text

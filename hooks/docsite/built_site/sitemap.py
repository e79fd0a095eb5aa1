"""The addresses of a sitemap."""

from __future__ import annotations

import html
import re

from docsite.diagnostics.messages import Message, make_message

_LOCATION = re.compile(r"<loc>\s*(.*?)\s*</loc>", re.DOTALL)
_ALTERNATE = re.compile(r"""<(?:xhtml:)?link\b[^>]*\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def entries(data: bytes) -> tuple[list[str], Message | None]:
    """Every address of a sitemap, alternates included, each once; and what is wrong with it.

    Read by pattern and not by an XML parser: a sitemap has no need of entities, and so gives none the chance.
    """
    try:
        text = _COMMENT.sub("", data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return [], make_message("sitemap-unreadable", "not-utf8")
    if "</urlset>" not in text and "</sitemapindex>" not in text:
        return [], make_message("sitemap-unreadable", "incomplete")
    found = _LOCATION.findall(text)
    found += [one or other for one, other in _ALTERNATE.findall(text)]
    return list(dict.fromkeys(html.unescape(address) for address in found)), None

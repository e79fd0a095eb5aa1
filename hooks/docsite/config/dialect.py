"""How much of Jekyll's dialect a site is written in."""

from __future__ import annotations

from enum import StrEnum


class Dialect(StrEnum):
    """The setting `dialect`.

    `JEKYLL`: Liquid, kramdown's blocks, its ids and typography; `page_order` sorts the navigation.
    `MARKDOWN`: MkDocs' own Markdown; Liquid only on pages that have tags of docsite or ask for `site`.
    `NONE`: pages are left alone; they are only checked.
    """

    JEKYLL = "jekyll"
    MARKDOWN = "markdown"
    NONE = "none"

"""What a document can be made of: every block and every inline construct of the dialect, by name.

`@1` ... `@4` stand for words (see `words`). A piece does not say where it stands: `documents` indents it, quotes it and
puts it into containers.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.oracle.pieces import code, html, inline, prose, tables, tags

BLOCKS: Mapping[str, str] = {
    **prose.PARAGRAPHS,
    **prose.HEADINGS,
    **prose.LISTS,
    **code.CODE,
    **prose.QUOTES,
    **tables.TABLES,
    **prose.DEFINITIONS,
    **html.HTML,
    **prose.RULES,
    **tags.TAGS,
}
INLINE: Mapping[str, str] = inline.INLINE

"""`{% alert note %}...{% endalert %}`: a note, in any letter case of its type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.diagnostics.messages import make_message
from docsite.diagnostics.suggestions import closest_match
from docsite.markup.labels import ALERTS, translate_label
from docsite.markup.liquid.block_tag import BlockTag
from docsite.markup.liquid.tagged_block import TaggedBlock

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext


class AlertTag(BlockTag):
    """Becomes an admonition, titled in the page's language."""

    name = "alert"
    end = "endalert"

    def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock:
        """The admonition; an unknown type is reported and shown as a note."""
        kind = argument.lower()
        if kind not in ALERTS:
            types = ", ".join(ALERTS)
            message = make_message("liquid-unknown-alert", "none", types=types)
            if kind:
                message = make_message("liquid-unknown-alert", "type", type=argument, types=types)
            page.report(message, token, kind, _meant(kind))
            kind = "note"
        return TaggedBlock("alert", token, kind, translate_label(ALERTS[kind], page.language))


def _meant(kind: str) -> str:
    """The type that a misspelt one, or a title in some language, stands for."""
    titles = {title.lower(): name for name, said in ALERTS.items() for title in said.values()}
    names = {name: name for name in ALERTS} | titles
    return names.get(closest_match(kind, names), "")

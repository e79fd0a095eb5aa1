"""`{% tabs %}{% tab NAME %}...{% endtab %}{% endtabs %}`, and subtabs, which stand inside tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.block import Block
from docsite.markup.liquid.block_tag import BlockTag, check_title, escape_markdown

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext


class TabsTag(BlockTag):
    """Adds nothing itself; the first tab inside begins a new set."""

    name = "tabs"
    end = "endtabs"

    def block_for(self, page: PageContext, argument: str, token: Token) -> None:  # noqa: ARG002 - as BlockTag has it
        """Note that the next tab begins a set."""
        page.tab_starts_set = True


class TabTag(BlockTag):
    """Becomes one tab."""

    name = "tab"
    end = "endtab"

    def block_for(self, page: PageContext, argument: str, token: Token) -> Block:
        """The tab; one without a name is reported."""
        if not argument:
            page.report(make_message("liquid-syntax", "no-tab-name", tag=self.name), token, self.name)
        check_title(page, argument, token)
        options = ("new: true",) if page.tab_starts_set else ()
        page.tab_starts_set = False
        return Block("tab", escape_markdown(argument.strip("\"'")) or "?", token, options)


class SubtabsTag(TabsTag):
    """A set of tabs inside a tab."""

    name = "subtabs"
    end = "endsubtabs"


class SubtabTag(TabTag):
    """One tab of such a set."""

    name = "subtab"
    end = "endsubtab"

"""`{% tabs %}{% tab NAME %}...{% endtab %}{% endtabs %}`, and subtabs, which stand inside tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.block_tag import BlockTag, check_title
from docsite.markup.liquid.tagged_block import TaggedBlock

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext


class TabsTag(BlockTag):
    """A set of tabs."""

    name = "tabs"
    end = "endtabs"

    def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock:  # noqa: ARG002 - as BlockTag has it
        """The set."""
        return TaggedBlock("tabs", token)


class TabTag(BlockTag):
    """Becomes one tab."""

    name = "tab"
    end = "endtab"

    def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock:
        """The tab; one without a name is reported."""
        if not argument:
            page.report(make_message("liquid-syntax", "no-tab-name", tag=self.name), token, self.name)
        check_title(page, argument, token)
        return TaggedBlock("tab", token, title=_unquoted(argument) or "?")


class SubtabsTag(TabsTag):
    """A set of tabs inside a tab."""

    name = "subtabs"
    end = "endsubtabs"


class SubtabTag(TabTag):
    """One tab of such a set."""

    name = "subtab"
    end = "endsubtab"


def _unquoted(argument: str) -> str:
    """The name of a tab without the quotation marks around all of it."""
    quoted = len(argument) > 1 and argument[0] == argument[-1] and argument[0] in "\"'"
    return argument[1:-1] if quoted else argument

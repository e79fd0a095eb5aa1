"""`{% tabs %}{% tab NAME %}...{% endtab %}{% endtabs %}`, and subtabs, which stand inside tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.dialect.block import Block, BlockTag, literal

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.dialect.liquid import Dialect


class TabsTag(BlockTag):
    """Adds nothing itself; the first tab inside begins a new set."""

    name = "tabs"
    end = "endtabs"

    def block_for(self, dialect: Dialect, argument: str, token: Token) -> None:  # noqa: ARG002 - as BlockTag has it
        """Note that the next tab begins a set."""
        dialect.tab_starts_set = True


class TabTag(BlockTag):
    """Becomes one tab."""

    name = "tab"
    end = "endtab"

    def block_for(self, dialect: Dialect, argument: str, token: Token) -> Block:
        """The tab; one without a name is reported."""
        if not argument:
            dialect.report("liquid-syntax", token, "The tab has no name.", self.name)
        options = ("new: true",) if dialect.tab_starts_set else ()
        dialect.tab_starts_set = False
        return Block("tab", literal(argument.strip("\"'")) or "?", token, options)


class SubtabsTag(TabsTag):
    """A set of tabs inside a tab."""

    name = "subtabs"
    end = "endsubtabs"


class SubtabTag(TabTag):
    """One tab of such a set."""

    name = "subtab"
    end = "endsubtab"

"""`{% highlight js %}...{% endhighlight %}`: code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docsite.diagnostics.messages import make_message
from docsite.markup.liquid.block_tag import BlockTag
from docsite.markup.liquid.tagged_block import TaggedBlock

if TYPE_CHECKING:
    from liquid.token import Token

    from docsite.markup.liquid.render_context import PageContext

_ARGUMENT = re.compile(r"([\w.+#-]+)(?:\s+\w+(?:=(?:\w+|\"[\d\s]*\"))?)*", re.ASCII)
"""A language and options, as Jekyll takes them."""


class HighlightTag(BlockTag):
    """Jekyll's own code block. Its options, which number or mark lines, are left out."""

    name = "highlight"
    end = "endhighlight"

    def block_for(self, page: PageContext, argument: str, token: Token) -> TaggedBlock:
        """The code; an argument that Jekyll refuses is reported."""
        found = _ARGUMENT.fullmatch(argument)
        if found is None:
            page.report(make_message("liquid-syntax", "highlight-language"), token, argument or self.name)
        return TaggedBlock("code", token, found[1] if found else "")

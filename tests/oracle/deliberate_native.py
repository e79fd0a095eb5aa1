"""Where a page of what only Python-Markdown knows deliberately differs from what it makes of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tests.oracle.deliberate_kinds import Deliberate, has_pattern

NATIVE: Mapping[str, Deliberate] = {
    "tabs-in-tabs": Deliberate(
        "Tabs of `===` right inside a tab of `///`: Python-Markdown takes all for one set. Here they are two.",
        "native/block-tab/tabs-fence/tt",
        lambda document, _, difference: document.native and difference.facts == ("tabs",),
    ),
    "footnote-in-footnote": Deliberate(
        "A footnote defined in another one: Python-Markdown drops it. Here it stands below the first.",
        "native/footnote/footnote/tb",
        lambda document, _, difference: document.native and difference.facts == ("footnotes",),
    ),
    "options-of-blocks": Deliberate(
        "Text indented by four spaces right below `/// name` is no block for Python-Markdown, nor here, but the lines "
        "are parted.",
        "native/block-html/code/tt",
        lambda document, _, difference: (
            document.native and "\n///\n" in document.text and difference.facts == ("text",)
        ),
    ),
    "order-in-blocks": Deliberate(
        "`!!!` right below `///`: Python-Markdown puts the first behind the block. Here it stays inside.",
        "native/block-note/note-twice/tt",
        has_pattern(re.compile(r"^/// .*\n!!! ", re.MULTILINE), "alerts"),
    ),
}

"""Names of HTML's elements."""

from __future__ import annotations

from docsite.markup.blocks.patterns import SPAN_TAGS, names

RAW_ELEMENTS = names("code kbd samp var pre script style textarea option math svg")
"""Elements whose inside is no Markdown."""
VOID_ELEMENTS = names("area base br col command embed hr img input keygen link meta param source track wbr")
_ELEMENTS = SPAN_TAGS | RAW_ELEMENTS | VOID_ELEMENTS
_ELEMENTS |= names(
    "address article aside audio bdi blink blockquote body canvas caption center colgroup data datalist"
    " dd details dialog dir div dl dt fieldset figcaption figure font footer form frame frameset h1 h2 h3"
    " h4 h5 h6 head header hgroup html iframe legend li main map marquee menu meter nav nobr noscript"
    " object ol optgroup output p picture progress s search section slot strike summary table tbody td"
    " template tfoot th thead time title tr ul video"
)


def is_placeholder(tag: str, name: str) -> bool:
    """Whether an opening tag is rather a word in angle brackets, such as `<your key>`: a browser would not show it."""
    return name.lower() not in _ELEMENTS and not set(tag) & set("=-:")

"""Names of HTML's elements."""

from __future__ import annotations

import re

from docsite.markup.blocks.patterns import SPAN_TAGS, names

TAG = re.compile(
    r"""</[A-Za-z_][\w.:-]*\s*>|<(?P<name>[A-Za-z_][\w.:-]*)"""
    r"""(?:\s+[A-Za-z_:@][\w.:@-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*\s*(?P<closed>/)?>"""
)
"""A tag of raw HTML: `name` of an opening one."""

MARKDOWN_ELEMENTS = names(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label legend optgroup p q"
    " rb rbc rp rt rtc ruby select small span strong sub sup th tt address applet article aside blockquote body dd"
    " details div dl fieldset figure figcaption footer form header hgroup iframe li main map menu nav noscript"
    " object ol section summary table tbody td tfoot thead tr ul"
)
"""Elements whose inside, in running text, is Markdown; that of any other stays as it is, as in kramdown."""
VOID_ELEMENTS = names("area base br col embed hr img input keygen link meta param source track wbr")
OPTIONAL_END = names("p li dt dd td th tr thead tbody tfoot option optgroup colgroup html body head")
"""Elements that HTML lets stand without a closing tag."""
_SHOW_NOTHING = names("area base embed link meta param source track")
"""Elements without an end that do nothing unless attributes say what."""
_ELEMENTS = (SPAN_TAGS | MARKDOWN_ELEMENTS | VOID_ELEMENTS) - _SHOW_NOTHING
_ELEMENTS |= names(
    "audio bdi blink canvas center code colgroup data datalist dialog dir font frame frameset head html kbd marquee"
    " math meter nobr option output picture pre progress s samp script search slot strike style svg"
    " template textarea time title var video"
)


def is_placeholder(tag: str, name: str) -> bool:
    """Whether an opening tag is rather a word in angle brackets, such as `<your key>`: a browser would not show it."""
    return name.lower() not in _ELEMENTS and not set(tag) & set("=-:")

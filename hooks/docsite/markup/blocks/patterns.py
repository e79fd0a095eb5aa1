"""What a single line can be; the rules of kramdown's GFM parser, as Jekyll has it."""

from __future__ import annotations

import re
from collections.abc import Collection


def names(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


SPAN_TAGS = names(
    "a abbr acronym b big bdo br button cite code del dfn em i img input ins kbd label mark option q rb rbc rp rt rtc"
    " ruby samp select small span strong sub sup tt u var"
)
"""Elements of HTML that stand inside running text."""

ATOM = re.compile("\ufdd8([0-9]{1,9})\ufdd9")
"""Stands for a block tag and all inside it, see `folding`."""
ATOM_SIGN = "\ufdd8"

BLANK = re.compile(r"\s*$")
INDENT = re.compile(r"\t| {4}")
LIST_START = re.compile(r" {0,3}(?:[+*-]|\d+\.)[\t| ]")
BULLET = re.compile(r"( {0,3}[+*-])([\t| ].*)$")
NUMBER = re.compile(r"( {0,3}\d+\.)([\t| ].*)$")
DEFINITION = re.compile(r"( {0,3}:)([\t| ].*)$")
RULE = re.compile(r" {0,3}([*_-])(?:[ \t]*\1){2}(?:\1|[ \t])*$")
HEADING = re.compile(r"(#{1,6})[\t ]+(.*)$")
HEADING_END = re.compile(r"[\t ]#+$")
HEADING_ID = re.compile(r"[\t ]\{#([^\W\d][\w:.-]*)\}$")
UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
QUOTE = re.compile(r" {0,3}> ?")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)$")
BOUNDARY_MARKER = re.compile(r"\^\s*$")
LIST_LINE = re.compile(r" {0,3}\{:(?!:|/)((?:\\\}|[^}])+)\}\s*$")
"""A line that is an attribute list, or defines one."""
ITEM_LIST = re.compile(r"\s*\{:(?!(?:\w[\w-]*)?:|/)((?:\\\}|[^}])+)\}\s*")
"""An attribute list at the beginning of an item."""
EXTENSION = re.compile(r" {0,3}\{::(\w+)(?:\s((?:\\\}|[^}])*?))?(/)?\}\s*$")
OPTIONS = "::options"
"""Stands for kramdown's `{::options}` among the parts of attribute lists that say nothing."""
SHOWN_LIST, UNCLOSED_LIST = ":shown", ":unclosed"
"""Stand for whole attribute lists there that are text: behind text, and without an end."""
EXTENSION_END = " {{0,3}}\\{{:/({})?\\}}\\s*$"
HTML_EDGE = re.compile(r" {0,3}</?([A-Za-z_][\w.:-]*)")
FOOTNOTE = re.compile(r" {0,3}\[\^(\w[\w-]*)\]:[ \t]*(.*)$")
LINK_DEFINITION = re.compile(
    r""" {0,3}\[(?!\^)([^\n\]]+)\]:[ \t]*(?:<(.*?)>|(\S+(?:[ \t]+(?!["'(])\S+)*))"""
    r"""(?:(?:[ \t]*\n[ \t]*|[ \t]+)(?:"(.+?)"|'(.+?)'|\((.+?)\)))?[ \t]*(?=\n|$)"""
)
ABBREVIATION = re.compile(r" {0,3}\*\[(.+?)\]:(.*)$")

NATIVE_ADMONITION = re.compile(r'!!! ?([\w-]+(?: +[\w-]+)*)(?: +"(.*?)")? *$')
NATIVE_DETAILS = re.compile(r'\?\?\?(\+)? ?(?:([\w-]+(?: +[\w-]+)*?)?(?: +"(.*?)")|([\w-]+(?: +[\w-]+)*?)) *$')
NATIVE_TAB = re.compile(r'===(\+|\+!|!\+|!)? +"(.*?)" *$')
NATIVE_GENERIC = re.compile(r" {0,3}(/{3,})[ ]*([\w-]+)[ ]*(?:\|.*)?$")
_NATIVE = {"!!!": NATIVE_ADMONITION, "???": NATIVE_DETAILS, "===": NATIVE_TAB, "///": NATIVE_GENERIC}

_SIGNS = frozenset("{^<*+-0123456789#:>`~!?=/" + ATOM_SIGN)


def is_blank(text: str) -> bool:
    return not text or text.isspace()


def is_html_block(text: str) -> bool:
    """Whether a line begins, or ends, an element of HTML that stands outside of running text."""
    edge = HTML_EDGE.match(text)
    if edge is None or edge[1].lower() in SPAN_TAGS or edge[1].lower() == "script":
        return False
    return not text.lstrip().startswith("</") or ">" in text


def ends_lazily(text: str) -> bool:
    """Whether a line ends what may run on without marks of its own: quotes, and all that follows."""
    if is_blank(text):
        return True
    stripped = text.lstrip(" \t")
    first = stripped[0]
    if first == ATOM_SIGN:
        return not INDENT.match(text)
    if first == "{":
        return LIST_LINE.match(text) is not None
    if first == "<":
        return is_html_block(text)
    return first == "^" and BOUNDARY_MARKER.match(text) is not None


def ends_paragraph(text: str) -> bool:
    """Whether a line cannot carry on the paragraph above it."""
    stripped = text.lstrip(" \t")
    if not stripped:
        return True
    if stripped[0] not in _SIGNS:
        return False
    if (
        stripped[0] == ATOM_SIGN
        or ends_lazily(text)
        or LIST_START.match(text)
        or FENCE.match(text)
        or QUOTE.match(text)
    ):
        return True
    return HEADING.match(text) is not None or DEFINITION.match(text) is not None


def begins_native(native: Collection[str], text: str) -> bool:
    """Whether a line begins a container of Python-Markdown's, of those that are on."""
    sign = text.lstrip(" ")[:3] if native else ""
    return sign in native and re.match(r" {0,3}\S", text) is not None and bool(_NATIVE[sign].match(text.lstrip(" ")))

"""The placeholders that one step of the dialect leaves in the text for a later one.

They are Unicode noncharacters, which `source_file` refuses in what people write, so a placeholder is always ours.
"""

from __future__ import annotations

import base64
import json
import re
from typing import Any

BASEURL = "\ufdd0"
"""Stands for `site.baseurl` until links are resolved."""

BASEURL_TAG = "{{site.baseurl}}"
"""What BASEURL stands for, as messages and fixes write it."""

OPEN, OPENED, CLOSE = "\ufdd1", "\ufdd2", "\ufdd3"
"""A block tag: OPEN, its index in the page's table of blocks, OPENED, the text inside, CLOSE."""

MARKER_START, MARKER_END = "\ufdd4", "\ufdd5"
"""A marker for the Markdown extension: MARKER_START, a kind and a payload, MARKER_END."""

FOREIGN, FOREIGNED = "\ufdd6", "\ufdd7"
"""In front of an address in another language: FOREIGN, the language, FOREIGNED."""

TAB = "\ufdda"
"""A tab in code, which Python-Markdown would turn into spaces."""

DIRECT_LINK = "docsite-direct:."
"""In front of an address that MkDocs is to leave: a scheme, as of one outside, and a dot, since `//` begins a host."""

HIDDEN_OPENING, HIDDEN_CLOSING = "\ufdee", "\ufdef"
"""In code of a native page: the brace of `{%` and `{{`, and the sign of `%}`, which Liquid is not to see."""

BLOCK_EDGE = re.compile(f"{OPEN}([0-9]{{1,9}}){OPENED}|{CLOSE}")
MARKERS = re.compile(f"{MARKER_START}([a-z]+)([A-Za-z0-9_=-]*){MARKER_END}")
ANY_PLACEHOLDER = re.compile("[\ufdd0-\ufdef]")
GENERATED = re.compile("[\ufdd1-\ufdef]")
"""Placeholders that no value has but captured text; BASEURL is one that writers print."""


def hide_liquid(text: str) -> str:
    """A text of the same length that holds no Liquid."""
    hidden = re.sub(r"\{(?=[{%])", HIDDEN_OPENING, text)
    return re.sub(r"%(?=\})", HIDDEN_CLOSING, hidden)


def show_liquid(text: str) -> str:
    """The text that `hide_liquid` was given."""
    return text.replace(HIDDEN_OPENING, "{").replace(HIDDEN_CLOSING, "%")


def encode_marker(kind: str, payload: Any) -> str:
    """A marker that no step of Markdown reads as syntax, since its payload is base64."""
    data = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{MARKER_START}{kind}{base64.urlsafe_b64encode(b'=' + data).decode()}{MARKER_END}"


def decode_marker(payload: str) -> Any:
    """The payload of a marker (see `encode_marker`); None for what is none."""
    try:
        return json.loads(base64.urlsafe_b64decode(payload)[1:])
    except ValueError:
        return None

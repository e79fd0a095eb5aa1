"""Code as elements, colored by SuperFences where it is on."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString, code_escape

from docsite.markup.blocks.written import WrittenBlock
from docsite.markup.python_markdown.inline_elements import RAW_HTML, with_attributes

_KNOWN_INFO = re.compile(r"\.?[\w#.+-]+(?:[ \t]+[a-zA-Z]\w*=(\"|').*?\1)*[ \t]*|[\w#.+-]*[ \t]*\{[ \t]*[.#].*\}")
"""Info strings that SuperFences reads."""
_LANGUAGE = re.compile(r"[\w#.+-]+")
_FENCES = re.compile(r"^`{3,}", re.MULTILINE)


def add_code(md: Markdown, parent: Element, block: WrittenBlock) -> Element | None:
    """Add code to an element; returns its own element where nothing colors it."""
    info, fenced = block.fields
    info = info or (block.attributes.language if block.attributes is not None else "")
    fences: Any = md.preprocessors["fenced_code_block"] if "fenced_code_block" in md.preprocessors else None  # noqa: SIM401 - a registry has no `get`
    if fences is None or (not fenced and block.attributes is None):
        pre = SubElement(parent, "pre")
        code = SubElement(pre, "code", {"class": f"language-{info}"} if info and fences is None else {})
        code.text = AtomicString(code_escape(f"{block.text}\n"))
        return pre
    placeholder = _fenced(fences, info, block.text)
    if block.attributes is not None and (stashed := HTML_PLACEHOLDER_RE.search(placeholder)):
        raw = md.htmlStash.rawHtmlBlocks
        at = int(stashed[1])
        raw[at] = with_attributes(str(raw[at]), block.attributes)
    SubElement(parent, RAW_HTML).text = f"\n{placeholder}\n"
    return None


def _fenced(fences: Any, info: str, text: str) -> str:
    """The placeholder of SuperFences for code, with as much of the info string as it reads."""
    mark = "`" * max([3, *(len(found) + 1 for found in _FENCES.findall(text))])
    language = _LANGUAGE.match(info)
    for head in (info if _KNOWN_INFO.fullmatch(info) else "", language[0] if language else "", "text"):
        if head:
            lines: list[str] = fences.run([f"{mark} {head}", *text.split("\n"), mark])
            placeholder = next((line for line in lines if line.strip()), "")
            if HTML_PLACEHOLDER_RE.search(placeholder):
                return placeholder
    return ""

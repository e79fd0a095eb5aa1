"""Documents of what kramdown does not know and Python-Markdown's extensions do; these alone decide what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import markdown

from tests.golden_case import EXTENSIONS, NATIVE, OPTIONS
from tests.oracle.containers import Container
from tests.oracle.documents import LANGUAGES, Document
from tests.oracle.facts import facts
from tests.oracle.pieces.words import filled, pick
from tests.oracle.stored import shortened

_SECOND_TAB = '=== "Two"\n\n    Other'
CONTAINERS: Mapping[str, Container] = {
    "note": Container("!!! note", "    "),
    "note-title": Container('!!! warning "My title"', "    "),
    "note-untitled": Container('!!! tip ""', "    "),
    "note-classes": Container('!!! info inline end "Aside"', "    "),
    "details": Container("??? note", "    "),
    "details-open": Container('???+ tip "Open"', "    "),
    "tab": Container('=== "One"', "    ", f"\n{_SECOND_TAB}"),
    "tab-alone": Container('=== "One"', "    "),
    "tab-tight": Container('=== "One"', "    ", _SECOND_TAB),
    "block-note": Container("/// note | My title", "", "///"),
    "block-details": Container("/// details | My title\n    type: warning\n", "", "///"),
    "block-tab": Container("/// tab | One", "", "///\n\n/// tab | Two\nOther\n///"),
    "block-html": Container("/// html | div.box", "", "///"),
    "md-div": Container('<div class="box" markdown>', "", "</div>"),
    "md-div-blank": Container('<div markdown="1">\n', "", "\n</div>"),
    "md-details": Container('<details markdown="1">\n<summary>Title</summary>\n', "", "\n</details>"),
    "item": Container("-   Lead\n", "    ", "\n-   Next"),
    "numbered": Container("1.  Lead\n", "    ", "\n2.  Next"),
    "definition": Container("Term\n:   Lead\n", "    "),
    "footnote": Container("See the note[^c].\n\n[^c]: Lead\n", "    "),
}
BLOCKS: Mapping[str, str] = {
    "paragraph": "@1",
    "two-lines": "@1\n@2",
    "paragraphs": "@1\n\n@2",
    "hard-break": "@1  \n@2",
    "list": "- @1\n- @2",
    "list-nested": "- @1\n    - @2\n- @3",
    "list-loose": "- @1\n\n- @2",
    "list-text-before": "@1\n\n- @2\n- @3",
    "ordered": "1. @1\n2. @2",
    "ordered-nested": "1. @1\n    1. @2\n2. @3",
    "ordered-fence": "1. @1\n\n    ```js\n    call();\n    ```\n\n2. @2",
    "ordered-list": "1. @1\n    - @2\n2. @3",
    "ordered-note": "1. @1\n\n    !!! note\n        @2\n\n2. @3",
    "fence": "```js\ncall();\n```",
    "fence-blank": "```js\ncall();\n\nagain();\n```",
    "fence-text": "@1\n\n```js\ncall();\n```\n\n@2",
    "fence-html": "```html\n<div markdown>\n!!! note\n</div>\n```",
    "fence-native": "```\n!!! note\n    text\n=== \"One\"\n/// tab | x\n///\n```",
    "fence-tildes": "~~~~\n```\ninner\n```\n~~~~",
    "code": "    code = 1\n    more",
    "table": "| A | B |\n|---|---|\n| @1 | @2 |",
    "table-align": "| A | B |\n|:--|--:|\n| @1 | @2 |",
    "heading": "## Beta rate",
    "heading-text": "### Beta rate\n\n@2",
    "quote": "> @1",
    "quote-list": "> - @1\n> - @2",
    "rule": "***",
    "image": "![@1](https://example.com/a.png)",
    "link": "[@1](https://example.com/a)",
    "emphasis": "**@1** and *@2* and `code`",
    "tasks": "- [ ] @1\n- [x] @2",
    "html": "<div>@1</div>",
    "html-inline": "<b>@1</b> and @2",
    "definitions": "Name\n:   @1\n:   @2",
    "footnote": "@1[^n].\n\n[^n]: @2",
    "abbreviation": "The API.\n\n*[API]: Application interface",
    "note": "!!! note\n    @1",
    "note-blank": "!!! note \"Inner\"\n\n    @1\n\n    @2",
    "note-list": "!!! note\n    - @1\n    - @2",
    "note-lazy": "!!! note\n    @1\n@2",
    "note-text": "!!! note\n    @1\n\n@2",
    "note-twice": "!!! note\n    @1\n\n!!! tip\n    @2",
    "note-empty": "!!! note \"Only a title\"",
    "note-fence": "!!! note\n    ```js\n    call();\n    ```",
    "note-note": "!!! note\n    !!! tip\n        @1",
    "details": "??? note \"Inner\"\n    @1",
    "tabs": "=== \"Left\"\n\n    @1\n\n=== \"Right\"\n\n    @2",
    "tabs-tight": "=== \"Left\"\n    @1\n=== \"Right\"\n    @2",
    "tabs-fence": "=== \"Left\"\n\n    ```js\n    call();\n    ```\n\n=== \"Right\"\n\n    ```py\n    call()\n    ```",
    "tabs-list": "=== \"Left\"\n\n    - @1\n    - @2\n\n=== \"Right\"\n\n    1. @3",
    "block-note": "/// note | Inner\n@1\n///",
    "block-tabs": "/// tab | Left\n@1\n///\n\n/// tab | Right\n@2\n///",
    "block-nested": "//// note | Outer\n/// tip | Inner\n@1\n///\n////",
    "md": "<div markdown>\n*@1*\n</div>",
    "md-list": "<div markdown>\n\n- @1\n- @2\n\n</div>",
    "md-span": "<p markdown>*@1*</p>",
    "not-note": "!!!note and !!! 5",
    "not-tab": "=== no quotes",
    "not-details": "??? really",
}  # fmt: skip


_ONLY_NATIVE = ("note", "details", "tabs", "block", "md", "not-")
"""Blocks that kramdown does not know: the others, beside each other, are its to read."""


def native_documents(salt: str = "") -> Iterator[Document]:
    """Every block in every container, right under its title or not; and each block right under text or a list."""
    for block in BLOCKS:
        yield from (_inside(where, block, salt) for where in CONTAINERS)
        if block.startswith(_ONLY_NATIVE):
            yield from (_below(above, block, salt) for above in ("paragraph", "list", "heading", "fence"))


def _inside(where: str, block: str, salt: str) -> Document:
    seed = f"native/{where}/{block}{salt}"
    language = LANGUAGES[pick(seed, 2)]
    body = filled(BLOCKS[block], seed, language, plain=True)
    gaps = ("b" if pick(f"{seed}/gap", 2) else "t") + "bt"[pick(f"{seed}/after", 2)]
    opening = "\n" if gaps[0] == "b" and not CONTAINERS[where].opening.endswith("\n") else ""
    text = CONTAINERS[where].around(f"{opening}{body}" + ("\n\nInside." if gaps[1] == "b" else ""))
    return Document(f"native/{where}/{block}/{gaps}", f"Start.\n\n{text}\n\nEnd.\n", language, native=True)


def _below(above: str, block: str, salt: str) -> Document:
    seed = f"native/below/{above}/{block}{salt}"
    language = LANGUAGES[pick(seed, 2)]
    text = "\n".join(filled(BLOCKS[one], f"{seed}/{one}", language, plain=True) for one in (above, block))
    return Document(f"native/below-{above}/{block}/t", f"Start.\n\n{text}\n\nEnd.\n", language, native=True)


@cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=[*EXTENSIONS, *NATIVE], extension_configs=OPTIONS)


def alone(document: Document) -> str:
    """What Python-Markdown and the extensions make of a document without us."""
    return _converter().reset().convert(document.text)


def expected(documents: Iterator[Document]) -> Iterator[tuple[Document, dict[str, Any]]]:
    """Documents with the facts of their pages without us."""
    for document in documents:
        yield document, shortened(facts(alone(document)))

"""The block parser: which blocks a page has, and where each was written. Jekyll's own reading is in tests/golden."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from liquid.token import Token

from docsite.markup.blocks.block_parser import parse_page
from docsite.markup.blocks.parsing import Problem
from docsite.markup.blocks.tree import Block, Document, HeadingBlock, Leaf, List, Paragraph
from docsite.markup.liquid.tagged_block import TaggedBlock
from docsite.markup.placeholders import CLOSE, OPEN, OPENED
from docsite.markup.source_map import TextChunk, split_lines
from tests.golden_case import convert_text

NATIVE = frozenset(("!!!", "???", "===", "///"))
TOKEN = Token("tag", "alert", 0, "")
TAGS = (
    TaggedBlock("alert", TOKEN, "note", "Note"),
    TaggedBlock("tabs", TOKEN),
    TaggedBlock("tab", TOKEN, title="One"),
    TaggedBlock("tab", TOKEN, title="Two"),
    TaggedBlock("details", TOKEN, title="More"),
)


def parse(text: str) -> tuple[Document, list[Problem]]:
    """Parse a page in which `«0»...«/»` stands for the first of the tags."""
    for number in range(len(TAGS)):
        text = text.replace(f"«{number}»", f"{OPEN}{number}{OPENED}")
    return parse_page(split_lines([TextChunk(text.replace("«/»", CLOSE), "page.md", 0, 1)]), TAGS, NATIVE)


def outline(text: str) -> str:
    """The tree as one line: each block with its text, or with what is inside it."""
    return " ".join(_shown(block) for block in parse(text)[0].children)


def _shown(block: Block) -> str:
    name = {"List": "ol" if isinstance(block, List) and block.ordered else "ul"}.get(
        type(block).__name__, type(block).__name__
    )
    name += "-" if isinstance(block, Paragraph) and block.bare else ""
    name += str(block.level) if isinstance(block, HeadingBlock) else ""
    name += "{" + block.attributes.markup() + "}" if block.attributes else ""
    inside = [_shown(part) for part in block.parts()]
    return f"{name}({block.text if isinstance(block, Leaf) else ' '.join(inside)})".replace("\n", "/")


PAGES = {
    "a fence under the text of an item": (
        "1. a\n```cs\nb\n```\n2. c",
        "ol(ListItem(Paragraph-(a) CodeBlock(b)) ListItem(Paragraph-(c)))",
    ),
    "a quote under the text of an item": ("* a\n> b", "ul(ListItem(Paragraph-(a) Quote(Paragraph(b))))"),
    "a list of the other kind": ("* a\n1. b", "ul(ListItem(Paragraph-(a) ol(ListItem(Paragraph-(b)))))"),
    "nesting by the width of the marker": ("- a\n  - b", "ul(ListItem(Paragraph-(a) ul(ListItem(Paragraph-(b)))))"),
    "loose items": ("* a\n\n* b\n", "ul(ListItem(Paragraph(a)) ListItem(Paragraph(b)))"),
    "two lists": ("* a\n^\n* b", "ul(ListItem(Paragraph-(a))) ul(ListItem(Paragraph-(b)))"),
    "text after a list": ("* a\n\nb", "ul(ListItem(Paragraph-(a))) Paragraph(b)"),
    "text right under an item": ("* a\nb", "ul(ListItem(Paragraph-(a/b)))"),
    "an item that begins with code": ("* ```\n  a\n  ```", "ul(ListItem(CodeBlock(a)))"),
    "any info string": ("```js{1,3}\na\n```", "CodeBlock(a)"),
    "a tab in code": ("```\n\ta\n```", "CodeBlock(\ta)"),
    "code by indentation": ("a\n\n    b\n\n    c\n\nd", "Paragraph(a) CodeBlock(b//c) Paragraph(d)"),
    "an underlined heading": ("A\n===\nb", "HeadingBlock1(A) Paragraph(b)"),
    "a heading right under text": ("a\n## B ##\nc", "Paragraph(a) HeadingBlock2(B) Paragraph(c)"),
    "attributes below": ("a\n{: .x}\n\nb", "Paragraph{.x}(a) Paragraph(b)"),
    "attributes above": ("{: .x}\na", "Paragraph{.x}(a)"),
    "attributes between blank lines": ("a\n\n{: .x}\n\nb", "Paragraph(a) Paragraph{.x}(b)"),
    "attributes of an item": ("* {: .x} a", "ul(ListItem{.x}(Paragraph-(a)))"),
    "attributes of terms": ("A\n: b\n{: .x}", "DefinitionList{.x}(DefinitionTerm(A) Definition(Paragraph-(b)))"),
    "attributes by name": ("{:r: .x #y}\n\na\n{: r}", "Paragraph{.x #y}(a)"),
    "a table": (
        "|a|b|\n|-|-|\n|c|",
        "Table(Row(Cell(a) Cell(b)) Row(Cell(c) Cell()))",
    ),
    "a longer row": ("a|b\n-|-\nc|d|e", "Table(Row(Cell(a) Cell(b) Cell()) Row(Cell(c) Cell(d) Cell(e)))"),
    "a bar in code": ("|`a|b`|c|", "Table(Row(Cell(`a|b`) Cell(c)))"),
    "no table right above text": ("|a|\n|-|\n|b|\nc", "Paragraph(|a|/|-|/|b|/c)"),
    "HTML": ("<div>\n\n*a*\n</div>\nb", "HtmlBlock(<div>//*a*/</div>) Paragraph(b)"),
    "HTML with Markdown": (
        '<div markdown="1">\n*a*\n</div>',
        'HtmlElement(HtmlBlock(<div markdown="1">) Paragraph(*a*))',
    ),
    "a comment": ("<!-- a\n\nb --> c", "HtmlBlock(<!-- a//b -->) Paragraph(c)"),
    "a footnote": ("[^1]: a\n\n    b", "FootnoteDefinition(Paragraph(a) Paragraph(b))"),
    "an alert": ("«0»\na\n«/»", "Alert(Title(Note) Paragraph(a))"),
    "an alert within a line": ("a «0»b«/» c", "Paragraph(a) Alert(Title(Note) Paragraph(b)) Paragraph(c)"),
    "an alert in an item": (
        "* a\n  «0»\n  b\n  «/»",
        "ul(ListItem(Paragraph-(a) Alert(Title(Note) Paragraph(b))))",
    ),
    "an alert in a quote, with attributes": (
        "> «0»\n> a\n> «/»\n> {: .x}",
        "Quote(Alert{.x}(Title(Note) Paragraph(a)))",
    ),
    "tabs after a list": (
        "* a\n\n«1»\n    «2»\n    b\n    «/»\n    «3»\n    c\n    «/»\n«/»\n{: #x}",
        "ul(ListItem(Paragraph-(a))) Tabs{#x}(Tab(Title(One) Paragraph(b)) Tab(Title(Two) Paragraph(c)))",
    ),
    "a block tag in HTML": (
        "<div>\n«0»a«/»\n</div>",
        "HtmlBlock(<div>/) Alert(Title(Note) Paragraph(a)) HtmlBlock(/</div>)",
    ),
    "an admonition under a heading": (
        '# A\n!!! note "B"\n    c\n\n    ```\n    d\n    ```\ne',
        "HeadingBlock1(A) Admonition(Title(B) Paragraph(c) CodeBlock(d)) Paragraph(e)",
    ),
    "native tabs": (
        '=== "A"\n\n    b\n\n=== "C"\n    d',
        "Tabs(Tab(Title(A) Paragraph(b)) Tab(Title(C) Paragraph(d)))",
    ),
    "a generic block in another": (
        "/// note | A\n\n/// note | B\nc\n///\nd\n///",
        "GenericBlock(NativeBlock(/// note | A) GenericBlock(NativeBlock(/// note | B) Paragraph(c)) Paragraph(d))",
    ),
    "a line break above what looks like HTML": (
        "a  \n<https://example.com>",
        "Paragraph(a  /<https://example.com>)",
    ),
    "signs that begin no container": (
        "- a\n!!!note and !!! 5",
        "ul(ListItem(Paragraph-(a/!!!note and !!! 5)))",
    ),
    "attribute lists with a name, in a quote": (
        "> {:x: .b}\n> a\n> {: x}\n\n## c\n{: x #y}",
        "Quote(Paragraph{.b}(a)) HeadingBlock2{.b #y}(c)",
    ),
    "names of attribute lists that lead to themselves": (
        "{:x: y .a}\n{:y: x .b}\nc\n{: x}",
        "Paragraph{.a .b}(c)",
    ),
    "an attribute list below an element with a tag in it": (
        "<div>\n«0»a«/»\n</div>\n{: .b}",
        "HtmlBlock{.b}(<div>/) Alert(Title(Note) Paragraph(a)) HtmlBlock(/</div>)",
    ),
    "elements in raw HTML that hold Markdown": (
        '<div>\n<p markdown="1">*a*</p> b\n<ul><li markdown="1">\n\n- c\n\n</li></ul>\n</div>\n{: .d}',
        (
            'HtmlBlock{.d}(<div>) HtmlElement(HtmlBlock(<p markdown="1">) Paragraph-(*a*)) HtmlBlock(b/<ul>)'
            ' HtmlElement(HtmlBlock(<li markdown="1">) ul(ListItem(Paragraph-(c)))) HtmlBlock(</ul>/</div>)'
        ),
    ),
    "what only looks like elements that hold Markdown": (
        '<div>\n<!-- <p markdown="1">*a*</p> --><pre><b markdown="1">*b*</b></pre>\n</div>',
        'HtmlBlock(<div>/<!-- <p markdown="1">*a*</p> --><pre><b markdown="1">*b*</b></pre>/</div>)',
    ),
    "HTML that closes what it opens": (
        "<div>a <b>c<x></div> d",
        "HtmlBlock(<div>a <b>c&lt;x></b></div>) Paragraph(d)",
    ),
    "a generic block": (
        "/// note | A\n    open: true\n\nb\n///",
        "GenericBlock(NativeBlock(/// note | A/    open: true) Paragraph(b))",
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_the_blocks_of_a_page(name: str) -> None:
    text, wanted = PAGES[name]
    assert outline(text) == wanted


PROBLEMS = {
    "```\na": ("markup-unclosed-fence", 0),
    "a\n\n<!-- b": ("markup-unclosed-html", 3),
    "/// note\na": ("markup-unclosed-block", 0),
    "a\n\n##\u00a0B": ("markup-no-break-space", 5),
    "a\n-\u00a0b": ("markup-no-break-space", 3),
    "```\u00a0js\na\n```": ("markup-no-break-space", 3),
    "```js\na\n```\u202f": ("markup-no-break-space", 11),
    "| a | b |\n|---|\u00a0---|\n| c | d |": ("markup-no-break-space", 15),
    "a\n{: nope}": ("attribute-list", 5),
    "```\n«0»a«/»\n```": ("liquid-block-in-code", 4),
    "a\n\n{: .b}": ("attribute-list-unused", 3),
    "{: .b}\n\na": ("attribute-list-unused", 0),
    "<!-- a -->\n {: .b}\nc": ("attribute-list-unused", 12),
    "- {: .b}\n  c\n\n  {: .d}": ("attribute-list-unused", 16),
    "> {: .b}": ("attribute-list-unused", 2),
    "[^a]: b\n{: .c}": ("attribute-list-unused", 8),
    "[^a]: b\n\n[^a]: c": ("markup-duplicate-definition", 0),
    "[a]: b\n\n> [A]: c": ("markup-duplicate-definition", 0),
    "*[A]: b\n\n*[A]: c": ("markup-duplicate-definition", 1),
    "<div>\na<b>\n</div>": ("markup-unclosed-html", 7),
}


@pytest.mark.parametrize("text", PROBLEMS)
def test_what_cannot_be_meant_is_reported_with_its_place(text: str) -> None:
    (problem,) = parse(text)[1]
    assert (problem.message.rule, problem.line.origin(problem.column).offset) == PROBLEMS[text]


@pytest.mark.parametrize("text", ["[a]: b\n\n[a]: b", "*[A]: b\n\n*[A]: b", "<ul><li>a<li>b</ul>", "<p>a\n\nb"])
def test_what_loses_nothing_is_no_problem(text: str) -> None:
    assert parse(text)[1] == []


def _leaves(text: str) -> Iterator[tuple[str, int]]:
    for leaf in parse(text)[0].leaves():
        yield from ((line.text, line.origin(0).offset) for line in leaf.lines if line.text.strip())


def test_every_line_of_a_leaf_knows_where_it_was_written() -> None:
    text = "# A\n\n> * b\n>   c\n>\n>       d\n\n|e|f|\n|-|-|\n| g | h |\n\nI\n: j\n\n- [ ] k\n\n  l\n"
    found = dict(_leaves(text))
    assert [*found] == ["A", "b", "c", "d", "e", "f", "g", "h", "I", "j", "[ ] k", "l"]
    assert all(text.startswith(line, offset) for line, offset in found.items())


def test_the_text_of_a_document_leads_back_too() -> None:
    source = "# A\n\n* b\n\n  c d\n"
    document, _ = parse(source)
    text = document.text
    assert text.text == "A\nb\nc d"
    assert [source[text.origin(at).offset] for at in (0, 2, 4, 6)] == ["A", "b", "c", "d"]
    assert [leaf.start for leaf in document.leaves()] == [0, 2, 4]


def test_a_block_knows_its_first_and_its_last_line() -> None:
    document, _ = parse("a\n\n* b\n* c\n\nd")
    block = document.children[1]
    assert (block.first.origin(0).offset, block.last.origin(2).offset) == (3, 9)


BELOW_TAGS = [
    "1. a\n       {% alert note %}\n       b\n       {% endalert %}\n       [c](https://example.com)\n2. d",
    "- a\n      {% details T %}\n      b\n      {% enddetails %}\n      - [c](https://example.com)",
    "> - a\n>       {% alert note %}b{% endalert %}\n>       [c](https://example.com)",
    "{% alert tip %}\na\n     {% alert note %}b{% endalert %}\n     [c](https://example.com)\n{% endalert %}",
    "a\n\n    {% tabs %}{% tab A %}b{% endtab %}{% endtabs %}\n    [c](https://example.com)",
]


@pytest.mark.parametrize("text", BELOW_TAGS)
def test_text_right_below_an_indented_tag_is_no_code(text: str) -> None:
    html = convert_text(text, "en", "page.md").html
    assert '<a href="https://example.com">c</a>' in html
    assert "<code" not in html


def test_code_below_a_tag_that_is_not_indented_or_a_blank_line_is_code() -> None:
    for text in ("{% alert note %}b{% endalert %}\n    code", "a\n    {% alert note %}b{% endalert %}\n\n    code"):
        assert "<code>code" in convert_text(text, "en", "page.md").html


CODE_IN = {
    # the page around code that Jekyll lets tear what it stands in, and how many such elements there are
    "an item": ("1. a\n   {% highlight js %}\n   b\n     c\n   {% endhighlight %}\n2. d", "<li>", 2),
    "an item, at its mark": ("- {% highlight js %}\n  b\n    c\n  {% endhighlight %}\n- d", "<li>", 2),
    "a quote": ("> a\n> {% highlight js %}\n> b\n>   c\n> {% endhighlight %}\n> d", "<blockquote>", 1),
    "a cell": ("| a | b |\n|---|---|\n| {% highlight js %}b{% endhighlight %} | d |", "<td>", 2),
    "a paragraph": ("a {% highlight js %}b{% endhighlight %} d", "<p>", 2),
}


@pytest.mark.parametrize("name", CODE_IN)
def test_code_of_a_tag_stays_in_what_it_stands_in(name: str) -> None:
    text, element, count = CODE_IN[name]
    result = convert_text(text, "en", "page.md")
    assert result.findings == ()
    assert result.html.count(element) == count
    assert ("b\n  c" if "c\n" in text else "b") in re.sub(r"</?span[^>]*>", "", result.html)
    assert result.html.count("<pre") == 1

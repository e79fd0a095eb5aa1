"""The source form and the built form of a link agree: what `check` sees in Markdown is what the page will hold.

Each link carries a number in its query; the numbers that the scan sees must be those of the HTML that Python-Markdown
makes of the same page. Where they differ, `check` misses an error, or reports one in what is no link.
"""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import markdown
import pytest
from selectolax.lexbor import LexborHTMLParser

from docsite.markup.markdown_extension import DialectExtension
from docsite.project.project_page import ProjectPage
from tests.golden_case import EXTENSIONS, OPTIONS
from tests.markup.case import PAGE, load
from tests.mutation.sources import CONTEXTS, FORMS, INCLUDE

pytestmark = pytest.mark.no_cover

_NUMBER = re.compile(r"[?&]n=(\d+)")
_ATTRIBUTES = ("href", "src", "srcset", "poster", "data", "action", "cite", "style")

CONVERTER = markdown.Markdown(extensions=[*EXTENSIONS, DialectExtension()], extension_configs=OPTIONS)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where each page replaces the one before, so that MkDocs is asked for the site only once."""
    return tmp_path_factory.mktemp("guide")


def seen(page: ProjectPage) -> list[int]:
    """The numbers of the links that the scan sees."""
    return sorted({int(number) for link, _ in page.facts.links for number in _NUMBER.findall(link.address)})


def built(page: ProjectPage) -> list[int]:
    """The numbers of the links in the page's HTML."""
    tree = LexborHTMLParser(CONVERTER.reset().convert(page.markdown))
    values = [node.attributes.get(name) or "" for node in tree.css("*") for name in _ATTRIBUTES]
    values += [node.text() for node in tree.css("style")]
    return sorted({int(number) for value in values for number in _NUMBER.findall(value)})


def numbered(text: str) -> str:
    """The text with a number for each `@`."""
    numbers = itertools.count(1)
    return re.sub("@", lambda _: f"{{{{site.baseurl}}}}/other/?n={next(numbers)}", text)


SNIPPETS = {
    "comment before": "<!-- [x](@) --> [text](@)",
    "comment before, next line": "<!-- [x](@) -->\n[text](@)",
    "comment over lines": "<!-- [x](@)\n[y](@) -->\n\n[text](@)",
    "comment in paragraph": "Some <!-- [x](@) --> [text](@)",
    "HTML block before": "<div>a</div> [text](@)",
    "HTML block before, next line": "<div>[a](@)</div>\n[text](@)",
    "HTML paragraph before": "<p>a</p>[text](@)",
    "HTML block after": "[text](@)\n<div>[a](@)</div>",
    "inline tag on its line": "<span>\n[text](@)\n</span>",
    "unknown tag on its line": "<custom-x>\n[text](@)\n</custom-x>",
    "image tag on its line": '<img src="@">\n[text](@)',
    "inline tag in paragraph": "Some <b>bold\n[text](@)</b> words.",
    "break on its line": "<br>\n[text](@)",
    "break on its line in a quote": "> <br>\n> [text](@)",
    "image tag in an item": '* <img src="@">\n  [text](@)',
    "comment in an item": "* <!-- [x](@) --> [text](@)",
    "comment, then a block": "<!-- a --> <div>[text](@)</div>",
    "comment in a block": "<div>\n<!-- a --> [text](@)\n</div>",
    "bare markdown": "<div markdown>\n[text](@)\n</div>",
    "figure with bare markdown": "<figure markdown>\n![text](@)\n<figcaption>[text](@)</figcaption>\n</figure>",
    "kbd at start": "<kbd>Ctrl</kbd> [text](@)",
    "details without markdown": "<details>\n<summary>[a](@)</summary>\n\n[text](@)\n\n</details>",
    "details with markdown": '<details markdown="1">\n<summary>a</summary>\n\n[text](@)\n\n</details>',
    "div without markdown, blank lines": "<div>\n\n[text](@)\n\n</div>",
    "div without markdown, nested": "<div>\n<div>\n\n[text](@)\n\n</div>\n\n[text](@)\n</div>",
    "div with markdown in item": '* one\n\n    <div markdown="1">\n    [text](@)\n    </div>',
    "div in list": "* one\n\n  <div>[text](@)</div>\n\n  [text](@)",
    "div with markdown, then without": '<div markdown="1">\n[text](@)\n\n<div>\n[text](@)\n</div>\n</div>',
    "markdown=0": '<div markdown="0">\n\n[text](@)\n\n</div>',
    "markdown=span": '<p markdown="span">[text](@)</p>',
    "markdown=block": '<div markdown="block">\n[text](@)\n</div>',
    "HTML table": "<table><tr><td>[text](@)</td><td><a href=\"@\">x</a></td></tr></table>",
    "HTML table with markdown": '<table markdown="1"><tr><td markdown="1">[text](@)</td></tr></table>',
    "> in a value": '<a title="a > b" href="@">text</a>',
    "> in a value of a block": '<div title="a > b"><a href="@">text</a></div>',
    "< in a value": '<a title="a < b" href="@">text</a>',
    "tag over lines": '<a\n  class="x"\n  href="@">text</a>',
    "no quotes, slash at end": "<a href=@>text</a>",
    "script": '<script>\nvar a = "<a href=\'@\'>";\n</script>',
    "style": "<style>\n.a { background: url(@) }\n</style>",
    "pre": '<pre>\n[text](@) <a href="@">x</a>\n</pre>',
    "textarea": '<textarea>\n<a href="@">x</a>\n</textarea>',
    "raw code element": '<code>[text](@)</code>',
    "iframe": '<iframe src="@"></iframe>',
    "blanks in address": "[text]( @ )",
    "blank inside address": "[text](a b?n=1)",
    "address on next line": "[text](\n@)",
    "title on next line": '[text](@\n"title")',
    "quotes in title": '[text](@ "a "b" c")',
    "title in parentheses": "[text](@ (title))",
    "link in link": "[a [b](@) c](@)",
    "image in link": "[a ![b](@) c](@)",
    "brackets": "[a [b] c](@)",
    "unbalanced bracket": "[a ] b](@) and [c [ d](@)",
    "escaped brackets": "\\[a](@) [b\\](@) [c](@)",
    "parentheses": "[a](@&x=(1)) [b](@&x=\\(1) [c](<@&x=(1>)",
    "unbalanced parenthesis": "[a](@&x=(1) b",
    "code spans": "`[a](@)` ``[b](@) ` `` [c](@) `d",
    "code span over lines": "`a\n[b](@)` [c](@)",
    "code across link": "[a `b](@)` c](@)",
    "backslash before backtick": "\\`[a](@)\\`",
    "fence": "```\n[a](@)\n```\n\n[b](@)",
    "tildes": "~~~ md\n[a](@)\n~~~\n[b](@)",
    "fence with attributes": "``` { .md title=\"x\" }\n[a](@)\n```",
    "fence in item": "* a\n\n  ```\n  [a](@)\n  ```\n\n  [b](@)",
    "unclosed fence": "```\n[a](@)\n\n[b](@)",
    "fence in quote": "> ```\n> [a](@)\n> ```\n> [b](@)",
    "indented code": "Text.\n\n    [a](@)\n\n[b](@)",
    "indented after list": "* a\n\n[b](@)\n\n    [c](@)",
    "six spaces in item": "* a\n\n      [b](@)\n\n  [c](@)",
    "definition after paragraph": "Some words\n[r]: @\n\n[text][r]",
    "definition before paragraph": "[r]: @\n[text][r]",
    "definition in item": "* a\n\n  [r]: @\n\n[text][r]",
    "definition in quote": "> [r]: @\n\n[text][r]",
    "definition on two lines": "[r]:\n  @\n\n[text][r]",
    "definition with title below": '[r]: @\n  "title"\n\n[text][r]',
    "definition twice": "[r]: @\n[r]: @\n\n[text][r]",
    "definition, letter case": "[R É]: @\n\n[text][r é]",
    "definition, blanks in name": "[a  b]: @\n\n[text][a b]",
    "definition indented by 4": "Text.\n\n    [r]: @\n\n[text][r]",
    "definition in fence": "```\n[r]: @\n```\n\n[text][r]",
    "definition of a footnote": "Text.[^a]\n\n[^a]: See [b](@)\n    and [c](@)\n\n    [d](@)",
    "definition with escaped name": "[r\\]s]: @\n\n[text][r\\]s]",
    "use with a blank": "[text] [r]\n\n[r]: @",
    "use over lines": "[text]\n[r]\n\n[r]: @",
    "use without definition": "[text][r] and [r]",
    "autolink": "<https://docs.example.com/guide/?n=1>",
    "autolink with marker": "<@>",
    "bare address": "https://docs.example.com/guide/?n=1",
    "abbreviation": "The API [API](@).\n\n*[API]: A thing [x](@)",
    "definition list": "Term [a](@)\n: Meaning [b](@)\n\n: More [c](@)",
    "heading": "## A [link](@) here\n\nText.",
    "setext heading": "A [link](@)\n===\n\nText.",
    "table": "| [a](@) | b |\n|---|---|\n| `[c](@)` | [d](@&x=\\|) |",
    "pipe in table link": "| a | b |\n|---|---|\n| [c](@ \"x | y\") | d |",
    "task": "* [ ] [a](@)\n* [x] [b](@)",
    "task without blank": "* [x](@)",
    "hard break": "[a](@)\\\n[b](@)  \n[c](@)",
    "emphasis across": "*[a*](@) **[b](@)**",
    "strikethrough": "~~[a](@)~~",
    "math": "$[a](@)$ and $$[b](@)$$",
    "smart quotes": '"[a](@)" -- \'[b](@)\'...',
    "entity brackets": "&#91;a](@) &lbrack;b](@)",
    "entity in address": "[a](@&amp;x=1&eacute;)",
    "raw Liquid": "{% raw %}[a]({{ x }}?n=1){% endraw %} [b](@)",
    "link out of parts": "{% assign a = '[a](' %}{{ a }}@)",
    "address by filter": '[a]({{ "/other/?n=1" | prepend: site.baseurl }})',
    "nested quotes": "> > [a](@)\n> [b](@)\n\n[c](@)",
    "list directly after": "Text:\n* [a](@)\n* [b](@)\n[c](@)",
    "ordered with parenthesis": "1) [a](@)\n2) [b](@)",
    "plus list": "+ [a](@)\n+ [b](@)",
    "rule between": "[a](@)\n\n---\n\n[b](@)",
    "HTML comment in list": "* a <!-- [x](@) -->\n* [b](@)",
    "unclosed comment": "<!-- [a](@)\n\n[b](@)",
    "comment with dashes": "<!-- a -- b --> [a](@)",
    "processing instruction": "<?php [a](@) ?> [b](@)",
    "CDATA": "<![CDATA[ [a](@) ]]> [b](@)",
    "block title": "{% details A [link](@) here %}\nText.\n{% enddetails %}",
    "tab name": "{% tabs %}\n{% tab A [link](@) %}\nText.\n{% endtab %}\n{% endtabs %}",
    "markdown HTML attribute": '<a href="@" title="[x](@)">[y](@)</a>',
    "anchor around Markdown": '<a href="@">**[b](@)**</a>',
    "svg": '<svg><a href="@"><image href="@"/></a></svg>',
    "kramdown extension": "{::nomarkdown}[a](@){:/}\n\n[b](@)",
    "kramdown extension with HTML": "Text {::nomarkdown}<a href=\"@\">a</a>{:/} and [b](@)",
    "kramdown comment": "{::comment}\n[a](@)\n{:/comment}\n\n[b](@)",
}  # fmt: skip


KNOWN = {
    "definition twice": "both are checked; the last is used",
}
"""Snippets for which the check sees other links than the build makes, and why; `check-site` sees what is built."""


@pytest.mark.parametrize("name", SNIPPETS)
def test_the_scan_sees_the_links_that_are_built(name: str, root: Path) -> None:
    page = load(root, f"Before.\n\n{numbered(SNIPPETS[name])}\n\nAfter.\n").pages[PAGE]
    if name in KNOWN:
        assert seen(page) != built(page), f"“{name}” agrees now: take it out of KNOWN"
    else:
        assert seen(page) == built(page), page.markdown


def test_every_known_difference_is_one_of_the_snippets() -> None:
    assert KNOWN.keys() <= SNIPPETS.keys()


@pytest.mark.parametrize("place", CONTEXTS)
def test_in_every_place_and_form(place: str, root: Path) -> None:
    """Every form of a link in one place, each on a page of its own."""
    context = CONTEXTS[place]
    files: dict[str, str] = {}
    for number, form in enumerate(FORMS.values()):
        if context.include and form.after:
            continue
        link = re.sub(r"~\w+~", "", form.text).replace("$", "@")
        text = context.text.replace("@", link).replace("planted.md", f"planted{number}.md")
        files[f"docs/en/p{number}.md"] = numbered(f"{text}\n\n{form.after}\n")
        if context.include:
            files[INCLUDE.replace("planted", f"planted{number}")] = numbered(context.include.replace("@", link))
    pages = load(root, files).pages
    wrong = [files[name] for name in files if name in pages and seen(pages[name]) != built(pages[name])]
    assert not wrong, "\n---\n".join(wrong)

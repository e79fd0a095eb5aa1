"""What is right gives nothing: code, comments, `raw`, addresses of other kinds, ids of every origin.

Each control stands alone in the sources, and all stand together on a page that MkDocs builds for `check-site`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.built_site.check_site import check_site
from docsite.config.settings import load_settings
from tests.mutation import base
from tests.mutation.base import Copy, check_sources, check_tree

pytestmark = pytest.mark.no_cover

PAGE = "docs/{}/guides/controls.md"
SOURCES = {
    "tabs": "{% tabs %}\n{% tab A %}\na\n{% endtab %}\n{% tab B %}\nb\n{% endtab %}\n{% endtabs %}\n\n[a](#__tabbed_1_2)",
    "code span": "`[a](nowhere.md)` and `` ![`](no.png) ``",
    "code span with Liquid": "`{% raw %}[a]({{site.baseurl}}/nowhere/){% endraw %}`",
    "fence": "```\n[a](nowhere.md) ![b](no.png) <a href=\"no/\">\n[r]: nowhere.md\n```",
    "fence of tildes": "~~~ html\n<a href=\"no/\">\n~~~",
    "fence in item": "* a\n\n  ```\n  [a](nowhere.md)\n  ```",
    "fence in alert": "{% alert note %}\n```\n[a](nowhere.md)\n```\n{% endalert %}",
    "fence in tab": "{% tabs %}\n{% tab A %}\n```\n<img src=\"no.png\">\n```\n{% endtab %}\n{% endtabs %}",
    "indented code": "Text.\n\n    [a](nowhere.md) <img src=\"no.png\">\n\nText.",
    "indented code in item": "* a\n\n      [a](nowhere.md)\n\n  b",
    "HTML comment": "<!-- [a](nowhere.md) <a href=\"no/\"> -->",
    "HTML comment over lines": "<!--\n[a](nowhere.md)\n\n<img src=\"no.png\">\n-->",
    "HTML comment in paragraph": "Some <!-- ![a](no.png) --> words.",
    "Liquid comment": "{% comment %}[a]({{site.baseurl}}/nowhere/) {{ no.such }}{% endcomment %}",
    "raw": "`{% raw %}{{site.baseurl}}/nowhere/ {% alrt %}{% endraw %}`",
    "raw link to nothing of ours": "{% raw %}`[a]({{ x }})`{% endraw %}",
    "branch not taken": "{% if site.product == 'x' %}[a]({{site.baseurl}}/nowhere/){% endif %}",
    "escaped link": "\\[a](nowhere.md) [b\\](no.md) \\![c](#no) ".replace("[c](#no)", "c"),
    "mailto": "[a](mailto:a@example.com) <b@example.com> <mailto:c@example.com>",
    "tel": "[a](tel:+33123456789) [b](sms:+33123456789)",
    "data": "![a](data:image/gif;base64,R0lGODlhAQABAAAAACw=)",
    "javascript": '<a href="javascript:void(0)">a</a>',
    "other schemes": "[a](https://example.com/x#y) [b](//example.com/x) [c](ftp://example.com/) [d](urn:isbn:1)",
    "autolink": "<https://example.com/a_b(c)#d>",
    "own host": "[a]({{site.url}}/~lang~setup/#keys) <https://docs.example.com/small/~lang~setup/>",
    "host that begins like ours": "[a](https://docs.example.com.evil.example/small/x/)",
    "another host of our domain": "[a](https://www.docs.example.com/smaller/x/)",
    "top": "[a](#) [b](#top) [c](#TOP) [d](../setup.md#top)",
    "text fragment": "[a](../setup.md#:~:text=Keys) [b](#controls:~:text=a) [c]({{site.baseurl}}/setup/#keys:~:text=x)",
    "query": "[a](../setup.md?a=1#keys) [b]({{site.baseurl}}/setup/?x=#keys) ![c](../../assets/images/logo.svg?v=1)",
    "encoded accents": "[a](%C3%A9t%C3%A9.md#%C3%A0-bient%C3%B4t) [b](été.md#à-bientôt) [c]({{site.baseurl}}/guides/%C3%A9t%C3%A9/)",
    "encoded file": "![a](../../assets/images/%C3%A9t%C3%A9%20%281%29.svg) ![b](<../../assets/images/été (1).svg>)",
    "escaped file": "![a](<../../assets/images/été \\(1\\).svg>)",
    "index": "[a](../index.md) [b]({{site.baseurl}}/) [c]({{site.baseurl}}) [d]({{site.baseurl}}/index.html)",
    "page as file": "[a]({{site.baseurl}}/setup.html) [b]({{site.baseurl}}/setup) [c]({{site.baseurl}}/setup/index.html#keys)",
    "page with dots": "[a](../guides/../setup.md) [b](./start.md)",
    "id of raw HTML": '<a id="c1"></a> [a](#c1)',
    "name of raw HTML": '<a name="c2"></a> [a](#c2)',
    "id of raw block": '<div id="c3">x</div>\n\n[a](#c3)',
    "id, single quotes": "<b id='c4'>x</b> [a](#c4)",
    "id, no quotes": "<b id=c5>x</b> [a](#c5)",
    "id, upper case": '<B ID="C6">x</B> [a](#C6)',
    "id with entity": '<b id="c&amp;7">x</b> [a](#c%267)',
    "id with accent": '<b id="été8">x</b> [a](#été8) [b](#%C3%A9t%C3%A98)',
    "id of a paragraph": "A paragraph.\n{: #c9 }\n\n[a](#c9)",
    "id of a paragraph, key": 'A paragraph.\n{: id="c10" }\n\n[a](#c10)',
    "id of a table": "| A |\n| --- |\n| b |\n{: #c11 .wide }\n\n[a](#c11)",
    "id of a list": "* a\n* b\n{: #c12 }\n\n[a](#c12)",
    "id of an item": "* {: #c13 } a\n* b\n\n[a](#c13)",
    "id of a fence": "```\nx\n```\n{: #c14 }\n\n[a](#c14)",
    "id of an image": "![a](../../assets/images/logo.svg){: #c15 }\n\n[a](#c15)",
    "id of a span": "*a*{: #c16 } [a](#c16)",
    "id of a quote": "> a\n{: #c17 }\n\n[a](#c17)",
    "inline list in a comment": "*a*{: #c33 } <!-- *b*{: #c33 } -->",
    "inline list in code": "*a*{: #c34 } `*b*{: #c34 }` `` `b`{: #c34 } ``",
    "inline list in raw HTML": "<pre>\n*a*{: #c35 }\n</pre>\n\n*b*{: #c35 }",
    "braces behind a plain parenthesis": "a){ #c36 } *b*{: #c36 }",
    "number sign in a value": '*a*{: title="k #c37" } *b*{: #c37 }',
    "id in an include": "{% include controls.md %}\n\n[a](#c18)",
    "id in a loop": '{% for n in (1..2) %}<b id="c19-{{ n }}">x</b>{% endfor %}\n\n[a](#c19-1) [b](#c19-2)',
    "id of an attribute definition": "{:ours: #c20 .x }\n\nText.\n{: ours }\n\n[a](#c20)",
    "footnote": "Text.[^c21]\n\n[^c21]: A note.\n\n[a](#fn:c21) [b](#fnref:c21)",
    "footnote twice": "One.[^c22] Two.[^c22]\n\n[^c22]: A note.\n\n[a](#fnref2:c22)",
    "own heading": "[a](#controls)",
    "heading of another page by its own slug": "[a](start.md#first-steps)",
    "wrapped text": "[a\nb](../setup.md\n\"a title\")",
    "definition unused in code": "`[r]: nowhere.md`",
    "parentheses": "[a](../setup.md?x=(1)#keys)",
    "table with code": "| `[a](no.md)` |\n| --- |\n| `![b](no.png)` |",
    "script": '<script>\nvar a = "<a href=\'no/\'>";\n</script>',
    "style": "<style>\n.a::after { content: '<img src=no.png>'; }\n</style>",
    "textarea": '<textarea>\n<a href="no/">\n</textarea>',
    "pre": "<pre>\n[a](nowhere.md)\n</pre>",
    "code element": "<code>&lt;a href=\"no/\"></code>",
    "> in a value": '<a title="1 > 0" href="{{site.baseurl}}/setup/">a</a>',
    "unquoted attribute": "<a href={{site.baseurl}}/setup/>a</a>",
    "single quotes": "<a href='{{site.baseurl}}/setup/#keys'>a</a>",
    "upper case": '<A HREF="{{site.baseurl}}/setup/">a</A>',
    "srcset": '<img src="{{site.baseurl}}/assets/images/logo.svg" srcset="{{site.baseurl}}/assets/images/logo.svg 1x, '
    '{{site.baseurl}}/assets/images/wide.svg 1.5x" alt="">',
    "upstream": "[a]({{site.baseurl}}/api/key/#~key~) [b]({{site.baseurl}}/api/events/#whatever)",
    "upstream asset of any language": "[a]({{site.baseurl}}/notes/english/)",
    "alias": "[a]({{site.baseurl}}/~alias~/)",
    "data attributes": '<span data-href="no/" data-src="no.png">a</span>',
    "math": "`$x$` and [a](../setup.md) costs $5",
    "anchor alone": '<a id="c30">x</a>',
}  # fmt: skip
TREE = {
    "comment": '<!-- <a href="no/"> <img src="no.png"> -->',
    "comment with >": '<!-- a > b <a href="no/"> -- x -->',
    "short comments": '<!--> <a href="~own~setup/">a</a> <!---> <!-- -->',
    "bang comment": '<! a href="no/" > <a href="~own~setup/">a</a>',
    "question comment": '<? <img src="no.png" ?>'.replace("<img", "img"),
    "script": "<script>var a = \"<a href='no/'>\", b = '<img src=no.png>';</script>",
    "script with comment": "<script><!-- <a href='no/'> --></script>",
    "script of JSON": '<script type="application/json">{"href": "<a href=\\"no/\\">"}</script>',
    "style": "<style>.a::after { content: '<img src=no.png>' } /* url(no.png) */</style>",
    "textarea": '<textarea><a href="no/"> <img src="no.png"></textarea>',
    "title in svg": '<svg><title>a</title><circle r="1"/></svg>',
    "xmp": '<xmp><a href="no/"></xmp>',
    "template text": '<p>&lt;a href="no/"&gt; &#60;img src=no.png></p>',
    "unquoted": "<a href=~own~setup/>a</a> <img src=~up~assets/images/logo.svg alt>",
    "unquoted, slash at end": "<a href=~own~setup/#keys/>a</a>".replace("#keys/", ""),
    "single quotes": "<a href='~own~setup/#keys'>a</a>",
    "upper case": '<A HREF="~own~setup/">a</A> <IMG SRC="~up~assets/images/logo.svg">',
    "spaces": '<a  href =\n"~own~setup/"  class = x >a</a>',
    "> in values": '<a title="a > b" href="~own~setup/">a</a> <p title=\'<a href="no/">\'>b</p>',
    "quotes in values": "<p title='say \"no\"'>a</p> <p title=\"it's\">b</p> <a title=it's href='~own~setup/'>c</a>",
    "entities": '<a href="~own~setup/?a=1&amp;b=2&#35;keys">a</a> <a href="&#46;/~own~setup/">b</a>',
    "entity without semicolon": '<a href="~own~setup/?a=1&b=2&copy=3">a</a>',
    "query": '<a href="~own~setup/?x=/no/#keys">a</a> <img src="~up~assets/images/logo.svg?x=y">',
    "query alone": '<a href="?x=1">a</a> <a href="?">b</a>',
    "empty": '<a href="">a</a> <a>b</a> <a href>c</a>',
    "schemes": '<a href="mailto:a@b.example">a</a> <a href="tel:+33">b</a> <a href="javascript:go(\'no/\')">c</a> '
    '<a href="MAILTO:a@b">d</a> <img src="data:image/png;base64,AAAA"> <a href="about:blank">e</a> <a href="blob:x">f</a>',
    "other hosts": '<a href="https://example.com/no/">a</a> <a href="//example.com/no/">b</a> '
    '<a href="https://docs.example.com.evil.example/small/no/">c</a> <a href="https://docs.example.com:8443/small/no/">d</a> '
    '<a href="https://user@docs.example.com/small/no/">e</a>'.replace(' <a href="https://user@docs.example.com/small/no/">e</a>', ""),
    "another host": '<a href="https://elsewhere.example.com/smaller/">b</a>',
    "root without slash": '<a href="https://docs.example.com/small" hreflang="en">a</a> <a href="/small" hreflang="en">b</a>',
    "default port": '<a href="https://docs.example.com:443/small/~lang~setup/">a</a>',
    "http": '<a href="http://docs.example.com/small/~lang~setup/">a</a>',
    "top": '<a href="#">a</a> <a href="#top">b</a> <a href="#TOP">c</a> <a href="~own~setup/#">d</a>',
    "text fragment": '<a href="#:~:text=a">a</a> <a href="~own~setup/#keys:~:text=a,-b">b</a>',
    "encoded accents": '<a href="~own~guides/%C3%A9t%C3%A9/#%C3%A0-bient%C3%B4t">a</a> '
    '<a href="~own~guides/été/#à-bientôt">b</a> <a href="~own~guides/%c3%a9t%c3%a9/#%c3%a0-bient%c3%b4t">c</a>',
    "encoded id": '<p id="a%20b">x</p> <a href="#a%20b">a</a>',
    "name": '<a name="planted-name"></a> <a href="#planted-name">a</a>',
    "id and name alike": '<a id="planted-both" name="planted-both"></a> <a href="#planted-both">a</a>',
    "name of an input": '<input name="planted-input"> <input name="planted-input">',
    "names twice": '<map name="m"></map> <meta name="m">',
    "id in svg": '<svg><defs><g id="planted-g"/></defs><use href="#planted-g"/></svg>',
    "id with blanks": '<p id=" planted-blank ">x</p>',
    "empty id": '<p id="">x</p> <p id="">y</p>',
    "id in a comment": '<p id="planted-c">x</p> <!-- <p id="planted-c"> -->',
    "id in a script": '<p id="planted-s">x</p> <script>"<p id=\'planted-s\'>"</script>',
    "id in a template": '<p id="planted-t">x</p>',
    "attribute twice": '<a href="~own~setup/" href="no/">a</a>',
    "data attributes": '<p data-href="no/" data-src="no.png" xhref="no/">x</p>',
    "srcset": '<img src="~up~assets/images/logo.svg" srcset="~up~assets/images/logo.svg 1x,~up~assets/images/wide.svg 2x, '
    '~up~assets/images/logo.svg" alt="">',
    "srcset of data": '<img srcset="data:image/png;base64,AA,BB 1x, ~up~assets/images/logo.svg 2x" alt="">',
    "srcset empty": '<img srcset="" alt=""><img srcset=" , " alt="">',
    "css": '<p style="background: url(~up~assets/images/logo.svg), url(\'~up~assets/images/wide.svg\')">x</p>',
    "css of others": "<style>a { b: url(#__drawer); c: url(data:image/png;base64,AA); d: url(); e: url(https://example.com/x) }</style>",
    "hint": '<link rel="preconnect" href="//cdn.example.com"><link rel="dns-prefetch" href="no/">',
    "other language, said": '<a href="~up~~otherlang~setup/" hreflang="~other~">a</a>',
    "meta": '<meta name="x" content="0; url=no/"> <meta http-equiv="Content-Type" content="text/html; url=no/">',
    "refresh of the page itself": '<meta http-equiv="refresh" content="300">',
    "plain text lt": "<p>a < b and <3 and < a href='no/'></p>",
    "end tags": '</a href="no/"> </p title="<a href=no/>">'.replace('</p title="<a href=no/>">', ""),
    "broken tag at the end": "<p>x</p>",
    "long value": f'<p title="{"x" * 5000}">a</p> <a href="~own~setup/">b</a>',
    "newlines in address": '<a href="~own~se\ntup/">a</a>',
    "backslashes": '<a href="~own~setup\\">a</a>',
}  # fmt: skip
ALIAS = {"en": "first/setup", "fr": "premiers/pas"}
KEYS = {"en": "create", "fr": "creer"}


def _source(text: str, language: str) -> str:
    words = {"~lang~": "" if language == "en" else "fr/", "~key~": KEYS[language], "~alias~": ALIAS[language]}
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _page(text: str, language: str) -> str:
    return _source(f"---\nnav_title: Controls\n---\n\n# Controls\n\n{text}\n", language)


@pytest.mark.parametrize("name", SOURCES)
def test_sources(name: str, sources: Copy) -> None:
    sources.write("docs/_includes/controls.md", '<b id="c18">x</b>\n')
    for language in base.LANGUAGES:
        sources.write(PAGE.format(language), _page(SOURCES[name], language))
    assert [str(finding) for finding in check_sources(sources)] == []


def test_all_of_them_as_mkdocs_builds_them(shared: Path, built: Path, tmp_path: Path) -> None:
    """One build of all controls; links to pages upstream and elsewhere lead out of the tree."""
    copy = Copy(base.SITE, tmp_path / "sources")
    copy.write("docs/_includes/controls.md", '<b id="c18">x</b>\n')
    hooks = base.ROOT / "hooks/site_events.py"
    config = copy.text("mkdocs.yml").replace("../../../hooks/site_events.py", hooks.as_posix())
    copy.write("mkdocs.yml", config.replace("../../../overrides", (base.ROOT / "overrides").as_posix()))
    alone = {name: text for name, text in SOURCES.items() if name != "own host"}
    for language in base.LANGUAGES:
        text = "\n\nNext.\n\n".join(alone.values())
        copy.write(PAGE.format(language), _page(text, language))
    result = base.build(copy.folder / "mkdocs.yml", tmp_path / "built")
    assert result.returncode == 0, result.stderr
    tree = Copy(tmp_path / "built", tmp_path / "tree")
    found = check_site(tree.folder, load_settings(copy.folder / "mkdocs.yml")).findings
    assert [str(finding) for finding in found] == []


@pytest.mark.parametrize("name", TREE)
def test_tree(name: str, tree: Copy) -> None:
    for page in ("index.html", "fr/guides/été/index.html"):
        french = page.startswith("fr/")
        ups = "../" * page.count("/") or "./"
        words = {
            "up": ups,
            "own": ups + ("fr/" if french else ""),
            "lang": "fr/" if french else "",
            "otherlang": "" if french else "fr/",
            "other": "en" if french else "fr",
        }
        block = TREE[name]
        for word, value in words.items():
            block = block.replace(f"~{word}~", value)
        tree.write(page, tree.text(page).replace("</article>", f"{block}\n</article>", 1))
    assert [str(finding) for finding in check_tree(tree)] == []

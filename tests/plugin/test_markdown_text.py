"""The Markdown copies of built pages."""

from __future__ import annotations

import pytest

from docsite.plugin.markdown_text import page_markdown

URL = "https://docs.example.org/guide/page/"
TABS = """<div class="tabbed-set"><input type="radio"><input type="radio">
<div class="tabbed-labels"><label>Kotlin</label><label>Java</label></div><div class="tabbed-content">
<div class="tabbed-block"><p>K</p></div><div class="tabbed-block"><p>J</p></div></div></div>"""
DRAWING = """<figure><svg><title>Way</title><desc>Two steps.</desc>
<a href="one/" aria-label="Step 1"><text>1</text></a></svg><svg><title>Way</title></svg></figure>"""


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<h2 id="a">A<a class="headerlink" href="#a">¶</a></h2>', "## A"),
        ('<p><a href="../other/#b">x</a> <a href="#c">y</a></p>', f"[x]({URL[:-5]}other/#b) [y]({URL}#c)"),
        (
            '<div class="admonition note"><p class="admonition-title">Note</p><p>Take care.</p></div>',
            "> **Note**\n>\n> Take care.",
        ),
        (
            TABS,
            "**Kotlin**\n\nK\n\n**Java**\n\nJ",
        ),
        (
            '<div class="language-bash highlight"><pre><span></span><code><span>ls</span>\n</code></pre></div>',
            "```bash\nls\n```",
        ),
        (
            DRAWING,
            f"Way. Two steps.\n\n- [Step 1]({URL}one/)",
        ),
        ("<p hidden>no</p><button>no</button><script>no</script><p>yes</p>", "yes"),
        ("<table><tr><th>A</th></tr><tr><td>b</td></tr></table>", "| A |\n| --- |\n| b |"),
        ("<p>Étape\u00a01\u202f: ici</p>", "Étape\u00a01\u202f: ici"),
    ],
)
def test_markdown_of(html: str, markdown: str) -> None:
    assert page_markdown(f"<h1>T</h1>{html}", "T", URL) == f"# T\n\n{markdown}\n"


def test_a_page_without_a_title_gets_its_name() -> None:
    assert page_markdown("<p>Text.</p>", "Named", "") == "# Named\n\nText.\n"


def test_without_an_address_links_stay() -> None:
    assert page_markdown('<h1>T</h1><p><a href="../a/">a</a></p>', "T", "") == "# T\n\n[a](../a/)\n"

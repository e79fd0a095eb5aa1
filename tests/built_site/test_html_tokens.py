"""The tokens that tell where things stand are the tags that the parser sees."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from docsite.built_site import reader
from docsite.built_site.html_tokens import tokenize_html

PIECES = (
    '<a href="a/">x</a>', "<a href=x?a=1&b=2>y</a>", "<a href=#k=v>z</a>", "<a href='b/'>", "</a>", "</a ", "<p>",
    "text",
    '<img alt="x" src="../c.png">', "<img src=d.png/>", '<h2 id="one">', "<h2 id=two>", '<a name="three">',
    "<A HREF=UP>", '<a href="first" href="second">', "<a href>", "<a\nhref\n=\n'over lines'\n>", "<a / href=x>",
    "<!-- <a href=no> -->", "<!-- </a> -->", '<script>"</a><a href=no>"</script>', '<p title="</a>">',
    '<p title="a > b">', "<p title='say \"x\"'>", "<p =x y=z>", "<a href=\"&lt;&amp;&eacute;&copy\">", "<a href='é'>",
    "<textarea></a><a href=no></textarea>", "<br/>", "<style>a{background:url(e.png)}</style>",
    '<link rel="x" href="f">', "<title><a href=no></title>", "<xmp><a href=no></xmp>", "<iframe><a href=no></iframe>",
    "<noembed><a href=no></noembed>", "<noframes><a href=no></noframes>", "<noscript><img src=n></noscript>",
    "<scripty><a href=yes></scripty>", "<script></scripty><a href=no></script >", "<!doctype html>", "<?php <a> ?>",
    "<div id=d style='background:url(x)'>", "</div>", "<ul><li id=l>", "</ul>", "<label for=x>", "<object data=o>",
    "<!--", "-->", "<!-->", "<!--->", "--!>", "<script>", "</script>", '"', "<", ">", "&amp;", "\n", "é", "</", "<3",
)  # fmt: skip
RARE = (
    "<plaintext>", "<template><a href=t id=t></a></template>", "<svg><a href=q></svg>", "<math><mi id=m></math>",
    "<svg><![CDATA[<a href=c>]]></svg>", "<select><a href=s></select>", "<table><a id=foster>", "<frameset>",
    "<svg><style><a href=u></style></svg>", "<html lang=fr>", "<body id=b>",
)  # fmt: skip
"""What only a parser of trees gets right. Tokens then may tell of more, and pages are read right all the same."""
MISNESTED = ("a", "nobr", "b")
"""What the parser opens again, and so sees twice, once its parent ends before it."""


def of_parser(text: str) -> Counter[str]:
    return Counter(map(_told, map(reader.parse_tag, reader.read_tags(text))))


def of_tokens(text: str) -> Counter[str]:
    return Counter(_told(written.tag) for written in tokenize_html(text))


def _told(tag: reader.Tag) -> str:
    """What a tag says by what the parser is asked for."""
    asked = {name: value for name, value in tag.attributes.items() if name in reader._BY_ATTRIBUTE or tag.name == "a"}
    return f"{tag.name} {sorted(asked.items())} {tag.text}" if asked or tag.name in ("style", "meta") else ""


def random_page(dice: random.Random, pieces: tuple[str, ...] = PIECES) -> str:
    return "".join(dice.choices(pieces, k=dice.randint(1, 14)))


@pytest.mark.parametrize("seed", range(20))
def test_tokens_are_what_the_parser_sees(seed: int) -> None:
    """By hand, with more: `python -m tests.built_site.test_html_tokens 100000`."""
    dice = random.Random(seed)
    for _ in range(100):
        text = random_page(dice)
        assert difference(text) == "", text


def difference(text: str) -> str:
    """What tokens say otherwise than the parser, once what it opens again is counted once."""
    here, there = of_tokens(text), of_parser(text)
    here.pop("", None)
    there.pop("", None)
    again = {one for one in there if one.startswith(MISNESTED)}
    wrong = {one for one in here.keys() | there.keys() if here[one] != there[one]}
    return "".join(sorted(one for one in wrong if one not in again or not here[one]))


@pytest.mark.parametrize("rare", RARE)
def test_rare_constructs_are_read_by_the_parser(rare: str) -> None:
    text = f"<p id=before>x</p>{rare}<p id=after>y</p>"
    known = {tag.attributes["id"] for tag in map(reader.parse_tag, reader.read_tags(text)) if "id" in tag.attributes}
    assert "before" in known
    assert ("after" in known) == (rare != "<plaintext>")
    assert "t" not in known


if __name__ == "__main__":
    import sys

    dice = random.Random(7)
    texts = (random_page(dice) for _ in range(int(sys.argv[1])))
    sys.stdout.writelines(f"{wrong}\n  {text!r}\n" for text in texts if (wrong := difference(text)))

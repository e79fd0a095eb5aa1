"""Checked against lychee, a checker by other people: both read one tree of planted problems, and each has to find them all.

A problem stands on a page of its own, and so does the same text with a good address. Where the two checkers disagree,
DIFFERENT says why; an entry that no longer holds fails.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.mutation import tree as in_tree
from tests.mutation.base import Copy, check_tree
from tests.mutation.tree import BASE, STUB, URL

pytestmark = pytest.mark.no_cover

LYCHEE = Path(sys.executable).with_name("lychee")


class Pair(NamedTuple):
    """A body with a problem, and the same without; `~up~` and the like as in `tree.py`.

    Attributes:
        head: whether it belongs into the head.
        sheet: whether it is a stylesheet of its own.
    """

    bad: str
    good: str
    head: bool = False
    sheet: bool = False


def _pair(form: str, bad: str, good: str, *, sheet: bool = False) -> Pair:
    form = form.replace("$", good)
    return Pair(form.replace("@", bad, 1), form.replace("@", good, 1), sheet=sheet)


def _addresses(addresses: dict[str, in_tree.Address], form: str) -> dict[str, Pair]:
    return {name: _pair(form, one.written or one.bad, one.good) for name, one in addresses.items()}


def _forms(forms: dict[str, str], bad: str, good: str) -> dict[str, Pair]:
    return {name: _pair(form, bad, good) for name, form in forms.items()}


LINK, IMAGE = '<p><a href="@">x</a></p>', '<p><img src="@" alt=""></p>'
PAGE = ("~own~nowhere/", "~own~setup/")
FILE = ("~up~assets/images/lost.svg", "~up~assets/images/logo.svg")
PAIRS: dict[str, Pair] = {
    **_addresses(in_tree.PAGE_ADDRESSES, LINK),
    **_addresses(in_tree.ASSET_ADDRESSES, IMAGE),
    **_forms(in_tree.PAGE_FORMS, *PAGE),
    **_forms(in_tree.ASSET_FORMS, *FILE),
    "anchor on own page": _pair('<p id="a1">x</p> <a href="@">x</a>', "#a2", "#a1"),
    "anchor by name": _pair('<a name="b1"></a> <a href="@">x</a>', "#b2", "#b1"),
    "anchor by name of no anchor": Pair('<input name="c1"> <a href="#c1">x</a>', '<b id="c1"></b> <a href="#c1">x</a>'),
    "anchor, encoded blank": _pair('<p id="d%201">x</p> <a href="@">x</a>', "#d%202", "#d%201"),
    "anchor in a comment": Pair('<!-- <b id="e1"> --> <a href="#e1">x</a>', '<b id="e1"></b> <a href="#e1">x</a>'),
    "anchor in a script": Pair(
        '<script>\'<b id="f1">\'</script> <a href="#f1">x</a>', '<b id="f1"></b> <a href="#f1">x</a>'
    ),
    "anchor, no quotes": Pair("<b id=g2></b> <a href=#g1>x</a>", "<b id=g1></b> <a href=#g1>x</a>"),
    "anchor of a file": _pair(LINK, "~up~assets/files/lost.txt#a", "~up~assets/files/plan.txt#a"),
    "anchor on a missing page": _pair(LINK, "~own~nowhere/#keys", "~own~setup/#keys"),
    "anchor on a page by its file": _pair(LINK, "~own~setup/index.html#kees", "~own~setup/index.html#keys"),
    "anchor without slash": _pair(LINK, "~own~setup#kees", "~own~setup#keys"),
    "anchor from the root": _pair(LINK, f"{BASE}~lang~setup/#kees", f"{BASE}~lang~setup/#keys"),
    "anchor with query": _pair(LINK, "~own~setup/?a=1#kees", "~own~setup/?a=1#keys"),
    "out of the base path": _pair(LINK, "/other/nowhere/", f"{BASE}setup/"),
    "schemes before": _pair(
        '<a href="mailto:a&#64;b.example">a</a> <a href="tel:+33">b</a> <a href="javascript:go()">c</a> '
        '<img src="data:image/gif;base64,AAAA"> <a href="@">x</a>',
        *PAGE,
    ),
    "second url() of a style": _pair('<style>.a { background: url("$"), url("@") }</style>', *FILE),
    "stylesheet": _pair(".a { background: url(@) }", *FILE, sheet=True),
    "code": _pair('<pre><code><a href="@">x</a></code></pre>', *PAGE),
    "nofollow": _pair('<a rel="nofollow" href="@">x</a>', *PAGE),
    "noindex text": _pair('<p hidden><a href="@">x</a></p>', *PAGE),
    "meta refresh": _pair('<meta http-equiv="refresh" content="0; url=@">', *PAGE)._replace(head=True),
    "base": _pair('<base href="~own~guides/"><a href="@">x</a>', "nowhere/", "start/")._replace(head=True),
}

LANGUAGE = "lychee knows no languages"
UNREAD = "lychee does not read this attribute"
DIFFERENT = {
    "bad: outside and back": "the server may show it under another path; lychee is not told where the site ends",
    "bad: other language": LANGUAGE,
    "bad: other language from the root": LANGUAGE,
    "bad: other language on own host": LANGUAGE,
    "bad: own host, no scheme": "lychee takes an address without scheme for a file's",
    "bad: a in svg, xlink": UNREAD,
    "bad: svg image, xlink": UNREAD,
    "bad: link imagesrcset": UNREAD,
    "bad: style url()": UNREAD,
    "bad: style url(), quotes": UNREAD,
    "bad: script src": "lychee leaves scripts out",
    "bad: inside noscript": "lychee leaves what is in noscript out",
    "bad: style element, @import": "lychee knows url() in styles, not a bare @import",
    "bad: stylesheet": "lychee is given pages, and follows no link to a stylesheet",
    "bad: meta refresh": "lychee follows no redirects inside pages",
    "bad: code": "lychee leaves what is in code out, though a link there can be clicked",
    "bad: nofollow": "lychee leaves out what search engines are not to follow",
    "bad: anchor by name of no anchor": "lychee takes any name for an anchor; browsers those of a only",
    "bad: anchor in a script": "lychee takes ids out of scripts",
    "good: a href, second of two": "lychee joins both addresses; browsers take the first",
    "good: base": "lychee does not read base",
}
"""What only one of the two says of a page, and why. All but `ONLY_LYCHEE` is seen by docsite alone."""

ONLY_LYCHEE = {"good: a href, second of two", "good: base"}


class Said(NamedTuple):
    """Which pages each checker complains of."""

    docsite: set[str]
    lychee: set[str]


@pytest.fixture(scope="module")
def said(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """One tree with all planted pages, read by both."""
    root = tmp_path_factory.mktemp("lychee") / "root"
    root.mkdir()
    tree = Copy(built, root / BASE.strip("/"))
    _plant(tree)
    return Said({_name(finding.location.path) for finding in check_tree(tree)}, {_name(path) for path in lychee(root)})


def _plant(tree: Copy) -> None:
    links = []
    for number, (name, pair) in enumerate(PAIRS.items()):
        for kind, body in (("bad", _unique(pair.bad, number)), ("good", pair.good)):
            folder = f"planted/{kind}-{number}/"
            text = in_tree.filled(body, folder)
            if pair.sheet:
                tree.write(f"{folder}sheet.css", text)
                text = '<link rel="stylesheet" href="sheet.css">'
            tree.write(
                f"{folder}index.html", STUB.format(*((text, "") if pair.head else ("", f"{text}<!-- {name} -->")))
            )
            links.append(f'<a href="{folder}">x</a>')
    tree.write("index.html", in_tree.inserted(tree.text("index.html"), "\n".join(links), random.Random(0)))


def _unique(text: str, number: int) -> str:
    """The text with bad addresses of its own, since `check-site` reports a problem that many pages share once."""
    bad = r"nowhere|%6Eowhere|lost|Setup|kees|Keys|bientot|%C3%A9te\b|étè|no-such-place"
    return re.sub(f"({bad})", rf"\g<1>{number}", text)


def _name(path: str) -> str:
    """How DIFFERENT calls a planted page; other files are called by their paths."""
    kind, _, number = Path(path).parent.name.partition("-")
    return f"{kind}: {list(PAIRS)[int(number)]}" if "/planted/" in path else path


def lychee(root: Path) -> list[str]:
    """The pages that lychee complains of."""
    done = subprocess.run(
        [
            *(LYCHEE, "--offline", "--include-fragments", "--format", "json", "--no-progress"),
            *("--root-dir", root, "--index-files", "index.html", "--remap", f"{URL} file://{root}{BASE}"),
            f"{root}/**/*.html",
        ],
        cwd=root,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    report = json.loads(done.stdout)
    assert report["successful"] > 500, done.stderr
    return list(report["error_map"])


@pytest.mark.parametrize("kind", ["bad", "good"])
@pytest.mark.parametrize("name", PAIRS)
def test_both_say_the_same_or_it_is_known_why_not(name: str, kind: str, said: Said) -> None:
    page = f"{kind}: {name}"
    verdicts = page in said.docsite, page in said.lychee
    if page not in DIFFERENT:
        assert verdicts == (kind == "bad", kind == "bad"), "docsite, lychee"
    else:
        assert verdicts == (page not in ONLY_LYCHEE, page in ONLY_LYCHEE), "take it out of DIFFERENT, or fix it"


def test_both_find_nothing_in_the_site_itself(said: Said) -> None:
    planted = {f"{kind}: {name}" for kind in ("bad", "good") for name in PAIRS}
    assert planted >= DIFFERENT.keys() >= ONLY_LYCHEE
    assert said.docsite | said.lychee <= planted

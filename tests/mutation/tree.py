"""Errors in the built tree: every attribute that holds an address, every kind of address, every rule about pages."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.mutation.base import TREE, Copy, clean_guide
from tests.mutation.planted import MARK, Expected, Mutant, place

BASE = "/small/"
URL = "https://docs.example.com/small/"
PAGES = (
    "index.html",
    "setup/index.html",
    "guides/start/index.html",
    "guides/été/index.html",
    "reference/index.html",
    "reference/limits/index.html",
    "reference/events/index.html",
)
ALL = (*PAGES, *(f"fr/{page}" for page in PAGES))


@dataclass(frozen=True)
class Address:
    """An address with an error, and a right one; `~up~` leads to the root of the site, `~own~` to the language's."""

    rule: str
    bad: str
    good: str
    written: str = ""


PAGE_ADDRESSES = {
    "relative": Address("link-missing-page", "~own~nowhere/", "~own~setup/"),
    "relative, near": Address("link-missing-page", "~own~setups/", "~own~setup/index.html"),
    "dot": Address("link-missing-page", "./~own~nowhere/", "./~own~setup/"),
    "winding": Address("link-missing-page", "~own~setup/../guides/./nowhere/", "~own~setup/../guides/./start/"),
    "no slash": Address("link-missing-page", "~own~nowhere", "~own~setup"),
    "file": Address("link-missing-page", "~own~setup/index.htm", "~own~setup/index.html"),
    "from the root": Address("link-missing-page", f"{BASE}~lang~nowhere/", f"{BASE}~lang~setup/"),
    "own host": Address("link-missing-page", f"{URL}~lang~nowhere/", f"{URL}~lang~setup/"),
    "own host, upper case": Address(
        "link-missing-page", f"HTTPS://Docs.Example.COM{BASE}~lang~nowhere/", f"HTTPS://Docs.Example.COM{BASE}~lang~setup/"
    ),
    "own host, no scheme": Address(
        "link-missing-page", f"//docs.example.com{BASE}~lang~nowhere/", f"//docs.example.com{BASE}~lang~setup/"
    ),
    "query": Address("link-missing-page", "~own~nowhere/?a=1", "~own~setup/?a=1"),
    "query and fragment": Address("link-missing-page", "~own~nowhere/?a=/b#keys", "~own~setup/?a=/b#keys"),
    "percent-encoded": Address("link-missing-page", "~own~guides/%C3%A9te/", "~own~guides/%C3%A9t%C3%A9/"),
    "percent-encoded letters": Address("link-missing-page", "~own~%6Eowhere/", "~own~%73etup/"),
    "raw accents": Address("link-missing-page", "~own~guides/étè/", "~own~guides/été/"),
    "entities": Address("link-missing-page", "~own~nowhere/?a=1&b", "~own~setup/", "~own~nowhere/?a=1&amp;b"),
    "folder without index": Address("link-missing-page", "~up~assets/", "~own~"),
    "letter case": Address("link-letter-case", "~own~Setup/", "~own~setup/"),
    "letter case of file": Address("link-letter-case", "~own~setup/Index.html", "~own~setup/index.html"),
    "outside": Address("link-outside", "~up~../other/", "~own~"),
    "outside and back": Address("link-outside", "~up~../small/", "~own~"),
    "anchor": Address("link-missing-anchor", "~own~setup/#kees", "~own~setup/#keys"),
    "anchor, letter case": Address("link-missing-anchor", "~own~setup/#Keys", "~own~setup/#keys"),
    "anchor, encoded": Address(
        "link-missing-anchor", "~own~guides/été/#%C3%A0-bientot", "~own~guides/été/#%C3%A0-bient%C3%B4t"
    ),
    "anchor, raw accents": Address("link-missing-anchor", "~own~guides/été/#à-bientot", "~own~guides/été/#à-bientôt"),
    "anchor on own page": Address("link-missing-anchor", "#no-such-place", "#__drawer"),
    "anchor with text fragment": Address("link-missing-anchor", "~own~setup/#kees:~:text=x", "~own~setup/#keys:~:text=x"),
    "anchor on own host": Address("link-missing-anchor", f"{URL}~lang~setup/#kees", f"{URL}~lang~setup/#keys"),
    "other language": Address("link-wrong-locale", "~up~~otherlang~setup/", "~own~setup/"),
    "other language from the root": Address("link-wrong-locale", f"{BASE}~otherlang~setup/#keys", f"{BASE}~lang~setup/"),
    "other language on own host": Address("link-wrong-locale", f"{URL}~otherlang~reference/", f"{URL}~lang~reference/"),
    "blanks around": Address("link-missing-page", " ~own~nowhere/ ", " ~own~setup/ "),
}  # fmt: skip
ASSET_ADDRESSES = {
    "relative file": Address("asset-missing", "~up~assets/images/lost.svg", "~up~assets/images/logo.svg"),
    "file from the root": Address("asset-missing", f"{BASE}assets/lost.png", f"{BASE}assets/images/wide.svg"),
    "file on own host": Address("asset-missing", f"{URL}assets/files/lost.txt", f"{URL}assets/files/plan.txt"),
    "file, letter case": Address("link-letter-case", "~up~assets/images/Logo.svg", "~up~assets/images/logo.svg"),
    "file with query": Address("asset-missing", "~up~assets/images/lost.svg?v=2", "~up~assets/images/logo.svg?v=2"),
    "file outside": Address("link-outside", "~up~../logo.svg", "~up~assets/images/logo.svg"),
    "encoded file": Address(
        "asset-missing",
        "~up~assets/images/%C3%A9t%C3%A9%20%282%29.svg",
        "~up~assets/images/%C3%A9t%C3%A9%20%281%29.svg",
    ),
}

PAGE_FORMS = {
    "a href": '<p><a href="@">x</a></p>',
    "a href, single quotes": "<p><a class='y' href='@'>x</a></p>",
    "a href, upper case": '<P><A HREF = "@" >x</A></P>',
    "a href, second of two": '<p><a href="@" href="~own~setup/">x</a></p>',
    "a href over lines": '<p><a\n  class="y"\n  href="@"\n>x</a></p>',
    "a behind > in a value": '<p title="a > b"><a title="1 > 0" href="@">x</a></p>',
    "a behind quotes in values": "<p title='say \"a\"'><a title=\"it's\" href=\"@\">x</a></p>",
    "a in svg": '<svg><a href="@"><circle r="1"/></a></svg>',
    "a in svg, xlink": '<svg><a xlink:href="@"><circle r="1"/></a></svg>',
    "area href": '<map name="planted"><area href="@" alt=""></map>',
    "form action": '<form action="@"></form>',
    "button formaction": '<form><button formaction="@">x</button></form>',
    "input formaction": '<form><input type="submit" formaction="@"></form>',
    "iframe src": '<iframe src="@"></iframe>',
    "blockquote cite": '<blockquote cite="@">x</blockquote>',
    "q cite": '<p><q cite="@">x</q></p>',
    "ins cite": '<p><ins cite="@">x</ins></p>',
    "link rel next": '<link rel="next" href="@">',
    "after comment": '<!-- <a href="no/"> --><p><a href="@">x</a></p>',
    "after script": '<script>var a = "<a href=\'no/\'>";</script><p><a href="@">x</a></p>',
    "after textarea": '<textarea><a href="no/"></textarea><p><a href="@">x</a></p>',
    "inside noscript": '<noscript><a href="@">x</a></noscript>',
}  # fmt: skip
ASSET_FORMS = {
    "img src": '<p><img src="@" alt=""></p>',
    "img src, no quotes": "<p><img alt=x src=@></p>",
    "img srcset": '<p><img src="$" srcset="$ 1x, @ 2x" alt=""></p>',
    "img srcset, one": '<p><img src="$" srcset="@" alt=""></p>',
    "source srcset": '<picture><source srcset="@ 100w, $ 200w"><img src="$" alt=""></picture>',
    "source src": '<video><source src="@"></video>',
    "video src": '<video src="@"></video>',
    "video poster": '<video poster="@" src="$"></video>',
    "audio src": '<audio src="@"></audio>',
    "track src": '<video><track src="@"></video>',
    "object data": '<object data="@"></object>',
    "embed src": '<embed src="@">',
    "input src": '<form><input type="image" src="@" alt=""></form>',
    "script src": '<script src="@"></script>',
    "link stylesheet": '<link rel="stylesheet" href="@">',
    "link icon": '<link rel="icon" href="@">',
    "link imagesrcset": '<link rel="preload" as="image" href="$" imagesrcset="@ 2x">',
    "svg image": '<svg><image href="@"/></svg>',
    "svg image, xlink": '<svg><image xlink:href="@"/></svg>',
    "style url()": '<p style="background: url(@)">x</p>',
    "style url(), quotes": "<p style=\"background: url( '@' )\">x</p>",
    "style element": '<style>.a { background: url("@"); }</style>',
    "style element, @import": '<style>@import "@";</style>'.replace("@import", "&import"),
}  # fmt: skip


def _ups(page: str) -> str:
    return "../" * page.count("/") or "./"


def filled(text: str, page: str) -> str:
    french = page.startswith("fr/")
    words = {
        "up": _ups(page),
        "own": _ups(page) + ("fr/" if french else ""),
        "lang": "fr/" if french else "",
        "otherlang": "" if french else "fr/",
    }
    return re.sub(r"~(up|own|lang|otherlang)~", lambda m: words[m[1]], text).replace("&import", "@import")


def inserted(text: str, block: str, dice: random.Random) -> str:
    """The page with a block between two others of its article."""
    start, end = text.index("<article"), text.index("</article>")
    gaps = [m.end() for m in re.finditer(r"</p>\n|</table>\n|</ul>\n(?=<h)", text) if start < m.end() < end]
    at = dice.choice(gaps)
    return f"{text[:at]}{block}\n{text[at:]}"


def _link(kind: str, dice: random.Random, tree: Copy, pages: list[str], address: str = "", form: str = "") -> Mutant:
    assets = address in ASSET_ADDRESSES or form in ASSET_FORMS
    addresses, forms = (ASSET_ADDRESSES, ASSET_FORMS) if assets else (PAGE_ADDRESSES, PAGE_FORMS)
    while True:
        what = addresses[address or dice.choice(list(addresses))]
        how = form or dice.choice(list(forms))
        if _fits(what, how, forms[how]):
            break
    page = dice.choice(pages)
    state = dice.getstate()
    written = (what.written or what.bad).strip() if "style" in how else (what.written or what.bad)
    lead = len(written) - len(written.lstrip())
    block = forms[how].replace("$", what.good).replace("@", f"{written[:lead]}{MARK}{written[lead:]}", 1)
    content, line, column = place(inserted(tree.text(page), filled(block, page), dice))
    dice.setstate(state)
    control = forms[how].replace("$", what.good).replace("@", what.good, 1)
    good = inserted(tree.text(page), filled(control, page), dice)
    target = filled(what.bad, page)
    expected = Expected(what.rule, TREE + page, line, column - lead, target)
    return Mutant(kind, {page: content}, (expected,), f"{page}: {block}", {page: good})


def _fits(address: Address, form: str, text: str) -> bool:
    if address.rule == "link-wrong-locale":  # only a link that a reader follows
        return form.startswith("a ") or form in ("area href", "after comment", "after script", "after textarea")
    if address.bad.startswith("#") or address.bad.startswith(" "):
        return 'href="@"' in text and form != "link rel next"
    return not (address.bad.endswith(" ") and "style" in form)


# Errors that are not one link.


def _head(page: str, tree: Copy, block: str) -> str:
    return tree.text(page).replace("</head>", f"{block}</head>", 1)


def _canonical(dice: random.Random, tree: Copy) -> Mutant:
    page = dice.choice(ALL)
    text = re.sub(r'(<link rel="canonical" href=")[^"]*', rf"\1{MARK}{URL}nowhere/", tree.text(page))
    content, line, column = place(text)
    expected = Expected("alternate-missing", TREE + page, line, column, f"{URL}nowhere/")
    return Mutant("", {page: content}, (expected,), page)


def _alternate_missing(dice: random.Random, tree: Copy) -> Mutant:
    page = dice.choice(ALL)
    content, line, column = place(
        _head(page, tree, f'<link rel="alternate" hreflang="de" href="{MARK}{URL}de/setup/">\n')
    )
    return Mutant(
        "", {page: content}, (Expected("alternate-missing", TREE + page, line, column, f"{URL}de/setup/"),), page
    )


def _alternate_one_way(dice: random.Random, tree: Copy) -> Mutant:
    """A page forgets its twin, which still names it."""
    page = dice.choice(ALL)
    other = "" if page.startswith("fr/") else "fr"
    twin = page.removeprefix("fr/") if page.startswith("fr/") else f"fr/{page}"
    hreflang = "fr" if other else "en"
    text = re.sub(rf' *<link rel="alternate " hreflang="{hreflang}"[^>]*>\n', "", tree.text(page))
    if hreflang == "en":
        text = re.sub(r' *<link rel="alternate " hreflang="x-default"[^>]*>\n', "", text)
    address = URL + page.removesuffix("index.html").replace("été", "%C3%A9t%C3%A9")
    found = re.search(rf'<link rel="alternate " hreflang="[a-z-]*" href="{re.escape(address)}"', tree.text(twin))
    assert found, (page, twin, address)
    _, line, column = place(tree.text(twin)[: found.end() - 1 - len(address)] + MARK)
    expected = Expected("alternate-one-way", TREE + twin, line, column, address)
    return Mutant("", {page: text}, (expected,), page)


def _alternate_lang(dice: random.Random, tree: Copy) -> Mutant:
    page = dice.choice(ALL)
    own = URL + page.removesuffix("index.html").replace("été", "%C3%A9t%C3%A9")
    wrong = "en" if page.startswith("fr/") else "fr"
    content, line, column = place(
        _head(page, tree, f'<link rel="alternate" hreflang="{wrong}" href="{MARK}{own}?again">\n')
    )
    return Mutant("", {page: content}, (Expected("alternate-lang", TREE + page, line, column, f"{own}?again"),), page)


def _document_lang(dice: random.Random, tree: Copy) -> Mutant:
    page = dice.choice(ALL)
    wrong = "en" if page.startswith("fr/") else "fr"
    text = re.sub(r'<html lang="\w+"', f'<html lang="{wrong}"', tree.text(page))
    source = f"docs/{'fr' if page.startswith('fr/') else 'en'}/" + _markdown(page)
    return Mutant("", {page: text}, (Expected("translation-lang", source, 1, 1, wrong),), page)


def _markdown(page: str) -> str:
    key = page.removeprefix("fr/").removesuffix("/index.html")
    return {"index.html": "index.md", "reference": "reference/index.md"}.get(key, f"{key}.md")


def _sitemap_entry(dice: random.Random, tree: Copy) -> Mutant:
    address = dice.choice((f"{URL}nowhere/", f"{URL}fr/setup/nowhere/", f"{URL}assets/"))
    text = tree.text("sitemap.xml")
    at = dice.choice([m.end() for m in re.finditer(r"</url>\n", text)])
    content, line, column = place(f"{text[:at]}  <url><loc>{MARK}{address}</loc></url>\n{text[at:]}")
    return Mutant(
        "", {"sitemap.xml": content}, (Expected("sitemap-missing-page", f"{TREE}sitemap.xml", line, column, address),)
    )


def _sitemap_alternate(dice: random.Random, tree: Copy) -> Mutant:
    text = tree.text("sitemap.xml")
    at = dice.choice([m.start() for m in re.finditer(r"  </url>\n", text)])
    entry = f'<xhtml:link rel="alternate" hreflang="de" href="{MARK}{URL}de/"/>\n'
    content, line, column = place(text[:at] + entry + text[at:])
    return Mutant(
        "",
        {"sitemap.xml": content},
        (Expected("sitemap-missing-page", f"{TREE}sitemap.xml", line, column, f"{URL}de/"),),
    )


def _sitemap_cut(dice: random.Random, tree: Copy) -> Mutant:
    text = tree.text("sitemap.xml")
    cut = text[: dice.randrange(10, text.index("</urlset>"))]
    return Mutant("", {"sitemap.xml": cut}, (Expected("sitemap-unreadable", f"{TREE}sitemap.xml", 1, 1, ""),))


def _css(snippet: str) -> Callable[[random.Random, Copy], Mutant]:
    def made(dice: random.Random, tree: Copy) -> Mutant:
        sheet = dice.choice(("assets/styles/guide.css", "assets/styles/parts.css"))
        address, rule = dice.choice((
            ("lost.css", "asset-missing"), ("../images/Logo.svg", "link-letter-case"), ("../../../x.svg", "link-outside"),
            (f"{BASE}assets/lost.svg", "asset-missing"), ("../images/lost.svg?#iefix", "asset-missing"),
        ))  # fmt: skip
        content, line, column = place(f"{tree.text(sheet)}/* a\nb */ {snippet.replace('@@', MARK + address)}\n")
        control = f"{tree.text(sheet)}/* url(no.svg) */ {snippet.replace('@@', '../images/logo.svg')}\n"
        return Mutant(
            "", {sheet: content}, (Expected(rule, TREE + sheet, line, column, address),), snippet, {sheet: control}
        )

    return made


STUB = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>x</title>{}</head><body>{}</body></html>\n'
REFRESH = '<meta http-equiv="refresh" content="0; url={}">'


def _refresh(dice: random.Random, tree: Copy) -> Mutant:
    form = dice.choice(("0; url={}", "1;URL='{}'", "0,{}", ' 3 ; url = "{}"', "0;{}"))
    quote = "'" if '"' in form else '"'
    meta = f"<meta content={quote}{form}{quote} http-equiv=Refresh>"
    content, line, column = place(STUB.format(meta.format(f"{MARK}../nowhere/"), ""))
    control = STUB.format(meta.format("../setup/"), "")
    expected = Expected("link-missing-page", f"{TREE}old/index.html", line, column, "../nowhere/")
    return Mutant("", {"old/index.html": content}, (expected,), meta, {"old/index.html": control})


def _loop(dice: random.Random, tree: Copy) -> Mutant:
    size = dice.randint(1, 4)
    names = [f"loop{n}" for n in range(size)]
    changes: dict[str, str | bytes | None] = {}
    for n, name in enumerate(names):
        changes[f"{name}/index.html"] = STUB.format(REFRESH.format(f"../{names[(n + 1) % size]}/"), "")
    expected = Expected("redirect-loop", f"{TREE}loop0/index.html", None, None, f"../{names[1 % size]}/")
    return Mutant("", changes, (expected,), f"{size} pages")


def _chain(dice: random.Random, tree: Copy) -> Mutant:
    """Every redirect but the last goes through another."""
    size = dice.randint(2, 4)
    changes: dict[str, str | bytes | None] = {}
    expected = []
    for n in range(size):
        to = f"../chain{n + 1}/" if n + 1 < size else "../setup/"
        changes[f"chain{n}/index.html"] = STUB.format(REFRESH.format(to), "")
        if n + 1 < size:
            expected.append(Expected("redirect-chain", f"{TREE}chain{n}/index.html", None, None, to))
    return Mutant("", changes, tuple(expected), f"{size} pages")


def _duplicate_id(dice: random.Random, tree: Copy) -> Mutant:
    """An id of the page once more, in whatever letters attributes allow."""
    page = dice.choice(ALL)
    block = dice.choice(('<p id="@">x</p>', "<p ID='@'>x</p>", "<p class=y id=@>x</p>", '<svg id="@"></svg>'))
    text = tree.text(page)
    known = dice.choice(re.findall(r' id="(__[a-z]+|[a-z][a-z-]*)"', text))
    content = inserted(text, block.replace("@", known), dice)
    control = inserted(text, block.replace("@", f"{known}-planted"), dice)
    source = clean_guide().pages[f"docs/{'fr' if page.startswith('fr/') else 'en'}/{_markdown(page)}"]
    written = dict(source.placed_ids()).get(known)
    expected = Expected("id-duplicate", TREE + page, None, None, f"#{known}")
    if written:  # told where Markdown sets the id
        expected = Expected("id-duplicate", written.path, written.line, written.column, f"#{known}")
    return Mutant("", {page: content}, (expected,), f"{page}: {block} {known}", {page: control})


def _orphan(dice: random.Random, tree: Copy) -> Mutant:
    name = dice.choice(("lonely/index.html", "fr/lonely/index.html", "guides/lonely.html"))
    lang = "fr" if name.startswith("fr/") else "en"
    page = STUB.replace("en", lang).format("", '<a href="#x" id="x">self</a>')
    linking = "fr/setup/index.html" if lang == "fr" else "setup/index.html"
    there = _ups(linking) + name
    linked = inserted(tree.text(linking), f'<p><a href="{there}">x</a></p>', dice)
    expected = Expected("page-orphan", TREE + name, 1, 1, "")
    return Mutant("", {name: page}, (expected,), name, {name: page, linking: linked})


def _fallback(dice: random.Random, tree: Copy) -> Mutant:
    """A page that shows the text of the other language, and a link to it."""
    name, linking = "fr/planted/index.html", dice.choice(ALL[len(PAGES) :])
    there = f"{_ups(linking)}fr/planted/"
    page = STUB.replace('lang="en"', 'lang="fr"').format("", '<article lang="{}"><p>x</p></article>')
    content, line, column = place(inserted(tree.text(linking), f'<p><a href="{MARK}{there}">x</a></p>', dice))
    expected = (
        Expected("translation-missing", TREE + name, 1, 1, ""),
        Expected("link-fallback-page", TREE + linking, line, column, there),
    )
    good: dict[str, str | bytes | None] = {name: page.format("fr"), linking: content}
    return Mutant("", {name: page.format("en"), linking: content}, expected, linking, good)


def _base(dice: random.Random, tree: Copy) -> Mutant:
    """A page whose addresses are relative to its <base>."""
    base = dice.choice(("/small/guides/start/", f"{URL}guides/start/", "../guides/start/", "../guides/start/x.html?y"))
    head = f'<base href="{base}">'
    linking = "setup/index.html"
    linked = inserted(tree.text(linking), '<p><a href="../based/">x</a></p>', dice)
    content, line, column = place(STUB.format(head, f'<a href="../../setup/">x</a> <a href="{MARK}../setup/">y</a>'))
    good = STUB.format(head, '<a href="../../setup/">x</a> <a href="../../reference/">y</a>')
    expected = Expected("link-missing-page", f"{TREE}based/index.html", line, column, "../setup/")
    return Mutant(
        "",
        {"based/index.html": content, linking: linked},
        (expected,),
        base,
        {"based/index.html": good, linking: linked},
    )


def _deleted_asset(dice: random.Random, tree: Copy) -> Mutant:
    """A file that one Markdown link leads to."""
    name = "assets/files/plan.txt"
    expected = (
        Expected("asset-missing", "docs/en/guides/start.md", 20, 34, "../../assets/files/plan.txt"),
        Expected("asset-missing", "docs/fr/guides/start.md", 20, 34, "../../../assets/files/plan.txt"),
    )
    return Mutant("", {name: None}, expected, name)


def _deleted_icon(dice: random.Random, tree: Copy) -> Mutant:
    """A file that every page loads by its template: one finding, with the number of pages."""
    name = "assets/styles/guide.css"
    place_ = place(
        tree.text("404.html").replace('"/small/assets/styles/guide.css', f'"{MARK}/small/assets/styles/guide.css')
    )
    expected = (Expected("asset-missing", f"{TREE}404.html", place_[1], place_[2], "/small/assets/styles/guide.css"),)
    return Mutant("", {name: None}, expected, name)


def _truncated(dice: random.Random, tree: Copy) -> Mutant:
    """A page that is not UTF-8."""
    page = dice.choice(ALL)
    content, line, column = place(inserted(tree.text(page), f"<p>{MARK}\0</p>", dice))
    data = content.encode().replace(b"\0", b"\xff")
    return Mutant("", {page: data}, (Expected("html-unreadable", TREE + page, line, column, ""),), page)


def _nul(dice: random.Random, tree: Copy) -> Mutant:
    page = dice.choice(ALL)
    content, line, column = place(inserted(tree.text(page), f"<p>{MARK}\0</p>", dice))
    return Mutant("", {page: content}, (Expected("html-unreadable", TREE + page, line, column, ""),), page)


@dataclass(frozen=True)
class Piece:
    """HTML with an error at its mark, and the same without it."""

    rule: str
    bad: str
    good: str
    target: str


PIECES = {
    "usemap": Piece(
        "id-missing", f'<img src="~up~assets/images/logo.svg" usemap="{MARK}#nope">',
        '<map name="one"></map><img src="~up~assets/images/logo.svg" usemap="#one">', "nope"
    ),
    "label for": Piece("id-missing", f'<label for="{MARK}nope">x</label>', '<label for="one">x</label><input id="one">', "nope"),
    "aria-labelledby": Piece(
        "id-missing", f'<p id="one" aria-labelledby="one {MARK}nope">x</p>', '<p id="one" aria-labelledby="one">x</p>', "nope"
    ),
    "aria-controls": Piece("id-missing", f"<b aria-controls={MARK}nope>x</b>", "<b id=one aria-controls=one>x</b>", "nope"),
    "id of a drawing": Piece(
        "link-missing-anchor", f'<svg><use href="{MARK}~up~assets/images/logo.svg#nope"/></svg>',
        '<svg><g id="one"/><use href="#one"/></svg>', "~up~assets/images/logo.svg#nope"
    ),
    "id of a drawing in an image": Piece(
        "link-missing-anchor", f'<img alt="" src="{MARK}~up~assets/images/logo.svg#nope">',
        '<img alt="" src="~up~assets/images/logo.svg#svgView(viewBox(0,0,9,9))">', "~up~assets/images/logo.svg#nope"
    ),
    "background": Piece(
        "asset-missing", f'<table background="{MARK}~up~assets/lost.svg"></table>',
        '<table background="~up~assets/images/logo.svg"></table>', "~up~assets/lost.svg"
    ),
    "preview": Piece(
        "asset-missing", f'<meta property="og:image" content="{MARK}{URL}assets/lost.svg">',
        f'<meta property="og:image" content="{URL}assets/images/logo.svg">', f"{URL}assets/lost.svg"
    ),
    "canonical preview": Piece(
        "alternate-missing", f'<meta property="og:url" content="{MARK}{URL}nowhere/">',
        f'<meta property="og:url" content="{URL}setup/">', f"{URL}nowhere/"
    ),
    "empty src": Piece("link-syntax", f'<img alt="" src="{MARK}">', '<a href="">x</a>', ""),
    "refresh without content": Piece(
        "link-syntax", f'<meta http-equiv="{MARK}refresh">', '<meta http-equiv="refresh" content="300">', ""
    ),
    "preview without a picture": Piece(
        "link-syntax", f'<meta property="{MARK}og:image">',
        f'<meta property="og:image" content="{URL}assets/images/logo.svg">', ""
    ),
    "malformed refresh": Piece(
        "link-syntax", f'<meta http-equiv="refresh" content="{MARK}soon">', '<meta http-equiv="refresh" content="300">', "soon"
    ),
    "no slashes": Piece("link-syntax", f'<a href="{MARK}http:/x">x</a>', '<a href="http://x.example">x</a>', "http:/x"),
    "impossible host": Piece(
        "link-syntax", f'<a href="{MARK}https://exa]mple">x</a>', '<a href="https://exa.mple">x</a>', "https://exa]mple"
    ),
    "own machine": Piece("link-local", f'<a href="{MARK}http://localhost/x">x</a>', '<a href="http://local.example/x">x</a>', "http://localhost/x"),
    "empty mailbox": Piece("link-syntax", f'<a href="{MARK}mailto:">x</a>', '<a href="mailto:a@b.example">x</a>', "mailto:"),
    "empty number": Piece("link-syntax", f'<a href="{MARK}tel:">x</a>', '<a href="tel:+33">x</a>', "tel:"),
    "beside the site": Piece("link-outside", f'<a href="{MARK}/target/">x</a>', '<template><a href="/target/">x</a></template>', "/target/"),
    "own host beside the site": Piece(
        "link-outside", f'<a href="{MARK}https://docs.example.com/target/">x</a>',
        '<a href="https://example.com/target/">x</a>', "https://docs.example.com/target/"
    ),
    "footnote without a mark": Piece(
        "markup-unused-footnote", f'<p id="fn:one">x <a href="{MARK}#fnref:one">y</a></p>',
        '<p id="fn:one">x <a id="fnref:one" href="#fnref:one">y</a></p>', "#fnref:one"
    ),
    "anchor behind a redirect": Piece(
        "link-missing-anchor", f'<a href="{MARK}~up~~lang~old-setup/#nope">x</a>',
        '<a href="~up~~lang~old-setup/#keys">x</a>', "~up~~lang~old-setup/#nope"
    ),
}  # fmt: skip


def _piece(name: str) -> Callable[[random.Random, Copy], Mutant]:
    def made(dice: random.Random, tree: Copy) -> Mutant:
        piece, page = PIECES[name], dice.choice(ALL)
        stubs: dict[str, str | bytes | None] = {}
        if "redirect" in name:
            stubs = {
                f"{lang}old-setup/index.html": STUB.format(REFRESH.format("../setup/"), "") for lang in ("", "fr/")
            }
        state = dice.getstate()
        content, line, column = place(inserted(tree.text(page), filled(piece.bad, page), dice))
        dice.setstate(state)
        control = inserted(tree.text(page), filled(piece.good, page), dice)
        expected = Expected(piece.rule, TREE + page, line, column, filled(piece.target, page))
        return Mutant("", {**stubs, page: content}, (expected,), f"{page}: {piece.bad}", {**stubs, page: control})

    return made


def _two_links(dice: random.Random, tree: Copy) -> Mutant:
    """Two links of one page to one missing anchor."""
    page = dice.choice(ALL)
    text = inserted(tree.text(page), f'<p><a href="{MARK}#nope">x</a> and <a href="#nope">y</a></p>', dice)
    content, line, column = place(text)
    second = column + len('#nope">x</a> and <a href="')
    expected = tuple(Expected("link-missing-anchor", TREE + page, line, at, "#nope") for at in (column, second))
    return Mutant("", {page: content}, expected, page)


def _template(dice: random.Random, tree: Copy) -> Mutant:
    """A link on several pages that carries the address of each."""
    pages = sorted(dice.sample([page for page in ALL if page.count("/") > page.startswith("fr/")], 3))
    changes: dict[str, str | bytes | None] = {}
    expected = []
    for page in pages:
        target = f"/login?back={BASE}{page.removesuffix('index.html')}"
        content, line, column = place(inserted(tree.text(page), f'<p><a href="{MARK}{target}">x</a></p>', dice))
        changes[page] = content
        expected.append(Expected("link-outside", TREE + page, line, column, target))
    return Mutant("", changes, tuple(expected[:1]), ", ".join(pages))


def _manifest(dice: random.Random, tree: Copy) -> Mutant:
    name = dice.choice(("site.webmanifest", "assets/manifest.json"))
    up = "../" * name.count("/")
    text = '{"name": "lost.svg", "icons": [{"src": "%s"}, {"src": "%sassets/images/logo.svg"}]}'
    content, line, column = place(text % (f"{MARK}lost.svg", up))
    return Mutant("", {name: content}, (Expected("asset-missing", TREE + name, line, column, "lost.svg"),), name)


def _charset(dice: random.Random, tree: Copy) -> Mutant:
    """A page in Latin-1 that says so, with a link that leads nowhere."""
    page = STUB.replace("utf-8", "iso-8859-1")
    content, line, column = place(page.format("", f'<p>\u00e9 <a href="{MARK}../nowhere/">x</a></p>'))
    linked = inserted(tree.text("setup/index.html"), '<p><a href="../latin/">x</a></p>', dice)
    expected = Expected("link-missing-page", f"{TREE}latin/index.html", line, column, "../nowhere/")
    return Mutant("", {"latin/index.html": content.encode("latin-1"), "setup/index.html": linked}, (expected,))


def _error_pages(dice: random.Random, tree: Copy) -> Mutant:
    """Pages for errors, which nothing links to, beside one that is an orphan."""
    name = dice.choice(("5xx.html", "4xx/index.html", "fr/404.html", "503.html"))
    page = STUB.replace('lang="en"', 'lang="fr"' if name.startswith("fr/") else 'lang="en"').format("", "x")
    lonely = STUB.format("", "x")
    expected = Expected("page-orphan", f"{TREE}lonely/index.html", 1, 1, "")
    return Mutant("", {name: page, "lonely/index.html": lonely}, (expected,), name, {name: page})


OTHERS: dict[str, Callable[[random.Random, Copy], Mutant]] = {
    "canonical missing": _canonical,
    "hreflang missing": _alternate_missing,
    "hreflang one-way": _alternate_one_way,
    "hreflang wrong": _alternate_lang,
    "document language": _document_lang,
    "sitemap entry": _sitemap_entry,
    "sitemap alternate": _sitemap_alternate,
    "sitemap cut off": _sitemap_cut,
    "stylesheet url()": _css(".a { background: url(@@); }"),
    "stylesheet url(), quotes": _css(".a { background: URL( '@@' ) }"),
    "stylesheet @import": _css("@import '@@' screen;"),
    "stylesheet @import url()": _css('@import url("@@");'),
    "stylesheet image-set()": _css('.a { background: image-set("@@" 1x, url(../images/logo.svg) 2x); }'),
    "meta refresh": _refresh,
    "redirect loop": _loop,
    "redirect chain": _chain,
    "duplicate id": _duplicate_id,
    "orphan page": _orphan,
    "fallback page": _fallback,
    "base": _base,
    "deleted file": _deleted_asset,
    "deleted file of the template": _deleted_icon,
    "not UTF-8": _truncated,
    "NUL byte": _nul,
    **{name: _piece(name) for name in PIECES},
    "two links to one anchor": _two_links,
    "template with the page's address": _template,
    "manifest": _manifest,
    "charset": _charset,
    "error pages": _error_pages,
}


def kinds() -> list[str]:
    """Every kind of error in the built tree."""
    return [
        *(f"built address: {name}" for name in (*PAGE_ADDRESSES, *ASSET_ADDRESSES)),
        *(f"built form: {name}" for name in (*PAGE_FORMS, *ASSET_FORMS)),
        *(f"built: {name}" for name in OTHERS),
    ]


def mutants(kind: str, seed: int, count: int, tree: Copy) -> Iterator[Mutant]:
    """Random mutants of one kind, links in each language in turn, the same for the same seed."""
    dice = random.Random(f"{seed} {kind}")
    group, _, name = kind.partition(": ")
    for number in range(count):
        pages = [page for page in ALL if page.startswith("fr/") == bool(number % 2)]
        if group == "built address":
            yield _link(kind, dice, tree, pages, address=name)
        elif group == "built form":
            yield _link(kind, dice, tree, pages, form=name)
        else:
            yield Mutant(**{**vars(OTHERS[name](dice, tree)), "kind": kind})

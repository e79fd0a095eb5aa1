"""Errors in Markdown: every kind of error, in every form a link can take, in every place a link can stand."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.mutation.base import LANGUAGES, SITE, clean_guide
from tests.mutation.planted import MARK, Expected, Mutant, place

PAGES = sorted(
    path.relative_to(SITE).as_posix() for path in SITE.glob("docs/*/**/*.md") if path.parts[-2] != "_includes"
)
INCLUDE = "docs/_includes/planted.md"


@dataclass(frozen=True)
class Address:
    """An address that is right, and the same address with an error.

    `~up~` leads from the page to its language's folder, `~key~` is an anchor upstream in the page's language,
    `~id~` an id of the page itself, `~other~` the other language.

    Attributes:
        target: how findings show the bad address, where that is not as it is written.
        image: whether it leads to an image; others lead to pages.
    """

    rule: str
    good: str
    bad: str
    target: str = ""
    image: bool = False
    markdown_only: bool = False


BASE = "{{site.baseurl}}"
ADDRESSES = {
    "marked page": Address("link-missing-page", f"{BASE}/setup/", f"{BASE}/nowhere/"),
    "marked page, near": Address("link-missing-page", f"{BASE}/reference/limits/", f"{BASE}/reference/limit/"),
    "marked page, spaced": Address(
        "link-missing-page", "{{ site.baseurl }}/setup/", "{{  site.baseurl  }}/nowhere/", f"{BASE}/nowhere/"
    ),
    "marked page, letter case": Address("link-missing-page", f"{BASE}/setup/", f"{BASE}/Setup/"),
    "marked page, query": Address("link-missing-page", f"{BASE}/setup/?a=1#keys", f"{BASE}/sets/?a=1#keys"),
    "marked page with accent": Address("link-missing-page", f"{BASE}/guides/été/", f"{BASE}/guides/étés/"),
    "marked page, encoded": Address(
        "link-missing-page", f"{BASE}/guides/%C3%A9t%C3%A9/", f"{BASE}/guides/%C3%A9t%C3%A8/"
    ),
    "marked anchor": Address("link-missing-anchor", f"{BASE}/setup/#keys", f"{BASE}/setup/#kees"),
    "marked anchor, letter case": Address("link-missing-anchor", f"{BASE}/setup/#keys", f"{BASE}/setup/#Keys"),
    "marked anchor upstream": Address("link-missing-anchor", f"{BASE}/api/key/#~key~", f"{BASE}/api/key/#nothing"),
    "marked anchor of other language": Address(
        "link-missing-anchor", f"{BASE}/api/key/#~key~", f"{BASE}/api/key/#~otherkey~"
    ),
    "moved page": Address("link-moved", f"{BASE}/api/key/", f"{BASE}/api/old_key/"),
    "marked file": Address("asset-missing", f"{BASE}/assets/files/plan.txt", f"{BASE}/assets/files/plans.txt"),
    "marked image": Address(
        "asset-missing", f"{BASE}/assets/images/logo.svg", f"{BASE}/assets/images/lost.svg", image=True
    ),
    "image_buster": Address(
        "asset-missing",
        "{% image_buster /assets/images/logo.svg %}",
        f"{{% {MARK}image_buster /assets/images/lost.svg %}}",
        f"{BASE}/assets/images/lost.svg",
        image=True,
    ),
    "page by its source": Address(
        "link-missing-page", "{% link setup.md %}", f"{{% {MARK}link sets.md %}}", f"{BASE}/sets/"
    ),
    "relative page": Address("link-missing-page", "~up~setup.md", "~up~sets.md", markdown_only=True),
    "relative page, encoded": Address(
        "link-missing-page", "~up~guides/%C3%A9t%C3%A9.md", "~up~guides/%C3%A9te.md", markdown_only=True
    ),
    "relative page with accent": Address(
        "link-missing-page", "~up~guides/été.md", "~up~guides/eté.md", markdown_only=True
    ),
    "relative anchor": Address("link-missing-anchor", "~up~setup.md#keys", "~up~setup.md#key", markdown_only=True),
    "relative anchor with accent": Address(
        "link-missing-anchor", "~up~guides/été.md#à-bientôt", "~up~guides/été.md#a-bientôt", markdown_only=True
    ),
    "relative anchor, encoded": Address(
        "link-missing-anchor",
        "~up~guides/été.md#%C3%A0-bient%C3%B4t",
        "~up~guides/été.md#%C3%A0-bient%C3%B4",
        markdown_only=True,
    ),
    "own anchor": Address("link-missing-anchor", "#~id~", "#no-such-place"),
    "relative file": Address(
        "asset-missing", "~up~../assets/files/plan.txt", "~up~../assets/files/plan.pdf", markdown_only=True
    ),
    "relative image": Address(
        "asset-missing", "~up~../assets/images/wide.svg", "~up~../assets/images/wild.svg", image=True, markdown_only=True
    ),
    "other language, relative": Address(
        "link-wrong-locale", "~up~setup.md", "~up~../~other~/setup.md", markdown_only=True
    ),
    "out of docs": Address(
        "asset-missing", "~up~../assets/files/plan.txt", "~up~../../../../secret.txt", markdown_only=True
    ),
    "target with parentheses": Address("link-missing-page", f"{BASE}/setup/", f"{BASE}/no(wh)ere/"),
    "target with entity": Address(
        "link-missing-page", f"{BASE}/setup/?a=1&amp;b=2", f"{BASE}/nope/?a=1&amp;b=2", f"{BASE}/nope/?a=1&b=2"
    ),
    "target with escapes": Address(
        "link-missing-page", f"{BASE}/api/key/", rf"{BASE}/no\_where\~at\-all/", f"{BASE}/no_where~at-all/",
        markdown_only=True,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Form:
    """How a link is written; `@` stands for the address, `$` for a good one of the same kind.

    Attributes:
        block: whether it needs lines of its own: the first is the link, the rest stands anywhere on the page.
        html: whether it is raw HTML, where only marked addresses are known to `check`.
        images: whether it is for images; links otherwise.
    """

    text: str
    after: str = ""
    html: bool = False
    images: bool = False
    escapes: bool = True


FORMS = {
    "inline": Form("[text](@)"),
    "double title": Form('[text](@ "A title (with parentheses)")'),
    "single title": Form("[text](@ 'It \"says\" so')"),
    "angle brackets": Form("[text](<@>)"),
    "angle brackets and title": Form('[text](<@> "A title")'),
    "blanks around": Form("[text](  @  )"),
    "strong": Form("**[text](@)**"),
    "inside emphasis": Form("*some [text](@) here*"),
    "brackets in text": Form("[a [b] \\] c](@)"),
    "code in text": Form("[the `a](b)` call](@)"),
    "image in text": Form("[![alt](~up~../assets/images/logo.svg)](@)"),
    "after a good link": Form("[good]({{site.baseurl}}/setup/), [text](@)"),
    "before a good link": Form("[text](@), [good]({{site.baseurl}}/setup/)"),
    "with attributes": Form("[text](@){: .button target=\"_blank\" }"),
    "empty text": Form("[](@)"),
    "after code span": Form("`[code](nowhere.md)` [text](@)"),
    "after escaped bracket": Form("\\[not](nowhere.md) [text](@)"),
    "full reference": Form("[text][planted]", "[planted]: @"),
    "full reference, title": Form("[text][planted]", '[planted]: @ "A title (here)"'),
    "full reference, angle brackets": Form("[text][planted]", "[planted]: <@>"),
    "full reference, indented": Form("[text][planted]", "   [planted]:   @"),
    "collapsed reference": Form("[Planted][]", "[planted]: @"),
    "shortcut reference": Form("[planted]", "[planted]: @"),
    "reference among others": Form("[text][planted]", "[one]: {{site.baseurl}}/setup/\n[planted]: @\n[two]: <mailto:a@b.example>".replace("a@b", "a&#64;b")),
    "a href": Form('<a href="@">text</a>', html=True, escapes=False),
    "a href, single quotes": Form("<a class='x' href='@'>text</a>", html=True, escapes=False),
    "a href, no quotes": Form("<a class=x href=@ id=planted>text</a>", html=True, escapes=False),
    "a href, upper case": Form('<A HREF="@">text</A>', html=True, escapes=False),
    "a href, spaced": Form('<a title="a b" href = "@" >text</a>', html=True, escapes=False),
    "form action": Form('<form action="@"></form>', html=True, escapes=False),
    "image": Form("![alt](@)", images=True),
    "image with title": Form('![alt](@ "A title (here)")', images=True),
    "image in a link": Form("[![alt](@)]({{site.baseurl}}/setup/)", images=True),
    "image by reference": Form("![alt][planted]", "[planted]: @", images=True),
    "image with attributes": Form("![alt](@){: width=\"20\" }", images=True),
    "img src": Form('<img src="@" alt="">', html=True, images=True, escapes=False),
    "img srcset": Form(
        '<img src="$" srcset="$ 1x, @ 2x" alt="">', html=True, images=True, escapes=False
    ),
    "source srcset": Form(
        '<picture><source srcset="$ 100w, @ 200w, $ 300w" sizes="10px"><img src="$" alt=""></picture>',
        html=True, images=True, escapes=False,
    ),
    "video poster": Form('<video poster="@"></video>', html=True, images=True, escapes=False),
    "object data": Form('<object data="@"></object>', html=True, images=True, escapes=False),
}  # fmt: skip


@dataclass(frozen=True)
class Context:
    """Where a link stands; `@` is the link."""

    text: str
    table: bool = False
    include: str = ""


ALERT = "{% alert tip %}"
CONTEXTS = {
    "paragraph": Context("Some words, then @ and more."),
    "start of line": Context("@"),
    "second line": Context("Some words,\nthen @ and more."),
    "after wide characters": Context("Déjà « 漢字 🎉 e\u0301 » : @, voilà."),
    "bullet": Context("* one\n* two @ here\n* three"),
    "number": Context("1. one\n2. two @ here\n3. three"),
    "nested by 2": Context("* one\n  * two @ here\n* three"),
    "nested by 3": Context("1. one\n   * two @ here\n2. three"),
    "nested by 4": Context("* one\n    * two @ here\n* three"),
    "paragraph in item, 2": Context("* one\n\n  Some @ here.\n\n* two"),
    "paragraph in item, 3": Context("1. one\n\n   Some @ here.\n\n2. two"),
    "paragraph in item, 4": Context("1. one\n\n    Some @ here.\n\n2. two"),
    "task": Context("* [ ] one\n* [x] two @"),
    "alert, inline": Context("{% alert note %} Mind @. {% endalert %}"),
    "alert, tight": Context("{% alert note %}@{% endalert %}"),
    "alert, block": Context("{% alert warning %}\nMind @ and this.\n\nMore.\n{% endalert %}"),
    "alert, indented": Context("  {% alert info %}\n  Mind @ and this.\n  {% endalert %}"),
    "alert in item, 2": Context(f"* one\n\n  {ALERT}\n  Mind @.\n  {{% endalert %}}\n\n* two"),
    "alert in item, 3": Context(f"1. one\n\n   {ALERT}\n   Mind @.\n   {{% endalert %}}\n\n2. two"),
    "alert in item, 4": Context(f"1. one\n\n    {ALERT}\n    Mind @.\n    {{% endalert %}}\n\n2. two"),
    "alert in item, inline": Context(f"* one {ALERT} Mind @. {{% endalert %}}\n* two"),
    "alert in quote": Context(f"> {ALERT}\n> Mind @.\n> {{% endalert %}}"),
    "alert in alert": Context(f"{{% alert note %}}\nOne.\n\n{ALERT} Mind @. {{% endalert %}}\n{{% endalert %}}"),
    "alert after paragraph": Context(f"Some words\n{ALERT} Mind @. {{% endalert %}}"),
    "list in alert": Context(f"{ALERT}\n1. one\n2. two @\n{{% endalert %}}"),
    "tab": Context("{% tabs %}\n{% tab One %}\nOne.\n{% endtab %}\n{% tab Two %}\nTwo @.\n{% endtab %}\n{% endtabs %}"),
    "subtab": Context(
        "{% tabs %}\n{% tab One %}\n{% subtabs %}\n{% subtab A %}\nSee @.\n{% endsubtab %}\n{% endsubtabs %}\n"
        "{% endtab %}\n{% endtabs %}"
    ),
    "alert in tab": Context(f"{{% tabs %}}\n{{% tab One %}}\n{ALERT}\nMind @.\n{{% endalert %}}\n{{% endtab %}}\n{{% endtabs %}}"),
    "details": Context("{% details More of it %}\nSee @.\n{% enddetails %}"),
    "details, tight": Context("{% details More of it %}See @.{% enddetails %}"),
    "declared block": Context("{% panel %}\nSee @.\n{% endpanel %}"),
    "table cell": Context("| A | B |\n| --- | --- |\n| a | b |\n| c | d @ |", table=True),
    "table, first cell": Context("| A | B |\n| --- | --- |\n| @ | b |", table=True),
    "table head": Context("| A @ | B |\n| --- | --- |\n| a | b |", table=True),
    "headless table": Context("| a | b |\n| c | @ |", table=True),
    "table in item": Context("* one\n\n  | A | B |\n  | --- | --- |\n  | a | @ |\n\n* two", table=True),
    "alert in table": Context("| A | B |\n| --- | --- |\n| a | {% alert note %} @ {% endalert %} |", table=True),
    "quote": Context("> Some words\n> and @."),
    "quote, lazy": Context("> Some words\nand @."),
    "quote in quote": Context("> Some words\n>\n> > and @."),
    "list in quote": Context("> * one\n> * two @"),
    "footnote": Context("Some words.[^planted]\n\n[^planted]: See @."),
    "definition": Context("Term\n: See @."),
    "include": Context("{% include planted.md %}", include="One line.\n\nSee @ here."),
    "include, inline": Context("Before {% include planted.md %} after.", include="see @ here"),
    "include in alert in item": Context(
        "* one\n\n  {% alert note %}\n  {% include planted.md %}\n  {% endalert %}\n\n* two", include="See @ here."
    ),
    "capture": Context("{% capture planted %}See @.{% endcapture %}\n\nThen: {{ planted }}"),
    "capture in alert": Context("{% capture planted %}See @.{% endcapture %}\n\n{% alert note %}{{ planted }}{% endalert %}"),
    "for loop": Context("{% for n in (1..1) %}\nStep {{ n }}: @.\n{% endfor %}"),
    "if": Context('{% if site.product == "Acme" %}See @.{% else %}No.{% endif %}'),
    "else": Context('{% if site.product != "Acme" %}No.\n{% else %}\nSee @.\n{% endif %}'),
    "case": Context('{% case site.product %}{% when "Acme" %}See @.{% else %}No.{% endcase %}'),
    "after whitespace control": Context('Some {%- assign x = "long text" -%} words {{- x -}} and @.'),
    "after raw": Context("{% raw %}{{ not liquid }}{% endraw %} and @."),
    "after comment": Context("{% comment %} [x](nowhere.md)\n\nmore {% endcomment %}and @."),
    "after output": Context('{{ "a longer text than what stands here" | upcase }} {{ site.product }} @.'),
    "div with markdown": Context('<div markdown="1">\n\nSee @.\n\n</div>'),
    "div with markdown, tight": Context('<div class="x" markdown="1">\nSee @.\n</div>'),
    "strikethrough": Context("Some ~~words @ gone~~ here."),
    "after hard break": Context("Some words  \nand @."),
    "after fence": Context("```\n[no](nowhere.md)\n```\n\nSee @."),
    "after indented code": Context("Some words.\n\n    [no](nowhere.md)\n\nSee @."),
}  # fmt: skip
NEEDS_ONE_LINE = ("table", "alert in table")
KEYS = {"en": "create", "fr": "creer"}


def _gaps(text: str) -> list[int]:
    """Offsets between the blocks of a page where another block may stand."""
    gaps, depth, fenced, at = [], 0, False, 0
    body = text.index("\n---\n", 3) + 5
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    for number, line in enumerate(lines):
        at = starts[number]
        if at < body:
            continue
        if not line and not depth and not fenced and number + 1 < len(lines):
            after = next((later for later in lines[number + 1 :] if later), "")
            before = next((earlier for earlier in reversed(lines[:number]) if earlier), "")
            if not re.match(r"[\s*:>|]|\d+\.|\{:", after) and not re.match(r"[\s*:]|\d+\.", before):
                gaps.append(at)
        fenced ^= line.lstrip().startswith("```")
        depth += len(re.findall(r"\{% (?:alert|tabs|details|panel|for|capture|if)\b", line))
        depth -= len(re.findall(r"\{% end(?:alert|tabs|details|panel|for|capture|if)\b", line))
    return gaps


def _filled(text: str, page: str) -> str:
    """The text with the words that depend on the page."""
    language = page.split("/")[1]
    other = next(code for code in LANGUAGES if code != language)
    ups = "../" * (page.count("/") - 2)
    own = clean_guide().pages[page].headings[-1].id
    words = {"up": ups, "other": other, "key": KEYS[language], "otherkey": KEYS[other], "id": own}
    return re.sub(r"~(up|other|key|otherkey|id)~", lambda m: words[m[1]], text)


def _planted(page: str, gap: int, context: Context, form: Form, address: str, good: str) -> dict[str, str]:
    """The files that change, one of them with the mark in front of the address."""
    address = address if MARK in address else MARK + address
    link = form.text.replace("$", good).replace("@", address)
    after = form.after.replace("@", address).replace("&#64;", "@")
    text = (SITE / page).read_text("utf-8")
    changes = {}
    if context.include:
        changes[INCLUDE] = context.include.replace("@", link) + (f"\n\n{after}" if after else "")
        block = context.text
    else:
        block = context.text.replace("@", link) + (f"\n\n{after}" if after else "")
    changes[page] = f"{text[:gap]}\n{block}\n\n{text[gap + 1 :]}"
    return {name: _filled(content, page) for name, content in changes.items()}


def _fits(address: Address, form: Form, context: Context) -> bool:
    if address.image != form.images and not (address.image and form.text.startswith("[text]")):
        return False
    if context.include and form.after:
        return False
    return not (form.html and (address.markdown_only or address.bad.startswith("#")))


def _unquoted_ok(address: Address, form: Form) -> bool:
    """An attribute without quotes cannot hold blanks or quotes."""
    written = address.bad.replace("{{site.baseurl}}", "").replace("{{  site.baseurl  }}", "")
    return "=@ " not in form.text or not re.search(r"[\s\"'=<>`]", written)


def mutant(kind: str, dice: random.Random, address: str, form: str, context: str, page: str) -> Mutant:
    """One faulty link, and its control: the same with a good address."""
    what, how, where = ADDRESSES[address], FORMS[form], CONTEXTS[context]
    gap = dice.choice(_gaps((SITE / page).read_text("utf-8")))
    good = _filled(what.good, page)
    changes: dict[str, str | bytes | None] = {}
    expected: tuple[Expected, ...] = ()
    for name, content in _planted(page, gap, where, how, what.bad, good).items():
        if MARK in content:
            text, line, column = place(content)
            target = _filled(what.target or what.bad, page)
            expected = (Expected(what.rule, name, line, column, target),)
            changes[name] = text
        else:
            changes[name] = content
    control: dict[str, str | bytes | None] = {
        name: content.replace(MARK, "") for name, content in _planted(page, gap, where, how, what.good, good).items()
    }
    return Mutant(kind, changes, expected, f"{page}: {address} / {form} / {context}", control)


def _random(
    dice: random.Random, kind: str, pages: list[str], address: str = "", form: str = "", context: str = ""
) -> Mutant:
    for _ in range(1000):
        a = address or dice.choice(list(ADDRESSES))
        f = form or dice.choice(list(FORMS))
        c = context or dice.choice(list(CONTEXTS))
        if _fits(ADDRESSES[a], FORMS[f], CONTEXTS[c]) and _unquoted_ok(ADDRESSES[a], FORMS[f]):
            return mutant(kind, dice, a, f, c, dice.choice(pages))
    raise ValueError(f"nothing fits {kind}")


# Errors that are not links.


@dataclass(frozen=True)
class Block:
    """A block with an error at its mark, and the block fixed."""

    rule: str
    bad: str
    good: str
    target: str


BLOCKS = {
    "unknown tag": Block(
        "liquid-unknown-tag", f"{{% {MARK}alrt note %}}Mind.{{% endalrt %}}", "{% alert note %}Mind.{% endalert %}", "alrt"
    ),
    "unknown tag alone": Block("liquid-unknown-tag", f"Some {{% {MARK}assing x = 1 %}} text.", "{% assign x = 1 %}", "assing"),
    "misspelt end": Block(
        "liquid-unknown-tag", f"{{% alert note %}}Mind.{{% {MARK}endalrt %}}", "{% alert note %}Mind.{% endalert %}", "endalrt"
    ),
    "unknown filter": Block("liquid-unknown-filter", f'Some {{{{ "x" | {MARK}upcas }}}}.', 'Some {{ "x" | upcase }}.', "upcas"),
    "unknown variable": Block("liquid-unknown-variable", f"Some {{{{ {MARK}site.prodct }}}}.", "{{ site.product }}", "site.prodct"),
    "unknown variable alone": Block("liquid-unknown-variable", f"Some {{{{  {MARK}nope  }}}}.", "Some.", "nope"),
    "unknown variable in alert": Block(
        "liquid-unknown-variable",
        f"{{% alert note %}}\nMind {{{{ {MARK}page.nope }}}}.\n{{% endalert %}}",
        "{% alert note %}\nMind {{ page.lang }}.\n{% endalert %}",
        "page.nope",
    ),
    "unknown alert": Block(
        "liquid-unknown-alert", f"{{% {MARK}alert nte %}}Mind.{{% endalert %}}", "{% alert note %}Mind.{% endalert %}", "nte"
    ),
    "unknown alert in item": Block(
        "liquid-unknown-alert",
        f"* one\n\n  {{% {MARK}alert danger %}}\n  Mind.\n  {{% endalert %}}",
        "* one\n\n  {% alert warning %}\n  Mind.\n  {% endalert %}",
        "danger",
    ),
    "alert without type": Block("liquid-unknown-alert", f"{{% {MARK}alert %}}Mind.{{% endalert %}}", "Mind.", ""),
    "unclosed alert": Block("liquid-unclosed", f"{{% {MARK}alert note %}}Mind.", "{% alert note %}Mind.{% endalert %}", "alert"),
    "unclosed tab": Block(
        "liquid-unclosed", f"{{% tabs %}}\n{{% {MARK}tab One %}}\nOne.\n{{% endtabs %}}",
        "{% tabs %}\n{% tab One %}\nOne.\n{% endtab %}\n{% endtabs %}", "tab"
    ),
    "unclosed if": Block("liquid-unclosed", f"{{% {MARK}if site.product %}}Yes.", "{% if site.product %}Yes.{% endif %}", "if"),
    "unclosed output": Block("liquid-unclosed", f"Some {MARK}{{{{ site.product text.", "Some {{ site.product }}.", "{{"),
    "unclosed raw": Block("liquid-unclosed", f"Some {{% {MARK}raw %}} text.", "Some {% raw %} text.{% endraw %}", "raw"),
    "unclosed comment": Block("liquid-unclosed", f"Some {{% {MARK}comment %}} text.", "{% comment %} text.{% endcomment %}", "comment"),
    "crossed": Block("liquid-crossed", f"Some {{% {MARK}endtab %}} text.", "Some text.", "endtab"),
    "crossed blocks": Block(
        "liquid-unclosed",
        f"{{% details More %}}{{% {MARK}alert note %}}Mind.{{% enddetails %}}",
        "{% details More %}{% alert note %}Mind.{% endalert %}{% enddetails %}",
        "alert",
    ),
    "tab outside tabs": Block("liquid-crossed", f"{{% {MARK}tab One %}}\nOne.\n{{% endtab %}}", "One.", "tab"),
    "else outside if": Block("liquid-crossed", f"Some {{% {MARK}else %}} text.", "Some text.", "else"),
    "details without title": Block("liquid-syntax", f"{{% {MARK}details %}}x{{% enddetails %}}", "x", "details"),
    "tab without name": Block(
        "liquid-syntax", f"{{% tabs %}}{{% {MARK}tab %}}x{{% endtab %}}{{% endtabs %}}", "x", "tab"
    ),
    "output not Liquid": Block("liquid-syntax", f"Some {{{{ site.product {MARK}b c }}}}.", "Some {{ site.product }}.", "b"),
    "condition not Liquid": Block(
        "liquid-syntax", f"{{% if site.product {MARK}= 1 %}}x{{% endif %}}", "{% if site.product == 1 %}x{% endif %}", "="
    ),
    "case without value": Block("liquid-syntax", f"{{% {MARK}case %}}{{% endcase %}}", "x", "case"),
    "empty tag": Block("liquid-unclosed", f"Some {MARK}{{%  %}} text.", "Some text.", "{%"),
    "link behind > in a value": Block(
        "link-missing-page",
        f'<div title="a > b"><a href="{MARK}{{{{site.baseurl}}}}/nowhere/">x</a></div>',
        '<div title="a > b"><a href="{{site.baseurl}}/setup/">x</a></div>',
        "{{site.baseurl}}/nowhere/",
    ),
    "missing include": Block("liquid-missing-include", f"{{% {MARK}include helps.md %}}", "{% include help.md %}", "helps.md"),
    "include outside": Block(
        "liquid-missing-include", f"{{% {MARK}include ../data/upstream.yml %}}", "{% include help.md %}", "../data/upstream.yml"
    ),
    "missing parameter": Block(
        "liquid-missing-parameter",
        f'{{% {MARK}include parts.md one="1" %}}',
        '{% include parts.md one="1" two="2" three="3" %}',
        "parts.md",
    ),
    "missing parameter of an include in a block": Block(
        "liquid-missing-parameter",
        f"{{% alert note %}}{{% {MARK}include parts.md %}}{{% endalert %}}",
        '{% alert note %}{% include parts.md one="" two="2" three="3" %}{% endalert %}',
        "parts.md",
    ),
    "unused footnote": Block(
        "markup-unused-footnote", f"Some text.\n\n{MARK}[^planted]: A note.", "Some text.[^planted]\n\n[^planted]: A note.", "planted"
    ),
    "unused footnote in an item": Block(
        "markup-unused-footnote",
        f"* one\n\n  {MARK}[^planted]: A note.",
        "* one[^planted]\n\n  [^planted]: A note.",
        "planted",
    ),
    "block in table": Block(
        "liquid-block-in-table",
        f"| A |\n| --- |\n| {{% {MARK}alert note %}}x\n\ny{{% endalert %}} |",
        "| A |\n| --- |\n| {% alert note %}x{% endalert %} |",
        "alert",
    ),
    "undefined footnote": Block("link-undefined", f"Some{MARK}[^planted] text.", "Some \\[^planted] text.", "planted"),
    "undefined reference": Block("link-undefined", f"See [x][{MARK}nope].", "See [x][] and [y].", "nope"),
    "block in code": Block(
        "liquid-block-in-code",
        f"```\n{{% {MARK}alert note %}}x{{% endalert %}}\n```",
        "```\n{% raw %}{% alert note %}x{% endalert %}{% endraw %}\n```",
        "alert",
    ),
    "block in emphasis": Block(
        "liquid-block-in-text",
        f"Some {MARK}**text {{% alert note %}}x{{% endalert %}} more** text.",
        "Some **text** {% alert note %}x{% endalert %} **more** text.",
        "alert",
    ),
    "unclosed fence": Block("markup-unclosed-fence", f"Some text.\n\n{MARK}````js{{1}}\nx", "````js{1}\nx\n````", ""),
    "unclosed element": Block(
        "markup-unclosed-html", f"Some text.\n\n{MARK}<div class='x'>\n\nx", "<div class='x'>\n\nx</div>", "div"
    ),
    "unclosed comment of HTML": Block(
        "markup-unclosed-html", f"Some text.\n\n{MARK}<!-- x", "Some text.\n\n<!-- x -->", ""
    ),
    "unclosed element in text": Block("markup-unclosed-html", f"Some {MARK}<small>text.", "Some <small>text.</small>", "small"),
    "attribute list of no block": Block(
        "attribute-list-unused", f"Some text.\n\n<!-- x -->\n{MARK}{{: .one }}", "Some text.\n{: .one }", ""
    ),
    "footnote twice": Block(
        "markup-duplicate-definition", f"Some[^fn].\n\n{MARK}[^fn]: x\n\n[^fn]: y", "Some[^fn].\n\n[^fn]: x", "fn"
    ),
    "unclosed slashes": Block("markup-unclosed-block", f"{MARK}//// note | x\n\nx", "//// note | x\n\nx\n////", "note"),
    "no-break space": Block("markup-no-break-space", f"Some text.\n\n-{MARK}\u00a0x", "Some text.\n\n- x", "-"),
    "attribute list": Block("attribute-list", f"Some text.\n{{: .one {MARK}two }}", "Some text.\n{: .one .two }", ""),
    "duplicate id in HTML": Block(
        "id-duplicate", f'<b id="planted">a</b> and <b id="{MARK}planted">b</b>.', '<b id="planted">a</b>.', "planted"
    ),
    "duplicate id in block HTML": Block(
        "id-duplicate",
        f'<div id="planted">\n<p>a</p>\n</div>\n\n<div\n  class="x" id="{MARK}planted"></div>',
        '<div id="planted">\n<p>a</p>\n</div>',
        "planted",
    ),
    "duplicate id in attribute lists": Block(
        "id-duplicate", f"One.\n{{: #planted }}\n\nTwo.\n{MARK}{{: #planted }}", "One.\n{: #planted }\n\nTwo.", "planted"
    ),
    "duplicate id in inline lists": Block(
        "id-duplicate", f"*a*{{: #planted }} and `b`{MARK}{{: .x #planted }}.", "*a*{: #planted } and *b*{: .planted }.", "planted"
    ),
    "duplicate id in inline lists, by reference": Block(
        "id-duplicate", f"{{:planted: #planted .x}}\n\n*a*{{: planted }} and *b*{MARK}{{: planted }}.",
        "{:planted: #planted .x}\n\n*a*{: planted } and *b*.", "planted"
    ),
    "duplicate id, inline after block": Block(
        "id-duplicate", f"One.\n{{: #planted }}\n\nTwo *b*{MARK}{{: #planted }}.", "One.\n{: #planted }\n\nTwo *b*.", "planted"
    ),
    "duplicate id, block after inline": Block(
        "id-duplicate", f"Two *b*{{: #planted }}.\n\nOne.\n{MARK}{{: #planted }}", "Two *b*{: #planted }.\n\nOne.", "planted"
    ),
    "duplicate id, inline in alert": Block(
        "id-duplicate", f'<b id="planted">a</b>\n\n* one\n\n  {{% alert note %}}\n  Mind *b*{MARK}{{: #planted }}.\n  {{% endalert %}}',
        '<b id="planted">a</b>\n\n* one\n\n  {% alert note %}\n  Mind *b*{: #planted2 }.\n  {% endalert %}', "planted"
    ),
    "duplicate id, HTML after inline": Block(
        "id-duplicate", f'[b](#planted){{: #planted }} and <b id="{MARK}planted">a</b>', '[b](#planted){: #planted } <b>a</b>', "planted"
    ),
    "loop without in": Block(
        "liquid-syntax", f"{{% for {MARK}x %}}a{{% endfor %}}", "{% for x in (1..2) %}a{% endfor %}", "x"
    ),
    "condition without value": Block(
        "liquid-syntax", f"{{% if site.product {MARK}== %}}x{{% endif %}}", "{% if site.product %}x{% endif %}", "=="
    ),
    "address that cannot be read": Block("link-syntax", f"See [x]({MARK}https://[example).", "See [x](https://example.com).", "https://[example"),
    "address without slashes": Block("link-syntax", f"See [x]({MARK}http:/x).", "See [x](http://x.example/).", "http:/x"),
    "address with a blank": Block(
        "link-syntax", f"See [x](<{MARK}https: //x.example>).", "See [x](https://x.example/).", "https: //x.example"
    ),
    "address without host": Block("link-syntax", f"<a href='{MARK}https://'>x</a>", "<a href='https://x.example'>x</a>", "https://"),
    "address without mailbox": Block("link-syntax", f"See [x]({MARK}mailto:).", "See [x](mailto:?subject=x).", "mailto:"),
    "address without number": Block("link-syntax", f"See [x]({MARK}tel:).", "See [x](tel:+33).", "tel:"),
    "empty address": Block("link-syntax", f"See [x]({MARK}).", "See [x](#).", ""),
    "empty image": Block("link-syntax", f'<img src="{MARK}" alt="x">', "<a href=''>x</a>", ""),
    "address of the own machine": Block(
        "link-local", f"See <{MARK}http://localhost:8000/x>.", "See <http://localhost.example/x>.", "http://localhost:8000/x"
    ),
    "address beside the site": Block(
        "link-outside",
        f"[x]({MARK}https://docs.example.com/smaller/)",
        "[x](https://docs.example.com/small/)",
        "https://docs.example.com/smaller/",
    ),
    "redirect without address": Block(
        "link-syntax",
        f'<meta http-equiv="refresh" content="{MARK}soon">',
        '<meta http-equiv="refresh" content="5; url={{site.baseurl}}/setup/">',
        "soon",
    ),
    "file of a style": Block(
        "asset-missing",
        f'<p style="background: url(&quot;{MARK}{{{{site.baseurl}}}}/assets/lost.svg&quot;)">x</p>',
        '<p style="background: url(&quot;{{site.baseurl}}/assets/images/logo.svg&quot;)">x</p>',
        "{{site.baseurl}}/assets/lost.svg",
    ),
    "file of a style element": Block(
        "asset-missing",
        f"<style>\n.a {{ background: url({MARK}{{{{site.baseurl}}}}/assets/lost.svg) }}\n</style>",
        "<style>\n.a { background: url({{site.baseurl}}/assets/images/logo.svg) }\n</style>",
        "{{site.baseurl}}/assets/lost.svg",
    ),
    "address of a button": Block(
        "link-missing-page",
        f'<button formaction="{MARK}{{{{site.baseurl}}}}/nowhere/">x</button>',
        '<button formaction="{{site.baseurl}}/setup/">x</button>',
        "{{site.baseurl}}/nowhere/",
    ),
    "address from the root": Block("link-form", f"See [x]({MARK}/setup/).", "See [x]({{site.baseurl}}/setup/).", "/setup/"),
    "too many turns": Block(
        "liquid-limit", f"{{% {MARK}for i in (1..20000) %}}{{% endfor %}}", "{% for i in (1..200) %}{% endfor %}", ""
    ),
    "end of no tag": Block("liquid-left-over", f"Some endalert {MARK}%}} text.", "Some {% raw %}%}{% endraw %} text.", "%}"),
    "suppressions without reason": Block(
        "ignore-without-reason", f"{MARK}<!-- docsite: ignore link-missing-page -->\nText.", "Text.", "link-missing-page"
    ),
    "suppressions of nothing": Block(
        "ignore-unused", f"{MARK}<!-- docsite: ignore link-missing-page because it comes -->\nText.",
        "<!-- docsite: ignore link-missing-page because it comes -->\n[x]({{site.baseurl}}/comes/)", "link-missing-page"
    ),
    "tab that is not there": Block(
        "link-missing-anchor",
        "{% tabs %}\n{% tab One %}\na\n{% endtab %}\n{% endtabs %}\n\n{% tabs %}\n{% tab A %}\na\n{% endtab %}\n"
        f"{{% tab B %}}\nb\n{{% endtab %}}\n{{% endtabs %}}\n\n[x]({MARK}#__tabbed_1_9)",
        "{% tabs %}\n{% tab A %}\na\n{% endtab %}\n{% endtabs %}\n\n[x](#__tabbed_1_1)",
        "#__tabbed_1_9",
    ),
    "tab of another set": Block(
        "link-missing-anchor",
        "{% tabs %}\n{% tab One %}\na\n{% endtab %}\n{% endtabs %}\n\n{% tabs %}\n{% tab A %}\na\n{% endtab %}\n"
        f"{{% tab B %}}\nb\n{{% endtab %}}\n{{% endtabs %}}\n\n[x]({MARK}#__tabbed_3_3)",
        "{% tabs %}\n{% tab A %}\na\n{% endtab %}\n{% endtabs %}\n\n[x](#__tabbed_1_1)",
        "#__tabbed_3_3",
    ),
    "footnote that is not there": Block(
        "link-missing-anchor",
        f"`[^no]: code`\n\n```\n[^no]: code\n```\n\n[x]({MARK}#fn:no)",
        "One.[^no]\n\n[^no]: A note.\n\n[x](#fn:no)",
        "#fn:no",
    ),
    "id in code": Block(
        "link-missing-anchor",
        f"`{{: #planted }}` and\n\n```\n<b id=\"planted\">\n{{: #planted }}\n```\n\n[x]({MARK}#planted)",
        "`{: #planted }`",
        "#planted",
    ),
    "control character": Block("source-character", f"Some{MARK}\x08 text.", "Some text.", ""),
    "nonchracter": Block("source-character", f"Some{MARK}\ufdd0 text.", "Some text.", ""),
}  # fmt: skip

FRONT = {
    "front matter, unknown key": Block("front-matter-unknown-key", f"{MARK}page_ordr: 3\n", "", "page_ordr"),
    "front matter, type": Block("front-matter-type", f"{MARK}aliases: none\n", "", "aliases"),
    "front matter, page_type": Block("front-matter-type", f"page_type: {MARK}refrence\n", "", "refrence"),
    "front matter, syntax": Block("front-matter-syntax", f"hidden: {MARK}]\n", "", ""),
    "front matter, twice": Block("front-matter-syntax", f"{MARK}nav_title: Again\n", "", "nav_title"),
    "front matter, icon": Block("front-matter-type", f"icon: {MARK}material/nope\n", "", "material/nope"),
    "front matter, template": Block("front-matter-type", f"template: '{MARK}nope.html'\n", "", "nope.html"),
    "front matter, boost": Block("front-matter-type", f"search: {{{MARK}boost: .inf}}\n", "", "search.boost"),
    "front matter, key of Jekyll": Block("front-matter-unknown-key", f"{MARK}hidden: true\n", "", "hidden"),
    "front matter, alias of a file": Block(
        "front-matter-alias", f"aliases: [{MARK}/guides/start/index.html/]\n", "", "/guides/start/index.html/"
    ),
    "front matter, alias below a file": Block(
        "front-matter-alias", f"aliases:\n  - {MARK}/setup/index.html/old/\n", "", "/setup/index.html/old/"
    ),
    "front matter, long alias": Block("front-matter-alias", f"aliases: [{MARK}/{'a' * 300}/]\n", "", f"/{'a' * 300}/"),
    "front matter, alias of a page": Block("front-matter-alias", f"aliases:\n  - {MARK}/setup/\n", "", "/setup/"),
}


def _block(kind: str, dice: random.Random, pages: list[str]) -> Mutant:
    page, block = dice.choice(pages), BLOCKS[kind]
    text = (SITE / page).read_text("utf-8")
    gaps = [gap for gap in _gaps(text) if block.target != "{{" or "}}" not in text[gap:]]
    if block.rule == "liquid-limit":  # the rest of the page is lost, and the ids in it
        gaps = []
    gap = dice.choice(gaps or [len(text)])
    content, line, column = place(f"{text[:gap]}\n{block.bad}\n\n{text[gap + 1 :]}")
    expected = Expected(block.rule, page, line, column, block.target)
    control = f"{text[:gap]}\n{block.good}\n\n{text[gap + 1 :]}"
    return Mutant(kind, {page: content}, (expected,), f"{page}: {block.bad}", {page: control})


def _front(kind: str, dice: random.Random) -> Mutant:
    block = FRONT[kind]
    key = block.bad.replace(MARK, "").split(":")[0]
    fits = [page for page in PAGES if (key == "nav_title" or f"\n{key}:" not in (SITE / page).read_text("utf-8"))]
    page = dice.choice([page for page in fits if not page.endswith("/setup.md")])
    lines = (SITE / page).read_text("utf-8").split("\n")
    end = lines.index("---", 1)
    first = 2 if key == "nav_title" else 1
    lines.insert(dice.randint(first, end), block.bad.removesuffix("\n"))
    content, line, column = place("\n".join(lines))
    expected = Expected(block.rule, page, line, column, block.target)
    return Mutant(kind, {page: content}, (expected,), f"{page}: {block.bad}")


def _unclosed_front(dice: random.Random) -> Mutant:
    page = dice.choice(PAGES)
    text = (SITE / page).read_text("utf-8").replace("\n---\n", "\n", 1)
    return Mutant("front matter, unclosed", {page: text}, (Expected("front-matter-unclosed", page, 1, 1, ""),), page)


def _not_utf8(dice: random.Random) -> Mutant:
    page = dice.choice(PAGES)
    text = (SITE / page).read_text("utf-8")
    gap = dice.choice(_gaps(text))
    content, line, column = place(f"{text[:gap]}\nDéjà {MARK}\0.\n\n{text[gap + 1 :]}")
    data = content.encode().replace(b"\0", b"\xe9")
    return Mutant("not UTF-8", {page: data}, (Expected("source-encoding", page, line, column, ""),), page)


def _duplicate_heading(dice: random.Random) -> Mutant:
    """An id of a heading, set again in raw HTML behind it."""
    page = dice.choice(PAGES)
    text = (SITE / page).read_text("utf-8").rstrip("\n")
    heading = dice.choice(clean_guide().pages[page].headings)
    content, line, column = place(f'{text}\n\n<div id="{MARK}{heading.id}"></div>\n')
    return Mutant(
        "duplicate id of a heading", {page: content}, (Expected("id-duplicate", page, line, column, heading.id),)
    )


def _data(dice: random.Random) -> Mutant:
    name = "docs/data/upstream.yml"
    text = (SITE / name).read_text("utf-8")
    bad = dice.choice([f"  /api/other/: {{{MARK}ankers: {{}}}}\n", f"  {MARK}/api/other/: 3\n"])
    at = text.index("moved:")
    content, line, column = place(text[:at] + bad + text[at:])
    target = "ankers" if "ankers" in bad else "pages./api/other/"
    return Mutant("data file", {name: content}, (Expected("data-schema", name, line, column, target),), bad)


def _data_syntax(dice: random.Random) -> Mutant:
    name = f"docs/data/{dice.choice(('contacts', 'numbers'))}.yml"
    content, line, column = place(f"first: 1\nsupport: The team{MARK}: ask anything\n")
    return Mutant("data syntax", {name: content}, (Expected("data-syntax", name, line, column, ""),), name)


OTHERS: dict[str, Callable[[random.Random], Mutant]] = {
    "front matter, unclosed": _unclosed_front,
    "not UTF-8": _not_utf8,
    "duplicate id of a heading": _duplicate_heading,
    "data file": _data,
    "data syntax": _data_syntax,
}


def kinds() -> list[str]:
    """Every kind of error in sources."""
    return [
        *(f"address: {name}" for name in ADDRESSES),
        *(f"form: {name}" for name in FORMS),
        *(f"place: {name}" for name in CONTEXTS),
        *(f"block: {name}" for name in BLOCKS),
        *(f"file: {name}" for name in (*FRONT, *OTHERS)),
    ]


def mutants(kind: str, seed: int, count: int) -> Iterator[Mutant]:
    """Random mutants of one kind, in each language in turn, the same for the same seed."""
    dice = random.Random(f"{seed} {kind}")
    group, _, name = kind.partition(": ")
    for number in range(count):
        pages = [page for page in PAGES if page.split("/")[1] == LANGUAGES[number % len(LANGUAGES)]]
        if group == "address":
            yield _random(dice, kind, pages, address=name)
        elif group == "form":
            yield _random(dice, kind, pages, form=name)
        elif group == "place":
            yield _random(dice, kind, pages, context=name)
        elif group == "block":
            yield _block(name, dice, pages)
        elif name in FRONT:
            yield _front(name, dice)
        else:
            yield OTHERS[name](dice)

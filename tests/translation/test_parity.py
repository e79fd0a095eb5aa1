"""What a translation lacks: one page as it is in the source language, and changed in one way in the translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.diagnostics.position import Position
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.render import render_page
from docsite.markup.source_file import SourceFile
from docsite.translation.comparable_address import comparable_address
from docsite.translation.front_matter_parity import compare_front_matter
from docsite.translation.lost_terms import compare_terms
from docsite.translation.page_content import add_includes, read_content
from docsite.translation.parity import compare_contents
from docsite.translation.section_content import SectionContent
from docsite.translation.terms import TermFinder, read_terms

ENGLISH = """\
Intro with [a link]({{site.baseurl}}/api/key/).

## Keys

Ask for the `api_key` and the `app_id`, then see [the guide](../guide.md#part).

```python
send("Hello")  # a comment
```

{% alert note %}
Mind the [limits](https://example.org/en/limits).
{% endalert %}

### Sizes

| Size | Use |
|---|---|
| S | small |
| M | more |

![A picture](../assets/a.png)

## Steps

{% include contact.md %}

1. One
2. Two

{% tabs %}
{% tab One %}
first
{% endtab %}
{% tab Two %}
second
{% endtab %}
{% endtabs %}

Last words with [one](one.md), `name_x` and `name_y`.
"""
FRENCH = """\
Introduction avec [un lien]({{site.baseurl}}/api/key/).

## Clés

Demandez l’`app_id` et l’`api_key`, puis lisez [le guide](/guide/#partie).

```python
send("Bonjour")  # un commentaire
```

{% alert note %}
Attention aux [limites](https://example.org/fr/limits).
{% endalert %}

### Tailles

| Taille | Usage |
|---|---|
| S | petite |
| M | moyenne |

![Une image](../assets/a.png)

## Étapes

{% include contact.md %}

1. Un
2. Deux

{% tabs %}
{% tab Un %}
premier
{% endtab %}
{% tab Deux %}
second
{% endtab %}
{% endtabs %}

Les derniers mots, avec [un](one.md), `name_x` et `name_y`.
"""
CHANGES: dict[str, tuple[str, str, list[str]]] = {
    # name: what is replaced, by what, and the differences, as rule and message
    "nothing": ("Demandez", "Veuillez demander", []),
    "a heading": ("### Tailles\n\n", "", ["translation-heading missing"]),
    "a section": (
        FRENCH[FRENCH.index("### Tailles") : FRENCH.index("## Étapes")],
        "",
        ["translation-heading missing"],
    ),
    "a section too many": ("## Étapes", "## Autre\n\nTexte.\n\n## Étapes", ["translation-heading extra"]),
    "a level": ("### Tailles", "#### Tailles", ["translation-heading level"]),
    "code": ('```python\nsend("Bonjour")  # un commentaire\n```\n\n', "", ["translation-code missing"]),
    "other code": ("send(", "envoyer(", ["translation-code differs"]),
    "code too many": ("## Étapes\n", "## Étapes\n\n```sh\nls\n```\n", ["translation-code extra"]),
    "a link": ("[un lien]({{site.baseurl}}/api/key/)", "un lien", ["translation-link missing"]),
    "another link": ("/api/key/", "/api/cle/", ["translation-link differs"]),
    "a link too many": ("Introduction", "[Introduction](other.md)", ["translation-link extra"]),
    "a link that swallows": (
        "[un lien]({{site.baseurl}}/api/key/).",
        "[un lien vers la page où sont décrites les clés, avec tout le reste de la phrase]({{site.baseurl}}/api/key/).",
        ["translation-link swallowed"],
    ),
    "an image": ("a.png", "b.png", ["translation-image differs"]),
    "an alert": ("alert note", "alert warning", ["translation-alert differs"]),
    "a row": ("| M | moyenne |\n", "", ["translation-table differs"]),
    "an item": ("2. Deux\n", "", ["translation-list differs"]),
    "a tab": ("{% tab Deux %}\nsecond\n{% endtab %}\n", "", ["translation-tabs differs"]),
    "an include": ("{% include contact.md %}\n", "", ["translation-include missing"]),
    "another include": ("contact.md", "legal.md", ["translation-include differs"]),
    "an include for its language": ("contact.md", "contact.fr.md", []),
    "a name": ("`api_key`", "la clé", ["translation-inline-code missing"]),
    "a name without its marks": ("`api_key`", "api_key", []),
    "a paragraph": (
        "Les derniers mots, avec [un](one.md), `name_x` et `name_y`.\n",
        "",
        ["translation-section paragraph"],
    ),
    "all text of a section": (
        FRENCH[FRENCH.index("### Tailles") : FRENCH.index("## Étapes")],
        "### Tailles\n\n",
        ["translation-section empty"],
    ),
}


def content(text: str, language: str) -> tuple[SectionContent, ...]:
    file = SourceFile(f"docs/{language}/page.md", text)
    environment = LiquidEnvironment(Path(__file__).parent / "includes")
    rendered = render_page(environment, file, 0, {"site": {"baseurl": "\ufdd0"}}, language)

    def position(offset: int) -> Position:
        at = file.location(offset)
        return Position(0, at.line, at.column)

    def locate(offset: int) -> Position:
        return position(rendered.document.text.origin(offset).offset)

    sections = read_content(rendered.document, rendered.inlines, ("en", "fr"), locate)
    included_at = {path: [position(tag.offset) for tag in tags] for path, tags in rendered.included_at.items()}
    return add_includes(sections, included_at, ("en", "fr"))


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_once(name: str) -> None:
    old, new, expected = CHANGES[name]
    assert old in FRENCH
    found = compare_contents(content(ENGLISH, "en"), content(FRENCH.replace(old, new, 1), "fr"))
    assert [f"{difference.rule} {difference.key}" for difference in found] == expected


def test_a_page_that_lacks_most_is_reported_once() -> None:
    source = "".join(f"## Part {number}\n\nText {number}.\n\n" for number in range(12))
    translation = "## Partie 0\n\nTexte.\n\n## Partie 1\n\nTexte.\n"
    (found,) = compare_contents(content(source, "en"), content(translation, "fr"))
    assert (found.rule, found.key, found.shown, found.expected) == ("translation-heading", "most", "2", "12")


def test_what_is_missing_of_a_page_is_reported_one_by_one_where_most_is_there() -> None:
    source = "".join(f"## Part {number}\n\nText {number}.\n\n" for number in range(12))
    translation = "".join(f"## Partie {number}\n\nTexte.\n\n" for number in range(7))
    found = compare_contents(content(source, "en"), content(translation, "fr"))
    assert [difference.key for difference in found] == ["missing"] * 5


def _code(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```\n"


TRANSLATED = {
    # name: the same in the source page and as a translator has it
    "text between tags": (_code("html", "<h1>Hello</h1>"), _code("html", "<h1>Bonjour à tous</h1>")),
    "text with brackets": (_code("html", "<b>About (inside)</b>"), _code("html", "<b>À propos (interne)</b>")),
    "a comment behind what is left out": (
        _code("js", "...\n/*\n * One\n */\nf()"),
        _code("js", "...\n/*\n * Un\n */\nf()"),
    ),
    "a sign of comments in a string": (_code("js", "a = 'Go to #' + b"), _code("js", "a = 'Aller au no #' + b")),
    "an apostrophe in a comment": (_code("js", "f()  // It's\ng('a')"), _code("js", "f()  // C'est l'un\ng('b')")),
    "placeholders and comments": (
        _code("sh", "make <name>  # builds\nmake <other>  # tests"),
        _code("sh", "make <nom>  # construit (vite)\nmake <autre>  # teste; etc."),
    ),
    "text beside a variable": (_code("jsx", "<b>\n  Hello {name}!\n</b>"), _code("jsx", "<b>\n  Salut {name} !\n</b>")),
    "a long comment": (_code("js", "/*\n ** One\n */\nf()"), _code("js", "/*\n ** Un\n */\nf()")),
    "a comment of HTML": (_code("html", "<p><!-- one\nmore --></p>"), _code("html", "<p><!-- un\nplus --></p>")),
    "a documentation string": (
        _code("python", 'def f():\n    """One\n    two."""'),
        _code("python", 'def f():\n    """Un."""'),
    ),
    "a template string": (_code("js", "log(`Port: ${port}`)"), _code("js", "log(`Le port : ${port}`)")),
    "a placeholder of a command": (_code("sh", "mkdir <your project>"), _code("sh", "mkdir <projet>")),
    "a name to replace": (_code("sh", "NAME=your-service-name"), _code("sh", "NAME=votre-nom-de-service")),
    "what is left out": (_code("json", "[1,\n... more numbers\n]"), _code("json", "[1,\n... d’autres nombres\n]")),
    "an address with a region": ("[a](https://example.org/en-US/docs/a)", "[a](https://example.org/fr/docs/a)"),
    "an address without a language": ("[a](https://example.org/en-US/docs/a)", "[a](https://example.org/docs/a)"),
    "a page in French, by its domain": ("[a](https://example.org/a)", "[a](https://exemple.fr/b)"),
    "a page in French, by its path": ("[a](https://example.org/a)", "[a](https://example.com/fr-ca/b)"),
    "a page in French, by its query": ("[a](https://example.org/a)", "[a](https://example.com/b?hl=fr)"),
    "a list in two": ("1. a\n2. b\n3. c\n4. d\n", "1. a\n2. b\n\n> q\n\n3. c\n4. d\n"),
    "a list of a sentence": ("One and two.", "- Un\n- Deux\n"),
    "a word of an example": ("Say `hi` or `MAJOR`.", "Dites `salut` ou `MAJEUR`."),
    "a path of an example": ("Open `/users/:id`.", "Ouvrez `/personnes/:id`."),
    "a key of a keyboard": ("Press `Enter`.", "Appuyez sur `Entrée`."),
    "a placeholder in a sentence": ("Here is `your_member.value`.", "Voici `votre_membre.value`."),
    "a name of translated code": (
        f"Call `say_hi`.\n\n{_code('ruby', 'def say_hi')}",
        f"Appelez `dire_salut`.\n\n{_code('ruby', 'def dire_salut')}",
    ),
    "a heading that a program writes": ("Text.\n\n###### Auto generated by a tool on 1-Jan\n", "Texte.\n"),
}
LEFT = {"a name of translated code": ["translation-code differs"]}


@pytest.mark.parametrize("name", TRANSLATED)
def test_what_translators_change_is_no_difference(name: str) -> None:
    one, other = TRANSLATED[name]
    found = compare_contents(content(f"# A\n\n{one}", "en"), content(f"# A\n\n{other}", "fr"), language="fr")
    assert [f"{difference.rule} {difference.key}" for difference in found] == LEFT.get(name, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_code("jsx", "<Old>Hello</Old>"), _code("jsx", "<New>Bonjour</New>")),
        (_code("sh", "npm install one"), _code("sh", "npm install two")),
        (_code("js", "f(`a`, b)"), _code("js", "f(`a`, c)")),
        ("[a](https://example.org/a)", "[a](https://example.org/b)"),
        ("[a](https://example.org/a)", "[a](https://example.org/french)"),
        ("1. a\n2. b\n3. c\n", "1. a\n2. b\n\n> q\n"),
        ("Set `ENTER_MODE`.", "Réglez `MODE_ENTREE`."),
        ("Call `sendAll`.", "Appelez `toutEnvoyer`."),
        ("Text.\n\n## How keys are generated\n", "Texte.\n"),
    ],
)
def test_what_nobody_may_change_is_one_difference(one: str, other: str) -> None:
    found = compare_contents(content(f"# A\n\n{one}", "en"), content(f"# A\n\n{other}", "fr"), language="fr")
    assert len(found) == 1


def test_sections_in_another_order_are_compared() -> None:
    names = [
        f"## {name}\n\n[x]({name}.md) [y]({name}y.md) [z]({name}z.md)\n"
        for name in ("Germany", "France", "Spain", "Sweden")
    ]
    moved = names[2].replace("Spainy", "other").replace("## Spain", "## Espagne")
    found = compare_contents(content("".join(names), "en"), content("".join([moved, *names[:2]]), "fr"))
    assert [f"{one.rule} {one.key}" for one in found] == ["translation-link differs", "translation-heading missing"]


def test_what_stands_in_a_section_without_a_counterpart_is_not_missing() -> None:
    block = _code("sh", "npm install one")
    source = content(f"# A\n\nText.\n\n## B\n\n{block}\n[x](x.md)\n\n## C\n\n[y](y.md) `z_z`\n", "en")
    translation = content(f"# A\n\nTexte.\n\n{block}\n## C\n\n[y](y.md) `z_z`\n", "fr")
    assert [f"{one.rule} {one.key}" for one in compare_contents(source, translation)] == ["translation-heading missing"]


def test_a_difference_has_a_place_in_both_files() -> None:
    (found,) = compare_contents(content(ENGLISH, "en"), content(FRENCH.replace("alert note", "alert tip"), "fr"))
    assert (found.position.line, found.source and found.source.line) == (11, 11)
    assert (found.shown, found.expected) == ("tip", "note")


def test_what_is_missing_is_told_at_its_section() -> None:
    (found,) = compare_contents(content(ENGLISH, "en"), content(FRENCH.replace("`api_key`", "clé"), "fr"))
    assert (found.position.line, found.source and found.source.line) == (3, 5)


@pytest.mark.parametrize("text", ["", "\n", "# One\n", "{% if false %}x{% endif %}"])
def test_pages_with_little_in_them(text: str) -> None:
    assert compare_contents(content(text, "en"), content(text, "fr")) == []
    compare_contents(content(ENGLISH, "en"), content(text, "fr"))
    compare_contents(content(text, "en"), content(FRENCH, "fr"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\ufdd0/api/key/", "../api/key.md"),
        ("/en/guide/", "/fr/guide/#partie"),
        ("https://example.org/en/x/", "https://www.example.org/fr/x"),
        ("https://en.wikipedia.org/wiki/A", "https://fr.wikipedia.org/wiki/Autre"),
        ("https://example.org/licenses/by/4.0/", "https://example.org/licenses/by/4.0/deed.fr"),
        ("https://example.org/fargate/", "https://example.org/jp/fargate/"),
        ("https://example.org/en-us/sdk", "https://example.org/fr-fr/sdk"),
        ("../keys.en.md#create", "../keys.fr.md#creer"),
        ("shot.png", "shot.fr.png"),
        ("#part", "#partie"),
        ("index.md", "/"),
    ],
)
def test_addresses_that_are_the_same_in_every_language(one: str, other: str) -> None:
    assert comparable_address(one, ("en", "fr")) == comparable_address(other, ("en", "fr"))


def test_front_matter() -> None:
    source = {
        "nav_title": "Onboarding with Braze today",
        "description": "What it takes.",
        "article_title": "Braze",
        "page_order": 1,
        "page_type": "reference",
    }
    same = {**source, "nav_title": "Démarrer", "description": "Ce qu’il faut.", "page_type": "Référence"}
    assert list(compare_front_matter(source, same)) == []
    wrong = {"nav_title": source["nav_title"], "article_title": "Braze", "page_order": 2, "page_type": "glossary"}
    found = [(difference.key, difference.message) for difference in compare_front_matter(source, wrong)]
    assert found == [
        ("page_order", "differs"),
        ("page_type", "differs"),
        ("nav_title", "untranslated"),
        ("description", "missing"),
    ]


def test_a_name_that_is_never_translated_is_missed_where_it_stood() -> None:
    terms = read_terms(
        {"terms": [{"id": "braze", "never_translated": True, "en": {"term": "Braze"}, "fr": {"term": "Braze"}}]}
    )
    finders = TermFinder(terms, "en"), TermFinder(terms, "fr")
    source = content("# A\n\nIn Braze, x.\n\nBraze y.\n", "en")
    translation = content("# A\n\nDans Braze, x.\n\nAu Brésil y.\n", "fr")
    lost = list(compare_terms(source, translation, finders))
    assert [(found.term.id, found.expected, found.position.line) for found in lost] == [("braze", "Braze", 1)]
    assert list(compare_terms(source, source, finders)) == []


@pytest.mark.parametrize(
    ("translation", "lost"),
    [
        ("Ouvrez Braze.\n\nPuis lancez-la.", 0),  # left out, and named beside
        ("Ouvrez Braze.\n\nPuis lancez la Fournaise.", 1),
        ("Ouvrez Braze.\n\nPuis, dans l’Incendie, envoyez.", 1),
        ("Ouvrez l’application.\n\nPuis lancez-la.", 2),
        ("Ouvrez Braze.\n\nEnsuite, à Paris, lancez-la.", 0),  # a name of the source page
    ],
)
def test_a_name_may_be_left_out_beside_itself(translation: str, lost: int) -> None:
    names = {"terms": [{"id": "b", "never_translated": True, "en": {"term": "Braze"}, "fr": {"term": "Braze"}}]}
    finders = TermFinder(read_terms(names), "en"), TermFinder(read_terms(names), "fr")
    source = content("# A\n\nOpen Braze.\n\nThen launch Braze in Paris.\n", "en")
    assert len(list(compare_terms(source, content(f"# A\n\n{translation}\n", "fr"), finders))) == lost


def test_a_heading_without_a_counterpart_does_not_shift_the_others() -> None:
    source = content("".join(f"## H{n}\n\n`name_{n}` [x](p{n}.md)\n\n" for n in range(30)), "en")
    kept = [n for n in range(30) if n not in (4, 17)]
    translation = content("".join(f"## T{n}\n\n`name_{n}` [x](p{n}.md)\n\n" for n in kept), "fr")
    found = compare_contents(source, translation)
    assert [(difference.key, difference.shown) for difference in found] == [("missing", "H4"), ("missing", "H17")]

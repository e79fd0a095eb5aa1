"""What a translation lacks: one page as it is in the source language, and changed in one way in the translation."""

from __future__ import annotations

from pathlib import Path

import pytest

from docsite.diagnostics.position import Position
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.render import render_page
from docsite.markup.source_file import SourceFile
from docsite.translation.page_content import SectionContent, comparable_address, read_content
from docsite.translation.parity import compare_contents, compare_front_matter, compare_terms
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
    environment = LiquidEnvironment(Path("_includes"))
    rendered = render_page(environment, file, 0, {"site": {"baseurl": "\ufdd0"}}, language)

    def locate(offset: int) -> Position:
        at = file.location(rendered.document.text.origin(offset).offset)
        return Position(0, at.line, at.column)

    return read_content(rendered.document, rendered.inlines, ("en", "fr"), locate)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_once(name: str) -> None:
    old, new, expected = CHANGES[name]
    assert old in FRENCH
    found = compare_contents(content(ENGLISH, "en"), content(FRENCH.replace(old, new, 1), "fr"))
    assert [f"{difference.rule} {difference.key}" for difference in found] == expected


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


def test_a_heading_without_a_counterpart_does_not_shift_the_others() -> None:
    source = content("".join(f"## H{n}\n\n`name_{n}` [x](p{n}.md)\n\n" for n in range(30)), "en")
    kept = [n for n in range(30) if n not in (4, 17)]
    translation = content("".join(f"## T{n}\n\n`name_{n}` [x](p{n}.md)\n\n" for n in kept), "fr")
    found = compare_contents(source, translation)
    assert [(difference.key, difference.shown) for difference in found] == [("missing", "H4"), ("missing", "H17")]

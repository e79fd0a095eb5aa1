"""Typography of running text: what is found, what is written instead, and what is left alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docsite.config.settings import load_settings
from docsite.project import autofix
from docsite.translation import typography
from docsite.translation.typography import find_problems
from tests.markup import case

T, N = "\u202f", "\u00a0"

FRENCH = {
    # Spaces before high signs.
    "Bonjour !": f"Bonjour{T}!",
    "Bonjour!": f"Bonjour{T}!",
    f"Bonjour{N}!": f"Bonjour{T}!",
    "Vraiment ?!": f"Vraiment{T}?!",
    "un ; deux": f"un{T}; deux",
    "Il faut : un": f"Il faut{N}: un",
    "Voici la liste suivante:": f"Voici la liste suivante{N}:",
    f"Il faut{T}: un": f"Il faut{N}: un",
    "(oui) !": f"(oui){T}!",
    "à 100 % !": f"à 100 %{T}!",
    # Guillemets.
    "« oui »": f"«{T}oui{T}»",
    "«oui»": f"«{T}oui{T}»",
    f"«{N}oui{N}»": f"«{T}oui{T}»",
    'dire "bonjour à tous" ici': f"dire «{T}bonjour à tous{T}» ici",
    # Others.
    "l'API": "l’API",
    "Voir l'": "Voir l’",
    "parce qu'": "parce qu’",
    "Étape 3": f"Étape{N}3",
    "n°4": f"n°{N}4",
    "et puis...": "et puis…",
    "etc...": "etc.",
    "Etc… Puis": "Etc. Puis",
    "la 1ère fois": "la 1re fois",
    "le 2ème essai": "le 2e essai",
    "les 3èmes essais": "les 3es essais",
    "1,234,567 envois": f"1{T}234{T}567 envois",
    "Etape suivante": "Étape suivante",
    "Evénement": "Événement",
}
ENGLISH = {
    "Really ?": "Really?",
    "Note : this": "Note: this",
    f"Hello{T}!": "Hello!",
    "say « hello » now": "say “hello” now",
}
LEFT_ALONE = {
    "fr": (
        f"Bonjour{T}! «{T}Oui{T}», dit-il{N}: l’API.",
        "à 10:30, de 1:2, https://exemple.test/a?b=1;c",
        "&nbsp;&gt; x",
        "a != b",
        "name: value",
        "0,5 et 1,5 et 1,234",
        "[1,234,567]",
        '{"key": "value"}',
        'a = "b"',
        "Le 1er et la 2e",
        "Edith et Eden",
        "Element UI, Enterprise Edition, Education, Evaluation",
        "0...",
        "'un mot'",
    ),
    "en": ("Really? Yes: no; “so” it’s.", "a ? b", "10 : 30", "and then..."),
    "de": ("Was ?! « so »",),
}


def fixed(text: str, language: str) -> str:
    for problem in reversed(list(find_problems(text, language))):
        assert text[problem.start : problem.stop] == problem.written
        text = text[: problem.start] + problem.expected + text[problem.stop :]
    return text


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    assert fixed(text, "fr") == FRENCH[text]
    assert fixed(text, "fr-CA") == FRENCH[text]


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert fixed(text, "en") == ENGLISH[text]


@pytest.mark.parametrize(("language", "text"), [(name, text) for name, texts in LEFT_ALONE.items() for text in texts])
def test_left_alone(language: str, text: str) -> None:
    assert fixed(text, language) == text


_PIECES = st.sampled_from(
    ["mot", "l'", "Étape", " ", N, T, "!", "?", ";", ":", "«", "»", '"', "...", "1", ",", "é", "&gt;", "\n"]
)


def test_entities_stay_inside_a_fix() -> None:
    assert fixed("«&gt; et &amp;»", "en") == "“&gt; et &amp;”"


@given(st.lists(_PIECES, max_size=30).map("".join), st.sampled_from(["fr", "en"]))
def test_fixing_comes_to_an_end(text: str, language: str) -> None:
    """One fix may uncover the next, but within the rounds of `docsite fix` none is left."""
    for _ in range(autofix._ROUNDS):
        if not list(find_problems(text, language)):
            return
        text = fixed(text, language)
    assert list(find_problems(text, language)) == []


def fix_page(root: Path, path: str, text: str) -> str:
    """What `docsite fix` makes of a page."""
    config = case.write(root, {path: text})
    result = autofix.fix_project(load_settings(config), lambda finding: finding.rule.startswith("typography-"))
    return result.files[path].after if path in result.files else text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("nav_title: L'étape", "nav_title: L’étape"),
        ('description: "Prêt ? Etape : l\'essai..."', f'description: "Prêt{T}? Étape{N}: l’essai…"'),
        (
            "article_title:   'La 2ème étape !'   # note d'auteur",
            f"article_title:   'La 2e étape{T}!'   # note d'auteur",
        ),
        ("description: 'L''étape'", "description: 'L''étape'"),
        ("description: >-\n  L'étape\n  suivante", "description: >-\n  L'étape\n  suivante"),
        ("layout: l'essai", "layout: l'essai"),
        ("description: The end of what you wrote, isn't it?", "description: The end of what you wrote, isn't it?"),
    ],
)
def test_titles_in_the_front_matter(written: str, expected: str, tmp_path: Path) -> None:
    text = "---\npage_order: 1\n{}\n---\n\n# Titre\n"
    assert fix_page(tmp_path, "docs/fr/essai.md", text.format(written)) == text.format(expected)


def test_a_paragraph_in_another_language_keeps_its_typography(tmp_path: Path) -> None:
    english = '> The end of what you wrote: isn\'t it "a good one" for this?\n'
    french = "Voici la fin de ce que vous cherchez: l'essai.\n"
    text = f"# Titre\n\n{english}\n{french}"
    expected = french.replace("cherchez:", f"cherchez{N}:").replace("'", "’")
    assert fix_page(tmp_path, "docs/fr/essai.md", text) == text.replace(french, expected)
    assert fix_page(tmp_path, "docs/en/essai.md", text) == text


def test_code_links_and_emphasis_are_like_words(tmp_path: Path) -> None:
    written = "# Titre\n\nVoir `a` ; puis `b` : le **c** ! Et [d](#titre) ?\n\n| ? | ! |\n|---|---|\n| ? | : |\n"
    expected = (
        written.replace(" ;", f"{T};").replace(" :", f"{N}:", 1).replace(" ! E", f"{T}! E").replace(") ?", f"){T}?")
    )
    assert fix_page(tmp_path, "docs/fr/essai.md", written) == expected


def test_a_quotation_mark_behind_emphasis_closes(tmp_path: Path) -> None:
    written = '# Titre\n\nDans "**Un**" cliquez sur "**Deux**", puis "*a*" ou "Trois".\n'
    expected = written.replace('"Trois"', f"«{T}Trois{T}»")
    assert fix_page(tmp_path, "docs/fr/essai.md", written) == expected


def test_the_french_manual_follows_its_own_rules(tmp_path: Path) -> None:
    manual = Path(__file__).parents[2] / "contributing/fr"
    texts = {path.name: path.read_text("utf-8") for path in manual.glob("*.md")}
    pages = {f"docs/fr/{name}": re.sub("[{}]", "|", text) for name, text in texts.items()}  # whose Liquid is examples
    assert len(pages) >= 3
    assert [str(found) for found in case.findings(tmp_path, pages) if found.rule.startswith("typography-")] == []


PIECES = (
    "1ère",
    "2ème",
    "1,234,567",
    "Etape",
    "Ecole",
    "étape ",
    "n° ",
    "4",
    "etc...",
    "l'",
    "API",
    " ;",
    "oui!",
    " :",
    "«",
    "»",
    "a",
)


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_no_rule_finds_anything_in_a_text_without_its_signs(text: str) -> None:
    for rules in typography._RULES.values():
        for rule in rules:
            assert not {*text}.isdisjoint(rule.signs) or not rule.pattern.search(text), rule.rule

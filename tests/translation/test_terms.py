"""Terms of the glossary in running text, in all their forms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docsite.translation.terms import TermFinder, form_pattern, read_terms
from tests.markup import case

GLOSSARY = {
    "terms": [
        {"id": "api", "never_translated": True, "en": {"term": "API"}, "fr": {"term": "API"}},
        {"id": "api-key", "en": {"term": "API key"}, "fr": {"term": "clé API", "forbidden": ["clef API"]}},
        {"id": "channel", "en": {"term": "channel"}, "fr": {"term": "canal", "forbidden": ["chaîne"]}},
        {
            "id": "braze",
            "never_translated": True,
            "en": {"term": "Braze"},
            "fr": {"term": "Braze", "forbidden": ["Brésil"]},
        },
        {"id": 3},
        "nonsense",
        {"id": "half", "en": {"term": 5}},
    ]
}
FORMS = {
    ("clé API", "fr"): ["clé API", "clés API", "Clés\u00a0API", "clés\nAPI"],
    ("canal", "fr"): ["canal", "canaux", "Canal"],
    ("point final", "fr"): ["point final", "points finaux"],
    ("donnée personnalisée", "fr"): ["données personnalisées", "donnée personnalisée"],
    ("déclenché par l’API", "fr"): ["déclenchés par l'API", "déclenchée par l’API"],
    ("e-mail", "fr"): ["e-mails", "e\u2011mail"],
    ("SDK", "en"): ["SDK", "SDKs"],
    ("custom event", "en"): ["Custom events", "custom event"],
    ("app group", "en"): ["app groups"],
}
NOT_FORMS = {
    ("SDK", "en"): ["sdk", "SDKX"],
    ("canal", "fr"): ["canalisation"],
    ("API", "fr"): ["APIs4", "rapi"],
}


def matches(form: str, language: str, text: str) -> bool:
    return bool(re.search(rf"(?<!\w)(?:{form_pattern(form, language)})(?!\w)", text))


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in FORMS.items() for text in texts])
def test_a_form_is_found(key: tuple[str, str], text: str) -> None:
    assert matches(*key, f"x {text}, y")


@pytest.mark.parametrize(("key", "text"), [(key, text) for key, texts in NOT_FORMS.items() for text in texts])
def test_what_only_looks_like_a_form_is_not_found(key: tuple[str, str], text: str) -> None:
    assert not matches(*key, f"x {text}, y")


def test_the_longest_term_is_found() -> None:
    finder = TermFinder(read_terms(GLOSSARY), "en")
    assert [match.term.id for match in finder.find_terms("API keys of the API")] == ["api-key", "api"]


def test_a_term_counts_within_a_longer_one() -> None:
    terms = read_terms(GLOSSARY)
    finder = TermFinder(terms, "fr")
    assert finder.has_term(terms[0], "vos clés API")
    assert not finder.has_term(terms[0], "vos clés")


def test_forbidden_renderings() -> None:
    finder = TermFinder(read_terms(GLOSSARY), "fr")
    found = [
        (match.term.id, match.text, match.offset)
        for match in finder.find_forbidden("En Brésil, deux Chaînes, clefs API")
    ]
    assert found == [("braze", "Brésil", 3), ("channel", "Chaînes", 16), ("api-key", "clefs API", 25)]


@pytest.mark.parametrize("data", [None, [], {"terms": 3}, {"terms": None}])
def test_a_glossary_that_is_none_has_no_terms(data: object) -> None:
    terms = read_terms(data)
    assert terms == ()
    assert list(TermFinder(terms, "fr").find_forbidden("Brésil")) == []


def test_a_name_keeps_its_capital() -> None:
    names = {"terms": [{"id": "go", "never_translated": True, "en": {"term": "Go"}, "fr": {"term": "Go"}}]}
    finder = TermFinder(read_terms(names), "en")
    assert [match.offset for match in finder.find_terms("go to Go")] == [6]


CHANNELS = """\
terms:
  - id: channel
    en: {term: channel, definition: A way.}
    fr: {term: canal, definition: Une voie., forbidden: [chaîne]}
"""


def test_a_word_may_render_another_term(tmp_path: Path) -> None:
    """A forbidden rendering counts where the source page has its term, and where there is no source page."""
    french = "# Page\n\nUne chaîne ici.\n\n## Deux\n\nUne chaîne de texte.\n\n## Trois\n\nUne chaîne.\n"
    files = {
        "docs/data/glossary.yml": CHANNELS,
        "docs/en/page.md": "# Page\n\nA channel here.\n\n## Two\n\nA string.\n\n## Three\n\nMany channels.\n",
        "docs/fr/page.md": french,
        "docs/fr/alone.md": french,
    }
    found = [finding.location for finding in case.findings(tmp_path, files) if finding.rule == "term-forbidden"]
    lines = [(location.path, location.line) for location in found]
    assert lines == [
        *(("docs/fr/alone.md", line) for line in (3, 7, 11)),
        *(("docs/fr/page.md", line) for line in (3, 11)),
    ]

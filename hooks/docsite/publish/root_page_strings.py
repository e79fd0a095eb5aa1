"""What the pages at the root say, in each language."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "choose": "Go to the English home page",
        "missing": "Page not found",
        "why": "This address leads nowhere: the page has moved, or the link is mistyped.",
    },
    "fr": {
        "choose": "Aller à l’accueil en français",
        "missing": "Page introuvable",
        "why": "Cette adresse ne mène nulle part\u00a0: la page a été déplacée, ou le lien est mal saisi.",
    },
}


def root_page_strings(language: str) -> Mapping[str, str]:
    """The words of a language such as `fr` or `fr-CA`, or else the English ones."""
    return WORDS.get(language) or WORDS.get(language.split("-", maxsplit=1)[0]) or WORDS["en"]

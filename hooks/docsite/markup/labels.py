"""The few words that the toolkit itself puts on a page, in each language it speaks."""

from __future__ import annotations

from collections.abc import Mapping

ALERTS: Mapping[str, Mapping[str, str]] = {
    "note": {"en": "Note", "fr": "Remarque"},
    "important": {"en": "Important", "fr": "Important"},
    "tip": {"en": "Tip", "fr": "Conseil"},
    "warning": {"en": "Warning", "fr": "Avertissement"},
    "update": {"en": "Update", "fr": "Mise à jour"},
    "info": {"en": "Information", "fr": "Information"},
}
"""Title of each type of alert."""

PageTypes = Mapping[str, Mapping[str, str]]

PAGE_TYPES: PageTypes = {
    "landing": {"en": "Overview", "fr": "Présentation"},
    "reference": {"en": "Reference", "fr": "Référence"},
    "tutorial": {"en": "Tutorial", "fr": "Tutoriel"},
    "solution": {"en": "Solution", "fr": "Solution"},
    "glossary": {"en": "Glossary", "fr": "Glossaire"},
    "partner": {"en": "Partner", "fr": "Partenaire"},
}
"""Label of each page_type."""


def translate_label(words: Mapping[str, str], language: str) -> str:
    """The word in a language such as `fr` or `fr-CA`, or else in English, or else the first."""
    known = (words.get(code) for code in (language, language.split("-", maxsplit=1)[0], "en"))
    return next(filter(None, known), next(iter(words.values())))


def page_type_id(value: str, types: PageTypes = PAGE_TYPES) -> str | None:
    """The id of a page type that is given by id or by its label in any language; None when there is no such type."""
    wanted = value.strip().casefold()
    for name, labels in types.items():
        if wanted == name or wanted in (label.casefold() for label in labels.values()):
            return name
    return None

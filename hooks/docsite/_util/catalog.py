"""The language that docsite speaks: English, which is written in the code, or another by a catalog of gettext.

`locale/LANGUAGE/LC_MESSAGES/docsite.po` holds the translations; `python -m tests.catalog` writes it, and compiles it.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

LOCALE_FOLDER = Path(__file__).parents[1] / "locale"
LANGUAGES = ("en", "fr")
DOMAIN = "docsite"

_VARIABLES = ("DOCSITE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""What says which language is wanted; the first that is set decides."""

_catalog: gettext.NullTranslations = gettext.NullTranslations()
_spoken = "en"


def use_language(language: str) -> None:
    """Speak a language from now on; one without a catalog is English."""
    global _catalog, _spoken  # noqa: PLW0603 - a process speaks one language
    _spoken = language if language in LANGUAGES else "en"
    names = [] if language == "en" else [language]
    _catalog = gettext.translation(DOMAIN, LOCALE_FOLDER, names, fallback=True) if names else gettext.NullTranslations()


def spoken_language() -> str:
    """The language that is spoken."""
    return _spoken


def preferred_language(environment: Mapping[str, str]) -> str:
    """The language that the environment asks for, among those there are."""
    wanted = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    name = wanted.replace("-", "_").partition("_")[0].partition(".")[0].lower()
    return name if name in LANGUAGES else "en"


def translate(text: str) -> str:
    """A text of the code in the language that is spoken."""
    return _catalog.gettext(text) if text else text


def decimal(number: float) -> str:
    """A number with two decimals, as the language that is spoken writes it."""
    return f"{number:.2f}".replace(".", "," if _spoken == "fr" else ".")


def translate_number(singular: str, plural: str, number: int) -> str:
    """The form of a text that goes with a number."""
    return _catalog.ngettext(singular, plural, number)

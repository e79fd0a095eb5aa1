"""Words that Markdown extensions put on the page, in the page's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

WORDS = {
    "en": {"permalink": "Link to this section", "backlink": "Back to note {} in the text"},
    "fr": {"permalink": "Lien vers cette section", "backlink": "Retour à la note {} dans le texte"},
}


def localise_extensions(config: MkDocsConfig) -> MkDocsConfig:
    """Call in on_config after static-i18n (whose priority is -100), once per language."""
    words = WORDS.get(config.theme.get("language", "en"), WORDS["en"])
    for extension, option, word in (
        ("toc", "permalink_title", "permalink"),
        ("footnotes", "BACKLINK_TITLE", "backlink"),
    ):
        config.mdx_configs.setdefault(extension, {})[option] = words[word]
    return config

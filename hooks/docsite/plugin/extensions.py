"""The Markdown extensions that the dialect's Markdown needs, for a mkdocs.yml that does not name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Extension
    from mkdocs.config.defaults import MkDocsConfig

    from docsite.markup.markdown_extension import DialectExtension

_NEEDED = ("abbr", "footnotes", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tasklist")
"""All else is made by `DialectExtension` itself."""


def add_missing_extensions(config: MkDocsConfig, own: DialectExtension) -> None:
    """Add what is missing; options that mkdocs.yml gives win. Safe to call for each language."""
    for name in _NEEDED:
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
    add_extension(config, own)


def add_extension(config: MkDocsConfig, own: Extension) -> None:
    """Add an extension that is no name. Safe to call for each language."""
    extensions: list[str | Extension] = config.markdown_extensions  # type: ignore[assignment] # MkDocs knows names
    if own not in extensions:
        extensions.append(own)

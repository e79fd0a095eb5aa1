"""The Markdown extensions that the dialect's Markdown needs, for a mkdocs.yml that does not name them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docsite.markup.labels import ALERTS

if TYPE_CHECKING:
    from markdown import Extension
    from mkdocs.config.defaults import MkDocsConfig

    from docsite.markup.markdown_extension import DialectExtension

_NEEDED = (
    "abbr",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "smarty",
    "tables",
    "pymdownx.blocks.admonition",
    "pymdownx.blocks.details",
    "pymdownx.blocks.html",
    "pymdownx.blocks.tab",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
_OPTIONS: dict[str, dict[str, object]] = {
    "pymdownx.blocks.tab": {"alternate_style": True},
    "pymdownx.tilde": {"subscript": False},
}


def add_missing_extensions(config: MkDocsConfig, own: DialectExtension) -> None:
    """Add what is missing; options that mkdocs.yml gives win. Safe to call for each language."""
    for name in _NEEDED:
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
            config.mdx_configs.setdefault(name, {}).update(_OPTIONS.get(name, {}))
    alerts = config.mdx_configs.setdefault("pymdownx.blocks.admonition", {})
    alerts["types"] = sorted({*alerts.get("types", []), *ALERTS})
    add_extension(config, own)


def add_extension(config: MkDocsConfig, own: Extension) -> None:
    """Add an extension that is no name. Safe to call for each language."""
    extensions: list[str | Extension] = config.markdown_extensions  # type: ignore[assignment] # MkDocs knows names
    if own not in extensions:
        extensions.append(own)

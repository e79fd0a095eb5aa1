"""The templates, scripts and styles that come with the plugin."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

FOLDER = str(Path(__file__).parent / "theme")
MARKUP = "assets/docsite/markup.css"


def add_folder(config: MkDocsConfig) -> None:
    """Let the theme find the files, after those of the site's own custom_dir. Safe to call for each language."""
    if FOLDER not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, FOLDER)


def add_markup_style(config: MkDocsConfig, files: Files) -> None:
    """Give pages the style of what tags become, before the site's own styles, which may change it. Call in on_files."""
    if files.get_file_from_path(MARKUP) is None:
        files.append(File(MARKUP, FOLDER, config.site_dir, config.use_directory_urls))
    if MARKUP not in config.extra_css:
        config.extra_css.insert(0, MARKUP)

"""The Markdown extensions that mkdocs.yml names, as MkDocs itself reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from docsite.config.settings import SettingsError


def load_extensions(config_file: Path) -> tuple[Sequence[str], Mapping[str, Mapping[str, Any]]]:
    """The extensions and their options; neither plugins nor hooks are loaded, since no event of theirs would run.

    Raises:
        SettingsError: MkDocs rejects them.
    """
    config = MkDocsConfig(config_file_path=str(config_file))
    try:
        with config_file.open("rb") as file:
            config.load_dict(yaml_load(file, get_yaml_loader(config=config)))
        config.load_dict({"plugins": [], "hooks": []})
        errors, _ = config.validate()
    except MkDocsException as error:
        raise SettingsError(f"{config_file.name}: {error}") from None
    rejected = [f"{config_file.name}: {key}: {error}" for key, error in errors if key == "markdown_extensions"]
    if rejected:
        raise SettingsError("\n".join(rejected))
    return config.markdown_extensions, config.mdx_configs

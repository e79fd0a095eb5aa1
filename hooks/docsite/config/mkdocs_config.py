"""Reads mkdocs.yml as MkDocs does, and has MkDocs validate it, without code of others."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from docsite._util.errors import UsageError
from docsite.config.config_file import entry_names
from docsite.config.settings_messages import settings_message
from docsite.config.site import ConfigProblem, ConfigRefused

I18N = "i18n"
"""The name of static-i18n."""

_SAME_DIR = "same-dir"
"""A plugin that lets mkdocs.yml and the built site be inside docs_dir."""


class _DataLoader(yaml.SafeLoader):
    """Reads what is data; Python objects, which only a build needs, stay unread."""


_DataLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def load_config(config_file: Path) -> tuple[MkDocsConfig, bool]:
    """The configuration, validated by MkDocs, without code of others: hooks, Markdown extensions, other plugins.

    And whether its theme is there.

    A check may run where the theme is not installed, as in a hook of git: then its files are not known, and no more.
    """
    try:
        config, errors = _validated(config_file)
        is_themed = all(key != "theme" for key, _ in errors)
        if not is_themed:
            config, errors = _validated(config_file, with_theme=False)
    except MkDocsException as error:
        raise ConfigRefused([ConfigProblem("", str(error))]) from None
    if errors:
        absent = not (config_file.parent / str(config["docs_dir"])).exists()
        raise ConfigRefused(
            ConfigProblem(key, "" if key == "docs_dir" and absent else str(error)) for key, error in errors
        )
    return config, is_themed


def read_config(config_file: Path) -> MkDocsConfig:
    """What mkdocs.yml says, without Python objects, and not validated."""
    config = MkDocsConfig(config_file_path=str(config_file))
    with config_file.open("rb") as file:
        config.load_dict(yaml_load(file, get_yaml_loader(_DataLoader, config)))
    return config


def _validated(config_file: Path, *, with_theme: bool = True) -> tuple[MkDocsConfig, list[tuple[str, Exception]]]:
    config = read_config(config_file)
    is_same_dir = _SAME_DIR in entry_names(config["plugins"])
    config.load_dict({"hooks": [], "markdown_extensions": [], "plugins": _i18n_alone(config["plugins"])})
    if not with_theme:
        written = config["theme"] if isinstance(config["theme"], Mapping) else {}
        languages = {key: written[key] for key in ("language", "locale") if isinstance(written.get(key), str)}
        config.load_dict({"theme": {"name": "mkdocs", **languages}})
    errors = config.validate()[0]
    return config, [error for error in errors if not (is_same_dir and error[0] in ("docs_dir", "site_dir"))]


def refuse_circles(folder: str, above: tuple[str, ...] = ()) -> None:
    """Raise where a link leads to a folder above itself: MkDocs would follow it again and again."""
    is_inside = above and not Path(folder).is_symlink()
    real = str(Path(above[-1], Path(folder).name)) if is_inside else os.path.realpath(folder)
    if real in above:
        raise ConfigRefused([ConfigProblem("docs_dir", settings_message("circle", folder=folder))])
    try:
        entries = [entry.path for entry in os.scandir(folder) if os.path.isdir(entry.path)]  # noqa: PTH112
    except OSError:
        return
    for path in entries:
        refuse_circles(path, (*above, real))


def load_extensions(config_file: Path) -> tuple[Sequence[str], Mapping[str, Mapping[str, Any]]]:
    """The Markdown extensions that mkdocs.yml names, and their options.

    Raises:
        UsageError: MkDocs refuses them.
    """
    config = MkDocsConfig(config_file_path=str(config_file))
    with silent_log():
        try:
            with config_file.open("rb") as file:
                config.load_dict(yaml_load(file, get_yaml_loader(config=config)))
            # Of a configuration with an error elsewhere, such as a theme that is not there, MkDocs gives no options.
            config.load_dict({"hooks": [], "plugins": [], "theme": {"name": "mkdocs"}})
            errors, _ = config.validate()
        except MkDocsException as error:
            raise UsageError(f"{config_file.name}: {error}") from None
    refused = [f"{config_file.name}: {key}: {error}" for key, error in errors if key == "markdown_extensions"]
    if refused:
        raise UsageError(*refused)
    return config.markdown_extensions, config.mdx_configs


def custom_dir(config_file: Path) -> Iterator[str]:
    """The folder of the theme that mkdocs.yml names, which may not be there yet."""
    theme = read_config(config_file)["theme"]
    if isinstance(theme, Mapping) and isinstance(theme.get("custom_dir"), str):
        yield str(config_file.parent / theme["custom_dir"])


def _i18n_alone(plugins: Any) -> Any:
    """The entry of static-i18n, however the plugins are written; what is no list of plugins is for MkDocs to refuse."""
    if isinstance(plugins, Mapping):
        return {I18N: plugins[I18N]} if I18N in plugins else {}
    if isinstance(plugins, list):
        return [entry for entry in plugins if entry == I18N or (isinstance(entry, Mapping) and I18N in entry)]
    return [] if plugins is None else plugins


@contextmanager
def silent_log() -> Iterator[None]:
    """Keep MkDocs' log off the terminal: what matters of it becomes a finding."""
    logger = logging.getLogger("mkdocs")
    handler, propagate = logging.NullHandler(), logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield
    finally:
        logger.propagate = propagate
        logger.removeHandler(handler)

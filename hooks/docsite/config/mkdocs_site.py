"""Asks MkDocs and static-i18n what they make of a site. Beside `plugin`, the one module that imports them.

A check asks about a site that nobody builds. For that MkDocs reads and validates mkdocs.yml, and static-i18n's own code
lays out the files; neither hooks nor other plugins are loaded, since no event of theirs would run. A build hands over
the files it has, with whatever its plugins did to them.
"""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
import yaml
from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.utils import is_markdown_file, markdown_extensions
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from docsite._util.errors import UsageError
from docsite.config.settings_messages import settings_message
from docsite.config.site import ConfigProblem, ConfigRefused, Conflict, Locale, MkDocsSite, SiteFile
from docsite.diagnostics.messages import Message

_I18N = "i18n"
_READ_NO_TEXT = frozenset(
    {"autorefs", "awesome-nav", "awesome-pages", "blog", "docsite", "git-authors", "git-revision-date"}
    | {"git-revision-date-localized", "glightbox", "i18n", "literate-nav", "meta", "mike", "minify", "offline"}
    | {"privacy", "redirects", "rss", "search", "section-index", "site_events.py", "social", "with-pdf"}
)
"""Plugins that put nothing in the place of templates and comments, by their names without that of the theme, and the
hook of docsite."""

_LEFT_OUT = {InclusionLevel.EXCLUDED: "exclude_docs", InclusionLevel.DRAFT: "draft_docs"}


def ask_mkdocs(config_file: Path, private: Mapping[str, str]) -> tuple[MkDocsSite, tuple[str, ...]]:
    """What would be built of a site, and the folders whose files decided it (see `describe_site`).

    Raises:
        ConfigRefused: MkDocs or static-i18n would not build it.
    """
    with _silent():
        config, is_themed = _load(config_file)
        try:
            _refuse_circles(config.docs_dir)
            files = get_files(config)
        except RecursionError:
            raise ConfigRefused([ConfigProblem("docs_dir", settings_message("too-deep"))]) from None
        theme = Environment(loader=_VisibleFiles(config.theme.dirs), autoescape=True)
        files.add_files_from_theme(theme, config)
        site = describe_site(config, files, private)
        written = _read_config(config_file)
        site = msgspec.structs.replace(
            site,
            theme_dirs=site.theme_dirs if is_themed else (),
            has_templates=_has_templates([*_names(written["plugins"]), *_names(written["hooks"])]),
        )
        return site, (config.docs_dir, *config.theme.dirs, *_custom_dir(config_file))


class _VisibleFiles(FileSystemLoader):
    """Lists the files of a theme without hidden folders, which MkDocs leaves out: Material has 14,000 icons there."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for folder, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(Path(folder, name).relative_to(root).as_posix() for name in names)
        return sorted(found)


class _DataLoader(yaml.SafeLoader):
    """Reads what is data; Python objects, which only a build needs, stay unread."""


_DataLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def _load(config_file: Path) -> tuple[MkDocsConfig, bool]:
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


def _read_config(config_file: Path) -> MkDocsConfig:
    config = MkDocsConfig(config_file_path=str(config_file))
    with config_file.open("rb") as file:
        config.load_dict(yaml_load(file, get_yaml_loader(_DataLoader, config)))
    return config


def _validated(config_file: Path, *, with_theme: bool = True) -> tuple[MkDocsConfig, list[tuple[str, Exception]]]:
    config = _read_config(config_file)
    config.load_dict({"hooks": [], "markdown_extensions": [], "plugins": _i18n_alone(config["plugins"])})
    if not with_theme:
        written = config["theme"] if isinstance(config["theme"], Mapping) else {}
        languages = {key: written[key] for key in ("language", "locale") if isinstance(written.get(key), str)}
        config.load_dict({"theme": {"name": "mkdocs", **languages}})
    return config, config.validate()[0]


def _refuse_circles(folder: str, above: tuple[str, ...] = ()) -> None:
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
        _refuse_circles(path, (*above, real))


def load_extensions(config_file: Path) -> tuple[Sequence[str], Mapping[str, Mapping[str, Any]]]:
    """The Markdown extensions that mkdocs.yml names, and their options.

    Raises:
        UsageError: MkDocs refuses them.
    """
    config = MkDocsConfig(config_file_path=str(config_file))
    with _silent():
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


def _custom_dir(config_file: Path) -> Iterator[str]:
    """The folder of the theme that mkdocs.yml names, which may not be there yet."""
    theme = _read_config(config_file)["theme"]
    if isinstance(theme, Mapping) and isinstance(theme.get("custom_dir"), str):
        yield str(config_file.parent / theme["custom_dir"])


def _i18n_alone(plugins: Any) -> Any:
    """The entry of static-i18n, however the plugins are written; what is no list of plugins is for MkDocs to refuse."""
    if isinstance(plugins, Mapping):
        return {_I18N: plugins[_I18N]} if _I18N in plugins else {}
    if isinstance(plugins, list):
        return [entry for entry in plugins if entry == _I18N or (isinstance(entry, Mapping) and _I18N in entry)]
    return [] if plugins is None else plugins


@contextmanager
def _silent() -> Iterator[None]:
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


def describe_site(
    config: MkDocsConfig, files: Files, private: Mapping[str, str], *, drafts: bool = False
) -> MkDocsSite:
    """What MkDocs makes of its files.

    Args:
        files: of all languages, before static-i18n lays them out, and after every other plugin. What MkDocs cannot
            give a URL is taken out, since it would raise.
        private: folders that are left out of the site, and the settings that say so.
        drafts: whether drafts are shown, as in a preview.

    Raises:
        ConfigRefused: static-i18n would not build the site.
    """
    nameless = remove_nameless(files)
    parts = dict(_languages(config, files))
    added = frozenset(file.src_uri for file in files if file.src_dir != config.docs_dir)

    def left_out(file: File) -> str:
        named = next((key for folder, key in private.items() if file.src_uri.startswith(f"{folder}/")), "")
        inclusion = _inclusion_by_settings(file, config)
        shown = drafts and inclusion is InclusionLevel.DRAFT
        return named or ("" if shown else _LEFT_OUT.get(inclusion, ""))

    described = {
        code: {file.src_uri: _site_file(file, code, left_out(file), file.src_uri in added) for file in part}
        for code, part in parts.items()
    }
    return MkDocsSite(
        docs_dir=config.docs_dir,
        site_url=config.site_url or "",
        use_directory_urls=config.use_directory_urls,
        locales=_locales(config),
        files=described,
        lookups={code: dict(_lookups(part, described)) for code, part in parts.items()},
        page_extensions=markdown_extensions,
        nameless=tuple(file.src_uri for file in nameless),
        theme_dirs=tuple(map(str, config.theme.dirs)),
        theme_pages=tuple(sorted({*config.theme.static_templates, "sitemap.xml", "sitemap.xml.gz"})),
        conflicts=(*_conflicts(described), *_dropped(config, files)),
        link_levels={key: int(level) for key, level in config.validation.links.items()},
        has_templates=_has_templates(config.plugins),  # and hooks, which MkDocs keeps among them
    )


def _has_templates(plugins: Iterable[str]) -> bool:
    """Whether a plugin or a hook that is not known may read the text of pages."""
    return not {name.rpartition("/")[2] for name in plugins} <= _READ_NO_TEXT


def _names(entries: Any) -> Iterator[str]:
    """The names in a part of mkdocs.yml that is a list of names, each with or without options, or a mapping."""
    for entry in entries if isinstance(entries, list | Mapping) else ():
        yield from (str(key) for key in ([entry] if isinstance(entry, str) else entry))


def _inclusion_by_settings(file: File, config: MkDocsConfig) -> InclusionLevel:
    """What mkdocs.yml says of a file.

    What a plugin says may hold for a while only: Material's blog takes its posts out until it has placed them.
    """
    unplaced = copy.copy(file)
    unplaced.inclusion = InclusionLevel.UNDEFINED
    set_exclusions([unplaced], config)
    return unplaced.inclusion


def remove_nameless(files: Files) -> list[File]:
    """Take out files whose names are not UTF-8, to which MkDocs cannot give a URL; it would raise."""
    nameless = [file for file in files if not _is_unicode(file.src_uri)]
    for file in nameless:
        files.remove(file)
    return nameless


def _is_unicode(name: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def _site_file(file: File, code: str, left_out: str, added: bool) -> SiteFile:
    url = unquote(file.url)
    return SiteFile(
        source=file.src_uri,
        url="" if url in (".", "./") else url,
        dest=file.dest_uri,
        locale=getattr(file, "locale", code),
        key=getattr(file, "norm_src_uri", file.src_uri),
        is_page=file.is_documentation_page(),
        left_out=left_out,
        added=added,
    )


def _languages(config: MkDocsConfig, files: Files) -> Iterator[tuple[str, Files]]:
    """The part of each language, as static-i18n lays it out; without it, all files in one language."""
    plugin: Any = config.plugins.get(_I18N)
    if plugin is None:
        yield theme_language(config), files
        return
    for code in plugin.build_languages:
        part = copy.copy(plugin)  # it lays out its current language, and looks up paths in it later
        part.current_language = code
        try:
            yield code, part.reconfigure_files(files, config)
        except Exception as error:  # noqa: BLE001 - it raises no type of its own
            reason = _written_twice(config, files, plugin) or f"{_I18N}: {error}"
            raise ConfigRefused([ConfigProblem("plugins", reason)]) from None


def _written_twice(config: MkDocsConfig, files: Files, plugin: Any) -> Message | None:
    """What there is of a page of the default language twice, with and without that language in its name."""
    from mkdocs_static_i18n import folder, suffix

    create = (folder if plugin.config.docs_structure == "folder" else suffix).create_i18n_file
    default, seen = plugin.default_language, dict[str, str]()
    for file in (file for file in files if file.is_documentation_page()):
        own = create(file, default, default, plugin.all_languages, config)
        if own.locale == default and seen.setdefault(own.norm_src_uri, file.src_uri) != file.src_uri:
            return settings_message("page-twice", file=seen[own.norm_src_uri], other=file.src_uri)
    return None


def theme_language(config: MkDocsConfig) -> str:
    """The language of a site, by the option of whichever theme."""
    return str(config.theme.get("language") or config.theme.get("locale") or "en").replace("_", "-")


def _locales(config: MkDocsConfig) -> tuple[Locale, ...]:
    plugin: Any = config.plugins.get(_I18N)
    if plugin is None:
        return (Locale(theme_language(config), config.site_name, ""),)
    default = plugin.default_language
    codes = sorted(plugin.build_languages, key=lambda code: code != default)
    names = {code: plugin.get_language_config(code).site_name or config.site_name for code in codes}
    return tuple(Locale(code, names[code], "" if code == default else f"{code}/") for code in codes)


def _lookups(part: Files, described: Mapping[str, Mapping[str, SiteFile]]) -> Iterator[tuple[str, str]]:
    """The paths that lead to a file of another name.

    static-i18n tries a few names for each path; turned round, a file answers to its own name and, in each language, to
    the names that its translations have or would have.
    """
    if type(part) is Files:
        return
    codes = tuple(described)
    tried: set[str] = set()
    for file in (file for files in described.values() for file in files.values()):
        bare = _without_suffix(file.source, codes)
        tried.update((file.source, file.key, bare, *(f"{code}/{file.key}" for code in codes)))
    for path in tried:
        found = part.get_file_from_path(path)
        if found is not None and found.src_uri != path:
            yield path, found.src_uri


def _without_suffix(source: str, codes: Iterable[str]) -> str:
    stem, dot, extension = source.rpartition(".")
    bare = next((stem.removesuffix(f".{code}") for code in codes if stem.endswith(f".{code}")), stem)
    return bare + dot + extension


def _conflicts(described: Mapping[str, Mapping[str, SiteFile]]) -> Iterator[Conflict]:
    """Files that would overwrite each other in the built site, each once."""
    owners: dict[str, str] = {}
    files = (file for part in described.values() for file in part.values() if not (file.left_out or file.added))
    found: dict[str, Conflict] = {}
    for file in files:
        owner = owners.setdefault(file.dest, file.source)
        if owner != file.source:
            found.setdefault(file.source, Conflict(file.source, owner, file.url))
    yield from found.values()


def _dropped(config: MkDocsConfig, files: Files) -> Iterator[Conflict]:
    """Pages that MkDocs drops for another one of the same URL, such as README.md beside index.md."""
    owners = {file.dest_uri: file for file in files if file.inclusion not in _LEFT_OUT}
    missing = [source for source in _markdown(config.docs_dir) if source not in files.src_uris and _is_unicode(source)]
    dropped = [File(source, config.docs_dir, config.site_dir, config.use_directory_urls) for source in missing]
    set_exclusions(dropped, config)
    for file in dropped:
        owner = owners.get(file.dest_uri)
        if owner is not None and file.inclusion not in _LEFT_OUT:
            yield Conflict(file.src_uri, owner.src_uri, unquote(owner.url))


def _markdown(folder: str) -> Iterator[str]:
    for place, _, names in os.walk(folder, followlinks=True):
        inner = Path(place).relative_to(folder).as_posix()
        yield from (name if inner == "." else f"{inner}/{name}" for name in names if is_markdown_file(name))

"""Asks MkDocs and static-i18n what they make of a site. Beside `plugin`, only this and `mkdocs_config` import them.

A check asks about a site that nobody builds. For that MkDocs reads and validates mkdocs.yml, and static-i18n's own code
lays out the files; neither hooks nor other plugins are loaded, since no event of theirs would run. A build hands over
the files it has, with whatever its plugins did to them.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec
from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.utils import is_markdown_file, markdown_extensions

from docsite.config.config_file import entry_names
from docsite.config.mkdocs_config import (
    I18N,
    custom_dir,
    load_config,
    read_config,
    refuse_circles,
    silent_log,
)
from docsite.config.settings_messages import settings_message
from docsite.config.site import ConfigProblem, ConfigRefused, Conflict, Locale, MkDocsSite, SiteFile
from docsite.diagnostics.messages import Message

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
    with silent_log():
        config, is_themed = load_config(config_file)
        try:
            refuse_circles(config.docs_dir)
            files = _outside(get_files(config), config.site_dir)
        except RecursionError:
            raise ConfigRefused([ConfigProblem("docs_dir", settings_message("too-deep"))]) from None
        theme = Environment(loader=_VisibleFiles(config.theme.dirs), autoescape=True)
        files.add_files_from_theme(theme, config)
        site = describe_site(config, files, private)
        written = read_config(config_file)
        site = msgspec.structs.replace(
            site,
            theme_dirs=site.theme_dirs if is_themed else (),
            has_templates=_has_templates([*entry_names(written["plugins"]), *entry_names(written["hooks"])]),
        )
        return site, (config.docs_dir, *config.theme.dirs, *custom_dir(config_file))


def _outside(files: Files, site_dir: str) -> Files:
    """The files that are not those of a built site, which only the plugin same-dir lets be in docs_dir."""
    return Files([file for file in files if not Path(file.abs_src_path or "").is_relative_to(site_dir)])


class _VisibleFiles(FileSystemLoader):
    """Lists the files of a theme without hidden folders, which MkDocs leaves out: Material has 14,000 icons there."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for folder, folders, names in os.walk(root):
                folders[:] = [name for name in folders if not name.startswith(".")]
                found.update(Path(folder, name).relative_to(root).as_posix() for name in names)
        return sorted(found)


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

    inclusions = _inclusions_by_settings(parts.values(), config)

    def left_out(file: File) -> str:
        named = next((key for folder, key in private.items() if file.src_uri.startswith(f"{folder}/")), "")
        inclusion = inclusions[file.src_uri]
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


def _inclusions_by_settings(parts: Iterable[Files], config: MkDocsConfig) -> dict[str, InclusionLevel]:
    """What mkdocs.yml says of each file.

    What a plugin says may hold for a while only: Material's blog takes its posts out until it has placed them.
    """
    unplaced = {file.src_uri: copy.copy(file) for part in parts for file in part}
    for file in unplaced.values():
        file.inclusion = InclusionLevel.UNDEFINED
    set_exclusions(unplaced.values(), config)
    return {source: file.inclusion for source, file in unplaced.items()}


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
    plugin: Any = config.plugins.get(I18N)
    if plugin is None:
        yield theme_language(config), files
        return
    for code in plugin.build_languages:
        part = copy.copy(plugin)  # it lays out its current language, and looks up paths in it later
        part.current_language = code
        try:
            yield code, part.reconfigure_files(files, config)
        except Exception as error:  # noqa: BLE001 - it raises no type of its own
            reason = _written_twice(config, files, plugin) or f"{I18N}: {error}"
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
    plugin: Any = config.plugins.get(I18N)
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

"""What a site is and how it is checked, frozen: the settings of docsite, and what MkDocs says of the site."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docsite._util.addresses import find_address_problem
from docsite._util.hashing import content_hash
from docsite.config import site_cache
from docsite.config.additions import Additions, read_additions, read_variables
from docsite.config.config_file import (
    ConfigFile,
    OptionPlaces,
    RepeatedKeys,
    SettingsError,
    entry_names,
    ignored_in_nav_files,
    merge_config,
    option_places,
    own_options,
    read_config,
    repeated_keys,
)
from docsite.config.dialect import Dialect
from docsite.config.settings_messages import settings_message
from docsite.config.site import ConfigProblem, ConfigRefused, Locale, MkDocsSite
from docsite.diagnostics.messages import Message, make_message, system_reason
from docsite.diagnostics.rules import Severity

_HIDDEN = {"includes": ".includes", "data": ".data"}
_PRIVATE = {
    Dialect.JEKYLL: {"includes": "_includes", "data": "data"},
    Dialect.MARKDOWN: _HIDDEN,
    Dialect.NONE: _HIDDEN,
}
"""Folders of docs_dir that are left out of the site, by dialect and by the setting that names them. A native site may
well publish folders of the first names; MkDocs itself leaves hidden ones out."""


@dataclass(frozen=True, slots=True)
class External:
    """When an address outside the site is asked for, and when one that does not exist fails a check.

    Attributes:
        dead_runs, dead_days: in how many runs, and over how many days, it must have been dead.
        max_age_hours: how long one that was found alive is not asked for again.
    """

    dead_runs: int = 3
    dead_days: float = 2
    max_age_hours: float = 24


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the toolkit knows about a site before it reads a page.

    Attributes:
        root: the folder of mkdocs.yml; the paths of findings are relative to it.
        locales: the source language first.
        mkdocs: the pages and files of the site, as MkDocs has them.
        fingerprint: of the whole configuration, where pages follow from more of it than is named here.
        site: what `site.*` adds to Jekyll's own variables.
        blocks: Liquid block tags that become a `div` of that class.
        native_blocks: the containers that Markdown extensions of the site add: `!!!`, `???`, `===`, `///`.
        ignore: by pattern of path, the rules that are not applied there.
        rules_url: where the documentation of the rules is; "" where nobody said.
        severities: by rule or group of rules, the severity of its findings.
        other_sites: paths on the same host where other sites are.
        baseline: the file of known findings, of which neither the build nor a check complains.
        search: whether the built site has docsite's own search.
        markdown_copies: whether it has a Markdown copy of each page.
        additions: what the site adds to the dialect.
        security_headers: whether it has a file of headers with a Content-Security-Policy.
        option_places: where the settings are written.
        repeated_keys: of mkdocs.yml, of which MkDocs takes the last.
    """

    config_file: Path
    docs_dir: Path
    site_url: str
    locales: tuple[Locale, ...]
    use_directory_urls: bool
    includes: Path
    data: Path
    mkdocs: MkDocsSite = field(repr=False)
    dialect: Dialect = Dialect.JEKYLL
    fingerprint: str = ""
    site: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    blocks: tuple[str, ...] = ()
    native_blocks: tuple[str, ...] = ()
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    rules_url: str = ""
    external: External = External()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    other_sites: tuple[str, ...] = ()
    baseline: Path | None = None
    search: bool = False
    markdown_copies: bool = False
    additions: Additions = field(default_factory=Additions)
    security_headers: bool = False
    option_places: OptionPlaces = field(default_factory=lambda: MappingProxyType({}), repr=False)
    repeated_keys: RepeatedKeys = field(default=(), repr=False)

    @property
    def root(self) -> Path:
        return self.config_file.parent

    @property
    def address_of_all_versions(self) -> str:
        """Where the site is served, without the version that mike adds while it builds one."""
        version = os.environ.get(MIKE_VERSION)
        return self.site_url.rstrip("/").removesuffix(f"/{version}") if version else self.site_url

    @property
    def source(self) -> Locale:
        return self.locales[0]

    def is_private(self, source: str) -> bool:
        """Whether a file, given relative to docs_dir, is an include or a data file, and not part of the site."""
        return not {self.includes, self.data}.isdisjoint((self.docs_dir / source).parents)

    def shown(self, path: Path) -> str:
        """A path as findings name it."""
        root, name = f"{self.root}{os.sep}", str(path)
        if os.sep == "/" and name.startswith(root) and "/../" not in name:
            return name[len(root) :]
        return Path(os.path.relpath(path, self.root)).as_posix()


MIKE_VERSION = "MIKE_DOCS_VERSION"
"""The environment variable in which mike names the version that it builds."""

AskMkDocs = Callable[[Mapping[str, str]], MkDocsSite]
"""Says what MkDocs makes of a site, given the folders that are left out of it and the settings that say so."""


def load_settings(config_file: Path, ask: AskMkDocs | None = None, *, cached: bool = True) -> Settings:
    """Read mkdocs.yml, and ask MkDocs what it makes of it.

    Args:
        ask: answers in place of MkDocs' own reading of the file, as a build does.
        cached: whether to use, and keep, what MkDocs said when it was last asked.

    Raises:
        SettingsError: the file is missing, is not YAML, MkDocs would not build it, or the settings of docsite are not
            as their schema asks.
    """
    config_file = config_file.resolve()
    files = read_config(config_file)
    config = merge_config(document for _, document in files)
    _require_valid_url(files, str(config.get("site_url") or ""))
    own = own_options(config, config_file)
    dialect = Dialect(own.get("dialect", Dialect.JEKYLL))
    folders = {key: posixpath.normpath(own.get(key, default)) for key, default in _PRIVATE[dialect].items()}
    private = {folder: f"extra.docsite.{key}" for key, folder in folders.items()}
    try:
        mkdocs = ask(private) if ask else site_cache.load_site(config_file, repr(config), private, cached=cached)
    except ConfigRefused as error:
        raise SettingsError(*(_refusal(files, problem) for problem in error.problems)) from None
    docs_dir = Path(mkdocs.docs_dir).resolve()
    extensions = [name.removeprefix("markdown.extensions.") for name in entry_names(config.get("markdown_extensions"))]
    severities = {name: Severity(level) for name, level in own.get("severity", {}).items()}
    ignored = {str(path): tuple(rules) for path, rules in own.get("ignore", {}).items()}
    _require_readable(docs_dir, config_file)
    return Settings(
        config_file=config_file,
        docs_dir=docs_dir,
        site_url=mkdocs.site_url,
        locales=mkdocs.locales,
        use_directory_urls=mkdocs.use_directory_urls,
        includes=docs_dir / folders["includes"],
        data=docs_dir / folders["data"],
        mkdocs=mkdocs,
        dialect=dialect,
        fingerprint="" if dialect is Dialect.JEKYLL else content_hash(repr(config)),
        site=MappingProxyType(read_variables(own, config_file.parent)),
        blocks=tuple(own.get("liquid", {}).get("blocks", ())),
        rules_url=str(own.get("rules_url", "")),
        native_blocks=tuple(sorted({*_native_blocks(extensions)})),
        ignore=MappingProxyType({**ignored_in_nav_files(config), **ignored}),
        external=External(**own.get("external", {})),
        severities=MappingProxyType({**(_OFF_WITH_SMARTY if "smarty" in extensions else {}), **severities}),
        other_sites=tuple(own.get("other_sites", ())),
        baseline=config_file.parent / own["baseline"] if "baseline" in own else None,
        search=bool(own.get("search", False)),
        markdown_copies=bool(own.get("markdown_copies", False)),
        additions=read_additions(own, config_file.parent),
        security_headers=bool(own.get("security_headers", False)),
        option_places=option_places(files),
        repeated_keys=repeated_keys(files),
    )


def settings_without_config(config_file: Path) -> Settings:
    """The settings for a check of a built site whose mkdocs.yml is not there."""
    folder = config_file.resolve().parent
    nothing = MkDocsSite(docs_dir=str(folder), site_url="", use_directory_urls=True, locales=(), files={}, lookups={})
    return Settings(
        config_file=folder / config_file.name,
        docs_dir=folder,
        site_url="",
        locales=(),
        use_directory_urls=True,
        includes=folder,
        data=folder,
        mkdocs=nothing,
    )


def _require_valid_url(files: Sequence[ConfigFile], site_url: str) -> None:
    """Raise for an address that no site can have, which MkDocs lets pass or cannot even refuse."""
    problem = find_address_problem(site_url)
    if problem and problem.rule == "link-syntax":
        message = make_message(problem.rule, problem.key, address=site_url)
        raise SettingsError(_refusal(files, ConfigProblem("site_url", message)))


def _require_readable(docs_dir: Path, config_file: Path) -> None:
    try:
        any(docs_dir.iterdir())
    except OSError as error:
        names = {"file": config_file.name, "folder": docs_dir.name}
        raise SettingsError(settings_message("docs-dir-unreadable", **names, reason=system_reason(error))) from None


def _refusal(files: Sequence[ConfigFile], problem: ConfigProblem) -> Message:
    """What MkDocs says of mkdocs.yml, at the key that it is about."""
    path, document = next((one for one in files if (problem.key,) in one[1].positions), files[0])
    where = document.position((problem.key,))
    if problem.key == "docs_dir" and not problem.message:
        folder = str(document.data.get("docs_dir") or "docs")
        return settings_message("no-docs-dir", file=path.name, line=where.line, column=where.column, folder=folder)
    key, message = problem.key or "MkDocs", problem.message
    return settings_message("mkdocs", file=path.name, line=where.line, column=where.column, key=key, message=message)


_OFF_WITH_SMARTY = dict.fromkeys(("typography-apostrophe", "typography-quotes", "typography-ellipsis"), Severity.INFO)
"""Rules about what the Markdown extension smarty writes by itself."""

_NATIVE_BLOCKS = {
    "admonition": "!!!",
    "pymdownx.details": "???",
    "pymdownx.tabbed": "===",
    "pymdownx.blocks": "///",
}


def _native_blocks(extensions: Iterable[str]) -> Iterator[str]:
    """The containers that extensions add."""
    for name in extensions:
        for extension, sign in _NATIVE_BLOCKS.items():
            if name == extension or name.startswith(f"{extension}."):
                yield sign

"""What a site is and how it is checked, frozen: the settings of docsite, and what MkDocs says of the site."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import mergedeep
from yaml_env_tag import construct_env_tag

from docsite._util.hashing import content_hash
from docsite.config import site_cache, yaml_document
from docsite.config.additions import Additions, find_problems, read_additions, read_variables
from docsite.config.dialect import Dialect
from docsite.config.settings_messages import settings_message
from docsite.config.site import ConfigProblem, ConfigRefused, Locale, MkDocsSite
from docsite.config.yaml_document import KeyPath, SafeLoader, YamlProblem
from docsite.diagnostics import rules
from docsite.diagnostics.messages import Message
from docsite.diagnostics.rules import Severity
from docsite.diagnostics.suggestions import closest_match
from docsite.errors import UsageError

_BUILT_IN = frozenset(
    [
        "alert",
        "tabs",
        "tab",
        "details",
        "raw",
        "comment",
        "if",
        "unless",
        "case",
        "for",
        "tablerow",
        "capture",
        "assign",
        "include",
        "echo",
        "cycle",
        "increment",
        "decrement",
        "break",
        "continue",
        "else",
        "elsif",
        "when",
        "liquid",
        "render",
    ]
)
"""Liquid tags that no block of a site may be named like."""

_HIDDEN = {"includes": ".includes", "data": ".data"}
_PRIVATE = {
    Dialect.JEKYLL: {"includes": "_includes", "data": "data"},
    Dialect.MARKDOWN: _HIDDEN,
    Dialect.NONE: _HIDDEN,
}
"""Folders of docs_dir that are left out of the site, by dialect and by the setting that names them. A native site may
well publish folders of the first names; MkDocs itself leaves hidden ones out."""


class SettingsError(UsageError):
    """mkdocs.yml cannot be used."""


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
        baseline: the file of known findings, of which neither the build nor a check complains.
        search: whether the built site has docsite's own search.
        markdown_copies: whether it has a Markdown copy of each page.
        additions: what the site adds to the dialect.
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
    native_blocks: frozenset[str] = frozenset()
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    rules_url: str = ""
    external: External = External()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    baseline: Path | None = None
    search: bool = False
    markdown_copies: bool = False
    additions: Additions = field(default_factory=Additions)

    @property
    def root(self) -> Path:
        return self.config_file.parent

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
    files = _read(config_file)
    config = _merged(document for _, document in files)
    own = _own_options(config, config_file)
    dialect = Dialect(own.get("dialect", Dialect.JEKYLL))
    folders = {key: posixpath.normpath(own.get(key, default)) for key, default in _PRIVATE[dialect].items()}
    private = {folder: f"extra.docsite.{key}" for key, folder in folders.items()}
    try:
        mkdocs = ask(private) if ask else site_cache.load_site(config_file, repr(config), private, cached=cached)
    except ConfigRefused as error:
        raise SettingsError(*(_refusal(files, problem) for problem in error.problems)) from None
    docs_dir = Path(mkdocs.docs_dir).resolve()
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
        native_blocks=frozenset(_native_blocks(config.get("markdown_extensions"))),
        ignore=MappingProxyType({path: tuple(rules) for path, rules in own.get("ignore", {}).items()}),
        external=External(**own.get("external", {})),
        severities=MappingProxyType({name: Severity(level) for name, level in own.get("severity", {}).items()}),
        baseline=config_file.parent / own["baseline"] if "baseline" in own else None,
        search=bool(own.get("search", False)),
        markdown_copies=bool(own.get("markdown_copies", False)),
        additions=read_additions(own, config_file.parent),
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


def _require_readable(docs_dir: Path, config_file: Path) -> None:
    try:
        any(docs_dir.iterdir())
    except OSError as error:
        names = {"file": config_file.name, "folder": docs_dir.name}
        raise SettingsError(settings_message("docs-dir-unreadable", **names, reason=str(error.strerror))) from None


def _refusal(files: Sequence[ConfigFile], problem: ConfigProblem) -> Message:
    """What MkDocs says of mkdocs.yml, at the key that it is about."""
    path, document = next((one for one in files if (problem.key,) in one[1].positions), files[0])
    where = document.position((problem.key,))
    if problem.key == "docs_dir" and not problem.message:
        folder = str(document.data.get("docs_dir") or "docs")
        return settings_message("no-docs-dir", file=path.name, line=where.line, column=where.column, folder=folder)
    key, message = problem.key or "MkDocs", problem.message
    return settings_message("mkdocs", file=path.name, line=where.line, column=where.column, key=key, message=message)


_NATIVE_BLOCKS = {
    "admonition": "!!!",
    "pymdownx.details": "???",
    "pymdownx.tabbed": "===",
    "pymdownx.blocks": "///",
}


def _native_blocks(extensions: Any) -> Iterator[str]:
    """The containers that extensions add, of which a list may hold names and mappings."""
    names = [*extensions] if isinstance(extensions, list | dict) else []
    names += [name for entry in names if isinstance(entry, dict) for name in entry]
    for name in names:
        for extension, sign in _NATIVE_BLOCKS.items():
            if isinstance(name, str) and (name == extension or name.startswith(f"{extension}.")):
                yield sign


class _ConfigLoader(SafeLoader):
    """Reads MkDocs' own tags safely: the environment is looked up, Python names stay unread."""


_ConfigLoader.add_constructor("!ENV", construct_env_tag)
_ConfigLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


ConfigFile = tuple[Path, yaml_document.YamlDocument]


def _read(path: Path, seen: frozenset[Path] = frozenset()) -> list[ConfigFile]:
    """mkdocs.yml, and the files it inherits from, the nearest first."""
    if path in seen:
        raise SettingsError(settings_message("inherit-loop", file=str(path)))
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise SettingsError(settings_message("not-utf8", file=str(path))) from None
    except OSError as error:
        raise SettingsError(settings_message("unreadable", file=str(path), reason=str(error.strerror))) from None
    document = yaml_document.parse_yaml(text, _ConfigLoader)
    problems = [problem for problem in document.problems if problem.kind == "syntax"]
    if not problems and not isinstance(document.data, dict):
        raise SettingsError(settings_message("not-mapping", file=str(path)))
    problems = problems or list(yaml_document.validate(document, "mkdocs")) or _own_problems(document)
    if problems:
        raise SettingsError(*(_located(path, problem) for problem in sorted(problems, key=lambda one: one.position)))
    parent = document.data.get("INHERIT")
    return [(path, document), *(_read((path.parent / str(parent)).resolve(), seen | {path}) if parent else ())]


def _merged(documents: Iterable[yaml_document.YamlDocument]) -> dict[str, Any]:
    """What a file and those it inherits from say together, as MkDocs merges them."""
    config: dict[str, Any] = mergedeep.merge({}, *reversed([document.data for document in documents]))
    return config


def _own_options(config: dict[str, Any], config_file: Path) -> dict[str, Any]:
    """The settings, from `extra.docsite` and from the options of the plugin; no key may be set to two values."""
    extra, plugin = (config.get("extra") or {}).get("docsite") or {}, _plugin(config, "docsite")
    for key in extra.keys() & plugin.keys():
        if extra[key] != plugin[key]:
            raise SettingsError(settings_message("two-values", file=config_file.name, key=key))
    return plugin | extra


def _own_problems(document: yaml_document.YamlDocument) -> list[YamlProblem]:
    """What is wrong with the settings of docsite in one file, be they in `extra` or in the plugin's options."""
    problems: list[YamlProblem] = []
    for path in filter(None, (("extra", "docsite"), _plugin_path(document.data, "docsite"))):
        inside = {key[len(path) :]: where for key, where in document.positions.items() if key[: len(path)] == path}
        inner = yaml_document.YamlDocument(_value_at(document.data, path) or {}, inside)
        problems += list(yaml_document.validate(inner, "settings")) or _deeper_problems(inner)
    return problems


def _deeper_problems(own: yaml_document.YamlDocument) -> list[YamlProblem]:
    return [*_unknown_rules(own), *_taken_names(own), *find_problems(own)]


def _value_at(data: Any, path: KeyPath) -> Any:
    """The value that a path leads to; None where there is none."""
    for step in path:
        if data is None or (isinstance(data, dict) and step not in data):
            return None
        data = data[step]
    return data


def _plugin_path(config: Mapping[str, Any], name: str) -> KeyPath:
    """Where mkdocs.yml holds the options of a plugin, however its list of plugins is written."""
    plugins = config.get("plugins")
    for index, entry in enumerate(plugins if isinstance(plugins, list) else ()):
        if isinstance(entry, dict) and name in entry:
            return ("plugins", index, name)
    return ("plugins", name) if isinstance(plugins, dict) else ()


def _taken_names(own: yaml_document.YamlDocument) -> Iterator[YamlProblem]:
    liquid = own.data.get("liquid", {})
    named: list[tuple[KeyPath, str]] = [
        (("blocks", index), name) for index, name in enumerate(liquid.get("blocks", ()))
    ]
    named += [(("tags", name), name) for name in liquid.get("tags", {})]
    for path, name in named:
        if name in _BUILT_IN:
            position = own.position(("liquid", *path))
            yield YamlProblem("type", position, settings_message("tag-taken", tag=name), name)


def _unknown_rules(own: yaml_document.YamlDocument) -> Iterator[YamlProblem]:
    ignored = own.data.get("ignore", {}).items()
    named: list[tuple[KeyPath, str]] = [(("severity", name), name) for name in own.data.get("severity", {})]
    named += [(("ignore", path, index), name) for path, names in ignored for index, name in enumerate(names)]
    for path, name in named:
        if not rules.is_known_rule(name):
            meant = closest_match(name, rules.rule_candidates(name))
            yield YamlProblem("type", own.position(path), settings_message("unknown-rule", rule=name), name, meant)


def _located(path: Path, problem: YamlProblem) -> Message:
    line, column = problem.position
    where: dict[str, str | int | Message] = {"file": path.name, "line": line, "column": column}
    where["problem"] = problem.message
    if problem.suggestion:
        return settings_message("problem-suggestion", **where, suggestion=problem.suggestion)
    return settings_message("problem", **where)


def _plugin(config: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The options of a plugin; empty when it is absent."""
    path = _plugin_path(config, name)
    return dict(_value_at(config, path) or {}) if path else {}

"""What mkdocs.yml says, frozen: the languages, the folders, and `extra.docsite`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from docsite._util.hashing import content_hash
from docsite.config import yaml_document
from docsite.config.dialect import Dialect
from docsite.config.settings_messages import settings_message
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


class SettingsError(UsageError):
    """mkdocs.yml cannot be used."""


@dataclass(frozen=True, slots=True)
class Locale:
    """A language of the site: its code, the folder of its pages and the title it gives the site."""

    code: str
    folder: str
    site_name: str
    served_at_root: bool


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
        fallback: whether a page without translation is shown in the source language.
        fingerprint: of the whole configuration, where pages follow from more of it than is named here.
        site: what `site.*` adds to Jekyll's own variables.
        blocks: Liquid block tags that become a `div` of that class.
        ignore: by pattern of path, the rules that are not applied there.
        rules_url: where the documentation of the rules is; "" where nobody said.
        severities: by rule or group of rules, the severity of its findings.
        baseline: the file of known findings, of which neither the build nor a check complains.
        search: whether the built site has docsite's own search.
        markdown_copies: whether it has a Markdown copy of each page.
    """

    config_file: Path
    docs_dir: Path
    site_url: str
    locales: tuple[Locale, ...]
    fallback: bool
    use_directory_urls: bool
    includes: Path
    data: Path
    dialect: Dialect = Dialect.JEKYLL
    fingerprint: str = ""
    site: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    blocks: tuple[str, ...] = ()
    ignore: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    rules_url: str = ""
    external: External = External()
    severities: Mapping[str, Severity] = field(default_factory=lambda: MappingProxyType({}))
    baseline: Path | None = None
    search: bool = False
    markdown_copies: bool = False

    @property
    def root(self) -> Path:
        return self.config_file.parent

    @property
    def source(self) -> Locale:
        return self.locales[0]

    def shown(self, path: Path) -> str:
        """A path as findings name it."""
        root, name = f"{self.root}{os.sep}", str(path)
        if os.sep == "/" and name.startswith(root) and "/../" not in name:
            return name[len(root) :]
        return Path(os.path.relpath(path, self.root)).as_posix()


def load_settings(config_file: Path) -> Settings:
    """Read mkdocs.yml.

    Raises:
        SettingsError: the file is missing, is not YAML, or `extra.docsite` is not as its schema asks.
    """
    config_file = config_file.resolve()
    config = _read(config_file)
    own = _own_options(config, config_file)
    docs_dir = (config_file.parent / str(config.get("docs_dir") or "docs")).resolve()
    if not docs_dir.is_dir():
        raise SettingsError(settings_message("no-docs-dir", file=config_file.name, folder=docs_dir.name))
    try:
        any(docs_dir.iterdir())
    except OSError as error:
        names = {"file": config_file.name, "folder": docs_dir.name}
        raise SettingsError(settings_message("docs-dir-unreadable", **names, reason=str(error.strerror))) from None
    i18n = _plugin(config, "i18n")
    dialect = Dialect(own.get("dialect", Dialect.JEKYLL))
    # A native site may well publish folders of the other names; MkDocs itself leaves hidden ones out.
    includes, data = ("_includes", "data") if dialect is Dialect.JEKYLL else (".includes", ".data")
    return Settings(
        config_file=config_file,
        docs_dir=docs_dir,
        site_url=str(config.get("site_url") or ""),
        locales=_locales(config, i18n),
        fallback=bool(i18n.get("fallback_to_default", True)) if i18n else False,
        use_directory_urls=config.get("use_directory_urls", True) is not False,
        includes=docs_dir / own.get("includes", includes),
        data=docs_dir / own.get("data", data),
        dialect=dialect,
        fingerprint="" if dialect is Dialect.JEKYLL else content_hash(repr(config)),
        site=MappingProxyType(own.get("site", {})),
        blocks=tuple(own.get("liquid", {}).get("blocks", ())),
        rules_url=str(own.get("rules_url", "")),
        ignore=MappingProxyType({path: tuple(rules) for path, rules in own.get("ignore", {}).items()}),
        external=External(**own.get("external", {})),
        severities=MappingProxyType({name: Severity(level) for name, level in own.get("severity", {}).items()}),
        baseline=config_file.parent / own["baseline"] if "baseline" in own else None,
        search=bool(own.get("search", False)),
        markdown_copies=bool(own.get("markdown_copies", False)),
    )


class _ConfigLoader(SafeLoader):
    """Reads MkDocs' own tags safely: the environment is looked up, Python names stay unread."""


def _env(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        raise yaml.constructor.ConstructorError(None, None, "!ENV takes a name or a list of names", node.start_mark)
    names = [loader.construct_object(item) for item in node.value] if isinstance(node.value, list) else [node.value]
    *wanted, default = names if isinstance(node.value, list) else [*names, None]
    return next((os.environ[name] for name in wanted if name in os.environ), default)


_ConfigLoader.add_constructor("!ENV", _env)
_ConfigLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def _read(path: Path, seen: frozenset[Path] = frozenset()) -> dict[str, Any]:
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
    config: dict[str, Any] = document.data
    parent = config.pop("INHERIT", None)
    return _merged(_read((path.parent / str(parent)).resolve(), seen | {path}), config) if parent else config


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """INHERIT as MkDocs has it: mappings merge, anything else replaces."""
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        result[key] = _merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result


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
        problems += list(yaml_document.validate(inner, "settings")) or [*_unknown_rules(inner), *_taken_names(inner)]
    return problems


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
    for index, name in enumerate(own.data.get("liquid", {}).get("blocks", ())):
        if name in _BUILT_IN:
            position = own.position(("liquid", "blocks", index))
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


def _locales(config: dict[str, Any], i18n: dict[str, Any]) -> tuple[Locale, ...]:
    """The languages of static-i18n, the default one first; without it, one language whose pages fill docs_dir."""
    name = str(config.get("site_name") or "")
    languages = [entry for entry in i18n.get("languages") or [] if entry.get("build", True)]
    if not languages:
        theme = config.get("theme")
        code = theme.get("language", "en") if isinstance(theme, dict) else "en"
        return (Locale(str(code), "", name, served_at_root=True),)
    languages.sort(key=lambda entry: not entry.get("default", False))
    return tuple(
        Locale(entry["locale"], entry["locale"], str(entry.get("site_name") or name), bool(entry.get("default")))
        for entry in languages
    )

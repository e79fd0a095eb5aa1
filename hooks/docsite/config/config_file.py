"""mkdocs.yml and the files it inherits from, with positions; and where they hold the settings of docsite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import mergedeep
from yaml_env_tag import construct_env_tag

from docsite._util.errors import UsageError
from docsite.config import yaml_document
from docsite.config.additions import find_problems
from docsite.config.settings_messages import settings_message
from docsite.config.yaml_document import KeyPath, SafeLoader, YamlPosition, YamlProblem
from docsite.diagnostics import rules
from docsite.diagnostics.messages import Message, system_reason
from docsite.diagnostics.suggestions import closest_match

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


class _ConfigLoader(SafeLoader):
    """Reads MkDocs' own tags safely: the environment is looked up, Python names stay unread."""


_ConfigLoader.add_constructor("!ENV", construct_env_tag)
_ConfigLoader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


ConfigFile = tuple[Path, yaml_document.YamlDocument]


def read_config(path: Path, seen: frozenset[Path] = frozenset()) -> list[ConfigFile]:
    """mkdocs.yml, and the files it inherits from, the nearest first."""
    if path in seen:
        raise SettingsError(settings_message("inherit-loop", file=str(path)))
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        raise SettingsError(settings_message("not-utf8", file=str(path))) from None
    except OSError as error:
        raise SettingsError(settings_message("unreadable", file=str(path), reason=system_reason(error))) from None
    document = yaml_document.parse_yaml(text, _ConfigLoader)
    if document.data is None and not document.problems:
        document = yaml_document.YamlDocument({})
    problems = [problem for problem in document.problems if problem.kind == "syntax"]
    if document.data is not None:  # so that they are keys that occur twice, which MkDocs takes
        problems = [problem for problem in problems if problem.position in _own_positions(document)]
    if not problems and not isinstance(document.data, dict):
        raise SettingsError(settings_message("not-mapping", file=str(path)))
    problems = problems or list(yaml_document.validate(document, "mkdocs")) or _own_problems(document)
    if problems:
        raise SettingsError(*(_located(path, problem) for problem in sorted(problems, key=lambda one: one.position)))
    parent = document.data.get("INHERIT")
    return [(path, document), *(read_config((path.parent / str(parent)).resolve(), seen | {path}) if parent else ())]


def _own_positions(document: yaml_document.YamlDocument) -> set[YamlPosition]:
    """The places of the settings of docsite."""
    own = (("extra", "docsite"), _plugin_path(document.data, "docsite"))
    return {place for key, place in document.positions.items() for path in own if path and key[: len(path)] == path}


RepeatedKeys = tuple[tuple[Path, YamlPosition, str], ...]
"""Keys that occur twice: the file, the place of the second one, and its name."""


def repeated_keys(files: Iterable[ConfigFile]) -> RepeatedKeys:
    """The keys of mkdocs.yml that occur twice, apart from settings of docsite, for which `read_config` raises."""
    found = ((path, problem) for path, document in files for problem in document.problems if problem.kind == "syntax")
    return tuple((path, problem.position, problem.target) for path, problem in found)


def merge_config(documents: Iterable[yaml_document.YamlDocument]) -> dict[str, Any]:
    """What a file and those it inherits from say together, as MkDocs merges them."""
    config: dict[str, Any] = mergedeep.merge({}, *reversed([document.data for document in documents]))
    return config


def own_options(config: dict[str, Any], config_file: Path) -> dict[str, Any]:
    """The settings, from `extra.docsite` and from the options of the plugin; no key may be set to two values."""
    extra, plugin = (config.get("extra") or {}).get("docsite") or {}, _plugin(config, "docsite")
    for key in extra.keys() & plugin.keys():
        if extra[key] != plugin[key]:
            raise SettingsError(settings_message("two-values", file=config_file.name, key=key))
    return plugin | extra


def entry_names(entries: Any) -> Iterator[str]:
    """The names in a part of mkdocs.yml that is a list of names, each with or without options, or a mapping."""
    for entry in entries if isinstance(entries, list | Mapping) else ():
        yield from map(str, entry if isinstance(entry, Mapping) else [entry])


_LITERATE_NAV = "literate-nav"


def ignored_in_nav_files(config: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The rules that do not apply to the files in which literate-nav reads the navigation, by their pattern.

    A link to a folder stands there for all of its pages, and MkDocs says itself what the navigation lacks.
    """
    if _LITERATE_NAV not in entry_names(config.get("plugins")):
        return {}
    name = _plugin(config, _LITERATE_NAV).get("nav_file", "SUMMARY.md")
    return {f"**/{name}": ("link-missing-page", "page-orphan")}


OptionPlaces = Mapping[KeyPath, tuple[Path, YamlPosition]]
"""Where each setting of docsite is written: the file, and the position in it."""


def option_places(files: Sequence[ConfigFile]) -> OptionPlaces:
    """Where the settings of docsite are written, the nearest file first."""
    found: dict[KeyPath, tuple[Path, YamlPosition]] = {}
    for path, document in reversed(files):
        for own in (_plugin_path(document.data, "docsite"), ("extra", "docsite")):
            inner = {key[len(own) :]: place for key, place in document.positions.items() if key[: len(own)] == own}
            found |= {key: (path, place) for key, place in inner.items() if own}
    return found


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
    named: list[tuple[KeyPath, str]] = [(("severity", name), name) for name in map(str, own.data.get("severity", {}))]
    named += [(("ignore", str(path), index), name) for path, names in ignored for index, name in enumerate(names)]
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

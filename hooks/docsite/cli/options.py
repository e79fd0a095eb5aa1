"""Options that several commands have, and the types of their values."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from docsite._util.addresses import find_address_problem
from docsite._util.catalog import LANGUAGES
from docsite.cli.result import CommandResult
from docsite.cli.usage_messages import argument_error
from docsite.config.settings import load_settings
from docsite.diagnostics.rules import RULES, Severity, is_known_rule, matches_rule, rule_candidates
from docsite.diagnostics.suggestions import closest_match

if TYPE_CHECKING:
    from docsite.config.settings import Settings
    from docsite.project.cache import PageCache

Subparsers = argparse._SubParsersAction

DEFAULT_CONFIG_FILE = Path("mkdocs.yml")

FORMATS = {
    "text": "text",
    "json": "json_report",
    "junit": "junit",
    "github": "github",
    "sarif": "sarif",
    "markdown": "markdown",
}
"""Each format of reports, and its module in `diagnostics/reports/`."""


def add_command(
    commands: Subparsers[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], CommandResult],
) -> argparse.ArgumentParser:
    """A command that reads mkdocs.yml."""
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    default = DEFAULT_CONFIG_FILE
    command.add_argument("-f", "--config-file", type=Path, default=default, metavar="FILE", help=f"default: {default}")
    command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    command.set_defaults(run=run, command=name)
    return command


def add_report_options(command: argparse.ArgumentParser, formats: Iterable[str] = FORMATS) -> None:
    """The options of a command that reports."""
    command.add_argument("--format", choices=tuple(formats), default="text", help="of the report; default: text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the report to this file")


def add_path_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; default: all pages")


def add_rule_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--select", type=rule_names, default=(), metavar="RULE,...", help="only these rules")
    command.add_argument("--ignore", type=rule_names, default=(), metavar="RULE,...", help="skip these rules")


def add_baseline_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--baseline", type=Path, metavar="FILE", help="report only what is not recorded in this file")
    command.add_argument("--update-baseline", action="store_true", help="record the current findings in that file")


def add_cache_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-cache", action="store_true", help="do not read or write .cache/docsite")


def folder_path(text: str) -> Path:
    if not text:
        raise argument_error("empty-folder")
    return Path(text)


def site_url(text: str) -> str:
    problem = find_address_problem(text)
    if (problem and problem.rule == "link-syntax") or not text.startswith(("http://", "https://")):
        raise argument_error("site-url", address=text)
    return text


def rule_names(text: str) -> tuple[str, ...]:
    return tuple(rule_name(name.strip()) for name in text.split(",") if name.strip())


def rule_name(name: str) -> str:
    if is_known_rule(name):
        return name
    meant = closest_match(name, rule_candidates(name))
    if meant:
        raise argument_error("unknown-rule-suggestion", rule=name, suggestion=meant)
    raise argument_error("unknown-rule", rule=name)


def is_selected(rule: str, options: argparse.Namespace) -> bool:
    """Whether the options ask for a rule."""
    return (not options.select or matches_rule(rule, options.select)) and not matches_rule(rule, options.ignore)


def language_codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def read_settings(options: argparse.Namespace) -> Settings:
    """The settings of the site, and what MkDocs says of it, which is kept unless --no-cache.

    A rule that is off and that the options name is on.
    """
    settings = load_settings(options.config_file, cached=not getattr(options, "no_cache", False))
    named = [name for name in getattr(options, "select", ()) if name in RULES]
    off = {name: Severity.WARNING for name in named if RULES[name].severity is Severity.INFO}
    return replace(settings, severities=MappingProxyType({**off, **settings.severities})) if off else settings


def page_cache(options: argparse.Namespace, settings: Settings) -> PageCache | None:
    """The cache, unless --no-cache."""
    if getattr(options, "no_cache", False):
        return None
    from docsite.project.cache import PageCache

    return PageCache(settings)

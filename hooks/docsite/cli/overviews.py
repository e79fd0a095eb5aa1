"""`status` and `rules`."""

from __future__ import annotations

import argparse

from docsite._util.catalog import LANGUAGES, translate
from docsite.cli.options import (
    Subparsers,
    add_cache_option,
    add_command,
    add_report_options,
    page_cache,
    read_settings,
    rule_name,
)
from docsite.cli.result import CommandResult
from docsite.diagnostics.rules import RULES, Rule, current_name, matches_rule


def add_overview_commands(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    status = add_command(commands, "status", "show pages, translations and findings of each language", _status)
    add_report_options(status, ("text", "json", "markdown"))
    status.add_argument("--diff", action="store_true", help="show what has changed in source pages")
    status.add_argument("--mark", nargs="+", metavar="PATH", help="write into translations that they are up to date")
    add_cache_option(status)

    text = "list the rules and their fixes, or explain some of them"
    rules = commands.add_parser("rules", help=text, description=f"{text.capitalize()}.")
    rules.add_argument("names", nargs="*", type=rule_name, metavar="RULE", help="a rule, or a group such as link")
    rules.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    rules.set_defaults(run=_rules)


def _status(options: argparse.Namespace) -> CommandResult:
    from docsite.project.project import load_project
    from docsite.project.status import compute_status, render_json, render_markdown, render_text

    settings = read_settings(options)
    project = load_project(settings, cache=page_cache(options, settings))
    if options.mark:
        from docsite.project.page_status import mark_translations

        return CommandResult(output="".join(f"{line}\n" for line in mark_translations(project, options.mark)))
    status = compute_status(project)
    if options.format == "text":
        return CommandResult(output=render_text(status, diff=options.diff))
    return CommandResult(output=render_json(status) if options.format == "json" else render_markdown(status))


def _rules(options: argparse.Namespace) -> CommandResult:
    explained = {current_name(name) for name in options.names}
    wanted = [rule for rule in RULES.values() if not options.names or matches_rule(rule.id, options.names)]
    return CommandResult(output="".join(_describe(rule, explain=rule.id in explained) for rule in wanted))


def _describe(rule: Rule, *, explain: bool) -> str:
    from docsite.diagnostics.explanations import explain_rule

    severity, summary = translate(rule.severity.value), translate(rule.summary)
    fix = translate("Fix: {fix}").format(fix=translate(rule.fix))
    text = f"{rule.id} ({severity})\n    {summary}\n    {fix}\n"
    explanation = explain_rule(rule.id) if explain else ""
    return f"{text}\n{explanation}\n\n" if explanation else text

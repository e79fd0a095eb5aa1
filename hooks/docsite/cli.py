"""The `docsite` command: reads arguments, runs a check, prints what it found, and exits.

Exit code 0: nothing at error level; 1: findings; 2: wrong usage or settings.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from docsite import __version__
from docsite.config import settings
from docsite.diagnostics.findings import Finding, has_errors
from docsite.diagnostics.reports import Report, Summary, count
from docsite.diagnostics.rules import RULES, Severity, current_name, is_known_rule, matches_rule, rule_candidates
from docsite.diagnostics.suggestions import closest_match
from docsite.errors import PublishError, UsageError, WorkerError
from docsite.markup import source_file
from docsite.publish import command_line as publishing

if TYPE_CHECKING:
    from docsite.project.cache import PageCache
    from docsite.project.project import Project

FORMATS = {
    "text": "text",
    "json": "json_report",
    "junit": "junit",
    "github": "github",
    "sarif": "sarif",
    "markdown": "markdown",
}

_WITH_BASELINE = ("check", "check-site", "check-external")
"""Commands that obey the baseline of the settings; `fix` is there to work it off."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    gc.disable()  # a check makes many objects and few cycles: to look for these takes a quarter of its time
    try:
        code: int = options.run(options)
    except (UsageError, WorkerError, settings.SettingsError) as error:
        for line in str(error).splitlines():
            print(f"docsite: {line}", file=sys.stderr)
        return 2
    except PublishError as error:
        print(f"docsite: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    finally:
        gc.enable()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="docsite", description="Checks and publishes a documentation site.")
    parser.add_argument("--version", action="version", version=f"docsite {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = _command(commands, "check", "check the sources: dialect, front matter, links", _check)
    _add_paths(check)
    _add_selection(check)
    _add_baseline(check)
    _add_cache(check)

    check_site = _command(commands, "check-site", "check a built site: links, ids, languages, versions", _check_site)
    check_site.add_argument("folder", type=_folder, nargs="?", metavar="DIR", help="the built site")
    check_site.add_argument("--branch", metavar="NAME", help="check what is published on a branch, such as gh-pages")
    check_site.epilog = (
        "A folder or branch with a versions.json is checked as several versions. "
        "Findings then name the built file, since its sources are older."
    )
    _add_selection(check_site)
    _add_baseline(check_site)
    _add_cache(check_site)

    external = _command(commands, "check-external", "check addresses outside the site, with lychee", _check_external)
    _add_selection(external)
    _add_baseline(external)
    external.add_argument("--offline", action="store_true", help="ask for nothing; report what earlier runs found")
    external.add_argument("--update-inventory", action="store_true", help="write what has changed into upstream.yml")

    fix = _command(commands, "fix", "fix the problems in the sources that have a safe fix, and report the others", _fix)
    _add_paths(fix)
    _add_selection(fix)
    fix.add_argument("--diff", action="store_true", help="show the changes, write nothing; exit 1 if there are any")

    status = _command(
        commands,
        "status",
        "show pages, translations and findings of each language",
        _status,
        ("text", "json"),
    )
    _add_cache(status)

    publishing.add_publish_commands(commands, lambda line: print(line, flush=True))

    rules = commands.add_parser("rules", help="list the rules and their fixes, or explain some of them")
    rules.add_argument("names", nargs="*", type=_rule_name, metavar="RULE", help="a rule, or a group such as link")
    rules.set_defaults(run=_rules)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], int],
    formats: Iterable[str] = FORMATS,
) -> argparse.ArgumentParser:
    """A command that reports, with the options all of them share."""
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.add_argument(
        "-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="default: mkdocs.yml"
    )
    command.add_argument("--format", choices=tuple(formats), default="text", help="of the report; default: text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the report to this file")
    command.set_defaults(run=run, command=name, baseline=None, update_baseline=False)
    return command


def _add_paths(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; default: all pages")


def _add_selection(command: argparse.ArgumentParser) -> None:
    command.add_argument("--select", type=_names, default=(), metavar="RULE,...", help="only these rules")
    command.add_argument("--ignore", type=_names, default=(), metavar="RULE,...", help="skip these rules")


def _add_baseline(command: argparse.ArgumentParser) -> None:
    command.add_argument("--baseline", type=Path, metavar="FILE", help="report only what is not recorded in this file")
    command.add_argument("--update-baseline", action="store_true", help="record the current findings in that file")


def _add_cache(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-cache", action="store_true", help="do not read or write .cache/docsite")


def _folder(text: str) -> Path:
    if not text:
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(_rule_name(name.strip()) for name in text.split(",") if name.strip())


def _rule_name(name: str) -> str:
    if not is_known_rule(name):
        meant = closest_match(name, rule_candidates(name))
        hint = f"; did you mean {meant}?" if meant else "; `docsite rules` lists them"
        raise argparse.ArgumentTypeError(f"unknown rule “{name}”{hint}")
    return name


def _check(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    from docsite.project import project as guides  # late, so that usage errors answer at once

    known = settings.load_settings(options.config_file)
    wanted = _wanted(options.paths, known)
    return _conclude(options, known, _seen(guides.load_project(known, memory=_memory(options, known)), wanted), start)


def _check_site(options: argparse.Namespace) -> int:
    start = time.perf_counter()

    known = settings.load_settings(options.config_file)
    if options.branch is not None:
        return _check_branch(options, known, start)
    if options.folder is None:
        raise UsageError("check-site needs a folder that was built, or --branch NAME")
    if not options.folder.is_dir():
        raise UsageError(f"{options.folder}: there is no such folder; `make site` builds one")
    seen = _of_site(options, options.folder, known, None)
    if not seen.pages:
        raise UsageError(f"{options.folder}: there is no HTML file in it; `make site` builds the site")
    return _conclude(options, known, seen, start)


def _check_branch(options: argparse.Namespace, known: settings.Settings, start: float) -> int:
    from docsite.publish import checkout

    if options.folder is not None:
        raise UsageError(f"{options.folder} and --branch {options.branch}: name one of them, not both")
    try:
        found = checkout.resolve_branch(known.root, options.branch)
    except PublishError as error:
        raise UsageError(str(error)) from None
    with checkout.checked_out(*found) as folder:
        seen = _of_site(options, folder, known, folder)
        if not seen.pages:
            raise UsageError(f"{options.branch}: there is no HTML file on this branch")
        return _conclude(options, known, seen, start)


def _of_site(options: argparse.Namespace, folder: Path, known: settings.Settings, root: Path | None) -> _Seen:
    """What is found in a folder; findings name its files from `root`, or else from the folder of mkdocs.yml."""
    from docsite.built_site import check_site

    result = check_site.check_site(folder, known, root, remember=not options.no_cache)
    return _Seen(result.findings, result.pages, result.links, root=root)


def _check_external(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    from docsite.external.check_external import check_external
    from docsite.project import project as guides

    known = settings.load_settings(options.config_file)
    guide = guides.load_project(known, memory=_memory(options, known), with_fixes=True)
    result = check_external(guide, offline=options.offline)
    notes = list(result.notes)
    if options.update_inventory:
        from docsite.external.inventory_update import update_inventory

        notes = [*update_inventory(guide, result), *notes]
    seen = _Seen(result.findings, len(guide.pages), len(result.uses))
    return _conclude(options, known, seen, start, notes, result.extra)


def _fix(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    from docsite.external.check_external import known_moves
    from docsite.project import autofix

    known = settings.load_settings(options.config_file)
    wanted = _wanted(options.paths, known)
    done = autofix.fix_project(
        known, lambda finding: wanted(finding.location.path) and _selected(finding.rule, options), known_moves
    )
    if options.diff:
        _write(done.diff, options.output)
        print(*done.notes, sep="\n", end="\n" * bool(done.notes), file=sys.stderr)
        return 1 if done.files else 0
    done.write()
    return _conclude(options, known, _seen(done.guide, wanted), start, done.notes, done.extra)


def _status(options: argparse.Namespace) -> int:
    from docsite.project import project as guides
    from docsite.project import status

    known = settings.load_settings(options.config_file)
    found = status.compute_status(guides.load_project(known, memory=_memory(options, known)))
    _write(status.render_json(found) if options.format == "json" else status.render_text(found), options.output)
    return 0


@dataclass(frozen=True)
class _Seen:
    """What a check found, and how much it looked at.

    Attributes:
        wanted: whether a path was asked for.
        root: what the paths of findings are relative to; None for the folder of mkdocs.yml.
    """

    findings: Sequence[Finding]
    pages: int
    links: int
    wanted: Callable[[str], bool] = lambda _path: True
    root: Path | None = None


def _seen(guide: Project, wanted: Callable[[str], bool]) -> _Seen:
    """The part of a guide that was asked for."""
    findings = [finding for finding in guide.findings if wanted(finding.location.path)]
    pages = [page for path, page in guide.pages.items() if wanted(path)]
    return _Seen(findings, len(pages), sum(len(page.facts.links) for page in pages), wanted)


def _memory(options: argparse.Namespace, known: settings.Settings) -> PageCache | None:
    """What pages said when they were last read, unless nobody wants to know."""
    if getattr(options, "no_cache", False):
        return None
    from docsite.project.cache import PageCache

    return PageCache(known)


def _wanted(paths: Sequence[Path], known: settings.Settings) -> Callable[[str], bool]:
    """Whether a finding's path is among those asked for."""
    chosen: list[str] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: there is no such file or folder")
        full = path.resolve()
        if not full.is_relative_to(known.root):
            raise UsageError(f"{path}: lies outside the folder of {known.config_file.name}")
        chosen.append(full.relative_to(known.root).as_posix())
    return lambda shown: not chosen or any(c in (shown, ".") or shown.startswith(f"{c}/") for c in chosen)


def _conclude(
    options: argparse.Namespace,
    known: settings.Settings,
    seen: _Seen,
    start: float,
    notes: Sequence[str] = (),
    extra: Mapping[str, Any] = MappingProxyType({}),
) -> int:
    """Report the findings that were asked for and are not known; returns the exit code."""
    kept = [finding for finding in seen.findings if _selected(finding.rule, options)]
    file = options.baseline or (known.baseline if options.command in _WITH_BASELINE else None)
    if file or options.update_baseline:
        kept, notes, extra = _unknown(options, file, kept, seen)
    errors, warnings = count(kept, Severity.ERROR), count(kept, Severity.WARNING)
    summary = Summary(seen.pages, seen.links, errors, warnings, round(time.perf_counter() - start, 3))
    colour = options.output is None and sys.stdout.isatty()
    report = Report(
        kept, summary, source_file.LineCache(seen.root or known.root), colour, notes, extra, known.rules_url
    )
    text: str = import_module(f"docsite.diagnostics.reports.{FORMATS[options.format]}").render(report)
    _write(text, options.output)
    return 1 if has_errors(kept) else 0


def _unknown(
    options: argparse.Namespace, file: Path | None, findings: Sequence[Finding], seen: _Seen
) -> tuple[list[Finding], Sequence[str], Mapping[str, Any]]:
    """The findings that the baseline does not have, and what is to be said about the others."""
    from docsite.diagnostics import baseline

    if file is None:
        raise UsageError("--update-baseline needs --baseline FILE, or `baseline` in the settings, to say which file")

    def looked_at(entry: baseline.BaselineEntry) -> bool:
        return seen.wanted(entry.path) and _selected(entry.rule, options)

    result = baseline.apply_baseline(file, options.command, findings, looked_at, update=options.update_baseline)
    return result.findings, result.notes, result.extra


def _selected(rule: str, options: argparse.Namespace) -> bool:
    return (not options.select or matches_rule(rule, options.select)) and not matches_rule(rule, options.ignore)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # whatever the locale
        sys.stdout.write(text)
        return
    from docsite._util.files import write_atomically

    try:
        write_atomically(output, text)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from None


def _rules(options: argparse.Namespace) -> int:
    from docsite.diagnostics.explanations import explain_rule

    for rule in RULES.values():
        if not options.names or matches_rule(rule.id, options.names):
            print(f"{rule.id} ({rule.severity.value})\n    {rule.summary}\n    Fix: {rule.fix}")
        if rule.id in map(current_name, options.names) and (text := explain_rule(rule.id)):
            print(f"\n{text}\n")
    return 0

"""The `docsite` command: reads arguments, runs a check, prints what it found, and exits.

Exit code 0: nothing at error level; 1: findings; 2: wrong usage or settings.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from docsite import __version__, settings
from docsite.findings import RULES, Finding, Severity, failing
from docsite.reports import Report, Summary, count

FORMATS = {"text": "text", "json": "json_report", "junit": "junit", "github": "github", "sarif": "sarif"}


class UsageError(Exception):
    """The command cannot do what it was asked; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
    except (UsageError, settings.SettingsError) as error:
        for line in str(error).splitlines():
            print(f"docsite: {line}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="docsite", description="Checks the guide's sources and the built site.")
    parser.add_argument("--version", action="version", version=f"docsite {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = _command(commands, "check", "check the sources: dialect, front matter, links", _check)
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders; default: all pages")

    check_site = _command(commands, "check-site", "check a built site: links, ids, languages", _check_site)
    check_site.add_argument("folder", type=Path, metavar="DIR", help="the folder that was built")

    rules = commands.add_parser("rules", help="list the rules and their mends")
    rules.set_defaults(run=_rules)
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """A command that reports findings, with the options all of them share."""
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.add_argument("-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="FILE")
    command.add_argument("--format", choices=FORMATS, default="text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the report there")
    command.add_argument("--select", type=_names, default=(), metavar="RULE,...", help="only these rules")
    command.add_argument("--ignore", type=_names, default=(), metavar="RULE,...", help="all rules but these")
    command.set_defaults(run=run)
    return command


def _names(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    for name in names:
        if name not in RULES and not any(rule.startswith(f"{name}-") for rule in RULES):
            raise argparse.ArgumentTypeError(f"there is no rule “{name}”; `docsite rules` lists them")
    return names


def _check(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    from docsite import guide as guides  # late, so that usage errors answer at once

    known = settings.load(options.config_file)
    guide = guides.load(known)
    wanted = _wanted(options.paths, known)
    findings = [finding for finding in guide.findings if wanted(finding.location.path)]
    pages = [page for path, page in guide.pages.items() if wanted(path)]
    links = sum(len(page.scan.links) for page in pages)
    return _conclude(options, known, findings, len(pages), links, start)


def _check_site(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    from docsite import audit

    known = settings.load(options.config_file)
    if not options.folder.is_dir():
        raise UsageError(f"{options.folder}: there is no such folder; `make site` builds one")
    result = audit.site(options.folder, known)
    return _conclude(options, known, result.findings, result.pages, result.links, start)


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
    findings: Sequence[Finding],
    pages: int,
    links: int,
    start: float,
) -> int:
    """Report the findings that were asked for; returns the exit code."""
    kept = [finding for finding in findings if _selected(finding.rule, options)]
    errors, warnings = count(kept, Severity.ERROR), count(kept, Severity.WARNING)
    summary = Summary(pages, links, errors, warnings, round(time.perf_counter() - start, 3))
    colour = options.output is None and sys.stdout.isatty()
    report = Report(kept, summary, _Lines(known.root), colour)
    text: str = import_module(f"docsite.reports.{FORMATS[options.format]}").render(report)
    _write(text, options.output)
    return 1 if failing(kept) else 0


def _selected(rule: str, options: argparse.Namespace) -> bool:
    def named(names: Sequence[str]) -> bool:
        return any(rule == name or rule.startswith(f"{name}-") for name in names)

    return (not options.select or named(options.select)) and not named(options.ignore)


class _Lines:
    """Lines of files, each file read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, list[str]] = {}

    def __call__(self, path: str, line: int) -> str:
        if path not in self._files:
            try:
                text = (self.root / path).read_text("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._files[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self._files[path]
        return lines[line - 1] if 0 < line <= len(lines) else ""


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # whatever the locale
        sys.stdout.write(text)
        return
    from docsite.files import write_atomically

    try:
        write_atomically(output, text)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from None


def _rules(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its options
    for rule in RULES.values():
        print(f"{rule.id} ({rule.severity.value})\n    {rule.summary}\n    Mend: {rule.mend}")
    return 0

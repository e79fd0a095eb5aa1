"""`check`, `check-site`, `check-external` and `fix`."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from docsite._util.errors import PublishError, UsageError
from docsite.cli.options import (
    DEFAULT_CONFIG_FILE,
    Subparsers,
    add_baseline_options,
    add_cache_option,
    add_command,
    add_path_arguments,
    add_report_options,
    add_rule_options,
    folder_path,
    is_selected,
    language_codes,
    page_cache,
    read_settings,
    site_url,
)
from docsite.cli.reporting import Checked, report_findings
from docsite.cli.result import CommandResult
from docsite.cli.usage_messages import usage_error
from docsite.config.settings import Settings, settings_without_config
from docsite.config.site import Locale

if TYPE_CHECKING:
    from docsite.project.project import Project


def add_check_commands(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    check = add_command(commands, "check", "check the sources: dialect, front matter, links", _check)
    add_path_arguments(check)

    check_site = add_command(commands, "check-site", "check a built site: links, ids, languages, versions", _check_site)
    check_site.add_argument("folder", type=folder_path, nargs="?", metavar="DIR", help="the built site")
    check_site.add_argument("--branch", metavar="NAME", help="check what is published on a branch, such as gh-pages")
    check_site.add_argument(
        "--site-url", type=site_url, metavar="URL", help="where the site is served; default: as mkdocs.yml says"
    )
    check_site.add_argument(
        "--languages",
        type=language_codes,
        default=(),
        metavar="CODE,...",
        help="the languages, the one at the root first; default: as mkdocs.yml or, without one, the pages say",
    )
    check_site.epilog = (
        "Needs no mkdocs.yml. "
        "A folder or branch with a versions.json is checked as several versions. "
        "Findings then name the built file, since its sources are older."
    )

    external = add_command(commands, "check-external", "check addresses outside the site, with lychee", _check_external)
    external.add_argument("--offline", action="store_true", help="ask for nothing; report what earlier runs found")
    external.add_argument("--update-inventory", action="store_true", help="write what has changed into upstream.yml")

    fix = add_command(
        commands, "fix", "fix the problems in the sources that have a safe fix, and report the others", _fix
    )
    add_path_arguments(fix)
    fix.add_argument("--diff", action="store_true", help="show the changes, write nothing; exit 1 if there are any")

    for command in (check, check_site, external, fix):
        add_report_options(command)
        add_rule_options(command)
    for command in (check, check_site, external):
        add_baseline_options(command)
    for command in (check, check_site):
        add_cache_option(command)


def _check(options: argparse.Namespace) -> CommandResult:
    start = time.perf_counter()
    from docsite.project.project import load_project  # late, so that usage errors answer at once

    settings = read_settings(options)
    is_wanted = _path_filter(options.paths, settings)
    project = load_project(settings, cache=page_cache(options, settings))
    return report_findings(options, settings, _checked_pages(project, is_wanted, start))


def _checked_pages(project: Project, is_wanted: Callable[[str], bool], start: float) -> Checked:
    """The part of a project that was asked for: pages, and the files that they include."""
    pages = [page for path, page in project.pages.items() if is_wanted(path)]
    files = {file for page in pages for file in page.facts.files}

    def is_part(path: str) -> bool:
        return path in files or is_wanted(path)

    findings = [finding for finding in project.findings if is_part(finding.location.path)]
    return Checked(findings, len(pages), sum(len(page.facts.links) for page in pages), start, is_part)


def _path_filter(paths: Sequence[Path], settings: Settings) -> Callable[[str], bool]:
    """Whether a finding's path is among those asked for."""
    chosen: list[str] = []
    for path in paths:
        if not path.exists():
            raise usage_error("no-path", path=str(path))
        full = path.resolve()
        if not (full.is_relative_to(settings.root) or full.is_relative_to(settings.docs_dir)):
            raise usage_error("outside", path=str(path), config_file=settings.config_file.name)
        chosen.append(settings.shown(full))

    def is_wanted(shown: str) -> bool:
        return not chosen or any(c in (shown, ".") or shown.startswith(f"{c}/") for c in chosen)

    if not any(map(is_wanted, _checked_files(settings))):
        raise usage_error("no-pages", folder=", ".join(map(str, paths)) or settings.shown(settings.docs_dir))
    return is_wanted


def _checked_files(settings: Settings) -> Iterator[str]:
    """The files that a check reads, or that it says something of."""
    site = settings.mkdocs
    conflicts = (one.source for one in site.conflicts)
    for source in (*(page.source for _, page in site.pages()), *conflicts, *site.nameless):
        yield settings.shown(settings.docs_dir / source)
    if next(site.pages(), None):
        for folder in (settings.includes, settings.data):
            yield from (settings.shown(path) for path in folder.rglob("*"))


def _check_site(options: argparse.Namespace) -> CommandResult:
    start = time.perf_counter()
    settings = _site_settings(options)
    if options.branch is not None:
        return _check_branch(options, settings, start)
    if options.folder is None:
        raise usage_error("no-site")
    if not options.folder.is_dir():
        raise usage_error("no-folder", folder=str(options.folder))
    checked = _checked_tree(options, options.folder, settings, None, start)
    if not checked.pages:
        raise usage_error("no-html", folder=str(options.folder))
    return report_findings(options, settings, checked)


def _site_settings(options: argparse.Namespace) -> Settings:
    """The settings; none but the defaults where nobody names a mkdocs.yml and there is none."""
    if options.config_file == DEFAULT_CONFIG_FILE and not options.config_file.exists():
        return settings_without_config(options.config_file)
    return read_settings(options)


def _described(options: argparse.Namespace, folder: Path, settings: Settings) -> Settings:
    """The settings, with the address and the languages that the options name or, without mkdocs.yml, the pages say."""
    from dataclasses import replace

    if settings.mkdocs.files and not options.languages:
        return replace(settings, site_url=options.site_url or settings.site_url)
    from docsite.built_site.file_tree import scan_tree
    from docsite.built_site.self_description import read_self_description

    said = read_self_description(scan_tree(folder), options.languages)
    site_url = options.site_url or settings.site_url or said.site_url
    return replace(settings, site_url=site_url, locales=tuple(Locale(one.code, "", one.root) for one in said.languages))


def _check_branch(options: argparse.Namespace, settings: Settings, start: float) -> CommandResult:
    from docsite.publish import checkout

    if options.folder is not None:
        raise usage_error("folder-and-branch", folder=str(options.folder), branch=options.branch)
    try:
        commit = checkout.resolve_branch(settings.root, options.branch)
    except PublishError as error:
        raise UsageError(*error.args) from None
    with checkout.checked_out(*commit) as folder:
        checked = _checked_tree(options, folder, settings, folder, start)
        if not checked.pages:
            raise usage_error("no-html-on-branch", branch=options.branch)
        return report_findings(options, settings, checked)


def _checked_tree(
    options: argparse.Namespace, folder: Path, settings: Settings, root: Path | None, start: float
) -> Checked:
    """What is found in a folder; findings name its files from `root`, or else from the folder of mkdocs.yml."""
    from docsite.built_site import check_site

    settings = _described(options, folder, settings)
    result = check_site.check_site(folder, settings, root, remember=not options.no_cache)
    return Checked(result.findings, result.pages, result.links, start, root=root)


def _check_external(options: argparse.Namespace) -> CommandResult:
    start = time.perf_counter()
    from docsite.external.check_external import check_external
    from docsite.project.project import load_project

    settings = read_settings(options)
    project = load_project(settings, cache=page_cache(options, settings), with_fixes=True)
    result = check_external(project, offline=options.offline)
    notes = list(result.notes)
    if options.update_inventory:
        from docsite.external.inventory_update import update_inventory

        notes = [*update_inventory(project, result), *notes]
    checked = Checked(result.findings, len(project.pages), len(result.uses), start, notes=notes, extra=result.extra)
    return report_findings(options, settings, checked)


def _fix(options: argparse.Namespace) -> CommandResult:
    start = time.perf_counter()
    from dataclasses import replace

    from docsite.external.check_external import known_moves
    from docsite.project.autofix import fix_project

    settings = read_settings(options)
    is_wanted = _path_filter(options.paths, settings)
    result = fix_project(
        settings, lambda finding: is_wanted(finding.location.path) and is_selected(finding.rule, options), known_moves
    )
    if options.diff:
        return CommandResult(1 if result.files else 0, result.diff, result.notes)
    result.write()
    checked = _checked_pages(result.guide, is_wanted, start)
    return report_findings(options, settings, replace(checked, notes=result.notes, extra=result.extra))

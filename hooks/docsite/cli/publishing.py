"""`publish`, `unpublish`, `alias` and `rollback`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from docsite.cli.options import Subparsers, add_command
from docsite.cli.result import CommandResult
from docsite.cli.usage_messages import argument_error, usage_error
from docsite.config.config_file import SettingsError
from docsite.config.settings import load_settings
from docsite.config.settings_messages import settings_message
from docsite.publish.publish_messages import note

if TYPE_CHECKING:
    from docsite.publish.branch import Branch, Outcome
    from docsite.publish.commands import Deployment

    Action = Callable[[Deployment, argparse.Namespace], Outcome]

_NAME = re.compile(r"(?!.*\.\.)[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,98}[A-Za-z0-9_+-])?")
_TAKEN = frozenset({"index.html", "404.html", "robots.txt", "sitemap.xml", "versions.json"})


def add_publish_commands(commands: Subparsers[argparse.ArgumentParser]) -> None:
    """Add the commands. Each logs its progress, and may raise PublishError."""
    publish = _add(commands, "publish", "build, check and publish a version", _publish)
    publish.add_argument("version", type=_version, metavar="VERSION", help="such as 1.2, or dev")
    publish.add_argument(
        "--alias",
        action="append",
        type=_name,
        metavar="NAME",
        help="another name for it, may be repeated; default: `latest` for a release that is the newest",
    )
    publish.add_argument("--title", help="what the version selector shows; default: the version")

    unpublish = _add(commands, "unpublish", "delete a published version or an alias", _unpublish)
    unpublish.add_argument("name", type=_name, metavar="VERSION", help="a version or an alias")

    alias = _add(commands, "alias", "make an alias show a published version", _alias)
    alias.add_argument("version", type=_name, metavar="VERSION", help="the version to show")
    alias.add_argument("name", type=_name, metavar="ALIAS", help="such as latest")

    rollback = _add(commands, "rollback", "restore an earlier state of the published branch", _rollback)
    rollback.add_argument("commit", nargs="?", default="", metavar="COMMIT", help="default: the previous commit")


def _add(commands: Subparsers[argparse.ArgumentParser], name: str, text: str, act: Action) -> argparse.ArgumentParser:
    """A command that changes the published branch, with the options all of them share."""
    command = add_command(commands, name, text, lambda options: _run(options, act))
    command.add_argument("--branch", default="gh-pages", help="the published branch; default: gh-pages")
    command.add_argument("--push", action="store_true", help="push the branch too")
    command.add_argument("--dry-run", action="store_true", help="prepare everything, but change nothing")
    command.add_argument(
        "--alias-type", choices=("symlink", "copy"), default="symlink", help="how aliases are stored; default: symlink"
    )
    return command


def _version(text: str) -> str:
    if text.lower() == "latest":
        raise argument_error("latest")
    return _name(text)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text) or text.lower() in _TAKEN:
        raise argument_error("folder-name", name=text)
    return text


def _run(options: argparse.Namespace, act: Action) -> CommandResult:
    settings = load_settings(options.config_file)
    if not settings.site_url.startswith(("http://", "https://")):
        raise SettingsError(settings_message("no-site-url"))
    from docsite.publish import branch, commands, git

    if not git.is_branch_name(options.branch):
        raise usage_error("branch-name", name=options.branch)
    settings = replace(settings, site_url=f"{settings.site_url.rstrip('/')}/")
    target = branch.Branch(git.repository(settings.root), options.branch, options.push, options.dry_run)
    outcome = act(commands.Deployment(settings, target, options.alias_type, options.log), options)
    return CommandResult(output=f"{_summary(outcome, target)}\n")


def _summary(outcome: Outcome, branch: Branch) -> str:
    if branch.dry:
        key = "dry-run" if outcome.diffstat else "dry-run-same"
    else:
        key = ("changed" if outcome.diffstat else "same") + ("-pushed" if branch.push else "")
    return note(key, branch=branch.name, commit=outcome.commit[:10], diffstat=outcome.diffstat)


def _publish(site: Deployment, options: argparse.Namespace) -> Outcome:
    from docsite.publish import commands

    return commands.publish(site, options.version, options.title, options.alias)


def _unpublish(site: Deployment, options: argparse.Namespace) -> Outcome:
    from docsite.publish import commands

    return commands.unpublish(site, options.name)


def _alias(site: Deployment, options: argparse.Namespace) -> Outcome:
    from docsite.publish import commands

    return commands.alias(site, options.version, options.name)


def _rollback(site: Deployment, options: argparse.Namespace) -> Outcome:
    from docsite.publish import commands

    return commands.rollback(site, options.commit)

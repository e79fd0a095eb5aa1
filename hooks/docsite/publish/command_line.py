"""The commands that publish, for the command line."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from docsite.config import settings
from docsite.config.messages import settings_message
from docsite.publish.messages import note

if TYPE_CHECKING:
    from docsite.publish.branch import Branch, Outcome
    from docsite.publish.commands import Deployment

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_TAKEN = frozenset({"index.html", "404.html", "robots.txt", "sitemap.xml", "versions.json"})


def add_publish_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Callable[[str], None]
) -> None:
    """Add the commands. Each tells what happens with `say`, and may raise PublishError."""
    publish = _command(commands, "publish", "build, check and publish a version", _publish, say)
    publish.add_argument("version", type=_version, metavar="VERSION", help="such as 1.2, or dev")
    publish.add_argument(
        "--alias",
        action="append",
        type=_name,
        metavar="NAME",
        help="another name for it, may be repeated; default: `latest` for a release that is the newest",
    )
    publish.add_argument("--title", help="what the version selector shows; default: the version")

    unpublish = _command(commands, "unpublish", "delete a published version or an alias", _unpublish, say)
    unpublish.add_argument("name", type=_name, metavar="VERSION", help="a version or an alias")

    alias = _command(commands, "alias", "make an alias show a published version", _alias, say)
    alias.add_argument("version", type=_name, metavar="VERSION", help="the version to show")
    alias.add_argument("name", type=_name, metavar="ALIAS", help="such as latest")

    rollback = _command(commands, "rollback", "restore an earlier state of the published branch", _rollback, say)
    rollback.add_argument("commit", nargs="?", default="", metavar="COMMIT", help="default: the previous commit")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    text: str,
    act: Callable[[Deployment, argparse.Namespace], Outcome],
    say: Callable[[str], None],
) -> argparse.ArgumentParser:
    """A command that changes the published branch, with the options all of them share."""
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.add_argument(
        "-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="FILE", help="default: mkdocs.yml"
    )
    command.add_argument("--branch", default="gh-pages", help="the published branch; default: gh-pages")
    command.add_argument("--push", action="store_true", help="push the branch too")
    command.add_argument("--dry-run", action="store_true", help="prepare everything, but change nothing")
    command.add_argument(
        "--alias-type", choices=("symlink", "copy"), default="symlink", help="how aliases are stored; default: symlink"
    )
    command.set_defaults(run=lambda options: _run(options, act, say))
    return command


def _version(text: str) -> str:
    if text == "latest":
        raise argparse.ArgumentTypeError("`latest` is an alias: give the version, such as 1.2")
    return _name(text)


def _name(text: str) -> str:
    if not _NAME.fullmatch(text) or text.lower() in _TAKEN:
        raise argparse.ArgumentTypeError(f"“{text}” is not a valid folder name: use letters, digits and . - _ + only")
    return text


def _run(
    options: argparse.Namespace, act: Callable[[Deployment, argparse.Namespace], Outcome], say: Callable[[str], None]
) -> int:
    known = settings.load_settings(options.config_file)
    if not known.site_url.startswith(("http://", "https://")):
        raise settings.SettingsError(settings_message("no-site-url"))
    from docsite.publish import branch, commands, git

    known = replace(known, site_url=f"{known.site_url.rstrip('/')}/")
    target = branch.Branch(git.repository(known.root), options.branch, options.push, options.dry_run)
    outcome = act(commands.Deployment(known, target, options.alias_type, say), options)
    say(_summary(outcome, target))
    return 0


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

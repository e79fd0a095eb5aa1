"""What the commands that publish say."""

from __future__ import annotations

from docsite._util.errors import PublishError
from docsite.diagnostics.messages import Message

ERRORS = {
    "git": "{output}",
    "git-missing": "git is not installed.",
    "git-failed": "git {command} failed ({reason}).",
    "git-object": "git cannot read {file}: {reason}.",
    "git-object-short": "git cannot read all of {file}.",
    "no-repository": "{folder}: is not in a git repository.",
    "no-identity": (
        'git does not know who you are. Run: git config --global user.name "Your name"; '
        "git config --global user.email you@example.com"
    ),
    "no-branch": (
        "The branch “{branch}” does not exist in this clone. If the remote has it: "
        "git fetch --depth=1 {remote} {branch}:{branch}"
    ),
    "not-written": "The files of the branch cannot be written to check them: {reason}",
    "too-deep": "The folders of the branch are nested too deeply to be checked.",
    "checked-out": "{branch} is checked out. Switch to another branch first: git switch -",
    "diverged": (
        "{branch} and {remote}/{branch} have diverged. To discard what was published here and never pushed: "
        "git branch -f {branch} {remote}/{branch}"
    ),
    "changed": "{branch} has changed in the meantime, so nothing was published. Run the command again.\n{output}",
    "push-rejected": (
        "{remote} rejected the push, so {branch} is unchanged, there and here. If someone else has just published, "
        "run the command again.\n{output}"
    ),
    "nothing-published": "Nothing is published yet: there is no branch {branch}.",
    "no-version": "The version “{name}” does not exist. Published: {names}.",
    "no-versions": "The version “{name}” does not exist: nothing is published.",
    "is-alias": "“{name}” is an alias of {version}, so it cannot be a version too.",
    "is-version": "“{name}” is a version, so it cannot be an alias too.",
    "same-letters": (
        "“{name}” and “{other}” differ only in capitals, and some servers take them for one. Choose another name."
    ),
    "list-unreadable": "{file} on the published branch cannot be read. Restore it, or publish again on a new branch.",
    "pages-unreadable": "{file} on the published branch cannot be read. Publish {version} again.",
    "mike": "mike: {reason}.",
    "only-version": "{name} is the only version: without it there would be no site.",
    "latest-needed": (
        "`{name}` cannot be removed: links to {latest}/ would break. Move `{latest}` to another version first: "
        "docsite alias VERSION {latest}"
    ),
    "no-earlier": "{branch} has no earlier commit to roll back to.",
    "no-commit": (
        "{commit} is not an earlier commit of {branch} in this clone. See: git log {branch}. "
        "In a shallow clone, first run: git fetch --unshallow"
    ),
    "build-ended": "The build ended before its work was done ({reason}), so nothing was published.",
    "build-failed": "The build failed, so nothing was published.",
    "site-error": "The built site has 1 error, so nothing was published.",
    "site-errors": "The built site has {count} errors, so nothing was published.",
    "new-errors": "This change would cause new errors in the published tree, so nothing was published.",
    "no-own-address": (
        "The built pages do not know their version: the canonical address of the home page is {address}. "
        "Add `mike` to `plugins:` in mkdocs.yml."
    ),
}

NOTES = {
    "building": "Building {version} ...",
    "dry-run": "Dry run: {branch} would change: {diffstat}.",
    "dry-run-same": "Dry run: nothing would change.",
    "known-problem": "1 known problem is not shown. To see it: docsite check-site --branch {branch}",
    "known-problems": "{count} known problems are not shown. To see them: docsite check-site --branch {branch}",
    "changed": "{branch} is now at {commit}: {diffstat}. Not pushed.",
    "changed-pushed": "{branch} is now at {commit}: {diffstat}. Pushed.",
    "same": "{branch} is already up to date. Not pushed.",
    "same-pushed": "{branch} is already up to date. Pushed.",
}


def error_message(key: str, /, **params: str | int) -> Message:
    """The message of an error with this key."""
    return Message("", ERRORS[key], tuple(params.items()))


def publish_error(key: str, /, **params: str | int) -> PublishError:
    """The error with this key."""
    return PublishError(error_message(key, **params))


def note(key: str, /, **params: str | int) -> str:
    """A line about the progress of a command."""
    return str(Message("", NOTES[key], tuple(params.items())))

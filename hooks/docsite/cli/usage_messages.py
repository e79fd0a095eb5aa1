"""What is said about options that cannot be used."""

from __future__ import annotations

import argparse

from docsite._util.catalog import translate
from docsite._util.errors import UsageError
from docsite.diagnostics.messages import Message

USAGE = {
    "no-site": "check-site needs the folder of a built site, or --branch NAME",
    "no-folder": "{folder}: this folder does not exist. `mkdocs build` builds the site",
    "no-html": "{folder}: contains no HTML file. `mkdocs build` builds the site",
    "no-html-on-branch": "{branch}: this branch contains no HTML file",
    "folder-and-branch": "{folder} and --branch {branch}: give one of them, not both",
    "no-pages": "{folder}: contains no page of the site",
    "no-path": "{path}: this file or folder does not exist",
    "outside": "{path}: is outside the folder of {config_file}",
    "no-baseline": "--update-baseline needs a file: --baseline FILE, or `baseline` in the settings",
    "not-written": "{file}: cannot be written ({reason})",
    "empty-folder": "the name of the folder is empty",
    "site-url": "“{address}” is not an address that a site can have, such as https://example.com/guide/",
    "unknown-rule": "unknown rule “{rule}”; `docsite rules` lists them",
    "unknown-rule-suggestion": "unknown rule “{rule}”; did you mean {suggestion}?",
    "branch-name": "“{name}” is not a valid name of a branch",
    "latest": "`latest` is an alias: give the version, such as 1.2",
    "folder-name": "“{name}” is not a valid folder name: use letters, digits and . - _ + only, at most 100",
}


def usage_error(key: str, /, **params: str | Message) -> UsageError:
    """The error with this key."""
    return UsageError(Message("", USAGE[key], tuple(params.items())))


def argument_error(key: str, /, **params: str) -> argparse.ArgumentTypeError:
    """The error with this key, for a value that argparse is to refuse."""
    return argparse.ArgumentTypeError(translate(USAGE[key]).format_map(params))

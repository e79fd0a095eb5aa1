"""What is said about settings that cannot be used."""

from __future__ import annotations

from docsite.diagnostics.messages import Message

SETTINGS = {
    "no-docs-dir": "{file}:{line}:{column}: docs_dir: the folder {folder} does not exist",
    "mkdocs": "{file}:{line}:{column}: {key}: {message}",
    "circle": "the folder {folder} is a link to a folder that it lies in. Delete the link",
    "too-deep": "folders are nested too deeply to be read",
    "page-twice": "static-i18n: {file} and {other} are the same page. Keep one of them",
    "docs-dir-unreadable": "{file}:1:1: docs_dir: {folder} cannot be read: {reason}",
    "inherit-loop": "{file}: INHERIT points back to this file",
    "unreadable": "{file}: cannot be read ({reason})",
    "not-utf8": "{file}: is not valid UTF-8",
    "not-mapping": "{file}: must be a YAML mapping of keys to values",
    "two-values": (
        "{file}: “{key}” has two values, one in extra.docsite and another in the options of the plugin docsite. "
        "Keep one of them."
    ),
    "no-site-url": "site_url: must be set before publishing, because root pages and sitemaps need full addresses",
    "problem": "{file}:{line}:{column}: {problem}",
    "problem-suggestion": "{file}:{line}:{column}: {problem} Did you mean {suggestion}?",
    "tag-taken": "The tag “{tag}” already exists. Choose another name for the block.",
    "invalid-schema": "“{key}” is not valid in a JSON schema.",
    "python-failed": "{file}:{line}: {error}",
    "python-names": "{file}: {name} must be a dictionary; in TAGS, BLOCKS and FILTERS, of functions.",
    "unknown-rule": "Unknown rule “{rule}”.",
}


def settings_message(key: str, /, **params: str | int | Message) -> Message:
    """The message about settings with this key."""
    return Message("", SETTINGS[key], tuple(params.items()))

"""Why `docsite fix` skips a file."""

from __future__ import annotations

from docsite._util.catalog import translate

SKIPPED = {
    "new-problem": "fixing it would cause “{problem}” in {file} [{rule}]",
    "not-utf8": "it is not valid UTF-8",
    "outside": "it is outside the folder of mkdocs.yml",
    "changed": "it has changed in the meantime; run `docsite fix` again",
    "not-written": "it cannot be written ({reason})",
}


def skip_reason(key: str, /, **params: str) -> str:
    """The reason with this key."""
    return translate(SKIPPED[key]).format_map(params)

"""What a site adds to the dialect: tags and filters, keys of front matter, page types, variables."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from traceback import extract_tb
from types import MappingProxyType
from typing import Any

from docsite._util.errors import UsageError
from docsite._util.hashing import content_hash
from docsite.config import yaml_document
from docsite.config.settings_messages import settings_message
from docsite.config.yaml_document import YamlDocument, YamlProblem
from docsite.diagnostics.messages import system_reason

_EMPTY: Mapping[str, Any] = MappingProxyType({})
FUNCTIONS = ("TAGS", "BLOCKS", "FILTERS")
"""What a Python file may define: mappings of names to functions."""

VARIABLES = "VARIABLES"
"""And one of variables of `site`."""


@dataclass(frozen=True, slots=True)
class Additions:
    """The part of the settings that adds to the dialect.

    Attributes:
        tags: by name, the text that a tag stands for, with `{{ argument }}` and, for a block tag, `{{ body }}`.
        python: a file with functions for tags and filters; trusted, as hooks are.
        fingerprint: of that file.
        front_matter: JSON of the schemas of further keys.
        page_types: by id, the label in each language.
    """

    tags: Mapping[str, str] = field(default_factory=lambda: _EMPTY)
    python: Path | None = None
    fingerprint: str = ""
    front_matter: str = ""
    page_types: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True)
class Functions:
    """What the Python file of a site defines."""

    tags: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: _EMPTY)
    blocks: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: _EMPTY)
    filters: Mapping[str, Callable[..., Any]] = field(default_factory=lambda: _EMPTY)
    variables: Mapping[str, Any] = field(default_factory=lambda: _EMPTY)


def read_additions(own: Mapping[str, Any], folder: Path) -> Additions:
    """The additions among the settings of docsite.

    Args:
        folder: of mkdocs.yml, which paths are relative to.

    Raises:
        UsageError: the Python file cannot be read.
    """
    python = folder / own["python"] if "python" in own else None
    keys = {key: {"type": value} if isinstance(value, str) else value for key, value in _keys(own).items()}
    return Additions(
        tags=own.get("liquid", {}).get("tags", {}),
        python=python,
        fingerprint=content_hash(_read(python)) if python else "",
        front_matter=json.dumps(keys, sort_keys=True) if keys else "",
        page_types=own.get("page_types", {}),
    )


def read_variables(own: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The variables of `site`: of a Jekyll configuration, and over these the ones of the settings.

    Raises:
        UsageError: the configuration cannot be used.
    """
    if "site_file" not in own:
        return dict(own.get("site", {}))
    path = folder / own["site_file"]
    document = yaml_document.parse_yaml(_read(path).decode("utf-8", "replace"))
    if document.problems or not isinstance(document.data, dict):
        first = document.problems[0] if document.problems else None
        line, column = first.position if first else (1, 1)
        problem = first.message if first else settings_message("not-mapping", file=path.name)
        raise UsageError(settings_message("problem", file=path.name, line=line, column=column, problem=problem))
    return {**document.data, **own.get("site", {})}


def find_problems(own: YamlDocument) -> Iterator[YamlProblem]:
    """What is wrong with the additions that no schema can say."""
    for key, value in _keys(own.data).items():
        try:
            yaml_document.check_schema({"type": value} if isinstance(value, str) else value)
        except ValueError as error:
            inner = getattr(error, "instance_path", ()) if isinstance(value, dict) else ()
            message = settings_message("invalid-schema", key=".".join(map(str, (key, *inner))))
            yield YamlProblem("type", own.position(("front_matter", key)), message, key)


def load_functions(additions: Additions) -> Functions:
    """Run the Python file of a site.

    Raises:
        UsageError: it raises, or defines something else than is asked for.
    """
    path = additions.python
    if path is None:
        return Functions()
    try:
        defined = runpy.run_path(str(path))
    except Exception as error:  # noqa: BLE001 - the site's own code
        raise UsageError(settings_message("python-failed", file=path.name, **_where(error, path))) from None
    for name in (*FUNCTIONS, VARIABLES):
        value = defined.get(name, {})
        if not isinstance(value, dict) or (name in FUNCTIONS and not all(map(callable, value.values()))):
            raise UsageError(settings_message("python-names", file=path.name, name=name))
    tags, blocks, filters = (defined.get(name, {}) for name in FUNCTIONS)
    return Functions(tags, blocks, filters, defined.get(VARIABLES, {}))


def _keys(own: Mapping[str, Any]) -> Mapping[str, Any]:
    keys: Mapping[str, Any] = own.get("front_matter", {})
    return keys


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(settings_message("unreadable", file=path.name, reason=system_reason(error))) from None


def _where(error: Exception, path: Path) -> dict[str, str | int]:
    """The line of the file that an error comes from, and what it says."""
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == str(path)]
    line = error.lineno if isinstance(error, SyntaxError) else (lines or [1])[-1]
    return {"line": line or 1, "error": f"{type(error).__name__}: {error}"}

"""YAML with positions, checked against a JSON schema: front matter, settings and data files."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from docsite.config.value_messages import describe_value
from docsite.diagnostics.messages import Message
from docsite.diagnostics.rules.sources import YAML_SYNTAX, YAML_UNKNOWN_KEY, YAML_VALUE

KeyPath = tuple[str | int, ...]

if TYPE_CHECKING:
    SafeLoader = yaml.SafeLoader
else:
    SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_DEPTH_LIMIT = 50
"""Deeper nesting than any page needs: aliases could otherwise unfold without end."""

_REPEAT_LIMIT = 10_000
"""Nodes that a text may repeat by aliases."""

_OPENERS = "[{-?"
_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
"""What YAML takes for line breaks beside \\n."""

_MADE_UP = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What escapes can write though no file may hold it: half characters, and the marks of the dialect."""


class YamlPosition(NamedTuple):
    """Line and column in the YAML text, both counted from 1."""

    line: int
    column: int


class YamlProblem(NamedTuple):
    """Something wrong with a YAML text; `kind` is syntax, type or unknown-key. The message has no rule yet."""

    kind: str
    position: YamlPosition
    message: Message
    target: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class YamlDocument:
    """A YAML text as data, the position of each key and item, that of each value's text, and its problems."""

    data: Any
    positions: Mapping[KeyPath, YamlPosition] = field(default_factory=dict)
    problems: tuple[YamlProblem, ...] = ()
    value_positions: Mapping[KeyPath, YamlPosition] = field(default_factory=dict)

    def position(self, path: KeyPath) -> YamlPosition:
        """The position of a key, or of the nearest key around it."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, YamlPosition(1, 1))


def parse_yaml(text: str, loader: type[yaml.SafeLoader] = SafeLoader) -> YamlDocument:
    """Read one YAML document safely; problems of syntax come back in the result, with data None."""
    reader = None
    try:
        _refuse_depth(text, loader)
        reader = loader(text)
        node = reader.get_single_node()
        if node is None:
            return YamlDocument(None)
        walk = _Walk(_Places(text))
        problems = tuple(walk.problems(node, ()))
        return YamlDocument(reader.construct_document(node), walk.positions, problems, walk.value_positions)
    except yaml.MarkedYAMLError as error:
        return YamlDocument(None, problems=(_syntax_problem(text, error),))
    except RecursionError:
        return YamlDocument(None, problems=(_problem("syntax", YamlPosition(1, 1), YAML_SYNTAX["nested"]),))
    except (yaml.YAMLError, ValueError, TypeError, OverflowError):
        return YamlDocument(None, problems=(_problem("syntax", YamlPosition(1, 1), YAML_SYNTAX["value"]),))
    finally:
        if reader is not None:
            reader.dispose()


def _problem(
    kind: str, position: YamlPosition, template: str, target: str = "", suggestion: str = "", /, **params: str | Message
) -> YamlProblem:
    return YamlProblem(kind, position, Message("", template, tuple(params.items())), target, suggestion)


_TOO_DEEP = "docsite: nested too deeply"

_SYNTAX_MESSAGES = {
    _TOO_DEEP: "nested",
    "mapping values are not allowed": "colon-in-value",
    "could not find expected ':'": "missing-colon",
    "found character '\\t'": "tab",
    "cannot start any token": "special-character",
    "found undefined alias": "asterisk",
    "did not find expected alphabetic or numeric character": "asterisk",
    "could not determine a constructor for the tag": "exclamation-mark",
    "found unhashable key": "brace",
    "found unexpected end of stream": "unclosed-quote",
    "did not find expected ',' or ']'": "list-in-brackets",
    "did not find expected ',' or '}'": "mapping-in-braces",
    "block sequence entries are not allowed": "list-on-key-line",
    "did not find expected '-' indicator": "list-item",
    "did not find expected key": "indentation",
    "found another document": "several-documents",
    "found unknown escape character": "escape",
    "!ENV takes": "env",
}
"""The key of our message for a part of libyaml's."""


def _syntax_problem(text: str, error: yaml.MarkedYAMLError) -> YamlProblem:
    mark = error.problem_mark or error.context_mark
    position = _Places(text).find(mark) if mark else YamlPosition(1, 1)
    said = str(error.problem or error)
    key = next((key for part, key in _SYNTAX_MESSAGES.items() if part in said), "other")
    lines = text.split("\n")
    line = lines[position.line - 1] if position.line <= len(lines) else ""
    if key == "special-character" and line[position.column - 1 : position.column] == "\t":
        key = "tab"
    return _problem("syntax", position, YAML_SYNTAX[key])


def _refuse_depth(text: str, loader: type[yaml.SafeLoader]) -> None:
    """Raise for deep nesting before libyaml, which recurses without limit, builds nodes of it."""
    if sum(map(text.count, _OPENERS)) <= _DEPTH_LIMIT:
        return
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH_LIMIT:
            raise yaml.MarkedYAMLError(problem=_TOO_DEEP, problem_mark=event.start_mark)  # type: ignore[arg-type]


@dataclass
class _Repeats:
    """The nodes of a text met so far, and how often aliases repeated one."""

    seen: set[yaml.Node] = field(default_factory=set)
    count: int = 0

    def meet(self, node: yaml.Node, depth: int) -> None:
        """Raise when aliases unfold to more than a text may hold."""
        self.count += node in self.seen
        self.seen.add(node)
        if depth > _DEPTH_LIMIT or self.count > _REPEAT_LIMIT:
            raise yaml.MarkedYAMLError(problem=_TOO_DEEP, problem_mark=node.start_mark)


class _Places:
    """Lines and columns of a text as editors count them, which know no other line breaks than \\n."""

    def __init__(self, text: str) -> None:
        self._plain = not _OTHER_BREAKS.search(text)
        self._starts = [] if self._plain else [0, *(found.end() for found in re.finditer("\n", text))]

    def find(self, mark: Any, shift: int = 0) -> YamlPosition:
        """The position of a mark, or of the character so far behind it."""
        if self._plain:
            return YamlPosition(mark.line + 1, mark.column + 1 + shift)
        line = bisect_right(self._starts, mark.index)
        return YamlPosition(line, mark.index - self._starts[line - 1] + 1 + shift)


@dataclass
class _Walk:
    """A way through the nodes of a text, which notes their positions."""

    places: _Places
    positions: dict[KeyPath, YamlPosition] = field(default_factory=dict)
    value_positions: dict[KeyPath, YamlPosition] = field(default_factory=dict)
    repeats: _Repeats = field(default_factory=_Repeats)

    def problems(self, node: yaml.Node, path: KeyPath) -> Iterator[YamlProblem]:
        """What is wrong with a node and those in it."""
        self.repeats.meet(node, len(path))
        self.value_positions[path] = self.places.find(node.start_mark, getattr(node, "style", None) in ("'", '"'))
        if isinstance(node, yaml.ScalarNode):
            node.value = _MADE_UP.sub("\ufffd", node.value)
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self.positions[*path, index] = self.places.find(item.start_mark)
                yield from self.problems(item, (*path, index))
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                yield from self._entry(key, value, path)

    def _entry(self, key: yaml.Node, value: yaml.Node, path: KeyPath) -> Iterator[YamlProblem]:
        if isinstance(key, yaml.ScalarNode):
            key.value = _MADE_UP.sub("\ufffd", key.value)
        here, start = (*path, str(key.value)), self.places.find(key.start_mark)
        if here in self.positions:
            name = str(key.value)
            yield _problem("syntax", start, YAML_SYNTAX["duplicate-key"], name, key=name)
        self.positions[here] = start
        yield from self.problems(value, here)


@cache
def load_schema(name: str, more: str = "") -> dict[str, Any]:
    """One of the JSON schemas beside this module, by its name without the ending.

    Args:
        more: JSON of further properties.
    """
    loaded: dict[str, Any] = json.loads(files("docsite").joinpath(f"config/schemas/{name}.json").read_text("utf-8"))
    return {**loaded, "properties": {**loaded["properties"], **json.loads(more)}} if more else loaded


@cache
def _validator(name: str, more: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(load_schema(name, more))


def check_schema(schema: Any) -> None:
    """Raise a ValueError for what is no JSON schema."""
    import jsonschema_rs

    jsonschema_rs.validator_for(schema)


def validate(document: YamlDocument, name: str, more: str = "") -> Iterator[YamlProblem]:
    """Check a document against the schema `name`; keys that the schema does not have get their own kind of problem.

    Args:
        more: JSON of further properties of the schema.
    """
    schema = load_schema(name, more)
    data = _plain(document.data)
    if schema.get("x-empty-keys") and isinstance(data, dict):
        data = {key: value for key, value in data.items() if value is not None}
    for error in _validator(name, more).iter_errors(data):
        path: KeyPath = tuple(error.instance_path)
        unexpected = getattr(error.kind, "unexpected", None)
        if unexpected:
            for key in unexpected:
                yield _unknown_key(document, path, key, list(error.schema_path), schema)
        else:
            key, params = describe_value(error, path, schema)
            template = YAML_VALUE[key]
            yield _problem("type", document.position(path), template, ".".join(map(str, path)), **params)


def _unknown_key(
    document: YamlDocument, path: KeyPath, key: str, schema_path: list[str | int], schema: Mapping[str, Any]
) -> YamlProblem:
    from docsite.diagnostics.suggestions import closest_match

    known: Any = schema
    for step in schema_path[:-1]:
        known = known[step]
    meant = "" if key in known.get("x-foreign", ()) else closest_match(key, known.get("properties", {}))
    template = YAML_UNKNOWN_KEY["unknown-key"]
    return _problem("unknown-key", document.position((*path, key)), template, key, meant, key=key)


def _plain(value: Any) -> Any:
    """The value as JSON would have it, since YAML also knows dates, sets and keys that are not text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)

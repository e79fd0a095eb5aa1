"""YAML with places, checked against a JSON schema: front matter, settings and data files alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

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
_MADE_UP = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What escapes can write though no file may hold it: half characters, and the marks of the dialect."""


class YamlPosition(NamedTuple):
    """Line and column in the YAML text, both counted from 1."""

    line: int
    column: int


class YamlProblem(NamedTuple):
    """Something wrong with a YAML text; `kind` is syntax, type or unknown-key."""

    kind: str
    place: YamlPosition
    message: str
    target: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class YamlDocument:
    """A YAML text as data, the place of each key and item, and what is wrong with it."""

    data: Any
    places: Mapping[KeyPath, YamlPosition] = field(default_factory=dict)
    faults: tuple[YamlProblem, ...] = ()

    def place(self, path: KeyPath) -> YamlPosition:
        """The place of a key, or of the nearest key around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, YamlPosition(1, 1))


def parse_yaml(text: str, loader: type[yaml.SafeLoader] = SafeLoader) -> YamlDocument:
    """Read one YAML document safely; faults of syntax come back in the result, with data None."""
    reader = None
    try:
        _refuse_depth(text, loader)
        reader = loader(text)
        node = reader.get_single_node()
        if node is None:
            return YamlDocument(None)
        places: dict[KeyPath, YamlPosition] = {}
        faults = tuple(_walk(node, (), places, _Repeats()))
        return YamlDocument(reader.construct_document(node), places, faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = YamlPosition(mark.line + 1, mark.column + 1) if mark else YamlPosition(1, 1)
        return YamlDocument(
            None, faults=(YamlProblem("syntax", place, _of_syntax(_first_line(error.problem or str(error)))),)
        )
    except (yaml.YAMLError, ValueError, TypeError, OverflowError, RecursionError) as error:
        return YamlDocument(
            None, faults=(YamlProblem("syntax", YamlPosition(1, 1), _first_line(str(error)) or "nested too deeply"),)
        )
    finally:
        if reader is not None:
            reader.dispose()


_ADVICE = {
    "mapping values are not allowed": "the value holds a colon, so put it in quotes",
    "could not find expected ':'": "a key needs a colon and a value behind it",
    "found character '\\t'": "indent with spaces, not tabs",
    "cannot start any token": "put the value in quotes",
    "found undefined alias": "a value that begins with * needs quotes",
    "found unexpected end of stream": "a quote is not closed",
}


def _of_syntax(problem: str) -> str:
    """YAML's complaint, with the likely mend."""
    advice = next((advice for words, advice in _ADVICE.items() if words in problem), "")
    return f"{problem[:1].upper()}{problem[1:]}{f': {advice}' if advice else ''}."


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0]


def _refuse_depth(text: str, loader: type[yaml.SafeLoader]) -> None:
    """Raise for deep nesting before libyaml, which recurses without limit, builds nodes of it."""
    if sum(map(text.count, _OPENERS)) <= _DEPTH_LIMIT:
        return
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEPTH_LIMIT:
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)  # type: ignore[arg-type]


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
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=node.start_mark)


def _walk(
    node: yaml.Node, path: KeyPath, places: dict[KeyPath, YamlPosition], repeats: _Repeats
) -> Iterator[YamlProblem]:
    repeats.meet(node, len(path))
    if isinstance(node, yaml.ScalarNode):
        node.value = _MADE_UP.sub("\ufffd", node.value)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            places[(*path, index)] = _start(item)
            yield from _walk(item, (*path, index), places, repeats)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                key.value = _MADE_UP.sub("\ufffd", key.value)
            here = (*path, str(key.value))
            if here in places:
                yield YamlProblem("syntax", _start(key), f"The key “{key.value}” occurs twice.", str(key.value))
            places[here] = _start(key)
            yield from _walk(value, here, places, repeats)


def _start(node: yaml.Node) -> YamlPosition:
    return YamlPosition(node.start_mark.line + 1, node.start_mark.column + 1)


@cache
def load_schema(name: str) -> dict[str, Any]:
    """One of the JSON schemas beside this module, by its name without the ending."""
    loaded: dict[str, Any] = json.loads(files("docsite").joinpath(f"config/schemas/{name}.json").read_text("utf-8"))
    return loaded


@cache
def _validator(name: str) -> Any:
    import jsonschema_rs

    return jsonschema_rs.validator_for(load_schema(name))


def validate(document: YamlDocument, name: str) -> Iterator[YamlProblem]:
    """Hold a document against the schema `name`; keys that the schema does not know get their own kind of fault."""
    for error in _validator(name).iter_errors(_plain(document.data)):
        path: KeyPath = tuple(error.instance_path)
        unexpected = getattr(error.kind, "unexpected", None)
        if unexpected:
            for key in unexpected:
                yield _unknown_key(document, path, key, list(error.schema_path), name)
        else:
            yield YamlProblem("type", document.place(path), _told(error, path, name), ".".join(map(str, path)))


_KINDS = {
    "string": "text",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "null": "nothing",
}


def _told(error: Any, path: KeyPath, name: str) -> str:
    """A schema's complaint in words for writers; what the key is for comes from the schema's own description."""
    key = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
    subject = f"“{key}”" if key else "The document"
    *above, keyword = error.schema_path
    rule: Any = load_schema(name)
    for step in above:
        rule = rule[step]
    purpose = f" {rule['description']}" if isinstance(rule, Mapping) and "description" in rule else ""
    value = rule.get(keyword) if isinstance(rule, Mapping) else None
    if keyword == "type":
        kinds = " or ".join(_KINDS[kind] for kind in ([value] if isinstance(value, str) else value or []))
        return f"{subject} must be {kinds}.{purpose}"
    if keyword == "enum":
        return f"{subject} must be one of {', '.join(map(str, value or []))}.{purpose}"
    if keyword in ("pattern", "propertyNames"):
        return f"{subject} has not the form asked for: {error.message}.{purpose}"
    return f"{subject}: {error.message}.{purpose}"


def _unknown_key(
    document: YamlDocument, path: KeyPath, key: str, schema_path: list[str | int], name: str
) -> YamlProblem:
    from docsite.diagnostics.suggestions import closest_match

    known: Any = load_schema(name)
    for step in schema_path[:-1]:
        known = known[step]
    meant = closest_match(key, known.get("properties", {}))
    return YamlProblem("unknown-key", document.place((*path, key)), f"The key “{key}” means nothing here.", key, meant)


def _plain(value: Any) -> Any:
    """The value as JSON would have it, since YAML also knows dates, sets and keys that are not text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int | float):
        return value
    return str(value)

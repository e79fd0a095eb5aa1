"""What is wrong with a value that does not fit a JSON schema, in words that a catalog translates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docsite.diagnostics.messages import Message, any_of

_Path = tuple[str | int, ...]
Params = dict[str, str | Message]

DOCUMENT, EXAMPLE = "The document", "one, two"
TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a mapping of keys to values",
    "boolean": "true or false",
    "number": "a number",
    "integer": "a whole number",
    "null": "empty",
}


def describe_value(error: Any, path: _Path, schema: Mapping[str, Any]) -> tuple[str, Params]:
    """The key and parameters of the message for a value; what the value is for comes from the schema's description."""
    *above, keyword = error.schema_path
    rule: Any = schema
    for step in above:
        rule = rule[step]
    described = isinstance(rule, Mapping) and "description" in rule
    purpose = Message("", " {text}", (("text", _said(rule["description"])),)) if described else ""
    params: Params = {"key": _shown_key(path), "purpose": purpose}
    value = rule.get(keyword) if isinstance(rule, Mapping) else None
    if keyword == "type" and value == "array" and path:
        return "list", params | {"name": str(path[-1]), "example": _example(rule)}
    if keyword == "type":
        types = [value] if isinstance(value, str) else value or []
        return "type", params | {"kinds": any_of([Message("", TYPES[kind]) for kind in types])}
    if keyword == "enum":
        return "enum", params | {"values": ", ".join(map(str, value or []))}
    if keyword == "required":
        return "missing-key", params | {"missing": str(error.kind.property)}
    if keyword in ("minLength", "minItems", "minProperties"):
        return "empty", params
    if keyword == "uniqueItems":
        return "repeated", params
    return _form_message(error, rule, path, params)


def _said(text: str) -> Message:
    """What a schema says, which is no template."""
    return Message("", text.replace("{", "{{").replace("}", "}}"))


def _form_message(error: Any, rule: Any, path: _Path, params: Params) -> tuple[str, Params]:
    """The message for a text or key of the wrong form: the schema says in words what its pattern asks for."""
    keys = error.schema_path[-1] == "pattern" and error.schema_path[-2:-1] == ["propertyNames"]
    wrong = getattr(error.kind, "error", None)
    if wrong is not None or keys:
        described, key = rule.get("propertyNames", rule), str(getattr(wrong, "instance", ""))
        params = params | {"key": _shown_key((*path, key)) if key else params["key"]}
    else:
        described = rule
    requirement = described.get("x-requirement", "") if isinstance(described, Mapping) else ""
    return ("requirement", params | {"requirement": _said(requirement)}) if requirement else ("invalid", params)


def _shown_key(path: _Path) -> str | Message:
    """A key as messages name it; items are counted from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in path) or Message("", DOCUMENT)


def _example(rule: Mapping[str, Any]) -> str | Message:
    items = rule.get("items", {})
    return next((str(item) for item in (*items.get("enum", ()), *items.get("examples", ()))), Message("", EXAMPLE))

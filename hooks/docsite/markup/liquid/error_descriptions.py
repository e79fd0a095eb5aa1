"""What is said of an error of python-liquid's: message, target and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from liquid.exceptions import LiquidError, ResourceLimitError, UndefinedError, UnknownFilterError

from docsite.diagnostics.messages import Message, make_message
from docsite.diagnostics.suggestions import closest_match
from docsite.markup.liquid.error_messages import describe_limit, describe_syntax_error

_END = re.compile(r"expected (.+), found end of expression")


def describe_error(
    error: LiquidError, variables: Mapping[str, Any], filters: Iterable[str]
) -> tuple[Message, str, str]:
    """Message, target and suggestion for an error of Liquid's.

    Args:
        variables, filters: those that there are.
    """
    said = str(error.message)
    if isinstance(error, UndefinedError):
        name = undefined_name(error)
        meant = closest_match(name, _variables_like(name, variables))
        return make_message("liquid-unknown-variable", "variable", variable=name), name, meant
    if isinstance(error, UnknownFilterError):
        name = said.split("'")[1] if "'" in said else said
        return make_message("liquid-unknown-filter", "filter", filter=name), name, closest_match(name, filters)
    if isinstance(error, ResourceLimitError):
        return describe_limit(error), "", ""
    source = error.token.value if error.token else ""
    raw = "{% raw %}...{% endraw %}" if ("$" in source or "$" in said) and not _END.fullmatch(said) else ""
    return describe_syntax_error(error, source), source, raw


def _variables_like(name: str, variables: Mapping[str, Any]) -> list[str]:
    """Variables of the same depth: `site.titel` may be `site.title`, but not `site`."""
    if "." not in name:
        return list(variables)
    objects = ((root, value) for root, value in variables.items() if isinstance(value, Mapping))
    return [f"{root}.{key}" for root, value in objects for key in value]


def undefined_name(error: UndefinedError) -> str:
    """The variable that has no value."""
    return str(error.message).split(" is undefined", maxsplit=1)[0].strip("'")


def missing_parameter(error: UndefinedError) -> str:
    """The parameter of an include that was not given; "" for any other variable."""
    root, _, name = undefined_name(error).partition(".")
    return name.partition(".")[0] if root == "include" else ""

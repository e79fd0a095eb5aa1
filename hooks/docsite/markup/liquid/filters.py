"""The filters that Jekyll adds to Liquid's own, as far as pages use them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyromark
from liquid.exceptions import LiquidValueError, LoopIterationLimitError, OutputStreamLimitError

from docsite.markup.liquid.ruby_filters import register_ruby_filters
from docsite.markup.placeholders import BASEURL, GENERATED
from docsite.markup.slugs import slugify

if TYPE_CHECKING:
    from liquid import Environment


NONE: Mapping[str, Callable[..., object]] = MappingProxyType({})
"""No filters."""


def _text(value: object) -> str:
    return "" if value is None else str(value)


def relative_url(value: object) -> str:
    """An address of the site, from its base on."""
    if value is None:
        return ""
    path = _text(value)
    return path if "://" in path or path.startswith(BASEURL) else f"{BASEURL}/{path.lstrip('/')}"


def slugify_filter(value: object, mode: object = "default") -> str:
    """Jekyll's slugify: by default letters and digits, the rest hyphens."""
    return slugify(_text(value), _text(mode) or "default")


def uri_escape(value: object) -> str:
    """An address with its spaces and accents escaped; what is escaped already stays."""
    escaped = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", _text(value))
    return quote(escaped, safe="/:?#[]@!$&'()*+,;=%")


def jsonify(value: object) -> str:
    """JSON without spaces between its parts."""
    return json.dumps(value, ensure_ascii=False, default=str, separators=(",", ":"))


def array_to_sentence(value: object, connector: object = "and") -> str:
    """Items joined as in a sentence."""
    items = [_text(item) for item in value] if isinstance(value, list | tuple) else [_text(value)]
    if len(items) < 3:
        return f" {_text(connector)} ".join(items)
    return f"{', '.join(items[:-1])}, {_text(connector)} {items[-1]}"


def markdownify(value: object) -> str:
    """HTML of a piece of Markdown."""
    return pyromark.html(_text(value))


RANGE_LIMIT = 10_000
"""Numbers of a range that a filter may go through."""

TEXT_LIMIT = 2_000_000
"""Characters that a filter may make."""


def safe_filter(name: str, function: Callable[..., object]) -> Callable[..., object]:
    """A filter that fails as Liquid does, stays in bounds, and makes no marks that it was not given."""

    def call(*given: object, **named: object) -> object:
        if any(isinstance(value, range) and value.stop - value.start > RANGE_LIMIT for value in given):
            raise LoopIterationLimitError("the range is too long", token=None)
        try:
            made = function(*given, **named)
        except (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, ValueError) as error:
            raise LiquidValueError(f"{name}: {error}", token=None) from error
        if not isinstance(made, str):
            return made
        if len(made) > TEXT_LIMIT:
            raise OutputStreamLimitError("a filter makes too long a text", token=None)
        if not GENERATED.search(made) or any(GENERATED.search(value) for value in given if isinstance(value, str)):
            return made
        return GENERATED.sub("\ufffd", made)

    return call


def register_filters(environment: Environment) -> None:
    """Add the filters to an environment."""
    register_ruby_filters(environment)
    environment.add_filter("relative_url", relative_url)
    environment.add_filter("absolute_url", relative_url)
    environment.add_filter("slugify", slugify_filter)
    environment.add_filter("jsonify", jsonify)
    environment.add_filter("xml_escape", lambda value: html.escape(_text(value)))
    environment.add_filter("cgi_escape", lambda value: quote(_text(value), safe="").replace("%20", "+"))
    environment.add_filter("uri_escape", uri_escape)
    environment.add_filter("markdownify", markdownify)
    environment.add_filter("array_to_sentence_string", array_to_sentence)
    environment.add_filter("number_of_words", lambda value: len(_text(value).split()))

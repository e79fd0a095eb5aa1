"""Liquid's own filters where Ruby, and so Jekyll, makes something else of a value than python-liquid does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import TYPE_CHECKING

from liquid.exceptions import FilterArgumentError
from liquid.stringify import to_liquid_string

if TYPE_CHECKING:
    from liquid import Environment

_NUMBER = re.compile(r"\s*(?:(-?\d+\.\d+)\s*\Z|([+-]?\d+))")
_CALCULATING = ("abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "times")
_ELLIPSIS = "..."
_LARGEST = 100_000_000
"""Digits, characters or words beyond which a filter need not tell numbers apart."""


def number_of(value: object) -> object:
    """A text as Ruby calculates with it: by the number that it begins with, or 0."""
    if not isinstance(value, str):
        return value
    found = _NUMBER.match(value)
    if found is None:
        return 0
    return float(found[1]) if found[1] else int(found[2])


def _calculating(function: Callable[..., object]) -> Callable[..., object]:
    @wraps(function)
    def call(*given: object, **named: object) -> object:
        return function(*map(number_of, given), **named)

    return call


def _whole(value: object, name: str) -> int:
    try:
        return min(int(str(value)), _LARGEST)
    except ValueError as error:
        raise FilterArgumentError(f"{name} expected an integer", token=None) from error


def round_number(value: object, digits: object = 0) -> float | int:
    """Round a half away from zero, to so many digits; to tens with -1."""
    number = number_of(value)
    if isinstance(number, bool) or not isinstance(number, (int, float)):
        return 0
    places = max(-300, min(_whole(number_of(digits or 0), "round"), 300))
    if isinstance(number, int) and places >= 0:
        return number
    shift = Decimal(1).scaleb(places)
    rounded = (Decimal(str(number)) * shift).to_integral_value(ROUND_HALF_UP) / shift
    return float(rounded) if places > 0 else int(rounded)


def truncate(value: object, length: object = 50, end: object = _ELLIPSIS) -> str:
    """The text if it is no longer than that, else its beginning with the ellipsis, which counts."""
    text, most, tail = "" if value is None else str(value), _whole(length, "truncate"), str(end)
    return text if len(text) <= most else text[: max(0, most - len(tail))] + tail


def truncate_words(value: object, count: object = 15, end: object = _ELLIPSIS) -> str:
    """The text if it has no more words than that, else these words with the ellipsis."""
    text, most = "" if value is None else str(value), max(1, _whole(count, "truncatewords"))
    words = text.split()
    return text if len(words) <= most else " ".join(words[:most]) + str(end)


def _without_empty_end(split: Callable[..., object]) -> Callable[..., object]:
    @wraps(split)
    def call(*given: object, **named: object) -> object:
        parts = split(*given, **named)
        while isinstance(parts, list) and parts and parts[-1] == "":
            parts.pop()
        return parts

    return call


def where(value: object, key: object, *wanted: object) -> object:
    """Items whose property reads like that: 250 and "250" are the same. Without a value, those that have it at all."""
    items = value.values() if isinstance(value, Mapping) else value
    if not isinstance(items, Iterable) or isinstance(items, str):
        return value
    return [item for item in items if isinstance(item, Mapping) and _is_wanted(item.get(key), *wanted)]


def _is_wanted(found: object, *values: object) -> bool:
    if not values:
        return found is not None and found is not False
    wanted = values[0]
    if wanted is None:
        return found is None
    each = found if isinstance(found, list) else [found]
    return any(to_liquid_string(one, autoescape=False) == to_liquid_string(wanted, autoescape=False) for one in each)


def _dated(date: Callable[..., object]) -> Callable[..., object]:
    """Without a format, a date stays as it is."""

    @wraps(date)
    def call(value: object, form: object, **named: object) -> object:
        return value if form is None or form == "" else date(value, form, **named)

    return call


def register_ruby_filters(environment: Environment) -> None:
    """Put these in the place of python-liquid's."""
    for name in _CALCULATING:
        environment.add_filter(name, _calculating(environment.filters[name]))
    environment.add_filter("date", _dated(environment.filters["date"]))
    environment.add_filter("split", _without_empty_end(environment.filters["split"]))
    environment.add_filter("round", round_number)
    environment.add_filter("truncate", truncate)
    environment.add_filter("truncatewords", truncate_words)
    environment.add_filter("where", where)

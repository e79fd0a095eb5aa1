"""What a check needs of a page's front matter, with the places of its values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from docsite.config.yaml_document import KeyPath
from docsite.diagnostics.position import Position
from docsite.markup.source_file import PageSource

_THEME_FILES = ("icon", "template")


class FrontMatterValue(NamedTuple):
    """A text of the front matter, and where it stands."""

    key: str
    value: str
    position: Position


def read_aliases(page: PageSource) -> tuple[FrontMatterValue, ...]:
    """The addresses that a page had before, decoded."""
    given = page.meta.get("aliases")
    listed = enumerate(given) if isinstance(given, list) else ()
    return tuple(
        FrontMatterValue("aliases", unquote(alias), _spot(page, ("aliases", number)))
        for number, alias in listed
        if isinstance(alias, str)
    )


def theme_file(key: str, value: str) -> str:
    """The file of the theme that a key of the front matter names; "" for any other key."""
    return {"icon": f".icons/{value}.svg", "template": value}.get(key, "") if value else ""


def read_theme_files(page: PageSource) -> tuple[FrontMatterValue, ...]:
    """The files of the theme that a page names."""
    return tuple(_texts(page))


def _texts(page: PageSource) -> Iterator[FrontMatterValue]:
    for key in _THEME_FILES:
        value = page.meta.get(key)
        if isinstance(value, str) and value:
            yield FrontMatterValue(key, value, _spot(page, (key,)))


def _spot(page: PageSource, path: KeyPath) -> Position:
    return Position(0, *page.value_position(path))

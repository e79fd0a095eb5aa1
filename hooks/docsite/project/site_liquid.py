"""The Liquid of one site, with what the site adds to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from docsite.config.additions import Functions, load_functions
from docsite.config.dialect import Dialect
from docsite.config.settings import Settings
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.liquid.tags import custom_tag
from docsite.markup.source_file import SourceReader

if TYPE_CHECKING:
    from liquid.tag import Tag


class SiteLiquid(NamedTuple):
    """Liquid, and the variables that the site's own code adds to `site`."""

    environment: LiquidEnvironment
    variables: Mapping[str, Any]


def make_liquid(settings: Settings, read: SourceReader) -> SiteLiquid:
    """The Liquid of a site.

    Args:
        read: reads an include.

    Raises:
        UsageError: the site's own code cannot be used.
    """
    functions = load_functions(settings.additions)
    environment = LiquidEnvironment(
        settings.includes,
        settings.blocks,
        settings.shown,
        read,
        native=settings.dialect is not Dialect.JEKYLL,
        tags=_tags(settings.additions.tags, functions),
        more_filters=functions.filters,
    )
    return SiteLiquid(environment, functions.variables)


def _tags(templates: Mapping[str, str], functions: Functions) -> Iterator[type[Tag]]:
    yield from _all(custom_tag.tag_from_template, templates.items())
    yield from _all(custom_tag.custom_tag, functions.tags.items())
    yield from _all(custom_tag.custom_block, functions.blocks.items())


def _all(make: Callable[[str, Any], type[Tag]], entries: Iterable[tuple[str, Any]]) -> Iterator[type[Tag]]:
    return (make(name, value) for name, value in entries)

"""Templates of python-liquid's, as pages are rendered by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from io import StringIO
from typing import TextIO

from liquid import BoundTemplate
from liquid.context import RenderContext
from liquid.token import Token
from liquid.undefined import UNDEFINED

from docsite.markup.liquid import filters
from docsite.markup.liquid.render_context import page_context


class PageRenderContext(RenderContext):
    """Notes what a page depends on while it is rendered."""

    def get(self, path: list[object], *, token: Token | None, default: object = UNDEFINED) -> object:
        if path[0] == "site" and not (len(path) > 1 and isinstance(path[1], str) and path[1] in self._settings):
            page_context(self).inputs["data"] = ""
        return super().get(path, token=token, default=default)

    @cached_property
    def _settings(self) -> frozenset[str]:
        """The keys of `site` that come from the settings."""
        site: Mapping[str, object] = self.globals.get("site", {})  # type: ignore[assignment] # see project.page
        return frozenset(site) - {"data"}

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        if name == "date":  # of a part of a date it takes the rest from today's
            page_context(self).inputs["clock"] = ""
        return filters.safe_filter(name, super().filter(name, token))

    def get_buffer(self, buf: TextIO | None = None) -> StringIO:  # noqa: ARG002 - as Liquid has it
        return page_context(self).new_buffer()


class PageTemplate(BoundTemplate):
    """The template of a page, or of a file that it includes."""

    context_class = PageRenderContext

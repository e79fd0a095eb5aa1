"""Titles for templates, which print them as they are: a title that shows `<select>` would swallow the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from mkdocs.structure.nav import Section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation


def escape_page_titles(files: Files) -> None:
    """Escape the titles of all pages, once MkDocs knows them: in on_env. The filter `e` leaves them alone."""
    for file in files.documentation_pages():
        if file.page is not None and not isinstance(file.page.title, Markup):
            file.page.title = escape(str(file.page.title))


def escape_section_titles(nav: Navigation) -> Navigation:
    """Escape the titles of the sections. Call in on_nav, when they are named."""
    _escape_sections(nav.items)
    return nav


def _escape_sections(items: Iterable[Any]) -> None:
    for item in items:
        if isinstance(item, Section):
            item.title = escape(item.title)
            _escape_sections(item.children)


def plain_title(item: Any) -> str:
    """A title of the navigation as it was before."""
    title = item.title
    return title.unescape() if isinstance(title, Markup) else str(title or "")

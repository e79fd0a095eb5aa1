"""The navigation in the order that pages ask for, where nothing else decides it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mkdocs.structure.nav import Section
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation


class NavWatch:
    """Notices whether `nav` of mkdocs.yml, or a plugin such as awesome-nav or literate-nav, decides the navigation.

    Attributes:
        decided: whether one does, so that `page_order` and index pages do not.
    """

    def __init__(self) -> None:
        self.decided = False
        self._nav: Navigation | None = None
        self._order: list[str] = []

    def before_plugins(self, nav: Navigation) -> None:
        """Call in on_nav, before all other plugins."""
        self._nav, self._order = nav, _sources(nav)

    def after_plugins(self, nav: Navigation, config: MkDocsConfig) -> None:
        """Call in on_nav, after all other plugins but static-i18n, which takes the languages' folders out."""
        self.decided = config.nav is not None or nav is not self._nav or _sources(nav) != self._order


def _sources(nav: Navigation) -> list[str]:
    return [page.file.src_uri for page in nav.pages]


def has_label(page: Page) -> bool:
    """Whether the navigation names a page, ahead of what the page says. Ask before MkDocs has rendered it."""
    return "title" in vars(page)


NavSortKey = Callable[[Page], tuple[float, str]]
SectionTitle = Callable[[Page], str | None]


def sort_nav(nav: Navigation, order: NavSortKey) -> Navigation:
    """Sort siblings, the home page and the index of each section first, and link pages in the new order."""
    nav.items = _sorted(nav.items, order)
    for item in nav.items:
        item.parent = None  # static-i18n leaves the language's folder above them
    nav.pages = list(_pages(nav.items))
    for before, page, after in zip([None, *nav.pages], nav.pages, [*nav.pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, after
    return nav


def name_sections(items: list[Any], title: SectionTitle) -> None:
    """Give each section the title that its index page has for it; MkDocs knows only the folder's name."""
    for section in (item for item in items if isinstance(item, Section)):
        index = _index(section)
        section.title = (title(index) if index else None) or section.title
        name_sections(section.children, title)


def _sorted(items: list[Any], order: NavSortKey) -> list[Any]:
    for item in items:
        if isinstance(item, Section):
            item.children = _sorted(item.children, order)
    return sorted(items, key=lambda item: _key(item, order))


def _key(item: Any, order: NavSortKey) -> tuple[int, float, str]:
    """A section stands where its index page would; links that mkdocs.yml adds come last."""
    if isinstance(item, Page):
        return (0 if item.is_index else 1, *order(item))
    if isinstance(item, Section):
        index = _index(item)
        return (1, *(order(index) if index else (float("inf"), item.title.casefold())))
    return (2, float("inf"), str(item.title).casefold())


def _index(section: Section) -> Page | None:
    return next((child for child in section.children if isinstance(child, Page) and child.is_index), None)


def _pages(items: list[Any]) -> Any:
    for item in items:
        if isinstance(item, Page):
            yield item
        elif isinstance(item, Section):
            yield from _pages(item.children)

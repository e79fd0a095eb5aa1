"""The pages that links can lead to, by file and by address."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from docsite.links.inventory import normalize_path

ANY_ID = "*"
"""Among the ids of a page that may have others, which nobody here knows."""


@dataclass(frozen=True)
class LinkTarget:
    """A page that links can lead to.

    Attributes:
        path: of the Markdown file, relative to docs_dir, with forward slashes.
        address: where it is served, relative to the root of the site, such as `fr/integration/`.
        root: where its language is served, such as `fr/`; "" for the root of the site.
        path_in_language: where it is served inside its language, such as `/integration/`.
        served: where the page is shown, if that is not its own address: it may stand in for a translation.
        ids: every id on the page, leading to the one that links are to carry: a heading has one id, and may have
            further anchors.
    """

    locale: str
    key: str
    path: str
    address: str
    root: str
    path_in_language: str
    ids: Callable[[], Mapping[str, str]]
    served: str = ""

    @property
    def folder(self) -> str:
        """The folder of the file, from which its relative links start."""
        return posixpath.dirname(self.path) or "."


class PageIndex:
    """Every page of the guide by language and address, old addresses included."""

    def __init__(self, targets: Iterable[tuple[LinkTarget, Iterable[str]]], locales: Iterable[str]) -> None:
        self.locales = tuple(locales)
        self.by_path: dict[str, LinkTarget] = {}
        self._by_key: dict[tuple[str, str], LinkTarget] = {}
        self._by_address: dict[tuple[str, str], LinkTarget] = {}
        known = [(target, tuple(aliases)) for target, aliases in targets]
        for target, _ in known:
            self.by_path[target.path] = target
            self._by_key[target.locale, target.key] = target
            self._by_address[target.locale, target.path_in_language] = target
        for target, aliases in known:
            for alias in aliases:
                self._by_address.setdefault((target.locale, normalize_path(alias)), target)

    def find(self, locale: str, path: str) -> LinkTarget | None:
        """The page served, now or once, at a path in a language.

        An old address that only another language's page declares leads to that page's translation.
        """
        path = normalize_path(path)
        own = self._by_address.get((locale, path))
        others = (self._by_address.get((other, path)) for other in self.locales) if own is None else ()
        return own or next(
            (translation for other in others if other and (translation := self.translation(other, locale))), None
        )

    def find_key(self, locale: str, key: str) -> LinkTarget | None:
        """The page of a language that has a key."""
        return self._by_key.get((locale, key))

    def translation(self, target: LinkTarget, locale: str) -> LinkTarget | None:
        """The same page in another language."""
        return self._by_key.get((locale, target.key))

    def addresses(self, locale: str) -> Iterator[str]:
        """Every address of a language."""
        return (address for known, address in self._by_address if known == locale)

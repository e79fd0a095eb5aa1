"""What MkDocs and static-i18n say of a site, as plain data: its languages, pages, static files and their URLs.

`mkdocs_site` asks them; everything else reads the answer from here.
"""

from __future__ import annotations

import os
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec

from docsite.diagnostics.messages import Message


class Locale(msgspec.Struct, frozen=True, array_like=True):
    """A language of the site.

    Attributes:
        site_name: the title it gives the site.
        root: the folder it is served in, such as `fr/`; "" for the root of the site.
    """

    code: str
    site_name: str
    root: str


class SiteFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as one language's part of the site has it.

    Attributes:
        source: path of the file relative to docs_dir, with forward slashes; the theme's files are named alike.
        url: where it is served, relative to the root of the site and not percent-encoded; "" for the root itself.
        dest: path of the built file, relative to the root of the site.
        locale: the language of its text.
        key: what its translations share: `source` without what names the language.
        is_page: whether it is Markdown to be rendered.
        left_out: the setting of mkdocs.yml that keeps it out of the site; "" for what is published.
        added: whether the theme or a plugin brings it, so that docs_dir does not have it.
    """

    source: str
    url: str
    dest: str
    locale: str
    key: str
    is_page: bool
    left_out: str = ""
    added: bool = False


def path_in_language(file: SiteFile, locale: Locale) -> str:
    """Where a page is served inside its language, as a folder even where pages are files: `/integration/`."""
    inner = file.dest.removeprefix(locale.root)
    inner = inner.removesuffix("index.html") if posixpath.basename(inner) == "index.html" else f"{inner[:-5]}/"
    return f"/{inner}"


class Conflict(msgspec.Struct, frozen=True, array_like=True):
    """Two files for one URL: `source` replaces `other`, or is left out for it."""

    source: str
    other: str
    url: str


RELATIVE_TO_DOCS, WARN = -1, 30
"""What mkdocs.yml may say of links, as MkDocs keeps it."""


class MkDocsSite(msgspec.Struct, dict=True):
    """The answer.

    Attributes:
        locales: the default language first.
        files: of each language, what its part of the site has, by source: pages that stand in for a translation and
            files of docs_dir that are left out are among them.
        page_extensions: of the names of pages.
        nameless: files whose names are not UTF-8, which MkDocs cannot give a URL.
        theme_dirs: the folders of the theme's templates and icons; none where the theme is not installed.
        theme_pages: the files that the theme adds to a build.
        link_levels: what `validation.links` says: a level of MkDocs' log, or RELATIVE_TO_DOCS.
        lookups: of each language, the paths that static-i18n leads to another file than the one of that name.
        has_templates: whether a plugin or a hook may change the Markdown of pages, such as templates and comments.
    """

    docs_dir: str
    site_url: str
    use_directory_urls: bool
    locales: tuple[Locale, ...]
    files: dict[str, dict[str, SiteFile]]
    lookups: dict[str, dict[str, str]]
    page_extensions: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    nameless: tuple[str, ...] = ()
    theme_dirs: tuple[str, ...] = ()
    theme_pages: tuple[str, ...] = ()
    link_levels: dict[str, int] = {}
    has_templates: bool = True

    def pages(self) -> Iterator[tuple[Locale, SiteFile]]:
        """Every page that is published, once, in its own language."""
        for locale in self.locales:
            for file in self.files[locale.code].values():
                own = file.locale == locale.code and not file.added
                if file.is_page and own and not file.left_out:
                    yield locale, file

    def has_theme_file(self, name: str) -> bool:
        """Whether the theme has a template or icon."""
        return ".." not in name.split("/") and any(os.path.isfile(f"{one}/{name}") for one in self.theme_dirs)  # noqa: PTH113 - Path takes longer

    def theme_icons(self) -> list[str]:
        """The names of all icons of the theme."""
        icons = (Path(folder, ".icons") for folder in self.theme_dirs)
        return [path.relative_to(folder).as_posix()[:-4] for folder in icons for path in sorted(folder.rglob("*.svg"))]

    def theme_templates(self) -> list[str]:
        """The names of the pages' templates of the theme."""
        return [path.name for folder in self.theme_dirs for path in sorted(Path(folder).glob("*.html"))]

    def find(self, locale: str, path: str) -> SiteFile | None:
        """The file that a link to a path relative to docs_dir leads to in a language, as MkDocs resolves it."""
        return self.files[locale].get(self.lookups[locale].get(path, path))

    def link_level(self, key: str) -> int:
        """What mkdocs.yml says under `validation.links`."""
        return self.link_levels.get(key, 0)

    def at_url(self, path: str) -> SiteFile | None:
        """The file that is served at a path from the root of the site, in whichever language."""
        names = (path, f"{path.rstrip('/')}/index.html".lstrip("/")) if path else ("index.html",)
        return next((self._served[name] for name in names if name in self._served), None)

    @cached_property
    def _served(self) -> Mapping[str, SiteFile]:
        files = [file for part in self.files.values() for file in part.values() if not file.left_out]
        return {file.dest: file for file in files}

    def find_equivalent(self, locale: str, path: str) -> SiteFile | None:
        """The same for a path that may spell accents in another Unicode form than the file's name does."""
        found = self.find(locale, path)
        if found is None and not path.isascii():
            spelled = self._composed[locale].get(unicodedata.normalize("NFC", path))
            return self.find(locale, spelled) if spelled else None
        return found

    @cached_property
    def _composed(self) -> Mapping[str, Mapping[str, str]]:
        """Of each language, the paths that can be looked up, by their composed form."""
        return {
            code: {
                unicodedata.normalize("NFC", path): path
                for path in (*self.files[code], *self.lookups[code])
                if not path.isascii()
            }
            for code in self.files
        }


class ConfigProblem(NamedTuple):
    """What cannot be built: the key of mkdocs.yml, and why; MkDocs' own words where it says so.

    A missing docs_dir has no message.
    """

    key: str
    message: str | Message


class ConfigRefused(Exception):
    """mkdocs.yml is refused."""

    def __init__(self, problems: Iterable[ConfigProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{key}: {message}" for key, message in self.problems))

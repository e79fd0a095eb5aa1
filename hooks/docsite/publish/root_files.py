"""The files beside the versions, which mike does not write: entrance, error page, robots.txt, sitemap, headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from docsite.built_site import security_headers
from docsite.config.site import Locale
from docsite.publish.root_page_strings import root_page_strings

NAMES = ("index.html", "404.html", "robots.txt", "sitemap.xml")
"""The files that are made from templates. One that is not made has no reason to exist."""

SAVED_LANGUAGE = "docsite.language"
"""The key of localStorage under which a page may keep the language that a reader chose."""


@dataclass(frozen=True)
class RootContext:
    """What the files tell.

    Attributes:
        site_url: where the branch is served, with a slash at the end.
        default: the folder that readers are led to.
        names: every folder that shows a version.
        aliases: the version that each alias shows.
        sitemaps: the folders whose sitemap search engines are to read.
        headers: the texts of the versions' own files of headers.
        locales: the default language first.
    """

    site_url: str
    default: str
    names: Sequence[str]
    aliases: Mapping[str, str]
    sitemaps: Sequence[str]
    headers: Sequence[str]
    locales: Sequence[Locale]


def render_root_files(root: RootContext) -> Mapping[str, str]:
    """The text of each file by its name."""
    wanted = NAMES if root.sitemaps else NAMES[:-1]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    context = {
        "root": root,
        "base": urlsplit(root.site_url).path,
        "saved": SAVED_LANGUAGE,
        "languages": [_language(locale) for locale in root.locales],
    }
    files = {name: environment.get_template(name).render(context) for name in wanted}
    if root.headers:
        pages = (files["index.html"], files["404.html"])
        files[security_headers.FILE] = security_headers.merge_security_headers(root.headers, pages)
    return files


def _language(locale: Locale) -> dict[str, object]:
    words = root_page_strings(locale.code)
    return {"code": locale.code, "folder": locale.root, "title": locale.site_name, "words": words}

"""Every http(s) address that a site's pages, includes and data files use, and where they use it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

from docsite.config.settings import Settings
from docsite.config.yaml_document import KeyPath, YamlDocument, parse_yaml
from docsite.diagnostics.findings import Edit, Location
from docsite.links.inventory import load_inventory
from docsite.links.urls import SiteBase, resolve_url
from docsite.markup.source_file import SourceFile, read_source
from docsite.project.project import Project
from docsite.project.project_page import ProjectPage

_SCHEMES = ("http", "https")


@dataclass(frozen=True, order=True)
class Use:
    """A place that uses an address.

    Attributes:
        edits: the edits that write another address there; none where the address is put together, as one with
            `site.baseurl` is.
    """

    location: Location
    edits: Callable[[str], tuple[Edit, ...]] = field(default=lambda _address: (), compare=False)


def collect_addresses(project: Project) -> Mapping[str, list[Use]]:
    """Addresses with their uses, both in order. Addresses of the site itself are not among them."""
    base = SiteBase.of(project.settings.site_url, project.settings.other_sites)
    uses: dict[str, dict[Use, None]] = {}
    for address, use in (*_of_pages(project), *_of_data(project.settings)):
        where = resolve_url(address, "", base)
        if where is None or where.outside:
            uses.setdefault(address, {})[use] = None
    return {address: sorted(uses[address]) for address in sorted(uses)}


def is_external(address: str) -> bool:
    """Whether an address is one that a server outside can be asked for."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in _SCHEMES and bool(parts.hostname)


def _of_pages(project: Project) -> Iterator[tuple[str, Use]]:
    for page in project.pages.values():
        yield from _of_page(page)


def _of_page(page: ProjectPage) -> Iterator[tuple[str, Use]]:
    for (link, position), built in zip(page.facts.links, page.built, strict=True):
        if is_external(built):
            location = page.facts.location(position)
            is_literal = link.address == built
            yield built, Use(location, partial(page.address_edits, link)) if is_literal else Use(location)


def _of_data(settings: Settings) -> Iterator[tuple[str, Use]]:
    for path in sorted(settings.data.glob("*.y*ml")):
        file = read_source(path, settings.shown(path))
        document = parse_yaml(file.text)
        if path.stem == "upstream":
            yield from _of_inventory(file, document)
        else:
            for key, value in _strings(document.data, ()):
                if is_external(value):
                    yield value, Use(Location(file.path, *document.position(key)))


def _of_inventory(file: SourceFile, document: YamlDocument) -> Iterator[tuple[str, Use]]:
    """The address of every page in every language it exists in, with each anchor that is listed."""
    inventory, _ = load_inventory(file)
    written = document.data.get("pages") if isinstance(document.data, dict) else None
    places = {f"/{str(key).strip('/')}/": document.position(("pages", key)) for key in written or ()}
    for path, page in inventory.pages.items():
        location = Location(file.path, *places.get(path, (1, 1)))
        for language, base in inventory.base.items():
            if page.only in ("", language):
                yield base + path, Use(location)
                for anchor in sorted(page.anchors.get(language, ())):
                    yield f"{base}{path}#{anchor}", Use(location)


def _strings(value: object, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _strings(inner, (*key, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*key, index))

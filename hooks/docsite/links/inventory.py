"""The pages outside the guide that it links to, as `upstream.yml` knows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from docsite.config import yaml_document
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.markup.source_file import SourceFile


def normalize_path(path: str) -> str:
    """One form for a page's address: a slash at either end, no `index.html`, no `.html`, accents composed."""
    path = path if path.isascii() else unicodedata.normalize("NFC", path)
    path = re.sub(r"(?:(?<=/)|^)index\.html$", "", path).removesuffix(".html").strip("/")
    return f"/{path}/" if path else "/"


@dataclass(frozen=True)
class InventoryPage:
    """A page of the documentation upstream.

    Attributes:
        only: the one language in which it exists; "" for all.
        anchors: known ids by language; a language that is absent is not checked.
    """

    path: str
    only: str = ""
    anchors: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Inventory:
    """The inventory.

    Attributes:
        base: address of each language, without a slash at the end.
        moved: old path to new path, which may carry a fragment.
    """

    base: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, InventoryPage] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)

    def base_path(self, locale: str) -> str:
        """What `site.baseurl` prints in a language: the path of its base address."""
        return urlsplit(self.base.get(locale, "")).path.rstrip("/")


def load_inventory(file: SourceFile) -> tuple[Inventory, list[Finding]]:
    """Read `upstream.yml`; an invalid entry is left out."""
    document, findings = load_data(file, "upstream")
    listed = _entries(document.data, "pages")
    pages = {normalize_path(path): _page(normalize_path(path), entry) for path, entry in listed}
    moves = [(old, new) for old, new in _entries(document.data, "moved") if isinstance(new, str)]
    moved = {normalize_path(old): new for old, new in moves}
    for old, new in moves:
        if normalize_path(new.split("#")[0]) not in pages:
            message = make_message("data-schema", "moved-target", new=new, old=old)
            findings.append(Finding(message, Location(file.path, *document.position(("moved", old))), new))
    base = {locale: url.rstrip("/") for locale, url in _entries(document.data, "base") if isinstance(url, str)}
    return Inventory(base, pages, moved), findings


def load_data(file: SourceFile, schema: str) -> tuple[yaml_document.YamlDocument, list[Finding]]:
    """A data file, checked against its schema."""
    document = yaml_document.parse_yaml(file.text)
    problems = list(document.problems)
    if document.data is not None:
        problems += yaml_document.validate(document, schema)
    return document, [*file.findings, *(_finding(file.path, problem) for problem in problems)]


def _finding(path: str, problem: yaml_document.YamlProblem) -> Finding:
    rule = "data-syntax" if problem.kind == "syntax" else "data-schema"
    message = replace(problem.message, rule=rule)
    return Finding(message, Location(path, *problem.position), problem.target, problem.suggestion)


def _entries(data: Any, section: str) -> list[tuple[str, Any]]:
    """The entries of a section that have a name."""
    entries = data.get(section) if isinstance(data, dict) else None
    pairs = entries.items() if isinstance(entries, dict) else ()
    return [(name, entry) for name, entry in pairs if isinstance(name, str)]


def _page(path: str, entry: Any) -> InventoryPage:
    """A page; of an invalid entry only what can be read, so that links to the page are not reported as well."""
    entry = entry if isinstance(entry, dict) else {}
    only, listed = entry.get("only"), entry.get("anchors")
    anchors = {
        locale: frozenset(ids)
        for locale, ids in (listed.items() if isinstance(listed, dict) else ())
        if isinstance(ids, list) and all(isinstance(name, str) for name in ids)
    }
    return InventoryPage(path, only if isinstance(only, str) else "", anchors)

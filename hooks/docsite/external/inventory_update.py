"""Writes into upstream.yml what a check of the external addresses has found: moves, languages and anchors."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docsite._util.files import write_atomically
from docsite.diagnostics.messages import Message
from docsite.external.check_external import ExternalCheck
from docsite.external.external_messages import external_message
from docsite.external.lychee import Kind
from docsite.links.inventory import Inventory, InventoryPage, load_inventory, normalize_path
from docsite.markup.source_file import read_source
from docsite.project.project import Project


def update_inventory(project: Project, check: ExternalCheck) -> list[str]:
    """Change upstream.yml where the answers leave no doubt; its comments stay.

    Returns:
        A line for each change, in the order of the file.
    """
    from ruamel.yaml import YAML  # of the extra `external`, as lychee is

    path = project.settings.data / "upstream.yml"
    file = read_source(path, project.settings.shown(path))
    inventory, findings = load_inventory(file)
    if findings or not inventory.pages:
        return [str(external_message("inventory-problems", file=file.path))]
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    document = yaml.load(file.text)
    update = _Update(inventory, check, document)
    changes = list(update.run())
    if changes:
        text = io.StringIO()
        yaml.dump(document, text)
        write_atomically(path, text.getvalue())
    said = [external_message("inventory-change", file=file.path, change=change) for change in changes]
    return [*map(str, said or [external_message("inventory-same", file=file.path)])]


class _Update:
    def __init__(self, inventory: Inventory, check: ExternalCheck, document: Any) -> None:
        self.inventory = inventory
        self.check = check
        self.document = document

    def run(self) -> Iterator[Message]:
        """Make the changes, one by one."""
        for written in list(self.document["pages"]):
            path = normalize_path(str(written))
            page = self.inventory.pages[path]
            if target := self._new_path(path, page):
                yield self._move(written, path, target)
                continue
            if only := self._only_language(path, page):
                self._say(written, "only", only)
                yield external_message("inventory-only", path=path, language=only)
            yield from self._anchors(written, path, page)

    def _languages(self, page: InventoryPage) -> Iterator[tuple[str, str]]:
        return ((name, base) for name, base in self.inventory.base.items() if page.only in ("", name))

    def _new_path(self, path: str, page: InventoryPage) -> str:
        """Where a page has moved in every language it exists in, or ""."""
        targets = set()
        for _, base in self._languages(page):
            entry = self.check.entries.get(base + path)
            moved = entry.answer.moved_to if entry else ""
            targets.add(normalize_path(moved.removeprefix(base)) if moved.startswith(f"{base}/") else "")
        target = targets.pop() if len(targets) == 1 else ""
        return target if target != path else ""

    def _move(self, written: str, path: str, target: str) -> Message:
        pages, moved = self.document["pages"], self.document.setdefault("moved", {})
        entry = pages[written]
        if target not in self.inventory.pages:
            pages.insert(list(pages).index(written), target, entry)
            _move_comment(pages, written, pages, target)
        del pages[written]
        for old, new in moved.items():
            if normalize_path(str(new).partition("#")[0]) == path:
                moved[old] = target + str(new).partition("#")[1] + str(new).partition("#")[2]
        moved[path] = target
        return external_message("inventory-moved", path=path, target=target)

    def _only_language(self, path: str, page: InventoryPage) -> str:
        """The one language in which a page is alive, where it is dead in all others."""
        if page.only:
            return ""
        dead = [name for name, base in self._languages(page) if self.check.is_dead(base + path)]
        alive = [name for name, base in self._languages(page) if self._is_alive(base + path)]
        return alive[0] if len(alive) == 1 and len(alive) + len(dead) == len(self.inventory.base) > 1 else ""

    def _is_alive(self, address: str) -> bool:
        entry = self.check.entries.get(address)
        return entry is not None and entry.answer.kind is Kind.ALIVE

    def _anchors(self, written: str, path: str, page: InventoryPage) -> Iterator[Message]:
        for language, base in self._languages(page):
            known = page.anchors.get(language, frozenset())
            gone = {name for name in known if self._kind(f"{base}{path}#{name}") is Kind.NO_ANCHOR}
            new = {name for name in self._used(base + path) if self._is_alive(f"{base}{path}#{name}")} - known
            if gone or new:
                listed = {name: sorted(ids) for name, ids in page.anchors.items()}
                self._say(written, "anchors", {**listed, language: sorted((known - gone) | new)})
                for key, names in (("inventory-lost", gone), ("inventory-new", new)):
                    for name in sorted(names):
                        yield external_message(key, path=path, anchor=name, language=language)

    def _kind(self, address: str) -> Kind:
        entry = self.check.entries.get(address)
        return entry.answer.kind if entry else Kind.UNKNOWN

    def _used(self, address: str) -> Iterator[str]:
        """The anchors of a page that the site uses."""
        return (
            name for used in self.check.uses for page, _, name in (used.partition("#"),) if page == address and name
        )

    def _say(self, written: str, key: str, value: object) -> None:
        """Say a thing of a page, of which nothing may have been said before."""
        from ruamel.yaml.comments import CommentedMap

        pages = self.document["pages"]
        if isinstance(pages[written], Mapping):
            pages[written][key] = value
            return
        entry = CommentedMap({key: value})
        _move_comment(pages, written, entry, key)
        pages[written] = entry


def _move_comment(source: Any, key: str, target: Any, new_key: str) -> None:
    """Give the comment behind a key, which is the one above the next, to another key."""
    if key in source.ca.items:
        target.ca.items[new_key] = source.ca.items.pop(key)

"""The files that pymdownx.snippets takes into a page, named as inputs of the page."""

from __future__ import annotations

import os
from typing import Any

from markdown import Markdown

CLOCK = "clock"
"""The input of a page that is to be read again each time."""


def watch_snippets(markdown: Markdown, inputs: set[str]) -> None:
    """Add to `inputs`, from now on, each file that a snippet comes from or would come from if it were there."""
    registered = markdown.preprocessors
    snippets: Any = registered["snippet"] if "snippet" in registered else None  # noqa: SIM401 - it has no `get`
    if snippets is None:
        return
    find = snippets.get_snippet_path

    def find_and_note(name: str) -> str | None:
        found: str | None = find(name)
        places = [os.path.join(folder, name) for folder in snippets.base_path]  # noqa: PTH118 - a name may be anything
        inputs.update(f"file {_from_here(place)}" for place in (*places, *filter(None, [found])))
        return found

    def download_and_note(address: str) -> list[str]:
        inputs.add(CLOCK)
        lines: list[str] = download(address)
        return lines

    download = snippets.download
    download_and_note.cache_clear = download.cache_clear  # type: ignore[attr-defined] # which the extension calls
    snippets.get_snippet_path, snippets.download = find_and_note, download_and_note


def _from_here(place: str) -> str:
    """A place from the current folder, which relative options of the extension start from."""
    try:
        return os.path.relpath(place)
    except ValueError:  # on another drive
        return place

"""Parts of mkdocs.yml without an effect, though whoever wrote them believes that they have one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docsite.config.settings import Settings
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.suppressions import path_pattern


def find_unused(settings: Settings) -> Iterator[Finding]:
    """Keys that occur twice, folders that do not exist, and patterns that match no file."""
    for path, position, name in settings.repeated_keys:
        message = make_message("settings-unused", "repeated", key=name)
        yield Finding(message, Location(settings.shown(path), *position), name)
    for key, folder in (("includes", settings.includes), ("data", settings.data)):
        if (key,) in settings.option_places and not folder.is_dir():
            message = make_message("settings-unused", "folder", key=key, folder=settings.shown(folder))
            yield Finding(message, _location(settings, key), key)
    if settings.mkdocs.has_templates or not settings.ignore:
        return  # another plugin may add the pages that a pattern is for
    names = [settings.shown(path) for path in settings.docs_dir.rglob("*")]
    docs = settings.shown(settings.docs_dir)
    for pattern in (str(key[1]) for key in settings.option_places if key[:1] == ("ignore",) and len(key) == 2):
        meant = _meant(pattern, names, docs, settings.mkdocs.page_extensions)
        if meant is not None:
            message = make_message("settings-unused", "pattern", pattern=pattern, folder=docs)
            yield Finding(message, _location(settings, "ignore", pattern), pattern, meant)


def _location(settings: Settings, *key: str) -> Location:
    path, position = settings.option_places[key]
    return Location(settings.shown(path), *position)


def _meant(pattern: str, names: Sequence[str], docs: str, page_extensions: tuple[str, ...]) -> str | None:
    """What a pattern without a match was probably to be; None where there is one, or may be one in the built site."""

    def has_match(one: str) -> bool:
        return any(map(path_pattern(one).fullmatch, names))

    if has_match(pattern):
        return None
    if pattern.startswith(f"{docs}/"):
        return ""
    if has_match(f"{docs}/{pattern}"):
        return f"{docs}/{pattern}"
    return "" if pattern.endswith(page_extensions) else None

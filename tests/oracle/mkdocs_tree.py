"""A MkDocs tree built with and without the hooks, with a bare theme and no plugins: only the pages are compared."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

HOOKS = Path(__file__).parents[2] / "hooks" / "site_events.py"
_MESSAGE = re.compile(r"(?P<path>\S+?\.\w+):\d+:\d+: .*\[(?P<rule>[a-z]+(?:-[a-z]+)+)\]")
_TEMPLATE = re.compile(r"^template: ([\w.-]+)$", re.MULTILINE)
_EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.highlight"),
    *("pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.smartsymbols", "pymdownx.superfences"),
    *("pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde"),
)
"""What the documentation of Material recommends; a tree's own list may name what is not installed."""
_OPTIONS: dict[str, Any] = {"pymdownx.tabbed": {"alternate_style": True}}


@dataclass
class Built:
    """The HTML of each page by the path of its source, and the rules that findings about it name."""

    pages: dict[str, str] = field(default_factory=dict)
    rules: dict[str, list[str]] = field(default_factory=dict)


class _Collector(logging.Handler):
    def __init__(self, built: Built) -> None:
        super().__init__(logging.WARNING)
        self.built = built

    def emit(self, record: logging.LogRecord) -> None:
        for match in _MESSAGE.finditer(record.getMessage()):
            self.built.rules.setdefault(match["path"], []).append(match["rule"])


def build(folder: Path, *, hooks: bool) -> Built:
    """Build the tree whose mkdocs.yml lies in the folder."""
    built = Built()
    with TemporaryDirectory() as temporary, _logged(built):
        config = _config(folder, Path(temporary), hooks=hooks)
        mkdocs_build(config)
        docs = Path(config.docs_dir)
        for page in sorted(docs.rglob("*.md")):
            source = page.relative_to(docs).as_posix()
            target = _target(Path(config.site_dir), source)
            if target:
                built.pages[source] = target.read_text("utf-8")
    shown = docs.relative_to(folder).as_posix()
    built.rules = {path.removeprefix(f"{shown}/"): rules for path, rules in built.rules.items()}
    return built


def _target(site: Path, source: str) -> Path | None:
    stem = source.removesuffix(".md")
    names = (f"{stem}/index.html", f"{stem.removesuffix('README')}index.html", f"{stem}.html")
    return next((site / name for name in names if (site / name).is_file()), None)


def _config(folder: Path, temporary: Path, *, hooks: bool) -> Any:
    theme = temporary / "theme"
    theme.mkdir()
    for name in ("main.html", *_templates(_docs(folder))):
        (theme / name).write_text("{{ page.content }}", "utf-8")
    settings = {
        "site_name": "Tree",
        "site_url": "https://docs.example.com/",
        "docs_dir": str(_docs(folder)),
        "site_dir": str(temporary / "site"),
        "theme": {"name": None, "custom_dir": str(theme)},
        "plugins": [],
        "markdown_extensions": [{name: _OPTIONS.get(name, {})} for name in _EXTENSIONS],
        "hooks": [str(HOOKS)] if hooks else [],
        "extra": {"docsite": {"dialect": "markdown"}},
    }
    path = temporary / "mkdocs.yml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    return load_config(config_file=str(path))


def _templates(docs: Path) -> set[str]:
    """Templates that pages ask for."""
    texts = (page.read_text("utf-8", "replace") for page in docs.rglob("*.md"))
    return {match[1] for text in texts for match in _TEMPLATE.finditer(text)}


def _docs(folder: Path) -> Path:
    return next(
        (folder / name for name in ("docs/en/docs", "docs/en", "docs", "src") if (folder / name).is_dir()), folder
    )


@contextmanager
def _logged(built: Built) -> Iterator[None]:
    log, collector = logging.getLogger("mkdocs"), _Collector(built)
    log.addHandler(collector)
    try:
        yield
    finally:
        log.removeHandler(collector)

"""A small bilingual guide written to a folder, for tests that give it pages of their own."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from docsite.config import settings
from docsite.diagnostics.findings import Finding
from docsite.project import project

PAGE = "docs/en/page.md"
CONFIG = """\
site_name: Small guide
site_url: https://docs.example.com/guide/
theme: {name: material, language: en}
plugins:
  - i18n:
      docs_structure: folder
      fallback_to_default: true
      languages:
        - {locale: en, name: English, default: true, build: true}
        - {locale: fr, name: Français, build: true, site_name: Petit guide}
extra:
  docsite:
    site: {product: Acme}
    liquid: {blocks: [panel]}
"""
UPSTREAM = """\
base:
  en: https://up.example.com/docs
  fr: https://up.example.com/docs/fr
pages:
  /api/key/: {anchors: {en: [create, delete], fr: [creer]}}
  /only/french/: {only: fr}
  /notes/2024.1/:
  /new/:
moved:
  /old/: /new/
  /older/: /api/key/#create
"""
FILES: Mapping[str, str] = {
    "mkdocs.yml": CONFIG,
    "docs/data/upstream.yml": UPSTREAM,
    "docs/_includes/name.md": "Hello {{ include.name }}",
    "docs/en/index.md": "# Home\n",
    "docs/fr/index.md": "# Accueil\n",
    "docs/en/other.md": "# Other\n\n## Part two\n",
    "docs/fr/other.md": "# Autre\n\n## Deuxième partie\n",
    "docs/fr/seul.md": "# Seul\n\n## Détail\n",
    "docs/assets/logo.svg": "<svg/>",
}
Source = str | bytes
Files = Source | Mapping[str, Source]


def write(root: Path, files: Files) -> Path:
    """Write the small guide with further or other files (or, given a text, with that page); returns its mkdocs.yml."""
    given = files if isinstance(files, Mapping) else {PAGE: files}
    for name, content in {**FILES, **given}.items():
        path, data = root / name, content if isinstance(content, bytes) else content.encode()
        if not path.exists() or path.read_bytes() != data:  # writing takes longer, and most are there already
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return root / "mkdocs.yml"


def load(root: Path, files: Files) -> project.Project:
    """The small guide, read and resolved."""
    return project.load_project(settings.load_settings(write(root, files)))


def findings(root: Path, files: Files) -> list[Finding]:
    """What is wrong with the small guide."""
    return load(root, files).findings


def markdown(root: Path, files: Files, path: str = PAGE) -> str:
    """What MkDocs gets of a page, notes to the Markdown extension left in."""
    return load(root, files).pages[path].markdown


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail, where the system can, instead of waiting for what would take for ever."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise AssertionError(f"not done within {seconds} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

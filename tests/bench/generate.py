"""A bilingual guide of any size in the Jekyll dialect, the same for the same number of pages."""

from __future__ import annotations

import random
from pathlib import Path

CONFIG = """site_name: Bench
site_url: https://docs.example.com/bench/
hooks: [{hooks}/site_events.py]
theme:
  name: material
  font: false
  features: [navigation.indexes{prune}]
plugins:
  - i18n:
      docs_structure: folder
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: fr, name: Français}}
"""
SECTION = 25
ENGLISH = "the message reaches a user once your engineers track each event and send the key"
FRENCH = "le message atteint l’utilisateur dès que vos équipes suivent chaque événement et envoient la clé"
WORDS = {"en": ENGLISH.split(" "), "fr": FRENCH.split(" ")}


def write(folder: Path, pages: int, *, hooks: Path, prune: bool = True) -> None:
    """Write a guide of `pages` pages, half of them in each language, of about 3.7 kB each."""
    (folder / "mkdocs.yml").write_text(CONFIG.format(hooks=hooks, prune=", navigation.prune" if prune else ""), "utf-8")
    for language in ("en", "fr"):
        keys = [f"part{n // SECTION}/page{n}" for n in range(pages // 2)]
        for number, key in enumerate(keys):
            path = folder / "docs" / language / f"{key}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(_page(language, number, keys), "utf-8")
        (folder / "docs" / language / "index.md").write_text(f"# Bench\n\n[1]({keys[0]}.md)\n", "utf-8")


def _page(language: str, number: int, keys: list[str]) -> str:
    dice = random.Random(number)
    lines = ["---", f"nav_title: Page {number}", f"page_order: {number}", "page_type: reference", "---", ""]
    lines += [f"# Page {number}", ""]
    for section in range(6):
        lines += [f"## Section {section} {{#s{section}}}", "", _sentence(language, dice, 30), ""]
        links = (f"[{_sentence(language, dice, 3)}]({_address(dice, keys)})" for _ in range(4))
        lines += [*(f"* {_sentence(language, dice, 6)} {link}" for link in links), ""]
        if section % 3 == 0:
            lines += ["{% alert note %}", _sentence(language, dice, 15), "{% endalert %}", ""]
        if section % 3 == 1:
            lines += ["| A | B |", "| --- | --- |", f"| {_sentence(language, dice, 4)} | `x = {section}` |", ""]
    return "\n".join(lines)


def _sentence(language: str, dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS[language], k=words))


def _address(dice: random.Random, keys: list[str]) -> str:
    return f"{{{{site.baseurl}}}}/{dice.choice(keys)}/#s{dice.randrange(6)}"

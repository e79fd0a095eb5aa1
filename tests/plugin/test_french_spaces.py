"""Plain spaces where French has no-break ones: the built page has the right ones, wherever the text is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from docsite.plugin.french_spaces import fix_page_spaces
from tests.commands import run_mkdocs

PAGE = """\
---
nav_title: Pourquoi ?
---

# Pourquoi ?

## Comment : « vite » !

Voici **comment** : « *très* vite » ! Voyez l’étape 3 ; `a ! b` ; [la suite](next.md) ?

```text
a ; b !
```

| Quoi ? | Où ? |
|---|---|
| « ici » | là ! |
"""


def visible(text: str) -> str:
    return text.replace("\u202f", "~").replace("\u00a0", "=")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<p>Oui !</p>", "<p>Oui~!</p>"),
        ("<p>« mot »</p>", "<p>«~mot~»</p>"),
        ("<p>« <em>mot</em> »</p>", "<p>«~<em>mot</em>~»</p>"),
        ("<p><strong>Note</strong> : ici</p>", "<p><strong>Note</strong>=: ici</p>"),
        ("<p><strong>Note </strong>: ici</p>", "<p><strong>Note=</strong>: ici</p>"),
        ("<p><code>a ! b</code> ; ici</p>", "<p><code>a ! b</code>~; ici</p>"),
        ("<p>mot</p>\n<p>! ici</p>", "<p>mot</p>\n<p>! ici</p>"),
        ("<p>étape 3, n° 5</p>", "<p>étape=3, n°=5</p>"),
        ("<p>a &lt; b ; c &amp; d !</p>", "<p>a &lt; b~; c &amp; d~!</p>"),
        ('<p title="Oui !">Oui !</p>', '<p title="Oui !">Oui~!</p>'),
        ("<pre>Oui !</pre><kbd>a !</kbd>", "<pre>Oui !</pre><kbd>a !</kbd>"),
        ('<p lang="en">Yes !</p>', '<p lang="en">Yes !</p>'),
        ("<p>Oui! deux  mots...</p>", "<p>Oui! deux  mots...</p>"),
        ("<p>Oui<!-- x --> !</p>", "<p>Oui<!-- x -->~!</p>"),
    ],
)
def test_spaces_are_set_and_nothing_else(html: str, shown: str) -> None:
    assert visible(fix_page_spaces(html, "fr-CA")) == shown
    assert fix_page_spaces(html, "en") == html


@pytest.mark.parametrize("dialect", ["jekyll", "markdown"])
def test_a_built_page_has_them_in_its_text_and_titles(tmp_path: Path, dialect: str) -> None:
    (tmp_path / "docs/suite").mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text(PAGE, "utf-8")
    (tmp_path / "docs/next.md").write_text("# Suite !\n", "utf-8")
    (tmp_path / "docs/suite/index.md").write_text("---\nnav_title: Et après ?\n---\n# Et après ?\n", "utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Espaces\ntheme: {name: material, language: fr, font: false}\nmarkdown_extensions: [tables]\n"
        f"plugins:\n  - docsite: {{dialect: {dialect}}}\n",
        "utf-8",
    )
    done = run_mkdocs("build", "-q", "-f", tmp_path / "mkdocs.yml", "-d", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    tree = LexborHTMLParser((tmp_path / "site/index.html").read_text("utf-8"))
    text = visible("".join(node.text() for node in tree.css("title, body")))
    set_right = dialect == "jekyll"
    assert ("Comment=: «~vite~»~!" in text) == set_right
    assert "Voici comment=: «~très vite~»~! Voyez l’étape=3~; a ! b~; la suite~?" in text or not set_right
    assert "a ; b !" in text
    for title in ("Pourquoi", "Suite", "Et après", "Où", "Quoi", "là"):
        assert (f"{title} ?" not in text and f"{title} !" not in text) == set_right, title

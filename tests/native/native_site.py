"""A varied site in MkDocs' own Markdown, with the plugins that such sites use."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

EXTENSIONS = """\
markdown_extensions:
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc: {permalink: true, slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}}
  - pymdownx.details
  - pymdownx.snippets: {base_path: [SNIPPETS]}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
      emoji_generator: !!python/name:material.extensions.emoji.to_svg
"""
MATERIAL = f"""\
site_name: Native
site_url: https://native.example.com/
repo_url: https://git.example.com/native
theme:
  name: material
  font: false
{EXTENSIONS}
plugins:
  - search
  - blog
  - tags
  - awesome-nav
  - redirects:
      redirect_maps: {{old.md: guide/index.md}}
  - macros
  - include-markdown
  - glightbox
  - git-revision-date-localized: {{type: iso_date, fallback_to_build_date: false}}
"""
LITERATE = """\
site_name: Literate
theme: readthedocs
use_directory_urls: false
plugins:
  - literate-nav: {nav_file: SUMMARY.md}
"""
I18N = f"""\
site_name: Two languages
site_url: https://two.example.com/
theme:
  name: material
  font: false
{EXTENSIONS}
plugins:
  - search
  - i18n:
      docs_structure: suffix
      languages:
        - {{locale: en, name: English, default: true}}
        - {{locale: fr, name: Français, site_name: Deux langues}}
"""
MARKUP = """\
---
title: 2024
aliases: [Nickname, other name]
owner: somebody
tags: [one, two]
---

Text before any heading --flag, "quotes" and 'more' ... with an arrow --> and 1/2.

### Third level first: what's `new`?

# Été à *Paris* & <b>co</b> { #own .x }

3. three
4. four
   - nested by three

- a
    1. b

        deep text

!!! note "A *title*"

    Body with `--code--`.

    ```liquid
    {% alert note %}{{ site.baseurl }}{% endalert %}
    ```

??? tip
    Hidden.

=== "One"

    First [link](guide/index.md#part).

=== "Two"

    Second.

Term
:   Its definition[^1].

| a | b |
| - | - |
| `{{ x }}` | 2 |
{: .wide }

    {% tabs %} as code

<div markdown="1" class="raw">

*inside* [home](index.md)

</div>

<a href="../guide/">raw</a> :smile: HTML

[^1]: A note.
*[HTML]: Hyper

#### Duplicate

#### Duplicate
"""
FILES: Mapping[str, str] = {
    "docs/index.md": "# Home\n\n- [markup](markup.md)\n- [guide](guide/index.md)\n- [data](data/index.md)\n"
    "- [self](#part)\n- ![box](img/box.svg)\n\n## Part\n",
    "docs/markup.md": MARKUP,
    "docs/guide/index.md": "# The guide\n\n## Part\n\n[up](../index.md#part) [missing](nowhere.md) [gone](#gone)\n",
    "docs/guide/second.md": "---\nnav_title: Not MkDocs' title\npage_order: 1\n---\n## Second\n\nA [link](index.md).\n",
    "docs/guide/First.md": "# First\n",
    "docs/data/index.md": "# Data\n\nA folder that docsite would take for its own.\n",
    "docs/_includes/index.md": "# Includes\n",
    "docs/img/box.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
    "docs/broken.md": "---\n: [\n---\n# Broken\n\n{% unclosed\n\n{{ and }}\n",
    "snippets/part.md": "## From a snippet\n\n[home](index.md)\n",
    "docs/snippet.md": '# Snippet\n\n--8<-- "part.md"\n\n[there](#from-a-snippet)\n',
}
PLUGGED: Mapping[str, str] = {
    "docs/.nav.yml": "nav:\n  - index.md\n  - Markup: markup.md\n  - '*'\n",
    "docs/macros.md": "# Macros\n\n{% set name = 'macro' %}\n{% if name %}\nBy a {{ name }}: {{ config.site_name }}.\n"
    "{% endif %}\n\n{% for n in range(2) %}[n{{ n }}](index.md#part) {% endfor %}\n",
    "docs/include.md": "# Include\n\n{% raw %}{% include-markdown 'guide/First.md' %}{% endraw %}\n",
    "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/one.md": "---\ndate: 2024-05-06\ncategories: [News]\ntags: [one]\n---\n# Post\n\nIntro"
    " [home](../../index.md).\n\n<!-- more -->\n\nMore.\n",
}
NAVIGATION: Mapping[str, str] = {
    "docs/SUMMARY.md": "* [Start](index.md)\n* [Everything](markup.md)\n* [Guide](guide/)\n* [Data](data/)\n",
}
TRANSLATIONS: Mapping[str, str] = {
    "docs/index.fr.md": "# Accueil\n\n- [guide](guide/index.md)\n\n## Part\n",
    "docs/guide/index.fr.md": "# Le guide\n\n## Part\n",
}


def write(folder: Path, config: str, *parts: Mapping[str, str]) -> Path:
    """A site, in a repository of its own; returns its mkdocs.yml."""
    for name, text in {**FILES, **{name: text for part in parts for name, text in part.items()}}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    config_file = folder / "mkdocs.yml"
    config_file.write_text(config.replace("SNIPPETS", (folder / "snippets").as_posix()), "utf-8")
    settings = ("-c", "user.name=T", "-c", "user.email=t@example.com")
    for command in (("init", "-q"), ("add", "-A"), (*settings, "commit", "-q", "-m", "All", "--date", "2024-01-02")):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    return config_file

"""A page's problems on the page itself, for the live preview."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from docsite._util.catalog import translate_number

if TYPE_CHECKING:
    from docsite.project.project_page import ProjectPage


def preview_banner_html(page: ProjectPage) -> str:
    """HTML that lists what is wrong with a page, to stand above its Markdown."""
    items = "".join(f"<li><code>{html.escape(str(finding))}</code></li>" for finding in page.findings)
    number = len(page.findings)
    title = "docsite: " + translate_number("{number} problem", "{number} problems", number).format(number=number)
    return f'<div class="admonition failure"><p class="admonition-title">{title}</p><ul>{items}</ul></div>\n\n'

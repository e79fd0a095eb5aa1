"""The docsite plugin for `hooks:` of mkdocs.yml, for a site that keeps it in its own folder and installs nothing."""

from __future__ import annotations

from docsite.plugin.events import DocsitePlugin

plugin = DocsitePlugin()

on_startup = plugin.on_startup
on_serve = plugin.on_serve
on_config = plugin.on_config
on_files = plugin.on_files
on_nav = plugin.on_nav
on_env = plugin.on_env
on_page_markdown = plugin.on_page_markdown
on_page_content = plugin.on_page_content
on_page_context = plugin.on_page_context
on_template_context = plugin.on_template_context
on_post_template = plugin.on_post_template
on_post_build = plugin.on_post_build

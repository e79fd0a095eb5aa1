"""What docsite adds to Python-Markdown: pages of `blocks.writer` become elements."""

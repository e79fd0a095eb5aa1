"""Pages in Python-Markdown's own Markdown, which docsite leaves as they are (`dialect: markdown` and `none`)."""

"""The text of a leaf: links, code, emphasis, raw HTML and typography."""

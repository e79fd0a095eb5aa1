"""The blocks of a page."""

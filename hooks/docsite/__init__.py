"""docsite: turns the writers' Jekyll dialect into MkDocs pages and proves every cross-reference."""

__version__ = "0.1.0"

"""The plugin of MkDocs: one function or class for each of its events.

Besides `hooks/site_events.py` and one module of `config/`, this is the only package that imports MkDocs.
"""

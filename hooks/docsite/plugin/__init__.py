"""What the theme's templates need to know. Beside site_events.py, the only room that imports MkDocs."""

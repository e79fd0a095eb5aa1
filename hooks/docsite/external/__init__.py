"""Addresses outside the site: collected from its sources, asked for by lychee, and reported where they are written."""

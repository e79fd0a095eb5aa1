"""`python -m docsite`, for people whose scripts folder is not on the path."""

from __future__ import annotations

import sys

from docsite.cli import main

if __name__ == "__main__":
    sys.exit(main())

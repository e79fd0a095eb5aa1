"""`python -m docsite`, for people whose scripts folder is not on the path."""

import sys

from docsite.cli.entry_point import run

if __name__ == "__main__":
    sys.exit(run())

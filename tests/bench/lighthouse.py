"""`make lighthouse`: the home page and the overview in both languages, five runs each, the median of each score."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.browser.conftest import build, serve

PAGES = ("", "fr/", "integration/", "fr/integration/")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5


def run(command: list[str], address: str) -> dict[str, int]:
    """The scores of one run, from 0 to 100."""
    flags = ["--quiet", "--output=json", "--output-path=stdout", f"--only-categories={','.join(LEAST)}"]
    browser = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    environment = os.environ | {"CHROME_PATH": os.environ["CHROMIUM"]}
    done = subprocess.run([*command, address, *flags, browser], env=environment, stdout=subprocess.PIPE, check=True)
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in LEAST}


def main(command: list[str]) -> int:
    """Print the medians; 1 if one is too low."""
    low = 0
    with tempfile.TemporaryDirectory() as folder, serve(build(Path(folder, "site"))) as home:
        for page in PAGES:
            runs = [run(command, home + page) for _ in range(RUNS)]
            scores = {name: median(one[name] for one in runs) for name in LEAST}
            low += any(scores[name] < least for name, least in LEAST.items())
            print(f"/{page:20}", *(f"{name} {score}" for name, score in scores.items()), sep="  ", flush=True)
    return min(low, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

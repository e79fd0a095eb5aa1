"""`make lighthouse`: the home page and the overview in both languages, five runs each, the median of each score."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.browser.conftest import Handler, build, serve

PAGES = ("", "fr/", "integration/", "fr/integration/")
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5


class HostHandler(Handler):
    """Sends texts compressed, over connections that stay open, as hosts do."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 - named by http.server
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if not file.is_file() or file.suffix == ".png":
            super().do_GET()
            return
        body = gzip.compress(file.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


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
    with tempfile.TemporaryDirectory() as folder, serve(build(Path(folder, "site")), handler=HostHandler) as home:
        for page in PAGES:
            runs = [run(command, home + page) for _ in range(RUNS)]
            scores = {name: median(one[name] for one in runs) for name in LEAST}
            low += any(scores[name] < least for name, least in LEAST.items())
            print(f"/{page:20}", *(f"{name} {score}" for name, score in scores.items()), sep="  ", flush=True)
    return min(low, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

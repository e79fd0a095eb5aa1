"""The real guide, built once per test process, served under a base path, and read with Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).parents[2]
BASE = "/integration/"
SITE_URL = f"https://docs.example.org{BASE}"
# On GitHub, where Material would ask for stars and forks.
REPO_URL = "https://github.com/example/guide"


class Handler(SimpleHTTPRequestHandler):
    """A static host: one folder under BASE, and 404.html for all that is not there."""

    def translate_path(self, path: str) -> str:
        if not path.startswith(BASE):
            return str(Path(self.directory, "no such file"))
        return super().translate_path(path.removeprefix(BASE.rstrip("/")))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the parent's)
        pass


def build(site_dir: Path, config_file: Path = ROOT / "mkdocs.yml") -> Path:
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", config_file, "-d", site_dir],
        env=os.environ | {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL, "EDIT_URI": "edit/main/docs/"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode:
        pytest.fail(f"The guide does not build:\n{result.stdout}{result.stderr}", pytrace=False)
    return site_dir


@contextmanager
def serve(site_dir: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site_dir))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the guide's home page."""
    with serve(build(tmp_path_factory.mktemp("guide") / "site")) as address:
        yield address


class Visit(Protocol):
    def __call__(
        self, address: str, *, width: int = 1280, scheme: Literal["light", "dark"] = "light", status: int = 200
    ) -> Page: ...


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Open a page as a new reader. Whatever the page then asks for in vain or from elsewhere, or complains
    about, fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(
        address: str, *, width: int = 1280, scheme: Literal["light", "dark"] = "light", status: int = 200
    ) -> Page:
        home = address[: address.index(BASE) + len(BASE)]

        def on_request(request: Request) -> None:
            if not request.url.startswith((home, "data:", "blob:")):
                faults.append(f"asked elsewhere: {request.url}")

        def on_failure(request: Request) -> None:
            # A click away from a page aborts what it was still fetching.
            if request.failure != "net::ERR_ABORTED":
                faults.append(f"failed: {request.url}: {request.failure}")

        def on_response(response: Response) -> None:
            if response.status >= 400 and response.url != address:
                faults.append(f"{response.status}: {response.url}")

        def on_console(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and message.location["url"] != address:
                faults.append(f"console: {message.text} ({message.location})")

        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", on_request)
        page.on("requestfailed", on_failure)
        page.on("response", on_response)
        page.on("console", on_console)
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        response = page.goto(address)
        assert response is not None
        assert response.status == status
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults

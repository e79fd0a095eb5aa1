"""The real guide, built once per test process, served under a base path, and read with Chromium."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tests.commands import run_mkdocs
from tests.shared import made_once, unmeasured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response

ROOT = Path(__file__).parents[2]
BASE = "/integration/"
SITE_URL = f"https://docs.example.org{BASE}"
# On GitHub, where Material would ask for stars and forks.
REPO_URL = "https://github.com/example/guide"


def site_headers(file: Path) -> list[tuple[str, str]]:
    """The names and values in a site's `_headers`."""
    lines = file.read_text("utf-8").splitlines()[1:] if file.is_file() else []
    return [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]


class Handler(SimpleHTTPRequestHandler):
    """A static host: one folder under BASE, and 404.html for all that is not there."""

    base = BASE
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        # A click away from a page breaks off what it was still fetching.
        with suppress(ConnectionError):
            super().handle()

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.base):
            return str(Path(self.directory, "no such file"))
        return super().translate_path(path.removeprefix(self.base.rstrip("/")))

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

    def end_headers(self) -> None:
        """Send the headers that the site asks its host for, the Content-Security-Policy above all."""
        for name, value in site_headers(Path(self.directory, "_headers")):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the parent's)
        pass


def build(site_dir: Path, config_file: Path = ROOT / "mkdocs.yml") -> Path:
    environment = unmeasured() | {"SITE_URL": SITE_URL, "REPO_URL": REPO_URL, "EDIT_URI": "edit/main/docs/"}
    result = run_mkdocs("build", "--strict", "-f", config_file, "-d", site_dir, env=environment)
    if result.returncode:
        pytest.fail(f"The guide does not build:\n{result.stdout}{result.stderr}", pytrace=False)
    return site_dir


@contextmanager
def serve(site_dir: Path, base: str = BASE, handler: type[Handler] = Handler) -> Iterator[str]:
    based = type("BasedHandler", (handler,), {"base": base})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(based, directory=str(site_dir))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{base}"
        server.shutdown()
        thread.join()


def text_at(address: str) -> str:
    with urlopen(address, timeout=10) as response:
        return str(response.read().decode("utf-8"))


@pytest.fixture(scope="session")
def guide_folder(shared: Path) -> Path:
    """The built guide."""
    return made_once(shared / "guide", build)


@pytest.fixture(scope="session")
def guide(guide_folder: Path) -> Iterator[str]:
    """The address of the guide's home page."""
    with serve(guide_folder) as address:
        yield address


class Visit(Protocol):
    def __call__(
        self, address: str, *, width: int = 1280, scheme: Literal["light", "dark"] = "light", status: int = 200
    ) -> Page: ...


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all tests, since each new one takes a process of the browser's."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def forget(tab: Page) -> None:
    """Let nothing be left of the reader before: neither what was stored, nor a place on a page, nor the mouse."""
    for other in [page for page in tab.context.pages if page is not tab]:
        other.close()
    host = urlsplit(tab.url)
    tab.goto("about:blank")
    tab.mouse.move(0, 0)
    tab.context.clear_cookies()
    devtools = tab.context.new_cdp_session(tab)
    if host.netloc:
        devtools.send("Storage.clearDataForOrigin", {"origin": f"{host.scheme}://{host.netloc}", "storageTypes": "all"})
    devtools.detach()


class Watch:
    """Notes whatever a page asks for in vain or from elsewhere, and its complaints."""

    def __init__(self) -> None:
        self.address = self.home = ""
        self.problems: list[str] = []

    def go(self, address: str) -> None:
        self.address, self.home = address, address[: address.index(BASE) + len(BASE)]

    def on_request(self, request: Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def on_failure(self, request: Request) -> None:
        # A click away from a page aborts what it was still fetching.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.url}: {request.failure}")

    def on_response(self, response: Response) -> None:
        if response.status >= 400 and response.url != self.address:
            self.problems.append(f"{response.status}: {response.url}")

    def on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and message.location["url"] != self.address:
            self.problems.append(f"console: {message.text} ({message.location})")

    def on_error(self, error: Error) -> None:
        self.problems.append(f"script: {error}")


@contextmanager
def watching(tab: Page) -> Iterator[Watch]:
    watch = Watch()
    tab.on("request", watch.on_request)
    tab.on("requestfailed", watch.on_failure)
    tab.on("response", watch.on_response)
    tab.on("console", watch.on_console)
    tab.on("pageerror", watch.on_error)
    yield watch
    tab.remove_listener("request", watch.on_request)
    tab.remove_listener("requestfailed", watch.on_failure)
    tab.remove_listener("response", watch.on_response)
    tab.remove_listener("console", watch.on_console)
    tab.remove_listener("pageerror", watch.on_error)


@pytest.fixture
def visit(tab: Page) -> Iterator[Visit]:
    """Open a page as a new reader, in the one tab there is. Whatever the page then asks for in vain or from elsewhere,
    or complains about, fails the test."""
    with watching(tab) as watch:

        def open_page(
            address: str, *, width: int = 1280, scheme: Literal["light", "dark"] = "light", status: int = 200
        ) -> Page:
            forget(tab)
            watch.go(address)
            tab.set_viewport_size({"width": width, "height": 900})
            tab.emulate_media(color_scheme=scheme)
            response = tab.goto(address)
            assert response is not None
            assert response.status == status
            return tab

        yield open_page
        forget(tab)
    assert not watch.problems

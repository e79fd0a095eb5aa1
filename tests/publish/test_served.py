"""The published tree as a web server sends it, under a base path: nginx where it is installed, or else Python's."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Protocol
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Handler
from tests.publish.case import BRANCH, SITE_URL, Guide

pytestmark = pytest.mark.no_cover

BASE = "/tiny/"
NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log stderr error;
events {{}}
http {{
  access_log off;
  types {{ text/html html; text/css css; text/javascript js; application/json json; application/xml xml; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port};
    absolute_redirect off;
    location {base} {{ alias {tree}/; error_page 404 {base}404.html; }}
  }}
}}
"""


class TinyHandler(Handler):
    """Under this guide's base path."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.replace(BASE, "/integration/", 1))


@contextmanager
def nginx(program: str, tree: Path, folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, port=port, base=BASE, tree=tree), "utf-8")
    server = subprocess.Popen([program, "-p", folder, "-c", config], stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}{BASE}"
    finally:
        server.terminate()
        server.communicate()


@contextmanager
def python(tree: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(TinyHandler, directory=str(tree))) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module", params=[BRANCH, "copies"])
def tree(request: pytest.FixtureRequest, published: Guide, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    folder.chmod(0o755)
    return published.check_out(folder / "site", request.param)


@pytest.fixture(scope="module")
def address(tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    serve = nginx(program, tree, tmp_path_factory.mktemp("nginx")) if program else python(tree)
    with serve as found:
        yield found


def test_lychee_finds_every_link_of_every_version(tree: Path, address: str, tmp_path: Path) -> None:
    found = [Path(folder, name) for folder, _, names in os.walk(tree, followlinks=True) for name in names]
    pages = [path.relative_to(tree).as_posix().removesuffix("index.html") for path in found if path.suffix == ".html"]
    assert len([page for page in pages if page.startswith("latest/")]) == 10
    assert len(pages) == 2 + 4 * 10
    inputs = tmp_path / "pages"
    inputs.write_text("".join(f"{address}{quote(page)}\n" for page in pages), "utf-8")
    done = subprocess.run(
        [
            *(Path(sys.executable).parent / "lychee", "--files-from", inputs, "--format", "json", "--no-progress"),
            *("--include-fragments", "--remap", f"{SITE_URL} {address}", "--include", address, "--exclude", "."),
            *("--max-retries", "0", "--host-request-interval", "0s", "--max-concurrency", "8"),
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    result: dict[str, Any] = json.loads(done.stdout)
    assert result["error_map"] == {}, done.stderr
    assert result["successful"] > 400


class Reader(Protocol):
    """Opens a page as someone with that language would, who once chose the saved one."""

    def __call__(self, locale: str, saved: str = "", *, scripts: bool = True) -> Page: ...


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    contexts: list[BrowserContext] = []

    def open_page(locale: str, saved: str = "", *, scripts: bool = True) -> Page:
        context = browser.new_context(locale=locale, java_script_enabled=scripts)
        contexts.append(context)
        if saved:
            context.add_init_script(f"localStorage.setItem('docsite.language', '{saved}')")
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(
    ("locale", "saved", "wanted"),
    [("en-GB", "", ""), ("fr-CA", "", "fr/"), ("de-DE", "", ""), ("en-GB", "fr", "fr/"), ("fr-FR", "en", "")],
)
def test_the_entrance_keeps_language_query_and_hash(
    reader: Reader, address: str, locale: str, saved: str, wanted: str
) -> None:
    page = reader(locale, saved)
    page.goto(f"{address}?q=a#b")
    page.wait_for_url("**/latest/**")
    assert page.url == f"{address}latest/{wanted}?q=a#b"


@pytest.mark.parametrize(
    ("path", "language", "links"),
    [
        ("1.1/fr/unknown", "fr", {"1.1/fr/", "latest/fr/", "1.1/", "latest/"}),
        ("1.1/a/b/c/unknown.html", "en", {"1.1/fr/", "latest/fr/", "1.1/", "latest/"}),
        ("latest/fr/unknown/", "fr", {"latest/fr/", "latest/"}),
        ("unknown/at/any/depth/", "fr", {"latest/fr/", "latest/"}),
    ],
)
def test_the_error_page_leads_home_from_any_depth(
    reader: Reader, address: str, path: str, language: str, links: set[str]
) -> None:
    page = reader("fr-FR")
    response = page.goto(f"{address}{path}")
    assert response is not None
    assert response.status == 404
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("section").first.get_attribute("lang") == language
    shown = [link for link in page.locator("a").all() if link.is_visible()]
    found = {str(link.evaluate("link => link.href")) for link in shown}
    assert found == {f"{address}{link}" for link in links}
    shown[0].click()
    assert page.url.removeprefix(address) in links
    assert page.locator("html").get_attribute("lang") == language


def test_without_scripts_the_entrance_still_leads_on(reader: Reader, address: str) -> None:
    page = reader("fr-FR", scripts=False)
    page.goto(address)
    page.wait_for_url("**/latest/")

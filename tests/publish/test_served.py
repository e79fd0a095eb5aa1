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
from playwright.sync_api import Browser, BrowserContext, Page, expect

from docsite.built_site.security_headers import content_security_policy
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
    ("path", "language", "home"),
    [
        ("1.1/fr/unknown", "fr", "1.1/fr/"),
        ("1.1/a/b/c/unknown.html", "en", "1.1/"),
        ("latest/fr/unknown/", "fr", "latest/fr/"),
        ("latest/unknown/", "en", "latest/"),
        ("unknown/at/any/depth/", "fr", "latest/fr/"),
    ],
)
def test_a_missing_page_is_answered_by_its_version_in_its_language(
    reader: Reader, address: str, path: str, language: str, home: str
) -> None:
    page = reader("fr-FR")
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if "Policy" in message.text else None)
    response = page.goto(f"{address}{path}")
    assert response is not None
    assert response.status == 404
    expect(page.locator(".missing-page")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language
    page.locator(f".missing-page section[lang={language}] > p a").click()
    page.wait_for_url(f"{address}{home}")
    assert blocked == []


@pytest.mark.parametrize("scripts", [True, False])
def test_the_error_page_leads_home_where_its_version_has_none(reader: Reader, address: str, scripts: bool) -> None:
    page = reader("fr-FR", scripts=scripts)
    page.route("**/fr/404.html", lambda route: route.abort())
    page.goto(f"{address}1.1/fr/unknown")
    expect(page.locator("h1")).to_have_text(["Page not found", "Page introuvable"])
    page.locator("section[lang=fr] a").click()
    assert page.url == f"{address}latest/fr/"


def test_one_policy_allows_what_all_versions_need(tree: Path) -> None:
    served = policy((tree / "_headers").read_text("utf-8"))
    pages = [path.read_text("utf-8") for path in sorted(tree.rglob("*.html"))]
    needed = policy(f"Content-Security-Policy: {content_security_policy(pages)}")
    assert served == needed
    assert len(served["script-src"]) > 3


def policy(text: str) -> dict[str, set[str]]:
    (line,) = (line for line in text.splitlines() if "Content-Security-Policy: " in line)
    directives = (part.split() for part in line.partition(": ")[2].split("; "))
    return {name: set(sources) for name, *sources in directives}


def test_without_scripts_the_entrance_still_leads_on(reader: Reader, address: str) -> None:
    page = reader("fr-FR", scripts=False)
    page.goto(address)
    page.wait_for_url("**/latest/")

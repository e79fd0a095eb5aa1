"""Three versions of a tiny guide with the real templates, scripts and hooks, published by the real mike."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal

from docsite.built_site import canonical_urls, version_pages
from tests.browser.conftest import BASE, REPO_URL, ROOT, SITE_URL, Handler
from tests.shared import unmeasured

VERSIONS = ("1.0", "1.1", "1.2")
LATEST = "1.2"
LANGUAGES = {"en": "", "fr": "fr/"}

# A page, the languages it is written in, and the versions that have it.
PAGES = {
    "": ("en fr", VERSIONS),
    "setup/": ("en fr", VERSIONS),
    "setup/keys/": ("en fr", VERSIONS),
    "setup/clés à part/": ("en fr", VERSIONS),
    "setup/notes/": ("en", VERSIONS),
    "setup/avis/": ("fr", VERSIONS),
    "setup/old/": ("en fr", ("1.0",)),
    "setup/old/detail/": ("en fr", ("1.0",)),
    "setup/first/": ("en fr", ("1.0",)),
    "setup/start/": ("en fr", ("1.1", "1.2")),
    "setup/new/": ("en fr", ("1.2",)),
}
FOLDERS = ("", "setup/", "setup/old/")
MOVED = {"setup/first/": "setup/start/"}

AliasType = Literal["symlink", "copy"]


def languages_of(page: str) -> list[str]:
    """The languages in which a page can be opened: what is not written in French falls back to English."""
    return ["fr"] if PAGES[page][0] == "fr" else list(LANGUAGES)


def pages_of(version: str) -> list[str]:
    return [page for page, (_, versions) in PAGES.items() if version in versions]


def markdown(page: str, language: str, version: str) -> str:
    aliases = [f"/{old}" for old, new in MOVED.items() if new == page]
    return f"""\
---
nav_title: {page or "Home"}
article_title: "{page or "Home"} ({language}, {version})"
page_order: 1
page_type: reference
description: A page.
aliases: {json.dumps(aliases)}
---

# {page or "Home"}

Only here: wordof{version.replace(".", "")}.

## Last {{#last}}

Text.
"""


def write(project: Path, version: str) -> None:
    """Write the guide as it is in a version."""
    shutil.rmtree(project / "docs", ignore_errors=True)
    for folder in ("docs/assets", "docs/data"):
        shutil.copytree(ROOT / folder, project / folder)
    for page in pages_of(version):
        for language in PAGES[page][0].split():
            name = f"{page}index.md" if page in FOLDERS else f"{page.rstrip('/')}.md"
            path = project / "docs" / language / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(markdown(page, language, version), "utf-8")


def run(project: Path, *command: str) -> bytes:
    environment = unmeasured() | {
        "SITE_URL": SITE_URL,
        "REPO_URL": REPO_URL,
        "NO_MKDOCS_2_WARNING": "1",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    result = subprocess.run(command, cwd=project, env=environment, capture_output=True, check=False)
    if result.returncode:
        output = (result.stdout + result.stderr).decode("utf-8", "replace")
        raise RuntimeError(f"{' '.join(command)} failed:\n{output}")
    return result.stdout


def mike(project: Path, *arguments: str) -> None:
    run(project, sys.executable, "-c", "from mike.driver import main; raise SystemExit(main())", *arguments)


def publish(project: Path, versions: Iterable[str] = VERSIONS) -> None:
    """Publish versions one after the other; `latest` is a symlink on gh-pages and a copy on the branch `copies`."""
    project.mkdir(parents=True, exist_ok=True)
    for folder in ("hooks", "overrides"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    run(project, "git", "init", "--quiet")
    run(project, "git", "config", "user.name", "Tests")
    run(project, "git", "config", "user.email", "tests@example.org")
    # Without this mike cannot copy a name that is not ASCII from one folder of a branch to another.
    run(project, "git", "config", "core.quotePath", "false")
    run(project, "git", "commit", "--quiet", "--allow-empty", "--message", "Start")
    for version in versions:
        write(project, version)
        mike(project, "deploy", "--update-aliases", version, canonical_urls.ALIAS)
    run(project, "git", "branch", "copies", "gh-pages")
    mike(project, "delete", "--branch", "copies", canonical_urls.ALIAS)
    mike(project, "alias", "--branch", "copies", "--alias-type", "copy", LATEST, canonical_urls.ALIAS)


def check_out(project: Path, branch: str, to: Path) -> Path:
    """The files of a branch."""
    with tarfile.open(fileobj=io.BytesIO(run(project, "git", "archive", branch))) as archive:
        archive.extractall(to, filter="data")
    return to


def complete(tree: Path, latest: str = LATEST) -> None:
    """What publishing does beyond mike: each version is told how it stands to the latest."""
    pages = version_pages.load_version_pages((tree / latest / version_pages.FILE).read_bytes())
    site = canonical_urls.PublishedSite(SITE_URL, pages)
    for name in [*VERSIONS, canonical_urls.ALIAS]:
        folder = tree / name
        if not folder.is_symlink():
            version = _version(latest if name == canonical_urls.ALIAS else name, latest)
            for path in [path for path in folder.rglob("*") if path.is_file()]:
                data = path.read_bytes()
                path.write_bytes(canonical_urls.rewrite_file(path.relative_to(folder).as_posix(), data, version, site))


def _version(name: str, latest: str) -> canonical_urls.PublishedVersion:
    if name == latest:
        return canonical_urls.PublishedVersion(name, canonical_urls.VersionStatus.LATEST)
    standing = canonical_urls.VersionStatus.OLD if name < latest else canonical_urls.VersionStatus.PREVIEW
    return canonical_urls.PublishedVersion(name, standing, noindex=True)


class VersionsHandler(Handler):
    """A static host with an error page for each version."""

    protocol_version = "HTTP/1.1"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        root = self.directory
        folder = self.path.removeprefix(BASE).split("/")[0]
        known = Path(root, folder, "404.html").is_file()
        self.directory = str(Path(root, folder if known else canonical_urls.ALIAS))
        super().send_error(code, message, explain)
        self.directory = root


class Server(ThreadingHTTPServer):
    """Lets a browser open connections faster than they are taken up."""

    request_queue_size = 128


@contextmanager
def serve(tree: Path) -> Iterator[str]:
    with Server(("127.0.0.1", 0), partial(VersionsHandler, directory=str(tree))) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{BASE}"
        server.shutdown()
        thread.join()

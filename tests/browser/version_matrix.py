"""Every selector on every kind of page of every version, clicked: where does it land?

`python -m tests.browser.version_matrix` prints the answer as a table.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright
from playwright.sync_api import TimeoutError as TimedOut

from docsite.built_site.canonical_urls import ALIAS
from docsite.built_site.version_pages import parent_paths
from tests import chromium
from tests.browser import versions
from tests.browser.versions import LANGUAGES, LATEST, MOVED, PAGES, VERSIONS

HASH = "#last"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MISSING = ("nowhere/", "setup/old/detail/nowhere/", "setup/nowhere.html")


class Origin(NamedTuple):
    """A page to start from; `missing` if it is the 404 page that is shown there."""

    folder: str
    language: str
    page: str
    missing: bool = False

    @property
    def version(self) -> str:
        return LATEST if self.folder == ALIAS else self.folder

    @property
    def address(self) -> str:
        return address(self.folder, self.language, self.page)


class Step(NamedTuple):
    """A click on a selector, where it landed, and where it should have."""

    origin: Origin
    clicked: str
    landed: str
    expected: str


@dataclass
class Walk:
    """What a walk saw.

    Attributes:
        problems: failed requests, complaints on the console.
    """

    steps: list[Step] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def address(folder: str, language: str, page: str) -> str:
    return quote(f"{folder}/{LANGUAGES[language]}{page}")


def exists(version: str, language: str, page: str) -> bool:
    return page in PAGES and version in PAGES[page][1] and language in versions.languages_of(page)


def expected(origin: Origin, choice: str) -> str:
    """Where a selector should lead that is set to a version or a language, as the plan (`PAGES`, `MOVED`) has it."""
    folder, language = (origin.folder, choice) if choice in LANGUAGES else (choice, origin.language)
    version = LATEST if folder == ALIAS else folder
    former = {new: old for old, new in MOVED.items()}
    names = [origin.page, MOVED.get(origin.page, ""), former.get(origin.page, "")]
    for name in filter(None, names):
        if exists(version, language, name):
            return address(folder, language, name) + HASH
    if exists(version, language, origin.page):
        return address(folder, language, origin.page) + HASH
    return next(
        address(folder, language, page) for page in parent_paths(origin.page) if exists(version, language, page)
    )


def origins(folders: Iterable[str]) -> Iterator[Origin]:
    for folder in folders:
        version = LATEST if folder == ALIAS else folder
        for language in LANGUAGES:
            yield from (Origin(folder, language, page) for page in PAGES if exists(version, language, page))
            yield from (Origin(folder, language, page, missing=True) for page in MISSING)


# Each click is a real one that starts to leave the page; where to is noted, and the page kept for the next.
CLICK_ALL = """
async () => {
  const destinations = {};
  for (const link of document.querySelectorAll(".md-select__link")) {
    const leaving = new Promise(resolve => navigation.addEventListener("navigate", event => {
      event.preventDefault();
      resolve(event.destination.url);
    }, {once: true}));
    link.click();
    destinations[link.hreflang || link.textContent.split(" ")[0]] = await leaving;
  }
  return destinations;
}
"""


def walk(browser: Browser, root: str, starts: Iterable[Origin]) -> Walk:
    """Click all there is in the selectors of some pages, and on every third go where one of the clicks leads."""
    seen = Walk()
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(30_000)
    _listen(page, root, seen)
    for number, origin in enumerate(starts):
        page.goto(f"{root}{origin.address}{HASH}", wait_until="domcontentloaded")
        page.locator(".version-select a").first.wait_for(state="attached")
        destinations = page.evaluate(CLICK_ALL)
        choices = [*VERSIONS, *LANGUAGES]
        for choice in choices:
            landed = destinations.get(choice, "not offered").removeprefix(root)
            seen.steps.append(Step(origin, choice, landed, expected(origin, choice)))
        if number % 3 == 0:
            _land(page, root, seen, seen.steps[number % len(choices) - len(choices)])
    context.close()
    return seen


def _land(page: Page, root: str, seen: Walk, step: Step) -> None:
    """Go all the way, by keyboard."""
    link = f"[hreflang={step.clicked}]" if step.clicked in LANGUAGES else f":text('{step.clicked}')"
    page.locator(f".md-select__link{link}").press("Enter")
    try:
        page.wait_for_url(root + step.expected, wait_until="commit")
    except TimedOut:
        seen.problems.append(f"{step.origin.address}, {step.clicked}: at {page.url} instead of {step.expected}")


def _listen(page: Page, root: str, seen: Walk) -> None:
    """Note what the pages ask for in vain or from elsewhere, and their complaints, but for the 404 page itself."""
    missing = {root + origin.address for origin in origins([*VERSIONS, ALIAS]) if origin.missing}

    def on_response(response: Response) -> None:
        if response.status >= 400 and response.url not in missing:
            seen.problems.append(f"{response.status}: {response.url}")
        if not response.url.startswith(root):
            seen.problems.append(f"asked elsewhere: {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and message.location["url"].partition("#")[0] not in missing:
            seen.problems.append(f"console: {message.text} ({message.location})")

    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: seen.problems.append(f"script: {error}"))


def table(seen: Walk) -> str:
    """The steps, a row for each page and a column for each choice; what landed wrong says so."""
    rows: dict[Origin, list[str]] = {}
    for step in seen.steps:
        wrong = "" if step.landed == step.expected else f" WRONG, not {unquote(step.expected)}"
        rows.setdefault(step.origin, []).append(unquote(step.landed) + wrong)
    lines = [["From", *(f"version {one}" for one in VERSIONS), *(f"language {one}" for one in LANGUAGES)]]
    lines.append(["---"] * len(lines[0]))
    lines += [[_name(origin), *landed] for origin, landed in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _name(origin: Origin) -> str:
    shown = unquote(origin.address) + HASH
    if origin.missing:
        return f"{shown} (404)"
    return f"{shown} (fallback)" if fallback(origin) else shown


def fallback(origin: Origin) -> bool:
    """Whether the page shows the text of the other language."""
    return not origin.missing and origin.language not in PAGES[origin.page][0].split()


def main() -> int:
    """Publish, walk, and print."""
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder, "project")
        project.mkdir()
        versions.publish(project)
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(ARGUMENTS))
        for branch, folders in (("gh-pages", [*VERSIONS, ALIAS]), ("copies", [ALIAS])):
            tree = versions.check_out(project, branch, Path(folder, branch))
            versions.complete(tree)
            with versions.serve(tree) as root:
                seen = walk(browser, root, origins(folders))
            astray = sum(step.landed != step.expected for step in seen.steps)
            kind = "a symlink" if branch == "gh-pages" else "a copy"
            print(f"`{ALIAS}` as {kind}: {len(seen.steps)} clicks, {astray} wrong, {len(seen.problems)} problems\n")
            print(table(seen), *seen.problems, "", sep="\n")
            wrong += astray + len(seen.problems)
        browser.close()
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())

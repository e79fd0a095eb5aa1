"""lychee asks for the addresses: its command line, and what its report says of each address."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urlsplit

import msgspec

from docsite._util.exit_reason import exit_reason
from docsite._util.interruption import temporary_folder
from docsite.external.external_messages import REASONS, external_error
from docsite.external.guard import Guard, guarding_proxy, is_public

_OPTIONS = (
    *("--format", "json", "--include-fragments=anchor-only", "--scheme", "http", "--scheme", "https"),
    *("--max-redirects", "5", "--max-retries", "2", "--timeout", "20"),
    *("--max-concurrency", "32", "--host-concurrency", "4", "--host-request-interval", "100ms", "-vv"),
)
_PERMANENT = (301, 308)
_DEAD = (404, 410)
_PROXIES = ("http_proxy", "https_proxy", "all_proxy")


class Kind(StrEnum):
    """What is known of an address."""

    ALIVE = "alive"
    DEAD = "dead"
    NO_ANCHOR = "no-anchor"
    UNKNOWN = "unknown"


class Answer(msgspec.Struct, frozen=True):
    """What came of asking for an address.

    Attributes:
        reason: why it is not alive, such as `404 Not Found`.
        moved_to: where permanent redirects lead, or "".
    """

    kind: Kind
    reason: str = ""
    moved_to: str = ""


_MISSING = Answer(Kind.DEAD, REASONS["no-host"])


def ask_lychee(addresses: Sequence[str], is_allowed: Callable[[str], bool] = is_public) -> Mapping[str, Answer]:
    """Ask for each address once.

    Raises:
        UsageError: lychee is not installed, or gives no report.
    """
    if not addresses:
        return {}
    program = _program()
    with temporary_folder() as folder, guarding_proxy(is_allowed) as guard:
        page = folder / "addresses.html"
        # Pages without fragments come first: of two addresses of one page, lychee reports redirects of the first only.
        asked = list(dict.fromkeys([*(address.partition("#")[0] for address in addresses), *addresses]))
        # A line an address, since lychee's report names the line, and the address in a form of its own.
        page.write_text("".join(f'<a href="{html.escape(address)}">\n' for address in asked), "utf-8")
        command = [program, *_OPTIONS, *([] if sys.stderr.isatty() else ["--no-progress"]), page.name]
        done = subprocess.run(command, check=False, cwd=folder, env=_environment(guard), stdout=subprocess.PIPE)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            raise external_error("no-report", reason=exit_reason(done.returncode)) from None
        answers = _answers(asked, report, guard)
        if all(answer == _MISSING for answer in answers.values()):
            return dict.fromkeys(addresses, Answer(Kind.UNKNOWN, REASONS["no-network"]))
        return {address: _with_move(address, answers) for address in addresses}


def _program() -> str:
    beside = Path(sys.executable).with_name("lychee.exe" if os.name == "nt" else "lychee")
    program = str(beside) if beside.is_file() else which("lychee")
    if program is None:
        raise external_error("no-lychee")
    return program


def _environment(guard: Guard) -> dict[str, str]:
    """The environment with the guard as the proxy for everything."""
    inherited = {name: value for name, value in os.environ.items() if name.lower() not in (*_PROXIES, "no_proxy")}
    proxies = dict.fromkeys((*_PROXIES, *(name.upper() for name in _PROXIES)), guard.url)
    return inherited | proxies | {"no_proxy": "", "NO_PROXY": ""}


def _answers(addresses: Sequence[str], report: Mapping[str, Any], guard: Guard) -> dict[str, Answer]:
    by_line: dict[int, Mapping[str, Any]] = {}
    by_url: dict[str, Mapping[str, Any]] = {}
    for section in ("success_map", "error_map", "timeout_map", "excluded_map"):
        for entries in report.get(section, {}).values():
            for entry in entries:
                by_url[entry["url"]] = entry
                by_line[entry["span"]["line"]] = entry
    answers = {}
    for line, address in enumerate(addresses, 1):
        entry = by_line.get(line) or by_url.get(address)
        answers[address] = _answer(address, entry, guard) if entry else Answer(Kind.UNKNOWN, REASONS["no-address"])
    return answers


def _answer(address: str, entry: Mapping[str, Any], guard: Guard) -> Answer:
    status, hops = entry["status"], entry.get("redirects", {}).get("redirects", [])
    code, reason = status.get("code"), str(status.get("details") or status["text"])
    last = _host(hops[-1]["url"] if hops else address)
    moved_to = "" if "#" in address else _moved_to(hops)
    if last in guard.refused:
        return Answer(Kind.UNKNOWN, REASONS["redirect-not-public" if hops else "not-public"])
    if last in guard.missing:
        return _MISSING
    if code in _DEAD:
        return Answer(Kind.DEAD, reason.removeprefix("Rejected status code: "))
    if code is not None and 200 <= code < 300:
        return Answer(Kind.ALIVE, "", moved_to)
    if "Cannot find fragment" in reason:
        return Answer(Kind.NO_ANCHOR, reason, moved_to)
    return Answer(Kind.UNKNOWN, reason.removeprefix("Rejected status code: "))


def _with_move(address: str, answers: Mapping[str, Answer]) -> Answer:
    """The answer for an address, with the move of its page; the fragment goes along, as in browsers."""
    page, _, fragment = address.partition("#")
    answer, target = answers[address], answers[page].moved_to
    if not fragment or not target:
        return answer
    return Answer(answer.kind, answer.reason, target if "#" in target else f"{target}#{fragment}")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _moved_to(hops: Sequence[Mapping[str, Any]]) -> str:
    """Where the permanent redirects that come first lead."""
    target = ""
    for hop in hops:
        if hop["code"] not in _PERMANENT:
            break
        target = str(hop["url"])
    return target

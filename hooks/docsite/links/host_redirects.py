"""The redirects of a site's host in `_redirects`, as Netlify and Cloudflare Pages read that file.

https://docs.netlify.com/manage/routing/redirects/redirect-options/ and
https://developers.cloudflare.com/pages/configuration/redirects/
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

FILE = "_redirects"
_NOT_FOUND = (404, 410)
_NAME = re.compile(r":([A-Za-z]\w*)")
_MOST_STEPS = 10
"""Redirects in a row that browsers follow at least."""


class HostRedirect(NamedTuple):
    """One line of the file.

    Attributes:
        path: a pattern of the paths that it is for, without slashes at either end.
        target: a path or a full address, with `:splat` and `:name` for parts of the path that was asked for.
        line, column: where the target is written.
    """

    path: re.Pattern[str]
    target: str
    line: int
    column: int

    @property
    def is_fixed(self) -> bool:
        """Whether it leads to one place, whatever was asked for."""
        return not _NAME.search(self.target)


def parse_redirects(text: str) -> list[HostRedirect]:
    """The lines that answer for a path of the site, in order.

    A line that leads every path to one place, as applications have it, says of none of them that it exists.
    """
    return [*_parse(text.splitlines())]


def _parse(lines: Sequence[str]) -> Iterator[HostRedirect]:
    for number, line in enumerate(lines, 1):
        source, *others = line.partition(" #")[0].split() or [""]
        target = next((part for part in others if part.startswith(("/", "http://", "https://"))), "")
        codes = [int(part.rstrip("!")) for part in others if re.fullmatch(r"\d{3}!?", part)]
        if source.startswith("/") and target and not any(code in _NOT_FOUND for code in codes):
            with suppress(re.error):  # one name twice
                redirect = HostRedirect(_pattern(source.strip("/")), target, number, line.rindex(target) + 1)
                if source != "/*" or not redirect.is_fixed:
                    yield redirect


def _pattern(source: str) -> re.Pattern[str]:
    *folders, last = source.split("/")
    if last != "*":
        return re.compile("/".join(map(_segment, (*folders, last))))
    return re.compile("/".join(map(_segment, folders)) + ("(?:/(?P<splat>.*))?" if folders else "(?P<splat>.*)"))


def _segment(name: str) -> str:
    placeholder = _NAME.fullmatch(name)
    return f"(?P<{placeholder[1]}>[^/]+)" if placeholder else re.escape(unquote(name))


def follow_redirects(redirects: Sequence[HostRedirect], path: str, find: Callable[[str], str | None]) -> str | None:
    """What a path leads to by redirects alone: `FILE` for another server, and None for nothing.

    Args:
        path: decoded, from the root of the site.
        find: the file at a path of the site, if there is one.
    """
    for _ in range(_MOST_STEPS):
        target = _target(redirects, path.strip("/"))
        if target is None or target.startswith("http"):
            return target and FILE
        path = unquote(urlsplit(target).path).lstrip("/")
        if (found := find(path)) is not None:
            return found
    return None


def _target(redirects: Sequence[HostRedirect], path: str) -> str | None:
    matches = ((redirect, redirect.path.fullmatch(path)) for redirect in redirects)
    redirect, match = next(((redirect, match) for redirect, match in matches if match), (None, None))
    if redirect is None or match is None:
        return None
    parts = match.groupdict()
    return _NAME.sub(lambda name: parts.get(name[1]) or "", redirect.target)

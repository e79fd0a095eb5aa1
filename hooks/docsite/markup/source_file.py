"""Files on disk: what one holds before anything is rendered."""

from __future__ import annotations

import os
import re
import stat
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from docsite.config import yaml_document
from docsite.config.site import Locale
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import Message, make_message, system_reason

_OPENING = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
FORBIDDEN_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, and the Unicode noncharacters that the dialect keeps for its own marks."""


@dataclass(frozen=True)
class SourceFile:
    """A text file as its writer sees it.

    Attributes:
        path: as findings name it.
        text: with newlines as \\n and forbidden characters replaced; offsets count into this text.
    """

    path: str
    text: str
    findings: tuple[Finding, ...] = ()

    def location(self, offset: int) -> Location:
        """Line and column of an offset."""
        starts = self._starts()
        line = bisect_right(starts, offset) - 1
        return Location(self.path, line + 1, offset - starts[line] + 1)

    def in_raw(self, offset: int) -> bool:
        """Whether Liquid leaves the text at an offset as it is."""
        spans: list[tuple[int, int]] | None = self.__dict__.get("raw")
        if spans is None:
            spans = self.__dict__["raw"] = [raw.span() for raw in _RAW.finditer(self.text)]
        before = bisect_right(spans, (offset, len(self.text)))
        return before > 0 and offset < spans[before - 1][1]

    def _starts(self) -> list[int]:
        cached: list[int] | None = self.__dict__.get("starts")
        if cached is None:
            cached = list(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))[:-1]
            self.__dict__["starts"] = cached
        return cached


SourceReader = Callable[[Path, str], SourceFile]
"""Reads a file, given its path and its name in findings."""


def read_source(path: Path, shown: str, read_bytes: Callable[[Path], bytes] = Path.read_bytes) -> SourceFile:
    """Read a file; what is wrong with its bytes comes back as findings, with the rest of the text still readable."""
    try:
        if refused := _refusal(path, shown):
            return SourceFile(shown, "", (Finding(refused, Location(shown)),))
        data = read_bytes(path)
    except OSError as error:
        message = make_message("source-unreadable", "os-error", reason=system_reason(error))
        return SourceFile(shown, "", (Finding(message, Location(shown)),))
    return decode_source(data, shown)


def _refusal(path: Path, shown: str) -> Message | None:
    """Why a file must not be read: it is no regular file, or a link leads out of the tree `shown` is relative to."""
    if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would never end
        return make_message("source-unreadable", "not-regular")
    name = path.as_posix()
    if name.endswith(f"/{shown}"):
        root = os.path.realpath(name.removesuffix(shown))
        if not os.path.realpath(name).startswith(os.path.join(root, "")):  # noqa: PTH118 - Path takes longer
            return make_message("source-unreadable", "outside")
    return None


def decode_source(data: bytes, shown: str) -> SourceFile:
    """Bytes of a file as text (see `read`)."""
    findings: list[Finding] = []
    try:
        raw = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _newlines(data[: error.start].decode("utf-8-sig", "replace"))
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        findings.append(Finding(make_message("source-encoding", "not-utf8"), Location(shown, line, column)))
        raw = data.decode("utf-8", "replace").removeprefix("\ufeff")
    text = _newlines(raw)
    clean = FORBIDDEN_CHARACTERS.sub("\ufffd", text)
    file = SourceFile(shown, clean)
    findings += [
        Finding(make_message("source-character", "invisible", code=f"{ord(m[0]):04X}"), file.location(m.start()))
        for m in FORBIDDEN_CHARACTERS.finditer(text)
    ]
    return SourceFile(shown, clean, tuple(findings))


class LineCache:
    """Lines of files, named from a folder, as writers see them, each file read once; "" for what cannot be had."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, list[str]] = {}

    def __call__(self, path: str, line: int) -> str:
        if path not in self._files:
            file = Path(os.path.normpath(self.root / path))  # docs_dir may be beside the folder
            try:
                text = "" if _refusal(file, path) else file.read_text("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._files[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self._files[path]
        return lines[line - 1] if 0 < line <= len(lines) else ""


def _newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True)
class PageSource:
    """A page of one language.

    Attributes:
        key: what its translations share.
        address: where the page is served inside its language, such as `/integration/`.
        body: offset in the file at which the text under the front matter begins.
        meta: the front matter, empty where there is none or it is invalid.
        key_positions: line and column of each of its keys.
        value_positions: those of the text of each value.
    """

    locale: Locale
    key: str
    address: str
    file: SourceFile
    body: int
    meta: dict[str, Any]
    findings: tuple[Finding, ...]
    key_positions: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    value_positions: Mapping[yaml_document.KeyPath, tuple[int, int]] = field(default_factory=dict)

    def value_position(self, path: yaml_document.KeyPath) -> tuple[int, int]:
        """Line and column of a value of the front matter."""
        return self.value_positions.get(path, (1, 1))

    def value_offset(self, path: yaml_document.KeyPath) -> int:
        """Offset in the file of the text of a value."""
        line, column = self.value_position(path)
        return sum(len(text) + 1 for text in self.file.text[: self.body].split("\n")[: line - 1]) + column - 1


def parse_page(
    file: SourceFile, locale: Locale, key: str, address: str, schema: str = "front_matter", more: str = ""
) -> PageSource:
    """Split a file into front matter and body, and check the front matter.

    Args:
        schema: its schema; "" for none.
        more: JSON of the schemas of further keys.
    """
    opening = _OPENING.match(file.text)
    if not opening:
        return PageSource(locale, key, address, file, 0, {}, file.findings)
    closing = _CLOSING.search(file.text, opening.end())
    if not closing:
        finding = Finding(make_message("front-matter-unclosed", "unclosed"), Location(file.path))
        return PageSource(locale, key, address, file, opening.end(), {}, (*file.findings, finding))
    document = yaml_document.parse_yaml(file.text[opening.end() : closing.start()])
    problems = [*document.problems]
    if document.data is not None and not any(problem.kind == "syntax" for problem in problems):
        problems += yaml_document.validate(document, schema, more) if schema else ()
    findings = tuple(_finding(file.path, problem) for problem in problems)
    meta = document.data if isinstance(document.data, dict) else {}
    own = {str(key): place for (key, *inner), place in document.positions.items() if not inner}
    positions = {key: (place.line + 1, place.column) for key, place in own.items()}
    values = {path: (place.line + 1, place.column) for path, place in document.value_positions.items()}
    return PageSource(locale, key, address, file, closing.end(), meta, file.findings + findings, positions, values)


def _finding(path: str, problem: yaml_document.YamlProblem) -> Finding:
    location = Location(path, problem.position.line + 1, problem.position.column)
    message = replace(problem.message, rule=f"front-matter-{problem.kind}")
    return Finding(message, location, problem.target, problem.suggestion)

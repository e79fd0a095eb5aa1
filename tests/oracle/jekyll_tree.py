"""Pages of a Jekyll tree as documents that can be rendered outside their site."""

from __future__ import annotations

import re
from pathlib import Path

from tests.oracle.documents import Document

# What the dialect and the oracle both know. Includes, variables and a site's other tags are not there outside the
# site, and they are not what is compared: both sides get the page without them.
_KNOWN = ["tabs", "tab", "subtabs", "subtab", "details", "alert", "raw", "comment", "api", "apitags"]
_TAG = re.compile(r"\{%-?\s*(\w+)(.*?)-?%\}", re.DOTALL)
_PARAMETERS = re.compile(r"\s*\b(?:for|class|defaultTab)=.*$")
_QUOTES = "\"' "
_OUTPUT = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_RAW = re.compile(r"(\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\})", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\s*\n.*?\n---\s*(\n|\Z)", re.DOTALL)
_INFO = re.compile(r"^([ >]*(?:```+|~~~+) *[^\s`]+) +[^`\n]+$", re.MULTILINE)
_FRENCH = re.compile(r"(^|[/_.])fr([/_.]|$)")


def tree_documents(folder: Path, pattern: str) -> list[Document]:
    """The Markdown files with front matter whose path holds the pattern."""
    files = [path for path in sorted(folder.rglob("*.md")) if path.is_file() and pattern in path.as_posix()]
    return [document for path in files if (document := _document(folder, path))]


def _document(folder: Path, path: Path) -> Document | None:
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        return None
    name = path.relative_to(folder).as_posix()
    front = _FRONT_MATTER.match(text)
    body = text[front.end() :] if front else text
    language = "fr" if _FRENCH.search(name) else "en"
    return Document(name, without_site(body), language) if body.strip() else None


def without_site(text: str) -> str:
    """The text with the tags and outputs that need their site taken out."""
    parts = _RAW.split(text)
    plain = [_OUTPUT.sub(_output, _TAG.sub(_tag, part)) for part in parts[::2]]
    joined = "".join(a + b for a, b in zip(plain, [*parts[1::2], ""], strict=True))
    joined = _INFO.sub(r"\1", joined)  # of two words: no fence for kramdown, and code here, which would hide the rest
    return joined if _balanced(joined) else _TAG.sub("", joined)


def _tag(match: re.Match[str]) -> str:
    name, argument = match[1], match[2].strip()
    if name.removeprefix("end") in _KNOWN and "}" not in argument:
        return f"{{% {name} {_PARAMETERS.sub('', argument).strip(_QUOTES)} %}}"
    if name == "highlight":
        return f"```{argument.split()[0] if argument else ''}"
    return {"endhighlight": "```", "link": f"/{argument}"}.get(name, "")


def _output(match: re.Match[str]) -> str:
    return "{{site.baseurl}}" if match[1].strip() == "site.baseurl" else "VALUE"


def _balanced(text: str) -> bool:
    """Whether every known block is closed in turn; a page that is not would only compare error messages."""
    stack = []
    for match in _TAG.finditer(_RAW.sub("", text)):
        name = match[1]
        if not name.startswith("end"):
            stack.append(name)
        elif not stack or stack.pop() != name.removeprefix("end"):
            return False
    return not stack

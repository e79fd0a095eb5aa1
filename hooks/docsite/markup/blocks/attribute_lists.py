"""kramdown's attribute lists: `{: .class #id key="value" reference}`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from docsite.markup.source_map import MappedLine

_DEFINITION = re.compile(r"^(?P<name>[\w-]+):(?P<attributes>.*)$", re.DOTALL)
_ITEM = re.compile(
    r"""\s*(?:
        \.(?P<cls>[^\s.\#="']+)
      | \#(?P<id>[A-Za-z][\w:-]*)
      | (?P<key>[\w:-]+)=(?:"(?P<double>(?:\\.|[^"\\])*)"|'(?P<single>(?:\\.|[^'\\])*)')
      | (?P<ref>[\w-]+)
    )""",
    re.VERBOSE,
)


@dataclass
class AttributeList:
    """What an attribute list says.

    Attributes:
        references: names of lists that are defined elsewhere on the page; see `resolve`.
        invalid: parts that mean nothing.
        line: where the first of it was written.
    """

    id: str = ""
    classes: list[str] = field(default_factory=list)
    pairs: dict[str, str] = field(default_factory=dict)
    references: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    line: MappedLine | None = field(default=None, compare=False)

    @property
    def language(self) -> str:
        """The language of code that a class such as `language-js` names, or ""."""
        named = (name.partition("language-") for name in self.classes)
        return next((language for before, _, language in named if not before), "")

    def add(self, other: AttributeList) -> None:
        """Take over what another list says; its id and pairs win."""
        self.id = other.id or self.id
        self.classes += [name for name in other.classes if name not in self.classes]
        self.pairs |= other.pairs
        self.references += other.references
        self.invalid += other.invalid
        self.line = self.line or other.line

    def resolve(self, definitions: Definitions, around: frozenset[str] = frozenset()) -> None:
        """Put in what the references stand for; what is written in the list itself wins.

        Args:
            around: names that are being resolved, in case one refers to itself.
        """
        names, self.references = self.references, []
        known = [name for name in names if name in definitions and name not in around]
        self.invalid += [name for name in names if name not in definitions]
        if not known:
            return
        base = AttributeList()
        for name in known:
            meant = AttributeList()
            meant.add(definitions[name])
            meant.resolve(definitions, around | {name})
            base.add(meant)
        base.add(self)
        self.id, self.classes, self.pairs = base.id, base.classes, base.pairs

    def payload(self) -> list[object]:
        """The id, the classes and the pairs."""
        return [self.id, self.classes, self.pairs]

    def markup(self) -> str:
        """The list as Python-Markdown's attr_list and superfences write it, without braces."""
        pairs = [f'{key}="{value}"' for key, value in self.pairs.items()]
        return " ".join([*(f".{name}" for name in self.classes), *([f"#{self.id}"] if self.id else []), *pairs])


Definitions = Mapping[str, AttributeList]


def parse_attribute_list(text: str) -> AttributeList:
    """Read what stands between `{:` and `}`."""
    found = AttributeList()
    at = 0
    while at < len(text.rstrip()):
        item = _ITEM.match(text, at)
        if item is None:
            found.invalid.append(text[at:].strip())
            break
        if text[item.end() : item.end() + 1] == "=":  # a value without quotes
            value = re.compile(r"\s*\S+").match(text, at)
            found.invalid.append(text[at:].strip() if value is None else value[0].strip())
            at = len(text) if value is None else value.end()
            continue
        _take(item, found)
        at = item.end()
    return found


def _take(item: re.Match[str], found: AttributeList) -> None:
    if name := item["cls"]:
        if name not in found.classes:
            found.classes.append(name)
    elif item["id"]:
        found.id = item["id"]
    elif key := item["key"]:
        quote, value = ('"', item["double"]) if item["double"] is not None else ("'", item["single"])
        value = value.replace("\\}", "}").replace(f"\\{quote}", quote)
        if key == "class":
            found.classes += [name for name in value.split() if name not in found.classes]
        elif key == "id":
            found.id = value
        else:
            found.pairs[key] = value
    else:
        found.references.append(item["ref"])


def parse_definition(text: str) -> tuple[str, str] | None:
    """Name and attributes of a definition `{:name: ...}`, given what stands between `{:` and `}`."""
    match = _DEFINITION.match(text)
    return (match["name"], match["attributes"]) if match else None

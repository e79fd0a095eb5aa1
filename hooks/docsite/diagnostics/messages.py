"""Messages as a template and its parameters, so that a translation can start from the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from docsite._util.catalog import translate
from docsite.diagnostics.rules import RULES

SYSTEM_REASONS = (
    *("No such file or directory", "Permission denied", "Operation not permitted", "Is a directory", "Not a directory"),
    *("File name too long", "Too many levels of symbolic links", "No space left on device", "Read-only file system"),
    *("Input/output error", "File exists", "Directory not empty"),
)
"""What systems say of files, as far as a writer meets it."""

ALTERNATIVES, QUOTED = "{one} or {other}", "“{text}”"


@dataclass(frozen=True, slots=True)
class Message:
    """A message, formatted when it is shown.

    Attributes:
        rule: the rule whose message it is; "" for a message about settings or the use of a command.
        template: text with named parameters in braces.
        params: by name, in any order.
    """

    rule: str
    template: str
    params: tuple[tuple[str, str | int | Message], ...] = ()

    def __str__(self) -> str:
        return translate(self.template).format_map(dict(self.params))

    @property
    def in_english(self) -> str:
        """The message as it is written in the code, whatever language is spoken."""
        params = {name: value.in_english if isinstance(value, Message) else value for name, value in self.params}
        return self.template.format_map(params)

    def wrap(self, template: str, **params: str | int) -> Message:
        """The message inside another template, which names it `{message}`."""
        return Message(self.rule, template, (("message", self), *params.items()))


def make_message(rule: str, key: str, /, **params: str | int | Message) -> Message:
    """The message of a rule with this key."""
    return Message(rule, RULES[rule].messages[key], tuple(params.items()))


def quote(text: str) -> Message:
    """A text in the quotation marks of the language that is spoken."""
    return Message("", QUOTED, (("text", text),))


def any_of(kinds: Sequence[str | Message]) -> str | Message:
    """One or the other."""
    return reduce(lambda one, other: Message("", ALTERNATIVES, (("one", one), ("other", other))), kinds)


def system_reason(error: OSError) -> Message:
    """What the system says of a file that cannot be read or written."""
    return Message("", str(error.strerror).replace("{", "{{").replace("}", "}}"))

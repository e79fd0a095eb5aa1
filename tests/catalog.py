"""The texts that docsite says, and the catalog of their translations: `python -m tests.catalog` updates it.

A text that is new has an empty translation until somebody writes it in the .po file; one that is gone is dropped.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from docsite._util.catalog import DOMAIN, LANGUAGES, LOCALE_FOLDER
from docsite.cli.main import make_parser
from docsite.cli.usage_messages import USAGE
from docsite.config.settings_messages import SETTINGS
from docsite.config.value_messages import DOCUMENT, EXAMPLE, TYPES
from docsite.diagnostics.baseline_messages import BASELINE
from docsite.diagnostics.messages import ALTERNATIVES, QUOTED, SYSTEM_REASONS
from docsite.diagnostics.rules import RULES, Severity
from docsite.diagnostics.rules.built_site import ON_SEVERAL_PAGES
from docsite.diagnostics.rules.versions import IN_OTHER_VERSIONS
from docsite.external.external_messages import EXTERNAL, REASONS
from docsite.markup.liquid.error_messages import ANYTHING_ELSE, WANTED
from docsite.project.fix_messages import SKIPPED
from docsite.publish.publish_messages import ERRORS, NOTES
from docsite.translation.freshness import Freshness

CODE = Path(__file__).parents[1] / "hooks/docsite"
ARGPARSE = (
    *("usage: ", "options", "positional arguments", "show this help message and exit"),
    *("show program's version number and exit", "%(prog)s: error: %(message)s\n", "unrecognized arguments: %s"),
    *("the following arguments are required: %s", "argument %(argument_name)s: %(message)s", "expected one argument"),
    *("expected at least one argument", "ambiguous option: %(option)s could match %(matches)s"),
    *("ignored explicit argument %r", "invalid choice: %(value)r (choose from %(choices)s)"),
)
"""What argparse says itself, as far as a user of the commands meets it."""

_HEAD = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""

Text = str | tuple[str, str]
"""A text, or its singular and its plural."""


def texts() -> list[Text]:
    """Every text, each once, in the order of the code."""
    return list(dict.fromkeys(text for text in _all() if text))


def _all() -> Iterator[Text]:
    for rule in RULES.values():
        yield from (rule.summary, rule.fix, *rule.messages.values())
    for table in (SETTINGS, ERRORS, NOTES, USAGE, BASELINE, SKIPPED, EXTERNAL, REASONS, WANTED):
        yield from table.values()
    yield from (ON_SEVERAL_PAGES, IN_OTHER_VERSIONS, ALTERNATIVES, QUOTED, ANYTHING_ELSE)
    yield from (DOCUMENT, EXAMPLE, *TYPES.values(), *SYSTEM_REASONS)
    for path in sorted(CODE.glob("config/schemas/*.json")):
        yield from _of_schema(json.loads(path.read_text("utf-8")))
    yield from _of_parser(make_parser())
    yield from ARGPARSE
    yield from (*Severity, *Freshness)
    for path in sorted(CODE.rglob("*.py")):
        yield from _of_code(path)


def _of_parser(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield from (parser.description or "", parser.epilog or "")
    for action in parser._actions:
        if action.nargs != 0 and not (action.choices and action.metavar is None):
            yield str(action.metavar or action.dest.upper())
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help or "" for choice in action._choices_actions)
            for inner in action.choices.values():
                yield from _of_parser(inner)
        elif action.help and action.help != argparse.SUPPRESS:
            yield action.help


def _of_schema(schema: object) -> Iterator[str]:
    """What messages take from a schema."""
    for key, value in schema.items() if isinstance(schema, dict) else ():
        if key in ("description", "x-requirement") and isinstance(value, str):
            yield value
        else:
            yield from _of_schema(value)


def _of_code(path: Path) -> Iterator[Text]:
    keywords: dict[str, tuple[int, ...] | None] = {"translate": None, "translate_number": (1, 2)}
    with path.open("rb") as file:
        for _, message, _, _ in extract("python", file, keywords, (), {"encoding": "utf-8"}):
            if isinstance(message, tuple):
                yield str(message[0]), str(message[1])
            elif message:
                yield message


def po_file(language: str) -> Path:
    return LOCALE_FOLDER / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def read(language: str) -> Catalog:
    """The catalog of a language; an empty one where there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """The catalog with the texts of the code, and the translations it has of them."""
    old = read(language)
    new = Catalog(locale=language, project=DOMAIN, version="", charset="utf-8", fuzzy=False, header_comment="")
    for text in texts():
        known = old.get(text if isinstance(text, str) else text[0])
        new.add(text, known.string if known else ("" if isinstance(text, str) else ("", "")))
    return new


def po(catalog: Catalog) -> bytes:
    """The catalog as text, without what changes from one run to the next."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, no_location=True, omit_header=True)
    return _HEAD.encode() + out.getvalue()


def mo(catalog: Catalog) -> bytes:
    """The catalog as gettext reads it, without the date of today."""
    catalog.creation_date = catalog.revision_date = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def main() -> int:
    missing = 0
    for language in LANGUAGES[1:]:
        catalog, path = update(language), po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po(catalog))
        path.with_suffix(".mo").write_bytes(mo(read(language)))
        empty = [message.id for message in catalog if message.id and not all(_forms(message.string))]
        missing += len(empty)
        print(f"{path.name}: {len(catalog)} texts, {len(empty)} without a translation")
        print(*(f"  {text!r}" for text in empty), sep="\n")
    return 1 if missing else 0


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string or "",) if isinstance(string, str | None) else tuple(string)


if __name__ == "__main__":
    sys.exit(main())

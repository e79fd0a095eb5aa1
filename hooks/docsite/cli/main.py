"""The `docsite` command: reads arguments, runs a command, prints its result, and exits.

Exit code 0: nothing at error level; 1: findings; 2: wrong usage or settings.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from docsite import __version__
from docsite._util.catalog import LANGUAGES, preferred_language, use_language
from docsite._util.errors import PublishError, UsageError, WorkerError
from docsite._util.printing import printable
from docsite.cli.checks import add_check_commands
from docsite.cli.overviews import add_overview_commands
from docsite.cli.publishing import add_publish_commands
from docsite.cli.result import CommandResult
from docsite.cli.translated_parser import translate_parser
from docsite.cli.usage_messages import usage_error
from docsite.diagnostics.messages import system_reason


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    use_language(_asked_language(words) or preferred_language(os.environ))
    options = translate_parser(make_parser()).parse_args(words)
    output: Path | None = getattr(options, "output", None)
    options.color = output is None and sys.stdout.isatty()
    options.log = lambda line: print(printable(line), flush=True)
    gc.disable()  # a check makes many objects and few cycles: looking for them takes a quarter of its time
    try:
        result: CommandResult = options.run(options)
        _write(result, output)
    except (UsageError, WorkerError) as error:
        for line in str(error).splitlines():
            print(f"docsite: {printable(line)}", file=sys.stderr)
        return 2
    except PublishError as error:
        print(*map(printable, f"docsite: {error}".splitlines()), sep="\n", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    finally:
        gc.enable()
    return result.exit_code


def _asked_language(words: Sequence[str]) -> str:
    """The value of --lang, wherever it stands, since even what is wrong with the other options is said in it."""
    for word, following in pairwise([*words, ""]):
        if word == "--lang" or word.startswith("--lang="):
            asked = word.partition("=")[2] or following
            return asked if asked in LANGUAGES else ""
    return ""


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="docsite", description="Checks and publishes a documentation site.")
    parser.add_argument(
        "--lang",
        choices=LANGUAGES,
        metavar="LANGUAGE",
        help="of messages, anywhere on the line: en or fr; default: that of the system",
    )
    parser.add_argument("--version", action="version", version=f"docsite {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_check_commands(commands)
    add_overview_commands(commands)
    add_publish_commands(commands)
    return parser


def _write(result: CommandResult, output: Path | None) -> None:
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr] # whatever the locale
        sys.stdout.write(result.output)
    else:
        from docsite._util.files import write_atomically

        try:
            write_atomically(output, result.output)
        except OSError as error:
            raise usage_error("not-written", file=str(output), reason=system_reason(error)) from None
    for line in result.notes:
        print(printable(line), file=sys.stderr)

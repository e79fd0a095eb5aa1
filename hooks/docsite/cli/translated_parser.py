"""What argparse says, in the language that is spoken."""

from __future__ import annotations

import argparse

from docsite._util.catalog import translate


def translate_parser(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Translate the texts of a parser and of those of its commands, and what argparse says itself."""
    argparse._ = translate  # type: ignore[attr-defined] # it looks its own texts up by this name
    _translate(parser)
    return parser


def _translate(parser: argparse.ArgumentParser) -> None:
    parser.description = _translated(parser.description)
    parser.epilog = _translated(parser.epilog)
    for group in parser._action_groups:
        group.title = _translated(group.title)
    for action in parser._actions:
        if action.metavar is None and action.nargs != 0 and not action.choices:
            action.metavar = action.dest.upper()
        if isinstance(action.metavar, str):
            action.metavar = translate(action.metavar)
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                choice.help = _translated(choice.help)
            for inner in action.choices.values():
                _translate(inner)
        elif action.help and action.help != argparse.SUPPRESS:
            action.help = _translated(action.help)


def _translated(text: str | None) -> str | None:
    return text and translate(text)

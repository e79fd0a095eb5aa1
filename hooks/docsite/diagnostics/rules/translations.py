"""Rules about a page and its translation, about terms and about typography."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

_W = Severity.WARNING

_PARITY_RULES = (
    Rule(
        "translation-heading",
        _W,
        "The translation has other headings than its source page.",
        "Add the section, delete it, or correct the level of its heading.",
        {
            "missing": "The section “{shown}” ({source}) is missing from here on.",
            "most": "Of the {expected} sections of the source page ({source}), the translation has {shown}.",
            "extra": "The section “{shown}” is not in the source page {source}.",
            "level": "This heading is of level {shown}, and its counterpart ({source}) of level {expected}.",
        },
    ),
    Rule(
        "translation-section",
        _W,
        "The translation lacks the text of a section, or a part of it.",
        "Translate what is missing.",
        {
            "empty": "This section has no text, and its counterpart ({source}) has.",
            "paragraph": "A paragraph of this section is missing: the one with “{shown}” ({source}).",
        },
    ),
    Rule(
        "translation-code",
        _W,
        "A code block differs from that of the source page, or is missing.",
        "Copy the code block; only its comments are translated.",
        {
            "missing": "The code block “{shown}” ({source}) is missing in this section.",
            "extra": "The code block “{shown}” is not in the source page {source}.",
            "differs": "This code differs from its counterpart ({source}), not only in comments.",
        },
    ),
    Rule(
        "translation-link",
        _W,
        "A link of the source page is missing in the translation, or leads elsewhere.",
        "Link to the same page as the source page.",
        {
            "missing": "The link to {shown} ({source}) is missing in this section.",
            "differs": "This links to {shown}, and its counterpart ({source}) to {expected}.",
            "swallowed": "The text of this link is far longer than its counterpart’s ({source}): see where it ends.",
        },
    ),
    Rule(
        "translation-link-extra",
        Severity.INFO,
        "The translation has a link that the source page does not have.",
        "Add the link to the source page too, or delete it.",
        {"extra": "The link to {shown} is not in the source page {source}."},
    ),
    Rule(
        "translation-image",
        _W,
        "The translation has other images than its source page.",
        "Show the same image.",
        {
            "missing": "The image {shown} ({source}) is missing in this section.",
            "extra": "The image {shown} is not in the source page {source}.",
            "differs": "This shows {shown}, and its counterpart ({source}) {expected}.",
        },
    ),
    Rule(
        "translation-alert",
        _W,
        "The translation has other alerts than its source page.",
        "Use the same alerts, of the same types.",
        {
            "missing": "The alert “{shown}” ({source}) is missing in this section.",
            "extra": "The alert “{shown}” is not in the source page {source}.",
            "differs": "This alert is of type “{shown}”, and its counterpart ({source}) of type “{expected}”.",
        },
    ),
    Rule(
        "translation-table",
        _W,
        "A table has other rows or columns than that of the source page.",
        "Give the table the same rows and columns.",
        {
            "missing": "A table is missing in this section ({source}). Its rows × columns: {shown}.",
            "extra": "This table is not in the source page {source}.",
            "differs": "Rows × columns of this table: {shown}; of its counterpart ({source}): {expected}.",
        },
    ),
    Rule(
        "translation-tabs",
        _W,
        "The translation has other tabs than its source page.",
        "Use the same tabs.",
        {
            "missing": "A set of tabs is missing in this section ({source}). Its tabs: {shown}.",
            "extra": "This set of tabs is not in the source page {source}.",
            "differs": "Tabs of this set: {shown}; of its counterpart ({source}): {expected}.",
        },
    ),
    Rule(
        "translation-include",
        _W,
        "A file that the source page includes is missing in the translation.",
        "Include the same file.",
        {
            "missing": "The include of {shown} ({source}) is missing in this section.",
            "differs": "This includes {shown}, and its counterpart ({source}) {expected}.",
        },
    ),
    Rule(
        "translation-list",
        _W,
        "A list has more or fewer items than that of the source page.",
        "Translate every item.",
        {
            "missing": "A list is missing in this section ({source}). Its items: {shown}.",
            "differs": "Items of this list: {shown}; of its counterpart ({source}): {expected}.",
        },
    ),
    Rule(
        "translation-inline-code",
        _W,
        "A name in inline code is missing in the translation.",
        "Write the name as in the source page.",
        {"missing": "The name “{shown}” ({source}) is missing in this section."},
    ),
    Rule(
        "translation-front-matter",
        _W,
        "The front matter differs from that of the source page.",
        "Give the key the same value.",
        {
            "differs": "“{key}” is “{expected}” in the source page {source}.",
            "extra": "“{key}” is not set in the source page {source}.",
        },
    ),
    Rule(
        "translation-title",
        _W,
        "A title or description is missing, or is still in the language of the source page.",
        "Translate it.",
        {
            "missing": "“{key}” is missing; in the source page {source} it is “{expected}”.",
            "untranslated": "“{key}” is the same as in the source page {source}: translate it.",
        },
    ),
    Rule(
        "translation-outdated",
        _W,
        "The source page has changed since the translation was made.",
        "Translate the change, then run `docsite status --mark PATH`.",
        {"stamp": "The source page {source} has changed since it was translated: `docsite status --diff` shows how."},
    ),
)
_TERM_RULES = (
    Rule(
        "term-forbidden",
        _W,
        "A term is rendered in a way that the glossary excludes.",
        "Write the term of the glossary.",
        {"found": "The glossary excludes “{text}”: write “{expected}”."},
    ),
    Rule(
        "term-untranslatable",
        Severity.INFO,
        "A name that is never translated is missing in the translation.",
        "Keep the name as it is.",
        {"missing": "“{term}”, which is never translated, is in the counterpart ({source}) and missing here."},
    ),
)
_TYPOGRAPHY_RULES = tuple(
    Rule(f"typography-{name}", _W, summary, fix, {"wrong": "Write “{expected}” instead of “{written}”."})
    for name, summary, fix in (
        (
            "space",
            "A space before or behind a sign is missing, or of the wrong kind.",
            "`docsite fix` writes the right one.",
        ),
        (
            "guillemets",
            "French quotation marks are « », with narrow no-break spaces inside.",
            "`docsite fix` writes them.",
        ),
        ("quotes", "English quotation marks are “ ”.", "`docsite fix` writes them."),
        ("apostrophe", "A typewriter apostrophe in French text.", "`docsite fix` writes ’."),
        ("ellipsis", "Three dots instead of an ellipsis.", "`docsite fix` writes …."),
        ("ordinal", "An ordinal number is abbreviated in the wrong way.", "`docsite fix` writes 1re, 2e."),
        ("thousands", "Groups of thousands are divided by commas.", "`docsite fix` writes narrow no-break spaces."),
        ("capital", "A capital letter has lost its accent.", "`docsite fix` writes it."),
    )
)
TRANSLATION_RULES = (*_PARITY_RULES, *_TERM_RULES, *_TYPOGRAPHY_RULES)

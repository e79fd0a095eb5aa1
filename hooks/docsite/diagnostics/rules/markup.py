"""Rules about Markdown."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

MARKUP_RULES = (
    Rule(
        "markup-not-rendered",
        Severity.WARNING,
        "A Markdown extension fails on a page, so that the page is not checked.",
        "Correct the extension's options or the file that it asks for.",
        {
            "extension": "The Markdown extension “{extension}” fails on this page, so its links and headings are not"
            " checked. Correct its options, or the file that it asks for.",
        },
    ),
    Rule(
        "markup-unclosed-fence",
        Severity.ERROR,
        "A fence of code is never closed.",
        "Add the closing fence.",
        {"fence": "This fence is never closed. Add a line with {fence} after the code."},
    ),
    Rule(
        "markup-unclosed-html",
        Severity.WARNING,
        "An element or a comment of HTML is never closed.",
        "Add the closing tag, or --> for a comment.",
        {
            "element": "<{name}> is never closed. Add </{name}> where it ends.",
            "comment": "This comment is never closed. Add --> at its end.",
        },
    ),
    Rule(
        "markup-unclosed-block",
        Severity.ERROR,
        "A block of slashes is never closed.",
        "Add a line with the closing slashes.",
        {"block": "This block is never closed. Add a line with {slashes} after its text."},
    ),
    Rule(
        "markup-duplicate-definition",
        Severity.WARNING,
        "A footnote, link or abbreviation is defined again with another text.",
        "Give one of them another name, or delete one.",
        {
            "footnote": "The footnote “{label}” is defined again, so this text is not shown. Give one another name.",
            "link": "The link “{label}” is defined again with another address, which replaces this one.",
            "abbreviation": "“{label}” is defined again with another meaning, which replaces this one.",
        },
    ),
    Rule(
        "markup-no-break-space",
        Severity.WARNING,
        "A no-break space is where Markdown needs a space.",
        "Type an ordinary space.",
        {"space": "A no-break space after “{sign}” makes this plain text. Type an ordinary space."},
    ),
    Rule(
        "markup-unused-footnote",
        Severity.WARNING,
        "A footnote has no mark in the text.",
        "Write its mark where it belongs, or delete the footnote.",
        {"unused": "No mark in the text names the footnote “{label}”. Write [^{label}] where it belongs."},
    ),
    Rule(
        "translation-anchor",
        Severity.WARNING,
        "A translated heading has an id of its own.",
        "Give it the id that its heading has in the source language.",
        {"anchor": "The id “{id}” is not that of the source page, “{source}”. The same id serves both languages."},
    ),
)

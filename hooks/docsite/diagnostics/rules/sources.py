"""Rules about files, front matter and data files."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

YAML_SYNTAX = {
    "duplicate-key": "The key “{key}” occurs twice. Delete one of them.",
    "nested": "The YAML is nested too deeply.",
    "colon-in-value": "A value that contains a colon must be quoted.",
    "missing-colon": "A key must be followed by a colon and a value.",
    "tab": "The indentation contains a tab. Indent with spaces.",
    "special-character": "A value that starts with a special character must be quoted.",
    "asterisk": "A value that starts with * must be quoted.",
    "exclamation-mark": "A value that starts with ! must be quoted.",
    "brace": "A value that starts with a brace must be quoted.",
    "unclosed-quote": "A quote is never closed.",
    "list-in-brackets": "A list in brackets needs a comma between its items and a ] at its end.",
    "mapping-in-braces": "A mapping in braces needs a comma between its keys and a }} at its end.",
    "list-on-key-line": "The items of a list must start below their key, each on a line of its own.",
    "list-item": "Every item of this list must start with a hyphen in the same column.",
    "indentation": "Keys of one level must start in the same column, and nothing may follow a closing quote.",
    "several-documents": "Only one YAML document is allowed: delete the second ---.",
    "escape": "Unknown escape in double quotes. Use single quotes, or double the backslash.",
    "value": "A value cannot be read, such as a date that does not exist. Correct it, or put it in quotes.",
    "other": "This is not valid YAML. Check indentation, colons and quotes.",
    "env": "!ENV takes a name or a list of names.",
}
"""Messages about the syntax of any YAML text."""

YAML_VALUE = {
    "type": "“{key}” must be {kinds}.{purpose}",
    "list": "“{key}” must be a list, such as {name}: [{example}].{purpose}",
    "enum": "“{key}” must be one of {values}.{purpose}",
    "requirement": "“{key}” {requirement}.{purpose}",
    "missing-key": "“{key}” needs the key “{missing}”.{purpose}",
    "empty": "“{key}” must not be empty.{purpose}",
    "repeated": "“{key}” contains the same item twice.{purpose}",
    "invalid": "“{key}” is invalid.{purpose}",
}
"""Messages about a value that does not fit a schema; `purpose` says what the key is for, and may be empty."""

YAML_UNKNOWN_KEY = {"unknown-key": "Unknown key “{key}”."}

SOURCE_RULES = (
    Rule(
        "source-encoding",
        Severity.ERROR,
        "The file is not UTF-8.",
        "Save the file as UTF-8.",
        {"not-utf8": "This byte is not valid UTF-8. Save the file as UTF-8."},
    ),
    Rule(
        "source-unreadable",
        Severity.ERROR,
        "The file cannot be read.",
        "Check its permissions.",
        {
            "os-error": "The file cannot be read: {reason}.",
            "not-regular": "The file cannot be read: it is not a regular file.",
            "outside": "The file cannot be read: it is a symbolic link that points outside the folder.",
            "name": "The file's name is not valid UTF-8, so it cannot have a URL.",
        },
    ),
    Rule(
        "source-character",
        Severity.ERROR,
        "The text contains a control character or a Unicode noncharacter.",
        "Delete the invisible character.",
        {"invisible": "The invisible character U+{code} is not allowed. Delete it."},
    ),
    Rule(
        "front-matter-unclosed",
        Severity.ERROR,
        "The front matter opens with --- and is never closed.",
        "Add a line with --- after the last key.",
        {"unclosed": "The front matter is never closed. Add a line with --- after the last key."},
    ),
    Rule(
        "front-matter-syntax",
        Severity.ERROR,
        "The front matter is not valid YAML.",
        "Quote the value, or indent it.",
        YAML_SYNTAX,
    ),
    Rule(
        "front-matter-type",
        Severity.ERROR,
        "A key has a value of the wrong type.",
        "Use the type that the message names.",
        {
            **YAML_VALUE,
            "page-type": "Unknown page_type “{value}”. Use {types}.",
            "icon": "The theme has no icon “{value}”.",
            "template": "The theme has no template “{value}”.",
        },
    ),
    Rule(
        "front-matter-unknown-key",
        Severity.WARNING,
        "The front matter has an unknown key.",
        "Correct or delete the key.",
        {**YAML_UNKNOWN_KEY, "on-pages": "Unknown key “{key}”, on {count} pages, first on this one."},
    ),
    Rule(
        "front-matter-alias",
        Severity.ERROR,
        "An alias is the address of another page or file, or cannot be an address.",
        "Keep the alias on one page only, or delete it.",
        {
            "taken": "“{alias}” is already the address of {page}.",
            "file": "“{alias}” cannot redirect: the site has the file “{file}”.",
            "too-long": "“{alias}” is too long: a name between two slashes may have {limit} bytes.",
            "no-address": "“{alias}” is not an address of the site.",
        },
    ),
    Rule(
        "settings-unused",
        Severity.WARNING,
        "A setting in mkdocs.yml has no effect.",
        "Correct the path that it names, or delete it.",
        {
            "repeated": "The key “{key}” occurs twice, and only the last one counts. Delete one of them.",
            "pattern": "“{pattern}” matches no file in {folder}. Patterns start from the folder of mkdocs.yml.",
            "folder": "`{key}`: the folder {folder} does not exist. Its path starts from docs_dir.",
        },
    ),
    Rule("data-syntax", Severity.ERROR, "A data file is not valid YAML.", "Correct it at this position.", YAML_SYNTAX),
    Rule(
        "data-schema",
        Severity.ERROR,
        "A data file does not have the required structure.",
        "Change the key or value that the message names.",
        {
            **YAML_VALUE,
            **YAML_UNKNOWN_KEY,
            "moved-target": "“{new}”, the new address of “{old}”, is not listed under `pages`.",
        },
    ),
)

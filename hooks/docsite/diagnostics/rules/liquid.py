"""Rules about Liquid and attribute lists."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

LIQUID_RULES = (
    Rule(
        "liquid-unknown-tag",
        Severity.ERROR,
        "The tag does not exist.",
        "Correct its name, or declare it as a block.",
        {"tag": "Unknown tag “{tag}”.", "closing": "Unknown closing tag “{tag}”."},
    ),
    Rule(
        "liquid-unknown-filter",
        Severity.ERROR,
        "The filter does not exist.",
        "Correct its name.",
        {"filter": "Unknown filter “{filter}”."},
    ),
    Rule(
        "liquid-unknown-variable",
        Severity.ERROR,
        "The variable has no value.",
        "Correct its name, or assign it.",
        {"variable": "The variable “{variable}” has no value."},
    ),
    Rule(
        "liquid-unknown-alert",
        Severity.ERROR,
        "The type of the alert does not exist.",
        "Use one of the listed types.",
        {"type": "Unknown alert type “{type}”. Use {types}.", "none": "The alert has no type. Use {types}."},
    ),
    Rule(
        "liquid-unclosed",
        Severity.ERROR,
        "A tag is opened and never closed.",
        "Add the closing tag.",
        {
            "delimiter": "“{opening}” is never closed by “{closing}”, or the tag has no name.",
            "tag": "“{tag}” is never closed. Add {{% {end} %}}.",
            "tag-before": "“{tag}” is not closed before “{next}”. Add {{% {end} %}}.",
        },
    ),
    Rule(
        "liquid-crossed",
        Severity.ERROR,
        "A tag has no opening tag, or is outside the block that it belongs to.",
        "Close blocks in the reverse order of opening, and keep tags inside their block.",
        {"no-opening": "“{tag}” has no opening tag.", "outside": "`{tag}` is only allowed inside {parents}."},
    ),
    Rule(
        "liquid-syntax",
        Severity.ERROR,
        "The tag or output cannot be read.",
        "Correct it, or wrap it in raw.",
        {
            "incomplete": "“{source}” is incomplete: {wanted} is missing at its end.",
            "expected": "Found {found} where {wanted} was expected.",
            "unexpected": "Unexpected {found}.",
            "not-liquid": "“{source}” is not valid Liquid. To show it as it is, wrap it in raw.",
            "invalid": "“{source}” is not valid Liquid.",
            "no-expression": "`{tag}` needs something after its name.",
            "comparison": "“{operator}” cannot compare these values: one is text, the other a number, or the like.",
            "filter-argument": "The filter “{filter}” needs another argument.",
            "filter-arguments": "The filter “{filter}” has too many arguments.",
            "filter-value": "The filter “{filter}” cannot process this value.",
            "value": "A value on this page cannot be computed.",
            "include-name": "`include` needs the name of a file.",
            "include-parameter": '`include` takes name="value" after the file name, not “{source}”.',
            "custom-tag": "The site's own code for `{tag}` failed on this argument.",
            "no-details-title": "`details` needs a title.",
            "no-tab-name": "`{tag}` needs a name.",
            "highlight-language": "`highlight` needs a language, such as `js`, before its options.",
            "no-path": "`{tag}` needs a path.",
        },
    ),
    Rule(
        "liquid-limit",
        Severity.ERROR,
        "The page exceeds a limit.",
        "Make loops and includes smaller.",
        {
            "nested": "Tags or expressions are nested too deeply.",
            "includes": "The page includes more than {limit} files.",
            "output": "The page exceeds a limit: it becomes too long.",
            "loops": "The page exceeds a limit: its loops run too often.",
            "range": "The page exceeds a limit: the range is too long.",
            "filter": "The page exceeds a limit: the text that a filter makes is too long.",
            "other": "The page exceeds a limit of Liquid.",
            "blocks": "Too many blocks on one line, or inside each other. Write each on lines of its own.",
        },
    ),
    Rule(
        "liquid-missing-include",
        Severity.ERROR,
        "The included file does not exist, or is outside the folder of includes.",
        "Correct the name of the file.",
        {
            "missing": "The included file “{file}” does not exist.",
            "outside": "The included file “{file}” is outside the folder of includes.",
        },
    ),
    Rule(
        "liquid-missing-parameter",
        Severity.ERROR,
        "An included file uses parameters that the tag does not give.",
        'Write name="value" in the tag for each of them.',
        {"missing": "“{file}” needs {parameters}."},
    ),
    Rule(
        "liquid-left-over",
        Severity.ERROR,
        "The page still contains Liquid after rendering.",
        "Complete the tag, or wrap it in raw.",
        {
            "title": "The title of a block cannot contain Liquid.",
            "value": "The value printed here still contains Liquid.",
            "closing": "“%}}” without “{{%”.",
        },
    ),
    Rule(
        "liquid-block-in-table",
        Severity.ERROR,
        "A block of several lines is inside a table cell.",
        "Keep it on one line, or move it below the table.",
        {
            "lines": "A table cell holds one line, but this block has several, or another block inside.",
            "native": "A table cell of Python-Markdown cannot contain a block.",
        },
    ),
    Rule(
        "liquid-block-in-code",
        Severity.ERROR,
        "A block tag is inside code, where it does nothing.",
        "Wrap the code in {% raw %}...{% endraw %} to show the tag.",
        {"code": "“{tag}” has no effect inside code. To show it, wrap the code in {{% raw %}}...{{% endraw %}}."},
    ),
    Rule(
        "liquid-block-in-text",
        Severity.ERROR,
        "A block tag is inside emphasis, a link or code.",
        "Close what is open before the tag, or move the tag to a line of its own.",
        {
            "text": "“{sign}” is shown as it is, since “{tag}” is a block and parts the text. Close it before the tag.",
            "code": "“{sign}” is shown as it is, since “{tag}” is a block. To show the tag, wrap it in "
            "{{% raw %}}...{{% endraw %}}.",
        },
    ),
    Rule(
        "liquid-block-in-html",
        Severity.ERROR,
        "A block tag is inside HTML that holds no Markdown.",
        'Give the element around it markdown="1".',
        {"html": '“{tag}” has no effect inside HTML without markdown="1".'},
    ),
    Rule(
        "attribute-list",
        Severity.ERROR,
        "An attribute list cannot be read.",
        'Write {: .class #id key="value"}.',
        {
            "toc": "“toc” has no effect: every page has a table of contents. Delete it.",
            "options": "kramdown’s options have no effect: pages are read by Jekyll’s own. Delete it.",
            "quotes": "The value of “{part}” must be in quotes.",
            "unknown": "“{part}” is not a class, an id, an attribute or a defined name.",
        },
    ),
    Rule(
        "attribute-list-unused",
        Severity.WARNING,
        "An attribute list belongs to no block.",
        "Write it on the line right below a block.",
        {
            "list": "This attribute list belongs to no block, so it has no effect. Write it right below one.",
            "text": "This attribute list follows text, so readers see it. Write it right behind emphasis, code, a link "
            "or an image, or on a line of its own below the block.",
            "unclosed": "This attribute list is never closed, so readers see it. Add “}}”.",
        },
    ),
)

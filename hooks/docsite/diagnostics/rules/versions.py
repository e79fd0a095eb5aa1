"""Rules about the published versions."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

IN_OTHER_VERSIONS = "{message} The same file is in {versions}."
"""Around the message of a finding in a file that several versions have."""

VERSION_RULES = (
    Rule(
        "version-list",
        Severity.ERROR,
        "versions.json is invalid.",
        "Publish again, or correct the entry that the message names.",
        {
            "not-json": "versions.json is not valid JSON.",
            "not-list": "versions.json does not contain a list.",
            "empty": "versions.json is empty.",
            "no-version": "An entry of the list has no `version`.",
            "no-title": "The version “{name}” has no `title`.",
            "no-aliases": "The version “{name}” has no list of `aliases`.",
            "not-folder": "“{name}” is not a valid folder name.",
            "listed-twice": "The version “{name}” is listed twice.",
            "alias-is-version": "“{name}” is a version, and an alias of {version} too.",
            "alias-taken": "“{name}” is an alias of {owner}, and of {version} too.",
        },
    ),
    Rule(
        "version-missing",
        Severity.ERROR,
        "A listed version does not exist.",
        "Publish it again, or unpublish it.",
        {
            "missing": "The version “{name}” is listed, but its folder is missing.",
            "file": "The version “{name}” is listed, but its folder is a file.",
            "unreadable": "The version “{name}” is listed, but its folder cannot be read.",
        },
    ),
    Rule(
        "version-unlisted",
        Severity.WARNING,
        "A folder is not listed in versions.json.",
        "Delete it, or publish that version.",
        {
            "shows": "The folder “{name}” shows {version}, but versions.json does not list it.",
            "looks": "The folder “{name}” looks like a version, but versions.json does not list it.",
        },
    ),
    Rule(
        "version-alias",
        Severity.ERROR,
        "An alias does not show its version.",
        "Run `docsite alias VERSION ALIAS`.",
        {
            "missing": "The alias “{alias}” of {version} is missing.",
            "file": "The alias “{alias}” of {version} is a file.",
            "broken": "The alias “{alias}” of {version} is a broken symbolic link.",
            "no-version": "The alias “{alias}” of {version} points to no version.",
            "other-version": "The alias “{alias}” of {version} shows {shown}.",
            "lacks": "The alias “{alias}” of {version} lacks “{file}”.",
            "lacks-several": "The alias “{alias}” of {version} lacks “{file}” and {more} more.",
            "differs": "The alias “{alias}” of {version} is a copy that differs in “{file}”.",
            "differs-several": "The alias “{alias}” of {version} is a copy that differs in “{file}” and {more} more.",
        },
    ),
    Rule(
        "version-link",
        Severity.ERROR,
        "A page links to another version.",
        "Link to the page of its own version, or add data-version if the other is intended.",
        {
            "other": "“{address}” is a link from {own} to {there}.",
            "exists": "“{address}” is a link from {own} to {there}, but {own} has that page too.",
        },
    ),
    Rule(
        "version-less-link",
        Severity.ERROR,
        "A link has no version in its address.",
        "Write {{site.baseurl}}/path/, or an address with a version in it.",
        {"no-version": "“{address}” is a link without a version: nothing is there. See “{there}”."},
    ),
    Rule(
        "version-canonical",
        Severity.ERROR,
        "A canonical or hreflang address belongs to a version that is neither the page's own nor the latest.",
        "Publish again.",
        {"other": "“{address}” belongs to {there}, which is neither this version nor the latest."},
    ),
    Rule(
        "version-lost-page",
        Severity.WARNING,
        "The latest version no longer has a page of the release before it.",
        "List the old address in the `aliases` of the page that replaces it.",
        {
            "page": (
                "“{address}” no longer exists: {old} had that page, and {new} neither has it nor redirects. "
                "List the old address in the `aliases` of the page that replaces it."
            ),
            "redirect": (
                "“{address}” no longer exists: {old} redirected from there, and {new} neither has it nor redirects. "
                "List the old address in the `aliases` of the page that replaces it."
            ),
        },
    ),
    Rule(
        "version-lost-anchor",
        Severity.WARNING,
        "A page of the latest version no longer has an anchor of the release before it.",
        "Give its heading the old id with {#id}, or put <a id=...></a> before it.",
        {
            "anchor": (
                "“{address}” no longer has the anchor “{anchor}” of {old}. Add that id to the heading that replaces it."
            )
        },
    ),
)

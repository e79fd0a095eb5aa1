"""Every rule: its id, its severity, what is wrong and how to fix it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: an error fails a check, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Rule:
    """A thing that can be wrong.

    Attributes:
        id: the words that name the rule everywhere.
        severity: the gravity of each of its findings.
        summary: what is wrong, in one line.
        mend: what to write instead, in one line.
    """

    id: str
    severity: Severity
    summary: str
    mend: str


def matches_rule(rule: str, names: Iterable[str]) -> bool:
    """Whether a rule is among names of rules and of their groups: `link` stands for every `link-...`."""
    return any(rule == name or rule.startswith(f"{name.removesuffix('-')}-") for name in names)


def is_known_rule(name: str) -> bool:
    """Whether there is a rule, or a group of rules, of this name."""
    return any(matches_rule(rule, (name,)) for rule in RULES)


def rule_candidates(name: str) -> list[str]:
    """What a misspelt name may stand for: a rule, or, being one word, a group."""
    return list(RULES) if "-" in name else list(dict.fromkeys(rule.partition("-")[0] for rule in RULES))


_E, _W = Severity.ERROR, Severity.WARNING

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule("source-encoding", _E, "The file is not UTF-8.", "Save the file as UTF-8."),
        Rule("source-unreadable", _E, "The file cannot be read.", "Check its permissions."),
        Rule(
            "source-character",
            _E,
            "The text holds a control character or a Unicode noncharacter.",
            "Delete the invisible character.",
        ),
        Rule(
            "front-matter-unclosed",
            _E,
            "The front matter opens with --- and never closes.",
            "Add a line with --- after the last key.",
        ),
        Rule("front-matter-syntax", _E, "The front matter is not YAML.", "Quote the value, or indent it."),
        Rule("front-matter-type", _E, "A key has a value of the wrong kind.", "Give the kind of value named."),
        Rule("front-matter-unknown-key", _W, "A key means nothing here.", "Correct or delete the key."),
        Rule(
            "front-matter-alias",
            _E,
            "Two pages of one language claim the same address.",
            "Keep the alias on one page only.",
        ),
        Rule("liquid-unknown-tag", _E, "No such tag.", "Correct its name, or declare it as a block."),
        Rule("liquid-unknown-filter", _E, "No such filter.", "Correct its name."),
        Rule("liquid-unknown-variable", _E, "The variable has no value.", "Correct its name, or assign it."),
        Rule("liquid-unknown-alert", _E, "No such type of alert.", "Use one of the types listed."),
        Rule("liquid-unclosed", _E, "A tag opens and never closes.", "Add the closing tag."),
        Rule("liquid-crossed", _E, "A closing tag closes nothing.", "Close blocks in reverse order of opening."),
        Rule("liquid-syntax", _E, "The tag or output cannot be read.", "Correct it, or wrap it in raw."),
        Rule("liquid-limit", _E, "The page asks for more than a page may.", "Make loops and includes smaller."),
        Rule(
            "liquid-missing-include",
            _E,
            "The included file does not exist, or lies outside the folder of includes.",
            "Correct the name of the file.",
        ),
        Rule("liquid-left-over", _E, "Liquid is left over in the page.", "Complete the tag, or wrap it in raw."),
        Rule(
            "liquid-block-in-table",
            _E,
            "A block of several lines cannot stand in a table cell.",
            "Keep it on one line, or move it under the table.",
        ),
        Rule("attribute-list", _E, "An attribute list cannot be read.", 'Write {: .class #id key="value"}.'),
        Rule("link-missing-page", _E, "The link leads to no page.", "Correct the address."),
        Rule("link-missing-anchor", _E, "The page has no such anchor.", "Use an id of that page."),
        Rule("link-syntax", _E, "The address of a link cannot be read.", "Correct the address."),
        Rule(
            "link-form",
            _E,
            "A link has a form that holds only as long as the site is served where it is now.",
            "Write {{site.baseurl}}/path/, or the path of the Markdown file.",
        ),
        Rule(
            "link-not-built",
            _E,
            "A link of the Markdown is none in the built page.",
            'Give the HTML around it markdown="1", or write the link in HTML too.',
        ),
        Rule(
            "link-unseen",
            _E,
            "The built page has a link that is not seen in the Markdown.",
            "Write the link in a paragraph of its own, away from HTML.",
        ),
        Rule("link-moved", _W, "The page has moved.", "Write the new address."),
        Rule(
            "external-dead",
            _E,
            "An address outside the site does not exist.",
            "Link to another page, or delete the link.",
        ),
        Rule("external-moved", _W, "An address outside the site has moved permanently.", "Write the new address."),
        Rule(
            "external-anchor",
            _W,
            "A page outside the site has no such anchor.",
            "Link to an id of that page, or to the page as a whole.",
        ),
        Rule("asset-missing", _E, "The image or file does not exist.", "Correct the path, or add the file."),
        Rule("id-duplicate", _E, "Two elements of a page have the same id.", "Give one of them another id."),
        Rule("link-outside", _E, "The link leads out of the site.", "Take out a ../ too many."),
        Rule(
            "link-letter-case",
            _E,
            "The link and the file differ in letter case.",
            "Write the address in the letters of the file.",
        ),
        Rule(
            "link-wrong-locale",
            _E,
            "A page links to another language though the target exists in its own.",
            "Link to the twin named, or say hreflang if the other language is meant.",
        ),
        Rule("link-fallback-page", _W, "The link leads to a page that is not translated.", "Translate that page."),
        Rule("page-orphan", _W, "No page links to this one.", "Link to it, or delete it."),
        Rule("html-unreadable", _E, "The built file is not proper text.", "Build the site again."),
        Rule("file-unreadable", _E, "A folder or symlink cannot be followed.", "Mend or delete it."),
        Rule("redirect-loop", _E, "A redirect goes round in a circle.", "Let one of the pages stand."),
        Rule("redirect-chain", _W, "A redirect leads to another redirect.", "Redirect to the last page at once."),
        Rule("alternate-missing", _E, "A canonical or hreflang address does not exist.", "Build every language."),
        Rule("alternate-one-way", _E, "A page's alternate does not name it in turn.", "Build every language anew."),
        Rule("alternate-lang", _E, "hreflang names another language than the target's.", "Correct the hreflang."),
        Rule("sitemap-missing-page", _E, "The sitemap lists an address that does not exist.", "Build the site again."),
        Rule("sitemap-unreadable", _E, "The sitemap cannot be read.", "Build the site again."),
        Rule("translation-missing", _W, "The page is not translated.", "Translate it."),
        Rule(
            "translation-lang",
            _E,
            "A document names another language than the folder it is served in.",
            "Build the site again, or correct theme.language.",
        ),
        Rule("version-list", _E, "versions.json cannot be used as it is.", "Publish again, or mend the entry named."),
        Rule("version-missing", _E, "A version is listed and not there.", "Publish it again, or unpublish it."),
        Rule("version-unlisted", _W, "A folder is no version of the list.", "Delete it, or publish that version."),
        Rule("version-alias", _E, "An alias does not show its version.", "Run `docsite alias VERSION ALIAS`."),
        Rule(
            "version-link",
            _E,
            "A page links to another version.",
            "Link to the page of its own version, or say data-version if the other is meant.",
        ),
        Rule(
            "version-less-link",
            _E,
            "A link leads past all versions.",
            "Write {{site.baseurl}}/path/, or an address with a version in it.",
        ),
        Rule(
            "version-canonical",
            _E,
            "A canonical or hreflang address is of a version that is neither the page's own nor the latest.",
            "Publish again.",
        ),
        Rule(
            "version-lost-page",
            _W,
            "The latest version lacks a page of the release before it.",
            "List the old address in the `aliases` of the page that takes its place.",
        ),
        Rule(
            "version-lost-anchor",
            _W,
            "A page of the latest version lacks an anchor of the release before it.",
            "Give its heading the old id with {#id}, or put <a id=...></a> before it.",
        ),
        Rule("data-syntax", _E, "A data file is not YAML.", "Correct it at the place named."),
        Rule("data-schema", _E, "A data file is not of the form asked for.", "Give what the message names."),
        Rule(
            "accept-without-reason",
            _E,
            "A comment accepts a fault and gives no reason.",
            "Write <!-- docsite: accept RULE because REASON -->.",
        ),
        Rule("accept-unused", _W, "A comment accepts a fault that is not there.", "Delete the comment."),
    )
}

"""Rules about the files, redirects, languages and sitemaps of a built site."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

ON_SEVERAL_PAGES = (
    "{message} This is on {count} pages, first on this one: the cause is a template, the theme or the navigation."
)
"""Around the message of a finding that no Markdown explains."""

BUILT_SITE_RULES = (
    Rule(
        "html-unreadable",
        Severity.ERROR,
        "The built file is not valid UTF-8, or cannot be read.",
        "Build the site again.",
        {
            "nul": "The file contains NUL bytes.",
            "not-charset": "The file is not valid {charset}: see byte {byte}.",
            "no-charset": "The page declares the character set “{charset}”, which does not exist.",
            "too-large": "The file is larger than {limit} MB. The rest was not read.",
            "too-deep": "Elements nest more than {limit} deep here. The rest was not read.",
            "os-error": "The file cannot be read: {reason}.",
        },
    ),
    Rule(
        "file-unreadable",
        Severity.ERROR,
        "A folder or symbolic link cannot be followed.",
        "Correct or delete it.",
        {
            "not-regular": "“{file}” is not a regular file.",
            "not-followed": "“{file}” cannot be followed or listed.",
            "os-error": "“{file}” cannot be read: {reason}.",
        },
    ),
    Rule(
        "redirect-loop",
        Severity.ERROR,
        "Redirects form a loop.",
        "Remove one of the redirects.",
        {"loop": "The redirects form a loop: {trail}."},
    ),
    Rule(
        "redirect-chain",
        Severity.WARNING,
        "A redirect points to another redirect.",
        "Redirect to the last page directly.",
        {"chain": "The redirect points to another redirect: {trail}."},
    ),
    Rule(
        "alternate-missing",
        Severity.ERROR,
        "A canonical or hreflang address does not exist.",
        "Build every language.",
        {"missing": "“{address}” does not exist."},
    ),
    Rule(
        "alternate-one-way",
        Severity.ERROR,
        "An alternate of a page does not name that page as its own alternate.",
        "Build every language again.",
        {"one-way": "“{address}” does not name this page as its alternate."},
    ),
    Rule(
        "alternate-lang",
        Severity.ERROR,
        "hreflang names another language than that of the target.",
        "Correct the hreflang.",
        {"language": "hreflang is {hreflang}, but “{address}” is one of the {language} pages."},
    ),
    Rule(
        "sitemap-missing-page",
        Severity.ERROR,
        "The sitemap lists an address that does not exist.",
        "Build the site again.",
        {"missing": "“{address}” does not exist."},
    ),
    Rule(
        "sitemap-unreadable",
        Severity.ERROR,
        "The sitemap cannot be read.",
        "Build the site again.",
        {
            "not-utf8": "The sitemap is not valid UTF-8.",
            "incomplete": "The sitemap is incomplete: it has neither </urlset> nor </sitemapindex>.",
            "no-site-url": "“{address}” is no complete address. Set `site_url` in mkdocs.yml.",
        },
    ),
    Rule(
        "translation-missing",
        Severity.WARNING,
        "The page is not translated.",
        "Translate it.",
        {"missing": "The page is not translated into {language}: it shows {shown} text."},
    ),
    Rule(
        "translation-lang",
        Severity.ERROR,
        "A document names another language than that of the folder it is served in.",
        "Build the site again, or correct theme.language.",
        {"language": "The document has lang=“{lang}”, but is one of the {language} pages."},
    ),
)

"""Rules about links, assets and ids, in the sources and in the built site."""

from __future__ import annotations

from docsite.diagnostics.rules.rule import Rule, Severity

LINK_RULES = (
    Rule(
        "link-missing-page",
        Severity.ERROR,
        "The page that the link points to does not exist.",
        "Correct the address.",
        {
            "file": "The page “{path}” does not exist.",
            "address": "There is no page at “{address}”.",
            "unknown": "“{path}” is neither a page of this site nor a known external page.",
            "folder": "“{address}” is a folder without index.html.",
            "left-out": "“{path}” is not published: `{setting}` leaves it out of the site.",
        },
    ),
    Rule(
        "link-missing-anchor",
        Severity.ERROR,
        "The page does not have this anchor.",
        "Use an id of that page.",
        {
            "page": "The page “{page}” has no anchor “{anchor}”.",
            "external": "The external page “{page}” has no known anchor “{anchor}”.",
            "translation": "The page “{page}” has no anchor “{anchor}”: it is an id of {other}.",
        },
    ),
    Rule(
        "link-syntax",
        Severity.ERROR,
        "The address of a link is not a valid URL.",
        "Correct the address.",
        {
            "invalid": "The address is not a valid URL.",
            "no-address": "The address is empty.",
            "slashes": "“{address}” needs two slashes after the colon.",
            "no-host": "“{address}” has no host.",
            "bad-host": "“{address}” has a host or port that cannot exist.",
            "no-mailbox": "“{address}” has no email address.",
            "no-number": "“{address}” has no phone number.",
            "empty": "`{attribute}` is empty. Write the address of a file, or delete the element.",
            "refresh": "“{content}” is not a redirect. Write `0; url=ADDRESS`.",
        },
    ),
    Rule(
        "link-form",
        Severity.ERROR,
        "A link only works while the site is served where it is now.",
        "Write {{site.baseurl}}/path/, or the path of the Markdown file.",
        {
            "absolute": "“{path}” is an absolute path: it breaks when the site is served from a subfolder.",
            "built": "“{path}” is the address of a built page. Link to the Markdown file.",
            "built-file": "“{path}” only leads to the file from the built page. Link to the file in docs.",
        },
    ),
    Rule(
        "link-not-built",
        Severity.ERROR,
        "A link in Markdown is not a link in the built page.",
        'Give the HTML around it markdown="1", or write the link in HTML too.',
        {"text": "“{address}” is not turned into a link: Markdown inside HTML is not processed."},
    ),
    Rule(
        "link-undefined",
        Severity.WARNING,
        "A reference, or the mark of a footnote, has no definition.",
        "Define it, or correct its name.",
        {
            "label": "The reference “{label}” is not defined on this page.",
            "footnote": "The footnote “{label}” is not defined on this page.",
        },
    ),
    Rule(
        "link-unseen",
        Severity.ERROR,
        "The built page has a link that is not found in the Markdown.",
        "Write it as a link.",
        {"hidden": "The built page links to “{address}”, which is not found in the Markdown."},
    ),
    Rule(
        "link-moved",
        Severity.WARNING,
        "The page has moved.",
        "Write the new address.",
        {"moved": "“{old}” has moved to “{new}”."},
    ),
    Rule(
        "external-dead",
        Severity.ERROR,
        "An address outside the site does not exist.",
        "Link to another page, or delete the link.",
        {"dead": "{address} does not exist ({reason}). Link to another page."},
    ),
    Rule(
        "external-moved",
        Severity.WARNING,
        "An address outside the site has moved permanently.",
        "Write the new address.",
        {
            "moved": "{address} has moved permanently. Write the new address.",
            "home": "{address} redirects to a home page, so the page probably no longer exists.",
        },
    ),
    Rule(
        "external-anchor",
        Severity.WARNING,
        "A page outside the site does not have this anchor.",
        "Link to an id of that page, or to the page as a whole.",
        {"no-anchor": "The page exists, but has no anchor “#{anchor}”. Link to an id of that page."},
    ),
    Rule(
        "asset-missing",
        Severity.ERROR,
        "The image or file does not exist.",
        "Correct the path, or add the file.",
        {
            "file": "The file “{path}” does not exist.",
            "folder": "“{address}” is a folder without index.html.",
            "left-out": "“{path}” is not published: `{setting}` leaves it out of the site.",
        },
    ),
    Rule(
        "id-duplicate",
        Severity.ERROR,
        "Two elements of a page have the same id.",
        "Give one of them another id.",
        {"source": "The id “{id}” is already used on this page.", "built": "The id “{id}” occurs more than once."},
    ),
    Rule(
        "link-outside",
        Severity.ERROR,
        "The link points outside the site.",
        "Remove one ../ from the address, or write {{site.baseurl}}/path/.",
        {
            "outside": "“{address}” points outside the site. Remove one ../",
            "no-base": "“{address}” points outside the site: it lacks the path of {base}",
            "base": "“{address}” points outside the site, which is served at {base}. If another site is there, "
            "set `other_sites: [{other}]`.",
        },
    ),
    Rule(
        "link-above-root",
        Severity.WARNING,
        "A link has more ../ than the page has folders above it.",
        "Remove the extra ../ from the address.",
        {"above": "“{address}” has more ../ than there are folders. Browsers ignore the extra ones."},
    ),
    Rule(
        "link-local",
        Severity.WARNING,
        "A link points to the reader's own machine.",
        "Write an address that readers can open, or put it in a code span.",
        {
            "local": "“{address}” points to the reader's own machine.",
            "file": "“{address}” is a file of the machine that the page was written on.",
        },
    ),
    Rule(
        "id-missing",
        Severity.WARNING,
        "An attribute such as for, usemap or aria-labelledby names an id that is not on the page.",
        "Correct the name, or give the element this id.",
        {
            "id": "`{attribute}` names “{id}”, but no element of the page has this id.",
            "map": "`{attribute}` names “{id}”, but the page has no image map of this name.",
            "no-map": "`usemap` must be the name of an image map behind a #, and is “{value}”.",
        },
    ),
    Rule(
        "link-letter-case",
        Severity.ERROR,
        "The link and the file differ in letter case.",
        "Write the address in the letter case of the file.",
        {"case": "“{address}” differs from “{actual}” in letter case. Most servers are case-sensitive."},
    ),
    Rule(
        "link-wrong-locale",
        Severity.ERROR,
        "A page links to another language although the target exists in its own.",
        "Link to the suggested page, or add hreflang if the other language is intended.",
        {"exists": "“{page}” is in {there}, but exists in {here} too."},
    ),
    Rule(
        "link-fallback-page",
        Severity.WARNING,
        "The link points to a page that is not translated.",
        "Translate that page.",
        {
            "fallback": "“{address}” is not translated: it shows {language} text.",
            "other": "“{address}” is not translated: the link leads to the {language} page.",
            "missing": "“{address}” does not exist: the page is in {language} only.",
        },
    ),
    Rule(
        "page-conflict",
        Severity.ERROR,
        "Two files have the same URL.",
        "Rename one of them.",
        {"same-url": "{other} has the same URL, “{url}”. Rename one of them."},
    ),
    Rule(
        "page-orphan",
        Severity.WARNING,
        "No page links to this one.",
        "Link to it, or delete it.",
        {"orphan": "No other page links to this one. Redirects, hreflang links and the sitemap do not count."},
    ),
)

"""Terms of the glossary in HTML: which ones a page uses, and the first use of each as a link."""

from __future__ import annotations

from typing import Any

import pytest

from docsite.plugin.term_links import LinkedTerm, TermLinker, TermUseFinder, read_terms

TERMS = [
    LinkedTerm("api", ("API", "APIs"), "An interface."),
    LinkedTerm("api-key", ("API key", "API keys"), 'A "code" & more.'),
    LinkedTerm("channel", ("channel", "channels"), "A way."),
    LinkedTerm("sent-by-api", ("déclenché par l’API",), "Se dit d’un message."),
    LinkedTerm("event", ("événement",), "Une action."),
    LinkedTerm("web", ("Web",), "A platform.", linked=False),
]


def link(html: str, language: str = "en") -> tuple[str, set[str]]:
    linker = TermLinker(TermUseFinder(TERMS), language, "../glossary/")
    return linker.link(html), linker.used


def anchor(term: str, text: str) -> str:
    definition = next(one.definition for one in TERMS if one.id == term)
    definition = definition.replace("&", "&amp;").replace('"', "&quot;")
    return f'<a class="term" href="../glossary/#{term}" data-definition="{definition}">{text}</a>'


@pytest.mark.parametrize(
    ("html", "term", "text"),
    [
        ("<p>Use an API key.</p>", "api-key", "API key"),
        ("<p>Use <b>API keys</b>.</p>", "api-key", "API keys"),
        ("<p>API&nbsp;keys</p>", "api-key", "API&nbsp;keys"),
        ("<p>API\nkeys</p>", "api-key", "API\nkeys"),
        ("<p>Channels are many.</p>", "channel", "Channels"),
        ("<p>the (channel)</p>", "channel", "channel"),
        ("<p>un envoi déclenché par l’API</p>", "sent-by-api", "déclenché par l’API"),
        ("<p>un envoi déclenché par l&rsquo;API</p>", "sent-by-api", "déclenché par l&rsquo;API"),
        ("<p>Événement</p>", "event", "Événement"),
        ("<p>l’API.</p>", "api", "API"),
        ("<ul><li>one<li>an API</ul>", "api", "API"),
        ('<p title="a > b API">An API</p>', "api", "API"),
        ("<!-- API --><p>a<br/>an API</p>", "api", "API"),
        ('<p lang="en-GB">API</p>', "api", "API"),
    ],
)
def test_first_use_is_a_link(html: str, term: str, text: str) -> None:
    start, _, end = html.rpartition(text)
    assert link(html) == (start + anchor(term, text) + end, {term})


def test_only_the_first_use_is_a_link() -> None:
    html, used = link("<p>An API, two APIs</p><p>an API key</p>")
    assert html == f"<p>An {anchor('api', 'API')}, two APIs</p><p>an {anchor('api-key', 'API key')}</p>"
    assert used == {"api", "api-key"}


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="a">The API</h2>',
        '<p><a href="x">the API</a></p>',
        '<p class="admonition-title">API</p>',
        '<div class="big message"><p>the API</p></div>',
        "<label>API <input></label>",
        "<nav><ol><li>API</li></ol></nav>",
        "<p>Web</p>",
    ],
)
def test_uses_that_cannot_be_links_still_count(html: str) -> None:
    unchanged, used = link(html)
    assert unchanged == html
    assert len(used) == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p><code>API</code></p>",
        "<pre><code>an API</code></pre>",
        "<svg><title>API</title></svg>",
        '<p lang="fr">API</p>',
        "<script>API</script>",
        "<p>APIkey, rAPI, sub-channel, channel-like, api, web, CHANNEL</p>",
        '<p title="API">x</p>',
    ],
)
def test_what_is_not_a_use(html: str) -> None:
    assert link(html) == (html, set())


def test_a_link_after_a_heading_or_a_void_element_is_possible_again() -> None:
    html, _ = link('<h1>API</h1><p>x <img alt="<API>"> API</p>')
    assert html == f'<h1>API</h1><p>x <img alt="<API>"> {anchor("api", "API")}</p>'


def test_no_terms_change_nothing() -> None:
    linker = TermLinker(TermUseFinder([]), "en", "../")
    assert linker.link("<p>An API</p>") == "<p>An API</p>"


def test_terms_are_read_in_one_language() -> None:
    entries: list[dict[str, Any]] = [
        {"id": "a", "en": {"term": "key", "forms": ["keys"], "definition": "A _code_."}, "tooltip": False},
        {"id": "b", "fr": {"term": "clé", "definition": "Code."}},
    ]
    assert read_terms(entries, "en") == [LinkedTerm("a", ("key", "keys"), "A code.", linked=False)]
    assert read_terms(entries, "fr") == [LinkedTerm("b", ("clé",), "Code.")]

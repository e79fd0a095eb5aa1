"""The search's index: how words are spelled, how pages are cut, what is written."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from docsite.plugin.search.index import MANIFEST, IndexedPage, build
from docsite.plugin.search.sections import Section, cut
from docsite.plugin.search.synonyms import glossary_synonyms
from docsite.plugin.search.words import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’endpoint, d'Endpoint et qu’ENDPOINTS", "endpoint endpoint et endpoint"),
        ("Clés, clefs, clé", "cle clef cle"),
        ("Œuvre de l’été", "oeuvre de ete"),
        ("canaux canal tableaux", "canal canal tableau"),
        ("e-mail in-app", "e mail email in app inapp"),
        ("aujourd’hui", "aujourd hui aujourdhui"),
        ("site.baseurl_x 3 %", "site baseurl x 3"),
    ],
)
def test_french_words(text: str, found: str) -> None:
    assert words(text, "fr") == found.split()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Keys, key’s and don't", "key key and don"),
        ("policies status access boxes", "policy status access box"),
        ("App-group", "app group appgroup"),
    ],
)
def test_english_words(text: str, found: str) -> None:
    assert words(text, "en") == found.split()


PAGE = """
<h1>Title<a class="headerlink" href="#">¶</a></h1><p>Lead <b>bo</b>ld.</p>
<nav><a href="/">to</a><a href="/x/">fro</a></nav>
<h2 id="one">One<a class="heading-alias" id="un"></a></h2><ul><li>first</li><li>second</li></ul>
<svg><text>drawn</text></svg><span lang="fr">français</span><script>code()</script>
<h3 id="deep">Deep</h3><p>down</p><p><button>Press</button> <button>Pull</button></p>
<h2 id="two">Two</h2><table><tr id="key" data-search-title="Key"><td>Key</td><td>opens</td></tr></table><p>after</p>
<dl><dt id="term">Term</dt><dd>defined</dd></dl>
"""


def test_a_page_is_cut_at_what_can_be_led_to() -> None:
    sections = cut(PAGE, "Named", "en")
    assert [(section.anchor, section.title, section.path) for section in sections] == [
        ("", "Title", ()),
        ("one", "One", ("Title",)),
        ("deep", "Deep", ("Title", "One")),
        ("two", "Two", ("Title",)),
        ("key", "Key", ("Title", "Two")),
        ("term", "Term", ("Title", "Two")),
    ]
    assert [section.text for section in sections] == [
        "Lead bold.",
        "first · second",
        "down · Press · Pull",
        "after",
        "Key · opens",
        "defined",
    ]


def test_a_page_without_a_title_has_its_name() -> None:
    assert [section.title for section in cut("<p>Text.</p>", "Named", "en")] == ["Named"]


def section(title: str, anchor: str = "", text: str = "") -> Section:
    return Section(title, anchor, 1, pieces=[text])


def worth(files: dict[str, str], word: str) -> dict[int, int]:
    manifest = json.loads(files[MANIFEST])
    number = manifest["words"].split().index(word)
    postings: list[list[int]] = [one for name in manifest["wordFiles"] for one in json.loads(files[name])]
    return dict(zip(postings[number][::2], postings[number][1::2], strict=True))


def test_titles_count_more_than_texts_and_short_ones_most() -> None:
    many = " ".join(["key"] * 50)
    sections = [section("Key"), section("A key for all", "b"), section("Other", "c", many), section("Last", "d", "x")]
    found = worth(build([IndexedPage("page/", sections)], "en", {}, []), "key")
    assert found[0] > found[1] > found[2]
    assert 3 not in found


def test_keywords_count_for_less_than_titles_and_more_than_texts() -> None:
    named = IndexedPage("a/", [section("Key"), section("Other", "b")])
    pages = [named, IndexedPage("b/", [section("Tests"), section("Goal", "c")], ("key of it",))]
    pages.append(IndexedPage("c/", [section("Last", text="key")]))
    found = worth(build(pages, "en", {}, []), "key")
    assert sorted(found) == [0, 2, 4]
    assert found[0] > found[2] > found[4]


def test_the_first_section_of_a_page_has_its_keywords() -> None:
    files = build([IndexedPage("a/", [section("Tests"), section("Goal", "c")], ("quality check",))], "en", {}, [])
    shown = json.loads(files[json.loads(files[MANIFEST])["sectionFiles"][0]])
    assert [one.get("keywords") for one in shown] == [["quality check"], None]


def test_other_names_of_a_section_are_titles() -> None:
    sections = [section("Tests"), section("Goal", "c")]
    sections[1].names, sections[1].translations = ("Aim",), ("Objectif", "Goal")
    files = build([IndexedPage("a/", sections)], "en", {}, [])
    assert list(worth(files, "aim")) == list(worth(files, "objectif")) == [1]
    manifest = json.loads(files[MANIFEST])
    assert [manifest["words"].split()[number] for number in manifest["foreign"]] == ["objectif"]


def test_the_index_does_not_depend_on_the_order_of_pages() -> None:
    pages = [IndexedPage(f"p{n}/", [section(f"Page {n}", text=f"word{n} shared")]) for n in range(9)]
    first = build(pages, "en", {"b": ["x"], "a": ["y"]}, ["Term"])
    shuffled = random.Random(1).sample(pages, len(pages))
    assert build(shuffled, "en", {"a": ["y"], "b": ["x"]}, ["Term"]) == first


def test_a_large_index_is_cut_into_pieces() -> None:
    pages = [
        IndexedPage(f"p{n}/", [section(f"Page {n}", text=" ".join(f"w{n * k % 997}" for k in range(60)))])
        for n in range(500)
    ]
    files = build(pages, "en", {}, [])
    manifest: dict[str, Any] = json.loads(files[MANIFEST])
    assert len(manifest["wordFiles"]) == len(manifest["starts"]) > 5
    assert len(manifest["sectionFiles"]) == 8
    assert set(files) == {MANIFEST, *manifest["wordFiles"], *manifest["sectionFiles"]}
    assert max(len(text) for text in files.values()) < 50_000
    assert worth(files, "w5")


TERMS: list[dict[str, Any]] = [
    {
        "id": "rate-limit",
        "never_translated": False,
        "en": {"term": "rate limit", "definition": "."},
        "fr": {"term": "limite de débit", "definition": ".", "forbidden": ["limite de taux", "Limite de débit"]},
    },
    {
        "id": "sdk",
        "en": {"term": "SDK", "definition": ".", "synonyms": ["kit"]},
        "fr": {"term": "SDK", "definition": "."},
    },
]


def test_synonyms_come_from_the_glossary() -> None:
    assert glossary_synonyms(TERMS, "fr") == {
        "rate limit": ["limite de débit"],
        "limite de taux": ["limite de débit"],
        "kit": ["SDK"],
    }
    assert glossary_synonyms(TERMS, "en") == {
        "limite de taux": ["rate limit"],
        "Limite de débit": ["rate limit"],
        "limite de débit": ["rate limit"],
        "kit": ["SDK"],
    }
    manifest = json.loads(build([], "fr", glossary_synonyms(TERMS, "fr"), [])[MANIFEST])
    assert manifest["synonyms"] == {key: ["limite de débit"] for key in ("limite de tal", "rate limit")} | {
        "kit": ["SDK"]
    }

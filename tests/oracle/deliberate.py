"""Where a page deliberately differs from Jekyll's: which documents, why, and what the writer is told.

The test fails for a document that differs and is not here, and for an entry that no document needs any more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tests.oracle.compare import Difference, lost, lost_elements
from tests.oracle.deliberate_kinds import (
    COMMENT,
    FOOTNOTE_LABEL,
    LABEL,
    LIST_ABOVE_RULE,
    NOTE_NUMBER,
    SPACE_ABOVE_MEANING,
    TIGHT_TABLE,
    Deliberate,
    accents_composed,
    as_many_links,
    attributes_kept,
    code_uncolored,
    defined_across,
    formulas_parted,
    has_finding,
    has_pattern,
    has_two_words,
    headings_nameless,
    ids_in_html,
    ids_numbered,
    indented_in_html,
    marks_quoted,
    notes_reordered,
    tags_printed,
    without_signs,
    words_in_brackets,
)
from tests.oracle.deliberate_native import NATIVE
from tests.oracle.documents import Document

DELIBERATE: Mapping[str, Deliberate] = {
    **NATIVE,
    "fence-info": Deliberate(
        "A fence with more than one word after it (`js title`) is no fence for kramdown, which runs its lines "
        "together. Here it is code.",
        "top/fence-two-words/bb-",
        has_two_words,
        read=lambda text: re.sub(r'\bjs( title(="a\.js")?)?', "", text),
        mistaken=frozenset({"code", "pre"}),
    ),
    "heading-id-in-html": Deliberate(
        "Inside HTML with `markdown` and in footnotes, kramdown makes heading ids without accents. Here a heading has "
        "the same id wherever it stands.",
        "html-md/setext-1/bbp",
        ids_in_html,
        mistaken=frozenset({"id"}),
    ),
    "indented-in-html": Deliberate(
        "Text in HTML with `markdown` that is indented: Jekyll reads no heading there, and code from four spaces on. "
        "Here the indentation is taken off, as writers indent what stands in HTML.",
        "html-md5/ul-fence-flush/bb-",
        indented_in_html,
        read=without_signs,
        mistaken=frozenset({"blockquote", "id", "pre"}),
    ),
    "tag-in-code": Deliberate(
        "A block tag in code, where Jekyll prints its HTML, is an error.",
        "top4/quote-alert-ial/bb-",
        has_finding("liquid-block-in-code"),
        "liquid-block-in-code",
    ),
    "tag-printed-as-text": Deliberate(
        "A block tag or block HTML in the middle of a line, or indented as code is: Jekyll shows its HTML to the "
        "reader. Here it is the block the writer meant.",
        "quote7/alert-html/0bg",
        tags_printed,
        read=lambda text: without_signs(text.replace("&#10;", " ")),
        mistaken=frozenset({"b", "blockquote", "code", "em", "h2", "id", "pre"}),
    ),
    "word-in-brackets": Deliberate(
        "A word in angle brackets that is no element of HTML, such as `<your key>`: Jekyll makes an element of it, "
        "which browsers do not show. Here it is text.",
        "inline/placeholder/end",
        words_in_brackets,
        read=without_signs,
        mistaken=frozenset({"id"}),
    ),
    "table-above-tag": Deliberate(
        "A table right above a block tag or the end of its HTML: Jekyll wants a blank line between, and prints the "
        "bars. Here it is a table.",
        "pair/table-no-pipes/alert-upper/t",
        has_pattern(TIGHT_TABLE, "tables", "text"),
        read=lambda text: re.sub(r"\\\|", "|", text),
    ),
    "list-above-rule": Deliberate(
        "An attribute list right above `---`: Jekyll takes the list for the text of a heading. Here it belongs to the "
        "rule or to the list.",
        "tab/hr-dashes/0bf",
        has_pattern(LIST_ABOVE_RULE, "headings"),
        read=without_signs,
        mistaken=frozenset({"h2", "id"}),
    ),
    "meaning-below-blank": Deliberate(
        "A definition below a blank line with spaces or a tab in it: Jekyll prints the colon. Here it is a definition, "
        "as below any blank line.",
        "item-tab/dl-loose/bba",
        has_pattern(SPACE_ABOVE_MEANING, "definitions"),
    ),
    "indented-comment": Deliberate(
        "A comment of several lines that is indented: Jekyll prints it. Here it is a comment.",
        "indented/html-comment-lines/2b",
        has_pattern(re.compile(r"^[ >\t]+ <!--[^\n]*\n", re.MULTILINE), "text"),
        read=lambda text: COMMENT.sub(" ", text),
        mistaken=frozenset({"em", "id", "li"}),
    ),
    "marks-in-tags": Deliberate(
        "A block tag in a quote: for Jekyll the marks in front of its lines are part of its text, and make further "
        "quotes. Here the marks belong to the quote around the tag.",
        "quote-quote/api/tb-",
        marks_quoted,
        read=without_signs,
        mistaken=frozenset({"blockquote", "id", "pre"}),
    ),
    "footnotes-of-tags": Deliberate(
        "A footnote inside a block tag: Jekyll prints it at the end of the tag, among the text. Here all footnotes "
        "stand at the end of the page.",
        "nested/29",
        notes_reordered,
        read=lambda text: " ".join({*NOTE_NUMBER.sub("", text).split()}),  # of notes in notes there are two facts
        mistaken=frozenset({"blockquote"}),
    ),
    "attribute-list-unknown": Deliberate(
        "A name in an attribute list that nothing defines: Jekyll drops it. Here it is an error.",
        "inline/attribute-like/item",
        lambda _, __, difference: difference.facts == ("finding",) and "attribute-list" in difference.rules,
        "attribute-list",
    ),
    "footnote-twice": Deliberate(
        "A footnote that is defined twice: the last definition counts, also where Jekyll keeps that of a block tag "
        "apart. A warning says so.",
        "nested/99",
        has_finding("markup-duplicate-definition"),
        "markup-duplicate-definition",
    ),
    "same-heading-in-tags": Deliberate(
        "The same heading in several tabs, alerts or details: Jekyll gives each the same id. Here each has its own.",
        "nested/alert-same-heading/t0g",
        ids_numbered,
        mistaken=frozenset({"id"}),
    ),
    "accents-as-two": Deliberate(
        "A letter with an accent typed as two characters: here the id is the one that looks the same, as in links.",
        "inline/accents-typed/setext",
        accents_composed,
        mistaken=frozenset({"id"}),
    ),
    "inline-code-colors": Deliberate(
        "A language class on inline code: Jekyll colors it. Here it has the class alone.",
        "inline/code-language/heading",
        code_uncolored,
    ),
    "underscores-in-address": Deliberate(
        "Underscores in the address of a link: in Jekyll emphasis can tear the link. Here it is a link.",
        "inline/link-underscores/paragraph",
        as_many_links(r"\]\([^)\s]*___"),
        read=lambda text: re.sub(r"\S*(?:/a|https?:)\S*", " ", text),
        mistaken=frozenset({"em", "h2", "id", "strong", "td"}),
    ),
    "escaped-parenthesis": Deliberate(
        "A parenthesis behind a backslash in the address of a link: Jekyll counts it as one that opens or closes, and "
        "keeps the backslash. Here it is part of the address, without the backslash.",
        "inline/link-escaped-parens/heading",
        as_many_links(r"\]\([^)\s]*\\[()]"),
        read=without_signs,
        mistaken=frozenset({"a", "h2", "id"}),
    ),
    "title-in-parentheses": Deliberate(
        "The title of a link definition in parentheses: for Jekyll it is part of the address, which leads nowhere.",
        "top1/definition-parentheses/b0f",
        as_many_links(r"\]: \S+ \("),
        read=lambda text: without_signs(text.replace("(Title)", " ")),
        mistaken=frozenset({"a"}),
    ),
    "markdown-in-raw-html": Deliberate(
        'An element with `markdown="1"` in the middle of a line of raw HTML: Jekyll takes what is left of the line for '
        "text and closes the table too late. Here it ends at its closing tag.",
        "top/html-cell-md/bb-",
        has_pattern(re.compile(r"<[a-z]\w*>\s*<(?:t[dhr]|li)[^>]* markdown")),
        read=without_signs,
        mistaken=frozenset({"code", "em", "id", "li", "strong", "td"}),
    ),
    "markdown-in-unknown": Deliberate(
        'An element that kramdown does not know, such as `<center markdown="1">`: Jekyll shows the signs. Here it '
        "holds Markdown, as the writer says.",
        "top/html-center-md/0t-",
        lambda document, _, __: "<center markdown" in document.text,
        read=lambda text: re.sub(r"[*`]", "", without_signs(text)),
    ),
    "mathematics-apart": Deliberate(
        "Formulas below each other: Jekyll puts no element around them. Here each is a block of its own.",
        "numbered6/math-twice/b0g",
        formulas_parted,
    ),
    "tab-behind-spaces": Deliberate(
        "Text indented by one to three spaces and a tab: Jekyll puts no paragraph around it. Here it is one.",
        "top1/tab-behind-spaces/00a",
        has_pattern(re.compile(r"^[ >\t]*[ >] {1,3}\t\S|^ {1,3}\t\S", re.MULTILINE), "text"),
    ),
    "backslash-in-html": Deliberate(
        "A backslash at the end of a line in HTML with `markdown` and in footnotes: Jekyll shows it. Here it breaks "
        "the line, as everywhere.",
        "inline/backslash-end/html-md",
        has_pattern(re.compile(r"\\$", re.MULTILINE)),
    ),
    "block-in-text": Deliberate(
        "A block tag inside emphasis, a link or code: Jekyll shows its HTML there. Here it is a block, and an error.",
        "inline/strong-alert/paragraph",
        has_finding("liquid-block-in-text"),
        "liquid-block-in-text",
    ),
    "unclosed-html": Deliberate(
        "HTML that is never closed: for Jekyll all below is HTML. Here it is Markdown, and there is a warning.",
        "pair/html-unclosed/tasks/t",
        has_finding("markup-unclosed-html"),
        "markup-unclosed-html",
    ),
    "attributes-kept": Deliberate(
        "An attribute list where Jekyll drops it: on the text of a list item without paragraphs, for instance. Here it "
        "goes to the element that holds the text.",
        "item/footnote/0tf",
        attributes_kept,
    ),
    "definition-across-tags": Deliberate(
        "A reference, footnote or abbreviation in an alert, tab or details whose definition stands outside: Jekyll "
        "renders the block alone and shows the brackets. Here the definition is found.",
        "pair/fence-html/alert-reference/t",
        defined_across,
        read=lambda text: LABEL.sub(" ", re.sub(r"\d", "", FOOTNOTE_LABEL.sub("", text))),
    ),
    "heading-without-letters": Deliberate(
        "A heading of signs only has no id in Jekyll. Here it has a number, as every heading needs an id.",
        "pair/math-like/atx-punctuation/t",
        headings_nameless,
    ),
    "unclosed-fence": Deliberate(
        "A fence that is never closed is text, as in Jekyll, and an error.",
        "top/fence-unclosed/bta",
        has_finding("markup-unclosed-fence"),
        "markup-unclosed-fence",
    ),
    "table-of-contents": Deliberate(
        "`{:toc}` makes Jekyll put a table of contents there. Here every page has one beside it, and the list is an "
        "error.",
        "pair/ul-nested-tab/ul-toc/t",
        lambda document, _, __: "{:toc}" in document.text,
        "attribute-list",
    ),
}


def reason_of(document: Document, wanted: Mapping[str, Any], difference: Difference) -> str:
    """The name of the kind of deliberate difference, those of several that explain it together, or ""."""
    if difference.facts == ("raises",):
        return ""
    found = {name: kind for name, kind in DELIBERATE.items() if kind.applies(document, wanted, difference)}
    for name, kind in found.items():
        if kind.finding in difference.rules or _nothing_lost([kind], wanted, difference):
            return name
    return " and ".join(found) if len(found) > 1 and _nothing_lost([*found.values()], wanted, difference) else ""


def _nothing_lost(kinds: list[Deliberate], wanted: Mapping[str, Any], difference: Difference) -> bool:
    """Whether nothing is lost but by these kinds."""

    def read(text: str) -> str:
        for kind in kinds:
            text = kind.read(text)
        return text

    elements = {*lost_elements(wanted, difference.found, read)}
    return not lost(wanted, difference.found, read) and not elements.difference(*(kind.mistaken for kind in kinds))

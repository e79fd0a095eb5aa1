"""How far a guide is, language by language: a table of what its sources say."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from docsite._util.catalog import translate
from docsite.diagnostics.findings import Finding
from docsite.project.page_status import PageStatus, page_statuses
from docsite.project.project import Project
from docsite.project.project_page import ProjectPage
from docsite.translation.freshness import Freshness


@dataclass(frozen=True)
class LanguageStatus:
    """Figures of a language.

    Attributes:
        translated: pages of the source language with a counterpart in this one; None for the source language itself.
        missing: keys of pages that some other language has and this one has not.
        outlines: keys of pages whose headings have other levels than their counterpart in the source language.
        rules: findings in the language's pages, by rule.
    """

    locale: str
    source: bool
    pages: int
    translated: int | None
    missing: tuple[str, ...]
    outlines: tuple[str, ...]
    links: int
    rules: dict[str, int]


@dataclass(frozen=True)
class TranslationStatus:
    """A row a language, the findings, by rule, in files that belong to no language, and the state of each page."""

    locales: tuple[LanguageStatus, ...]
    shared: dict[str, int]
    pages: tuple[PageStatus, ...] = ()


def compute_status(guide: Project) -> TranslationStatus:
    """The figures of a guide."""
    by_locale: dict[str, dict[str, ProjectPage]] = {locale.code: {} for locale in guide.settings.locales}
    for page in guide.pages.values():
        by_locale[page.locale.code][page.key] = page
    rows = tuple(_row(guide, code, by_locale) for code in by_locale)
    shared = _rules(f for f in guide.findings if f.location.path not in guide.pages)
    return TranslationStatus(rows, shared, tuple(page_statuses(guide)))


def _row(guide: Project, code: str, by_locale: dict[str, dict[str, ProjectPage]]) -> LanguageStatus:
    own, source = by_locale[code], by_locale[guide.settings.source.code]
    is_source = own is source
    everywhere = {key for pages in by_locale.values() for key in pages}
    paths = {page.path for page in own.values()}
    pairs = [(page, source[key]) for key, page in own.items() if key in source]
    return LanguageStatus(
        locale=code,
        source=is_source,
        pages=len(own),
        translated=None if is_source else len(pairs),
        missing=tuple(sorted(everywhere - set(own))),
        outlines=tuple(sorted(page.key for page, counterpart in pairs if _levels(page) != _levels(counterpart))),
        links=sum(len(page.facts.links) for page in own.values()),
        rules=_rules(f for f in guide.findings if f.location.path in paths),
    )


def _levels(page: ProjectPage) -> list[int]:
    return [heading.level for heading in page.headings]


def _rules(findings: Iterable[Finding]) -> dict[str, int]:
    return dict(sorted(Counter(finding.rule for finding in findings).items()))


def render_json(status: TranslationStatus) -> str:
    """For programs."""
    return json.dumps(asdict(status), ensure_ascii=False, indent=2) + "\n"


def render_markdown(status: TranslationStatus) -> str:
    """For issues and summaries of jobs: a row for each page that is not up to date."""
    rows = [
        f"| {page.locale} | {page.path} | {translate(page.state)} | {_change(page)} |"
        for page in status.pages
        if page.state is not Freshness.UP_TO_DATE
    ]
    head = [translate("| Language | Page | State | Changed in the source page |"), "| --- | --- | --- | --- |"]
    return "\n".join([_summary(status), *(["", *head, *rows] if rows else [])]) + "\n"


def _summary(status: TranslationStatus) -> str:
    """How many pages are in each state."""
    counts = Counter(page.state for page in status.pages)
    shown = (f"{counts[state]} {translate(state)}" for state in Freshness if counts[state])
    return ", ".join(shown) or translate("no translations")


def _change(page: PageStatus) -> str:
    if not page.words:
        return ""
    sections = ", ".join(section or translate("(introduction)") for section in page.sections)
    share = translate("{percent}%").format(percent=round(page.share * 100))
    return translate("{words} words ({share}): {sections}").format(words=page.words, share=share, sections=sections)


def render_pages(status: TranslationStatus, *, diff: bool) -> str:
    """For people: the pages that are not up to date, with what has changed in their source pages."""
    lines = []
    for page in status.pages:
        if page.state is not Freshness.UP_TO_DATE:
            change = _change(page)
            line = translate("{page}: {state} in {language}")
            if change:
                line = translate("{page}: {state} in {language}: {change}")
            state = translate(page.state)
            lines.append(line.format(page=page.path, state=state, language=page.locale, change=change))
            lines += [page.diff, ""] if diff and page.diff else []
    return "\n".join([*lines, _summary(status)]) + "\n"


def render_text(status: TranslationStatus, *, diff: bool = False) -> str:
    """For people: a column a language, what is missing or differs, by name, and the state of the pages."""
    rows = status.locales
    table = [
        ["", *(row.locale for row in rows)],
        [translate("pages"), *(str(row.pages) for row in rows)],
        [translate("translated"), *(_translated(row, rows) for row in rows)],
        [translate("not translated"), *(str(len(row.missing)) for row in rows)],
        [translate("outlines that differ"), *(str(len(row.outlines)) for row in rows)],
        [translate("links"), *(str(row.links) for row in rows)],
        *_findings(status),
    ]
    other = translate("{language}: {page} has other headings than its source page")
    names = [other.format(language=row.locale, page=key) for row in rows for key in row.outlines]
    lines = [*_aligned(table), *([""] if names else []), *names]
    return "\n".join(lines) + "\n" + (f"\n{render_pages(status, diff=diff)}" if status.pages else "")


def _translated(row: LanguageStatus, rows: Sequence[LanguageStatus]) -> str:
    source = next(other for other in rows if other.source)
    return (
        "–"
        if row.translated is None
        else translate("{number} of {whole}").format(number=row.translated, whole=source.pages)
    )


def _findings(status: TranslationStatus) -> list[list[str]]:
    """A line a rule; files of no language have a column of their own where there is anything to say about them."""
    columns = [row.rules for row in status.locales] + ([status.shared] if status.shared else [])
    rules = sorted({rule for column in columns for rule in column})
    head = [translate("findings"), *(str(sum(column.values())) for column in columns)]
    return [head, *([f"  {rule}", *(str(column.get(rule, 0)) for column in columns)] for rule in rules)]


def _aligned(table: list[list[str]]) -> list[str]:
    width = max(len(line) for line in table)
    full = [line + [""] * (width - len(line)) for line in table]
    if width > len(table[0]):
        full[0][-1] = translate("shared")
    widths = [max(len(line[n]) for line in full) for n in range(width)]
    return ["  ".join([line[0].ljust(widths[0]), *_right(line[1:], widths[1:])]).rstrip() for line in full]


def _right(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]

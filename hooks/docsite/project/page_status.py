"""The state of each page in each language: up to date, outdated, missing, without a source page, or in progress."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from docsite._util.catalog import translate
from docsite._util.errors import UsageError
from docsite._util.files import write_atomically
from docsite.project.project import Project
from docsite.project.project_page import ProjectPage
from docsite.translation.freshness import (
    IN_PROGRESS,
    STAMP,
    Change,
    Freshness,
    changed_since,
    compare_versions,
    sections_of,
    stamp_of,
    version_with_stamp,
    with_stamp,
)
from docsite.translation.page_history import PageHistory


@dataclass(frozen=True)
class PageStatus:
    """The state of a page in a language.

    Attributes:
        key: path inside the folder of the language.
        path: of the translation, or, where it is missing, of the source page.
        sections: headings of the source page under which something has changed; "" for the text above the first.
        words: how many words have changed.
        share: of the words of the source page, from 0 to 1.
        diff: of the source page, in the unified form; "" where the version that was translated is not known.
    """

    locale: str
    key: str
    path: str
    state: Freshness
    sections: tuple[str, ...] = ()
    words: int = 0
    share: float = 0
    diff: str = ""


def page_statuses(project: Project) -> list[PageStatus]:
    """The state of every page, language by language, in the order of their paths."""
    by_locale: dict[str, dict[str, ProjectPage]] = {locale.code: {} for locale in project.settings.locales}
    for page in project.pages.values():
        by_locale[page.locale.code][page.key] = page
    source = by_locale.pop(project.settings.source.code)
    history = PageHistory(project.settings.root)
    return [status for code, own in by_locale.items() for status in _of_language(code, own, source, history)]


def _of_language(
    code: str, own: Mapping[str, ProjectPage], source: Mapping[str, ProjectPage], history: PageHistory
) -> Iterator[PageStatus]:
    for key in sorted({*own, *source}):
        if key not in own:
            yield PageStatus(code, key, source[key].path, Freshness.MISSING)
        elif key not in source:
            yield PageStatus(code, key, own[key].path, Freshness.ORPHAN)
        else:
            yield _of_translation(own[key], source[key], history)


def _of_translation(page: ProjectPage, source: ProjectPage, history: PageHistory) -> PageStatus:
    stamp = page.facts.meta.get(STAMP)
    code, key, path = page.locale.code, page.key, page.path
    if stamp == IN_PROGRESS:
        return PageStatus(code, key, path, Freshness.IN_PROGRESS)
    if stamp:
        is_outdated = stamp != stamp_of(source.file.text)
        versions = (text for _, text in history.versions(source.path)) if is_outdated else ()
        before = version_with_stamp(versions, str(stamp))
    else:
        is_outdated, before = False, _translated_version(page, source, history)
    change = compare_versions(before, source.file.text, source.path) if before is not None else None
    if not is_outdated and (change is None or not change.is_significant):
        return PageStatus(code, key, path, Freshness.UP_TO_DATE)
    return _outdated(page, source, change)


def _outdated(page: ProjectPage, source: ProjectPage, change: Change | None) -> PageStatus:
    code, key, path = page.locale.code, page.key, page.path
    if change is None:
        return PageStatus(code, key, path, Freshness.OUTDATED)
    headings = [
        (heading.position.line, heading.text) for heading in source.facts.headings if heading.position.file == 0
    ]
    sections = tuple(sections_of(change.lines, headings))
    return PageStatus(code, key, path, Freshness.OUTDATED, sections, change.words, round(change.share, 3), change.diff)


def _translated_version(page: ProjectPage, source: ProjectPage, history: PageHistory) -> str | None:
    """The source page as it was when the words of its translation last changed, by the history of both."""
    versions = list(_until_changed(page, history))
    if not versions or stamp_of(versions[0][1]) != stamp_of(page.file.text):
        return None  # somebody is at work on it
    return changed_since(
        (text for _, text in versions), lambda number: history.text_at(versions[number][0], source.path)
    )


def _until_changed(page: ProjectPage, history: PageHistory) -> Iterator[tuple[str, str]]:
    """The versions of a page down to the first with other words, which alone are read."""
    latest = ""
    for commit, text in history.versions(page.path):
        yield commit, text
        stamp = stamp_of(text)
        if latest and stamp != latest:
            return
        latest = stamp


def mark_translations(project: Project, paths: list[str]) -> list[str]:
    """Write into translations that they were made from their source pages as they are now.

    Args:
        paths: from the folder of mkdocs.yml, or from docs_dir.

    Returns:
        A line for each file.

    Raises:
        UsageError: a path is of no translation; nothing is written then.
    """
    docs = project.settings.shown(project.settings.docs_dir)
    source_code = project.settings.source.code
    sources = {page.key: page for page in project.pages.values() if page.locale.code == source_code}
    marked = []
    for path in paths:
        page = project.pages.get(path) or project.pages.get(f"{docs}/{path}")
        if page is None or page.locale.code == source_code or page.key not in sources:
            raise UsageError(translate("{path}: is not the translation of a page").format(path=path))
        marked.append((page, stamp_of(sources[page.key].file.text)))
    for page, stamp in marked:
        file = project.settings.root / page.path
        text = file.read_bytes().decode()
        mark = "\ufeff" * text.startswith("\ufeff")
        write_atomically(file, mark + with_stamp(text.removeprefix(mark), stamp))
    return [f"{page.path}: {STAMP}: {stamp}" for page, stamp in marked]

"""A page in Python-Markdown's own Markdown: what it says, without a change to its text unless it has tags."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from docsite.config.dialect import Dialect
from docsite.config.site import Locale
from docsite.diagnostics.findings import Finding, Location
from docsite.diagnostics.messages import make_message
from docsite.diagnostics.position import Position
from docsite.diagnostics.suppressions import Suppression
from docsite.links.link import Link
from docsite.links.native_links import find_links
from docsite.links.page_index import ANY_ID
from docsite.markup.blocks.block_parser import parse_page
from docsite.markup.inlines.document_inlines import DocumentInlines
from docsite.markup.liquid.environment import LiquidEnvironment
from docsite.markup.native.code_spans import Span, code_spans, mask_spans
from docsite.markup.native.extension import TagBlocks
from docsite.markup.native.html_problems import find_html_problems
from docsite.markup.native.page_html import MarkdownRenderer, PageHtml
from docsite.markup.native.tagged_page import NATIVE_CONTAINERS, TaggedPage, has_tags, render_tags
from docsite.markup.source_file import PageSource, SourceFile
from docsite.markup.source_map import MappedLine, MappedText, SourcePosition, TextChunk, split_lines
from docsite.markup.suppression_comments import extract_suppressions
from docsite.project.front_matter import read_aliases, read_theme_files
from docsite.project.page_summary import LinkSummary, PageSummary, ReferenceSummary
from docsite.project.translatable import TranslatableReader, compared_meta

_TEMPLATE = re.compile(r"\{[{%!]|^[ \t]*:::[ \t]*\S", re.MULTILINE)
"""Where a plugin puts in text: a macro's, or what mkdocstrings says of a module."""

_HEADING = re.compile(r"^[ \t]*(#{1,6}[^#\n].*)", re.MULTILINE)

_EMPTY_TITLE = re.compile(r"""(\]\([^\s()]+[ \t]+)(?:""|'')(?=[ \t]*\))""")

_COMMAND = re.compile(r"<!--\s*[\w-]+[:/]\w")
"""A comment that a plugin or a hook replaces, such as `<!-- material/tags -->`."""


@dataclass(frozen=True)
class NativePage:
    """A page as MkDocs is to have it.

    Attributes:
        untouched: whether the text is that of the file.
        blocks: whether it has block tags.
        ids: all that the page sets or may set; `ANY_ID` where plugins may add others.
    """

    page: PageSource
    text: MappedText
    files: Mapping[str, SourceFile]
    findings: tuple[Finding, ...]
    suppressions: tuple[Suppression, ...]
    inputs: Mapping[str, str]
    links: tuple[Link, ...]
    ids: tuple[str, ...]
    untouched: bool
    blocks: bool
    translatable: TranslatableReader
    included_at: Mapping[str, Iterable[SourcePosition]]

    native: ClassVar[Literal[True]] = True

    def file(self, offset: int) -> SourceFile:
        """The file that the character at an offset of the text was written in."""
        return self.files[self.text.origin(offset).file]

    def copied(self, start: int, stop: int) -> int | None:
        """The offset, in `file(start)`, that a part of the text was copied from whole."""
        at = self.text.origin(start).offset
        return at if self.file(start).text.startswith(self.text.text[start:stop], at) else None

    @property
    def facts(self) -> PageSummary:
        """What the page says."""
        names = tuple(dict.fromkeys([self.page.file.path, *self.files]))

        def locate(offset: int) -> Position:
            return position(document.text.origin(offset))

        def position(origin: SourcePosition) -> Position:
            return placed(self.files[origin.file].location(origin.offset))

        def placed(at: Location) -> Position:
            return Position(names.index(at.path), at.line, at.column)

        document, _ = parse_page(list(map(_blank_empty_title, self.text.lines)), (), NATIVE_CONTAINERS)
        inlines = DocumentInlines(document)
        language = self.translatable.findings(self.page.locale.code, document, inlines, self.files)
        included_at = {path: tuple(map(position, tags)) for path, tags in self.included_at.items()}
        return PageSummary(
            files=names,
            findings=(*self.findings, *self.translatable.title_findings(self.page), *language),
            suppressions=self.suppressions,
            aliases=tuple(alias for alias in read_aliases(self.page) if _is_address(alias.value)),
            theme_files=read_theme_files(self.page),
            headings=(),
            links=tuple(LinkSummary(link, position(self.text.origin(link.start))) for link in self.links),
            references=tuple(
                ReferenceSummary("footnote", one.target, placed(one.location))
                for one in self.findings
                if one.rule == "markup-unused-footnote"
            ),
            ids=(),
            other_ids=self.ids,
            inputs=tuple(self.inputs.items()),
            meta=compared_meta(self.page),
            meta_positions={key: Position(0, *at) for key, at in self.page.key_positions.items()},
            content=self.translatable.content(document, inlines, locate, included_at),
            included_at=included_at,
        )


def _blank_empty_title(line: MappedLine) -> MappedLine:
    """A line in which links with an empty title are links for kramdown too, as they are for Python-Markdown."""
    return MappedLine(_EMPTY_TITLE.sub(r"\1  ", line.text), line.runs, line.base) if "](" in line.text else line


def _failure(page: PageSource, html: PageHtml) -> Iterator[Finding]:
    if html.failed:
        message = make_message("markup-not-rendered", "extension", extension=html.failed)
        yield Finding(message, Location(page.file.path, 1, 1), html.failed)


def _of_html(text: MappedText, files: Mapping[str, SourceFile], html: PageHtml, code: list[Span]) -> Iterator[Finding]:
    for message, target, offset in find_html_problems(text.text, html, code):
        origin = text.origin(offset)
        yield Finding(message, files[origin.file].location(origin.offset), target)


def _is_address(alias: str) -> bool:
    """Whether an alias is an old address: other tools have aliases too, which are names."""
    return alias.startswith("/")


@dataclass(frozen=True)
class NativeReader:
    """Reads the native pages of a site.

    Args:
        markdown: Python-Markdown as the site configures it.
        variables: what Liquid knows on a page.
        has_templates: whether something else than docsite may change the Markdown of pages, such as their templates.
    """

    dialect: Dialect
    liquid: LiquidEnvironment
    markdown: MarkdownRenderer
    variables: Callable[[PageSource], Mapping[str, Any]]
    translatable: TranslatableReader
    has_templates: bool

    def read(self, page: PageSource, locale: Locale) -> NativePage:
        """Read a page."""
        file, text = page.file, page.file.text[page.body :]
        tagged = self.dialect is Dialect.MARKDOWN and has_tags(text, self.liquid.own_tags)
        if tagged:
            found = render_tags(self.liquid, file, page.body, self.variables(page), locale.code)
        else:
            lines = split_lines([TextChunk(text, file.path, page.body, 1)])
            found = TaggedPage(lines, {file.path: file}, (), {}, False)
        comments = extract_suppressions(found.lines, found.files)
        result = MappedText(comments.lines if tagged else found.lines)
        code = code_spans(result.text)
        html = self._renderer(found).render(result.text)
        ids = (*html.ids, *self._further_ids(result.text, code, html))
        of_html = () if ANY_ID in ids else _of_html(result, found.files, html, code)  # templates choose between texts
        return NativePage(
            page=page,
            text=result,
            files=found.files,
            findings=(*page.findings, *found.findings, *comments.findings, *_failure(page, html), *of_html),
            suppressions=comments.suppressions,
            inputs={
                **found.inputs,
                **dict.fromkeys(sorted(html.inputs), ""),
                **({"data": ""} if self.translatable.uses_glossary else {}),
            },
            links=tuple(find_links(result.text, html.addresses, code)),
            ids=ids,
            untouched=not tagged,
            blocks=found.blocks,
            translatable=self.translatable,
            included_at=found.included_at,
        )

    def _further_ids(self, text: str, code: list[tuple[int, int]], html: PageHtml) -> tuple[str, ...]:
        """The ids that the page may have once plugins and hooks have changed its Markdown.

        They may read fences in their own way, and so find headings where Python-Markdown alone sees code.
        """
        if html.failed or self._has_templates(text, code):
            return (ANY_ID,)
        return self.markdown.render("\n\n".join(_HEADING.findall(text))).ids if self.has_templates else ()

    def _has_templates(self, text: str, code: list[tuple[int, int]]) -> bool:
        """Whether a plugin may put more text on the page, such as a macro's, of a module, or a list of tags."""
        if not self.has_templates:
            return False
        masked = mask_spans(text, code)
        return _TEMPLATE.search(masked) is not None or any(_COMMAND.match(text, start) for start, _ in code)

    def _renderer(self, found: TaggedPage) -> MarkdownRenderer:
        if not found.blocks:
            return self.markdown
        return MarkdownRenderer([*self.markdown.extensions, TagBlocks()], self.markdown.configs)

"""Jekyll's Liquid: the strict environment, and one page rendered by it.

python-liquid does the parsing and rendering. Added here are the tags of the dialect, the place that every part of
output comes from, and that all problems of a page are reported, not only the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TextIO

from liquid import BoundTemplate, Environment, Mode
from liquid.ast import Node
from liquid.context import RenderContext
from liquid.exceptions import LiquidError, ResourceLimitError, UndefinedError
from liquid.parser import get_parser
from liquid.token import Token

from docsite.diagnostics.findings import Edit, Finding, Location
from docsite.diagnostics.likely_names import LikelyNames
from docsite.diagnostics.messages import Message, make_message
from docsite.markup import source_file
from docsite.markup.include_folder import IncludeFolder
from docsite.markup.liquid import filters
from docsite.markup.liquid.block_tag import BlockTag
from docsite.markup.liquid.error_descriptions import describe_error, missing_parameter
from docsite.markup.liquid.expression_tokens import TagStream
from docsite.markup.liquid.mapped_output import MappedBuffer, OutputLimit
from docsite.markup.liquid.nodes import OutputTag, TextTag, Undefined
from docsite.markup.liquid.page_template import PageRenderContext, PageTemplate
from docsite.markup.liquid.tag_checker import TagChecker, TagProblem
from docsite.markup.liquid.tagged_block import TaggedBlock
from docsite.markup.liquid.tags.address_tags import ImageBusterTag, LinkTag
from docsite.markup.liquid.tags.alert import AlertTag
from docsite.markup.liquid.tags.custom_block import custom_block_tag
from docsite.markup.liquid.tags.details import DetailsTag
from docsite.markup.liquid.tags.highlight import HighlightTag
from docsite.markup.liquid.tags.include import IncludeTag
from docsite.markup.liquid.tags.tabs import SubtabsTag, SubtabTag, TabsTag, TabTag
from docsite.markup.liquid.token_reader import TokenReader
from docsite.markup.source_file import SourceFile
from docsite.markup.source_map import SourcePosition

if TYPE_CHECKING:
    from liquid.tag import Tag

OUTPUT_LIMIT = 2_000_000
"""Characters that one page may write, over all its buffers."""

INCLUDE_LIMIT = 500
"""Files that one page may include, counted each time."""

PROBLEM_LIMIT = 100
"""Problems after which rendering of a page stops."""


class _GiveUp(Exception):
    """Rendering stops here; what was found so far is kept."""


class LiquidEnvironment(Environment):
    """The Liquid of one site. Not for several threads at once: it holds the state of the page being rendered.

    Args:
        includes: the folder of included files.
        blocks: names of block tags of the site's own.
        shown: names a path as findings do.
        read: reads an included file.
        native: whether pages are Python-Markdown's, in whose code Liquid means nothing.
        tags: further tags of the site's own.
        more_filters: filters of the site's own.

    Attributes:
        included_at: of each file that the page includes, by its path, the tags of the page that bring it in, in which
            other files may stand between.
        inputs: what the page being rendered depends on besides its own text and the settings, each with a fingerprint:
            `include NAME`, `data` (without one) and `clock`.
    """

    block_nesting_limit: ClassVar[int] = 50
    context_depth_limit: ClassVar[int] = 100
    loop_iteration_limit: ClassVar[int | None] = 10_000
    local_namespace_limit: ClassVar[int | None] = 5_000_000
    template_class = PageTemplate

    def __init__(
        self,
        includes: Path,
        blocks: Sequence[str] = (),
        shown: Callable[[Path], str] = str,
        read: source_file.SourceReader = source_file.read_source,
        *,
        native: bool = False,
        tags: Iterable[type[Tag]] = (),
        more_filters: Mapping[str, Callable[..., object]] = filters.NONE,
    ) -> None:
        super().__init__(tolerance=Mode.STRICT, undefined=Undefined, strict_filters=True)
        self.includes = IncludeFolder(includes, shown, read)
        self.native = native
        jekyll: list[type[Tag]] = [] if native else [HighlightTag, LinkTag]
        added = [*jekyll, *map(custom_block_tag, blocks), *tags]
        self._added = {str(tag.name) for tag in added}
        for tag in added:
            self.add_tag(tag)
        for name, function in more_filters.items():
            self.add_filter(name, function)
        self._ends = {name: str(getattr(tag, "end", "")) if tag.block else "" for name, tag in self.tags.items()}
        self._reset({}, "en")

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        for name in ("render", "include", "liquid", "doc", "echo"):  # Jekyll has an include of its own, and no others
            del self.tags[name]
        self.tags["content"], self.tags["output"] = TextTag(self), OutputTag(self)
        for tag in self._own_tags():
            self.add_tag(tag)
        filters.register_filters(self)

    @property
    def own_tags(self) -> frozenset[str]:
        """The tags that are not Liquid's, but for `include` where there is nothing to include."""
        names = {str(tag.name) for tag in self._own_tags()} | self._added
        return frozenset(names if self.includes.exists else names - {IncludeTag.name})

    @staticmethod
    def _own_tags() -> Iterable[type[Tag]]:
        blocks: list[type[BlockTag]] = [AlertTag, TabsTag, TabTag, SubtabsTag, SubtabTag, DetailsTag]
        return [*blocks, ImageBusterTag, IncludeTag]

    def _reset(self, variables: Mapping[str, Any], language: str) -> None:
        self.variables = variables
        self.language = language
        self.printed_openings = 0
        self.blocks: list[TaggedBlock] = []
        self.found: list[Finding] = []
        self.files: dict[str, SourceFile] = {}
        self.inputs: dict[str, str] = {}
        self._sources: dict[str, tuple[SourceFile, int]] = {}
        self.included_at: dict[str, dict[SourcePosition, None]] = {}
        self._open_includes: list[tuple[Token, dict[str, None]]] = []
        self._budget = OutputLimit(OUTPUT_LIMIT)
        self._includes_left = INCLUDE_LIMIT

    def render_page(
        self, file: SourceFile, body: int, variables: Mapping[str, Any], language: str
    ) -> tuple[MappedBuffer, list[TaggedBlock], list[Finding], dict[str, SourceFile]]:
        """Render the text of a file from offset `body` on.

        Returns:
            The output, its blocks, what was wrong, and every file that took part, by path.
        """
        self._reset(variables, language)
        buffer = MappedBuffer(self._budget, file.path)
        try:
            template = self._template(file, body)
            template.render_with_context(PageRenderContext(template, globals=variables), buffer)
        except _GiveUp:
            pass
        except LiquidError as error:
            self._collect(error)
        except (ArithmeticError, AttributeError, LookupError, MemoryError, TypeError, ValueError):
            with suppress(_GiveUp):
                self._note(Finding(make_message("liquid-syntax", "value"), file.location(body)))
        except RecursionError:
            self._note(Finding(make_message("liquid-limit", "nested"), file.location(body)))
        return buffer, self.blocks, self.found, self.files

    def _template(self, file: SourceFile, body: int) -> PageTemplate:
        text = file.text[body:]
        self._know(file, text, body)
        structure = TagChecker(self._ends)
        structure.read(TokenReader(self.tokenizer(), text, self.native, self._report_problem).read())
        for problem in structure.problems:
            self._report_problem(problem)
        nodes = get_parser(self).parse(TagStream(iter(structure.tokens)))
        return PageTemplate(self, nodes, name=file.path)

    def _report_problem(self, problem: TagProblem) -> None:
        """Note a problem of structure, with its fix where the tags stand in the text as they were read."""
        origin = self.origin(problem.token)
        file = self.files[origin.file]
        edits = [self._renamed(file, token, name) for token, name in problem.fixes]
        safe = tuple(edit for edit in edits if edit is not None)
        finding = Finding(problem.message, file.location(origin.offset), problem.target, problem.suggestion)
        self._note(replace(finding, edits=safe if len(safe) == len(edits) else ()))

    def _renamed(self, file: SourceFile, token: Token, name: str) -> Edit | None:
        start = self.origin(token).offset
        stop = start + len(token.value)
        return Edit(start, stop, name) if file.text[start:stop] == token.value else None

    def _know(self, file: SourceFile, text: str, body: int) -> None:
        self.files[file.path] = file
        self._sources[text] = (file, body)

    def included(self, name: str, token: Token) -> PageTemplate | None:
        """The template of an included file; None, once reported, when it cannot be had."""
        self._includes_left -= 1
        if self._includes_left < 0:
            self.report(make_message("liquid-limit", "includes", limit=INCLUDE_LIMIT), token, name)
            raise _GiveUp
        self.inputs[f"include {name}"] = self.includes.fingerprint(name)
        file = self.includes.find(name)
        if isinstance(file, Message):
            self.report(file, token, name, LikelyNames(self.includes.names).find(name))
            return None
        if file.path not in self.files:
            self.found.extend(file.findings)
        return self._template(file, 0)

    @contextmanager
    def including(self, name: str, template: BoundTemplate, token: Token) -> Iterator[None]:
        """While an included file is rendered: the parameters that it misses are one problem, of its tag."""
        missing: dict[str, None] = {}
        self._open_includes.append((token, missing))
        self.included_at.setdefault(template.name, {})[self.origin(self._open_includes[0][0])] = None
        try:
            yield
        finally:
            self._open_includes.pop()
            if missing:
                message = make_message("liquid-missing-parameter", "missing", file=name, parameters=", ".join(missing))
                self.report(message, token, name)

    def new_buffer(self) -> MappedBuffer:
        """A buffer for captured text, on the same budget."""
        return MappedBuffer(self._budget, next(iter(self.files), ""))

    def put(self, buffer: TextIO, text: str, token: Token) -> None:
        """Write text that stands for a token."""
        self.put_at(buffer, text, token, 0)

    def put_at(self, buffer: TextIO, text: str, token: Token, step: int) -> None:
        """Write text with its place (see `SourceBuffer.put`)."""
        if isinstance(buffer, MappedBuffer):
            buffer.put(text, *self.origin(token), step)

    def add_block(self, block: TaggedBlock) -> int:
        """Enter a block; the index names it in the output."""
        self.blocks.append(block)
        return len(self.blocks) - 1

    def render_nodes(self, nodes: Iterable[Node], context: RenderContext, buffer: TextIO) -> int:
        """Render nodes one by one, so that a problem in one does not hide those in the next."""
        count = 0
        for node in nodes:
            try:
                count += node.render(context, buffer)
            except LiquidError as error:
                self.error(error, token=node.token)
        return count

    def note_error(self, error: LiquidError, token: Token) -> None:
        """Note an error of Liquid's, at the token unless it has a place of its own."""
        self.error(error, token=token)

    def error(self, exc: Any, msg: str | None = None, token: Token | None = None) -> None:
        """Where Liquid would raise: note the problem and go on."""
        error = exc if isinstance(exc, LiquidError) else exc(msg, token=token)
        if not error.token or error.token.start_index < 0 or error.token.source not in self._sources:
            error.token = token
        self._collect(error)

    def _collect(self, error: LiquidError) -> None:
        token = error.token
        if self._open_includes and isinstance(error, UndefinedError) and (name := missing_parameter(error)):
            self._open_includes[-1][1][name] = None
            return
        if token is None or token.source not in self._sources:
            token = None
        message, target, meant = describe_error(error, self.variables, self.filters)
        if token is None:
            self._note(Finding(message, Location(next(iter(self.files.values())).path), target, meant))
        else:
            self.report(message, token, target, meant)
        if isinstance(error, ResourceLimitError):
            raise _GiveUp

    def origin(self, token: Token) -> SourcePosition:
        """Where a token stands."""
        file, base = self._sources[token.source]
        return SourcePosition(file.path, base + max(0, token.start_index))

    def report(self, message: Message, token: Token, target: str = "", suggestion: str = "") -> None:
        """Note a problem at a token."""
        origin = self.origin(token)
        self._note(Finding(message, self.files[origin.file].location(origin.offset), target, suggestion))

    def _note(self, finding: Finding) -> None:
        if finding not in self.found:
            self.found.append(finding)
        if len(self.found) >= PROBLEM_LIMIT:
            raise _GiveUp

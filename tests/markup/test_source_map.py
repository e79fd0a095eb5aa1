"""Positions of text that was cut, joined and indented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from docsite.markup.source_map import MappedLine, MappedText, Segment, SourcePosition, TextChunk, split_lines

modest = options(deadline=None, max_examples=200, database=None)

texts = st.text(alphabet="abé🎉 \t", max_size=12)
runs = st.lists(st.tuples(texts, st.integers(0, 99), st.sampled_from((0, 1))), min_size=1, max_size=4)


@st.composite
def lines(draw: st.DrawFn) -> MappedLine:
    """A line put together from stretches of files."""
    pieces = [TextChunk(text, f"f{n}", offset, step) for n, (text, offset, step) in enumerate(draw(runs))]
    return split_lines(pieces)[0]


def origins(line: MappedLine) -> list[SourcePosition]:
    return [line.origin(column) for column in range(len(line.text))]


@pytest.mark.no_cover
@modest
@given(lines(), st.integers(0, 50), st.integers(0, 50))
def test_cutting_keeps_the_origin_of_every_character(line: MappedLine, start: int, stop: int) -> None:
    part = line.cut(start, stop)
    first, last = min(start, len(line.text), stop), min(stop, len(line.text))
    assert part.text == line.text[first:last]
    assert origins(part) == origins(line)[first:last]


@pytest.mark.no_cover
@modest
@given(lines(), lines())
def test_adding_keeps_the_origins_of_both(one: MappedLine, other: MappedLine) -> None:
    both = one + other
    assert both.text == one.text + other.text
    assert origins(both) == origins(one) + origins(other)


@pytest.mark.no_cover
@modest
@given(lines(), texts)
def test_what_is_added_stands_for_the_end_of_the_line(line: MappedLine, text: str) -> None:
    both = line + text
    assert both.text == line.text + text
    assert origins(both)[: len(line.text)] == origins(line)
    assert len(set(origins(both)[len(line.text) :])) <= 1


@pytest.mark.no_cover
@modest
@given(lines(), st.sampled_from(("", "  ", "    ", "> ")))
def test_indenting_and_stripping_keep_origins(line: MappedLine, prefix: str) -> None:
    indented = line.indent(prefix)
    if line.text.strip():
        assert indented.text == prefix + line.text
        assert origins(indented)[len(prefix) :] == origins(line)
    start = len(line.text) - len(line.text.lstrip())
    stripped = line.strip()
    assert stripped.text == line.text.strip()
    if stripped.text:
        assert origins(stripped) == origins(line)[start : start + len(stripped.text)]


@pytest.mark.no_cover
@modest
@given(st.text(alphabet="abé🎉\n", max_size=60), st.integers(0, 60))
def test_lines_of_a_file_lead_back_to_it(text: str, base: int) -> None:
    traced = MappedText(split_lines([TextChunk(text, "f", base, 1)]))
    assert traced.text == text.removesuffix("\n")
    for offset in range(len(traced.text)):
        assert traced.origin(offset) == SourcePosition("f", base + offset)
    for number, line in enumerate(traced.lines):
        assert traced.text.startswith(line.text, traced.offset(number, 0))


@pytest.mark.no_cover
@modest
@given(st.lists(st.text(alphabet="ab\n", max_size=8), max_size=6))
def test_pieces_join_to_their_text(parts: list[str]) -> None:
    pieces = [TextChunk(text, f"f{n}", 0, 1) for n, text in enumerate(parts)]
    traced = MappedText(split_lines(pieces))
    assert traced.text == "".join(parts).removesuffix("\n")
    place = 0
    for number, text in enumerate(parts):
        for offset, character in enumerate(text):
            if character != "\n" and place < len(traced.text):
                assert traced.origin(place) == SourcePosition(f"f{number}", offset)
            place += 1


def test_a_place_outside_leads_to_the_nearest_one() -> None:
    traced = MappedText([MappedLine("ab", (Segment(0, "f", 5, 1),)), MappedLine("", (Segment(0, "g", 7, 0),))])
    assert traced.origin(-3).file == "f"
    assert traced.origin(99).file == "g"

"""Pictures: writing, pasting, cutting off at the edges, segments, and what changed."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.drawing.pens import BOLD, REVERSE, ink, style_of
from tui.drawing.picture import Picture, Span

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

RED, BLUE = ink((255, 0, 0)), ink((0, 0, 255))

words = st.text("abcxyz", max_size=12)
places = st.integers(-15, 15)
pens = st.sampled_from([0, RED, BLUE, BOLD, RED | REVERSE])


@st.composite
def pictures(draw: st.DrawFn, rows: int, columns: int) -> Picture:
    picture = Picture.blank(rows, columns, draw(pens))
    for row in range(rows):
        for _ in range(draw(st.integers(0, 3))):
            picture.write(row, draw(places), draw(words), draw(pens))
    return picture


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Picture, Picture]:
    """Two pictures of one size, the second often much like the first."""
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 14))
    old = draw(pictures(rows, columns))
    if draw(st.booleans()):
        return old, draw(pictures(rows, columns))
    new = Picture(old.chars.copy(), old.pens.copy())
    for _ in range(draw(st.integers(0, 2))):
        new.write(draw(places), draw(places), draw(words), draw(pens))
    return old, new


def drawn(rows: int, columns: int, row: int, column: int, text: str) -> list[str]:
    picture = Picture.blank(rows, columns)
    picture.write(row, column, text, RED)
    return picture.lines()


def test_given_a_size_when_a_blank_is_made_then_it_is_spaces_of_one_pen() -> None:
    picture = Picture.blank(2, 3, RED)
    assert picture.lines() == ["   ", "   "]
    assert (picture.pens == RED).all()
    assert (picture.rows, picture.columns) == (2, 3)


@pytest.mark.parametrize("rows", [-1, 0, 2])
@pytest.mark.parametrize("columns", [-3, 0, 2])
def test_given_a_size_of_zero_or_below_when_drawn_on_then_the_picture_stays_empty(
    rows: int, columns: int
) -> None:
    picture = Picture.blank(rows, columns)
    picture.write(0, 0, "ab", RED)
    picture.write_right(0, 2, "ab", RED)
    picture.paste(0, 0, Picture.blank(3, 3))
    assert (picture.rows, picture.columns) == (max(rows, 0), max(columns, 0))
    assert [len(line) for line in picture.lines()] == [picture.columns] * picture.rows
    assert picture.changes_from(picture) == []


@pytest.mark.parametrize(
    ("column", "line"),
    [
        (0, "abc  "),
        (2, "  abc"),
        (3, "   ab"),
        (4, "    a"),
        (5, "     "),
        (99, "     "),
        (-1, "bc   "),
        (-2, "c    "),
        (-3, "     "),
        (-99, "     "),
    ],
)
def test_given_text_over_the_edge_when_written_then_it_is_cut_off(column: int, line: str) -> None:
    assert drawn(1, 5, 0, column, "abc") == [line]


@pytest.mark.parametrize("row", [-2, -1, 2, 3])
def test_given_a_row_outside_when_written_to_then_nothing_is_drawn(row: int) -> None:
    assert drawn(2, 3, row, 0, "abc") == ["   ", "   "]


def test_given_text_longer_than_the_row_when_written_then_its_middle_is_kept() -> None:
    assert drawn(1, 3, 0, -2, "abcdefg") == ["cde"]


def test_given_a_pen_when_written_with_then_only_its_cells_change() -> None:
    picture = Picture.blank(2, 4, BLUE)
    picture.write(1, 1, "ab", RED)
    assert picture.pens.tolist() == [[BLUE] * 4, [BLUE, RED, RED, BLUE]]


def test_given_no_text_when_written_then_nothing_changes() -> None:
    picture = Picture.blank(1, 3, BLUE)
    picture.write(0, 1, "", RED)
    assert picture.pens.tolist() == [[BLUE] * 3]


@pytest.mark.parametrize(("end", "line"), [(5, "  abc"), (3, "abc  "), (2, "bc   "), (6, "   ab")])
def test_given_a_column_when_written_to_its_left_then_text_ends_before_it(
    end: int, line: str
) -> None:
    picture = Picture.blank(1, 5)
    picture.write_right(0, end, "abc", RED)
    assert picture.lines() == [line]


@given(st.integers(0, 4), st.integers(0, 12), places, places, words)
@untimed
def test_given_text_anywhere_when_written_then_the_picture_shows_the_part_that_it_covers(
    rows: int, columns: int, row: int, column: int, text: str
) -> None:
    endless = " " * 20 + " " * 40
    endless = endless[: 20 + column] + text + endless[20 + column + len(text) :]
    expected = [endless[20 : 20 + columns] if r == row else " " * columns for r in range(rows)]
    assert drawn(rows, columns, row, column, text) == expected


@pytest.mark.parametrize(
    ("row", "column", "lines"),
    [
        (0, 0, ["ab  ", "cd  ", "    "]),
        (1, 2, ["    ", "  ab", "  cd"]),
        (2, 3, ["    ", "    ", "   a"]),
        (3, 0, ["    ", "    ", "    "]),
        (0, 4, ["    ", "    ", "    "]),
        (9, 9, ["    ", "    ", "    "]),
    ],
)
def test_given_a_picture_over_the_far_edges_when_pasted_then_it_is_cut_off(
    row: int, column: int, lines: list[str]
) -> None:
    picture, other = Picture.blank(3, 4), Picture.blank(2, 2)
    other.write(0, 0, "ab", RED)
    other.write(1, 0, "cd", BLUE)
    picture.paste(row, column, other)
    assert picture.lines() == lines
    assert ((picture.pens != 0) == (picture.chars != " ")).all()


@pytest.mark.parametrize(
    ("row", "column", "lines"),
    [
        (-1, 0, ["cd  ", "    ", "    "]),
        (0, -1, ["b   ", "d   ", "    "]),
        (-1, -1, ["d   ", "    ", "    "]),
        (-2, 0, ["    ", "    ", "    "]),
        (0, -9, ["    ", "    ", "    "]),
    ],
)
def test_given_a_picture_over_the_near_edges_when_pasted_then_it_is_cut_off(
    row: int, column: int, lines: list[str]
) -> None:
    picture, other = Picture.blank(3, 4), Picture.blank(2, 2)
    other.write(0, 0, "ab", RED)
    other.write(1, 0, "cd", BLUE)
    picture.paste(row, column, other)
    assert picture.lines() == lines


@given(st.integers(1, 14).flatmap(lambda columns: pictures(1, columns)))
@untimed
def test_given_any_row_when_cut_into_segments_then_they_join_to_it_and_have_its_pens(
    picture: Picture,
) -> None:
    """Given any row, then its runs join to it, each cell has its pen's style, and runs are long."""
    segments = picture.segments(0)
    assert "".join(segment.text for segment in segments) == picture.lines()[0]
    styles = [segment.style for segment in segments for _ in segment.text]
    assert styles == [style_of(pen) for pen in picture.pens[0].tolist()]
    edges = np.count_nonzero(np.diff(picture.pens[0]))
    assert len(segments) == edges + 1


def test_given_a_piece_of_a_row_when_cut_into_segments_then_they_are_these() -> None:
    picture = Picture.blank(1, 6)
    picture.write(0, 1, "abcd", RED)
    texts = [(s.text, s.style) for s in picture.segments(0, 3, 6)]
    assert texts == [("cd", style_of(RED)), (" ", style_of(0))]
    assert picture.segments(0, 2, 2) == []


@given(pairs(), st.integers(0, 6))
@untimed
def test_given_changes_when_applied_to_the_old_picture_then_it_is_the_new_one(
    pair: tuple[Picture, Picture], join: int
) -> None:
    old, new = pair
    chars, pens_then = old.chars.copy(), old.pens.copy()
    for row, start, stop in new.changes_from(old, join):
        chars[row, start:stop] = new.chars[row, start:stop]
        pens_then[row, start:stop] = new.pens[row, start:stop]
    assert (chars == new.chars).all()
    assert (pens_then == new.pens).all()


@given(pairs(), st.integers(0, 6))
@untimed
def test_given_any_two_pictures_when_compared_then_spans_are_tight_apart_and_in_bounds(
    pair: tuple[Picture, Picture], join: int
) -> None:
    """Given any two pictures, then spans begin and end with a change, hold no run of more than
    `join` - 1 same cells, and are separated by at least `join` of them.
    """
    old, new = pair
    differs = (old.chars != new.chars) | (old.pens != new.pens)
    before: Span | None = None
    for span in new.changes_from(old, join):
        assert 0 <= span.row < new.rows
        assert 0 <= span.start < span.stop <= new.columns
        cells = differs[span.row, span.start : span.stop]
        assert cells[0]
        assert cells[-1]
        gaps = np.diff(np.flatnonzero(cells)) - 1
        assert gaps.size == 0 or gaps.max() < max(join, 1)
        if before and before.row == span.row:
            assert span.start - before.stop >= join
        before = span


@given(pairs())
@untimed
def test_given_equal_pictures_when_compared_then_there_are_no_changes(
    pair: tuple[Picture, Picture],
) -> None:
    old, _ = pair
    assert Picture(old.chars.copy(), old.pens.copy()).changes_from(old) == []


def test_given_changes_near_and_far_when_compared_then_near_ones_make_one_span() -> None:
    """Given changes 3 and 4 cells apart, then the near ones make one span and the far one its own;
    a changed pen is a change.
    """
    old, new = Picture.blank(3, 16), Picture.blank(3, 16)
    for column in (1, 5, 10):
        new.write(0, column, "x", 0)
    new.write(2, 15, " ", RED)
    assert new.changes_from(old) == [Span(0, 1, 6), Span(0, 10, 11), Span(2, 15, 16)]

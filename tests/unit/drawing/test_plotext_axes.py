"""The adapter to plotext: what it draws, character by character, and what it never lets through."""

import math
import shutil
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plotext._dict import braille_codes
from plotext._figure import _figure_class

from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.pens import ink
from tui.drawing.plotext_axes import Axis, Curve, Figure, draw_figure

AXES, RED, BLUE = ink((9, 9, 9)), ink((255, 0, 0)), ink((0, 0, 255))
X = Axis(0.0, 4.0, (0.0, 2.0, 4.0), ("0", "2", "4"))
Y = Axis(0.0, 16.0, (0.0, 8.0, 16.0), ("     0", "     8", "    16"))
SQUARES = (np.arange(5.0), np.arange(5.0) ** 2)

untimed = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

anything = st.floats() | st.sampled_from([math.nan, math.inf, -math.inf, 1e308, -1e308, 5e-324])
inside = st.floats(0, 1) | st.sampled_from([0.0, 0.25, 0.5, 1.0])
sizes = st.tuples(st.integers(4, 16), st.integers(20, 60))


def paths(values: st.SearchStrategy[float]) -> st.SearchStrategy[list[tuple[float, float]]]:
    return st.lists(st.tuples(values, values), max_size=30)


def line_of(points: list[tuple[float, float]], pen: int = RED, marker: str = "braille") -> Curve:
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    return Curve(x, y, pen, marker)


def unit_axis(digits: int = 1) -> Axis:
    return Axis(0.0, 1.0, (0.0, 1.0), ("0".rjust(digits), "1".rjust(digits)))


def draw(lines: list[Curve], rows: int = 8, columns: int = 24, glyphs: Glyphs = UNICODE) -> Figure:
    return draw_figure(rows, columns, lines, X, Y, AXES, glyphs)


def test_given_braille_when_a_small_chart_is_drawn_then_it_is_this() -> None:
    figure = draw([Curve(*SQUARES, RED, "braille")])
    assert figure.picture.lines() == [
        "    16┤               ⡠⠊",
        "      │             ⢀⠜  ",
        "     8┤            ⡰⠁   ",
        "      │          ⡠⠊     ",
        "      │       ⣀⠔⠊       ",
        "     0┤⣀⣀⣀⣀⠤⠒⠉          ",
        "      └┬───────┬───────┬",
        "       0       2       4",
    ]
    assert (figure.left, figure.right, figure.top, figure.bottom) == (7, 24, 0, 6)


def test_given_ascii_when_a_small_chart_is_drawn_then_it_is_this() -> None:
    assert draw([Curve(*SQUARES, RED, "*")], glyphs=ASCII).picture.lines() == [
        "    16+                *",
        "      |              ** ",
        "     8+            **   ",
        "      |          **     ",
        "      |        **       ",
        "     0+********         ",
        "      ++-------+-------+",
        "       0       2       4",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [line_of([])],
        [line_of([(math.nan, 1.0), (1.0, math.inf), (-math.inf, math.nan)])],
        [line_of([]), line_of([(math.nan, math.nan)])],
    ],
)
def test_given_no_points_when_drawn_then_only_axes_are_there(lines: list[Curve]) -> None:
    """Given no line, an empty one, or none with a finite point, then the axes stand alone."""
    assert draw(lines).picture.lines() == [
        "    16┤                 ",
        "      │                 ",
        "     8┤                 ",
        "      │                 ",
        "      │                 ",
        "     0┤                 ",
        "      └┬───────┬───────┬",
        "       0       2       4",
    ]


def test_given_two_lines_when_drawn_then_each_has_its_pen() -> None:
    low = line_of([(0.0, 0.0), (4.0, 0.0)], RED)
    high = line_of([(0.0, 16.0), (4.0, 16.0)], BLUE)
    pens = draw([low, high]).picture.pens
    assert (pens[0, 7:] == BLUE).all()
    assert (pens[5, 7:] == RED).all()
    assert (pens[:, :7] == AXES).all()
    assert (pens[6:] == AXES).all()


def test_given_points_when_drawn_then_they_are_not_joined() -> None:
    """Given two points on a line, then they alone have their pen, or their mark."""
    line = line_of([(0.0, 0.0), (4.0, 0.0)], RED)
    ends = np.array([[1.0, 0.0], [3.0, 16.0]]).T
    picture = draw([line, Curve(*ends, BLUE, "braille", joined=False)]).picture
    assert np.argwhere(picture.pens == BLUE).tolist() == [[0, 19], [5, 11]]
    marked = draw([line, Curve(*ends, BLUE, "+", joined=False)]).picture
    assert marked.lines()[5][7:] == "⣀⣀⣀⣀+⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀"


def test_given_values_that_are_not_finite_when_drawn_then_they_are_left_out() -> None:
    x, y = SQUARES
    dirty = Curve(
        np.insert(x, [1, 2, 3], [math.nan, 2.0, math.inf]),
        np.insert(y, [1, 2, 3], [5.0, math.inf, 7.0]),
        RED,
        "braille",
    )
    clean = draw([Curve(*SQUARES, RED, "braille")])
    assert draw([dirty]).picture.lines() == clean.picture.lines()


def test_given_points_outside_the_limits_when_drawn_then_they_are_at_the_limits() -> None:
    outside = line_of([(-100.0, 99.0), (100.0, 1e300)])
    edge = line_of([(0.0, 16.0), (4.0, 16.0)])
    assert draw([outside]).picture.lines() == draw([edge]).picture.lines()


def test_given_any_pattern_of_dots_when_drawn_then_it_has_its_braille_character() -> None:
    """Given any of the 256 patterns of a cell, then plotext has exactly its braille character."""
    bits = (0, 3, 1, 4, 2, 5, 6, 7)  # of dots row by row, in Unicode's numbering
    for pattern in product((0, 1), repeat=8):
        code = sum(1 << bit for bit, on in zip(bits, pattern, strict=True) if on)
        assert braille_codes[pattern] == (chr(0x2800 + code) if code else " ")


@given(sizes, st.lists(paths(anything), max_size=3), st.sampled_from([UNICODE, ASCII]))
@untimed
def test_given_any_lines_when_drawn_then_the_picture_has_the_size_asked_for(
    size: tuple[int, int], lines: list[list[tuple[float, float]]], glyphs: Glyphs
) -> None:
    """Given any numbers at all, then a chart of that size, its canvas in it, in fit characters."""
    drawn = [line_of(points, RED, glyphs.plot_marker) for points in lines]
    figure = draw_figure(*size, drawn, unit_axis(), unit_axis(6), AXES, glyphs)
    assert (figure.picture.rows, figure.picture.columns) == size
    assert all(len(line) == size[1] for line in figure.picture.lines())
    assert 0 < figure.left < figure.right == size[1]
    assert 0 == figure.top < figure.bottom == size[0] - 2
    if glyphs.ascii_only:
        assert all(line.isascii() for line in figure.picture.lines())


def plain_drawing(
    rows: int, columns: int, points: list[tuple[float, float]], marker: str
) -> list[str]:
    """The same chart of finite points within the limits, by plotext alone."""
    figure, axes = _figure_class(), (unit_axis(), unit_axis(6))
    figure._limit_size(False, False)
    figure.plot_size(columns, rows)
    figure.plot([x for x, _ in points], [y for _, y in points], marker=marker, color=1)
    figure.xlim(0.0, 1.0)
    figure.ylim(0.0, 1.0)
    figure.xticks(list(axes[0].ticks), list(axes[0].labels))
    figure.yticks(list(axes[1].ticks), list(axes[1].labels))
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    figure.build()
    return ["".join(row) for row in reversed(figure.monitor.matrix.marker)]


@pytest.mark.parametrize("marker", ["braille", "*"])
@given(sizes, paths(inside).filter(bool), st.booleans(), st.sampled_from([1.0, 0.1, 0.01]))
@untimed
def test_given_any_line_when_drawn_then_it_is_what_plotext_makes_of_all_points(
    marker: str,
    size: tuple[int, int],
    points: list[tuple[float, float]],
    ordered: bool,
    flatness: float,
) -> None:
    """Given any line, flat or not, from left to right or not, then no dot of it is missing."""
    points = [(x, y * flatness) for x, y in (sorted(points) if ordered else points)]
    figure = draw_figure(
        *size, [line_of(points, RED, marker)], unit_axis(), unit_axis(6), AXES, UNICODE
    )
    assert figure.picture.lines() == plain_drawing(*size, points, marker)


@pytest.mark.parametrize("terminal", [(1, 1), (30, 10), (500, 200)])
def test_given_any_size_of_terminal_when_drawn_then_the_chart_is_the_same(
    monkeypatch: pytest.MonkeyPatch, terminal: tuple[int, int]
) -> None:
    before = draw([Curve(*SQUARES, RED, "braille")], 40, 150).picture
    monkeypatch.setattr(shutil, "get_terminal_size", lambda *_: terminal)
    monkeypatch.setenv("COLUMNS", str(terminal[0]))
    monkeypatch.setenv("LINES", str(terminal[1]))
    after = draw([Curve(*SQUARES, RED, "braille")], 40, 150).picture
    assert (after.rows, after.columns) == (40, 150)
    assert after.changes_from(before) == []


def test_given_another_figure_drawn_in_between_when_drawn_again_then_it_is_the_same() -> None:
    first = draw([Curve(*SQUARES, RED, "braille")]).picture
    other = Axis(-5.0, 5.0, (-5.0, 5.0), ("low", "high"))
    draw_figure(12, 40, [line_of([(-5.0, 5.0), (5.0, -5.0)], BLUE)], other, other, BLUE, ASCII)
    again = draw([Curve(*SQUARES, RED, "braille")]).picture
    assert again.changes_from(first) == []


def test_given_read_only_arrays_when_drawn_then_they_stay_as_they_are() -> None:
    """Given read-only arrays, as snapshots have, then they are drawn and stay as they are."""
    x, y = np.array([0.0, 9.0, math.nan]), np.array([0.0, 99.0, 1.0])
    x.flags.writeable = y.flags.writeable = False
    draw([Curve(x, y, RED, "braille")])
    assert x.tolist()[:2] == [0.0, 9.0]
    assert y.tolist() == [0.0, 99.0, 1.0]

"""Curves: which dots join two points, and which characters they make."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.curves import BRAILLE, draw_curve, draw_points
from tui.drawing.pens import ink
from tui.drawing.picture import Picture

PEN, OTHER, GROUND = ink((255, 0, 0)), ink((0, 0, 255)), ink((9, 9, 9))


def curve(
    points: list[tuple[float, float]], marker: str = BRAILLE, rows: int = 2, columns: int = 4
) -> Picture:
    canvas = Picture.blank(rows, columns, GROUND)
    across, up = np.array(points, dtype=float).reshape(-1, 2).T
    draw_curve(canvas, across, up, PEN, marker)
    return canvas


@pytest.mark.parametrize(
    ("points", "lines"),
    [
        ([], ["    ", "    "]),
        ([(0, 0)], ["    ", "⡀   "]),
        ([(1, 1)], ["   ⠈", "    "]),
        ([(0, 0), (1, 1)], ["  ⡠⠊", "⡠⠊  "]),
        ([(1, 1), (0, 0)], ["  ⡠⠊", "⡠⠊  "]),
        ([(0, 1), (0, 0), (1, 0)], ["⡇   ", "⣇⣀⣀⣀"]),
        ([(0, 0.5), (0, 0.5), (1, 0.5)], ["⣀⣀⣀⣀", "    "]),
    ],
)
def test_given_points_when_drawn_in_dots_then_dots_join_them(
    points: list[tuple[float, float]], lines: list[str]
) -> None:
    assert curve(points).lines() == lines


def test_given_points_when_drawn_in_marks_then_marks_join_them_a_cell_at_a_time() -> None:
    assert curve([(0, 1), (0.5, 0), (1, 1)], "*", 3, 7).lines() == [
        "*     *",
        " *   * ",
        "  ***  ",
    ]


def test_given_a_curve_when_drawn_then_only_cells_with_dots_take_the_pen() -> None:
    pens = curve([(0, 0), (0.5, 0)]).pens
    assert pens.tolist() == [[GROUND] * 4, [PEN, PEN, PEN, GROUND]]


def on_a_line(
    points: list[tuple[float, float]], marker: str = BRAILLE, columns: int = 11
) -> Picture:
    """The points in front of a level line of the same marker, or of dots."""
    canvas = curve([(0, 0), (1, 0)], "*" if marker == "+" else BRAILLE, 2, columns)
    across, up = np.array(points, dtype=float).reshape(-1, 2).T
    draw_points(canvas, across, up, OTHER, marker)
    return canvas


def tops(picture: Picture) -> list[str]:
    """Which of the line, the points and nothing is on top, cell by cell."""
    names = {PEN: "l", OTHER: "p", GROUND: "."}
    return ["".join(names[pen] for pen in row) for row in picture.pens.tolist()]


def test_given_points_when_drawn_in_dots_then_each_is_two_dots_wide_and_none_are_joined() -> None:
    canvas = Picture.blank(2, 4, GROUND)
    draw_points(canvas, np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.5, 1.0]), PEN, BRAILLE)
    assert canvas.lines() == ["  ⣀⠉", "⣀   "]
    assert tops(canvas) == ["..ll", "l..."]


def test_given_no_points_when_drawn_then_nothing_is() -> None:
    assert tops(on_a_line([])) == ["." * 11, "l" * 11]


def test_given_points_in_the_cells_of_a_line_when_drawn_then_dots_of_both_are_seen() -> None:
    """Given a point just above the line, then its cell has its pen and both dots."""
    picture = on_a_line([(0.5, 2 / 7)])
    assert picture.lines()[1] == "⣀⣀⣀⣀⣀⣒⣀⣀⣀⣀⣀"
    assert tops(picture)[1] == "lllllplllll"


@pytest.mark.parametrize("marker", [BRAILLE, "+"])
@pytest.mark.parametrize(
    ("columns", "on_top"),
    [
        ([0], "plllllllllll"),
        ([0, 1], "ppllllllllll"),
        ([4, 5, 8, 9], "llllppllppll"),
        ([4, 5, 6], "llllllplllll"),
        (range(12), "llppllppllpp"),
        (range(9), "llppllppplll"),
    ],
)
def test_given_points_in_columns_of_a_line_when_drawn_then_neither_hides_the_other(
    marker: str, columns: list[int], on_top: str
) -> None:
    """Given points in few columns, then they are on top; in three or more in a row, both take
    turns, and the newest is on top wherever it is.
    """
    picture = on_a_line([((column + 0.5) / 12, 0.0) for column in columns], marker, 12)
    assert tops(picture)[1] == on_top


@given(st.lists(st.integers(0, 29), min_size=1), st.sampled_from([BRAILLE, "+"]))
def test_given_any_points_on_a_line_when_drawn_then_both_are_seen_within_three_columns(
    columns: list[int], marker: str
) -> None:
    picture = on_a_line([((column + 0.5) / 30, 0.0) for column in columns], marker, 30)
    on_top = tops(picture)[1]
    assert on_top[columns[-1]] == "p"
    for column in columns:
        assert "p" in on_top[max(column - 2, 0) : column + 3]
        assert "l" in on_top[max(column - 3, 0) : column + 4]

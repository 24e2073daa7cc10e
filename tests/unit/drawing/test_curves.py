"""Curves: which dots join two points, and which characters they make."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.drawing.curves import BRAILLE, Shared, draw_curve, draw_points
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


BOTH = ink((255, 0, 255))


def on_a_line(
    points: list[tuple[float, float]], marker: str = BRAILLE, columns: int = 11
) -> Picture:
    """The points in front of a level line of the same marker, or of dots."""
    canvas = curve([(0, 0), (1, 0)], "*" if marker == "+" else BRAILLE, 2, columns)
    across, up = np.array(points, dtype=float).reshape(-1, 2).T
    shared = Shared(BOTH, "#" if marker == "+" else BRAILLE)
    draw_points(canvas, across, up, OTHER, marker, shared)
    return canvas


def seen(picture: Picture) -> list[str]:
    """Which of the line, the points, both and nothing is seen, cell by cell."""
    names = {PEN: "l", OTHER: "p", BOTH: "b", GROUND: "."}
    return ["".join(names[pen] for pen in row) for row in picture.pens.tolist()]


def test_given_points_when_drawn_in_dots_then_each_is_two_dots_wide_and_none_are_joined() -> None:
    canvas = Picture.blank(2, 4, GROUND)
    draw_points(canvas, np.array([0.0, 0.5, 1.0]), np.array([0.0, 0.5, 1.0]), PEN, BRAILLE)
    assert canvas.lines() == ["  ⣀⠉", "⣀   "]
    assert seen(canvas) == ["..ll", "l..."]


def test_given_no_points_when_drawn_then_nothing_is() -> None:
    assert seen(on_a_line([])) == ["." * 11, "l" * 11]


def test_given_points_in_the_cells_of_a_line_when_drawn_then_dots_of_both_are_there() -> None:
    """Given a point just above the line, then its cell has both dots, and its own pen for that."""
    picture = on_a_line([(0.5, 2 / 7)])
    assert picture.lines()[1] == "⣀⣀⣀⣀⣀⣒⣀⣀⣀⣀⣀"
    assert seen(picture)[1] == "lllllblllll"


def test_given_marks_on_a_line_of_marks_when_drawn_then_another_says_that_both_are_there() -> None:
    assert on_a_line([(0.05, 0.0), (0.5, 0.0), (0.55, 0.0), (0.9, 1.0)], "+").lines() == [
        "         + ",
        "*#***##****",
    ]


def test_given_nothing_for_shared_cells_when_drawn_then_points_are_in_front() -> None:
    canvas = curve([(0, 0), (1, 0)], "*")
    draw_points(canvas, np.array([0.5]), np.array([0.0]), OTHER, "+")
    assert canvas.lines()[1] == "**+*"


places = st.tuples(st.floats(0, 1), st.floats(0, 1))


@given(
    st.lists(places, max_size=12),
    st.lists(places, max_size=12),
    st.sampled_from([(BRAILLE, BRAILLE, BRAILLE), ("*", "+", "#"), (BRAILLE, "+", "#")]),
)
def test_given_any_line_and_points_when_drawn_then_every_cell_says_all_that_lies_in_it(
    line: list[tuple[float, float]],
    points: list[tuple[float, float]],
    markers: tuple[str, str, str],
) -> None:
    """The promise of every cell and marker: what is alone has its own pen and mark; where both are,
    there is a pen, or a mark, that only shared cells have, and dots of one are never lost.
    """
    of_line, of_points, of_both = markers
    alone = [Picture.blank(5, 9, GROUND) for _ in range(2)]
    together = Picture.blank(5, 9, GROUND)
    across, up = np.array(line, dtype=float).reshape(-1, 2).T
    for canvas in (alone[0], together):
        draw_curve(canvas, across, up, PEN, of_line)
    across, up = np.array(points, dtype=float).reshape(-1, 2).T
    draw_points(alone[1], across, up, OTHER, of_points)
    draw_points(together, across, up, OTHER, of_points, Shared(BOTH, of_both))

    has_line, has_points = (one.chars != " " for one in alone)
    both = has_line & has_points
    expected = np.where(both, BOTH, np.where(has_points, OTHER, np.where(has_line, PEN, GROUND)))
    assert (together.pens == expected).all()
    for only, picture in ((has_line & ~both, alone[0]), (has_points & ~both, alone[1])):
        assert (together.chars[only] == picture.chars[only]).all()
    if of_both == BRAILLE:
        dots = [picture.chars[both].view(np.uint32) for picture in (*alone, together)]
        assert (dots[2] == dots[0] | dots[1]).all()
    else:
        assert (together.chars[both] == of_both).all()

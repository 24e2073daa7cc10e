"""Curves: which dots join two points, and which characters they make."""

import numpy as np
import pytest

from tui.drawing.curves import BRAILLE, draw_curve
from tui.drawing.pens import ink
from tui.drawing.picture import Picture

PEN, GROUND = ink((255, 0, 0)), ink((9, 9, 9))


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

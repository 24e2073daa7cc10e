"""What is told of a point, word by word, and where in the picture it stands."""

from typing import Any

import msgspec
import pytest

from engine.messages.network_view import SampleView
from engine.messages.snapshot import Bounds
from helpers.snapshots import CURVE, THREE, TWO, VALUES, Problem
from tui.charts.plane.cursor import PlaneCursor, draw_cursor, draw_found
from tui.charts.plane.paint_words import (
    ask_foot,
    ask_title,
    paint_foot,
    paint_title,
    value_of_digit,
)
from tui.charts.plane.sample_inset import draw_sample, parts_of, wrapped
from tui.drawing.frame import Figures
from tui.drawing.glyphs import ASCII, UNICODE
from tui.drawing.palette import Palette
from tui.drawing.pens import REVERSE
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED = Palette.from_variables(NIGHT.variables, textured=False)


def sample(**changes: Any) -> SampleView:
    made = SampleView(
        test=False, index=16, across=1.02, up=-0.334, inputs=[1.02, -0.334], features=[1.02, -0.334],
        label=1.0, activations=[], probabilities=[0.0273, 0.9727], prediction=1.0, loss=0.0277,
    )  # fmt: skip
    return msgspec.structs.replace(made, **changes)


def told(problem: Problem, of: SampleView, columns: int, most: int = 9) -> list[str]:
    parts = parts_of(of, problem.points, COLORED, UNICODE, room=columns - 2)
    lines = wrapped(parts, columns, most)
    return ["  ".join(words for words, _ in line).rstrip() for line in lines]


LEAF = sample(
    test=True, across=4.8, up=1.8, inputs=[4.8, 1.8, 5.9, 3.2], label=1.0,
    probabilities=[0.002, 0.386, 0.612], prediction=2.0, loss=0.952,
)  # fmt: skip
HOUSE = sample(label=0.41, probabilities=[], prediction=0.352, loss=0.00336)


@pytest.mark.parametrize(
    ("problem", "of", "columns", "lines"),
    [
        (
            TWO,
            sample(),
            98,
            [
                "point 17 (train)  x +1.02  y -0.334  is 1  predicted 1 at  97.3 %  loss 0.0277",
            ],
        ),
        (
            TWO,
            sample(),
            38,
            [
                "point 17 (train)  x +1.02  y -0.334",
                "is 1  predicted 1 at  97.3 %",
                "loss 0.0277",
            ],
        ),
        (
            THREE,
            LEAF,
            60,
            [
                "point 17 (test)  petal length +4.8  petal width +1.8",
                "is versicolor  predicted virginica at  61.2 %  loss 0.9520",
                "then versicolor at 38.6 %  sepal length +5.9",
                "sepal width +3.2",
            ],
        ),
        (
            THREE,
            LEAF,
            34,
            [
                "point 17 (test)",
                "petal length +4.8",
                "petal width +1.8  is versicolor",
                "predicted virginica at  61.2 %",
                "loss 0.9520",
                "then versicolor at 38.6 %",
                "sepal length +5.9",
                "sepal width +3.2",
            ],
        ),
        (
            VALUES,
            HOUSE,
            60,
            [
                "point 17 (train)  x +1.02  y -0.334  is 0.41",
                "predicted 0.352   off by -0.058    loss 0.0034",
            ],
        ),
        (
            CURVE,
            msgspec.structs.replace(HOUSE, inputs=[1.02]),
            40,
            [
                "point 17 (train)  hours +1.02",
                "is 0.41    predicted 0.352",
                "off by -0.058    loss 0.0034",
            ],
        ),
    ],
    ids=["two, wide", "two", "three", "three, narrow", "values", "curve"],
)
def test_given_a_point_when_told_then_these_are_the_words(
    problem: Problem, of: SampleView, columns: int, lines: list[str]
) -> None:
    assert told(problem, of, columns) == lines


def test_given_few_lines_when_told_then_the_last_words_are_left_out() -> None:
    assert told(TWO, sample(), 30, 2) == ["point 17 (train)", "x +1.02  y -0.334  is 1"]


def test_given_a_wrong_prediction_when_told_then_it_stands_out() -> None:
    pens = dict(parts_of(LEAF, THREE.points, COLORED, UNICODE))
    assert pens["predicted virginica at  61.2 %"] == COLORED.alarm
    right = dict(parts_of(sample(), TWO.points, COLORED, UNICODE))
    assert right["predicted 1 at  97.3 %"] == COLORED.strong


@pytest.mark.parametrize(("above", "row"), [(True, 0), (False, 8)])
def test_given_a_picture_when_told_in_it_then_it_lies_over_one_edge(above: bool, row: int) -> None:
    picture = Picture.blank(10, 60)
    picture.chars[...] = "o"
    draw_sample(picture, sample(), TWO.points, COLORED, UNICODE, above=above)

    lines = picture.lines()
    assert lines[row].startswith(" point 17 (train)  x +1.02  y -0.334  is 1 ")
    assert lines[row + 1].startswith(" predicted 1 at  97.3 %  loss 0.0277 ")
    assert sum(line == "o" * 60 for line in lines) == 8


# ---- the cursor


@pytest.mark.parametrize("size", [(1, 1), (3, 5), (20, 38)], ids=str)
def test_given_any_size_when_moved_then_it_stays_within(size: tuple[int, int]) -> None:
    rows, columns = size
    cursor = PlaneCursor()
    assert cursor.cell(rows, columns) == (rows // 2, columns // 2)
    assert cursor.moved(-99, -99, rows, columns).cell(rows, columns) == (0, 0)
    assert cursor.moved(99, 99, rows, columns).cell(rows, columns) == (rows - 1, columns - 1)
    assert cursor.moved(0, 0, rows, columns) == PlaneCursor.in_cell(
        rows // 2, columns // 2, rows, columns
    )


def test_given_a_cell_when_its_place_is_asked_for_then_it_is_its_middle() -> None:
    bounds = Bounds(0.0, 10.0, 0.0, 4.0)
    assert PlaneCursor.in_cell(0, 0, 2, 5).place(bounds) == (1.0, 3.0)
    assert PlaneCursor.in_cell(1, 4, 2, 5).place(bounds) == (9.0, 1.0)


def test_given_a_cursor_and_a_point_when_drawn_then_each_has_its_brackets() -> None:
    picture = Picture.blank(2, 9)
    picture.chars[0, 1] = "o"
    draw_found(picture, (1.0, 3.0), Bounds(0.0, 9.0, 0.0, 4.0), COLORED)
    draw_cursor(picture, PlaneCursor.in_cell(1, 8, 2, 9), COLORED)

    assert picture.lines() == ["(o)      ", "       [ "]
    assert picture.pens[1, 8] & REVERSE


# ---- the edges of the pane


def words(figures: Figures) -> str:
    return "".join(text for figure in figures for text, _ in figure)


@pytest.mark.parametrize(
    ("problem", "room", "foot"),
    [
        (TWO, 60, "0 o  1 x  x remove  t test  esc end"),
        (TWO, 28, "0 o  1 x  x remove  esc end"),
        (TWO, 24, "0 o  1 x  x remove"),
        (THREE, 20, "0-2 add  x remove"),
        (THREE, 50, "0 o  1 x  2 m  x remove  t test  esc end"),
        (THREE, 80, "0 o setosa  1 x versicolor  2 m virginica  x remove  t test  esc end"),
        (VALUES, 70, "0-9 -1 to 1  enter value  x remove  t test  esc end"),
        (VALUES, 34, "0-9 enter add  x remove  esc end"),
        (TWO, 3, ""),
    ],
)
def test_given_a_room_when_painting_then_the_edge_says_what_the_keys_do(
    problem: Problem, room: int, foot: str
) -> None:
    points = msgspec.structs.replace(
        problem.points,
        value_range=(-1.0, 1.0) if problem is VALUES else problem.points.value_range,
    )
    assert words(paint_foot(points, room, COLORED, ASCII, test=False)) == foot


def test_given_the_test_side_when_painting_then_the_edge_leads_back_to_the_training_points() -> (
    None
):
    foot = words(paint_foot(TWO.points, 60, COLORED, ASCII, test=True))
    assert foot == "0 o  1 x  x remove  t train  esc end"


def test_given_a_width_when_titled_then_mode_and_side_are_in_it() -> None:
    assert paint_title(40, test=False) == "Paint training points"
    assert paint_title(40, test=True) == "Paint test points"
    assert [paint_title(20, test=test) for test in (False, True)] == ["Paint train", "Paint test"]
    assert [ask_title(width) for width in (40, 20)] == ["Ask about a point", "Ask"]
    assert words(ask_foot(40, COLORED)) == "arrows move  esc end"


@pytest.mark.parametrize(("digit", "value"), [(0, -3.0), (9, 6.0), (3, 0.0)])
def test_given_a_digit_when_values_are_painted_then_it_is_a_share_of_their_range(
    digit: int, value: float
) -> None:
    assert value_of_digit(digit, (-3.0, 6.0)) == value

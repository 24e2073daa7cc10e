"""The points and the region behind them, in tiny pictures."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.config.task import TWO_CLASSES
from engine.messages.snapshot import Bounds, Classes, ClassField, Labels
from tui.charts.plane.cells import Side, cells_of, resampled
from tui.charts.plane.class_region import Cells, region_levels, united
from tui.charts.plane.scatter import draw_predicted, draw_real
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import PRINTED, REGION_LEVELS, Palette
from tui.drawing.pens import BOLD, DIM, REVERSE, RGB, style_of
from tui.drawing.picture import Picture
from tui.themes import NIGHT

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

COLORED = Palette.from_variables(NIGHT.variables, textured=False)
TEXTURED = Palette.from_variables(NIGHT.variables, textured=True)
BOUNDS = Bounds(left=0.0, right=4.0, bottom=0.0, top=3.0)

POINTS = np.array([[0.5, 1.5, 3.5, 3.5, -9.0, 9.0], [0.5, 2.5, 2.5, 0.5, 9.0, -9.0]])
CLASSES = np.array([0, 1, 1, 0, 0, 1], dtype=np.uint8)
PREDICTED = np.array([0, 1, 0, 1, 0, 1], dtype=np.uint8)
"""The third and the fourth point are predicted wrongly."""

NO_VALUES = np.empty(0)

SHARES = np.array([[0, 0, 0, 0, 255, 255, 255, 255]] * 6, dtype=np.uint8)
SHARES[3, :] = 255
"""The probability of class 1, in 255ths."""


def shares_of(*rows: list[int]) -> Classes:
    return np.array(rows, dtype=np.uint8)


def field_of(shares: Classes) -> ClassField:
    """What the engine says where the probability of class 1 is `shares`, in 255ths."""
    certainty = np.abs(2 * shares.astype(np.int64) - 255)
    return ClassField((shares > 127).astype(np.uint8), certainty.astype(np.uint8))


def side_of(x: np.ndarray, classes: Classes, bounds: Bounds = BOUNDS) -> Side:
    return Side(x, Labels(classes, NO_VALUES), bounds, TWO_CLASSES, (0.0, 0.0))


def predicted(
    palette: Palette,
    glyphs: Glyphs = UNICODE,
    shares: Classes = SHARES,
    rows: int = 3,
    columns: int = 8,
    points: bool = True,
) -> Picture:
    part = slice(None) if points else slice(0)
    side = side_of(POINTS[:, part], CLASSES[part])
    guesses = Labels(PREDICTED[part], NO_VALUES)
    return draw_predicted(side, guesses, field_of(shares), rows, columns, palette, glyphs)


def ground(picture: Picture, row: int, column: int) -> RGB | None:
    """The background of a cell."""
    color = style_of(int(picture.pens[row, column])).bgcolor
    return None if color is None or color.triplet is None else tuple(color.triplet)


def test_given_points_when_the_real_classes_are_drawn_then_each_is_where_it_lies() -> None:
    """Given points within and outside the bounds, then each is where it lies, or at the edge."""
    picture = draw_real(side_of(POINTS, CLASSES), 3, 4, COLORED, UNICODE)
    assert picture.lines() == ["ox x", "    ", "o  x"]
    for (row, column), klass in {(0, 0): 0, (0, 1): 1, (2, 0): 0, (2, 3): 1}.items():
        style = style_of(int(picture.pens[row, column]))
        assert style.bold
        assert tuple(style.color.triplet) == COLORED.class_rgb[klass]
        assert ground(picture, row, column) == COLORED.paper_rgb


def test_given_points_and_bounds_when_moved_together_then_the_picture_is_the_same() -> None:
    moved = Bounds(left=-2.0, right=2.0, bottom=-5.0, top=-2.0)
    x = POINTS - [[2.0], [5.0]]
    picture = draw_real(side_of(x, CLASSES, moved), 3, 4, COLORED, UNICODE)
    assert picture.lines() == ["ox x", "    ", "o  x"]


@pytest.mark.parametrize(
    ("palette", "glyphs", "lines"),
    [
        (COLORED, UNICODE, ["o  x   O", "▀▀▀▀    ", " o     X"]),
        (COLORED, ASCII, ["o  x   O", "        ", " o     X"]),
        (TEXTURED, UNICODE, ["o  x░░░O", "    ░░░░", " o  ░░░X"]),
        (TEXTURED, ASCII, ["o  x...O", "    ....", " o  ...X"]),
    ],
)
def test_given_wrong_points_when_the_predicted_classes_are_drawn_then_they_are_capitals(
    palette: Palette, glyphs: Glyphs, lines: list[str]
) -> None:
    """Given wrong points, then they are capitals of the class predicted; the region is drawn in
    colours, or as texture where colours say nothing.
    """
    assert predicted(palette, glyphs).lines() == lines


def test_given_no_colour_when_wrong_points_are_drawn_then_they_stand_out() -> None:
    pens, chars = predicted(COLORED).pens, predicted(COLORED).chars
    wrong = np.char.isupper(chars)
    assert wrong.sum() == 2
    assert ((pens & REVERSE != 0) == wrong).all()
    assert (pens[wrong] & BOLD != 0).all()


def test_given_points_in_one_cell_when_drawn_then_a_wrong_one_lies_on_top() -> None:
    """Given three points in one cell, the wrong one neither first nor last, then it is seen."""
    x = np.full((2, 3), 0.5)
    classes, guesses = np.array([0, 1, 0], np.uint8), np.array([0, 0, 0], np.uint8)
    field = field_of(np.zeros((2, 1), np.uint8))
    guessed = Labels(guesses, NO_VALUES)
    picture = draw_predicted(side_of(x, classes), guessed, field, 1, 1, COLORED, UNICODE)
    assert picture.lines() == ["O"]


def test_given_a_field_when_drawn_then_the_background_says_class_and_certainty() -> None:
    field = shares_of([0, 100, 127, 128, 160, 255], [0, 100, 127, 128, 160, 255])
    picture = predicted(COLORED, shares=field, rows=1, columns=6, points=False)
    assert picture.lines() == ["      "]
    zero, one = COLORED.regions[:2]
    seen = [ground(picture, 0, column) for column in range(6)]
    assert seen == [zero[4], zero[1], zero[0], one[0], one[1], one[4]]
    assert zero[0] == one[0] == COLORED.paper_rgb


def test_given_two_rows_of_the_field_in_one_cell_when_drawn_then_a_half_block_has_both() -> None:
    """Given class 1 above class 0, then the ink is the one region and the paper the other."""
    picture = predicted(COLORED, shares=shares_of([255], [0]), rows=1, columns=1, points=False)
    assert picture.lines() == ["▀"]
    style = style_of(int(picture.pens[0, 0]))
    assert tuple(style.color.triplet) == COLORED.regions[1][-1]
    assert ground(picture, 0, 0) == COLORED.regions[0][-1]


def test_given_halves_one_level_apart_when_drawn_then_the_cell_has_one_background() -> None:
    """Given halves of neighbouring levels, then the cell has one ground, that of their middle; with
    a level in between it has two.
    """
    field = shares_of([255, 255, 215], [180, 215, 160])
    picture = predicted(COLORED, shares=field, rows=1, columns=3, points=False)
    assert picture.lines() == ["▀ ▀"]
    assert ground(picture, 0, 1) == COLORED.regions[1][4]
    assert [ground(picture, 0, column) for column in (0, 2)] == COLORED.regions[1][2:0:-1]


def test_given_a_point_in_a_region_when_drawn_then_it_keeps_the_background() -> None:
    region, points = predicted(COLORED, points=False), predicted(COLORED)
    right = np.char.islower(points.chars)
    assert right.sum() == 3
    for row, column in np.argwhere(right).tolist():
        assert ground(points, row, column) == ground(region, row, column)


def test_given_a_printed_report_when_points_are_drawn_then_they_are_not_dimmed() -> None:
    picture = predicted(PRINTED)
    assert not (picture.pens[np.char.islower(picture.chars)] & DIM).any()


def test_given_texture_for_colour_when_drawn_then_it_is_where_class_1_is_likelier() -> None:
    field = shares_of([0, 127, 255, 255, 255], [0, 128, 255, 0, 1])
    picture = predicted(TEXTURED, shares=field, rows=1, columns=5, points=False)
    assert picture.lines() == ["  ░ ░"]


@given(st.integers(0, 255), st.integers(0, 255))
@untimed
def test_given_certainties_when_turned_into_levels_then_they_are_ordered(
    one: int, other: int
) -> None:
    levels = region_levels(np.array(sorted((one, other)))).tolist()
    assert 0 <= levels[0] <= levels[1] <= REGION_LEVELS


def test_given_all_certainties_when_turned_into_levels_then_the_steps_are_even() -> None:
    """Given all, then every level is used, and those in the middle are a quarter of all each."""
    levels = region_levels(np.arange(256))
    assert np.bincount(levels).tolist() == [16, 64, 64, 64, 48]


@given(st.integers(0, 255), st.integers(0, 255))
@untimed
def test_given_two_halves_of_two_classes_when_united_then_it_is_the_mean_of_their_probabilities(
    one: int, other: int
) -> None:
    upper, lower = (field_of(np.array([[share]], np.uint8)) for share in (one, other))
    both = united(
        Cells(upper.classes.astype(int), upper.certainty.astype(int)),
        Cells(lower.classes.astype(int), lower.certainty.astype(int)),
    )
    assert both.classes[0, 0] == (one + other > 255)
    assert both.certainty[0, 0] == abs(one + other - 255)


def test_given_a_field_when_resampled_then_it_is_this() -> None:
    field = shares_of([1, 2], [3, 4])
    assert resampled(field, 2, 2) is field
    assert resampled(field, 4, 2).tolist() == [[1, 2], [1, 2], [3, 4], [3, 4]]
    assert resampled(field, 1, 1).tolist() == [[4]]
    assert resampled(field, 2, 5).tolist() == [[1, 1, 2, 2, 2], [3, 3, 4, 4, 4]]


@given(*[st.integers(1, 40)] * 4)
@untimed
def test_given_any_size_when_resampled_then_each_cell_is_from_where_its_middle_lies(
    rows: int, columns: int, new_rows: int, new_columns: int
) -> None:
    field = (np.arange(rows * columns) % 251).astype(np.uint8).reshape(rows, columns)
    sampled = resampled(field, new_rows, new_columns)
    assert sampled.shape == (new_rows, new_columns)
    for row, column in ((0, 0), (new_rows - 1, new_columns - 1), (new_rows // 2, new_columns // 3)):
        down = (2 * row + 1) * rows // (2 * new_rows)
        across = (2 * column + 1) * columns // (2 * new_columns)
        assert sampled[row, column] == field[down, across]


def test_given_a_field_of_another_size_when_drawn_then_it_is_resampled() -> None:
    coarse = predicted(TEXTURED, shares=shares_of([0, 255], [0, 255]))
    assert coarse.lines() == ["o  x░░░O", "    ░░░░", " o  ░░░X"]


def test_given_no_field_when_drawn_then_there_is_no_region() -> None:
    empty = predicted(COLORED, shares=np.zeros((0, 0), np.uint8))
    assert empty.lines() == ["o  x   O", "        ", " o     X"]


@given(st.integers(0, 9), st.integers(0, 9), st.booleans(), st.sampled_from([UNICODE, ASCII]))
@untimed
def test_given_any_size_when_drawn_then_it_is_exact_and_in_fit_characters(
    rows: int, columns: int, textured: bool, glyphs: Glyphs
) -> None:
    palette = TEXTURED if textured else COLORED
    real = draw_real(side_of(POINTS, CLASSES), rows, columns, palette, glyphs)
    for picture in (real, predicted(palette, glyphs, rows=rows, columns=columns)):
        assert (picture.rows, picture.columns) == (rows, columns)
        if glyphs.ascii_only:
            assert all(line.isascii() for line in picture.lines())


@given(
    st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1),
    st.integers(1, 50),
    st.integers(1, 150),
)
@untimed
def test_given_points_anywhere_when_placed_then_each_has_a_cell_and_neighbours_keep_their_order(
    points: list[tuple[float, float]], rows: int, columns: int
) -> None:
    """Given points anywhere, then cells lie in the picture, further right is no smaller column,
    and higher is no greater row.
    """
    x = np.array(points).T
    down, across = cells_of(x, BOUNDS, rows, columns)
    assert ((down >= 0) & (down < rows)).all()
    assert ((across >= 0) & (across < columns)).all()
    assert (np.diff(across[np.argsort(x[0])]) >= 0).all()
    assert (np.diff(down[np.argsort(-x[1])]) >= 0).all()

"""Lines of equal prediction and hard regions, with colours and without, of every kind of problem."""

import numpy as np
import pytest

from engine.messages.snapshot import ClassField, Field, ValueField
from helpers.snapshots import CURVE, PROBLEMS, TEN, THREE, TWO, VALUES, Problem
from tui.charts.plane.cells import held_out_side, training_side, underlined
from tui.charts.plane.contours import contour_words, draw_contours
from tui.charts.plane.regions import RegionStyle
from tui.charts.plane.scatter import draw_predicted, put_real
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import Palette
from tui.drawing.pens import UNDERLINE
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))


def contours(problem: Problem, glyphs: Glyphs = UNICODE, palette: Palette = COLORED) -> Picture:
    field = problem.field_of(16, 30)
    return draw_contours(field, problem.points.value_range, 8, 30, palette, glyphs)


def test_given_two_classes_when_drawn_then_the_border_is_whole_and_the_quarters_are_dotted() -> (
    None
):
    picture = contours(TWO)

    assert picture.lines() == [
        "                ⢃        ⢀⡠⠔⠊ ",
        "                ⢈     ⣀⠤⠒⠁    ",
        "               ⡠⠊ ⣀⠤⠒⠉        ",
        "             ⠔⢊⡠⠔⠊⢀⡀ ⠤ ⠤ ⠤ ⠤ ⠄",
        "⠁⠐⠂⠐⠂⠐⠂⠐⠂ ⠉⣀⠔⠊⠁⡠  ⠁           ",
        "       ⣀⠤⠒⠉  ⡠⠊               ",
        "   ⢀⡠⠒⠉      ⡄                ",
        "⢀⠔⠊⠁         ⠠                ",
    ]
    zero, one = (int(COLORED.points[number]) | COLORED.base for number in (0, 1))
    assert [picture.pens[4, column] for column in (0, 12, 18)] == [zero, COLORED.text, one]


@pytest.mark.parametrize("palette", [COLORED, TEXTURED])
def test_given_ascii_when_drawn_then_strokes_follow_the_border(palette: Palette) -> None:
    assert contours(TWO, ASCII, palette).lines() == [
        "                .       ----  ",
        "                .    ---      ",
        "              .. ----         ",
        "..      .....----     ......  ",
        "  ...... ----   ......      ..",
        "      ---     ..              ",
        "  ----       .                ",
        " -           .                ",
    ]


def test_given_three_classes_when_drawn_then_each_border_is_one_line() -> None:
    assert contours(THREE).lines() == [
        "               ⠑⢄    ⡔        ",
        "⢄⡀       ⡀⢀⡀⢀⡀⢀⡀ ⠑⢄ ⠈⡄        ",
        " ⠈⠒⠤⡀    ⠄      ⠉⠐ ⡑⢄⠐ ⡀      ",
        "    ⠈⠑⠢⣀  ⠂⡀       ⠐ ⠑⢄ ⠉⠐⠂⠐ ⠤",
        "⠈ ⠉ ⠁⠐ ⠄⠉⠢⢄⡀⠁⠠⢀⡀   ⠠⠃  ⠑⠢⡀    ",
        "        ⠈⠐⢀⠈⠒⠤⡀ ⠉ ⠉      ⠈⠢⡀  ",
        "           ⠰  ⠈⠑⠢⣀         ⠈⠢⣀",
        "            ⠃     ⠉⠢⢄         ",
    ]


def test_given_values_when_drawn_then_lines_are_at_round_ones_and_whole_at_zero() -> None:
    assert contours(VALUES).lines() == [
        "                 ⠠⢀      ⠐⢀   ",
        "⠤⢄⣀⣀               ⠐⢀      ⠐ ⡀",
        "    ⠉⠉⠉⠒⠒⠢⠤⠤⢄⣀⡀      ⠐⢀⡀      ",
        "              ⠈⠑⢄⡀      ⠂⡀    ",
        "                 ⠈⠢⡀      ⠂⡀  ",
        "⠂⠐ ⠤ ⡀⢀⡀           ⠈⠢⣀      ⠁⠤",
        "        ⠉ ⠁⠐⠂⠤ ⡀      ⠑⢄      ",
        "                ⠁⡄      ⠑⢄    ",
    ]


def test_given_one_input_when_drawn_then_lines_stand_where_the_curve_passes_round_values() -> None:
    assert set(contours(CURVE, ASCII).lines()) == {"  .   |   .      .            "}


@pytest.mark.parametrize(
    ("classes", "value_range", "words"),
    [
        (2, (0.0, 0.0), "lines at 25 %, 50 %, 75 % of class 1"),
        (10, (0.0, 0.0), "borders; dotted: ahead by half"),
        (0, (-1.0, 1.0), "a line every 0.5, whole at the middle"),
        (0, (0.0, 700.0), "a line every 100, whole at the middle"),
    ],
)
def test_given_lines_when_told_then_it_is_where_they_are_as_far_as_there_is_room(
    classes: int, value_range: tuple[float, float], words: str
) -> None:
    assert contour_words(classes, value_range, 40) == words
    assert 0 < len(contour_words(classes, value_range, 24)) <= 24
    assert contour_words(classes, value_range, 5) == ""


FIELDS: list[Field] = [
    ClassField(np.zeros((0, 0), np.uint8), np.zeros((0, 0), np.uint8)),
    ClassField(np.full((2, 3), 255, np.uint8) % 10, np.zeros((2, 3), np.uint8)),
    ValueField(np.full((2, 3), np.nan, np.float32)),
    ValueField(np.array([[3e38, -3e38, 0.0]], np.float32)),
]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
@pytest.mark.filterwarnings("error")
def test_given_any_field_when_drawn_then_the_picture_has_its_size(field: Field) -> None:
    for size in ((0, 0), (1, 1), (1, 7), (5, 1), (3, 9)):
        assert draw_contours(field, (-1.0, 1.0), *size, COLORED, UNICODE).chars.shape == size
        plain = draw_contours(field, (-1.0, 1.0), *size, COLORED, ASCII)
        assert plain.chars.shape == size
        assert all(line.isascii() for line in plain.lines())


# ---- hard regions, and points of both sides


def predicted(problem: Problem, style: RegionStyle, palette: Palette = TEXTURED) -> Picture:
    side, test = training_side(problem.points), underlined(held_out_side(problem.points))
    return draw_predicted(
        side,
        problem.predictions(problem.train_x),
        problem.field_of(16, 30),
        8,
        30,
        palette,
        UNICODE,
        style=style,
        more=[(test, problem.predictions(problem.test_x))],
    )


def test_given_test_points_when_drawn_then_they_lie_on_top_with_a_line_below_and_wrong_ones_in_capitals() -> (
    None
):
    picture = predicted(TWO, RegionStyle.HARD)

    assert picture.lines() == [
        "                             ░",
        "    o ooooo oooo         ░░░░░",
        "     oooooooooo       ░░░░░░░░",
        "     ooo oo oooox x░░░░░░░░░░░",
        "       ooo o  Xxxxx░xxxxxx░░░░",
        "          ░░░░░x░░xxxx░xx░░░░░",
        "       ░░░░░░░xxx░░xxxxx░░░░░░",
        "   ░░░░░░░░░░░░░░░░░░░░░░░░░░░",
    ]
    is_test = picture.pens & UNDERLINE > 0
    assert set(picture.chars[is_test]) == {"o", "x"}
    assert 20 < is_test.sum() < 60
    real = Picture.blank(8, 30, COLORED.base)
    put_real(real, underlined(held_out_side(TWO.points)), COLORED, UNICODE)
    assert ((real.pens & UNDERLINE > 0) == (real.chars != " ")).all()


@pytest.mark.parametrize("name", PROBLEMS)
def test_given_a_hard_region_when_drawn_then_no_class_has_more_than_one_shade(name: str) -> None:
    problem = PROBLEMS[name]
    side = training_side(problem.points)._replace(x=np.empty((2, 0)))
    nothing = problem.labels(np.empty(0))
    side = side._replace(labels=nothing)
    picture = draw_predicted(
        side, nothing, problem.field_of(16, 30), 8, 30, COLORED, UNICODE, style=RegionStyle.HARD
    )
    shades = len(np.unique(picture.pens[picture.chars == " "]))
    assert shades == {"two": 2, "three": 3, "ten": 10, "values": 2, "curve": 1}[name]


@pytest.mark.parametrize(
    ("problem", "styles"),
    [(TWO, 3), (TEN, 3), (VALUES, 3), (CURVE, 2)],
    ids=["two", "ten", "values", "curve"],
)
def test_given_a_task_when_the_region_is_turned_then_all_come_in_turn(
    problem: Problem, styles: int
) -> None:
    style, seen = RegionStyle.CERTAINTY, []
    for _ in range(styles):
        seen.append(style)
        style = style.after(problem.task)
    assert (len(set(seen)), style) == (styles, RegionStyle.CERTAINTY)
    assert RegionStyle.HARD.after(CURVE.task) is RegionStyle.CERTAINTY

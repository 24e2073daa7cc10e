"""Values over the plane and over one input: fields, curves, residuals and figures."""

import msgspec
import numpy as np
import pytest

from engine.messages.snapshot import DataPoints, Figures, ValueField
from helpers.snapshots import CURVE, THREE, TWO, VALUES, Problem
from tui.charts.plane.cells import held_out_side, training_side
from tui.charts.plane.foot import points_foot
from tui.charts.plane.scatter import draw_predicted, draw_real
from tui.charts.plane.value_points import draw_value_field
from tui.charts.plane.value_scale import ValueScale, is_off, legend_of
from tui.charts.plane.words import plane_words, titled
from tui.charts.report.against_real import draw_against_real
from tui.charts.report.narrow_summary import draw_narrow_summary, narrow_rows
from tui.charts.report.points import draw_test_points
from tui.charts.report.summary import draw_summary
from tui.drawing import frame
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import PRINTED, VALUE_LEVELS, Palette
from tui.drawing.pens import REVERSE, style_of
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))


def words(figures: frame.Figures) -> str:
    return "".join(text for figure in figures for text, _ in figure)


def predicted(
    problem: Problem, rows: int, columns: int, palette: Palette, glyphs: Glyphs = UNICODE
) -> Picture:
    side, guesses = training_side(problem.points), problem.predictions(problem.train_x)
    field = problem.field_of(2 * rows, columns)
    return draw_predicted(side, guesses, field, rows, columns, palette, glyphs)


@pytest.mark.parametrize(
    ("value_range", "middle", "half"),
    [
        ((-1.0, 3.0), 0.0, 3.0),
        ((2.0, 6.0), 4.0, 2.0),
        ((0.0, 10.0), 5.0, 5.0),
        ((-6.0, -2.0), -4.0, 2.0),
        ((7.0, 7.0), 7.0, 1.0),
        ((-1e308, 1.7e308), 0.0, 1.7e308),
    ],
)
def test_given_a_range_when_the_scale_is_chosen_then_zero_is_in_its_middle_where_signs_differ(
    value_range: tuple[float, float], middle: float, half: float
) -> None:
    assert ValueScale.of_range(value_range) == ValueScale(middle, half)


def test_given_values_when_turned_into_levels_then_the_ends_and_the_middle_are_these() -> None:
    scale = ValueScale.of_range((-2.0, 4.0))
    values = np.array([-9.0, -4.0, -2.0, 0.0, 0.2, 4.0, np.inf, -np.inf, np.nan])
    assert scale.levels(values).tolist() == [0, 0, 4, 8, 8, 16, 16, 0, 8]
    assert scale.steps(values, 10).tolist() == [0, 0, 2, 5, 5, 9, 9, 0, 5]


def test_given_predictions_when_far_from_the_value_then_a_tenth_of_the_range_decides() -> None:
    real, guesses = np.zeros(5), np.array([0.2, -0.2, 0.21, -0.21, np.nan])
    assert is_off(real, guesses, (-1.0, 1.0)).tolist() == [False, False, True, True, True]


def test_given_values_when_the_real_ones_are_drawn_without_colour_then_they_are_digits() -> None:
    side = training_side(VALUES.points)
    assert draw_real(side, 8, 30, TEXTURED, UNICODE).lines() == [
        " 45 55 56  67 777     8 9 9   ",
        "  44 55    6 6   77 778  8 9  ",
        " 3 4    5  55 55  676677      ",
        " 23   4 344 4      666776  8  ",
        "    2  3333 34 4     66 66 66 ",
        "    122 23  333334 4 5  5 66  ",
        "   0 11  1 22    3343  4555 6 ",
        "    0 1111 2 2222 3   344     ",
    ]


def test_given_values_when_the_real_ones_are_drawn_in_colours_then_these_say_them() -> None:
    """Given the least, the middle and the greatest value, then they are blue, plain and orange."""
    values = np.array([-1.0, 0.0, 1.0])
    side = training_side(VALUES.points)._replace(
        x=np.array([[-5.0, 0.0, 5.0], [0.0, 0.0, 0.0]]),
        labels=VALUES.labels(values),
        value_range=(-1.0, 1.0),
    )
    picture = draw_real(side, 1, 3, COLORED, UNICODE)
    assert picture.lines() == ["ooo"]
    colors = [tuple(style_of(int(pen)).color.triplet) for pen in picture.pens[0]]
    assert colors == [COLORED.class_rgb[0], COLORED.text_rgb, COLORED.class_rgb[1]]


@pytest.mark.parametrize(
    ("palette", "glyphs", "lines"),
    [
        (
            COLORED,
            UNICODE,
            [
                " +o oo oo  oo ooo     o o o   ",
                "  +o oo    o o   oo ooo  o o  ",
                " + o    o  oo oo  oooooo      ",
                " ++   o ooo o      oooooo  o  ",
                "    o  oooo oo o     oo oo oo ",
                "    +oo oo  oooooo o o  o oo  ",
                "   + oo  o oo    oooo  oooo o ",
                "    + oooo o oooo o   ooo     ",
            ],
        ),
        (
            TEXTURED,
            UNICODE,
            [
                "▒+5▓55▓56▓▓67▓777▓▓███8█9█9███",
                "▒▒+4▒55▒▒▒▒6▒6▓▓▓77▓778██8█9██",
                "▒+▒4▒▒▒▒5▒▒55▒55▒▓676677██████",
                "░++▒▒▒4▒344▒4▒▒▒▒▒▒666776▓█8██",
                "░░░░2░░3333░34▒4▒▒▒▒▒66▓66▓66█",
                "░░░░+22░23░░333334▒4▒5▒▒5▓66▓▓",
                "  ░+░11░░1░22░░░░3343▒▒4555▓6▓",
                "    + 1111 2 2222░3░░▒344▒▒▒▓▓",
            ],
        ),
        (
            TEXTURED,
            ASCII,
            [
                ":+5=55=56==67=777==###8#9#9###",
                "::+4:55::::6:6===77=778##8#9##",
                ":+:4::::5::55:55:=676677######",
                ".++:::4:344:4::::::666776=#8##",
                "....2..3333.34:4:::::66=66=66#",
                "....+22.23..333334:4:5::5=66==",
                "  .+.11..1.22....3343::4555=6=",
                "    + 1111 2 2222.3..:344:::==",
            ],
        ),
    ],
)
def test_given_values_when_predicted_ones_are_drawn_then_the_field_and_what_is_off_are_told(
    palette: Palette, glyphs: Glyphs, lines: list[str]
) -> None:
    assert predicted(VALUES, 8, 30, palette, glyphs).lines() == lines


def test_given_a_field_of_values_when_drawn_then_its_ground_goes_from_low_to_high() -> None:
    values = np.repeat([[-1.0, -0.5, 0.0, 0.5, 1.0, np.nan]], 2, axis=0).astype(np.float32)
    scale = ValueScale.of_range((-1.0, 1.0))
    picture = draw_value_field(values, scale, 1, 6, COLORED, UNICODE)
    assert picture.lines() == ["      "]
    grounds = [tuple(style_of(int(pen)).bgcolor.triplet) for pen in picture.pens[0]]
    levels = [0, VALUE_LEVELS // 2, VALUE_LEVELS, VALUE_LEVELS + 4, 2 * VALUE_LEVELS, VALUE_LEVELS]
    assert grounds == [COLORED.values[level] for level in levels]


def test_given_halves_of_two_values_when_drawn_then_a_half_block_has_both() -> None:
    values = np.array([[1.0], [-1.0]], dtype=np.float32)
    picture = draw_value_field(values, ValueScale(0.0, 1.0), 1, 1, COLORED, UNICODE)
    assert picture.lines() == ["▀"]
    style = style_of(int(picture.pens[0, 0]))
    assert tuple(style.color.triplet) == COLORED.values[-1]
    assert tuple(style.bgcolor.triplet) == COLORED.values[0]


@pytest.mark.parametrize(
    ("glyphs", "lines"),
    [
        (
            UNICODE,
            [
                "                  o  ooooo o  ",
                "            -o-⣀⣀⠤⠒⠒⠉⠉⠉⠉⠉⠉⠉+⠉⠁",
                "         - ⢀⡠⠔⠊o              ",
                "      - ⢀⡠⠊⠁                  ",
                "     -⡠⠔⠁                     ",
                "   ⢀⠔⠊                        ",
                " ⢀⠔⠁                          ",
                "⠐⠁                            ",
            ],
        ),
        (
            ASCII,
            [
                "                  o  ooooo o  ",
                "            -o-oo**********+**",
                "         -  *****             ",
                "      - ****                  ",
                "     -**                      ",
                "   **o                        ",
                " **                           ",
                "*                             ",
            ],
        ),
    ],
)
def test_given_one_input_when_predicted_values_are_drawn_then_they_are_a_curve_through_points(
    glyphs: Glyphs, lines: list[str]
) -> None:
    assert predicted(CURVE, 8, 30, COLORED, glyphs).lines() == lines


def test_given_a_curve_beyond_the_picture_when_drawn_then_it_lies_along_its_edge() -> None:
    side = training_side(CURVE.points)
    nothing = side._replace(x=side.x[:, :0], labels=CURVE.labels(np.empty(0)))
    field = ValueField(np.array([[np.nan, 1e30, np.inf, -np.inf]], dtype=np.float32))
    picture = draw_predicted(nothing, CURVE.labels(np.empty(0)), field, 3, 4, COLORED, ASCII)
    assert picture.lines() == [" ** ", "  * ", "   *"]


def test_given_points_that_are_off_when_drawn_then_they_stand_out_without_colour() -> None:
    picture = predicted(CURVE, 8, 30, COLORED)
    marked = np.isin(picture.chars, ["+", "-"])
    assert ((picture.pens & REVERSE != 0) == marked).all()


def test_given_test_points_when_drawn_against_the_real_values_then_right_ones_are_on_the_diagonal() -> (
    None
):
    side, guesses = held_out_side(CURVE.points), CURVE.predictions(CURVE.test_x).values
    assert draw_against_real(side, guesses, 8, 30, COLORED, ASCII).lines() == [
        "                        ooooo.",
        "                      ooo-o-- ",
        "                   o.o-- -    ",
        "               .o.o--         ",
        "          oo.oo               ",
        "       ..oo                   ",
        "    ..ooo                     ",
        ".o.o                          ",
    ]
    perfect = draw_against_real(side, side.labels.values, 8, 30, COLORED, ASCII).lines()
    assert "".join(perfect).count("-") == 0


@pytest.mark.parametrize(
    ("palette", "room", "legend"),
    [
        (COLORED, 34, "-1.04          0          +1.04"),
        (COLORED, 30, "-1.04      0      +1.04"),
        (COLORED, 20, "-1.04    0    +1.04"),
        (COLORED, 16, "-1.04 to +1.04"),
        (COLORED, 10, ""),
        (TEXTURED, 34, "-1.04 ░▒▓█ +1.04, 0 to 9"),
        (TEXTURED, 20, "-1.04 ░▒▓█ +1.04"),
    ],
)
def test_given_room_when_the_scale_is_said_then_its_colours_stand_between_its_ends(
    palette: Palette, room: int, legend: str
) -> None:
    scale = ValueScale.of_range(VALUES.points.value_range)
    assert words(legend_of(scale, room, palette, UNICODE)) == legend


def test_given_values_of_one_sign_when_the_scale_is_said_then_the_middle_is_theirs() -> None:
    shown = words(legend_of(ValueScale.of_range((25.0, 346.0)), 40, COLORED, UNICODE))
    assert shown.split() == ["25", "186", "346"]


@pytest.mark.parametrize(
    ("points", "room", "said"),
    [
        (TWO.points, 80, ""),
        (THREE.points, 60, "petal length × petal width, others at their median"),
        (THREE.points, 40, "petal length × petal width"),
        (THREE.points, 21, "petal l.. × petal w.."),
        (THREE.points, 17, "..ength × ..width"),
        (THREE.points, 12, ""),
        (CURVE.points, 60, "kilowatts over hours, -23.1 to 54.1"),
        (CURVE.points, 30, "kilowatts over hours"),
    ],
)
def test_given_a_plane_when_said_then_it_names_what_is_drawn_over_what(
    points: DataPoints, room: int, said: str
) -> None:
    assert plane_words(points, room, UNICODE) == said


def test_given_a_picture_of_points_when_its_foot_is_written_then_it_is_the_scale_or_the_plane() -> (
    None
):
    assert words(points_foot(THREE.points, 30, COLORED, ASCII)) == "petal length x petal width"
    assert words(points_foot(VALUES.points, 16, COLORED, ASCII)) == "-1.04 to +1.04"
    assert words(points_foot(CURVE.points, 30, COLORED, ASCII)) == "kilowatts over hours"
    assert titled("Real", VALUES.task) == "Real values"
    assert titled("Real", THREE.task) == "Real classes"


# -- the ending


def test_given_values_when_the_summary_is_drawn_then_it_is_this() -> None:
    lines = draw_summary(VALUES.report(), 80, COLORED, UNICODE).lines()
    assert [line.rstrip() for line in lines] == [
        "Done: 2,000 steps",
        "plane 2-8-1   tanh   sgd, batch 10   exact rule   alpha 0.03   seed 0",
        "200.0 epochs   24.2k steps/s",
        "          loss     R²     rmse",
        "test    0.0146    .93   0.1209   17 of 150 off",
        "train   0.0107    .94   0.1035",
        "",
    ]


@pytest.mark.parametrize(
    ("figures", "line"),
    [
        (Figures(2.9e7, rmse=5385.16, r2=-0.25), "test    2.90e7   -.25  5385.16"),
        (Figures(4.3e-9, rmse=6.6e-5, r2=1.0), "test   4.30e-9    1.0  6.60e-5"),
        (Figures(float("inf"), rmse=float("nan"), r2=-1e9), "test       inf    low        -"),
    ],
)
def test_given_values_of_any_size_when_the_summary_is_drawn_then_they_are_read_whole(
    figures: Figures, line: str
) -> None:
    report = VALUES.report(test=figures)
    assert draw_summary(report, 80, COLORED, UNICODE).lines()[4].startswith(line)


def test_given_few_columns_when_the_narrow_summary_is_drawn_then_figures_of_values_fit() -> None:
    rows = narrow_rows(VALUES.report(), 30, COLORED, ASCII)
    lines = draw_narrow_summary(VALUES.report(), rows, 30, COLORED, ASCII).lines()
    assert [line.rstrip() for line in lines[3:]] == [
        "          loss     R2     rmse",
        "test    0.0146    .93   0.1209",
        "train   0.0107    .94   0.1035",
    ]


def test_given_values_when_the_ending_is_drawn_then_one_picture_is_the_plane_and_one_the_diagonal() -> (
    None
):
    plane, diagonal = (
        draw_test_points(VALUES.report(), 8, 40, PRINTED, UNICODE, real=real).lines()
        for real in (True, False)
    )
    assert plane[0] == "╭ Predicted values ─────────── 17 off ─╮"
    assert plane[-1] == "╰─────────── -1.04 ░▒▓█ +1.04, 0 to 9 ─╯"
    assert diagonal[0] == "╭ Predicted against real ───── R² .93 ─╮"
    assert diagonal[-1] == "╰──────────────── both -1.04 to 0.916 ─╯"


def test_given_more_points_than_are_drawn_when_what_is_off_is_said_then_it_is_a_share() -> None:
    points = msgspec.structs.replace(VALUES.points, test_count=10_000)
    line = draw_summary(VALUES.report(points=points), 80, COLORED, UNICODE).lines()[4]
    assert line.rstrip().endswith("11.3% off")

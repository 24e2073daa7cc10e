"""Three classes and ten: points, regions and matrices, told apart with colours and without."""

import itertools

import msgspec
import numpy as np
import pytest

from engine.config.task import MAX_CLASSES, Task
from engine.messages.report import RunReport
from engine.messages.snapshot import ClassField
from helpers.snapshots import TEN, THREE, TWO, Problem
from tui.charts.plane.cells import training_side
from tui.charts.plane.class_counts import class_counts, class_legend
from tui.charts.plane.class_region import draw_region
from tui.charts.plane.mistakes import mistakes
from tui.charts.plane.scatter import draw_predicted, draw_real
from tui.charts.report.confusion import Confusion, confusion_lines, draw_matrix, largest_confusions
from tui.charts.report.narrow_summary import draw_narrow_summary, narrow_rows
from tui.charts.report.summary import draw_summary
from tui.drawing.frame import Figures
from tui.drawing.glyphs import ASCII, UNICODE, Glyphs
from tui.drawing.palette import PRINTED, REGION_LEVELS, Palette
from tui.drawing.pens import BOLD, REVERSE, RGB, style_of
from tui.drawing.picture import Picture
from tui.themes import DAY, NIGHT

COLORED, TEXTURED, LIGHT = (
    Palette.from_variables(theme.variables, textured=textured)
    for theme, textured in ((NIGHT, False), (NIGHT, True), (DAY, False))
)
PALETTES = [COLORED, LIGHT, PRINTED]


def predicted(
    problem: Problem, rows: int, columns: int, palette: Palette, glyphs: Glyphs = UNICODE
) -> Picture:
    side, guesses = training_side(problem.points), problem.predictions(problem.train_x)
    field = problem.field_of(2 * rows, columns)
    return draw_predicted(side, guesses, field, rows, columns, palette, glyphs)


def words(figures: Figures) -> str:
    return "".join(text for figure in figures for text, _ in figure)


def test_given_three_classes_when_the_real_ones_are_drawn_then_each_has_its_letter() -> None:
    assert draw_real(training_side(THREE.points), 8, 30, COLORED, UNICODE).lines() == [
        "                     m    m   ",
        "                     mm  mm mm",
        "           x    x  x m  mm mm ",
        "            x  x x  mx      m ",
        "o oo       xxx   xxx x        ",
        "ooo oo   o                    ",
        "    oo  o                     ",
        "    o  o o                    ",
    ]


@pytest.mark.parametrize(
    ("palette", "glyphs", "lines"),
    [
        (
            COLORED,
            UNICODE,
            [
                "                     m    m   ",
                "                     mm  mm mm",
                "           x    x▀ x▀M  mm mm ",
                "      ▀     x  x x  Xx▀     m ",
                "o oo   ▀  ▀xxx   xxx x        ",
                "ooo oo   o   ▀                ",
                "    oo  o                     ",
                "    o  o o                    ",
            ],
        ),
        (
            TEXTURED,
            UNICODE,
            [
                "░░░░░░░░░░░░░░░░·····m····m···",
                "░░░░░░░░░░░░░░░░░░···mm··mm·mm",
                "   ░░░░░░░░x░░░░x░░x·M··mm·mm·",
                "       ░░░░░x░░x░x░░Xx······m·",
                "o oo      ░xxx░░░xxx░x░░······",
                "ooo oo   o   ░░░░░░░░░░░░░░···",
                "    oo  o        ░░░░░░░░░░░░·",
                "    o  o o          ░░░░░░░░░░",
            ],
        ),
        (
            TEXTURED,
            ASCII,
            [
                "................:::::m::::m:::",
                "..................:::mm::mm:mm",
                "   ........x....x..x:M::mm:mm:",
                "       .....x..x.x..Xx::::::m:",
                "o oo      .xxx...xxx.x..::::::",
                "ooo oo   o   ..............:::",
                "    oo  o        ............:",
                "    o  o o          ..........",
            ],
        ),
    ],
)
def test_given_three_classes_when_predicted_ones_are_drawn_then_regions_and_wrong_points_are_told(
    palette: Palette, glyphs: Glyphs, lines: list[str]
) -> None:
    assert predicted(THREE, 8, 30, palette, glyphs).lines() == lines


def test_given_ten_classes_when_drawn_in_ascii_then_letters_and_textures_tell_them_apart() -> None:
    assert predicted(TEN, 8, 30, TEXTURED, ASCII).lines() == [
        "o      xXxx...x:m:m::M:T-----t",
        "ooooo o X.Xx..Xm:::mm::T--tt-t",
        "  o    oHH~h~hH~MM:m:M=T-tt---",
        "aa'''''aA~~h~~~~~~Yy=y==yy====",
        "'a''a'''a'~~~~~h~H=y====y=yy==",
        "''eA,,e,E,,e;;zz;;;;Z=_Ss_ss__",
        ",,,,e,e,,,,e;;;;zzz;Z_ss______",
        ",,,e,e,,,e,Ez;;;;z;zS_s_s____s",
    ]


def test_given_a_small_pane_when_ten_classes_are_drawn_then_it_is_this() -> None:
    assert predicted(TEN, 3, 20, TEXTURED, ASCII).lines() == [
        "ooo xHHX.XMMmmMT-ttt",
        "aaAaaA~h~hzHYyy=yys=",
        ",eeeeEeEzz;zzZsSssss",
    ]


def test_given_wrong_points_when_drawn_then_they_alone_are_capital_bold_and_reversed() -> None:
    picture = predicted(TEN, 12, 40, COLORED)
    capitals = np.char.isupper(picture.chars)
    assert capitals.any()
    assert ((picture.pens & REVERSE != 0) == capitals).all()
    assert (picture.pens[capitals] & BOLD != 0).all()


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
def test_given_any_class_when_drawn_then_no_two_share_a_letter_or_a_texture(
    glyphs: Glyphs,
) -> None:
    marks = glyphs.classes + glyphs.wrong_classes
    assert len(glyphs.classes) == len(glyphs.textures) == MAX_CLASSES
    assert len(set(marks)) == 2 * MAX_CLASSES
    assert len(set(glyphs.textures)) == MAX_CLASSES
    assert not set(marks) & set(glyphs.textures)
    assert glyphs.wrong_classes == glyphs.classes.upper()
    if glyphs.ascii_only:
        assert (marks + glyphs.textures).isascii()


SEEN_BY = {
    "everybody": np.eye(3),
    "the red-blind": np.array(
        [[0.1523, 1.0526, -0.2049], [0.1145, 0.7863, 0.0992], [-0.0039, -0.0481, 1.0520]]
    ),
    "the green-blind": np.array(
        [[0.3673, 0.8606, -0.2280], [0.2801, 0.6725, 0.0474], [-0.0118, 0.0429, 0.9689]]
    ),
    "the blue-blind": np.array(
        [[1.2555, -0.0767, -0.1788], [-0.0784, 0.9308, 0.1476], [0.0047, 0.6914, 0.3039]]
    ),
}
"""What linear light becomes: Machado, Oliveira and Fernandes (2009), severity 1."""


def oklab(color: RGB, seen: np.ndarray) -> np.ndarray:
    """Where a colour lies in a space in which distances are those that are seen (Ottosson, 2020)."""
    share = np.array(color) / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    cones = np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]])
    lab = np.array(
        [[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]]
    )
    return lab @ np.cbrt(cones @ np.clip(seen @ linear, 0.0, 1.0))


@pytest.mark.parametrize("seen_by", list(SEEN_BY))
@pytest.mark.parametrize("palette", PALETTES)
def test_given_any_kind_of_sight_when_classes_are_coloured_then_no_two_look_alike(
    palette: Palette, seen_by: str
) -> None:
    places = [oklab(color, SEEN_BY[seen_by]) for color in palette.class_rgb]
    pairs = [np.linalg.norm(one - other) for one, other in itertools.combinations(places, 2)]
    assert len(pairs) == 45
    assert min(pairs) > 0.08


def test_given_a_class_that_is_sure_when_drawn_then_the_ground_is_of_its_colour() -> None:
    """Given every class and level of certainty, then each has its ground, and without any it is plain."""
    classes = np.repeat(np.arange(10, dtype=np.uint8)[np.newaxis], 2, axis=0)
    for certainty, level in ((0, 0), (40, 1), (255, REGION_LEVELS)):
        field = ClassField(classes, np.full((2, 10), certainty, np.uint8))
        picture = draw_region(field, 1, 10, COLORED, UNICODE)
        grounds = [tuple(style_of(int(pen)).bgcolor.triplet) for pen in picture.pens[0]]
        assert grounds == [shades[level] for shades in COLORED.regions]


def test_given_halves_of_two_classes_when_drawn_then_a_half_block_has_both() -> None:
    field = ClassField(np.array([[2], [7]], np.uint8), np.full((2, 1), 255, np.uint8))
    picture = draw_region(field, 1, 1, COLORED, UNICODE)
    style = style_of(int(picture.pens[0, 0]))
    assert picture.lines() == ["▀"]
    assert tuple(style.color.triplet) == COLORED.regions[2][-1]
    assert tuple(style.bgcolor.triplet) == COLORED.regions[7][-1]


@pytest.mark.parametrize(
    ("problem", "room", "counts"),
    [
        (TWO, 40, "o 30  x 30"),
        (THREE, 60, "o setosa 20  x versicolor 20  m virginica 20"),
        (THREE, 45, "o 20  x 20  m 20"),
        (TEN, 99, "o 12  x 12  m 12  t 12  a 12  h 12  y 12  e 12  z 12  s 12"),
    ],
)
def test_given_classes_when_counted_then_they_are_named_where_they_have_names_and_room(
    problem: Problem, room: int, counts: str
) -> None:
    assert words(class_counts(problem.points, room, COLORED, UNICODE)) == counts


def test_given_names_when_there_is_no_room_beside_the_counts_then_a_legend_has_them() -> None:
    assert words(class_legend(THREE.points, 34, COLORED, UNICODE)) == (
        "o setosa x versicolor m virginica"
    )
    assert class_legend(THREE.points, 32, COLORED, UNICODE) == []
    assert class_legend(TEN.points, 99, COLORED, UNICODE) == []


def test_given_many_classes_when_not_all_counts_have_room_then_there_is_their_number() -> None:
    assert words(class_counts(TEN.points, 40, COLORED, UNICODE)) == "10 classes"
    assert words(class_counts(THREE.points, 10, COLORED, UNICODE)) == "3 classes"


def test_given_two_classes_with_names_when_summed_up_then_the_matrix_has_the_names() -> None:
    """Given a name that is too long, then it is cut; given numbers, there is `real` in its place."""
    task = msgspec.structs.replace(TWO.report().task, classes=("ja", "unentschieden bisher"))
    report = msgspec.structs.replace(TWO.report(), task=task)
    wide = draw_summary(report, 80, COLORED, UNICODE).lines()
    assert [row[36:54].strip() for row in wide[4:6]] == ["ja o", "unentschied.. x"]
    narrow = draw_narrow_summary(report, 12, 40, COLORED, UNICODE).lines()
    assert [row[:10].strip() for row in narrow if row.startswith(("ja", "unen"))] == [
        "ja o",
        "unents.. x",
    ]


@pytest.mark.parametrize(
    ("name", "unicode", "ascii_"),
    [("Größe", "Größe", "Gro?e"), ("日本", "??", "??"), ("a\tb", "a?b", "a?b")],
)
def test_given_a_name_of_any_script_when_shown_then_each_character_has_a_cell(
    name: str, unicode: str, ascii_: str
) -> None:
    task = Task("classification", ("x", "y"), ("x", "y"), (name, "other", "third"))
    points = msgspec.structs.replace(THREE.points, task=task)
    for glyphs, shown in ((UNICODE, unicode), (ASCII, ascii_)):
        assert words(class_legend(points, 99, COLORED, glyphs)).startswith(f"o {shown} x other")


def test_given_more_points_than_are_drawn_when_mistakes_are_counted_then_the_accuracy_tells() -> (
    None
):
    side, guesses = training_side(THREE.points), THREE.predictions(THREE.train_x)
    figures = THREE.snapshot().train
    assert mistakes(side, guesses, figures, 60) == "2 wrong"
    assert mistakes(side, guesses, figures, 60_000) == "2,000 wrong"


# -- the matrix


def test_given_three_classes_when_the_summary_is_drawn_then_it_is_this() -> None:
    lines = draw_summary(THREE.report(), 80, COLORED, UNICODE).lines()
    assert [line.rstrip() for line in lines] == [
        "Done: 2,000 steps",
        "iris 4-8-3   tanh   adam, batch 10   exact rule   alpha 0.01   seed 0",
        "200.0 epochs   24.2k steps/s",
        "          loss    accuracy                   predicted  o  x  m",
        "test    0.0610      98.3%  59 of 60           setosa o 20  0  0",
        "train   0.0432      96.7%                 versicolor x  0 19  1",
        "                                           virginica m  0  0 20",
        "",
    ]


@pytest.mark.parametrize("columns", [60, 80])
def test_given_ten_classes_when_the_summary_is_drawn_then_the_matrix_is_whole(
    columns: int,
) -> None:
    lines = draw_summary(TEN.report(), columns, COLORED, UNICODE).lines()
    assert lines[3].split()[-10:] == list("oxmtahyezs")
    assert lines[7].split()[-10:] == ["0", "0", "0", "12", "0", "0", "0", "0", "0", "0"]
    assert lines[13].split()[-10:] == ["0", "0", "0", "0", "0", "0", "0", "0", "1", "11"]
    assert len(lines) == 15


def times(report: RunReport, factor: int) -> RunReport:
    matrix = [[count * factor for count in row] for row in report.confusion_matrix or []]
    return msgspec.structs.replace(report, confusion_matrix=matrix)


def test_given_a_matrix_that_does_not_fit_when_the_summary_is_drawn_then_it_says_what_is_confused_most() -> (
    None
):
    lines = draw_summary(times(TEN.report(), 37), 60, COLORED, UNICODE).lines()
    assert [line[38:].rstrip() for line in lines[3:6]] == [
        "most confused",
        "111 m as t",
        "74 x as h",
    ]
    assert len(lines) == 7


def test_given_counts_when_a_matrix_is_drawn_then_wrong_ones_stand_out() -> None:
    picture = draw_matrix(THREE.report(), 40, COLORED, UNICODE)
    assert picture is not None
    alarm = np.argwhere(picture.pens == COLORED.alarm).tolist()
    assert [(row, picture.chars[row, column]) for row, column in alarm] == [(2, "1")]
    assert draw_matrix(THREE.report(), 9, COLORED, UNICODE) is None
    bare = draw_matrix(THREE.report(), 10, COLORED, UNICODE)
    assert bare is not None
    assert bare.lines() == ["   o  x  m", "o 20  0  0", "x  0 19  1", "m  0  0 20"]


def test_given_a_matrix_when_confusions_are_listed_then_the_most_frequent_are_first() -> None:
    assert largest_confusions(THREE.report()) == [Confusion(1, 1, 2)]
    assert largest_confusions(TEN.report())[:2] == [Confusion(3, 2, 3), Confusion(2, 1, 5)]
    assert confusion_lines(THREE.report(), 2, 40, UNICODE) == ["1 x versicolor as m virginica"]
    assert confusion_lines(THREE.report(), 2, 28, UNICODE) == ["1 x as m"]
    assert confusion_lines(THREE.report(), 2, 3, UNICODE) == []


def test_given_few_columns_when_the_narrow_summary_is_drawn_then_the_matrix_or_confusions_are_below() -> (
    None
):
    rows = narrow_rows(THREE.report(), 30, COLORED, UNICODE)
    lines = draw_narrow_summary(THREE.report(), rows, 30, COLORED, UNICODE).lines()
    assert [line.rstrip() for line in lines[6:]] == [
        "",
        "   predicted  o  x  m",
        "    setosa o 20  0  0",
        "versicolor x  0 19  1",
        " virginica m  0  0 20",
    ]
    rows = narrow_rows(TEN.report(), 30, COLORED, UNICODE)
    lines = draw_narrow_summary(TEN.report(), rows, 30, COLORED, UNICODE).lines()
    assert [line.rstrip() for line in lines[7:]] == ["3 m as t", "2 x as h", "2 m as x"]

"""Data as a person is shown them: thumbnails, the list, the facts of one."""

import numpy as np
import pytest

from engine.arrays import Array
from engine.config.data_sets import DATA_SETS, data_set_named
from engine.config.task import Task
from engine.messages.data_summary import DataSummary, InputSummary
from engine.messages.snapshot import Bounds, DataPoints, Labels
from tui.charts.data.facts import draw_data_facts, in_columns, plain
from tui.charts.data.list import draw_data_list, facts_of, noise_of
from tui.charts.data.picture import draw_data
from tui.drawing.glyphs import ASCII, UNICODE
from tui.drawing.palette import PRINTED

BOUNDS = Bounds(left=0.0, right=4.0, bottom=0.0, top=3.0)
NO_CLASSES, NO_VALUES = np.empty(0, dtype=np.uint8), np.empty(0)
CLASSES = Task("classification", ("one", "two"), ("one", "two"), ("p", "q", "r"), "kind")
VALUES = Task("regression", ("one", "two"), ("one", "two"), (), "size")
CURVE = Task("regression", ("one",), ("one",), (), "size")


def points_of(
    task: Task, train: tuple[Array, list[float]], test: tuple[Array, list[float]]
) -> DataPoints:
    def labels(y: list[float]) -> Labels:
        if task.is_regression:
            return Labels(NO_CLASSES, np.array(y))
        return Labels(np.array(y, dtype=np.uint8), NO_VALUES)

    values = [*train[1], *test[1]] if task.is_regression else [0.0]
    return DataPoints(
        train_x=train[0],
        train_labels=labels(train[1]),
        test_x=test[0],
        test_labels=labels(test[1]),
        bounds=BOUNDS,
        task=task,
        plane=("one", "two"),
        train_count=len(train[1]),
        test_count=len(test[1]),
        class_counts=[],
        value_range=(min(values), max(values)),
    )


TRAIN = np.array([[0.5, 0.5, 0.5, 2.5], [0.5, 0.5, 0.5, 2.5]])
TEST = np.array([[3.5], [0.5]])


def test_given_three_classes_when_drawn_then_each_cell_has_that_of_most_of_its_points() -> None:
    points = points_of(CLASSES, (TRAIN, [0, 1, 1, 2]), (TEST, [0]))
    assert draw_data(points, 3, 4, PRINTED, UNICODE).lines() == ["  m ", "    ", "x  o"]


def test_given_values_when_drawn_then_a_cell_has_the_mark_of_their_mean() -> None:
    points = points_of(VALUES, (TRAIN, [0.0, 0.0, 6.0, 4.0]), (TEST, [8.0]))
    lines = draw_data(points, 3, 4, PRINTED, UNICODE).lines()
    assert lines == ["  4 ", "    ", "2  9"]


def test_given_values_over_one_input_when_drawn_then_height_says_them() -> None:
    points = points_of(CURVE, (TRAIN, [0.5, 0.5, 0.5, 2.5]), (TEST, [0.5]))
    assert draw_data(points, 3, 4, PRINTED, UNICODE).lines() == ["  o ", "    ", "o  o"]


@pytest.mark.parametrize(("rows", "columns"), [(0, 4), (3, 0), (0, 0)])
def test_given_no_room_when_drawn_then_there_is_nothing(rows: int, columns: int) -> None:
    points = points_of(CLASSES, (TRAIN, [0, 1, 1, 2]), (TEST, [0]))
    assert "".join(draw_data(points, rows, columns, PRINTED, UNICODE).lines()) == ""


def test_given_values_when_coloured_then_low_middle_and_high_ones_differ() -> None:
    points = points_of(VALUES, (TRAIN, [0.0, 0.0, 0.0, 4.0]), (TEST, [8.0]))
    pens = draw_data(points, 3, 4, PRINTED, UNICODE).pens
    assert len({int(pens[2, 0]), int(pens[0, 2]), int(pens[2, 3])}) == 3


def test_given_data_sets_when_listed_then_each_has_a_thumbnail_and_three_lines() -> None:
    points = points_of(CLASSES, (TRAIN, [0, 1, 1, 2]), (TEST, [0]))
    shown = [DATA_SETS["moons"], DATA_SETS["iris"]]
    lines = draw_data_list([(one, points) for one in shown], 80, PRINTED, UNICODE).lines()
    assert [line.rstrip() for line in lines] == [
        "        m       moons     2 classes, 2 inputs, 200 points, noise 0.2 (any)",
        "                two half moons that reach into each other",
        " x          o   noise standard deviation of points around their moon",
        "",
        "        m       iris      3 classes, 4 inputs, 150 points",
        "                three kinds of iris by their petals and sepals",
        " x          o   measured; takes no noise",
    ]


@pytest.mark.parametrize("name", [*DATA_SETS, "spiral:5"])
def test_given_a_data_set_when_listed_then_its_lines_fit_into_80_columns(name: str) -> None:
    data_set = data_set_named(name)
    assert data_set is not None
    assert max(len(data_set.help), len(noise_of(data_set)), 10 + len(facts_of(data_set))) <= 64


def test_given_a_file_when_its_facts_are_drawn_then_a_person_sees_how_it_was_read() -> None:
    points = points_of(CLASSES, (TRAIN, [0, 1, 1, 2]), (TEST, [0]))
    inputs = [InputSummary("one", 0.5, 3.5), InputSummary("two", -1e6, 1 / 3)]
    summary = DataSummary(points, inputs, [2, 2, 1], 1200, ("name", "größe"), "ab" * 32)
    lines = [
        line.rstrip() for line in draw_data_facts("my.csv", summary, 78, PRINTED, ASCII).lines()
    ]
    assert lines[0].startswith("+ my.csv: one across, two upwards ---")
    assert {len(line) for line in lines[:20]} == {78}
    assert lines[20:] == [
        "5 points: 4 to train on, 1 to test with",
        "3 classes, kind:",
        "  o p         2",
        "  x q         2",
        "  m r         1",
        "2 inputs:",
        "  one 0.5 to 3.5            two -1e+06 to 0.3333",
        "1,200 rows were left out: a value is missing",
        "not used, as they hold no numbers: name, gr??e",
        "sha256 " + "ab" * 32,
    ]


def test_given_values_when_their_facts_are_drawn_then_the_marks_stand_beside_the_range() -> None:
    points = points_of(VALUES, (TRAIN, [25.0, 30.0, 30.0, 50.0]), (TEST, [346.0]))
    summary = DataSummary(points, [InputSummary("one", 0.0, 1.0)], [])
    lines = [
        line.rstrip() for line in draw_data_facts("mine", summary, 78, PRINTED, UNICODE).lines()
    ]
    assert lines[21:] == [
        "the value size: 25 to 346 (0 to 9)",
        "1 input:",
        "  one 0 to 1",
    ]


def test_given_many_cells_when_put_in_columns_then_none_is_cut() -> None:
    cells = [f"input {number} 0 to 1" for number in range(7)]
    assert in_columns(cells, 78) == [
        "  input 0 0 to 1            input 1 0 to 1",
        "  input 2 0 to 1            input 3 0 to 1",
        "  input 4 0 to 1            input 5 0 to 1",
        "  input 6 0 to 1",
    ]
    assert in_columns(["x" * 90], 78) == ["  " + "x" * 90]


@pytest.mark.parametrize(
    ("text", "unicode", "ascii_only"),
    [("größe", "größe", "gr??e"), ("身長", "??", "??"), ("a\nb\x1b[2J", "a b?[2J", "a b?[2J")],
)
def test_given_text_of_a_file_when_drawn_then_every_character_is_one_cell(
    text: str, unicode: str, ascii_only: str
) -> None:
    assert plain(text, UNICODE) == unicode
    assert plain(text, ASCII) == ascii_only

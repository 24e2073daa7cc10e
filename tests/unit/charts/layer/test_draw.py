"""The layer inspector: what of a layer is shown, where it is drawn, and what is written below."""

import string

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.messages.layer_view import LayerView
from engine.messages.view import Window
from helpers.snapshots import CURVE, TEN, THREE, TWO, Problem
from tui.charts.layer.draw import draw_layer
from tui.charts.layer.grid import (
    BIAS_GAP,
    CELL_WIDTHS,
    Cursor,
    Grid,
    cell_at,
    figure_rows,
    fit_grid,
    part_shown,
)
from tui.charts.layer.names import LayerNames, names_of
from tui.drawing.glyphs import UNICODE
from tui.drawing.palette import WEIGHT_LEVELS, Palette
from tui.drawing.pens import BOLD, REVERSE, UNDERLINE, style_of
from tui.drawing.picture import Picture
from tui.themes import NIGHT

COLORED, TEXTURED = (Palette.from_variables(NIGHT.variables, textured=t) for t in (False, True))

untimed = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])

SMALL = np.array([[0.5, -1.0, 0.25], [0.0, 0.125, -0.03]])
"""Two nodes of two inputs each, with their biases."""

LEAST_ROWS, LEAST_COLUMNS = figure_rows(6, nodes=1) + 2, 2 * CELL_WIDTHS[-1] + BIAS_GAP
"""The smallest pane that has room for two cells side by side."""


@st.composite
def places(draw: st.DrawFn) -> tuple[Cursor, tuple[int, int], int, int]:
    """A cursor in a layer of any shape, and a pane of any size that has room for its cells."""
    nodes, inputs = draw(st.integers(1, 300)), draw(st.integers(1, 300)) + 1
    cursor = Cursor(0, draw(st.integers(0, nodes - 1)), draw(st.integers(0, inputs - 1)))
    rows, columns = draw(st.integers(LEAST_ROWS, 60)), draw(st.integers(LEAST_COLUMNS, 60))
    return cursor, (nodes, inputs), rows, columns


def view_of(
    parameters: np.ndarray, grid: Grid, gradient: float = -0.01, activation: str = "relu"
) -> LayerView:
    """What the engine answers when it is asked for the grid's window of these parameters."""
    window = grid.window
    nodes = slice(window.node, window.node + window.nodes)
    part = parameters[nodes, window.input : window.input + window.inputs]
    weights = parameters[:, :-1]
    return LayerView(
        window=window,
        num_nodes=parameters.shape[0],
        num_inputs=parameters.shape[1] - 1,
        activation=activation,
        parameters=part,
        gradient=part * gradient,
        largest=float(np.abs(parameters).max()),
        mean=float(weights.mean()),
        std=float(weights.std()),
        least=float(weights.min()),
        greatest=float(weights.max()),
        gradient_norm=0.0476,
        idle_nodes=1,
        idle_word={"relu": "dead", "sigmoid": "saturated"}.get(activation, ""),
    )


def draw(
    parameters: np.ndarray, cursor: Cursor, rows: int, columns: int, palette: Palette
) -> Picture:
    grid = fit_grid(cursor, parameters.shape, rows, columns)
    return draw_layer(view_of(parameters, grid), cursor, rows, columns, palette)


def ground(picture: Picture, row: int, column: int) -> tuple[int, ...]:
    return tuple(style_of(int(picture.pens[row, column])).bgcolor.triplet)


@given(places())
@untimed
def test_given_any_pane_when_the_window_is_chosen_then_it_lies_in_the_layer_and_holds_the_cursor(
    place: tuple[Cursor, tuple[int, int], int, int],
) -> None:
    cursor, (nodes, inputs), rows, columns = place
    window = fit_grid(cursor, (nodes, inputs), rows, columns).window
    assert 0 <= window.node <= cursor.node < window.node + window.nodes <= nodes
    assert 0 <= window.input <= cursor.input < window.input + window.inputs <= inputs


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 60), st.integers(0, 60))
@untimed
def test_given_a_size_too_small_for_a_cell_when_drawn_then_it_does_no_harm(
    nodes: int, inputs: int, rows: int, columns: int
) -> None:
    cursor = Cursor(0, nodes // 2, inputs)
    picture = draw(np.ones((nodes, inputs + 1)), cursor, rows, columns, TEXTURED)
    assert (picture.rows, picture.columns) == (rows, columns)


@given(places())
@untimed
def test_given_any_pane_when_drawn_then_every_parameter_of_the_window_is_whole(
    place: tuple[Cursor, tuple[int, int], int, int],
) -> None:
    """Given any pane, then each cell is above the figures, and a click on it finds its parameter."""
    cursor, shape, rows, columns = place
    grid = fit_grid(cursor, shape, rows, columns)
    window = grid.window
    found: dict[tuple[int, int], int] = {}
    bias = shape[1] - 1
    for row in range(rows):
        for column in range(columns):
            hit = cell_at(cursor, shape, rows, columns, row, column)
            if hit is None:
                continue
            assert row < rows - figure_rows(rows, shape[0])
            found[hit.node, hit.input] = found.get((hit.node, hit.input), 0) + 1
            left = grid.left + (hit.input - window.input) * grid.cell_width
            left += (hit.input == bias) * BIAS_GAP
            top = (hit.node - window.node) * grid.cell_height + grid.headed
            assert top <= row < top + grid.cell_height
            # the gap before the biases counts as the last weight's
            assert left <= column < left + grid.cell_width + (hit.input == bias - 1) * BIAS_GAP
    area = grid.cell_width * grid.cell_height
    for node in range(window.node, window.node + window.nodes):
        for position in range(window.input, window.input + window.inputs):
            assert found.pop((node, position)) >= area
    assert not found


@given(places())
@untimed
def test_given_a_cursor_when_drawn_then_it_is_where_a_click_would_put_it(
    place: tuple[Cursor, tuple[int, int], int, int],
) -> None:
    cursor, shape, rows, columns = place
    pens = draw(np.ones(shape), cursor, rows, columns, TEXTURED).pens
    marked = np.argwhere(pens[: rows - figure_rows(rows, shape[0])] & REVERSE).tolist()
    grid = fit_grid(cursor, shape, rows, columns)
    assert len(marked) == grid.cell_width * grid.cell_height
    for row, column in marked:
        assert cell_at(cursor, shape, rows, columns, row, column) == cursor


def test_given_a_place_outside_the_cells_when_clicked_then_nothing_is_hit() -> None:
    """Given the heading, the names of the nodes, the figures and what is right of the biases, then no
    parameter.
    """
    cursor, shape, rows = Cursor(2, 1, 1), (2, 3), 30
    grid = fit_grid(cursor, shape, rows, 40)
    assert grid.headed
    below = 1 + 2 * grid.cell_height
    for row, column in ((0, 9), (below, 9), (rows - 1, 9), (-1, 9), (1, 6), (1, 32), (1, 39)):
        assert cell_at(cursor, shape, rows, 40, row, column) is None
    assert cell_at(cursor, shape, rows, 40, 1, 7) == Cursor(2, 0, 0)
    assert cell_at(cursor, shape, rows, 40, 1, 31) == Cursor(2, 0, 2)


def test_given_a_scrolled_layer_when_its_left_frame_is_clicked_then_nothing_is_hit() -> None:
    assert cell_at(Cursor(0, 9, 150), (16, 301), 20, 38, 2, -1) is None


@given(places(), st.integers(-400, 400), st.integers(-400, 400))
@untimed
def test_given_any_cursor_when_moved_then_it_stays_within_the_layer(
    place: tuple[Cursor, tuple[int, int], int, int], nodes: int, inputs: int
) -> None:
    cursor, shape, _, _ = place
    moved = cursor.moved(nodes, inputs, shape)
    assert moved.layer == cursor.layer
    assert moved.node == max(0, min(cursor.node + nodes, shape[0] - 1))
    assert moved.input == max(0, min(cursor.input + inputs, shape[1] - 1))


@pytest.mark.parametrize("palette", [COLORED, TEXTURED])
def test_given_a_small_layer_when_drawn_then_its_numbers_are_written_out(palette: Palette) -> None:
    """Given room for numbers, then they are written out under the inputs' names and behind the nodes',
    in colours and without.
    """
    assert draw(SMALL, Cursor(1, 1, 2), 7, 40, palette).lines() == [
        "           in 1    in 2     bias        ",
        "node 1    +0.50   -1.00    +0.25        ",
        "node 2    +0.00   +0.12 [ -0.03]        ",
        "bias to node 2  -0.03000 grad +3.0e-4   ",
        "mean  -0.094         std   0.555        ",
        "min   -1.000         max  +0.500        ",
        "gradient norm   0.0476 dead 1/2 50.0%   ",
    ]


def test_given_tall_cells_when_drawn_then_their_number_is_in_the_middle() -> None:
    assert draw(SMALL, Cursor(1, 0, 0), 15, 40, TEXTURED).lines()[:7] == [
        "           in 1    in 2     bias        ",
        "                                        ",
        "node 1 [ +0.50]   -1.00    +0.25        ",
        "                                        ",
        "                                        ",
        "node 2    +0.00   +0.12    -0.03        ",
        "                                        ",
    ]


@pytest.mark.parametrize(
    ("fast", "lines"),
    [
        (False, ["    +2.00   -4.00    +1.00", "    +0.00   +0.50 [ -0.12]"]),
        (True, ["     +2.0    -4.0     +1.0", "     +0.0    +0.5 [  -0.1]"]),
    ],
)
def test_given_large_weights_when_they_change_fast_then_they_have_a_digit_less(
    fast: bool, lines: list[str]
) -> None:
    """Given a weight above 1, then the cells of its layer have two decimals, or one that can be read;
    the cursor's figure below has all.
    """
    cursor, large = Cursor(1, 1, 2), 4 * SMALL
    view = view_of(large, fit_grid(cursor, large.shape, 7, 40))
    drawn = draw_layer(view, cursor, 7, 40, COLORED, fast=fast).lines()
    assert [line[6:].rstrip() for line in drawn[1:3]] == lines
    assert drawn[3].startswith("bias to node 2  -0.12000 ")


@pytest.mark.parametrize(
    ("nodes", "inputs", "columns", "heading", "second_row"),
    [
        (16, 2, 38, "            in 1    in 2     bias", " node 2    +0.50   +0.50    +0.50"),
        (16, 2, 25, "      in 1   in 2    bias", " 2   +0.50  +0.50   +0.50"),
        (16, 2, 20, "  in 1  in 2   bias", " +0.50 +0.50  +0.50"),
        (16, 16, 118, "          in 1  in 2", " node 2  +0.50 +0.50"),
        (16, 16, 38, "   inputs 1-16   8 means 0.5      bias", " 2 " + "+8" * 16 + " +8"),
        (16, 16, 24, "   inputs 1-10", " 2 " + "+8" * 10),
        (300, 40, 11, "inputs 1-5", "+8" * 5),
    ],
)
def test_given_room_when_drawn_then_rows_are_named_by_node_and_columns_by_input(
    nodes: int, inputs: int, columns: int, heading: str, second_row: str
) -> None:
    """Given a layer, then names stand beside it, as long as numbers do not have to give way; without
    numbers and colours, it is said what the digits mean.
    """
    lines = draw(np.full((nodes, inputs + 1), 0.5), Cursor(), 20, columns, TEXTURED).lines()
    assert lines[0][: len(heading)] == heading
    assert lines[2][: len(second_row)] == second_row


@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        (19, [" +0.50 -1.00  +0.25", " +0.00[+0.1]  -0.03"]),
        (16, ["1   +4  -8   +2", "2   +0[+1]   -0"]),
        (13, ["1  +4 -8  +2", "2  +0 +1  -0"]),
        (10, [" +4 -8  +2", " +0 +1  -0"]),
        (8, ["+4-8 +2 ", "+0+1 -0 "]),
    ],
)
def test_given_no_colour_when_drawn_then_sign_and_size_are_legible(
    columns: int, lines: list[str]
) -> None:
    """Given cells too narrow for numbers, then sign and size in eighths of the largest stand in
    them, and the cursor is reversed.
    """
    picture = draw(SMALL, Cursor(1, 1, 1), 7, columns, TEXTURED)
    assert [line.rstrip() for line in picture.lines()[1:3]] == [line.rstrip() for line in lines]
    rows, marked = np.nonzero(picture.pens & REVERSE)
    assert set(rows.tolist()) == {2}
    assert "+" in picture.chars[2, marked]


def test_given_colours_when_drawn_then_they_tell_sign_and_size() -> None:
    """Given cells without numbers, then each has the colour of its weight's level."""
    picture = draw(SMALL, Cursor(1, 0, 0), 7, 10, COLORED)
    expected = [[4, -8, 2], [0, 1, 0]]
    for row, levels in enumerate(expected):
        for position, level in enumerate(levels):
            column = 3 * position + (position == 2)
            assert ground(picture, 1 + row, column + 1) == COLORED.weights[WEIGHT_LEVELS + level]


def test_given_coloured_cells_when_the_cursor_is_drawn_then_it_is_seen_without_colour() -> None:
    pens = draw(SMALL, Cursor(1, 1, 1), 7, 40, COLORED).pens
    assert (pens[2, 15:23] & BOLD != 0).all()
    assert (pens[2, 15:23] & UNDERLINE != 0).all()
    assert not (pens[1, 15:23] & UNDERLINE).any()


@given(places())
@untimed
def test_given_weights_and_biases_when_drawn_then_an_empty_column_is_between_them(
    place: tuple[Cursor, tuple[int, int], int, int],
) -> None:
    cursor, shape, rows, columns = place
    grid = fit_grid(Cursor(0, cursor.node, shape[1] - 1), shape, rows, columns)
    if grid.window.inputs < 2:
        return
    picture = draw(np.ones(shape), Cursor(0, cursor.node, shape[1] - 1), rows, columns, COLORED)
    gap = grid.left + (grid.window.inputs - 1) * grid.cell_width
    for row in range(grid.headed, grid.headed + grid.window.nodes * grid.cell_height):
        assert picture.chars[row, gap] == " "
        assert ground(picture, row, gap) == COLORED.paper_rgb
        assert ground(picture, row, gap - 1) == COLORED.weights[-1]
        assert ground(picture, row, gap + 1) == COLORED.weights[-1]


def test_given_another_window_than_asked_for_when_drawn_then_the_map_is_empty() -> None:
    """Given an answer to an older question, then figures are drawn and no cell is misplaced."""
    big = np.ones((16, 17))
    old = view_of(big, fit_grid(Cursor(0, 0, 0), big.shape, 9, 30))
    lines = draw_layer(old, Cursor(0, 15, 16), 9, 30, TEXTURED).lines()
    assert [line.strip() for line in lines[:6]] == [""] * 6
    assert lines[6].startswith("mean")


def test_given_weights_of_zero_when_drawn_then_they_are_plain() -> None:
    picture = draw(np.zeros((2, 3)), Cursor(1, 0, 0), 7, 40, COLORED)
    assert "+0.00" in picture.lines()[2]
    assert ground(picture, 2, 0) == COLORED.paper_rgb


@pytest.mark.parametrize(("activation", "word"), [("relu", "dead"), ("sigmoid", "saturated")])
def test_given_idle_nodes_when_drawn_then_they_are_named_for_what_they_are(
    activation: str, word: str
) -> None:
    grid = fit_grid(Cursor(), SMALL.shape, 9, 60)
    view = view_of(SMALL, grid, activation=activation)
    assert f"{word} 1/2 50.0%" in draw_layer(view, Cursor(), 9, 60, COLORED).lines()[-1]


@pytest.mark.parametrize("columns", [38, 24])
def test_given_long_figures_when_drawn_at_either_usual_size_then_they_fit(columns: int) -> None:
    """Given the pane at 120x40 or 80x24, a gradient with an exponent and all nodes dead, then no
    number loses its end, so that none is read as another.
    """
    big = np.full((16, 17), 0.5)
    grid = fit_grid(Cursor(1, 11, 11), big.shape, 10, columns)
    view = view_of(big, grid, gradient=-4.2e-4)
    lines = draw_layer(view, Cursor(1, 11, 11), 10, columns, COLORED).lines()
    assert "-2.1e-4" in lines[6]
    assert "1/16" in lines[9]


def test_given_the_whole_width_when_drawn_then_all_digits_are_shown() -> None:
    lines = draw(np.full((2, 3), -0.123456789012), Cursor(1, 1, 0), 20, 80, TEXTURED).lines()
    words = "in 1 to node 2 -0.123456789012 gradient +0.00123456789012"
    assert lines[16].split() == words.split()
    assert set("".join(lines)) <= set(string.printable)


@pytest.mark.parametrize(
    ("window", "shape", "columns", "told"),
    [
        (Window(nodes=16, inputs=3), (16, 3), 40, ""),
        (Window(nodes=6, inputs=3), (16, 3), 40, "6 of 16 nodes"),
        (Window(node=10, nodes=6, inputs=3), (16, 3), 13, "6 of 16 nodes"),
        (Window(nodes=6, inputs=3), (16, 3), 12, ""),
        (Window(nodes=1, inputs=12), (1, 17), 40, "12 of 16 inputs"),
        (Window(nodes=1, inputs=12, input=5), (1, 17), 40, "11 of 16 inputs"),  # and the bias
        (Window(nodes=6, inputs=12), (16, 17), 32, "6 of 16 nodes, 12 of 16 inputs"),
        (Window(nodes=6, inputs=12), (16, 17), 29, "6/16 nodes, 12/16 in"),
        (Window(nodes=6, inputs=12), (256, 257), 19, "6/256, 12/256"),
        (Window(nodes=6, inputs=12), (16, 17), 8, ""),
    ],
)
def test_given_a_window_when_it_leaves_some_out_then_that_is_told_in_the_room_there_is(
    window: Window, shape: tuple[int, int], columns: int, told: str
) -> None:
    assert part_shown(window, shape, columns) == told


def test_given_names_when_drawn_then_the_cursors_line_has_them_where_there_is_room() -> None:
    cursor, names = Cursor(0, 1, 1), LayerNames(("petal length", "petal width"), ("no", "yes"))
    view = view_of(SMALL, fit_grid(cursor, SMALL.shape, 9, 60))
    lines = [
        draw_layer(view, cursor, 9, columns, COLORED, names).lines()[5].rstrip()
        for columns in (60, 44, 38, 24)
    ]
    assert lines == [
        "petal width to yes                 +0.125 gradient -0.00125",
        "petal width to yes  +0.12500 grad -0.0013",
        "in 2 to node 2  +0.12500 grad -0.0013",
        "2>2 +0.1250 grad -0.0013",
    ]
    bias = draw_layer(view, Cursor(0, 1, 2), 9, 60, COLORED, names).lines()[5]
    assert bias.startswith("bias to yes  ")


def test_given_an_activation_that_is_never_idle_when_drawn_then_no_node_is_said_to_be() -> None:
    view = view_of(SMALL, fit_grid(Cursor(), SMALL.shape, 9, 60), activation="none")
    assert (
        draw_layer(view, Cursor(), 9, 60, COLORED).lines()[-1].rstrip() == "gradient norm   0.0476"
    )


@pytest.mark.parametrize(
    ("problem", "layer", "inputs", "nodes"),
    [
        (THREE, 0, ("petal length", "petal width", "sepal length", "sepal width"), ()),
        (THREE, 1, (), ("setosa", "versicolor", "virginica")),
        (TEN, 1, (), ()),
        (TEN, 2, (), tuple(f"class {digit}" for digit in range(10))),
        (TWO, 2, (), ()),
        (CURVE, 1, (), ("kilowatts",)),
    ],
)
def test_given_a_layer_when_named_then_features_go_in_and_classes_or_the_target_come_out(
    problem: Problem, layer: int, inputs: tuple[str, ...], nodes: tuple[str, ...]
) -> None:
    hidden = len(problem.config.layers)
    assert names_of(problem.task, layer, hidden, UNICODE) == LayerNames(inputs, nodes)

"""Which part of a layer is shown, and where each of its parameters is drawn."""

from dataclasses import dataclass

from engine.messages.view import Window
from tui.drawing.scrolling import first_shown
from tui.drawing.short_text import fitting

CELL_WIDTHS = (8, 7, 6, 5, 4, 3, 2)
"""From a number in every cell to a patch of colour."""

NUMBER_WIDTH = 6
"""The narrowest cell that holds a number."""

BIAS_GAP = 1
"""Empty columns between the weights and the biases."""

NODE = "node "
"""Before a node's number, where there is room."""

ROOM_FOR_NAMES = 12
"""Columns from which on rows are named by their node."""


MOST_FIGURE_ROWS = 8
"""Below the grid: five of an update, three of the layer."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """The parameter that is shown exactly, counted from 0; the bias is the last input."""

    layer: int = 0
    node: int = 0
    input: int = 0

    def moved(self, nodes: int, inputs: int, shape: tuple[int, int]) -> "Cursor":
        """Moved by so many nodes and inputs, kept within a layer of `shape` (nodes, inputs + 1)."""
        return Cursor(
            self.layer,
            min(max(self.node + nodes, 0), shape[0] - 1),
            min(max(self.input + inputs, 0), shape[1] - 1),
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """How much of a layer fits, and how large a cell is."""

    window: Window
    left: int
    """Columns on the left that the names of the nodes take; 0 if there is no room for them."""
    cell_width: int
    cell_height: int
    headed: bool
    """Whether there is room for a row above that names the columns."""

    def column_of(self, position: int, bias: int) -> int:
        """First column of the cell of that input, counted from 0; the `bias` is the last one."""
        gap = BIAS_GAP if position == bias else 0
        return self.left + (position - self.window.input) * self.cell_width + gap


def figure_rows(rows: int, nodes: int) -> int:
    """How many of `rows` the figures below the grid take, where the layer wants one for each of `nodes` and a
    heading: few where the nodes need the room, the cursor's alone where there is hardly any.
    """
    if rows < 6:
        return 1 if rows >= 4 else 0
    least = 3 if rows < 9 else 4 if rows < 16 else 5
    return min(max(rows - nodes - 1, least), MOST_FIGURE_ROWS)


def fit_grid(cursor: Cursor, shape: tuple[int, int], rows: int, columns: int) -> Grid:
    """The window around `cursor` of a layer of `shape` (nodes, inputs + 1) that fits into `rows`
    by `columns` cells, figures included.
    """
    nodes, inputs = shape
    room = max(rows - figure_rows(rows, nodes), 1)
    headed = room > nodes or room >= 12
    room -= headed
    left = _name_columns(nodes, inputs, columns)
    across = columns - BIAS_GAP - left
    width = _cell_width(inputs, across)
    shown_inputs = max(min(inputs, across // width), 1)
    shown_nodes = max(min(nodes, room), 1)
    return Grid(
        Window(
            layer=cursor.layer,
            node=first_shown(cursor.node, shown_nodes, nodes),
            nodes=shown_nodes,
            input=first_shown(cursor.input, shown_inputs, inputs),
            inputs=shown_inputs,
        ),
        left=left,
        cell_width=width,
        cell_height=max(min(room // nodes, 3), 1),
        headed=headed,
    )


def _cell_width(inputs: int, columns: int) -> int:
    """The width of a cell where `inputs` of them have `columns`; not all may fit."""
    return next((w for w in CELL_WIDTHS if w * inputs <= columns), CELL_WIDTHS[-1])


def _name_columns(nodes: int, inputs: int, columns: int) -> int:
    """Columns for the names of the nodes: with the word if no cell loses by that, their number alone
    unless weights could then not be written as numbers.
    """
    if columns < ROOM_FOR_NAMES:
        return 0
    across = columns - BIAS_GAP
    number = len(str(nodes)) + 1
    width, beside_number, beside_word = (
        _cell_width(inputs, across - left) for left in (0, number, number + len(NODE))
    )
    fits = beside_word * inputs <= across - number - len(NODE)
    if fits and (beside_word == width or beside_word >= NUMBER_WIDTH):
        return number + len(NODE)
    return 0 if beside_number < NUMBER_WIDTH <= width else number


def part_shown(window: Window, shape: tuple[int, int], columns: int) -> str:
    """Which part of a layer of `shape` (nodes, inputs + 1) the window shows, in at most `columns`
    characters; empty if it shows all, or if there is no room.
    """
    nodes, inputs = shape[0], shape[1] - 1
    seen = min(window.input + window.inputs, inputs) - window.input
    if window.inputs == shape[1]:
        ways = ["{0} of {1} nodes"] if window.nodes < nodes else []
    elif window.nodes == nodes:
        ways = ["{2} of {3} inputs"]
    else:
        ways = [
            "{0} of {1} nodes, {2} of {3} inputs",
            "{0}/{1} nodes, {2}/{3} in",
            "{0}/{1}, {2}/{3}",
        ]
    texts = [way.format(window.nodes, nodes, seen, inputs) for way in ways]
    return fitting(texts, columns)


def cell_at(
    cursor: Cursor, shape: tuple[int, int], rows: int, columns: int, row: int, column: int
) -> Cursor | None:
    """The cursor moved to the parameter drawn at that cell, if one is."""
    grid = fit_grid(cursor, shape, rows, columns)
    node = grid.window.node + (row - grid.headed) // grid.cell_height
    column -= grid.left
    across = grid.window.input + column // grid.cell_width
    if across >= shape[1] - 1:
        across = grid.window.input + (column - BIAS_GAP) // grid.cell_width
    inside = row >= grid.headed and node < grid.window.node + grid.window.nodes
    if (
        not inside
        or column < 0
        or not grid.window.input <= across < grid.window.input + grid.window.inputs
    ):
        return None
    return Cursor(cursor.layer, node, across)

"""The layer inspector: a heat map of weights with the biases beside it, and figures below."""

from dataclasses import dataclass

from engine.messages.layer_view import LayerView
from engine.messages.view import Window
from tui.charts.layer_figures import draw_figures, figure_rows
from tui.charts.layer_names import NO_NAMES, LayerNames
from tui.drawing.number_format import signed
from tui.drawing.palette import WEIGHT_LEVELS, Palette
from tui.drawing.pens import BOLD, REVERSE, UNDERLINE, ink, paper
from tui.drawing.picture import Picture

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


def fit_grid(cursor: Cursor, shape: tuple[int, int], rows: int, columns: int) -> Grid:
    """The window around `cursor` of a layer of `shape` (nodes, inputs + 1) that fits into `rows`
    by `columns` cells, figures included.
    """
    nodes, inputs = shape
    room = max(rows - figure_rows(rows), 1)
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
            node=_start(cursor.node, shown_nodes, nodes),
            nodes=shown_nodes,
            input=_start(cursor.input, shown_inputs, inputs),
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
    return next((text for text in texts if len(text) <= columns), "")


def _start(position: int, shown: int, whole: int) -> int:
    """Keep the cursor in the middle of what is shown, as far as the ends allow."""
    return min(max(position - shown // 2, 0), whole - shown)


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


def draw_layer(
    layer: LayerView,
    cursor: Cursor,
    rows: int,
    columns: int,
    palette: Palette,
    names: LayerNames = NO_NAMES,
    *,
    fast: bool = False,
) -> Picture:
    """The inspector in `rows` by `columns` cells. Weights above 1 that change `fast` have a decimal less
    than others: it could not be read, and would be most of what the pane has to send. `names` are said
    of the weight at the cursor.
    """
    picture = Picture.blank(rows, columns, palette.base)
    shape = (layer.num_nodes, layer.num_inputs + 1)
    grid = fit_grid(cursor, shape, rows, columns)
    if layer.window == grid.window:
        if grid.headed:
            _draw_heading(picture, layer, grid, palette)
        _draw_names(picture, grid, palette)
        decimals = 1 if fast and layer.largest > 1.0 else 2
        _draw_cells(picture, layer, grid, cursor, decimals, palette)
    draw_figures(picture, layer, cursor.node, cursor.input, palette, names)
    return picture


def _column_of(position: int, layer: LayerView, grid: Grid) -> int:
    """First column of the cell of input `position` (counted from 0, bias last)."""
    gap = BIAS_GAP if position == layer.num_inputs else 0
    return grid.left + (position - grid.window.input) * grid.cell_width + gap


def _draw_heading(picture: Picture, layer: LayerView, grid: Grid, palette: Palette) -> None:
    """Name the columns, each on its own where there is room."""
    window = grid.window
    last = min(window.input + window.inputs, layer.num_inputs)
    end = _column_of(last, layer, grid)
    if window.input + window.inputs > layer.num_inputs:
        end += grid.cell_width
        picture.write_right(0, end, "bias", palette.faint)
        end -= len(" bias")
    if grid.cell_width > len(f"in {layer.num_inputs}"):
        for position in range(window.input, last):
            right = _column_of(position, layer, grid) + grid.cell_width
            picture.write_right(0, right, f"in {position + 1}", palette.faint)
        return
    one = window.input >= last - 1
    names = f"in {last}" if one else f"inputs {window.input + 1}-{last}"
    forms = [names]
    if palette.textured and grid.cell_width < NUMBER_WIDTH:
        forms.insert(0, f"{names}   {WEIGHT_LEVELS} means {layer.largest:.3g}")
    text = next((form for form in forms if grid.left + len(form) <= end), "")
    picture.write(0, grid.left, text, palette.faint)


def _draw_names(picture: Picture, grid: Grid, palette: Palette) -> None:
    """Name the rows: `node 3`, or `3`."""
    if not grid.left:
        return
    middle = (grid.cell_height - 1) // 2
    for row in range(grid.window.nodes):
        number = str(grid.window.node + row + 1)
        name = NODE + number if grid.left > len(NODE) + 1 else number
        top = grid.headed + row * grid.cell_height + middle
        picture.write_right(top, grid.left - 1, name, palette.faint)


def _draw_cells(
    picture: Picture,
    layer: LayerView,
    grid: Grid,
    cursor: Cursor,
    decimals: int,
    palette: Palette,
) -> None:
    window = grid.window
    largest = layer.largest or 1.0
    for row, values in enumerate(layer.parameters.tolist()):
        for column, value in enumerate(values):
            here = window.node + row == cursor.node and window.input + column == cursor.input
            left = _column_of(window.input + column, layer, grid)
            top = grid.headed + row * grid.cell_height
            text = signed(value, grid.cell_width - 1 - here, decimals)
            _draw_cell(picture, top, left, grid, text, value / largest, here, palette)


def _draw_cell(
    picture: Picture,
    top: int,
    left: int,
    grid: Grid,
    text: str,
    share: float,
    here: bool,
    palette: Palette,
) -> None:
    width = grid.cell_width
    level = round(share * WEIGHT_LEVELS)
    strong = abs(level) > WEIGHT_LEVELS // 2
    if palette.textured:
        pen = palette.strong if strong else palette.text
        blank = f"{'-' if share < 0 else '+'}{abs(level)}".rjust(width)
    else:
        ground = palette.weights[WEIGHT_LEVELS + level]
        pen = paper(ground) | ink(palette.paper_rgb if strong else palette.text_rgb)
        blank = " " * width
    if width >= NUMBER_WIDTH:
        marked = f"[{text}]"
        text = text.rjust(width)
    else:
        text = blank
        marked = f"[{blank.strip():^{width - 2}}]" if width >= 4 or not palette.textured else blank
    if here:
        text = marked
        pen = (pen | BOLD | REVERSE) if palette.textured else (pen | BOLD | UNDERLINE)
    middle = (grid.cell_height - 1) // 2
    for line in range(grid.cell_height):
        ground_text = blank if not palette.textured else " " * width
        picture.write(top + line, left, text if line == middle else ground_text, pen)

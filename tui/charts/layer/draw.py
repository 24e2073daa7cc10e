"""The layer inspector: a heat map of weights with the biases beside it, and figures below."""

from engine.messages.layer_view import LayerView
from tui.charts.layer.cells import draw_cells
from tui.charts.layer.figures import draw_figures
from tui.charts.layer.grid import NODE, NUMBER_WIDTH, Cursor, Grid, fit_grid
from tui.charts.layer.names import NO_NAMES, LayerNames
from tui.charts.layer.update_words import UpdateContext
from tui.charts.layer.values import Cells, Shown, cells_of
from tui.drawing.glyphs import UNICODE, Glyphs
from tui.drawing.palette import WEIGHT_LEVELS, Palette
from tui.drawing.picture import Picture
from tui.drawing.short_text import fitting

OFF = "off"
"""In the place of the name of a node that is switched off, or before its number."""


def draw_layer(
    layer: LayerView,
    cursor: Cursor,
    rows: int,
    columns: int,
    palette: Palette,
    names: LayerNames = NO_NAMES,
    *,
    glyphs: Glyphs = UNICODE,
    shown: Shown = Shown.WEIGHTS,
    context: UpdateContext | None = None,
    fast: bool = False,
    moved: bool = False,
) -> Picture:
    """The inspector in `rows` by `columns` cells, with `shown` in the grid. Values above 1 that change `fast`
    have a decimal less than others: it could not be read, and would be most of what the pane has to send.
    `names` are said of the weight at the cursor, and in the `context` of its run, its next update. With
    `moved`, the weights that the last update changed are marked.
    """
    picture = Picture.blank(rows, columns, palette.base)
    shape = (layer.num_nodes, layer.num_inputs + 1)
    grid = fit_grid(cursor, shape, rows, columns)
    cells = cells_of(layer, shown)
    if layer.window == grid.window:
        if cells is None:
            picture.write(0, 0, "no update has been made yet", palette.faint)
        else:
            if grid.headed:
                _draw_heading(picture, layer, cells, grid, palette)
            decimals = 1 if fast and cells.largest > 1.0 else 2
            draw_cells(picture, layer, cells, grid, cursor, decimals, palette, glyphs, moved=moved)
            _draw_names(picture, layer, grid, palette)
    draw_figures(picture, layer, cursor, palette, glyphs, names, context)
    return picture


def _draw_heading(
    picture: Picture, layer: LayerView, cells: Cells, grid: Grid, palette: Palette
) -> None:
    """Name the columns, each on its own where there is room."""
    window = grid.window
    last = min(window.input + window.inputs, layer.num_inputs)
    end = grid.column_of(last, layer.num_inputs)
    if window.input + window.inputs > layer.num_inputs:
        end += grid.cell_width
        picture.write_right(0, end, "bias", palette.faint)
        end -= len(" bias")
    if grid.cell_width > len(f"in {layer.num_inputs}"):
        for position in range(window.input, last):
            right = grid.column_of(position, layer.num_inputs) + grid.cell_width
            picture.write_right(0, right, f"in {position + 1}", palette.faint)
        return
    one = window.input >= last - 1
    names = f"in {last}" if one else f"inputs {window.input + 1}-{last}"
    forms = [names]
    if palette.textured and grid.cell_width < NUMBER_WIDTH:
        forms.insert(0, f"{names}   {WEIGHT_LEVELS} means {cells.largest:.3g}")
    text = fitting(forms, end - grid.left)
    picture.write(0, grid.left, text, palette.faint)


def _draw_names(picture: Picture, layer: LayerView, grid: Grid, palette: Palette) -> None:
    """Name the rows: `node 3`, or `3`; a node that is switched off is `off 3`, or has that in its first
    cell.
    """
    middle = (grid.cell_height - 1) // 2
    for row in range(grid.window.nodes):
        node = grid.window.node + row
        off = node in layer.off
        number = str(node + 1)
        worded = grid.left > len(NODE) + 1
        name = f"{OFF if off else NODE.strip()} {number}" if worded else number
        top = grid.headed + row * grid.cell_height + middle
        picture.write_right(top, grid.left - 1, name, palette.strong if off else palette.faint)
        if off and not worded:
            width = grid.cell_width
            picture.write(top, grid.left, f"{OFF[:width]:>{width}}", palette.strong)

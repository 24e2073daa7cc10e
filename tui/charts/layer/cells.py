"""The cells of the layer inspector's grid: numbers, or patches of colour, and the marks on them."""

from engine.messages.layer_view import LayerView
from tui.charts.layer.grid import NUMBER_WIDTH, Cursor, Grid
from tui.charts.layer.values import Cells
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import signed
from tui.drawing.palette import WEIGHT_LEVELS, Palette
from tui.drawing.pens import BOLD, REVERSE, UNDERLINE, ink, paper
from tui.drawing.picture import Picture

FROZEN = "#"
"""The mark of a parameter that updates pass by."""


def draw_cells(
    picture: Picture,
    layer: LayerView,
    cells: Cells,
    grid: Grid,
    cursor: Cursor,
    decimals: int,
    palette: Palette,
    glyphs: Glyphs,
    *,
    moved: bool,
) -> None:
    """One for each parameter of the window. With `moved`, those that the last update changed are marked
    with the way that they went.
    """
    window = grid.window
    for row, values in enumerate(cells.values.tolist()):
        for column, value in enumerate(values):
            here = window.node + row == cursor.node and window.input + column == cursor.input
            left = grid.column_of(window.input + column, layer.num_inputs)
            top = grid.headed + row * grid.cell_height
            text = signed(value, grid.cell_width - 1 - here, decimals)
            mark = _mark(layer, row, column, glyphs, moved=moved)
            share = value / cells.largest
            _draw_cell(picture, top, left, grid, text, share, here, mark, palette)


def _mark(layer: LayerView, row: int, column: int, glyphs: Glyphs, *, moved: bool) -> str:
    """The character for what is special about a parameter; empty for nothing."""
    if layer.frozen is not None and layer.frozen[row][column]:
        return FROZEN
    if not moved or layer.last_change is None:
        return ""
    change = float(layer.last_change[row, column])
    return glyphs.up if change > 0.0 else glyphs.down if change < 0.0 else ""


def _draw_cell(
    picture: Picture,
    top: int,
    left: int,
    grid: Grid,
    text: str,
    share: float,
    here: bool,
    mark: str,
    palette: Palette,
) -> None:
    width = grid.cell_width
    level = round(share * WEIGHT_LEVELS) if share == share else 0
    level = min(max(level, -WEIGHT_LEVELS), WEIGHT_LEVELS)
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
    if mark:
        text, room = with_mark(text, mark)
        if mark == FROZEN and not room:
            pen |= UNDERLINE
    middle = (grid.cell_height - 1) // 2
    for line in range(grid.cell_height):
        ground_text = blank if not palette.textured else " " * width
        picture.write(top + line, left, text if line == middle else ground_text, pen)


def with_mark(text: str, mark: str) -> tuple[str, bool]:
    """A cell's `text` with `mark` in the last blank before its number, which does not move, and whether
    there is one.
    """
    bare = text.rstrip(" ]")
    number = len(bare) - len(bare.lstrip("[ ")) if bare else 0
    if not bare.strip("[ "):  # a patch of colour
        number = text.rfind(" ") + 1
    if number and text[number - 1] == " ":
        return text[: number - 1] + mark + text[number:], True
    return text, False

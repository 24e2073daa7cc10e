"""The data sets side by side, each as a small picture of its points with its name."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from engine.messages.snapshot import DataPoints
from tui.charts.choices import MARK
from tui.charts.data.picture import draw_data
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.pens import BOLD, REVERSE
from tui.drawing.picture import Picture

ACROSS = 5
LEAST_COLUMNS, LEAST_ROWS, MOST_ROWS = 9, 2, 7
"""Of a thumbnail, without its name."""


class Grid(NamedTuple):
    """How thumbnails are laid out."""

    columns: int
    """Of one thumbnail."""
    rows: int
    bands: int
    """Thumbnails that stand below one another."""

    @property
    def height(self) -> int:
        """Rows of all of them, with their names."""
        return self.bands * (self.rows + 1)


def fit_grid(count: int, rows: int, columns: int) -> Grid | None:
    """The largest thumbnails of which `count` fit; None if that is too small to see anything."""
    down = -(-count // ACROSS)
    size = Grid((columns - 1) // ACROSS - 1, min(rows // down - 1, MOST_ROWS), down)
    return size if size.columns >= LEAST_COLUMNS and size.rows >= LEAST_ROWS else None


def draw_thumbnails(
    names: Sequence[str],
    points: Mapping[str, DataPoints | None],
    selected: str,
    grid: Grid,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
) -> Picture:
    """The data sets of these `names`, as far as their `points` are known."""
    picture = Picture.blank(grid.height, columns, palette.base)
    for place, name in enumerate(names):
        top, left = _corner(place, grid)
        known = points.get(name)
        if known is not None:
            drawn = draw_data(known, grid.rows, grid.columns, palette, glyphs)
            picture.paste(top + 1, left, drawn)
        is_selected = name == selected
        text = f"{MARK if is_selected else ' '}{name} "
        pen = palette.text | BOLD | REVERSE if is_selected else palette.text
        picture.write(top, left - 1, text[: grid.columns + 1], pen)
    return picture


def thumbnail_at(count: int, grid: Grid, row: int, column: int) -> int | None:
    """The number of the thumbnail in that place of the picture; None between them."""
    across = (column - 1) // (grid.columns + 1)
    place = row // (grid.rows + 1) * ACROSS + across
    inside = 0 <= across < ACROSS and 0 <= row < grid.height
    return place if inside and 0 <= place < count else None


def _corner(place: int, grid: Grid) -> tuple[int, int]:
    down, across = divmod(place, ACROSS)
    return down * (grid.rows + 1), 1 + across * (grid.columns + 1)

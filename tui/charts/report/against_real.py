"""Predicted values against the real ones: on the diagonal where they are the same."""

import numpy as np

from engine.arrays import Array
from engine.messages.snapshot import Bounds
from tui.charts.plane.cells import Side, put_points
from tui.charts.plane.value_points import put_off, value_pens
from tui.charts.plane.value_scale import is_off
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

MARGIN = 0.04
"""Empty space around the values, as a share of their range."""


def draw_against_real(
    side: Side, predicted: Array, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """Real values across, predicted ones upwards, on one scale: that of the data. Predictions beyond
    it lie at the edge; those that are off are marked.
    """
    picture = Picture.blank(rows, columns, palette.base)
    if not picture.chars.size:
        return picture
    side = side._replace(bounds=_square(side.value_range))
    _draw_diagonal(picture, palette, glyphs)
    values = side.labels.values
    x = np.stack([values, predicted])
    off = is_off(values, predicted, side.value_range)
    pens = value_pens(side, palette)[~off]
    put_points(picture, x[:, ~off], side.bounds, np.full(pens.size, glyphs.value), pens)
    put_off(picture, x[:, off], side, off, predicted, palette, glyphs)
    return picture


def _square(value_range: tuple[float, float]) -> Bounds:
    least, greatest = value_range
    margin = max((greatest - least) * MARGIN, 1e-300)
    return Bounds(least - margin, greatest + margin, least - margin, greatest + margin)


def _draw_diagonal(picture: Picture, palette: Palette, glyphs: Glyphs) -> None:
    """From the lower left to the upper right corner, a mark a column."""
    columns = np.arange(picture.columns)
    up = ((columns + 0.5) / picture.columns * picture.rows).astype(np.int64)
    picture.chars[picture.rows - 1 - up, columns] = glyphs.diagonal
    picture.pens[picture.rows - 1 - up, columns] = palette.faint

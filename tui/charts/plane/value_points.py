"""Points that have a value, the field of the values that a network predicts, and the curve of these."""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.snapshot import Values
from tui.charts.plane.cells import FIELD_ROWS_PER_CELL, Side, put_points, resampled
from tui.charts.plane.value_scale import ValueScale
from tui.drawing.curves import draw_curve
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.pens import ink, paper
from tui.drawing.picture import Picture


def put_values(
    picture: Picture,
    side: Side,
    which: npt.NDArray[np.bool_],
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    """Put points in the colour of their value; as digits where colour cannot say it."""
    marks, pens = value_marks(side, palette, glyphs), value_pens(side, palette) | side.mark_pen
    put_points(picture, side.x[:, which], side.bounds, marks[which], pens[which])


def put_off(
    picture: Picture,
    x: Array,
    side: Side,
    off: npt.NDArray[np.bool_],
    predicted: Array,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    """Put a mark at each of x (2, points that are off) that says whether too much is predicted."""
    too_high = predicted[off] > side.labels.values[off]
    marks = np.where(too_high, glyphs.too_high, glyphs.too_low)
    pens = np.full(marks.size, palette.wrong | side.mark_pen)
    put_points(picture, x, side.bounds, marks, pens)


HARD = 0.6
"""How far from the middle the two shades of a `hard` field lie."""


def draw_value_field(
    values: Values,
    scale: ValueScale,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
    *,
    hard: bool = False,
) -> Picture:
    """A field by background, or by darker and darker characters where there are too few colours. `hard`
    is one shade below the middle of the scale, and one above.
    """
    picture = Picture.blank(rows, columns, palette.base)
    if not values.size or not picture.chars.size:
        return picture
    field = resampled(values, rows * FIELD_ROWS_PER_CELL, columns).astype(np.float64)
    if hard:
        field = scale.middle + scale.half * np.where(field > scale.middle, HARD, -HARD)
    upper, lower = field[0::2], field[1::2]
    middle = upper / 2 + lower / 2
    if palette.textured:
        ramp = np.array(list(glyphs.ramp))
        picture.chars[...] = ramp[scale.steps(middle, ramp.size)]
        picture.pens[...] = palette.faint
        return picture
    papers = np.array([paper(rgb) for rgb in palette.values], dtype=np.int64)
    both = scale.levels(middle)
    if not glyphs.half_block:
        picture.pens[...] = papers[both]
        return picture
    inks = np.array([ink(rgb) for rgb in palette.values], dtype=np.int64)
    above, below = scale.levels(upper), scale.levels(lower)
    # as for classes: one step is hardly seen, and would be most of what has to be sent
    two = np.abs(above - below) > 1
    picture.pens[...] = papers[np.where(two, below, both)]
    picture.chars[two] = glyphs.half_block
    picture.pens[two] |= inks[above[two]]
    return picture


def value_marks(side: Side, palette: Palette, glyphs: Glyphs) -> npt.NDArray[np.str_]:
    """(points,): the character of each point."""
    values = side.labels.values
    if not palette.textured or side.has_one_input:
        return np.full(values.size, glyphs.value)
    digits = np.array(list(glyphs.digits))
    marks: npt.NDArray[np.str_] = digits[
        ValueScale.of_range(side.value_range).steps(values, digits.size)
    ]
    return marks


def value_pens(side: Side, palette: Palette) -> npt.NDArray[np.int64]:
    """(points,): the ink of each point."""
    levels = ValueScale.of_range(side.value_range).levels(side.labels.values)
    pens: npt.NDArray[np.int64] = palette.value_points[levels]
    return pens


def draw_prediction(
    picture: Picture, values: Values, side: Side, palette: Palette, glyphs: Glyphs
) -> None:
    """The predicted values (1, columns) as a curve over the one input; beyond the picture, along its
    edge.
    """
    if not values.size or not picture.chars.size:
        return
    curve = values[0].astype(np.float64)
    bounds = side.bounds
    with np.errstate(all="ignore"):
        up = (curve - bounds.bottom) / (bounds.top - bounds.bottom)
    across = (np.arange(curve.size) + 0.5) / curve.size
    known = ~np.isnan(up)
    pen = palette.accent
    draw_curve(picture, across[known], np.clip(up[known], 0.0, 1.0), pen, glyphs.plot_marker)

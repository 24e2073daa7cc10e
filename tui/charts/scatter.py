"""Points of the plane as glyphs, alone or before the region that the network gives each class."""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.snapshot import Bounds, Classes, ClassField
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import REGION_LEVELS, Palette
from tui.drawing.pens import PAPER_MASK, ink, paper
from tui.drawing.picture import Picture

FIELD_ROWS_PER_CELL = 2
"""The region is drawn with half blocks, so it has two rows for each row of cells."""

HALF = 127.5
"""One half, in the 255ths of a field."""


def draw_real(
    x: Array,
    classes: Classes,
    bounds: Bounds,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
) -> Picture:
    """Points x (2, points) with the glyph of their class, on plain ground."""
    picture = Picture.blank(rows, columns, palette.base)
    _put_points(picture, x, classes, glyphs.classes, bounds, palette)
    return picture


def draw_predicted(
    x: Array,
    classes: Classes,
    predicted: Classes,
    field: ClassField,
    bounds: Bounds,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
) -> Picture:
    """Points with the glyph of the class predicted for them, the wrong ones on top and marked, in
    front of the region; `field` is best (2 rows, columns), and resampled if it is not.
    """
    if not field.classes.size or rows < 1 or columns < 1:
        return Picture.blank(rows, columns, palette.base)
    shares = resampled(shares_of(field), rows * FIELD_ROWS_PER_CELL, columns)
    picture = draw_region(shares, palette, glyphs)
    right = classes == predicted
    _put_points(picture, x[:, right], predicted[right], glyphs.classes, bounds, palette)
    wrong = ~right
    down, across = cells_of(x[:, wrong], bounds, picture.rows, picture.columns)
    picture.chars[down, across] = np.array(list(glyphs.wrong_classes))[predicted[wrong]]
    picture.pens[down, across] = palette.wrong
    return picture


def draw_region(field: Classes, palette: Palette, glyphs: Glyphs) -> Picture:
    """The region of a field (2 rows, columns): by background, or by texture where the
    terminal has too few colours.
    """
    upper, lower = field[0::2].astype(np.int64), field[1::2].astype(np.int64)
    picture = Picture.blank(upper.shape[0], upper.shape[1], palette.base)
    if palette.textured:
        picture.chars[upper + lower > 2 * HALF] = glyphs.shade
        picture.pens[...] = palette.faint
        return picture
    inks = np.array([ink(rgb) for rgb in palette.regions], dtype=np.int64)
    papers = np.array([paper(rgb) for rgb in palette.regions], dtype=np.int64)
    above, below = region_levels(upper), region_levels(lower)
    both = region_levels((upper + lower) // 2)
    if not glyphs.half_block:
        picture.pens[...] = papers[both]
        return picture
    # halves one step apart are hardly told from one, and would be most of what a forming region
    # has to send
    two = np.abs(above - below) > 1
    picture.pens[...] = papers[np.where(two, below, both)]
    picture.chars[two] = glyphs.half_block
    picture.pens[two] |= inks[above[two]]
    return picture


def shares_of(field: ClassField) -> Classes:
    """The probability of class 1, in 255ths, of a field of two classes."""
    certainty = field.certainty.astype(np.int64)
    shares = (255 + np.where(field.classes == 1, certainty, -certainty)) // 2
    return shares.astype(np.uint8)


def region_levels(field: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Index into `Palette.regions` for probabilities in 255ths: certainty in equal steps."""
    certainty = (field - HALF) / HALF
    level = np.ceil(np.abs(certainty) * REGION_LEVELS - 0.25).clip(0, REGION_LEVELS)
    levels: npt.NDArray[np.int64] = (REGION_LEVELS + np.sign(certainty) * level).astype(np.int64)
    return levels


def resampled(field: Classes, rows: int, columns: int) -> Classes:
    """`field` in another size, each cell taken from where its middle lies."""
    if field.shape == (rows, columns):
        return field
    down = ((np.arange(rows) + 0.5) * field.shape[0] / rows).astype(np.int64)
    across = ((np.arange(columns) + 0.5) * field.shape[1] / columns).astype(np.int64)
    sampled: Classes = field[down[:, np.newaxis], across]
    return sampled


def cells_of(
    x: Array, bounds: Bounds, rows: int, columns: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of every point x (2, points); points outside go to the nearest cell."""
    across = (x[0] - bounds.left) / (bounds.right - bounds.left) * columns
    down = (bounds.top - x[1]) / (bounds.top - bounds.bottom) * rows
    return (
        np.clip(down.astype(np.int64), 0, max(rows - 1, 0)),
        np.clip(across.astype(np.int64), 0, max(columns - 1, 0)),
    )


def _put_points(
    picture: Picture, x: Array, classes: Classes, marks: str, bounds: Bounds, palette: Palette
) -> None:
    if not picture.chars.size:
        return
    down, across = cells_of(x, bounds, picture.rows, picture.columns)
    # a half block's ground is its lower half's
    ground = picture.pens[down, across] & PAPER_MASK
    picture.chars[down, across] = np.array(list(marks))[classes]
    picture.pens[down, across] = palette.points[classes] | ground

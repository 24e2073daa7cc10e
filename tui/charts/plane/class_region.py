"""The region that the network gives to each class, behind the points."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.config.task import MAX_CLASSES
from engine.messages.snapshot import ClassField
from tui.charts.plane.cells import FIELD_ROWS_PER_CELL, resampled
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import REGION_LEVELS, Palette
from tui.drawing.pens import ink, paper
from tui.drawing.picture import Picture

Whole = npt.NDArray[np.int64]


class Cells(NamedTuple):
    """What the network says of cells, (rows, columns)."""

    classes: Whole
    certainty: Whole
    """In 255ths."""


HARD = 191
"""The certainty, in 255ths, in whose shade a `hard` region is drawn."""


def draw_region(
    field: ClassField,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
    *,
    hard: bool = False,
) -> Picture:
    """The region by background, or by a texture a class where the terminal has too few colours. A
    `field` of (2 rows, columns) is best; it is resampled if it is not. `hard` is one shade a class.
    """
    picture = Picture.blank(rows, columns, palette.base)
    if not field.classes.size or not picture.chars.size:
        return picture
    if hard:
        field = ClassField(field.classes, np.full_like(field.certainty, HARD))
    upper, lower = _halves(field, rows, columns)
    both = united(upper, lower)
    if palette.textured:
        picture.chars[...] = np.array(list(glyphs.textures))[both.classes]
        picture.pens[...] = palette.faint
        return picture
    papers = np.array([[paper(rgb) for rgb in shades] for shades in palette.regions])
    level = region_levels(both.certainty)
    if not glyphs.half_block:
        picture.pens[...] = papers[both.classes, level]
        return picture
    above, below = region_levels(upper.certainty), region_levels(lower.certainty)
    same = upper.classes == lower.classes
    # halves one step apart are hardly told from one, and would be most of what a forming region
    # has to send
    two = np.where(same, np.abs(above - below), above + below) > 1
    picture.pens[...] = np.where(two, papers[lower.classes, below], papers[both.classes, level])
    inks = np.array([[ink(rgb) for rgb in shades] for shades in palette.regions])
    picture.chars[two] = glyphs.half_block
    picture.pens[two] |= inks[upper.classes[two], above[two]]
    return picture


def _halves(field: ClassField, rows: int, columns: int) -> tuple[Cells, Cells]:
    """The upper and the lower halves of (rows, columns) cells."""
    parts = (
        resampled(part, rows * FIELD_ROWS_PER_CELL, columns).astype(np.int64)
        for part in (field.classes % MAX_CLASSES, field.certainty)
    )
    classes, certainty = parts
    return Cells(classes[0::2], certainty[0::2]), Cells(classes[1::2], certainty[1::2])


def united(upper: Cells, lower: Cells) -> Cells:
    """What is said of both halves of each cell: for two classes, what the mean of their probabilities
    says.
    """
    same = upper.classes == lower.classes
    certainty = np.where(
        same,
        upper.certainty + lower.certainty,
        np.abs(upper.certainty - lower.certainty),
    )
    surer = np.where(upper.certainty > lower.certainty, upper.classes, lower.classes)
    undecided = upper.certainty == lower.certainty
    classes = np.where(undecided, np.minimum(upper.classes, lower.classes), surer)
    return Cells(classes, certainty // 2)


def region_levels(certainty: Whole) -> Whole:
    """The level of certainties in 255ths, 0 to REGION_LEVELS, in equal steps."""
    levels: Whole = np.ceil(certainty / 255.0 * REGION_LEVELS - 0.25).astype(np.int64)
    return levels.clip(0, REGION_LEVELS)

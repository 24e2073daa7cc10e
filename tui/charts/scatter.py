"""Points of the plane as glyphs, alone or before what the network predicts all over it."""

import numpy as np
import numpy.typing as npt

from engine.config.task import MAX_CLASSES
from engine.messages.snapshot import Classes, ClassField, Field, Labels
from tui.charts.class_region import draw_region
from tui.charts.plane import Side, put_points
from tui.charts.value_points import draw_predicted_values, draw_real_values
from tui.charts.value_scale import is_off
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture


def draw_real(side: Side, rows: int, columns: int, palette: Palette, glyphs: Glyphs) -> Picture:
    """Points with the glyph of their class, or in the colour of their value, on plain ground."""
    if side.task.is_regression:
        return draw_real_values(side, rows, columns, palette, glyphs)
    picture = Picture.blank(rows, columns, palette.base)
    everywhere = np.ones(side.labels.classes.size, dtype=bool)
    _put_classes(picture, side, everywhere, side.labels.classes, palette, glyphs)
    return picture


def draw_predicted(
    side: Side,
    predicted: Labels,
    field: Field,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
) -> Picture:
    """Points with what is predicted for them, the wrong ones on top and marked, in front of the
    `field`, which is best (2 rows, columns), or (1, columns) for one input.
    """
    if not isinstance(field, ClassField):
        return draw_predicted_values(side, predicted.values, field, rows, columns, palette, glyphs)
    picture = draw_region(field, rows, columns, palette, glyphs)
    wrong = is_wrong(side, predicted)
    _put_classes(picture, side, ~wrong, predicted.classes, palette, glyphs)
    capitals = np.array(list(glyphs.wrong_classes))[predicted.classes[wrong] % MAX_CLASSES]
    pens = np.full(capitals.size, palette.wrong)
    put_points(picture, side.x[:, wrong], side.bounds, capitals, pens)
    return picture


def is_wrong(side: Side, predicted: Labels) -> npt.NDArray[np.bool_]:
    """(points,): where another class is predicted, or a value that is off."""
    if side.task.is_regression:
        return is_off(side.labels.values, predicted.values, side.value_range)
    wrong: npt.NDArray[np.bool_] = side.labels.classes != predicted.classes
    return wrong


def _put_classes(
    picture: Picture,
    side: Side,
    which: npt.NDArray[np.bool_],
    classes: Classes,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    shown = classes[which] % MAX_CLASSES
    marks = np.array(list(glyphs.classes))[shown]
    put_points(picture, side.x[:, which], side.bounds, marks, palette.points[shown])

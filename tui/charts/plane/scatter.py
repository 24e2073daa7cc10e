"""Points of the plane as glyphs, alone or before what the network predicts all over it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from engine.config.task import MAX_CLASSES
from engine.messages.snapshot import Classes, ClassField, Field, Labels
from tui.charts.plane.cells import Side, put_points
from tui.charts.plane.class_region import draw_region
from tui.charts.plane.contours import draw_contours
from tui.charts.plane.regions import RegionStyle
from tui.charts.plane.value_points import draw_prediction, draw_value_field, put_off, put_values
from tui.charts.plane.value_scale import ValueScale, is_off
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture

Predicted = tuple[Side, Labels]
"""Points of one side, and what is predicted for them."""


def draw_real(side: Side, rows: int, columns: int, palette: Palette, glyphs: Glyphs) -> Picture:
    """Points with the glyph of their class, or in the colour of their value, on plain ground."""
    picture = Picture.blank(rows, columns, palette.base)
    put_real(picture, side, palette, glyphs)
    return picture


def put_real(picture: Picture, side: Side, palette: Palette, glyphs: Glyphs) -> None:
    """Put them into a picture that there is already."""
    if side.task.is_regression:
        put_values(picture, side, np.ones(side.labels.values.size, dtype=bool), palette, glyphs)
        return
    everywhere = np.ones(side.labels.classes.size, dtype=bool)
    _put_classes(picture, side, everywhere, side.labels.classes, palette, glyphs)


def draw_predicted(
    side: Side,
    predicted: Labels,
    field: Field,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
    *,
    style: RegionStyle = RegionStyle.CERTAINTY,
    more: Sequence[Predicted] = (),
) -> Picture:
    """Points with what is predicted for them, the wrong ones on top and marked, in front of the
    `field`, which is best (2 rows, columns), or (1, columns) for one input. Those of `more` sides lie on
    top of the others.
    """
    sides = [(side, predicted), *more]
    picture = draw_ground(field, side, style, rows, columns, palette, glyphs)
    wrong = [is_wrong(*one) for one in sides]
    for (each, guessed), marked in zip(sides, wrong, strict=True):
        if each.task.is_regression:
            put_values(picture, each, ~marked, palette, glyphs)
        else:
            _put_classes(picture, each, ~marked, guessed.classes, palette, glyphs)
    if side.task.is_regression and side.has_one_input and not isinstance(field, ClassField):
        draw_prediction(picture, field.values, side, palette, glyphs)
    for (each, guessed), marked in zip(sides, wrong, strict=True):
        if each.task.is_regression:
            put_off(picture, each.x[:, marked], each, marked, guessed.values, palette, glyphs)
        else:
            _put_wrong(picture, each, marked, guessed.classes, palette, glyphs)
    return picture


def draw_ground(
    field: Field,
    side: Side,
    style: RegionStyle,
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
) -> Picture:
    """What is predicted all over the plane, without the points. Values over one input have no region."""
    if style is RegionStyle.CONTOURS:
        return draw_contours(field, side.value_range, rows, columns, palette, glyphs)
    hard = style is RegionStyle.HARD
    if isinstance(field, ClassField):
        return draw_region(field, rows, columns, palette, glyphs, hard=hard)
    if side.has_one_input:
        return Picture.blank(rows, columns, palette.base)
    scale = ValueScale.of_range(side.value_range)
    return draw_value_field(field.values, scale, rows, columns, palette, glyphs, hard=hard)


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
    pens = palette.points[shown] | side.mark_pen
    put_points(picture, side.x[:, which], side.bounds, marks, pens)


def _put_wrong(
    picture: Picture,
    side: Side,
    which: npt.NDArray[np.bool_],
    classes: Classes,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    capitals = np.array(list(glyphs.wrong_classes))[classes[which] % MAX_CLASSES]
    pens = np.full(capitals.size, palette.wrong | side.mark_pen)
    put_points(picture, side.x[:, which], side.bounds, capitals, pens)

"""Points of data of any kind as glyphs, each cell the class or the value that prevails in it."""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.snapshot import DataPoints, Labels
from tui.charts.plane.cells import cells_of
from tui.charts.plane.value_scale import ValueScale
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture


def draw_data(
    points: DataPoints, rows: int, columns: int, palette: Palette, glyphs: Glyphs
) -> Picture:
    """The points of both sides, in as many cells as there are."""
    picture = Picture.blank(rows, columns, palette.base)
    if not picture.chars.size:
        return picture
    x = np.concatenate([points.train_x, points.test_x], axis=1)
    down, across = cells_of(x, points.bounds, rows, columns)
    cells = down * columns + across
    if points.task.is_regression:
        values = _both(points.train_labels, points.test_labels)
        _put_values(picture, cells, values, points, palette, glyphs)
        return picture
    classes = np.concatenate([points.train_labels.classes, points.test_labels.classes])
    _put_classes(picture, cells, classes.astype(np.int64), points, palette, glyphs)
    return picture


def _put_classes(
    picture: Picture,
    cells: npt.NDArray[np.int64],
    classes: npt.NDArray[np.int64],
    points: DataPoints,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    count = len(points.task.classes)
    size = picture.chars.size
    counts = np.bincount(cells * count + classes, minlength=size * count).reshape(size, count)
    taken = np.flatnonzero(counts.any(axis=1))
    most = counts[taken].argmax(axis=1)
    picture.chars.reshape(-1)[taken] = np.array(list(glyphs.classes))[most]
    picture.pens.reshape(-1)[taken] = palette.points[most] | palette.base


def _put_values(
    picture: Picture,
    cells: npt.NDArray[np.int64],
    values: Array,
    points: DataPoints,
    palette: Palette,
    glyphs: Glyphs,
) -> None:
    size = picture.chars.size
    counts = np.bincount(cells, minlength=size)
    taken = np.flatnonzero(counts)
    means = np.bincount(cells, weights=values, minlength=size)[taken] / counts[taken]
    least, greatest = points.value_range
    shares = np.clip((means - least) / max(greatest - least, np.finfo(float).tiny), 0.0, 1.0)
    levels = ValueScale.of_range(points.value_range).levels(means)
    picture.pens.reshape(-1)[taken] = palette.value_points[levels] | palette.base
    if len(points.task.inputs) == 1:  # how high a point lies says its value already
        picture.chars.reshape(-1)[taken] = glyphs.value
        return
    digits = np.array(list(glyphs.digits))
    picture.chars.reshape(-1)[taken] = digits[np.rint(shares * (digits.size - 1)).astype(np.int64)]


def _both(train: Labels, test: Labels) -> Array:
    return np.concatenate([train.values, test.values])

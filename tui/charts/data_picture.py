"""Points of data of any kind as glyphs, each cell the class or the value that prevails in it."""

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.snapshot import DataPoints, Labels
from tui.charts.plane import cells_of
from tui.drawing.glyphs import Glyphs
from tui.drawing.palette import WEIGHT_LEVELS, Palette
from tui.drawing.pens import ink
from tui.drawing.picture import Picture

MORE_CLASSES = "+*#%@&=~"
"""The glyphs of further classes, where there are more than a set of glyphs has."""

VALUE_MARKS = ".:-=+*#%@"
"""From the least value to the greatest, readable without colour."""

POINT = "o"


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
        _put_values(picture, cells, values, points, palette)
        return picture
    classes = np.concatenate([points.train_labels.classes, points.test_labels.classes])
    _put_classes(picture, cells, classes.astype(np.int64), points, palette, glyphs)
    return picture


def class_marks(count: int, glyphs: Glyphs) -> str:
    """The glyph of each class, of so many."""
    return (glyphs.classes + MORE_CLASSES)[:count]


def class_pen(number: int, palette: Palette) -> int:
    """The pen of a class; where there are more classes than colours, some have the same."""
    return int(palette.points[number % palette.points.size]) | palette.base


def value_pen(share: float, palette: Palette) -> int:
    """The pen of a value, from 0 for the least to 1 for the greatest."""
    # the middle colours are hardly seen on their ground: those of either side begin well off it
    near = WEIGHT_LEVELS // 2
    side = round((2.0 * share - 1.0) * near)
    level = WEIGHT_LEVELS + side + (near if side > 0 else -near if side < 0 else 0)
    return palette.text if side == 0 else ink(palette.weights[level]) | palette.base


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
    pens = np.array([class_pen(number, palette) for number in range(count)], dtype=np.int64)
    picture.chars.reshape(-1)[taken] = np.array(list(class_marks(count, glyphs)))[most]
    picture.pens.reshape(-1)[taken] = pens[most]


def _put_values(
    picture: Picture,
    cells: npt.NDArray[np.int64],
    values: Array,
    points: DataPoints,
    palette: Palette,
) -> None:
    size = picture.chars.size
    counts = np.bincount(cells, minlength=size)
    taken = np.flatnonzero(counts)
    means = np.bincount(cells, weights=values, minlength=size)[taken] / counts[taken]
    least, greatest = points.value_range
    shares = np.clip((means - least) / max(greatest - least, np.finfo(float).tiny), 0.0, 1.0)
    picture.pens.reshape(-1)[taken] = [value_pen(float(share), palette) for share in shares]
    if len(points.task.inputs) == 1:  # how high a point lies says its value already
        picture.chars.reshape(-1)[taken] = POINT
        return
    marks = np.array(list(VALUE_MARKS))
    picture.chars.reshape(-1)[taken] = marks[np.rint(shares * (marks.size - 1)).astype(np.int64)]


def _both(train: Labels, test: Labels) -> Array:
    return np.concatenate([train.values, test.values])

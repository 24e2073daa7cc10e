"""Lines along which a network predicts the same, over all of the plane."""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from engine.arrays import Array
from engine.messages.snapshot import ClassField, Field
from tui.charts.plane.cells import FIELD_ROWS_PER_CELL, resampled
from tui.charts.plane.value_scale import ValueScale
from tui.drawing.axis_scales import TICK_LEADS, round_up
from tui.drawing.curves import BRAILLE, put_dots
from tui.drawing.glyphs import Glyphs
from tui.drawing.number_format import rough
from tui.drawing.palette import Palette
from tui.drawing.picture import Picture
from tui.drawing.short_text import fitting

MOST_LEVELS = 7
"""Of values that lines are drawn at, about."""

HALF = 0.5
"""What the likeliest class leads by at the outer lines: of two classes, at 25 and at 75 %."""

Dots = npt.NDArray[np.bool_]


class Contour(NamedTuple):
    """A line: where `surface` is `level`."""

    surface: Array
    """(2 rows, columns)."""
    level: float
    pen: int
    solid: bool = False
    """Whether it is no dotted line."""


def draw_contours(
    field: Field,
    value_range: tuple[float, float],
    rows: int,
    columns: int,
    palette: Palette,
    glyphs: Glyphs,
) -> Picture:
    """Of classes, the borders between them, and where the likeliest leads by HALF. Of values, lines at
    round ones.
    """
    picture = Picture.blank(rows, columns, palette.base)
    drawn = field.classes if isinstance(field, ClassField) else field.values
    if not drawn.size or not picture.chars.size:
        return picture
    if isinstance(field, ClassField):
        lines = _lines_of_classes(field, rows, columns, palette)
    else:
        lines = _lines_of_values(field.values, value_range, rows, columns, palette)
    seen = [line for line in lines if line.surface.min() < line.level <= line.surface.max()]
    for line in sorted(seen, key=lambda line: line.solid):
        if glyphs.plot_marker == BRAILLE:
            put_dots(picture, _dots(line), line.pen)
        else:
            _put_strokes(picture, line, glyphs)
    return picture


def contour_words(classes: int, value_range: tuple[float, float], room: int) -> str:
    """Where the lines are, in at most `room` characters; of values with 0 `classes`."""
    if classes == 2:
        forms = ["lines at 25 %, 50 %, 75 % of class 1", "lines at 25 50 75 %"]
    elif classes:
        forms = ["borders; dotted: ahead by half", "borders, ahead by half"]
    else:
        gap = rough(_gap(value_range))
        forms = [f"a line every {gap}, whole at the middle", f"a line every {gap}"]
    return fitting(forms, room)


def _lines_of_classes(
    field: ClassField, rows: int, columns: int, palette: Palette
) -> list[Contour]:
    """What a class leads by is negative where another one is likelier: 0 is their border."""
    shape = rows * FIELD_ROWS_PER_CELL, columns
    classes = resampled(field.classes, *shape)
    lead = resampled(field.certainty, *shape) / 255.0
    present = np.flatnonzero(np.bincount(classes.ravel())).tolist()
    lines = []
    for number in present:
        pen = int(palette.points[number % len(palette.points)]) | palette.base
        lines.append(Contour(np.where(classes == number, lead, -lead), HALF, pen))
        # of each border, all that draw it draw the same side
        lines.append(
            Contour(np.where(classes > number, -lead, lead), 0.0, palette.text, solid=True)
        )
    return lines


def _lines_of_values(
    values: npt.NDArray[np.float32],
    value_range: tuple[float, float],
    rows: int,
    columns: int,
    palette: Palette,
) -> list[Contour]:
    surface = resampled(values, rows * FIELD_ROWS_PER_CELL, columns).astype(np.float64)
    scale, gap = ValueScale.of_range(value_range), _gap(value_range)
    least, greatest = scale.middle - scale.half, scale.middle + scale.half
    numbers = range(math.ceil(least / gap), math.floor(greatest / gap) + 1)
    levels = np.array([number * gap for number in numbers])
    pens = palette.value_points[scale.levels(levels)] | palette.base
    middle = int(np.abs(levels - scale.middle).argmin()) if levels.size else 0
    return [
        Contour(surface, float(level), int(pen), solid=place == middle)
        for place, (level, pen) in enumerate(zip(levels, pens, strict=True))
    ]


def _gap(value_range: tuple[float, float]) -> float:
    """Between two values that lines are drawn at: a round number."""
    return round_up(2.0 * ValueScale.of_range(value_range).half / MOST_LEVELS, TICK_LEADS)


def _dots(line: Contour) -> Dots:
    """(4 rows, 2 columns): the dots along the level, every other one of a dotted line."""
    dots = _along(_doubled(_doubled(line.surface, 0), 1), line.level)
    if not line.solid:
        down, across = np.indices(dots.shape)
        dots &= (down + across) % 4 < 2
    return dots


def _along(surface: Array, level: float) -> Dots:
    """Where `surface` is just above `level`: beside something below it."""
    above = surface >= level
    inner = above.copy()
    inner[1:] &= above[:-1]
    inner[:-1] &= above[1:]
    inner[:, 1:] &= above[:, :-1]
    inner[:, :-1] &= above[:, 1:]
    along: Dots = above & ~inner
    return along


def _doubled(surface: Array, axis: int) -> Array:
    """Twice as many values along `axis`, those between by straight lines."""
    values = np.moveaxis(surface, axis, 0)
    doubled = np.repeat(values, 2, axis=0)
    steps = 0.25 * np.diff(values, axis=0)
    doubled[2::2] -= steps
    doubled[1:-1:2] += steps
    return np.moveaxis(doubled, 0, axis)


def _put_strokes(picture: Picture, line: Contour, glyphs: Glyphs) -> None:
    """A stroke in every cell that the line goes through, along it; of a dotted line, a dot."""
    surface = line.surface[0::2] / 2.0 + line.surface[1::2] / 2.0
    cells = _along(surface, line.level)
    if not line.solid:
        picture.chars[cells] = glyphs.diagonal
        picture.pens[cells] = line.pen
        return
    with np.errstate(all="ignore"):
        down = np.gradient(surface, axis=0) if picture.rows > 1 else np.zeros_like(surface)
        right = np.gradient(surface, axis=1) if picture.columns > 1 else np.zeros_like(surface)
        steep, flat = np.abs(right) > 2.0 * np.abs(down), np.abs(down) > 2.0 * np.abs(right)
        rising = right * down > 0.0
    strokes = np.where(steep, "|", np.where(flat, "-", np.where(rising, "/", "\\")))
    picture.chars[cells] = strokes[cells]
    picture.pens[cells] = line.pen

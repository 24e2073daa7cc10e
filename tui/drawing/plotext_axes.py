"""The adapter to plotext 5, which draws axes, ticks and labels.

Plotext's module-level functions share one figure and follow the terminal's size; its logarithm
fails on 0 and its limits on inf. So figures are made from its figure class, sizes are given, data
are clipped, and callers take logarithms themselves.

Plotext builds a figure dot by dot in Python, which would be half of what a frame costs. So it does
that once for as long as the axes stay the same, and the curves, which change with every frame, are
put on its canvas by NumPy: the same dots (tests hold them against plotext's own).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from plotext._figure import _figure_class

from engine.arrays import Array
from tui.drawing.curves import Shared, draw_curve, draw_points
from tui.drawing.glyphs import AXES_TO_ASCII, Glyphs
from tui.drawing.picture import Picture


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points, in order, or the points alone."""

    x: Array
    y: Array
    pen: int
    marker: str
    joined: bool = True
    shared: Shared | None = None
    """How points are drawn where a curve before lies in the same cell."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what it spans, and what is written beside it."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn figure, and where in it the curves lie."""

    picture: Picture
    left: int
    right: int
    top: int
    bottom: int
    """The canvas: columns `left` to `right` and rows `top` to `bottom`, ends excluded."""

    @property
    def canvas(self) -> Picture:
        """What is drawn there is drawn in the picture."""
        return self.picture.part(self.top, self.bottom, self.left, self.right)


def draw_figure(
    rows: int, columns: int, curves: list[Curve], x: Axis, y: Axis, pen: int, glyphs: Glyphs
) -> Figure:
    """Draw `curves` between axes of `pen`, in `rows` by `columns` cells (at least 4 by 12)."""
    axes = _draw_axes(rows, columns, x, y, glyphs.ascii_only)
    picture = Picture(axes.chars.copy(), np.full(axes.chars.shape, pen, dtype=np.int64))
    figure = Figure(picture, axes.left, axes.right, axes.top, axes.bottom)
    for curve in curves:
        _draw(figure.canvas, curve, x, y)
    return figure


def draw_behind(figure: Figure, curve: Curve, x: Axis, y: Axis) -> None:
    """Draw `curve` between the same axes, but only in cells where nothing is yet."""
    canvas = figure.canvas
    behind = Picture.blank(canvas.rows, canvas.columns)
    _draw(behind, curve, x, y)
    seen = (canvas.chars == " ") & (behind.chars != " ")
    canvas.chars[seen], canvas.pens[seen] = behind.chars[seen], behind.pens[seen]


def _draw(canvas: Picture, curve: Curve, x: Axis, y: Axis) -> None:
    if not canvas.chars.size:
        return
    finite = np.isfinite(curve.x) & np.isfinite(curve.y)
    across, up = _shares(curve.x[finite], x), _shares(curve.y[finite], y)
    if curve.joined:
        draw_curve(canvas, across, up, curve.pen, curve.marker)
    else:
        draw_points(canvas, across, up, curve.pen, curve.marker, curve.shared)


def _shares(values: Array, axis: Axis) -> Array:
    """How far along the axis they lie, 0 to 1; what lies outside is taken to its ends."""
    shares: Array = (np.clip(values, axis.low, axis.high) - axis.low) / (axis.high - axis.low)
    return shares


@dataclass(frozen=True, slots=True, eq=False)
class _Axes:
    """A figure without curves."""

    chars: npt.NDArray[np.str_]
    left: int
    right: int
    top: int
    bottom: int


@lru_cache(maxsize=4)
def _draw_axes(rows: int, columns: int, x: Axis, y: Axis, ascii_only: bool) -> _Axes:
    """Have plotext draw axes, ticks and labels; its matrix has the first row at the bottom."""
    figure = _figure_class()
    figure._limit_size(False, False)
    figure.plot_size(columns, rows)
    # without any point there would be no axes
    figure.plot([x.low], [y.low], marker=" ")
    figure.xlim(x.low, x.high)
    figure.ylim(y.low, y.high)
    figure.xticks(list(x.ticks), list(x.labels))
    figure.yticks(list(y.ticks), list(y.labels))
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    # what build() does, without its last step, which makes one string of the whole figure
    figure._set_sizes()
    figure._build_matrix()
    matrix = figure.monitor.matrix
    lines = ["".join(row) for row in reversed(matrix.marker)]
    if ascii_only:
        lines = [line.translate(AXES_TO_ASCII) for line in lines]
    return _Axes(
        chars=np.array([list(line) for line in lines], dtype="<U1"),
        left=matrix.Cols_canvas.start,
        right=matrix.Cols_canvas.stop,
        top=rows - matrix.Rows_canvas.stop,
        bottom=rows - matrix.Rows_canvas.start,
    )

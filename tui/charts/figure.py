"""The adapter to plotext 5: every chart has a figure of its own, and nothing reaches plotext that
it cannot draw.

Plotext's module-level functions share one figure and follow the terminal's size; its logarithm
fails on 0 and its limits on inf. So figures are made from its figure class, sizes are given, data
are clipped, and callers take logarithms themselves.
"""

from dataclasses import dataclass

import numpy as np
from plotext._figure import _figure_class

from engine.arrays import Array
from tui.charts.picture import Picture
from tui.glyphs import AXES_TO_ASCII, Glyphs


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, in order."""

    x: Array
    y: Array
    pen: int
    marker: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: what it spans, and what is written beside it."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn figure, and where in it the lines lie."""

    picture: Picture
    left: int
    right: int
    top: int
    bottom: int
    """The canvas: columns `left` to `right` and rows `top` to `bottom`, ends excluded."""


def draw_figure(
    rows: int, columns: int, lines: list[Line], x: Axis, y: Axis, pen: int, glyphs: Glyphs
) -> Figure:
    """Draw `lines` between axes of `pen`, in `rows` by `columns` cells (at least 4 by 12)."""
    figure = _figure_class()
    # beside labels and an axis, and above two rows of them
    width, height = columns - max(map(len, y.labels), default=0) - 1, rows - 2
    figure._limit_size(False, False)
    figure.plot_size(columns, rows)
    for number, line in enumerate(lines):
        across, down = (2, 4) if line.marker == "braille" else (1, 1)  # dots of a cell
        xs, ys = _drawable(line, x, y, width * across, height * down)
        if xs:
            # the colour is only a number that says whose cell it is
            figure.plot(xs, ys, marker=line.marker, color=number + 1)
    if not any(figure.monitor.x):
        figure.plot([x.low], [y.low], marker=" ", color=0)
    figure.xlim(x.low, x.high)
    figure.ylim(y.low, y.high)
    figure.xticks(list(x.ticks), list(x.labels))
    figure.yticks(list(y.ticks), list(y.labels))
    figure.xaxes(True, False)
    figure.yaxes(True, False)
    # what build() does, without writing the whole figure out as one string that nobody reads
    figure._set_sizes()
    figure._build_matrix()
    return _read(figure, rows, columns, [pen, *(line.pen for line in lines)], glyphs)


def _drawable(
    line: Line, x: Axis, y: Axis, width: int, height: int
) -> tuple[list[float], list[float]]:
    """The points that plotext needs to draw the same dots, of `width` by `height` in all: finite,
    within the limits, and without those between two others on the same row of dots.
    """
    finite = np.isfinite(line.x) & np.isfinite(line.y)
    xs = np.clip(line.x[finite], x.low, x.high)
    ys = np.clip(line.y[finite], y.low, y.high)
    if xs.size > 2:
        across = np.floor(0.5 + (width - 1) * (xs - x.low) / (x.high - x.low))
        down = np.floor(0.5 + (height - 1) * (ys - y.low) / (y.high - y.low))
        level = (down[1:-1] == down[:-2]) & (down[1:-1] == down[2:])
        between = (across[:-2] <= across[1:-1]) & (across[1:-1] <= across[2:])
        needed = np.concatenate([[True], ~(level & between), [True]])
        xs, ys = xs[needed], ys[needed]
    return xs.tolist(), ys.tolist()


def _read(
    figure: _figure_class, rows: int, columns: int, pens: list[int], glyphs: Glyphs
) -> Figure:
    """Take the characters out of plotext's matrix, which has its first row at the bottom."""
    matrix = figure.monitor.matrix
    picture = Picture.blank(rows, columns, pens[0])
    for row, (marks, owners) in enumerate(
        zip(reversed(matrix.marker), reversed(matrix.fullground), strict=True)
    ):
        text = "".join(marks)
        if glyphs.ascii_only:
            text = text.translate(AXES_TO_ASCII)
        picture.chars[row] = list(text)
        picture.pens[row] = [pens[o] if isinstance(o, int) else pens[0] for o in owners]
    return Figure(
        picture=picture,
        left=matrix.Cols_canvas.start,
        right=matrix.Cols_canvas.stop,
        top=rows - matrix.Rows_canvas.stop,
        bottom=rows - matrix.Rows_canvas.start,
    )
